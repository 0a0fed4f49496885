"""거절해 두기: what the member refuses for good, one click each way."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yaksok.journeys import refusals
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web import wording
from yaksok.web.admission import members_only
from yaksok.web.design.templatetags.design import moment
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

DONE = {
    "refused": gettext_lazy("거절해 두었어요. 본인이 거두기 전에는 누구도 풀 수 없어요."),
    "lifted": gettext_lazy("거절을 거뒀어요. 언제든 다시 거절해 둘 수 있어요."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@takes(Text(ko="거절", en="Refusal"), fields=frozenset({"refusal", "stands"}))
def page(request: PersonRequest) -> HttpResponse:
    """Everything that can be refused; or refuse one thing, or take a refusal back."""
    actor = person_of(request).actor
    if request.method != "POST":
        return _shown(request, said=DONE.get(request.GET.get("done", ""), ""))
    values = posted(request)
    name, stands = values.get("refusal", ""), values.get("stands") == "yes"
    change = refusals.refuse(actor, name, stands=stands, language=current())
    if change.withdrawn:
        return _shown(request, said=DONE["refused"], gone=_gone(change))
    done = "refused" if stands else "lifted"
    return HttpResponseRedirect(f"{reverse('member:refusals')}?done={done}")


def _shown(request: PersonRequest, **also: object) -> HttpResponse:
    found = refusals.view(person_of(request).actor, current())
    rows = [{"is": one, "channel": wording.channel(one.channel or "")} for one in found]
    return render(request, "member/refusals.html", {"here": "refusals", "refusals": rows, **also})


def _gone(change: refusals.Change) -> dict[str, object]:
    """What a refusal took with it."""
    until = change.unreadable_by
    return {
        "consents": len(change.withdrawn),
        "items": wording.items(change.items),
        "told": change.told,
        "everywhere": moment(until) if until else "",
    }
