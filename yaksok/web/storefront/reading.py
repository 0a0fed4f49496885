"""What the mall promises and on what terms it sells: pages to read."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.evidence.proven import proven
from yaksok.policy import children, text
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.pages.names import item_name, kind_name, listed
from yaksok.policy.pages.rows import Line, table
from yaksok.policy.pages.shapes import Table
from yaksok.policy.terms import page as wording
from yaksok.web.collecting import points
from yaksok.web.language import current

_COLUMNS = (
    Text(ko="화면", en="Page"),
    Text(ko="주소", en="Address"),
    Text(ko="무엇", en="Record"),
    Text(ko="항목", en="Items"),
    Text(ko="저장", en="Kept?"),
)
_KEPT = Text(ko="저장", en="kept")
_COMPARED = Text(ko="대조만 함", en="only compared")


@require_safe
def policy_page(request: HttpRequest) -> HttpResponse:
    """The policy in force, sentence by sentence with its state."""
    page = text.page(policy(), current(), proven())
    counts = Counter(one.state for section in page.sections for one in section.sentences)
    shown = {"page": page, "counts": counts, "points": collection_points(), "live": True}
    return render(request, "storefront/policy.html", shown)


@require_safe
def childrens_page(request: HttpRequest) -> HttpResponse:
    """The policy in a child's words."""
    page = children.children(policy(), current())
    return render(request, "storefront/policy_children.html", {"page": page, "live": True})


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of service."""
    page = wording.terms(policy(), current())
    return render(request, "storefront/terms.html", {"page": page, "live": True})


def collection_points() -> Table:
    """Where personal data comes in, made from the addresses themselves (P2.15)."""
    chosen, language = policy(), current()
    lines: list[Line] = [
        (
            one.route,
            (
                one.page.in_(language),
                one.route,
                listed([kind_name(chosen, kind, language) for kind in one.kinds]),
                listed([item_name(item, language) for item in one.items]),
                (_KEPT if one.keeps else _COMPARED).in_(language),
            ),
        )
        for one in points(chosen)
    ]
    title = Text(ko="개인정보가 들어오는 화면", en="Where personal data comes in")
    return table("t-points", title, _COLUMNS, lines, language)
