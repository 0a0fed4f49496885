"""Orders and outcomes in the words of the console."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yaksok.journeys.dispatch import Outcome, Result
from yaksok.journeys.dispatch_queue import Detail, Row
from yaksok.journeys.order_view import LABELS, WAY
from yaksok.journeys.payment_window import goods
from yaksok.journeys.speaking import spoken
from yaksok.kernel.actor import Actor
from yaksok.kernel.money import shown as won
from yaksok.mall.orders.states import OrderState
from yaksok.web import wording
from yaksok.web.design.templatetags.design import moment
from yaksok.web.language import current

LATE = timedelta(days=2)
"""From this age on a paid order that was not handed over stands out."""

STATES: Mapping[str, Lazy] = {
    "": gettext_lazy("끝나지 않은 것 모두"),
    "paid": gettext_lazy("결제 완료"),
    "dispatching": gettext_lazy("보내는 중"),
    "shipped": gettext_lazy("배송 중"),
    "delivered": gettext_lazy("배송 완료"),
}
AGES: Mapping[str, Lazy] = {
    "": gettext_lazy("모두"),
    "1": gettext_lazy("하루 넘음"),
    "2": gettext_lazy("이틀 넘음"),
    "3": gettext_lazy("사흘 넘음"),
}
OUTCOMES: Mapping[Outcome, Lazy] = {
    Outcome.ALREADY: gettext_lazy("이미 택배회사에 넘긴 주문이에요."),
    Outcome.HANDED: gettext_lazy("택배회사가 받았어요."),
    Outcome.NOT_PAID: gettext_lazy("결제가 끝나지 않아 넘기지 않았어요."),
    Outcome.NUMBER_AWAITED: gettext_lazy(
        "안심번호를 아직 받지 못해 기다려요. 번호가 오면 저절로 넘기고, 전화번호를 대신 보내지 않아요."
    ),
    Outcome.REFUSED: gettext_lazy("약속에 따라 넘기지 않았어요."),
    Outcome.UNKNOWN: gettext_lazy("그런 주문이 없어요."),
    Outcome.WAITING: gettext_lazy("택배회사가 아직 받지 않았어요. 저절로 다시 보내요."),
}
HANDOVERS: Mapping[str, Lazy] = {
    "acknowledged": gettext_lazy("택배회사가 받았다고 답함"),
    "filed": gettext_lazy("파일로 넘겼고 운송장 번호를 기다리는 중"),
    "given_up": gettext_lazy("더 보내지 않음. 다시 넘기면 처음부터 보내요"),
    "planned": gettext_lazy("보낼 차례를 기다리는 중"),
    "sending": gettext_lazy("보냈고 답을 기다리는 중"),
}
REASONS: Mapping[str, Lazy] = {
    "erased": gettext_lazy("받는 분의 정보가 이미 지워졌어요"),
    "incomplete": gettext_lazy("이름, 주소, 전화번호 가운데 빠진 것이 있어요"),
    "no_number": gettext_lazy("안심번호 회사가 번호를 주지 않아 넘기지 않았어요"),
    "not_taken": gettext_lazy("파일로 넘겼지만 택배회사에 없다고 했어요"),
    "number_awaited": gettext_lazy("안심번호를 기다려요. 번호가 오면 바로 보내요"),
    "unreachable": gettext_lazy("택배회사가 답하지 않았어요"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list."""

    order_id: UUID
    number: str
    state: OrderState
    state_label: str
    name: str
    what: str
    total: str
    placed: str
    age: str
    parcel: str
    dispatchable: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one order that was to be handed over."""

    number: str
    ok: bool
    said: str


def rows(found: Iterable[Row]) -> tuple[Listed, ...]:
    """The list, in the language of the page."""
    return tuple(_listed(row) for row in found)


def _listed(row: Row) -> Listed:
    language = current()
    return Listed(
        order_id=row.order_id,
        number=row.number,
        state=row.state,
        state_label=state(row.state),
        name=row.name,
        what=goods([line.name[language] for line in row.lines], language) if row.lines else "",
        total=won(row.total, language.value),
        placed=short(row.placed_at),
        age=age(row.age),
        parcel=row.tracking_number,
        dispatchable=row.dispatchable,
        late=row.dispatchable and row.age >= LATE,
    )


def results(found: Iterable[Result]) -> tuple[Said, ...]:
    """Outcomes in words, one for each order."""
    return tuple(
        Said(
            number=one.number or str(one.order_id),
            ok=one.outcome in {Outcome.HANDED, Outcome.ALREADY},
            said=f"{OUTCOMES[one.outcome]}{f' ({one.promise})' if one.promise else ''}",
        )
        for one in found
    )


def attempts(row: Row) -> list[tuple[str, str]]:
    """How often it was sent, why it was not taken, and when next; empty before the first plan."""
    if not row.handover:
        return []
    said = [
        (_("상태"), wording.said(HANDOVERS, row.handover)),
        (_("보낸 횟수"), str(row.attempts)),
    ]
    if row.reason:
        name, _mark, promise = row.reason.partition(":")
        why = (
            wording.said(REASONS, name)
            if not promise
            else f"{OUTCOMES[Outcome.REFUSED]} ({promise})"
        )
        said.append((_("까닭"), why))
    if row.next_try and row.handover in {"planned", "sending"}:
        said.append((_("다음 시도"), clock_time(row.next_try)))
    return said


def lines(row: Row) -> list[dict[str, object]]:
    """What goes into the parcel."""
    language = current()
    return [
        {"name": one.name[language], "option": one.option[language], "quantity": one.quantity}
        for one in row.lines
    ]


def steps(found: Detail) -> list[dict[str, str]]:
    """Where the courier said the parcel was, and when."""
    return [{"at": moment(one.at), "label": spoken(WAY[one.state])} for one in found.steps]


def state(one: OrderState) -> str:
    """Where an order stands."""
    return spoken(LABELS[one])


def choices(table: Mapping[str, Lazy], chosen: str) -> list[tuple[str, str, bool]]:
    """Options of a filter: value, words, whether it is the chosen one."""
    return [(value, str(words), value == chosen) for value, words in table.items()]


def role(actor: Actor) -> str:
    """In which role somebody works now."""
    return wording.said(wording.WHO, actor.role)


def age(since: timedelta) -> str:
    """Whole days, or hours on the first two."""
    hours = int(since.total_seconds() // 3600)
    if hours < 48:  # noqa: PLR2004 - two days
        return _("%(n)d시간") % {"n": hours}
    return _("%(n)d일") % {"n": hours // 24}


def short(at: datetime) -> str:
    """Month, day and time in Seoul; the year is this one."""
    return f"{timezone.localtime(at):%m-%d %H:%M}"


def clock_time(at: datetime | None) -> str:
    """The time of day in Seoul, or nothing."""
    return f"{timezone.localtime(at):%H:%M:%S}" if at else ""
