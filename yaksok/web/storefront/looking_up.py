"""A guest sees an order with its number and the secret they set (P5.6)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yaksok.journeys import look_up
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.forms import form
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item, RecordKind
from yaksok.web.asking import sheet
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.transport import address_of

SECRET = {"lookup_secret": (RecordKind.ORDER_PAYER, Item.PASSWORD)}
"""What proves an order, and what it is compared with."""


@require_http_methods(["GET", "HEAD", "POST"])
@takes(Text(ko="주문 조회", en="Order look-up"), compared=SECRET, fields=frozenset({"number"}))
def lookup(request: PersonRequest) -> HttpResponse:
    """The form, or the order it opens; the order is never an address."""
    values, problems = posted(request), {}
    number = values.get("number", "")
    if request.method == "POST":
        secret, address = values.get("lookup_secret", ""), address_of(request)
        try:
            found = look_up.look_up(number, secret, address_key=address)
        except Invalid as invalid:
            problems = invalid.problems
        else:
            return render(request, "storefront/order.html", {"order": found})
    asked = sheet(form(policy(), FormName.LOOKUP), current(), {}, problems)
    shown = {"sheet": asked, "number": number}
    return render(
        request, "storefront/lookup.html", shown, status=UNPROCESSABLE if problems else 200
    )
