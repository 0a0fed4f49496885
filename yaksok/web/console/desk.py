"""The desk: a dense queue of inquiries, and one of them opened, answered and checked."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yaksok.journeys import answer_inquiry, desk_queue, desk_requests
from yaksok.journeys.answer_inquiry import Words
from yaksok.kernel import clock
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.mall.desk.book import TicketId
from yaksok.mall.desk.words import WAITING, Closing, State, Topic
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.forms import form
from yaksok.policy.in_force import policy
from yaksok.policy.remedies import elsewhere
from yaksok.policy.vocabulary import FormName
from yaksok.web.admission import staff_only
from yaksok.web.asking import sheet
from yaksok.web.console import desk_words, showing
from yaksok.web.console.entering import acting, trained_only
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

BY_STATE: Mapping[str, tuple[State, ...]] = {
    "": tuple(WAITING),
    "open": (State.OPEN,),
    "checking": (State.CHECKING,),
    "answered": (State.ANSWERED,),
    "closed": (State.CLOSED,),
}


@require_safe
@staff_only
@trained_only
@takes(Text(ko="문의", en="Inquiries"), address=frozenset({"after", "state", "topic"}))
def queue(request: PersonRequest) -> HttpResponse:
    """The list, the first to be due first; masked, and no word of any of them."""
    actor = acting(request)
    state, topic = request.GET.get("state", ""), request.GET.get("topic", "")
    topics = (Topic(topic),) if topic in set(Topic) else tuple(Topic)
    found = desk_queue.queue(
        actor,
        states=BY_STATE.get(state, BY_STATE[""]),
        topics=topics,
        after=_place(request.GET.get("after", "")),
    )
    shown = {
        "here": "desk",
        "rows": desk_words.rows(found.rows),
        "figures": desk_words.figures(found.figures),
        "overdue": found.figures.overdue,
        "states": showing.choices(desk_words.FILTER, state),
        "topics": desk_words.topics(topic),
        "may_answer": actor.role in desk_queue.MAY_ANSWER,
        "role_label": showing.role(actor),
        **_paging(request, found.after),
    }
    return render(request, "console/desk.html", shown)


@require_safe
@staff_only
@trained_only
def ticket(request: PersonRequest, ticket_id: UUID) -> HttpResponse:
    """One inquiry with its words hidden."""
    return _page(request, ticket_id)


@require_POST
@staff_only
@trained_only
@takes(Text(ko="문의 내용 열기", en="Opening an inquiry"), fields=frozenset({"begin"}))
def open_ticket(request: PersonRequest, ticket_id: UUID) -> HttpResponse:
    """The words of one inquiry; that it was opened, by whom and for which ticket is written down."""
    begin = posted(request).get("begin", "")
    words = answer_inquiry.read(acting(request), TicketId(ticket_id))
    texts = {name: text for name, _title, text in answer_inquiry.beginnings(current())}
    return _page(request, ticket_id, words=words, typed={"answer": texts.get(begin, "")})


@require_POST
@staff_only
@trained_only
@collects(Text(ko="문의에 답하기", en="Answering an inquiry"), FormName.ANSWER)
def answer(request: PersonRequest, ticket_id: UUID) -> HttpResponse:
    """The answer leaves, or waits for a second person."""
    actor, typed = acting(request), posted(request)
    try:
        done = answer_inquiry.answer(actor, TicketId(ticket_id), typed, language=current())
    except Invalid as invalid:
        words = answer_inquiry.read(actor, TicketId(ticket_id))
        return _page(request, ticket_id, words=words, typed=typed, problems=invalid.problems)
    said = (
        _("답을 적었어요. 다른 직원이 읽고 나서 보내요.")
        if done.state is State.CHECKING
        else _("답을 보냈어요.")
    )
    return _page(request, ticket_id, said=said)


@require_POST
@staff_only
@trained_only
@takes(Text(ko="답 확인하기", en="Checking an answer"), fields=frozenset({"drafts", "good"}))
def check(request: PersonRequest, ticket_id: UUID) -> HttpResponse:
    """A second person sends an answer on, or gives it back."""
    values = posted(request)
    good, drafts = values.get("good") == "yes", values.get("drafts", "")
    try:
        answer_inquiry.check(
            acting(request),
            TicketId(ticket_id),
            drafts=int(drafts) if drafts.isdecimal() else 0,
            good=good,
            language=current(),
        )
    except Invalid as invalid:
        return _page(request, ticket_id, problems=invalid.problems)
    said = _("확인하고 보냈어요.") if good else _("돌려보냈어요. 답을 다시 적어야 해요.")
    return _page(request, ticket_id, said=said)


@require_POST
@staff_only
@trained_only
@takes(Text(ko="답 없이 마치기", en="Closing without an answer"), fields=frozenset({"why"}))
def close(request: PersonRequest, ticket_id: UUID) -> HttpResponse:
    """An inquiry ends without an answer, for one of the reasons there are."""
    why = posted(request).get("why", "")
    if why not in set(Closing):
        problems = {"": _("왜 마치는지 골라 주세요.")}
        return _page(request, ticket_id, problems=problems)
    try:
        answer_inquiry.close(acting(request), TicketId(ticket_id), Closing(why), language=current())
    except Invalid as invalid:
        return _page(request, ticket_id, problems=invalid.problems)
    return _page(request, ticket_id, said=_("답 없이 마쳤어요."))


@require_POST
@staff_only
@trained_only
@takes(Text(ko="권리 요구와 잇기", en="Linking a request"), fields=frozenset({"request"}))
def link(request: PersonRequest, ticket_id: UUID) -> HttpResponse:
    """The request for a right that came of an inquiry is noted by its number."""
    try:
        desk_requests.link(acting(request), TicketId(ticket_id), posted(request).get("request", ""))
    except NotFound:
        return _page(request, ticket_id, problems={"": _("그런 요구 번호가 없어요.")})
    return _page(request, ticket_id, said=_("이었어요."))


def _page(
    request: PersonRequest,
    ticket_id: UUID,
    *,
    words: Words | None = None,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    said: str = "",
) -> HttpResponse:
    actor = acting(request)
    found = desk_queue.detail(actor, TicketId(ticket_id))
    row, answers = found.row, actor.role in desk_queue.MAY_ANSWER
    shown = {
        "here": "desk",
        "ticket": desk_words.row(row),
        "is": row.ticket,
        "found": found,
        "order_state": desk_words.order_state(found.order_state),
        "words": words,
        "watermark": desk_words.watermark(actor, clock.now(), row.ticket.number),
        "sheet": sheet(form(policy(), FormName.ANSWER), current(), typed, problems),
        "trouble": (problems or {}).get("", ""),
        "said": said,
        "beginnings": answer_inquiry.beginnings(row.ticket.language),
        "elsewhere": elsewhere(policy().document.body, row.ticket.language),
        "may_open": answers,
        "may_write": answers and row.ticket.state is State.OPEN,
        "may_check": answers and row.ticket.state is State.CHECKING and not row.own_draft,
        "closings": desk_words.closings(),
        "role_label": showing.role(actor),
    }
    return render(request, "console/ticket.html", shown, status=UNPROCESSABLE if problems else 200)


def _place(text: str) -> tuple[datetime, UUID] | None:
    due, _mark, key = text.partition("/")
    try:
        at = datetime.fromisoformat(due)
        return (at, UUID(key)) if at.tzinfo else None
    except ValueError:
        return None


def _paging(request: PersonRequest, after: tuple[datetime, UUID] | None) -> dict[str, str]:
    kept = {name: request.GET.get(name, "") for name in ("state", "topic")}
    kept = {name: value for name, value in kept.items() if value}
    on = {**kept, "after": f"{after[0].isoformat()}/{after[1]}"} if after else {}
    return {
        "at_first": "" if request.GET.get("after") else "1",
        "first_page": urlencode(kept),
        "later_page": urlencode(on),
    }
