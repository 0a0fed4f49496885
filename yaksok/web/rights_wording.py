"""Requests about one's own data in the words of the pages: shopper's, member's and console alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yaksok.journeys.rights_ask import Mine
from yaksok.journeys.rights_letters import long_day
from yaksok.privacy.rights.cases import Done
from yaksok.privacy.rights.words import Check, Kind, Outcome, State, Step, Way
from yaksok.web import wording
from yaksok.web.design.templatetags.design import moment
from yaksok.web.language import current

KINDS: Mapping[str, Lazy] = {
    Kind.SEE: gettext_lazy("열람"),
    Kind.CORRECT: gettext_lazy("정정"),
    Kind.DELETE: gettext_lazy("삭제"),
    Kind.STOP: gettext_lazy("처리정지"),
    Kind.PORT: gettext_lazy("내려받기(전송)"),
    Kind.EXPLAIN: gettext_lazy("설명"),
    Kind.WITHDRAW: gettext_lazy("동의 철회"),
    Kind.OBJECT: gettext_lazy("이용 거부"),
}
MEANS: Mapping[str, Lazy] = {
    Kind.SEE: gettext_lazy("가지고 있는 내 정보를 보여 주세요"),
    Kind.CORRECT: gettext_lazy("틀린 것을 고쳐 주세요"),
    Kind.DELETE: gettext_lazy("지워 주세요"),
    Kind.STOP: gettext_lazy("쓰지 말고 멈춰 주세요"),
    Kind.PORT: gettext_lazy("파일로 받고 싶어요"),
    Kind.EXPLAIN: gettext_lazy("무엇을 왜 가지고 있고 누구에게 주었는지 알려 주세요"),
    Kind.WITHDRAW: gettext_lazy("동의를 거둘게요"),
    Kind.OBJECT: gettext_lazy("이런 이용에 반대해요"),
}
WAYS: Mapping[str, Lazy] = {
    Way.WEB: gettext_lazy("웹"),
    Way.PHONE: gettext_lazy("전화"),
    Way.FAX: gettext_lazy("팩스"),
    Way.POST: gettext_lazy("우편"),
    Way.MAIL: gettext_lazy("1:1 상담메일"),
}
STATES: Mapping[str, Lazy] = {
    State.RECEIVED: gettext_lazy("받았어요"),
    State.IDENTIFIED: gettext_lazy("처리하고 있어요"),
    State.WORKED: gettext_lazy("처리를 마쳤고 답을 쓰고 있어요"),
    State.ANSWERED: gettext_lazy("답했어요"),
    State.REFUSED: gettext_lazy("들어드리지 못했어요"),
    State.APPEALED: gettext_lazy("이의를 살피고 있어요"),
    State.UPHELD: gettext_lazy("이의를 살폈고 답이 그대로예요"),
}
OUTCOMES: Mapping[str, Lazy] = {
    "": gettext_lazy("아직 없음"),
    Outcome.DONE: gettext_lazy("그렇게 했어요"),
    Outcome.NOTHING_HELD: gettext_lazy("가지고 있는 정보가 없었어요"),
    Outcome.NOTHING_TO_CHANGE: gettext_lazy("바꿀 것이 없었어요"),
    Outcome.REFUSED: gettext_lazy("들어드리지 못했어요"),
}
STEPS: Mapping[str, Lazy] = {
    Step.RECEIVED: gettext_lazy("받음"),
    Step.CHECKED: gettext_lazy("본인 확인"),
    Step.SEEN: gettext_lazy("한 사람이 확인함"),
    Step.CHECK_FAILED: gettext_lazy("본인 확인 실패"),
    Step.LINK_SENT: gettext_lazy("확인 링크를 보냄"),
    Step.WORKED: gettext_lazy("처리함"),
    Step.COPY_SEALED: gettext_lazy("두 번째 사람이 사본을 확인함"),
    Step.COPY_PRINTED: gettext_lazy("사본을 인쇄함"),
    Step.EXTENDED: gettext_lazy("기한을 늦춤"),
    Step.ANSWERED: gettext_lazy("답함"),
    Step.REFUSED: gettext_lazy("들어드리지 못함"),
    Step.APPEALED: gettext_lazy("이의제기"),
    Step.APPEAL_GRANTED: gettext_lazy("이의를 받아들임"),
    Step.APPEAL_UPHELD: gettext_lazy("이의를 살피고 답을 그대로 둠"),
}
CHECKS: Mapping[str, Lazy] = {
    Check.DOCUMENT: gettext_lazy("신분증을 봄 (번호를 가리고, 사본 없음)"),
    Check.LINK: gettext_lazy("가지고 있는 주소로 보낸 링크를 엶"),
    Check.LOGGED_IN: gettext_lazy("로그인한 상태"),
    Check.ORDER_SECRET: gettext_lazy("주문번호와 조회 비밀번호"),
    Check.PARCEL: gettext_lazy("운송장 번호와 전화번호 끝자리"),
    Check.POWER_OF_ATTORNEY: gettext_lazy("위임장"),
    Check.VALUES: gettext_lazy("말씀하신 값이 맞음"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One request as its person sees it."""

    id: str
    number: str
    what: str
    way: str
    at: str
    state: str
    due: str
    left: str
    late: bool
    waiting: bool
    mine: Mine
    steps: tuple[tuple[str, str, str], ...]


