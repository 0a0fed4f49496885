"""What became of the letters of one batch: numbers, and nobody among them."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from uuid import UUID

from django.db import connection

from yaksok.database.selecting import rows


class Outcome(StrEnum):
    """How a letter of a batch ended."""

    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    """There is nobody at the address, or no server took the letter for two days."""
    WITHHELD = "withheld"
    """At the moment of sending the policy said no: somebody withdrew meanwhile."""


def count(batch: str, outcome: Outcome) -> None:
    """One more letter of ``batch`` ended like this."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO post_tally AS tally (batch, outcome, number) VALUES (%s, %s, 1)"
            " ON CONFLICT (batch, outcome) DO UPDATE SET number = tally.number + 1",
            [batch, outcome.value],
        )


def of(batches: Collection[UUID]) -> dict[UUID, Mapping[Outcome, int]]:
    """How the letters of each batch ended so far."""
    found = rows(
        "SELECT batch, outcome, number FROM post_tally WHERE batch = ANY(%s)", [list(batches)]
    )
    return {
        batch: {Outcome(outcome): number for one, outcome, number in found if one == batch}
        for batch in {row[0] for row in found}
    }


def forget(batch: UUID) -> None:
    """Nothing is counted of ``batch`` any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM post_tally WHERE batch = %s", [batch])
