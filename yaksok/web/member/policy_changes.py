"""방침 변경: what a published version asks the member, and their answer, point by point."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yaksok.journeys import consents, policy_changes
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

ANSWERS = {"yes": True, "no": False}
LATER = "later"
SAID = {
    LATER: _("나중에 정하셔도 돼요. 답하실 때까지 새 이용은 회원님의 정보에 미치지 않아요."),
}
EXCERPT = 5
"""Paragraphs of the difference that are shown on the page; the others are one link away."""


@require_safe
@members_only
def changes(request: PersonRequest) -> HttpResponse:
    """Every version that asked the member something."""
    shown = {
        "here": "consents",
        "changes": policy_changes.mine(person_of(request).actor, current()),
        "said": SAID.get(request.GET.get("done", ""), ""),
    }
    return render(request, "member/changes.html", shown)


@require_safe
@members_only
def change(request: PersonRequest, number: int) -> HttpResponse:
    """What one version changes, and its questions with three answers of equal weight."""
    found = policy_changes.one(person_of(request).actor, number, current())
    before, differs = policy_changes.excerpt(number, current())
    shown = {
        "here": "consents",
        "change": found,
        "before": before,
        "excerpt": differs[:EXCERPT],
        "more": max(0, len(differs) - EXCERPT),
    }
    return render(request, "member/change.html", shown)


@require_POST
@members_only
@takes(
    Text(ko="방침 변경에 대한 답", en="Answer to a change of the policy"),
    fields=frozenset({"answer", "point"}),
)
def answer(request: PersonRequest, number: int) -> HttpResponse:
    """Write one answer down; back to its question. Deciding later writes nothing."""
    actor, values = person_of(request).actor, posted(request)
    point, said = values.get("point", ""), values.get("answer", "")
    place = policy_changes.one(actor, number, current()).place_of(point)
    if said == LATER:
        return HttpResponseRedirect(f"{reverse('member:changes')}?done={LATER}")
    if said not in ANSWERS:
        raise Invalid({"answer": "yes, no or later"})
    consents.answer(actor, number, {point: ANSWERS[said]}, language=current())
    return HttpResponseRedirect(f"{reverse('member:change', args=[number])}#q-{place}")
