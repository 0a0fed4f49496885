"""Files for couriers at the console: asked for, allowed by somebody else, taken once."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yaksok.journeys import courier_answers, courier_files, courier_sheets
from yaksok.journeys.courier_files import OPEN_FOR, Detail, Stage
from yaksok.kernel.actor import Role
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.mall.shipping.sheets import Sheet
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web import wording
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting, trained_only
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

STAGES: Mapping[str, Lazy] = {
    "allowed": _("허락함, 받기 전"),
    "asked": _("다른 직원의 허락을 기다림"),
    "closed": _("넘기지 않기로 함"),
    "over": _("시간이 지나 넘기지 않음"),
    "taken": _("파일을 받아 감"),
}
REASONS: Mapping[str, Lazy] = {
    "again": _("앞서 받은 파일을 잃음"),
    "by_contract": _("이 택배사는 파일로만 받음"),
    "courier_down": _("택배사 전산이 답하지 않음"),
}
OUTCOMES: Mapping[str, Lazy] = {
    "": _("아직"),
    "gone": _("결제된 주문이 아님"),
    "handed": _("파일에 담김"),
    "incomplete": _("이름, 주소, 전화번호 가운데 빠진 것이 있음"),
    "number_awaited": _("안심번호를 아직 받지 못해 담지 않음"),
    "otherwise": _("이미 다른 길로 넘김"),
    "refused": _("약속에 따라 넘기지 않음"),
}
MESSAGES: Mapping[str, Lazy] = {
    "correction": _("고친 내용 알리기"),
    "erasure": _("지워 달라고 하기"),
}
DONE: Mapping[str, Lazy] = {
    "allow": _("허락했어요. 요청한 사람이 30분 안에 한 번 받을 수 있어요."),
    "ask": _("요청했어요. 교육받은 다른 직원이 허락하면 파일을 받을 수 있어요."),
    "close": _("넘기지 않기로 했어요. 주문은 그대로예요."),
    "missing": _("택배사에 없는 것으로 적었어요. 주문은 다시 넘길 수 있어요."),
    "told": _("택배사에 알렸다고 적었어요."),
}
LABELS: Mapping[str, Lazy] = {
    "layout": _("택배사 양식"),
    "order": _("주문"),
    "reason": _("파일로 넘기는 까닭"),
}
TOO_LATE = _("지금은 할 수 없어요. 시간이 지났거나 다른 사람이 먼저 했어요.")
NOT_ALONE = _("요청한 사람은 스스로 허락할 수 없고, 받는 것은 요청한 사람만 할 수 있어요.")


@require_safe
@staff_only
@trained_only
def every(request: PersonRequest) -> HttpResponse:
    """All files, and what a person must see to."""
    return listed(request, said=DONE.get(request.GET.get("done", ""), ""))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@trained_only
@takes(
    Text(ko="택배사에 파일로 넘기기 (콘솔)", en="Handing over by file (console)"),
    fields=frozenset({"layout", "reason", "act"}),
    many=frozenset({"order"}),
)
def ask(request: PersonRequest) -> HttpResponse:
    """The form for a file with the chosen orders; sent, it is asked for. Without orders: the list."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("console:orders"))
    values = posted(request)
    chosen = [one for one in map(_uuid, values.every("order")) if one is not None]
    problems: dict[str, str] = {}
    if values.get("act") == "ask" or not chosen:
        try:
            key = courier_sheets.ask(
                chosen,
                values.get("layout", ""),
                values.get("reason", ""),
                acting(request),
                language=current(),
            )
        except Invalid as wrong:
            problems = wrong.problems
        else:
            return _to(key, "ask")
    return _form(request, chosen, problems)


@require_safe
@staff_only
@trained_only
def one(request: PersonRequest, sheet_id: UUID) -> HttpResponse:
    """One file with its orders."""
    return _shown(request, sheet_id, said=DONE.get(request.GET.get("done", ""), ""))


@require_POST
@staff_only
@trained_only
@takes(
    Text(ko="택배사 파일 허락 (콘솔)", en="Allowing a courier's file (console)"),
    fields=frozenset({"act"}),
)
def act(request: PersonRequest, sheet_id: UUID) -> HttpResponse:
    """Allowed by another person, closed, or asked for again."""
    actor, word = acting(request), posted(request).get("act", "")
    acts: dict[str, Callable[[], object]] = {
        "allow": lambda: courier_sheets.allow(sheet_id, actor),
        "close": lambda: courier_sheets.close(sheet_id, actor),
    }
    try:
        if word == "again":
            return _to(courier_sheets.again(sheet_id, actor, language=current()), "ask")
        acts.get(word, lambda: None)()
    except (Invalid, NotFound, Refused) as wrong:
        return _trouble(request, sheet_id, wrong)
    return _to(sheet_id, word)