def shown(one: Mine) -> Shown:
    """``one`` in the language of the page."""
    line = one.line
    return Shown(
        id=str(line.id),
        number=line.number,
        what=wording.said(KINDS, line.kind),
        way=wording.said(WAYS, line.channel),
        at=moment(line.received_at),
        state=wording.said(STATES, line.state)
        if line.number
        else wording.said(OUTCOMES, line.outcome),
        due=last_day(line.due_at) if one.days_left is not None else "",
        left=left(one.days_left) if one.days_left is not None else "",
        late=one.days_left is not None and one.days_left < 0,
        waiting=one.days_left is not None,
        mine=one,
        steps=steps(one.history),
    )


def last_day(due_at: datetime) -> str:
    """The last day on which an answer is in time."""
    return long_day(due_at - timedelta(microseconds=1), current())


def offered(
    days: Mapping[Kind, datetime], without: frozenset[Kind], chosen: str = ""
) -> dict[str, object]:
    """What can be asked, each with its last day; one day for all where it is the same."""
    told = {kind: last_day(at) for kind, at in days.items() if kind not in without}
    one = next(iter(told.values())) if len(set(told.values())) == 1 else ""
    return {
        "kinds": [
            (kind.value, MEANS[kind], "" if one else day, kind.value == chosen)
            for kind, day in told.items()
        ],
        "one_day": one,
    }


def left(days: int) -> str:
    """How long there still is, in whole days; or by how much it is late."""
    if days < 0:
        return ngettext("%(n)d일 늦었어요", "%(n)d일 늦었어요", -days) % {"n": -days}
    if days == 0:
        return _("오늘까지")
    return ngettext("%(n)d일 남음", "%(n)d일 남음", days) % {"n": days}


def steps(history: Iterable[Done]) -> tuple[tuple[str, str, str], ...]:
    """When, what, and how far it goes into detail: each step of a request."""
    return tuple(
        (moment(one.at), wording.said(STEPS, one.step), _detail(one.step, one.reason))
        for one in history
    )


def _detail(step: str, reason: str) -> str:
    table: Mapping[str, Mapping[str, Lazy]] = {
        Step.CHECKED: CHECKS,
        Step.SEEN: CHECKS,
        Step.CHECK_FAILED: CHECKS,
        Step.RECEIVED: WAYS,
        Step.ANSWERED: OUTCOMES,
        Step.WORKED: OUTCOMES,
    }
    if step not in table:
        return ""
    return wording.said(table[Step(step)], reason)
