"""What the storefront and the member centre have in common when somebody asks, and says how it was."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yaksok.journeys import inquire, inquiries
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.mall.desk.book import BEST_SCORE
from yaksok.policy.in_force import policy
from yaksok.web.asking import sheet
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

SCORES = range(1, BEST_SCORE + 1)


def rated(request: PersonRequest, actor: Actor) -> HttpResponse:
    """What the asker said of the answer is kept; thanks, or what to do."""
    values = posted(request)
    try:
        ticket = UUID(values.get("ticket", "")[:36])
    except ValueError:
        msg = "no such inquiry"
        raise NotFound(msg) from None
    try:
        inquiries.rate(actor, ticket, values.get("token", ""), values.get("score", ""))
    except Invalid as invalid:
        shown = {"title": _("하나를 골라 주세요"), "lead": invalid.problems["score"]}
        return render(request, "storefront/proved.html", shown, status=UNPROCESSABLE)
    shown = {
        "title": _("알려 주셔서 고마워요"),
        "lead": _("고르신 숫자만 남고, 누가 골랐는지는 통계에 나타나지 않아요."),
    }
    return render(request, "storefront/proved.html", shown)


def page_of(
    asking: inquire.Asking, values: Mapping[str, str], problems: Mapping[str, str]
) -> dict[str, object]:
    """What the page of a form shows, with what was typed and what is wrong."""
    return {
        "sheet": sheet(asking.form, current(), values, problems),
        "notice": asking.notice,
        "topics": asking.topics,
        "orders": asking.orders,
        "topic": values.get("topic", ""),
        "order": values.get("order", ""),
        "due": asking.due,
        "phone": policy().document.body.mall.complaints_phone,
    }
