"""The outbox at the console: how much waits, what was given up, and one button to try it again."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yaksok.journeys import post_room
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Channel
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

WIRES: dict[Channel, Lazy] = {
    Channel.EMAIL: _("이메일"),
    Channel.PUSH: _("브라우저 알림"),
    Channel.SMS: _("문자"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="편지 다시 보내기 (콘솔)", en="Sending again (console)"), fields=frozenset({"channel"})
)
def outbox(request: PersonRequest) -> HttpResponse:
    """Every pile of letters; posted, what was given up on one wire begins anew."""
    actor = acting(request)
    if request.method == "POST":
        wire = next((one for one in WIRES if one == posted(request).get("channel")), None)
        if wire is not None:
            post_room.again(actor, wire)
        return HttpResponseRedirect(reverse("console:post"))
    lines = post_room.view(actor, current())
    stuck = {line.pile.channel for line in lines if line.given_up}
    shown = {
        "here": "post",
        "lines": [(line, WIRES[line.pile.channel]) for line in lines],
        "stuck": [(wire, WIRES[wire]) for wire in sorted(stuck)],
        "may_act": actor.role in post_room.ACTING,
        "role_label": showing.role(actor),
    }
    return render(request, "console/post.html", shown)
