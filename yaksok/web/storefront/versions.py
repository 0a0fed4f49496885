"""Earlier and coming versions of the policy and the terms, and what changed between two of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yaksok.journeys import policy_versions
from yaksok.kernel.errors import NotFound
from yaksok.policy.pages.whole import Which
from yaksok.policy.wording_diff import passages, untouched
from yaksok.web.language import current

STATES = {
    "in_force": _("지금 시행 중"),
    "upcoming": _("시행 예정"),
    "past": _("지난 판"),
}

NAMES: dict[Which, object] = {
    "policy": _("개인정보처리방침"),
    "children": _("어린이용 안내"),
    "terms": _("이용약관"),
}

_TEMPLATES: dict[Which, str] = {
    "policy": "storefront/policy.html",
    "children": "storefront/policy_children.html",
    "terms": "storefront/terms.html",
}


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, newest first, with what it changed."""
    rows = policy_versions.versions()
    changed = policy_versions.changed(rows, current())
    listed = [(row, STATES[row.state], one) for row, one in zip(rows, changed, strict=True)]
    return render(request, "storefront/versions.html", {"listed": listed})


@require_safe
def version(request: HttpRequest, number: int, which: str = "policy") -> HttpResponse:
    """A page of one version, as it was published."""
    name = _which(which)
    row = policy_versions.row(number)
    page = policy_versions.page(number, current(), name)
    shown = {"page": page, "row": row, "state": STATES[row.state], "live": False, "names": NAMES}
    return render(request, _TEMPLATES[name], shown)


@require_safe
def comparison(
    request: HttpRequest, earlier: int, later: int, which: str = "policy"
) -> HttpResponse:
    """What changed between two versions, word by word."""
    name = _which(which)
    found = policy_versions.compare(earlier, later, current(), name)
    shown = {
        "found": found,
        "passages": passages(found.changes),
        "untouched": untouched(found.changes),
        "which": name,
        "names": NAMES.items(),
        "title": NAMES[name],
    }
    return render(request, "storefront/comparison.html", shown)


def _which(name: str) -> Which:
    found = next((known for known in _TEMPLATES if known == name), None)
    if found is None:
        raise NotFound
    return found
