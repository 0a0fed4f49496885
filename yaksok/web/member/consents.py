"""동의: every consent with its words and its receipts, and one click to change each of them."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import consents, marketing_consent, policy_changes, refusals
from yaksok.journeys.consents import Withdrawal
from yaksok.kernel import clock
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.web import wording
from yaksok.web.admission import members_only
from yaksok.web.design.templatetags.design import moment
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

DONE = {
    "given": gettext_lazy("동의를 받았어요. 언제든 여기서 단추 하나로 철회할 수 있어요."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@takes(Text(ko="동의 철회", en="Withdrawal of consent"), fields=frozenset({"consent"}))
def page(request: PersonRequest) -> HttpResponse:
    """Everything that can be allowed; or, after a withdrawal, what went with it."""
    if request.method != "POST":
        return _shown(request, said=DONE.get(request.GET.get("done", ""), ""))
    name = posted(request).get("consent", "")
    gone = consents.withdraw(person_of(request).actor, name, language=current())
    return _shown(request, gone=_gone(gone), withdrawn=name)


@require_POST
@members_only
@takes(
    Text(ko="동의", en="Consent"),
    fields=frozenset({"consent", "mark", "then"}),
    observed=((RecordKind.MARKETING_CONTACT, Item.EMAIL),),
)
def give(request: PersonRequest) -> HttpResponse:
    """Agree to one thing; back to where the button stood, or to the words that stand there by now."""
    values = posted(request)
    actor, name = person_of(request).actor, values.get("consent", "")
    try:
        consents.give(actor, name, language=current(), mark=values.get("mark", ""))
    except Invalid as changed:
        return _shown(request, status=UNPROCESSABLE, trouble=changed.problems[""])
    if values.get("then") == "correct":
        return HttpResponseRedirect(reverse("member:correct"))
    return _back("given")


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('member:consents')}?done={done}")


def _shown(request: PersonRequest, status: int = 200, **also: object) -> HttpResponse:
    actor = person_of(request).actor
    found = consents.view(actor, current())
    apart = marketing_consent.names()
    shown = {
        "here": "consents",
        "consents": [
            {"is": one, "channel": wording.channel(one.channel or "")}
            for one in found.consents
            if one.name not in apart
        ],
        "advertising": [one for one in found.consents if one.name in apart],
        "refused": [one for one in refusals.view(actor, current()) if one.stands],
        "changes": policy_changes.mine(actor, current()),
        **also,
    }
    return render(request, "member/consents.html", shown, status=status)


def _gone(withdrawal: Withdrawal) -> dict[str, object]:
    """What a withdrawal deleted, and when it is gone where."""
    until = withdrawal.unreadable_by
    return {
        "items": wording.items(withdrawal.items),
        "told": withdrawal.told,
        "here": _("지금 (%(at)s)") % {"at": moment(clock.now())},
        "everywhere": moment(until) if until else "",
    }
