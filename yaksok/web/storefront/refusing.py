"""A guest refuses for good, or lifts a refusal, with the number and secret of an order (P4.8, P4.9)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yaksok.journeys import refusals
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import Posted, takes
from yaksok.policy.entries import Text
from yaksok.policy.forms import form
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName
from yaksok.web.asking import sheet
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.storefront.looking_up import SECRET
from yaksok.web.transport import address_of

ASKED = frozenset({"number", "refusal", "stands"})
DONE = {
    "yes": gettext_lazy("거절해 두었어요. 본인이 거두기 전에는 누구도 풀 수 없어요."),
    "no": gettext_lazy("거절을 거뒀어요. 언제든 다시 거절해 둘 수 있어요."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@takes(Text(ko="비회원의 거절", en="A guest's refusal"), compared=SECRET, fields=ASKED)
def refuse(request: PersonRequest) -> HttpResponse:
    """The form; or, once number and secret are right, what stands, after what was asked for."""
    values = posted(request)
    shown: dict[str, object] = {"number": values.get("number", "")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        secret, address = values.get("lookup_secret", ""), address_of(request)
        try:
            actor = refusals.of_order(values.get("number", ""), secret, address_key=address)
        except Invalid as invalid:
            problems = invalid.problems
        else:
            shown |= _done(actor, values)
    shown["sheet"] = sheet(form(policy(), FormName.LOOKUP), current(), {}, problems)
    status = UNPROCESSABLE if problems else 200
    return render(request, "storefront/refusals.html", shown, status=status)


def _done(actor: Actor, values: Posted) -> dict[str, object]:
    """Do what was asked, if anything was, and say how all of it stands now."""
    name, choice = values.get("refusal", ""), values.get("stands", "")
    if name and choice in DONE:
        refusals.refuse(actor, name, stands=choice == "yes", language=current())
    said = DONE[choice] if name and choice in DONE else ""
    return {"said": said, "refusals": refusals.view(actor, current())}
