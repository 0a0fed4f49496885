"""Requests in the words of the console."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yaksok.journeys.rights_desk import Row
from yaksok.kernel import clock
from yaksok.kernel.actor import Role
from yaksok.policy import forms
from yaksok.policy.vocabulary import Language
from yaksok.privacy.rights import due
from yaksok.privacy.rights.cases import Done
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import State, Step
from yaksok.web import rights_wording as words
from yaksok.web import wording
from yaksok.web.console.showing import short


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the queue."""

    number: str
    what: str
    way: str
    state: str
    state_label: str
    shown: bool
    received: str
    age: int
    due: str
    left: str
    late: bool
    soon: bool
    paper: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """One line of the register."""

    number: str
    what: str
    way: str
    received: str
    due: str
    answered: str
    state: str
    outcome: str
    ground: str
    checks: str
    in_time: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form at the console."""

    name: str
    label: str
    reason: str
    value: str
    problem: str
    max_length: int
    lines: bool


PERSONS = frozenset({Role.GUEST, Role.MEMBER, Role.RECIPIENT})
SOON = 2
"""From so many days on a deadline stands out."""


def listed(row: Row) -> Listed:
    """``row`` in the language of the page."""
    line = row.line
    return Listed(
        number=line.number,
        what=wording.said(words.KINDS, line.kind),
        way=wording.said(words.WAYS, line.channel),
        state=line.state,
        state_label=state(line.state),
        shown=line.state is not State.RECEIVED,
        received=short(line.received_at),
        age=row.age,
        due=words.last_day(line.due_at),
        left=words.left(row.days_left),
        late=row.overdue,
        soon=not row.overdue and row.days_left <= SOON,
        paper=line.paper,
    )


def entered(line: Request) -> Entered:
    """``line`` of the register in the language of the page."""
    ground = due.grounds(line.kind).get(line.ground)
    end = line.answered_at or clock.now()
    return Entered(
        number=line.number or "—",
        what=wording.said(words.KINDS, line.kind),
        way=wording.said(words.WAYS, line.channel),
        received=short(line.received_at),
        due=words.last_day(line.due_at),
        answered=short(line.answered_at) if line.answered_at else "",
        state=state(line.state),
        outcome=wording.said(words.OUTCOMES, line.outcome),
        ground=f"{ground.article}" if ground else "",
        checks=", ".join(wording.said(words.CHECKS, one) for one in sorted(line.checks)),
        in_time=end <= line.due_at,
    )


def state(one: State) -> str:
    """Where a request stands, as it is said to staff."""
    names = {
        State.RECEIVED: _("본인 확인 전"),
        State.IDENTIFIED: _("처리할 것"),
        State.WORKED: _("답할 것"),
        State.ANSWERED: _("답함"),
        State.REFUSED: _("거절함"),
        State.APPEALED: _("이의제기"),
        State.UPHELD: _("이의 심사 끝"),
    }
    return names[one]


def steps(history: tuple[Done, ...]) -> list[dict[str, str]]:
    """What was done about a request: when, what, in which role."""
    told = words.steps(history)
    return [
        {
            "at": at,
            "what": what,
            "detail": detail or (done.reason if done.step is Step.EXTENDED else ""),
            "who": _("당사자") if done.role in PERSONS else wording.said(wording.WHO, done.role),
        }
        for (at, what, detail), done in zip(told, history, strict=True)
    ]


def fields(
    form: forms.Form,
    values: Mapping[str, str],
    problems: Mapping[str, str],
    language: Language,
    *,
    given: Mapping[str, str] | None = None,
) -> list[Asked]:
    """The fields of ``form``, with what was typed or is ``given``."""
    return [
        Asked(
            name=one.name,
            label=one.label[language],
            reason=one.reason[language],
            value=values.get(one.name, (given or {}).get(one.name, "")),
            problem=str(problems.get(one.name, "")),
            max_length=one.max_length,
            lines=one.widget == "textarea",
        )
        for one in form.fields
    ]
