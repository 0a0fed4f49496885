"""The books of sharing, for officers and auditors: who was given what, and who works under contract.

Neither holds anything of a person: names of items, companies, days and outcomes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import received
from yaksok.journeys.received import Outcome
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.csv_text import csv_text
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.policy import fields
from yaksok.policy.entries import Text
from yaksok.policy.fields import Unfit
from yaksok.policy.in_force import policy
from yaksok.policy.retention import Period
from yaksok.policy.text import item_name
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.disclosure import oversight, register
from yaksok.privacy.disclosure.oversight import Entered, Kind
from yaksok.privacy.disclosure.register import FOLLOWING, Entry, Message, State

MAY_LOOK = frozenset({Role.AUDITOR, Role.OFFICER})
PAGE = 50
MOST_IN_A_FILE = 50_000

KINDS = {
    Kind.CONTRACT: Text(ko="위탁 계약", en="contract"),
    Kind.DESTRUCTION: Text(ko="파기 확인", en="destruction confirmed"),
    Kind.INSPECTION: Text(ko="점검", en="inspection"),
    Kind.REENTRUSTMENT: Text(ko="재위탁 동의", en="agreed to a subcontractor"),
    Kind.TRAINING: Text(ko="교육", en="training"),
}
"""What an officer enters about a processor, in words."""

MESSAGES = {
    Message.CORRECTION: Text(ko="정정", en="correction"),
    Message.ERASURE: Text(ko="삭제", en="erasure"),
    Message.HANDOVER: Text(ko="제공", en="provision"),
}
OUTCOMES = {
    Outcome.DONE: Text(ko="했다고 답함", en="done"),
    Outcome.FAILED: Text(ko="답하지 않음", en="never answered"),
    Outcome.NOT_HELD: Text(ko="갖고 있지 않다고 답함", en="holds nothing"),
    Outcome.NOT_SENT: Text(ko="보낼 것이 없음", en="nothing to send"),
    Outcome.REFUSED: Text(ko="하지 않겠다고 답함", en="refuses"),
    Outcome.WAITING: Text(ko="기다리는 중", en="waiting"),
}
STATES = {
    State.ACKNOWLEDGED: Text(ko="받았다고 답함", en="received"),
    State.FILED: Text(ko="파일로 넘기고 답을 기다리는 중", en="in a file, waiting"),
    State.GIVEN_UP: Text(ko="보내지 않음", en="not sent"),
    State.PLANNED: Text(ko="보낼 예정", en="planned"),
    State.SENDING: Text(ko="답을 기다리는 중", en="waiting"),
    State.TAKEN: Text(ko="받았고 나중에 답함", en="answers later"),
}
"""The words of the file."""

_DAY = Text(
    ko="오늘까지의 날짜를 2026-11-24처럼 적어 주세요.",
    en="Write a day up to today like 2026-11-24.",
)
_KIND = Text(ko="무엇을 했는지 고르세요.", en="Choose what was done.")


@dataclass(frozen=True, slots=True)
class Provision:
    """One line of 제3자 제공대장. ``basis`` is the promise by which it was given."""

    id: UUID
    at: datetime
    company: str
    message: Message
    purpose: str
    items: tuple[Item, ...]
    basis: str
    state: State
    outcome: Outcome | None
    answered_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Provisions:
    """A page of the book, newest first; ``after`` is where the next page begins."""

    lines: tuple[Provision, ...]
    after: UUID | None
    recipients: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entrustment:
    """One line of 처리위탁대장, with the last day of each kind of entry.

    ``overdue`` are kinds that were not entered for as long as ``[upkeep]`` allows.
    """

    name: str
    company: str
    work: str
    items: tuple[Item, ...]
    country: str
    contract_until: date | None
    subprocessors: tuple[str, ...]
    entries: tuple[Entered, ...]
    overdue: tuple[Kind, ...]


def provisions(
    actor: Actor, language: Language, *, recipient: str = "", before: UUID | None = None
) -> Provisions:
    """A page of the book of what was given to third parties.

    Refuses:
        Refused: the role has no business with it (P7.13).
    """
    _must_look(actor)
    with keeper():
        entries, more = register.page(recipient=recipient, before=before, limit=PAGE)
    named = policy().document.body.recipients
    return Provisions(
        tuple(_provision(one, language) for one in entries),
        entries[-1].id if more and entries else None,
        tuple((name, one.company.in_(language)) for name, one in named.items() if one.items),
    )


def provisions_file(actor: Actor, language: Language, *, recipient: str = "") -> str:
    """The book as CSV, newest first, at most 50 000 lines. Refuses like :func:`provisions`."""
    _must_look(actor)
    with keeper():
        entries, _ = register.page(recipient=recipient, limit=MOST_IN_A_FILE)
    heads = (
        ("일시", "받는 곳", "내용", "목적", "항목", "근거", "상태", "답한 때", "기한")
        if language is Language.KOREAN
        else ("At", "Recipient", "Message", "Purpose", "Items", "Basis", "State", "Answered", "Due")
    )
    return csv_text([heads, *(_cells(_provision(one, language), language) for one in entries)])


def entrustments(actor: Actor, language: Language) -> tuple[Entrustment, ...]:
    """The book of those who work for the mall under contract. Refuses like :func:`provisions`."""
    _must_look(actor)
    body = policy().document.body
    with keeper():
        recipients = tuple(
            _entrustment(
                name,
                one.company.in_(language),
                one.purpose.in_(language),
                one.items,
                one.country,
                None,
                (),
            )
            for name, one in body.recipients.items()
            if one.entrusted
        )
        return recipients + tuple(
            _entrustment(
                name,
                one.company.in_(language),
                one.work.in_(language),
                one.items,
                one.country,
                one.contract_until,
                one.subprocessors,
            )
            for name, one in body.processors.items()
        )


def entrustments_file(actor: Actor, language: Language) -> str:
    """The book as CSV: one line for each entry, or one for a processor without any."""
    korean = language is Language.KOREAN
    heads = (
        ("맡은 곳", "맡은 일", "항목", "나라", "계약 끝", "다시 맡긴 곳", "한 일", "날짜", "메모")
        if korean
        else ("Who", "Work", "Items", "Country", "Until", "Passed on to", "Done", "Day", "Note")
    )
    lines: list[tuple[str, ...]] = []
    for one in entrustments(actor, language):
        until = one.contract_until.isoformat() if one.contract_until else ""
        items = ", ".join(item_name(item, language) for item in one.items)
        same = (one.company, one.work, items, one.country, until, ", ".join(one.subprocessors))
        done = [(KINDS[e.kind].in_(language), e.day.isoformat(), e.note) for e in one.entries]
        lines += [(*same, *entry) for entry in done or [("", "", "")]]
    return csv_text([heads, *lines])


@retrying
def enter(actor: Actor, name: str, kind: str, day: str, note: str, *, language: Language) -> None:
    """Write down what was done to look after ``name``: a contract, training, an inspection.

    Raises:
        NotFound: nobody of this name works for the mall under contract.
        Invalid: by field; the note may hold no registration number, the day lie not in the future.

    Refuses:
        Refused: the actor is not the trained privacy officer.

    Records:
        Event.DISCLOSURE_OVERSIGHT_ENTERED.
    """
    if actor.role is not Role.OFFICER or not actor.trained:
        msg = "refused to write into the register: only the trained privacy officer does"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")
    if name not in {one.name for one in entrustments(actor, language)}:
        msg = "nobody of this name works for the mall under contract"
        raise NotFound(msg)
    problems: dict[str, str] = {}
    if kind not in set(Kind):
        problems["kind"] = _KIND.in_(language)
    on = _day(day)
    if on is None:
        problems["day"] = _DAY.in_(language)
    try:
        said = fields.clean(Item.DOCUMENT, note)
    except Unfit as unfit:
        problems["note"] = unfit.text.in_(language)
    if problems or on is None:
        raise Invalid(problems)
    with keeper():
        oversight.enter(name, Kind(kind), on, said, actor=actor)


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed.strip())
    except ValueError:
        return None
    return found if found <= clock.today() else None


def _entrustment(
    name: str,
    company: str,
    work: str,
    items: tuple[Item, ...],
    country: str,
    until: date | None,
    subprocessors: tuple[str, ...],
) -> Entrustment:
    entries = oversight.of(name)
    upkeep = policy().document.body.upkeep
    wanted = {Kind.TRAINING: upkeep.training_every, Kind.INSPECTION: upkeep.audit_every}
    late = tuple(
        kind
        for kind, every in wanted.items()
        if not any(one.kind is kind and _is_fresh(one.day, every) for one in entries)
    )
    return Entrustment(
        name, company, work, items, country, until, subprocessors, entries, late if items else ()
    )


def _is_fresh(day: date, every: str) -> bool:
    began = clock.midnight(day)
    return Period.parse(every).after(began) > clock.now()


def _provision(one: Entry, language: Language) -> Provision:
    body = policy().document.body
    third = body.recipients.get(one.recipient)
    return Provision(
        id=one.id,
        at=one.sent_at or one.planned_at,
        company=third.company.in_(language) if third else one.recipient,
        message=one.message,
        purpose=third.purpose.in_(language) if third else one.purpose.value,
        items=one.items,
        basis=one.promise,
        state=one.state,
        outcome=received.outcome_of(one) if one.message in FOLLOWING else None,
        answered_at=one.acknowledged_at,
        due_at=one.last_moment,
    )


def _cells(one: Provision, language: Language) -> tuple[str, ...]:
    return (
        _moment(one.at),
        one.company,
        MESSAGES[one.message].in_(language),
        one.purpose,
        ", ".join(item_name(item, language) for item in one.items),
        one.basis,
        (STATES[one.state] if one.outcome is None else OUTCOMES[one.outcome]).in_(language),
        _moment(one.answered_at),
        _moment(one.due_at),
    )


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SEOUL):%Y-%m-%d %H:%M}" if at else ""


def _must_look(actor: Actor) -> None:
    if actor.role not in MAY_LOOK:
        msg = "refused to show the books of sharing: the role has no part in them"
        raise Refused(msg, promise="P7.13")
