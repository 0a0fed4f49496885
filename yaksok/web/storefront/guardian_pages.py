"""A guardian's own pages: see, correct, order, withdraw. A pass goes from form to form; there is no cookie."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import guardian_answer, guardian_order, guardian_portal
from yaksok.journeys.check_out import Draft
from yaksok.kernel.errors import Invalid, NotFound, Undeclared
from yaksok.kernel.ids import OrderId
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item, RecordKind
from yaksok.privacy.guardians.methods.method import Method
from yaksok.web import wording
from yaksok.web.asking import sheet
from yaksok.web.design.templatetags.design import moment
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.storefront import lines
from yaksok.web.storefront.guardians import dead

LINK = require_http_methods(["GET", "HEAD", "POST"])
PASS = frozenset({"pass"})
PROOF = Item.GUARDIAN_EVIDENCE


@LINK
@takes(
    Text(ko="법정대리인 링크 열기", en="Opening a guardian's link"),
    fields=frozenset({"token"}),
    address=frozenset({"token"}),
)
def opened(request: PersonRequest) -> HttpResponse:
    """One press uses the link up; programs that look into mail press nothing."""
    return _link(request, "storefront/guardian_open.html", guardian_portal.enter, _portal)


@require_POST
@takes(Text(ko="법정대리인이 보기", en="A guardian sees"), fields=PASS)
def portal(request: PersonRequest) -> HttpResponse:
    """Everything that is held."""
    return _portal(request, posted(request).get("pass", ""))


@require_POST
@takes(Text(ko="법정대리인이 주문 보기", en="A guardian sees an order"), fields=PASS | {"order"})
def order(request: PersonRequest) -> HttpResponse:
    """One order that the guardian placed."""
    values = posted(request)
    try:
        named = OrderId(UUID(values.get("order", "")))
        found = guardian_portal.order(values.get("pass", ""), named)
    except (NotFound, ValueError):
        return dead(request)
    return render(
        request, "storefront/guardian_ordered.html", {"order": found, "key": values["pass"]}
    )


@require_POST
@collects(
    Text(ko="법정대리인이 고치기", en="A guardian corrects"),
    FormName.GUARDIAN_CORRECT,
    fields=PASS | {"ask"},
)
def correct(request: PersonRequest) -> HttpResponse:
    """The form with what is held now (``ask``), or what became of it."""
    values = dict(posted(request))
    key, asking = values.get("pass", ""), values.pop("ask", "")
    try:
        if asking:
            return _correction(request, key, guardian_portal.held_values(key), {})
        changed = guardian_portal.correct(key, posted(request), language=current())
    except NotFound:
        return dead(request)
    except Invalid as invalid:
        return _correction(request, key, values, invalid.problems)
    return _portal(request, key, changed=changed)


@require_POST
@takes(Text(ko="법정대리인의 처리정지", en="A guardian stops the use"), fields=PASS | {"act"})
def stop(request: PersonRequest) -> HttpResponse:
    """Every use of the guardian's own data stops, or goes on again."""
    values = posted(request)
    key, stops = values.get("pass", ""), values.get("act") != "resume"
    try:
        guardian_portal.stop(key, language=current(), stops=stops)
    except NotFound:
        return dead(request)
    return _portal(request, key, said=_("멈췄어요.") if stops else _("다시 시작했어요."))


@require_POST
@takes(Text(ko="법정대리인의 동의 철회", en="A guardian withdraws"), fields=PASS)
def withdraw(request: PersonRequest) -> HttpResponse:
    """It is done, and the certificate is shown once (P9.5)."""
    try:
        done = guardian_portal.withdraw(posted(request).get("pass", ""), language=current())
    except NotFound:
        return dead(request)
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


@LINK
@takes(
    Text(ko="자녀의 부탁 열기", en="Opening a child's wish"),
    fields=frozenset({"token"}),
    address=frozenset({"token"}),
)
def wish(request: PersonRequest) -> HttpResponse:
    """One press uses the link up and shows the order form."""
    return _link(request, "storefront/guardian_open.html", guardian_order.enter, _order_form)


