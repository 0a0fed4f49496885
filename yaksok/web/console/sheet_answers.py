"""What couriers answered to files, brought back; and what they must be told by telephone."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yaksok.journeys import courier_answers
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web import wording
from yaksok.web.admission import staff_only
from yaksok.web.console import sheets, showing
from yaksok.web.console.entering import acting, trained_only
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

OUTCOMES: Mapping[str, Lazy] = {
    "cancelled": _("취소된 주문이에요. 택배사에 전화해 물건을 돌려받아 주세요."),
    "other": _("이미 다른 운송장 번호가 있어 바꾸지 않았어요."),
    "same": _("이미 받은 번호예요."),
    "taken": _("받았어요. 배송이 시작되었다고 손님께 알려요."),
    "twice": _("이 답에 같은 번호가 두 번 있어 받지 않았어요."),
    "unfit": _("소포 번호나 운송장 번호의 꼴이 아니에요."),
    "unknown": _("파일로 넘긴 소포 가운데 그런 번호가 없어요."),
    "used": _("다른 소포의 운송장 번호예요."),
}
GOOD = frozenset({"same", "taken"})
READ_FIRST = _("고친 내용을 먼저 열어 택배사에 읽어 주세요.")


@require_POST
@staff_only
@trained_only
@takes(
    Text(ko="택배사의 답 올리기 (콘솔)", en="Bringing back a courier's answer (console)"),
    fields=frozenset({"pasted"}),
    files=frozenset({"file"}),
    raw=frozenset({"file"}),
)
def answer(request: PersonRequest) -> HttpResponse:
    """The courier's numbers, and line by line what became of them."""
    values = posted(request)
    try:
        found = courier_answers.bring_back(
            values.get("file", "").encode("latin-1"),
            values.get("pasted", ""),
            acting(request),
            language=current(),
        )
    except Invalid as wrong:
        said = " ".join(wrong.problems.values())
        return sheets.listed(request, trouble=said, status=UNPROCESSABLE)
    lines = [(line, line.outcome in GOOD, wording.said(OUTCOMES, line.outcome)) for line in found]
    return sheets.listed(request, answered=lines)


@require_POST
@staff_only
@trained_only
@takes(
    Text(ko="택배사에 없는 소포 (콘솔)", en="A parcel the courier does not have (console)"),
    fields=frozenset({"parcel"}),
)
def missing(request: PersonRequest) -> HttpResponse:
    """The courier does not have a parcel: its order can be handed over anew."""
    try:
        courier_answers.not_taken(posted(request).get("parcel", ""), acting(request))
    except NotFound:
        return sheets.listed(request, trouble=sheets.TOO_LATE, status=UNPROCESSABLE)
    return _back("missing")


@require_POST
@staff_only
@trained_only
@takes(Text(ko="택배사에 읽어 줄 내용 (콘솔)", en="What is read to a courier (console)"))
def read_out(request: PersonRequest, subject: UUID, key: UUID) -> HttpResponse:
    """The corrected label, to be read on the telephone. It is opened now, and the log says so."""
    actor = acting(request)
    try:
        label = courier_answers.read_out(subject, key, actor)
    except NotFound:
        return sheets.listed(request, trouble=sheets.TOO_LATE, status=UNPROCESSABLE)
    if label is None:
        return HttpResponseRedirect(reverse("console:sheets"))
    shown = {
        "here": "sheets",
        "label": label,
        "subject": subject,
        "key": key,
        "role_label": showing.role(actor),
    }
    return render(request, "console/sheet_call.html", shown)


@require_POST
@staff_only
@trained_only
@takes(
    Text(ko="택배사에 알린 결과 (콘솔)", en="What a courier was told (console)"),
    fields=frozenset({"answer"}),
)
def told(request: PersonRequest, subject: UUID, key: UUID) -> HttpResponse:
    """The courier was told, and did it or has nothing of it."""
    try:
        courier_answers.told(subject, key, posted(request).get("answer", ""), acting(request))
    except NotFound:
        return sheets.listed(request, trouble=sheets.TOO_LATE, status=UNPROCESSABLE)
    except Refused as refused:
        if refused.promise != "P4.5":
            raise
        return sheets.listed(request, trouble=READ_FIRST, status=UNPROCESSABLE)
    return _back("told")


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:sheets')}?done={done}")
