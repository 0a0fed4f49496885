"""The roster: who answers the phone when, and whether there is an hour without anybody."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import roster
from yaksok.kernel.actor import Role
from yaksok.kernel.errors import Invalid, Refused
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.staff.coverage import Span
from yaksok.privacy.staff.duty import Duty
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

FIELDS = frozenset({"duty", "day", "hour", "hours"})
NAMES = {Duty.PHONE: Text(ko="전화 상담", en="Phone"), Duty.WATCH: Text(ko="관제", en="Watch")}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="당번표", en="Roster"),
    compared={"login_id": (RecordKind.STAFF_ACCOUNT, Item.LOGIN_ID)},
    fields=FIELDS,
    address=frozenset({"duty"}),
)
def duties(request: PersonRequest) -> HttpResponse:
    """The roster of one duty; posted, a shift is written down."""
    of = _duty(posted(request).get("duty") or request.GET.get("duty", ""))
    problem = _entered(request, of) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return HttpResponseRedirect(f"{reverse('console:roster')}?duty={of}")
    return _page(request, of, problem)


@require_POST
@staff_only
@takes(Text(ko="당번 빼기", en="Taking a shift out"), fields=frozenset({"duty"}))
def cancel(request: PersonRequest, shift_id: UUID) -> HttpResponse:
    """A shift that has not begun is taken out."""
    roster.cancel(acting(request), shift_id)
    of = _duty(posted(request).get("duty", ""))
    return HttpResponseRedirect(f"{reverse('console:roster')}?duty={of}")


def _entered(request: PersonRequest, of: Duty) -> str:
    """Nothing when the shift was written down, else what is wrong with it."""
    values = posted(request)
    day, hour, hours = (values.get(name, "") for name in ("day", "hour", "hours"))
    whose, language = values.get("login_id", ""), current()
    try:
        roster.enter(
            acting(request), of, day=day, hour=hour, hours=hours, login_id=whose, language=language
        )
    except Invalid as invalid:
        return str(next(iter(invalid.problems.values())))
    except Refused as refused:
        return _(
            "적지 못했어요: 이미 당번이거나, 너무 먼 날이거나, 권한이 없어요. (%(promise)s)"
        ) % {"promise": refused.promise}
    return ""


def _page(request: PersonRequest, of: Duty, problem: str) -> HttpResponse:
    actor = acting(request)
    found = roster.view(actor, of)
    shown = {
        "here": "roster",
        "found": found,
        "gaps": [_span(one) for one in found.standing.gaps],
        "shifts": [(one, _span(one.span)) for one in found.shifts],
        "duties": [(one.value, NAMES[one].in_(current()), one is of) for one in Duty],
        "may_enter": actor.role in {Role.CLERK, Role.OFFICER},
        "for_others": actor.role is Role.OFFICER,
        "typed": {name: posted(request).get(name, "") for name in FIELDS},
        "problem": problem,
        "role_label": showing.role(actor),
    }
    return render(request, "console/roster.html", shown, status=UNPROCESSABLE if problem else 200)


def _duty(name: str) -> Duty:
    return Duty(name) if name in set(Duty) else Duty.PHONE


def _span(span: Span) -> str:
    start, end = timezone.localtime(span.start), timezone.localtime(span.end)
    same = start.date() == end.date()
    return (
        f"{start:%m-%d %H:%M} – {end:%H:%M}" if same else f"{start:%m-%d %H:%M} – {end:%m-%d %H:%M}"
    )