@require_POST
@collects(
    Text(ko="법정대리인의 주문", en="A guardian orders"),
    FormName.CHECKOUT_GUARDIAN,
    fields=guardian_order.ALSO,
)
def place(request: PersonRequest) -> HttpResponse:
    """Place the order and go to pay; or the same form again with what to mend."""
    values = posted(request)
    key = values.get("pass", "")
    try:
        attempt = UUID(values.get("attempt", ""))
        placed = guardian_order.place(key, attempt, values, language=current())
    except ValueError:
        raise Undeclared(frozenset({"attempt"})) from None
    except NotFound:
        return dead(request)
    except Invalid as invalid:
        return _order_form(request, key, values, invalid.problems, attempt)
    if placed.payment_url:
        return HttpResponseRedirect(placed.payment_url)
    return render(request, "storefront/complete.html", {"outcome": placed})


def _link(
    request: PersonRequest,
    page: str,
    enter: Callable[[str], str],
    then: Callable[[PersonRequest, str], HttpResponse],
) -> HttpResponse:
    token = posted(request).get("token") or request.GET.get("token", "")
    if request.method != "POST":
        return render(request, page, {"token": token})
    try:
        key = enter(token)
    except NotFound:
        return dead(request)
    return then(request, key)


def _portal(
    request: PersonRequest, key: str, *, changed: int | None = None, said: str = ""
) -> HttpResponse:
    try:
        found = guardian_portal.view(key, current())
    except NotFound:
        return dead(request)
    if changed is not None:
        said = _("고쳤어요.") if changed else _("바뀐 것이 없어요.")
    shown = {"portal": found, "key": key, "said": said, "proof": _proof(found)}
    return render(request, "storefront/guardian_portal.html", shown)


def _proof(found: guardian_portal.Portal) -> str:
    """How and when it was made sure that it is the guardian, in words; the token as it is kept."""
    kept = [one for record in found.guardian for one in record.items if one.item is PROOF]
    if not kept or not kept[0].given:
        return ""
    method, at, *rest = kept[0].value.split(" ")
    name = guardian_answer.WAYS[Method(method)][0].in_(current())
    return ", ".join([name, moment(datetime.fromisoformat(at)), *rest])


def _correction(
    request: PersonRequest, key: str, values: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    form, months = guardian_portal.asked_to_correct(current())
    asked = sheet(form, current(), values, problems, choices={"birth_month": months})
    shown = {
        "key": key,
        "sheet": asked,
        "child": asked.of(RecordKind.MEMBERSHIP, RecordKind.CHILDHOOD),
        "own": asked.of(RecordKind.GUARDIAN),
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "storefront/guardian_correct.html", shown, status=status)


def _order_form(
    request: PersonRequest,
    key: str,
    values: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    attempt: UUID | None = None,
) -> HttpResponse:
    try:
        draft = guardian_order.begin(key, language=current())
    except NotFound:
        return dead(request)
    status = UNPROCESSABLE if problems else 200
    shown = _order(draft, key, values, problems, attempt)
    return render(request, "storefront/guardian_order.html", shown, status=status)


def _order(
    draft: Draft,
    key: str,
    values: Mapping[str, str] | None,
    problems: Mapping[str, str] | None,
    attempt: UUID | None,
) -> dict[str, object]:
    recipients = policy().document.body.recipients
    asked = sheet(draft.form, current(), values or draft.prefill, problems)
    return {
        "key": key,
        "draft": draft,
        "notice": draft.notice,
        "attempt": attempt or draft.attempt,
        "sheet": asked,
        "lines": lines.written([(one.variant_id, one.quantity) for one in draft.basket.lines]),
        "courier": recipients.get("courier"),
        "provider": recipients.get("payment_provider"),
    }
