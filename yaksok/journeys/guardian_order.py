"""A guardian orders what their child asked for: they pay, they receive, and the child goes to nobody (P9.6)."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from yaksok.database.roles import keeper
from yaksok.journeys import check_out, guardianship
from yaksok.journeys.check_out import Draft, Placed
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.wishes import book
from yaksok.mall.wishes.book import Wish
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.guardians import asking, keys, wards
from yaksok.privacy.post import tokens
from yaksok.privacy.vault import gate

ALSO = frozenset({"pass", *check_out.ALSO})
SOURCES = {Item.EMAIL: "payer_email", Item.NAME: "payer_name", Item.PHONE: "payer_phone"}


def enter(token: str) -> str:
    """The pass for the guardian whose letter told of a wish; the link is used up by this.

    Raises:
        NotFound: the link was guessed, used, or its time is over.
    """
    with keeper():
        guardian = tokens.use(token, tokens.GUARDIAN_WISH)
        if guardian is None:
            raise NotFound(guardianship.GONE)
        return keys.make(keys.Use.PASS, guardian)


def begin(key: str, *, language: Language) -> Draft:
    """The order form for what the child asked for, with the guardian's own name and contact filled in.

    Raises:
        NotFound: the pass is over, or the child asked for nothing (any more).

    Records:
        Event.VAULT_ITEMS_OPENED.
    """
    with keeper():
        guardian, wish = _wish(key)
        asked = guardianship.known(guardian)
        opened = gate.open_items(
            guardian,
            policy().having(RecordKind.GUARDIAN, SOURCES),
            kind=RecordKind.GUARDIAN,
            purpose=Purpose.RIGHTS,
            actor=Actor.guardian(guardian),
            record=asked.record,
        )
        filled = {SOURCES[item]: value.reveal() for item, value in opened.items()}
    draft = check_out.begin(list(wish.lines), actor=Actor.guardian(guardian), language=language)
    return replace(draft, prefill=filled)


def place(key: str, attempt: UUID, posted: Mapping[str, str], *, language: Language) -> Placed:
    """An order of the guardian's for what the child asked for; see :func:`.check_out.place`.

    Who pays and who receives are the guardian, one subject. Nothing of the child is in the order: not
    for the courier, and not for whoever handles the payment.

    Raises:
        NotFound: the pass is over, or the child asked for nothing (any more).
        Undeclared, Invalid, Busy: like :func:`.check_out.place`.
    """
    with keeper():
        guardian, wish = _wish(key)
    values = {name: value for name, value in posted.items() if name != "pass"}
    placed = check_out.place(
        attempt,
        list(wish.lines),
        values,
        actor=Actor.guardian(guardian),
        language=language,
    )
    with keeper():
        found = finding.by_number(placed.order_number)
        if found is not None:
            book.fulfilled(wish, found[1])
    return placed


def _wish(key: str) -> tuple[SubjectId, Wish]:
    guardian = keys.owner(keys.Use.PASS, key)
    asked = asking.of(guardian) if guardian else None
    ward = wards.of_guardian(guardian) if guardian else None
    wish = book.of(ward.child) if ward else None
    if guardian is None or asked is None or wish is None:
        raise NotFound(guardianship.GONE)
    return guardian, wish
