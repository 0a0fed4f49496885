"""What a journey found, in the words of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yaksok.journeys.consents import Consents
from yaksok.journeys.my_page import HeldItem, MyPage
from yaksok.journeys.refusals import Refusal
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.audit.log import Entry
from yaksok.web import wording
from yaksok.web.design.templatetags.design import day, moment

ANSWERS = {
    "acknowledged": gettext_lazy("받았다고 답함"),
    "filed": gettext_lazy("파일로 넘겼고 답을 기다리는 중"),
    "given_up": gettext_lazy("보내지 못함"),
    "planned": gettext_lazy("보낼 예정"),
    "sending": gettext_lazy("답을 기다리는 중"),
    "taken": gettext_lazy("받았고, 처리한 뒤 알려 주기로 함"),
}
ASKED = {
    "correct": gettext_lazy("고쳐 달라고 하셨어요"),
    "delete": gettext_lazy("지워 달라고 하셨어요"),
    "see": gettext_lazy("보여 달라고 하셨어요"),
}
OUTCOMES = {
    "done": gettext_lazy("그렇게 했어요"),
    "nothing_to_change": gettext_lazy("바꿀 것이 없었어요"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the trail. ``why`` is the purpose, or the promise that stopped it."""

    at: str
    at_iso: str
    who: str
    what: str
    items: str
    why: str


@dataclass(frozen=True, slots=True)
class Handed:
    """One handover: when, to whom, what, why, and what they answered."""

    at: str
    recipient: str
    items: str
    purpose: str
    state: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record, its values already masked or open."""

    label: str
    reason: str
    items: tuple[HeldItem, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class Told:
    """One receipt: what the person was shown, and answered."""

    at: str
    channel: str
    policy_version: str
    given: tuple[str, ...]
    withheld: tuple[str, ...]
    lifted: tuple[str, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the person, and what became of it."""

    at: str
    what: str
    outcome: str
    due: str


def trail(entries: Iterable[Entry]) -> tuple[Line, ...]:
    """The entries of a trail in plain words."""
    return tuple(_line(entry) for entry in entries)


def records(page: MyPage) -> tuple[Record, ...]:
    """Every record with its end; log-ins, of which there are many, as one with a line for each."""
    seen = [one for one in page.records if one.kind is RecordKind.ACCESS_RECORD]
    alone = [
        Record(one.label, one.reason, one.items, _kept(one.kept_until, one.kept_while))
        for one in page.records
        if one not in seen
    ]
    points = tuple(item for one in reversed(seen) for item in one.items)
    last = [Record(one.label, one.reason, points, _kept(None, one.kept_while)) for one in seen[-1:]]
    return (*alone, *last)


def handovers(page: MyPage) -> tuple[Handed, ...]:
    """What was or will be handed to whom."""
    return tuple(
        Handed(
            at=moment(one.sent_at or one.planned_at),
            recipient=wording.recipient(one.recipient),
            items=wording.items(one.items),
            purpose=wording.purpose(one.purpose),
            state=wording.said(ANSWERS, one.state),
        )
        for one in page.handovers
    )


def receipts(page: MyPage, allowed: Consents, refused: tuple[Refusal, ...]) -> tuple[Told, ...]:
    """What the person was told and answered, newest first; each answer in the words it was about."""
    words = _words(allowed, refused)
    return tuple(
        Told(
            at=moment(one.at),
            channel=wording.channel(one.channel),
            policy_version=one.policy_version,
            given=tuple(_answered(name, words) for name in one.given),
            withheld=tuple(_answered(name, words) for name in one.withheld),
            lifted=tuple(_answered(name, words) for name in one.lifted),
            notice=one.notice,
        )
        for one in page.receipts
    )


def requests(page: MyPage) -> tuple[Asked, ...]:
    """What the person asked for."""
    return tuple(
        Asked(
            at=moment(one.received_at),
            what=wording.said(ASKED, one.kind),
            outcome=wording.said(OUTCOMES, one.outcome) if one.answered_at else "",
            due=day(one.due_at),
        )
        for one in page.requests
    )


def _words(allowed: Consents, refused: tuple[Refusal, ...]) -> dict[str, str]:
    """What each name in a receipt stands for: a refusal, a point of a change, or a consent."""
    refusals = {one.name: one.text for one in refused}
    points = {one.point: one.text for one in allowed.questions}
    return refusals | points | {one.name: one.text for one in allowed.consents}


def _answered(name: str, words: Mapping[str, str]) -> str:
    found = words.get(name) or wording.box(name)
    return found if found != name else _("지금은 여쭙지 않는 것 (%(name)s)") % {"name": name}


def _kept(until: datetime | None, meanwhile: str) -> str:
    if until is None:
        return meanwhile
    return _("%(until)s까지 보관해요") % {"until": day(until)}


def _line(entry: Entry) -> Line:
    why = wording.purpose(entry.purpose) if entry.purpose else ""
    stopped = entry.event == "vault:access:refused"
    return Line(
        at=moment(entry.at),
        at_iso=entry.at.isoformat(timespec="seconds"),
        who=wording.said(wording.WHO, entry.actor_role),
        what=wording.said(wording.EVENTS, entry.event),
        items=wording.items(entry.items, entry.kinds[0] if len(entry.kinds) == 1 else ""),
        why=f"{why} ({entry.promise})" if stopped else why,
    )
