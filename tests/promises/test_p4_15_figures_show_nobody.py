"""P4.15: what goes out as statistics is sums in which nobody can be recognised."""

import csv
import io
from datetime import timedelta

import pytest

from tests.cast import bought, people
from tests.cast.shelves import Shop
from yaksok.database.roles import keeper
from yaksok.journeys import statistics
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, Refused
from yaksok.kernel.ids import new_subject_id
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

KO = Language.KOREAN
OFFICER = Actor(Role.OFFICER, new_subject_id(), trained=True)
SHELVES = statistics.Subject.SHELVES
MONTH = "2026-10"


def least() -> int:
    rule = policy().document.body.statistics
    assert rule is not None
    return rule.smallest_cell


def sold(clock: FixedClock, many: int, *, slug: str, weekday: int, guests: bool = False) -> None:
    """``many`` persons each buy one piece of ``slug`` on that weekday of October 2026."""
    before = clock()
    clock.move_to(bought.on_weekday(2026, 10, weekday))
    for _ in range(many):
        bought.one_piece(slug, member=not guests)
    clock.move_to(before)


def table(subject: statistics.Subject = SHELVES) -> dict[str, dict[str, str]]:
    """What leaves, as whoever gets the file reads it."""
    figures = statistics.release(OFFICER, subject, MONTH, "research", language=KO)
    read = csv.reader(io.StringIO(statistics.sheet(figures, KO)))
    _, *columns = next(read)
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in read}


def test_a_cell_of_too_few_is_hidden_and_cannot_be_subtracted(
    shelves: Shop, standing_clock: FixedClock
) -> None:
    standing_clock.move_to(bought.on_weekday(2026, 11, 1))
    for slug in ("green-tea", "oak-box"):
        for weekday in (1, 2):
            sold(standing_clock, least() + 2, slug=slug, weekday=weekday)
    sold(standing_clock, least() + 2, slug="green-tea", weekday=3)
    sold(standing_clock, least() - 1, slug="oak-stool", weekday=3)
    shown = table()
    assert shown["차와 다구"]["2"] == str(least() + 2)
    assert shown["모두"]["3"] == str(2 * least() + 1)
    assert shown["나무"]["3"] == "숨김"
    assert sum(cell == "숨김" for cell in shown["나무"].values()) >= 2
    assert sum(row["3"] == "숨김" for row in shown.values()) >= 2


def test_one_who_buys_most_of_it_is_hidden(shelves: Shop, standing_clock: FixedClock) -> None:
    standing_clock.move_to(bought.on_weekday(2026, 11, 1))
    sold(standing_clock, least() + 2, slug="green-tea", weekday=1)
    before = standing_clock()
    standing_clock.move_to(bought.on_weekday(2026, 10, 1))
    bought.one_piece("green-tea", pieces=5 * least())
    standing_clock.move_to(before)
    assert table()["차와 다구"]["1"] == "숨김"


def test_a_table_is_not_counted_twice(shelves: Shop, standing_clock: FixedClock) -> None:
    standing_clock.move_to(bought.on_weekday(2026, 11, 1))
    sold(standing_clock, least() + 2, slug="green-tea", weekday=1)
    first = table()
    sold(standing_clock, 1, slug="green-tea", weekday=1)
    assert table() == first, "else the difference is one person"


def test_a_month_that_is_not_over_is_not_counted(shelves: Shop, standing_clock: FixedClock) -> None:
    standing_clock.move_to(
        bought.on_weekday(2026, 11, 1).replace(day=1, hour=0) - timedelta(seconds=1)
    )
    with pytest.raises(Invalid):
        table()
    standing_clock.move(timedelta(seconds=1))
    assert table()


def test_guests_are_in_no_sum(shelves: Shop, standing_clock: FixedClock) -> None:
    standing_clock.move_to(bought.on_weekday(2026, 11, 1))
    sold(standing_clock, 3 * least(), slug="green-tea", weekday=1, guests=True)
    assert table()["차와 다구"]["1"] == "0"


def test_no_two_tables_share_a_side() -> None:
    sides = [side for pair in statistics.SIDES.values() for side in pair]
    assert len(sides) == len(set(sides))


def test_no_record_can_be_opened_for_statistics() -> None:
    member = people.member()
    for role in Role:
        with keeper(), pytest.raises(Refused):
            gate.open_items(
                member.subject,
                [Item.EMAIL],
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.STATISTICS,
                actor=Actor(role, member.subject, trained=True, job="count"),
            )


def test_only_the_officer_gives_figures_out(shelves: Shop, standing_clock: FixedClock) -> None:
    standing_clock.move_to(bought.on_weekday(2026, 11, 1))
    for role in set(Role) - statistics.GIVERS:
        with pytest.raises(Refused):
            statistics.release(Actor(role), SHELVES, MONTH, "research", language=KO)
