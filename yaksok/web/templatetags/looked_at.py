"""Beside a sentence of the policy: what its probe found, when, and how that was checked."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yaksok.evidence.outcome import Outcome, State
from yaksok.evidence.outcomes import PATIENCE, outcomes

register = template.Library()

LOOKS = {
    State.KEPT: ("kept", gettext_lazy("지금 지켜지고 있음")),
    State.ATTESTED: ("attested", gettext_lazy("사람이 확인함")),
    State.NOTHING_YET: ("nothing", gettext_lazy("아직 볼 것이 없음")),
    State.NOT_MET: ("unmet", gettext_lazy("지금은 충족되지 않음")),
}


@register.simple_tag
def looked_at(promise: str) -> SafeString | str:
    """The newest outcome of the promise's probe; nothing when it has none."""
    found = outcomes(PATIENCE).get(promise)
    if found is None:
        return ""
    kind, words = LOOKS[found.state]
    at = f"{timezone.localtime(found.at):%Y-%m-%d %H:%M}"
    return format_html(
        '<details class="looked"><summary><span class="evidence evidence-{}">'
        '<i aria-hidden="true">{}</i>{}</span> <b>{}</b> <time>{}</time></summary>'
        "<p>{} {}{}</p></details>",
        kind,
        found.mark,
        words,
        found.figure,
        at,
        _("어떻게 확인했나요:"),
        found.how,
        _where(found),
    )


def _where(found: Outcome) -> SafeString | str:
    """Which book to open, when the sentence is not met."""
    if not found.broken or not found.where:
        return ""
    return format_html(" {} {}", _("살펴볼 곳:"), found.where)
