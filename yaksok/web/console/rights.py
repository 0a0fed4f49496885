"""The desk of rights: a queue with age and due date, and one request from its arrival to its answer."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from yaksok.journeys import phone_desk, rights_ask, rights_desk
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import Posted, collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.privacy.rights.cases import STAFF
from yaksok.privacy.rights.words import DESK_WAYS, Asker, Kind
from yaksok.web import rights_wording as words
from yaksok.web.admission import staff_only
from yaksok.web.console import rights_showing, showing
from yaksok.web.console.entering import acting, trained_only
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

ASKERS = {
    Asker.SELF: _("당사자"),
    Asker.GUARDIAN: _("법정대리인"),
    Asker.PROXY: _("위임받은 사람"),
}
SINCE = {"": timedelta(days=92), "year": timedelta(days=366), "all": timedelta(days=4 * 366)}
SPANS = {"": _("석 달"), "year": _("한 해"), "all": _("모두")}


@require_safe
@staff_only
@trained_only
@takes(Text(ko="권리 요구", en="Requests about data"), address=frozenset({"late"}))
def queue(request: PersonRequest) -> HttpResponse:
    """What waits for the mall, the most urgent first; nobody's name stands in it."""
    actor = acting(request)
    found = rights_desk.queue(actor, late_only=request.GET.get("late") == "1")
    shown = {
        "here": "rights",
        "rows": [rights_showing.listed(row) for row in found],
        "late": sum(row.overdue for row in found),
        "late_only": request.GET.get("late") == "1",
        "may_work": actor.role in STAFF and actor.trained,
        "may_read_book": actor.role in {Role.AUDITOR, Role.OFFICER},
        "role_label": showing.role(actor),
    }
    return render(request, "console/rights.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@trained_only
@collects(
    Text(ko="권리 요구 접수", en="Taking in a request"),
    FormName.RIGHTS_INTAKE,
    compared=phone_desk.SAID,
    fields=rights_desk.CHOSEN | {"order_number"},
)
def take(request: PersonRequest) -> HttpResponse:
    """The form; posted, the request, from which on its deadline runs."""
    actor, language = acting(request), current()
    values, problems = posted(request), {}
    if request.method == "POST":
        try:
            line = rights_desk.take(actor, values, language=language)
        except Invalid as invalid:
            problems = invalid.problems
        else:
            return HttpResponseRedirect(reverse("console:rights_case", args=[line.number]))
    shown = _intake(actor, values, problems)
    status = UNPROCESSABLE if problems else HTTPStatus.OK
    return render(request, "console/rights_new.html", shown, status=status)


def _intake(actor: Actor, values: Posted, problems: Mapping[str, str]) -> dict[str, object]:
    begun = rights_desk.begin(actor, current())
    return {
        "here": "rights_new",
        "role_label": showing.role(actor),
        "fields": rights_showing.fields(begun.form, values, problems, current()),
        "notice": begun.notice,
        "kinds": [
            (kind.value, words.KINDS[kind], words.last_day(at), kind.value == values.get("kind"))
            for kind, at in begun.due.items()
        ],
        "ways": [(way.value, words.WAYS[way], way.value == values.get("way")) for way in DESK_WAYS],
        "askers": [
            (asker.value, said, asker.value == values.get("asker"))
            for asker, said in ASKERS.items()
        ],
        "chosen": {name: values.get(name, "") for name in (*rights_desk.CHOSEN, "order_number")},
        "problems": problems,
    }


@require_safe
@staff_only
@takes(
    Text(ko="열람등요구 처리대장", en="Register of requests"),
    address=frozenset({"kind", "span"}),
)
def book(request: PersonRequest) -> HttpResponse:
    """The register, by whatever way a request came, self-service too: dates and outcomes alone."""
    actor = acting(request)
    kind, span = request.GET.get("kind", ""), request.GET.get("span", "")
    found = rights_desk.book(
        actor,
        since=clock.now() - SINCE.get(span, SINCE[""]),
        kind=Kind(kind) if kind in set(Kind) else None,
    )
    every = {"": _("모두"), **{one.value: words.KINDS[one] for one in rights_ask.ASKABLE}}
    shown = {
        "here": "rights_book",
        "rows": [rights_showing.entered(line) for line in found],
        "kinds": showing.choices(every, kind),
        "spans": showing.choices(SPANS, span),
        "role_label": showing.role(actor),
    }
    return render(request, "console/rights_book.html", shown)