@require_POST
@staff_only
@trained_only
@takes(Text(ko="택배사 파일 받기 (콘솔)", en="Taking a courier's file (console)"))
def take(request: PersonRequest, sheet_id: UUID) -> HttpResponse:
    """The file itself, once."""
    try:
        found = courier_sheets.take(sheet_id, acting(request), language=current())
    except (Invalid, NotFound, Refused) as wrong:
        return _trouble(request, sheet_id, wrong)
    answer = HttpResponse(found.content, content_type=found.type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


def listed(
    request: PersonRequest,
    *,
    said: object = "",
    trouble: object = "",
    status: int = HTTPStatus.OK,
    **more: object,
) -> HttpResponse:
    """The page of all files, with what came of an act."""
    actor = acting(request)
    found = courier_answers.work(actor)
    shown = {
        "here": "sheets",
        "sheets": [_line(sheet, stage) for sheet, stage in courier_files.recent(actor)],
        "late": found.late,
        "calls": [(entry, wording.said(MESSAGES, entry.message)) for entry in found.to_tell],
        "may_act": actor.role is Role.CLERK and actor.trained,
        "said": said,
        "trouble": trouble,
        "role_label": showing.role(actor),
        **more,
    }
    return render(request, "console/sheets.html", shown, status=status)


def _form(request: PersonRequest, chosen: list[UUID], problems: dict[str, str]) -> HttpResponse:
    values = posted(request)
    try:
        offered = courier_sheets.offered(current())
    except Invalid as wrong:
        offered, problems = {}, {**problems, **wrong.problems}
    shown = {
        "here": "orders",
        "orders": chosen,
        "layouts": offered.items(),
        "reasons": [(value, label) for value, label in REASONS.items() if value != "again"],
        "typed": {name: values.get(name, "") for name in ("layout", "reason")},
        "problems": problems,
        "said": [(name, wording.said(LABELS, name), words) for name, words in problems.items()],
        "role_label": showing.role(acting(request)),
    }
    status = UNPROCESSABLE if problems else HTTPStatus.OK
    return render(request, "console/sheet_new.html", shown, status=status)


def _shown(
    request: PersonRequest,
    key: UUID,
    *,
    said: object = "",
    trouble: object = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    actor = acting(request)
    found = courier_files.detail(key, actor)
    shown = {
        "here": "sheets",
        "found": found,
        "until": _until(found),
        "sheet": _line(found.sheet, found.stage),
        "rows": [(row, wording.said(OUTCOMES, row.outcome)) for row in found.rows],
        "may_close": found.stage in {Stage.ASKED, Stage.ALLOWED}
        and actor.role in courier_files.MAY_ALLOW
        and actor.trained,
        "said": said,
        "trouble": trouble,
        "role_label": showing.role(actor),
    }
    return render(request, "console/sheet.html", shown, status=status)


def _until(found: Detail) -> object:
    at = found.sheet.allowed_at
    return at + OPEN_FOR if at is not None and found.stage is Stage.ALLOWED else None


def _line(sheet: Sheet, stage: Stage) -> dict[str, object]:
    return {
        "is": sheet,
        "layout": courier_sheets.name_of(sheet.layout, current()),
        "reason": wording.said(REASONS, sheet.reason),
        "stage": stage.value,
        "stage_label": wording.said(STAGES, stage),
    }


def _trouble(
    request: PersonRequest, key: UUID, wrong: Invalid | NotFound | Refused
) -> HttpResponse:
    """The file's page again, saying why nothing was done; what the role may not is refused as ever."""
    if isinstance(wrong, Refused) and wrong.promise != courier_sheets.PROMISE:
        raise wrong
    said: object = TOO_LATE if isinstance(wrong, NotFound) else NOT_ALONE
    if isinstance(wrong, Invalid):
        said = " ".join(wrong.problems.values())
    return _shown(request, key, trouble=said, status=UNPROCESSABLE)


def _to(key: UUID, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:sheet', args=[key])}?done={done}")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
