"""쿠폰함: coupons that can be used, that were used, and whose time is over; and one more by its code."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yaksok.journeys import coupons
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@takes(Text(ko="쿠폰 받기", en="Taking a coupon"), fields=frozenset({"code"}))
def page(request: PersonRequest) -> HttpResponse:
    """The box; a posted code puts a coupon into it."""
    actor, code, problem = person_of(request).actor, posted(request).get("code", ""), ""
    if request.method == "POST":
        try:
            coupons.take(actor, code, language=current())
        except Invalid as invalid:
            problem = str(invalid.problems["code"])
        else:
            return HttpResponseRedirect(f"{reverse('member:coupons')}?done=taken")
    shown = {
        "here": "coupons",
        "box": coupons.mine(actor, current()),
        "code": code,
        "code_max": coupons.CODE_MAX,
        "problem": problem,
        "taken": request.GET.get("done") == "taken",
    }
    return render(request, "member/coupons.html", shown, status=UNPROCESSABLE if problem else 200)
