"""A demand by court or police, from the paper on the desk to the letter to the person.

It needs a document, a statute and two officers. Exactly the items that it names go out, once, as a file
that the office's password opens. The person is told as soon as the law allows, and until then nothing
on their own pages gives it away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.errors import Invalid, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders import finding
from yaksok.policy import fields
from yaksok.policy.entries import Text
from yaksok.policy.fields import Unfit
from yaksok.policy.in_force import policy
from yaksok.policy.text import item_name
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit.log import Entry
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import demands
from yaksok.privacy.disclosure.demands import About, Line, Office, Paper, State
from yaksok.privacy.disclosure.sealed_file import LEAST
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import Template
from yaksok.privacy.post.purposes import PURPOSES
from yaksok.privacy.retention import ends
from yaksok.privacy.vault import gate

MAY_LOOK = frozenset({Role.AUDITOR, Role.OFFICER})
AT_ONCE = 50
STATUTE_MAX = 120
PATH, GUEST_PATH = "/my", "/lookup"
SEEKER = Actor.system("legal_demand")

OFFICES: Mapping[Office, Text] = MappingProxyType(
    {
        Office.COURT: Text(ko="법원", en="court"),
        Office.OTHER: Text(ko="법률이 정한 다른 기관", en="another office named by law"),
        Office.POLICE: Text(ko="경찰", en="police"),
        Office.PROSECUTION: Text(ko="검찰", en="prosecution"),
        Office.TAX: Text(ko="세무서", en="tax office"),
    }
)

MISSING = Text(ko="이 칸을 채워 주세요.", en="Fill this in.")
NO_ITEM = Text(
    ko="문서가 요구하는 항목을 고르세요.", en="Choose the items that the document names."
)
NOBODY = Text(
    ko="그런 아이디나 주문번호가 없습니다. 문서에 적힌 그대로 적어 주세요.",
    en="There is no such ID or order number. Type it as the document has it.",
)
SHORT = Text(
    ko=f"받는 기관과 정한 암호를 {LEAST}자 이상으로 적어 주세요.",
    en=f"Type the password agreed with the office, at least {LEAST} characters.",
)
DAY = Text(ko="날짜를 2026-12-31처럼 적어 주세요.", en="Write the day like 2026-12-31.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer types from the document. ``who`` is an ID, an e-mail address or an order number."""

    who: str
    kind: RecordKind
    items: frozenset[Item]
    document: str
    office: str
    statute: str
    tell_on: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One demand as an officer sees it, with the number of its document."""

    line: Line
    document: str
    mine: bool
    """Whether this person checked it already."""
    needed: int
    """How many persons must agree."""


def reach() -> Mapping[RecordKind, tuple[Item, ...]]:
    """What a demand can reach under the policy in force; empty when it says nothing of demands."""
    found = policy().document.body.legal_demands
    return found.reach if found else {}


def every(actor: Actor) -> tuple[Line, ...]:
    """All demands, newest first, without the names of their documents.

    Refuses:
        Refused: the role has no business with them (P7.13).
    """
    if actor.role not in MAY_LOOK:
        msg = "refused to show the demands by law: the role has no part in them"
        raise Refused(msg, promise="P7.13")
    with keeper():
        return demands.every()


def detail(actor: Actor, case: UUID, key: UUID) -> Detail:
    """One demand with its document, which is opened and logged.

    Raises:
        NotFound: there is none.

    Refuses:
        Refused: the actor is no trained officer.
    """
    _must_be_the_officer(actor)
    with keeper():
        line = demands.one((SubjectId(case), key))
        said = demands.document(line, actor=actor)
    return Detail(line, said, actor.subject in line.agreed, max(demands.terms().persons, 2))


@retrying
def register(actor: Actor, asked: Asked, *, language: Language) -> demands.Name:
    """Enter a demand from its document. Nothing of the person is opened.

    Raises:
        Invalid: by field; what is missing, or that nobody is found.

    Refuses:
        Refused: the actor is no trained officer, or the items are none that a demand reaches (P4.10).

    Records:
        Event.DISCLOSURE_DEMAND_REGISTERED, Event.VAULT_VALUE_SOUGHT.
    """
    _must_be_the_officer(actor)
    paper = _paper(asked, language)
    with keeper():
        about = _sought(asked.who.strip(), asked.kind)
        if about is None:
            raise Invalid({"who": NOBODY.in_(language)})
        return demands.register(about, paper, actor=actor)


@retrying
def approve(actor: Actor, case: UUID, key: UUID) -> State:
    """Agree to a demand as the second person (P4.10). Raises and refuses as the register does."""
    _must_be_the_officer(actor)
    with keeper():
        return demands.approve((SubjectId(case), key), actor=actor).state


@retrying
def decline(actor: Actor, case: UUID, key: UUID) -> None:
    """Turn a demand down. Raises NotFound when none waits."""
    _must_be_the_officer(actor)
    with keeper():
        _ended(demands.decline((SubjectId(case), key), actor=actor))


@retrying
def meet(actor: Actor, case: UUID, key: UUID, password: str, *, language: Language) -> bytes:
    """The sealed file with exactly the items of the demand. It is given once.

    Arguments:
        password: Agreed with the office by another way; at least 12 characters, kept nowhere.

    Raises:
        Invalid: the password is too short.
        NotFound: there is none that was approved and not met.

    Refuses:
        Refused, Shredded: see :func:`yaksok.privacy.disclosure.demands.meet`.
    """
    _must_be_the_officer(actor)
    if len(password) < LEAST:
        raise Invalid({"password": SHORT.in_(language)})
    with keeper():
        line, content = demands.meet((SubjectId(case), key), password, actor=actor)
        _ended(line)
    return content


@retrying
def tell_from(actor: Actor, case: UUID, key: UUID, day: str, *, language: Language) -> None:
    """Set from which day the law allows to tell the person; "" while it does not.

    Raises:
        Invalid: it is no day.
        NotFound: there is no such demand, or the person was told of it.

    Records:
        Event.DISCLOSURE_DEMAND_DATED.
    """
    _must_be_the_officer(actor)
    with keeper():
        demands.tell_from((SubjectId(case), key), _day(day, language), actor=actor)


def may_be_shown(subject: SubjectId, trail: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A person's own trail without what a law forbids to tell yet; all of it once they were told."""
    if not demands.untold_about(subject):
        return trail
    return tuple(one for one in trail if one.purpose != Purpose.LEGAL_DEMAND)


