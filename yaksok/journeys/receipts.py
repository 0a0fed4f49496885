"""Receipts to take along: what the person was told and answered, one receipt or all, as JSON."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from yaksok.database.roles import keeper
from yaksok.journeys import consent_words as words
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.policy import in_force
from yaksok.policy.compile import Policy
from yaksok.policy.facts import DISCLOSE
from yaksok.policy.impact import question
from yaksok.policy.lineage import CHANGE
from yaksok.policy.vocabulary import Language
from yaksok.privacy.consent import ledger, receipts
from yaksok.privacy.consent.receipts import Point, Section
from yaksok.privacy.published import obeying, register

FILE = "yaksok-receipts"
_ITEMS_OF = f"{DISCLOSE}:"


def every(actor: Actor, language: Language) -> str:
    """All receipts of the person, newest first, as one JSON document."""
    return _written({"receipts": _records(actor, language)})


def one(actor: Actor, receipt: UUID, language: Language) -> str:
    """One receipt of the person as a JSON document.

    Raises:
        NotFound: the person has no such receipt.
    """
    for record in _records(actor, language):
        if record["record_id"] == f"{receipt}":
            return _written(record)
    msg = "the person has no such receipt"
    raise NotFound(msg)


def _written(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _records(actor: Actor, language: Language) -> list[Section]:
    if actor.subject is None:
        msg = "there is no receipt for somebody who is not known"
        raise NotFound(msg)
    with keeper():
        held = ledger.receipts(actor.subject)
        known = {one.version: one.number for one in register.versions()}
        return [
            _record(receipt, held[place + 1 :], _as_it_was(receipt, known), language)
            for place, receipt in enumerate(held)
        ]


def _record(
    receipt: ledger.Receipt, earlier: tuple[ledger.Receipt, ...], policy: Policy, language: Language
) -> Section:
    events = receipts.events_of(receipt, earlier)
    points = {name: _point(policy, name, language) for name, _ in events}
    body = policy.document.body
    return receipts.as_record(receipt, events, points, body, language, settings.YAKSOK_ORIGIN)


def _as_it_was(receipt: ledger.Receipt, known: Mapping[str, int]) -> Policy:
    """The version whose words the person read; the one in force when the mall never published it."""
    number = known.get(receipt.policy_version)
    return obeying.compiled(number) if number else in_force.policy()


def _point(policy: Policy, name: str, language: Language) -> Point:
    """``name`` in the words of ``policy``: a consent, a refusal, a change, or a box of a form."""
    body = policy.document.body
    third = name.removeprefix(_ITEMS_OF) if name.startswith(_ITEMS_OF) else ""
    consenting = name in words.offered(policy) or name.startswith(CHANGE)
    basis = "consent" if consenting or name in words.refusable(policy) else "contract"
    kept = body.recipients[third].keeps.in_(language) if third in body.recipients else ""
    return Point(
        name=name,
        text=_text(policy, name, language),
        basis=basis,
        items=words.item_keys(policy, name, language),
        recipient=third,
        kept=kept or _until(policy, name, language),
    )


def _text(policy: Policy, name: str, language: Language) -> str:
    texts = words.refusable(policy) | words.offered(policy)
    if name in texts:
        return texts[name].in_(language)
    if name.startswith(CHANGE):
        return question(policy, name).in_(language)
    boxes = {box.name: box for form in policy.forms.values() for box in form.boxes}
    return boxes[name].label[language] if name in boxes else ""


def _until(policy: Policy, name: str, language: Language) -> str:
    """How the records end that ``name`` justifies; "" when it justifies none."""
    ends = {
        record.end.reason.in_(language)
        for record in policy.document.body.records.values()
        if name in {record.consent, *(entry.consent for entry in record.items.values())}
    }
    return " ".join(sorted(ends))
