"""Wait for goods that are sold out, and stop waiting: two buttons, wherever they stand."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yaksok.journeys import restock
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest


@require_POST
@members_only
@takes(Text(ko="재입고 알림 받기", en="Restock notice"), fields=frozenset({"variant"}))
def wait(request: PersonRequest) -> HttpResponse:
    """The member waits for an article; back to its product."""
    variant = posted(request).get("variant", "")
    slug = restock.wait(person_of(request).actor, variant, language=current())
    return HttpResponseRedirect(reverse("storefront:product", args=[slug]) + "#restock")


@require_POST
@members_only
@takes(
    Text(ko="재입고 알림 그만두기", en="No restock notice"), fields=frozenset({"then", "variant"})
)
def stop(request: PersonRequest) -> HttpResponse:
    """The member waits no more; back to the product, or to their page if they came from there."""
    values = posted(request)
    variant = values.get("variant", "")
    slug = restock.stop(person_of(request).actor, variant, language=current())
    if values.get("then") == "mypage":
        return HttpResponseRedirect(reverse("member:mypage") + "#waits")
    return HttpResponseRedirect(reverse("storefront:product", args=[slug]) + "#restock")