def tell_due(limit: int = AT_ONCE) -> int:
    """Write to persons whose demand was met, from the day on which the law allows it. A job.

    Returns:
        How many letters were put into the outbox.
    """
    today = clock.today()
    with keeper():
        waiting = demands.to_tell(today, limit)
    return sum(_tell(line) for line in waiting)


@retrying
def _tell(line: Line) -> int:
    with keeper():
        if not demands.told(line):
            return 0
        about = line.about
        held = {one.record for one in gate.holdings(about.subject)}
        written = about.kind in PURPOSES and about.record in held
        if written:
            language = _language(about.subject)
            outbox.note(
                about.subject,
                Template.LEGAL_DEMAND_TOLD,
                kind=about.kind,
                record=about.record,
                language=language,
                context=_context(line, language),
            )
    return int(written)  # who left has no address any more; their trail is gone too


def _context(line: Line, language: Language) -> dict[str, str]:
    closed = line.closed_at or clock.now()
    return {
        "office": OFFICES[line.office].in_(language),
        "statute": line.statute,
        "items": ", ".join(item_name(item, language) for item in line.items),
        "day": closed.astimezone(SEOUL).date().isoformat(),
        "path": PATH if line.about.kind is RecordKind.MEMBERSHIP else GUEST_PATH,
    }


def _language(subject: SubjectId) -> Language:
    receipts = ledger.receipts(subject)
    return receipts[0].language if receipts else Language.KOREAN


def _ended(line: Line) -> None:
    """The sealed record of the document begins its last period."""
    ends.happened(line.case, line.record, RecordKind.LEGAL_DEMAND, at=line.closed_at or clock.now())


def _paper(asked: Asked, language: Language) -> Paper:
    problems: dict[str, str] = {}
    texts: dict[str, str] = {}
    for name in ("document", "statute"):
        try:
            texts[name] = fields.clean(Item.DOCUMENT, getattr(asked, name))
        except Unfit as unfit:
            problems[name] = unfit.text.in_(language)
        else:
            if not texts[name]:
                problems[name] = MISSING.in_(language)
    if not asked.items:
        problems["chosen"] = NO_ITEM.in_(language)
    if asked.office not in set(Office):
        problems["office"] = MISSING.in_(language)
    if not asked.who.strip():
        problems["who"] = MISSING.in_(language)
    day = None
    try:
        day = _day(asked.tell_on, language)
    except Invalid as wrong:
        problems |= wrong.problems
    if problems:
        raise Invalid(problems)
    return Paper(
        texts["document"], Office(asked.office), texts["statute"][:STATUTE_MAX], asked.items, day
    )


def _day(typed: str, language: Language) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise Invalid({"tell_on": DAY.in_(language)}) from None


def _sought(who: str, kind: RecordKind) -> About | None:
    """The record that the demand means, found by exactly what the document names."""
    if kind is RecordKind.MEMBERSHIP:
        item = Item.EMAIL if "@" in who else Item.LOGIN_ID
        found = gate.find(kind, item, who, purpose=Purpose.MEMBER_SERVICE, actor=SEEKER)
        return About(found[0], kind, found[1]) if found else None
    place = finding.by_number(who)
    if place is None:
        return None
    order = finding.of(*place)
    if kind is RecordKind.ORDER_RECIPIENT:
        return About(order.recipient, kind, order.recipient_record)
    if kind is RecordKind.ORDER_PAYER:
        return About(order.subject, kind, order.payer_record)
    return None


def _must_be_the_officer(actor: Actor) -> None:
    if actor.role is Role.OFFICER and actor.trained:
        return
    msg = "refused: demands by law are the work of trained privacy officers"
    raise Refused(msg, promise="P4.10", advice="ask the privacy officer")
