"""내 후기: what the member can review and wrote, the form, and the button that deletes."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yaksok.journeys import reviews
from yaksok.kernel.errors import Invalid
from yaksok.mall.reviews.book import STARS
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.web.admission import members_only
from yaksok.web.asking import sheet
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

DONE = {
    "deleted": _("후기를 지웠어요. 상품 화면에서도 사라졌어요."),
    "waits": _("후기를 받았어요. 직원이 살펴본 뒤에 상품 화면에 보여요."),
    "written": _("후기를 올렸어요. 언제든 고치거나 지울 수 있어요."),
}


@require_safe
@members_only
def page(request: PersonRequest) -> HttpResponse:
    """Both lists."""
    own = reviews.mine(person_of(request).actor, current())
    said = DONE.get(request.GET.get("done", ""), "")
    return render(request, "member/reviews.html", {"here": "reviews", "own": own, "said": said})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@collects(Text(ko="구매 후기 쓰기", en="Writing a review"), FormName.REVIEW, fields=reviews.ALSO)
def write(request: PersonRequest, order_id: UUID, variant_id: UUID) -> HttpResponse:
    """The form for one thing that was received; posted, the review is there for everybody."""
    actor, values, problems = person_of(request).actor, posted(request), {}
    if request.method == "POST":
        try:
            review = reviews.write(actor, order_id, variant_id, values, language=current())
        except Invalid as invalid:
            problems = invalid.problems
        else:
            return _back("waits" if reviews.waits(actor, review) else "written")
    begun = reviews.begin(actor, order_id, variant_id, language=current())
    shown = {"here": "reviews", **_form(begun, values, problems)}
    status = UNPROCESSABLE if problems else 200
    return render(request, "member/review.html", shown, status=status)


@require_POST
@members_only
@takes(Text(ko="구매 후기 지우기", en="Deleting a review"))
def delete(request: PersonRequest, review_id: UUID) -> HttpResponse:
    """The review is gone, words and stars."""
    reviews.delete(person_of(request).actor, review_id)
    return _back("deleted")


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('member:reviews')}?done={done}")


def _form(
    begun: reviews.Writing, values: Mapping[str, str], problems: Mapping[str, str]
) -> dict[str, object]:
    """What was typed, or what is there already."""
    filled = dict(values)
    if not values and begun.review is not None:
        names = begun.form.of(reviews.KIND)
        filled = dict.fromkeys(names, begun.review.words) | {"stars": str(begun.review.stars)}
    return {
        "begun": begun,
        "notice": begun.notice,
        "sheet": sheet(begun.form, current(), filled, problems),
        "chosen": filled.get("stars", ""),
        "stars": [(n, str(n)) for n in reversed(STARS)],
    }
