"""What the mall promises and on what terms it sells: pages to read."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.policy import text
from yaksok.policy.in_force import policy
from yaksok.web.language import current


@require_safe
def policy_page(request: HttpRequest) -> HttpResponse:
    """The policy in force, sentence by sentence with its state."""
    page = text.page(policy(), current())
    counts = Counter(one.state for section in page.sections for one in section.sentences)
    shown = {"page": page, "counts": counts, "effective": policy().effective}
    return render(request, "storefront/policy.html", shown)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of service."""
    wording = f"storefront/terms_{current().value}.html"
    return render(request, "storefront/terms.html", {"wording": wording, "policy": policy()})
