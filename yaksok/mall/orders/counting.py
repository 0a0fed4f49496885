"""Sums over what members bought, by two questions at once, with how many persons stand behind each."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from yaksok.database.selecting import rows
from yaksok.mall.orders.states import BOUGHT

ZONE = "Asia/Seoul"


class By(StrEnum):
    """What bought pieces are sorted by. Each is something about the trade, nothing about a person."""

    GROUP = "group"
    """The group of the goods, as the caller names them."""
    HOURS = "hours"
    """The six hours of the day in which the order was placed: 00, 06, 12, 18."""
    LANGUAGE = "language"
    """The language in which it was placed."""
    WEEKDAY = "weekday"
    """The day of the week, 1 for Monday."""


_EXPRESSION = {
    By.GROUP: "named.label",
    By.HOURS: "lpad(((extract(hour FROM ord.placed_at AT TIME ZONE %(zone)s)::int / 6) * 6)::text, 2, '0')",
    By.LANGUAGE: "ord.language",
    By.WEEKDAY: "extract(isodow FROM ord.placed_at AT TIME ZONE %(zone)s)::int::text",
}

Sums = dict[tuple[str, str], tuple[int, int, int]]
"""By row and column: persons, pieces, and how many pieces the largest of them bought.

An empty label stands for all rows, or for all columns.
"""


def pieces(
    row: By, column: By, *, since: datetime, before: datetime, groups: Mapping[str, str]
) -> Sums:
    """How many pieces members bought, by ``row`` and ``column`` and the sums of both.

    Orders of guests are in no sum: what a guest gave serves the order and nothing else (P5.5). No
    row of this leaves the database with a person in it.

    Arguments:
        since, before: When the orders were placed; with a zone, the end not included.
        groups: From the slug of each product to the label of its group. Goods that are not in it are
            left out.

    Cost: one statement over the lines of that time.
    """
    statement = f"""
        WITH named AS (SELECT * FROM unnest(%(slugs)s::text[], %(labels)s::text[]) AS n (slug, label)),
        bought AS (
            SELECT ord.subject_id, {_EXPRESSION[row]} AS r, {_EXPRESSION[column]} AS c, line.quantity
            FROM orders_order ord
            JOIN orders_line line ON line.subject_id = ord.subject_id AND line.order_id = ord.id
            JOIN named ON named.slug = line.product_slug
            WHERE ord.member AND ord.state = ANY (%(states)s)
            AND ord.placed_at >= %(since)s AND ord.placed_at < %(before)s
        ),
        theirs AS (
            SELECT r, c, subject_id, sum(quantity)::bigint AS pieces FROM bought
            GROUP BY GROUPING SETS ((r, c, subject_id), (r, subject_id), (c, subject_id), (subject_id))
        )
        SELECT coalesce(r, ''), coalesce(c, ''), count(*), sum(pieces)::bigint, max(pieces)
        FROM theirs GROUP BY r, c"""  # noqa: S608 - expressions of this module
    found = rows(
        statement,
        {
            "slugs": list(groups),
            "labels": list(groups.values()),
            "zone": ZONE,
            "states": [state.value for state in BOUGHT],
            "since": since,
            "before": before,
        },
    )
    return {(r, c): (persons, summed, largest) for r, c, persons, summed, largest in found}
