"""Tickets in the words of the console."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yaksok.journeys import roster
from yaksok.journeys.desk_queue import Row
from yaksok.journeys.desk_words import TOPICS, WAYS, in_order
from yaksok.journeys.order_view import LABELS
from yaksok.journeys.speaking import spoken
from yaksok.kernel.actor import Actor
from yaksok.mall.desk.book import Figures
from yaksok.mall.desk.words import WAITING, Closing, State
from yaksok.mall.orders.states import OrderState
from yaksok.policy import working_days
from yaksok.web.console import showing
from yaksok.web.console.showing import age, short

FILTER: Mapping[str, Lazy] = {
    "": gettext_lazy("기다리는 것 모두"),
    "open": gettext_lazy("답할 것"),
    "checking": gettext_lazy("확인할 것"),
    "answered": gettext_lazy("답한 것"),
    "closed": gettext_lazy("답 없이 마친 것"),
}
STATES: Mapping[State, Lazy] = {
    State.OPEN: gettext_lazy("답할 것"),
    State.CHECKING: gettext_lazy("확인할 것"),
    State.ANSWERED: gettext_lazy("답함"),
    State.CLOSED: gettext_lazy("답 없이 마침"),
}
CLOSINGS: Mapping[Closing, Lazy] = {
    Closing.ASKED: gettext_lazy("물어본 분이 거두었어요"),
    Closing.DUPLICATE: gettext_lazy("같은 문의가 또 있어요"),
    Closing.SPAM: gettext_lazy("문의가 아니라 광고예요"),
}
WHO: Mapping[bool, Lazy] = {True: gettext_lazy("회원"), False: gettext_lazy("비회원")}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the queue."""

    id: UUID
    number: str
    state: State
    state_label: str
    topic: str
    way: str
    who: str
    asker: str
    received: str
    due: str
    age: str
    overdue: bool
    own_draft: bool


def rows(found: Iterable[Row]) -> tuple[Listed, ...]:
    """The queue, in the language of the page."""
    return tuple(row(one) for one in found)


def row(one: Row) -> Listed:
    """One ticket."""
    ticket = one.ticket
    return Listed(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state,
        state_label=str(STATES[ticket.state]),
        topic=spoken(TOPICS[ticket.topic]),
        way=spoken(WAYS[ticket.way]),
        who=str(WHO[ticket.member]),
        asker=one.asker,
        received=short(ticket.received_at),
        due=short(working_days.told(ticket.due_at)) if ticket.state in WAITING else "",
        age=age(one.age),
        overdue=one.overdue,
        own_draft=one.own_draft and ticket.state is State.CHECKING,
    )


def figures(found: Figures) -> list[tuple[str, str]]:
    """The desk in figures, over the last 90 days."""
    said = [
        (_("기다리는 것"), str(found.waiting)),
        (_("기한이 지난 것"), str(found.overdue)),
        (_("90일 동안 답한 것"), str(found.answered)),
    ]
    if found.answered:
        said.append((_("기한 안에 답한 것"), f"{100 * found.in_time // found.answered}%"))
    if found.median_hours is not None:
        said.append((_("답까지 중앙값"), _("%(n)s시간") % {"n": f"{found.median_hours:g}"}))
    if found.mean_score is not None:
        said.append((_("만족도"), f"{found.mean_score:.1f} / 5 ({found.scored})"))
    return said


def topics(chosen: str) -> list[tuple[str, str, bool]]:
    """Options of the filter by topic."""
    every = [("", _("모두"), not chosen)]
    return every + [(one.value, spoken(TOPICS[one]), one.value == chosen) for one in in_order()]


def closings() -> list[tuple[str, str]]:
    """Why an inquiry can end without an answer."""
    return [(one.value, str(words)) for one, words in CLOSINGS.items()]


def order_state(name: str) -> str:
    """Where the order stands that the asker showed to be theirs."""
    return spoken(LABELS[OrderState(name)]) if name else ""


def watermark(actor: Actor, at: datetime, number: str) -> str:
    """Who looks at the words, when, and because of which ticket; it stands across them."""
    who = roster.tag_of(actor.subject) if actor.subject else ""
    return f"{who} · {showing.short(at)} · {number}"
