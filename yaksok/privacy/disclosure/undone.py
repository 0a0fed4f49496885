"""What a handing-over left for a person to do: counts and the oldest, and nobody's name.

Nothing here is done by the clock. Whoever does not look would never know, so it is told where people
begin their day, and to whoever asks whether the mall is well.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Min, Q

from yaksok.kernel import clock
from yaksok.policy.vocabulary import Purpose
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.register import (
    BROKEN,
    FOLLOWING,
    NO_FAULT,
    Message,
    State,
    Way,
)


class Undone(StrEnum):
    """What waits for a person."""

    BROKEN = "broken"
    """A correction or an erasure did not reach somebody who has the data (P4.5)."""
    GIVEN_UP = "given_up"
    """A parcel that no courier will fetch unless somebody hands it over anew."""
    NOT_CONFIRMED = "not_confirmed"
    """A parcel that left in a file, and the courier's number was not brought back in time."""
    NOT_GIVEN = "not_given"
    """What a named partner was to receive, and did not."""
    TO_TELEPHONE = "to_telephone"
    """A correction or an erasure of what left in a file: somebody must call the courier (P4.5)."""


@dataclass(frozen=True, slots=True)
class Pile:
    """How much of one kind there is, and since when the oldest of it waits."""

    what: Undone
    count: int
    oldest: datetime


def piles() -> tuple[Pile, ...]:
    """Every kind of which there is something, the one that waits longest first. One statement."""
    found = Handover.objects.aggregate(
        **{f"{what}_count": Count("id", filter=which) for what, (which, _) in _kinds().items()},
        **{f"{what}_oldest": Min(since, filter=which) for what, (which, since) in _kinds().items()},
    )
    counted = [
        Pile(what, int(found[f"{what}_count"]), found[f"{what}_oldest"])
        for what in Undone
        if found[f"{what}_count"]
    ]
    return tuple(sorted(counted, key=lambda pile: (pile.oldest, pile.what)))


def _kinds() -> dict[Undone, tuple[Q, str]]:
    """Which rows are of which kind, and by which column they are old."""
    in_file, handed = Q(way=Way.FILE), Q(message=Message.HANDOVER, recalled_at=None)
    given_up = handed & Q(state=State.GIVEN_UP) & ~Q(reason__in=NO_FAULT)
    parcel = Q(purpose=Purpose.DELIVERY)
    late = Q(state=State.FILED, next_try__lte=clock.now())
    return {
        Undone.BROKEN: (BROKEN, "planned_at"),
        Undone.GIVEN_UP: (given_up & parcel, "planned_at"),
        Undone.NOT_CONFIRMED: (in_file & handed & late, "sent_at"),
        Undone.NOT_GIVEN: (
            given_up & ~parcel & ~Q(reason__startswith="refused:"),
            "planned_at",
        ),
        Undone.TO_TELEPHONE: (
            in_file & Q(state=State.PLANNED, message__in=FOLLOWING),
            "planned_at",
        ),
    }
