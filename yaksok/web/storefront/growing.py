"""Somebody who was a child is of age now: agree for oneself, or be forgotten. No session begins before."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import coming_of_age
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName, Item, RecordKind
from yaksok.web import wording
from yaksok.web.asking import sheet
from yaksok.web.design.templatetags.design import moment
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.transport import address_of

PROOFS = {
    "login_id": (RecordKind.MEMBERSHIP, Item.LOGIN_ID),
    "password": (RecordKind.MEMBERSHIP, Item.PASSWORD),
}


@require_http_methods(["GET", "HEAD", "POST"])
@collects(
    Text(ko="스스로 동의하기", en="Own consent"),
    FormName.COMING_OF_AGE,
    compared=PROOFS,
    fields=frozenset({"notice"}),
)
def page(request: PersonRequest) -> HttpResponse:
    """The form; posted, the person agreed and goes on to the log-in."""
    values = posted(request)
    if request.method != "POST":
        return _form(request, {}, {})
    try:
        coming_of_age.agree(
            values,
            notice=values.get("notice", ""),
            language=current(),
            address_key=address_of(request),
        )
    except Invalid as invalid:
        return _form(request, values, invalid.problems)
    return HttpResponseRedirect(reverse("storefront:log_in") + "?joined=1")


@require_POST
@takes(Text(ko="동의하지 않고 지우기", en="Not agreeing, and being forgotten"), compared=PROOFS)
def decline(request: PersonRequest) -> HttpResponse:
    """The person does not agree: everything is destroyed, and the certificate is shown once."""
    try:
        done = coming_of_age.decline(
            posted(request), language=current(), address_key=address_of(request)
        )
    except Invalid as invalid:
        return _form(request, posted(request), invalid.problems)
    shown = {
        "number": done.number,
        "erased_at": moment(done.erased_at),
        "everywhere_by": moment(done.unreadable_by),
        "gone": [(wording.kind(one.kind), wording.items(one.items, one.kind)) for one in done.gone],
        "kept": [(wording.kind(one.kind), wording.items(one.items, one.kind)) for one in done.kept],
        "json": done.text,
        "verify_address": settings.YAKSOK_ORIGIN + reverse("member:verify_certificate"),
    }
    return render(request, "storefront/guardian_certificate.html", shown)


def _form(
    request: PersonRequest, values: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    begun = coming_of_age.begin(current())
    shown = {
        "sheet": sheet(begun.form, current(), values, problems),
        "notice": begun.notice,
        "login_id": values.get("login_id", ""),
        "problems": problems,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "storefront/coming_of_age.html", shown, status=status)
