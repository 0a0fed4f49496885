"""What waits in the outbox and what was given up, counted: nobody's letter is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min

from yaksok.kernel import clock
from yaksok.policy.vocabulary import Channel
from yaksok.privacy.post.models import Letter
from yaksok.privacy.post.outbox import State
from yaksok.privacy.post.templates import Template

KEPT = timedelta(days=30)
"""How long a letter that was given up can be tried again; then it is forgotten."""


@dataclass(frozen=True, slots=True)
class Pile:
    """Letters of one kind by one wire that stand alike. ``tried`` is the most often tried of them."""

    channel: Channel
    template: Template
    state: State
    letters: int
    oldest: datetime
    tried: int
    next_try: datetime


@dataclass(frozen=True, slots=True)
class Alarms:
    """What a person must look at: letters that were given up, and those tried in vain so far."""

    given_up: int
    in_vain: int

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.given_up or self.in_vain)


def piles() -> tuple[Pile, ...]:
    """Everything that lies in the outbox, what was given up first."""
    found = (
        Letter.objects.values_list("channel", "template", "state")
        .annotate(Count("id"), Min("made_at"), Max("attempts"), Min("next_try"))
        .order_by("state", "channel", "template")
    )
    return tuple(
        Pile(Channel(channel), Template(template), State(state), *counted)
        for channel, template, state, *counted in found
    )


def alarms() -> Alarms:
    """The same in two counts."""
    return Alarms(
        Letter.objects.filter(state=State.UNDELIVERABLE).count(),
        Letter.objects.filter(state=State.WAITING, attempts__gt=0).count(),
    )


def try_again(channel: Channel, templates: Iterable[Template] = ()) -> int:
    """Let letters of ``channel`` that were given up begin anew; how many. All kinds when none is named."""
    rows = Letter.objects.filter(state=State.UNDELIVERABLE, channel=channel)
    named = list(templates)
    if named:
        rows = rows.filter(template__in=named)
    return rows.update(state=State.WAITING, attempts=0, next_try=clock.now())


def forget_given_up() -> int:
    """Remove letters that were given up and that nobody tried again in 30 days; how many."""
    over = clock.now() - KEPT
    rows = Letter.objects.filter(state=State.UNDELIVERABLE, made_at__lte=over)
    return rows.delete()[0]
