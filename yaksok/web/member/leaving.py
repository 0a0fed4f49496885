"""Leave: the plan that adds up, the password, the certificate."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yaksok.journeys import leave as leaving
from yaksok.journeys.leave import LeavingPlan
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.law.tables import retention_laws
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.retention.certificate import Certificate
from yaksok.web import wording
from yaksok.web.admission import members_only
from yaksok.web.design.templatetags.design import day, moment
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest, end

WHOLE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@takes(
    Text(ko="탈퇴", en="Leaving"),
    compared={"password": (RecordKind.MEMBERSHIP, Item.PASSWORD)},
)
def leave(request: PersonRequest) -> HttpResponse:
    """What goes and what stays; with the password it happens, and the certificate is shown once."""
    actor = person_of(request).actor
    if request.method != "POST":
        return _plan(request)
    try:
        certificate = leaving.confirm(
            actor, posted(request).get("password", ""), language=current()
        )
    except Invalid as error:
        return _plan(request, next(iter(error.problems.values()), ""))
    request.person = None
    return end(request, render(request, "member/certificate.html", _shown(certificate)))


def _plan(request: PersonRequest, problem: str = "") -> HttpResponse:
    plan = leaving.plan(person_of(request).actor, language=current())
    shown = {
        "here": "leave",
        "rows": plan.rows,
        "open_orders": plan.open_orders,
        "everywhere_by": moment(plan.unreadable_by),
        "problem": problem,
        **_shares(plan),
    }
    return render(request, "member/leave.html", shown, status=UNPROCESSABLE if problem else 200)


def _shares(plan: LeavingPlan) -> dict[str, object]:
    """Two shares that add up to 100; what stays is never rounded away."""
    kept = -(-WHOLE * plan.kept_count // max(1, len(plan.rows)))
    return {
        "now_count": plan.now_count,
        "kept_count": plan.kept_count,
        "now_percent": WHOLE - kept,
        "kept_percent": kept,
        "sum_said": _("지금 지워지는 것 %(now)d%%, 남는 것 %(kept)d%%")
        % {"now": WHOLE - kept, "kept": kept},
    }


def _law(name: str) -> str:
    laws = retention_laws()
    return f"{laws[name].title.in_(current())} ({laws[name].article})" if name in laws else name


def _shown(certificate: Certificate) -> dict[str, object]:
    return {
        "number": certificate.number,
        "erased_at": moment(certificate.erased_at),
        "everywhere_by": moment(certificate.unreadable_by),
        "gone": [
            {"label": wording.kind(one.kind), "items": wording.items(one.items, one.kind)}
            for one in certificate.gone
        ],
        "kept": [
            {
                "label": wording.kind(one.kind),
                "items": wording.items(one.items, one.kind),
                "until": day(one.until) if one.until else _("주문한 상품이 배송될 때까지"),
                "law": _law(one.law),
            }
            for one in certificate.kept
        ],
        "signature": certificate.signature,
        "json": certificate.text,
        "verify_address": settings.YAKSOK_ORIGIN + reverse("member:verify_certificate"),
    }
