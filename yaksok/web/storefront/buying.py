"""From the basket to the paid order. What a person typed is on one page and in no address."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yaksok.journeys import basket as pricing
from yaksok.journeys import check_out, coupons, pay
from yaksok.journeys.placing_order import SAVE_ADDRESS
from yaksok.kernel.errors import Invalid, Undeclared
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.forms import SAME_AS_PAYER
from yaksok.policy.in_force import policy
from yaksok.policy.safe_number import PROVIDER
from yaksok.policy.vocabulary import FormName, RecordKind
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.web.asking import Sheet, sheet
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.storefront import lines
from yaksok.web.storefront.visitors import actor_of

APART = frozenset({PROVIDER, SAME_AS_PAYER, SAVE_ADDRESS})
"""Boxes that stand beside the fields they are about."""


@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """The empty page of the basket; the browser brings what is in it."""
    return render(request, "storefront/basket.html")


@require_POST
@takes(Text(ko="장바구니", en="Basket"), fields=lines.ASKED)
def basket_lines(request: HttpRequest) -> HttpResponse:
    """What the lines of a basket cost now, as a fragment of the page."""
    wanted = lines.read(posted(request))
    priced = pricing.price(wanted, current())
    wrong = {problem.variant_id: problem for problem in priced.problems}
    held = {line.variant_id for line in priced.lines}
    shown = {
        "basket": priced,
        "rows": [(line, wrong.get(line.variant_id)) for line in priced.lines],
        "missing": [one for key, one in wrong.items() if key and key not in held],
        "whole": [problem for problem in priced.problems if problem.variant_id is None],
        "written": lines.written(wanted),
    }
    return render(request, "storefront/basket_lines.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@takes(Text(ko="주문서", en="Order form"), fields=lines.ASKED, address=lines.ASKED)
def checkout(request: PersonRequest) -> HttpResponse:
    """The order form for what was chosen; without goods, the basket.

    One product bought at once is asked for by its address, so that the way back leads here again.
    """
    wanted = lines.read(posted(request) or request.GET.dict())
    try:
        draft = _draft(request, wanted) if wanted else None
    except GuardianNeeded:
        shown = {"lines": lines.written(wanted)}
        return render(request, "storefront/child_wish.html", shown)
    if draft is None or not draft.basket.lines:
        return HttpResponseRedirect(reverse("storefront:basket"))
    wrong = " ".join(problem.text for problem in draft.basket.problems)
    asked = sheet(draft.form, current(), draft.prefill, {"": wrong} if wrong else {})
    return _order_form(request, draft, wanted, asked, draft.attempt)


@require_POST
@collects(
    Text(ko="주문", en="Order"),
    FormName.CHECKOUT_GUEST,
    FormName.CHECKOUT_MEMBER,
    copies={SAVE_ADDRESS: (RecordKind.ORDER_RECIPIENT, RecordKind.ADDRESS_BOOK)},
    fields=check_out.ALSO,
)
def place(request: PersonRequest) -> HttpResponse:
    """Place the order and go to pay; or the same form again with what to mend."""
    values, language = posted(request), current()
    wanted, attempt = lines.read(values), _attempt(values)
    try:
        placed = check_out.place(
            attempt,
            wanted,
            values,
            actor=actor_of(request),
            language=language,
            stepped_up=_stepped_up(request),
        )
    except Invalid as invalid:
        draft = _draft(request, wanted, values.get(coupons.FIELD, ""))
        asked = sheet(draft.form, language, values, invalid.problems)
        return _order_form(request, draft, wanted, asked, attempt)
    if placed.payment_url:
        return HttpResponseRedirect(placed.payment_url)
    return render(request, "storefront/complete.html", {"outcome": placed})


@require_safe
def pay_return(request: PersonRequest) -> HttpResponse:
    """Where the payment window sends the browser after it approved; safe to open again."""
    asked = request.GET
    reference, key, amount = (asked.get(name, "") for name in ("orderId", "paymentKey", "amount"))
    outcome = pay.returned(reference, key, amount)
    if outcome.paid:
        return _with("storefront:complete", payment=reference)
    return render(request, "storefront/unpaid.html", {"outcome": outcome})


@require_safe
def pay_fail(request: PersonRequest) -> HttpResponse:
    """Where the payment window sends the browser after it declined or was closed."""
    outcome = pay.failed(request.GET.get("orderId", ""))
    page = "storefront/complete.html" if outcome.paid else "storefront/unpaid.html"
    return render(request, page, {"outcome": outcome})


@require_safe
def complete(request: PersonRequest) -> HttpResponse:
    """The order is paid; its address carries nothing but the payment's reference."""
    reference = request.GET.get("payment", "")
    outcome = pay.outcome(reference)
    if not outcome.paid:
        return _with("storefront:pay_fail", orderId=reference)
    return render(request, "storefront/complete.html", {"outcome": outcome})


def _with(name: str, **words: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode(words)}")


def _draft(request: PersonRequest, wanted: lines.Lines, coupon: str = "") -> check_out.Draft:
    return check_out.begin(
        wanted,
        actor=actor_of(request),
        language=current(),
        stepped_up=_stepped_up(request),
        coupon=coupon,
    )


def _stepped_up(request: PersonRequest) -> bool:
    return request.person is not None and request.person.stepped_up


def _order_form(
    request: PersonRequest,
    draft: check_out.Draft,
    wanted: lines.Lines,
    asked: Sheet,
    attempt: UUID,
) -> HttpResponse:
    recipients = policy().document.body.recipients
    shown = {
        "draft": draft,
        "notice": draft.notice,
        "attempt": attempt,
        "sheet": asked,
        "lines": lines.written(wanted),
        "payer": asked.of(RecordKind.ORDER_PAYER),
        "recipient": asked.of(RecordKind.ORDER_RECIPIENT),
        "extra": asked.of(RecordKind.ORDER_EXTRA),
        "same": asked.box(SAME_AS_PAYER),
        "save": asked.box(SAVE_ADDRESS),
        "safe": asked.box(PROVIDER),
        "boxes": [box for box in asked.boxes if box.name not in APART],
        "courier": recipients.get("courier"),
        "provider": recipients.get("payment_provider"),
    }
    status = UNPROCESSABLE if asked.problems else 200
    return render(request, "storefront/checkout.html", shown, status=status)


def _attempt(values: Mapping[str, str]) -> UUID:
    try:
        return UUID(values.get("attempt", ""))
    except ValueError:
        raise Undeclared(frozenset({"attempt"})) from None
