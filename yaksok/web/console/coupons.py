"""Coupons at the console: made, ended, counted; a small count is not shown."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import coupon_desk
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

LABELS = {
    "code": _("쿠폰 번호"),
    "name_ko": _("이름 (한국어)"),
    "name_en": _("이름 (영어)"),
    "worth": _("깎는 방법"),
    "amount": _("깎는 금액 (원)"),
    "percent": _("깎는 비율 (퍼센트)"),
    "cap": _("가장 많이 깎는 금액 (원)"),
    "least": _("쓸 수 있는 상품 금액 (원부터)"),
    "starts_on": _("시작하는 날"),
    "ends_on": _("끝나는 날"),
    "number": _("장수"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(Text(ko="쿠폰 만들기 (콘솔)", en="Making a coupon (console)"), fields=frozenset(coupon_desk.FIELDS))  # fmt: skip
def coupons(request: PersonRequest) -> HttpResponse:
    """The list; what is posted makes a coupon."""
    actor, typed, problems = acting(request), posted(request), {}
    if request.method == "POST":
        try:
            coupon_desk.make(actor, typed, language=current())
        except Invalid as invalid:
            problems = invalid.problems
        else:
            return HttpResponseRedirect(reverse("console:coupons"))
    shown = {
        "here": "coupons",
        "role_label": showing.role(actor),
        "coupons": coupon_desk.every(actor, current()),
        "smallest": coupon_desk.smallest(),
        "may_make": coupon_desk.may_make(actor),
        "typed": {name: typed.get(name, "") for name in coupon_desk.FIELDS},
        "wrong": [(name, LABELS[name], said) for name, said in problems.items()],
        "problems": problems,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "console/coupons.html", shown, status=status)


@require_POST
@staff_only
@takes(Text(ko="쿠폰 발급 끝내기 (콘솔)", en="Ending a coupon (console)"))
def end(request: PersonRequest, coupon_id: UUID) -> HttpResponse:
    """Nobody takes it any more; back to the list."""
    coupon_desk.end(acting(request), coupon_id)
    return HttpResponseRedirect(reverse("console:coupons"))
