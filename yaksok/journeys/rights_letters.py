"""Word to whoever asked for something about their own data: that it came, and what became of it.

It goes to the address that the mall holds of them already, and to no other: a request cannot be used to
have somebody's data sent somewhere else. Each letter names the office outside the mall (P11.5).
"""

from datetime import datetime, timedelta

from django.utils import formats, translation

from yaksok.kernel.actor import Role
from yaksok.kernel.ids import RecordId
from yaksok.mall.orders import finding
from yaksok.policy import deadlines
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import Ground
from yaksok.policy.vocabulary import Item, Language, RecordKind
from yaksok.privacy.post import outbox
from yaksok.privacy.post.templates import Template
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import Outcome
from yaksok.privacy.vault import gate

MEMBER_PATH, GUEST_PATH = "/my/requests", "/rights/order"

WHAT = {
    Outcome.DONE: Text(ko="요청하신 대로 했어요.", en="It was done as you asked."),
    Outcome.NOTHING_HELD: Text(
        ko="이 몰은 요청하신 분의 개인정보를 가지고 있지 않아요.",
        en="This mall holds no data about whoever asked.",
    ),
    Outcome.NOTHING_TO_CHANGE: Text(ko="바꿀 것이 없었어요.", en="There was nothing to change."),
}

_WEEKDAYS = "월화수목금토일"

Place = tuple[RecordKind, RecordId]


def received(line: Request) -> bool:
    """Write that a request came and when it is answered; False when there is no address to write to."""
    return _write(line, Template.RIGHTS_RECEIVED, number=line.number, day=day(line))


def answered(line: Request) -> bool:
    """Write that a request is answered. The answer itself is read where the person shows who they are."""
    what = WHAT[Outcome(line.outcome)].in_(line.language)
    return _write(line, Template.RIGHTS_ANSWERED, number=line.number, what=what)


def refused(line: Request, ground: Ground) -> bool:
    """Write that a request was refused, by which provision of law, and how to object."""
    return _write(
        line,
        Template.RIGHTS_REFUSED,
        number=line.number,
        ground=ground.text.in_(line.language),
        article=ground.article,
    )


def extended(line: Request, article: str) -> bool:
    """Write that an answer takes longer, until when and by which provision."""
    return _write(
        line, Template.RIGHTS_EXTENDED, number=line.number, day=day(line), article=article
    )


def link(line: Request, path: str) -> bool:
    """Write a link by which the person shows that the address is theirs."""
    return _write(line, Template.RIGHTS_LINK, path)


def address_of(line: Request) -> Place | None:
    """Where the address lies that the mall holds of whoever a request is about; None without one."""
    if line.who == Role.MEMBER:
        kind = RecordKind.MEMBERSHIP
        held = [one.record for one in gate.holdings(line.subject) if one.kind is kind]
        record = held[-1] if held else None
    elif line.who == Role.GUEST and line.order is not None:
        kind = RecordKind.ORDER_PAYER
        record = finding.of(line.subject, line.order).payer_record
    else:
        return None
    if record is None or not policy().having(kind, [Item.EMAIL]):
        return None
    given = gate.given([(line.subject, record)], kind=kind)
    return (kind, record) if Item.EMAIL in given.get((line.subject, record), ()) else None


def day(line: Request) -> str:
    """The last day on which the answer is in time, as a date of the person's language."""
    return long_day(line.due_at - timedelta(microseconds=1), line.language)


def long_day(at: datetime, language: Language) -> str:
    """A date with its year and day of the week."""
    local = deadlines.calendar_of(policy().document.body).day_of(at)
    if language is Language.KOREAN:
        weekday = _WEEKDAYS[local.weekday()]
        return f"{local.year}년 {local.month}월 {local.day}일 ({weekday})"
    with translation.override(language.value):
        return f"{local.day} {formats.date_format(local, 'M Y (D)')}"


def _write(line: Request, template: Template, path: str = "", **context: str) -> bool:
    place = address_of(line)
    if place is None:
        return False
    kind, record = place
    outbox.note(
        line.subject,
        template,
        kind=kind,
        record=record,
        language=line.language,
        context={
            "path": path or (MEMBER_PATH if line.who == Role.MEMBER else GUEST_PATH),
            **context,
        },
    )
    return True
