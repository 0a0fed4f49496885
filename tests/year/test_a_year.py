"""A year, day by day: people live with the mall, its jobs run, and after each day the promises hold."""

import inspect
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import subscribers
from tests.cast.dice import FULL, dice, seed
from tests.cast.partners import sharing
from tests.cast.sandboxes import SECRET, Ear, Sandbox, opened, wait_until
from tests.cast.shelves import Shop
from tests.year.acts import ACTS, GOODS, calls, hands_over, silence_ended
from tests.year.checks import Watch, figures, in_short
from tests.year.letters import mail_is_read, texts_are_read
from tests.year.world import World
from yaksok.database.roles import keeper
from yaksok.jobs import tasks
from yaksok.journeys import dispatch
from yaksok.kernel.clock import FixedClock
from yaksok.policy.vocabulary import Channel

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.timeout(7200 if FULL else 600),
]

FIRST_DAY = date(2027, 3, 1)
"""A year that ends with 29 February."""
PEOPLE = 2000 if FULL else 30
EVENTS_A_DAY = 15 if FULL else 1
DAYS = 366
STEP = 1 if FULL else 28
"""On how many of the days something happens; the clock goes through all of them."""


@pytest.fixture
def world(
    standing_clock: FixedClock,
    shelves: Shop,
    payment_sandbox: Sandbox,
    courier_ear: Ear,
    tmp_path: Path,
    sms_sandbox: Sandbox,
    partner: Sandbox,
    push_sandbox: Sandbox,
    settings: Any,
) -> Iterator[World]:
    begun = seed(20270301)
    print(f"\nseed {begun}")
    options = ("--webhook", f"{courier_ear.url}/courier")  # the path that the mall takes calls at
    with opened("sandbox_courier", tmp_path / "courier", *options) as courier:
        settings.YAKSOK_COURIER_URL, settings.YAKSOK_COURIER_SECRET = courier.url, SECRET
        sandboxes = {
            "payment": payment_sandbox,
            "courier": courier,
            "sms": sms_sandbox,
            "partner": partner,
            "push": push_sandbox,
        }
        made = World(dice(begun), standing_clock, shelves, sandboxes, courier_ear)
        settings.YAKSOK_SMTP = f"127.0.0.1:{made.post.port}"
        made.day_breaks(FIRST_DAY)
        made.hire()
        courier_ear.heard.clear()
        with sharing():
            yield made
        made.close()


def test_a_year_of_people_and_promises(world: World) -> None:
    watch = Watch()
    for number in range(0, DAYS, STEP):
        live(world, FIRST_DAY + timedelta(days=number))
        watch.all(world)
        if FULL and number % 10 == 0:
            print(f"day {number}: {', '.join(in_short(world))}", flush=True)
    for line in figures(world):
        print(line)
    assert world.happened["joins"]
    assert all(world.happened[act.__name__] for act in ACTS), "an act that never happened"
    assert all(world.checked.values()), "a check that never looked"
    print(f"advertised to: {dict(watch.ways)}")
    assert not FULL or watch.ways.keys() == {"ads_sms", "ads_push", "ads_phone"}


def live(world: World, day: date) -> None:
    """One day: the shelves are filled, people come and go, the clock's work is done, the night comes."""
    world.day_breaks(day)
    somebody_fails(world)
    the_clock_works(world)
    world.happened["accounts that nobody spoke for"] += silence_ended(world)
    fill_up(world)
    acts, weights = list(ACTS), list(ACTS.values())
    arriving = 2 * PEOPLE * STEP // DAYS + 1 if len(world.lives) < PEOPLE else 0
    turns = [acts[number % len(acts)] for number in (2 * world.days, 2 * world.days + 1)]
    happening = [acts[0]] * min(arriving, PEOPLE) + turns
    happening += world.dice.choices(acts, weights, k=EVENTS_A_DAY * STEP)
    world.days += 1
    world.dice.shuffle(happening)
    start = world.now
    for moment, act in zip(world.moments(len(happening)), happening, strict=True):
        world.move_to(start + moment)
        done = act(world)
        world.note(act.__name__, done)
        world.happened[act.__name__] += done
    if hands_over(world):
        world.happened["hands_over"] += 1
    the_clock_works(world)
    mail_is_read(world)
    texts_are_read(world)
    the_van_drives(world)
    advertise(world)
    if calls(world):
        world.happened["calls"] += 1
    world.move_to(start + timedelta(hours=16, minutes=55))
    the_clock_works(world)
    world.happened["accounts that nobody spoke for"] += silence_ended(world)


def somebody_fails(world: World) -> None:
    """Whoever was away yesterday is back, and now and then somebody is away for the day."""
    for name in ("courier", "partner", "push", "sms"):
        world.sandboxes[name].healthy()
    world.post.faults.down = world.dice.random() < 0.03
    away = world.dice.choice(("courier", "partner", "push", "sms", "", "", "", ""))
    world.calm = 0 if away else world.calm + 1
    if away:
        world.sandboxes[away].faults(down=True)
        world.happened[f"{away} away"] += 1


def advertise(world: World) -> None:
    """Now and then a marketer writes an advertisement, for some hour of the day or the night."""
    if world.dice.random() > 0.1 * STEP:
        return
    at = world.now + timedelta(hours=world.dice.randrange(0, 10))
    channel = world.dice.choice(list(Channel))
    subscribers.sends(subscribers.words(channel, at=at))
    world.happened["advertisements"] += 1


def the_clock_works(world: World) -> None:
    """Every job that the worker runs by the clock, once."""
    for name, task in sorted(tasks.app.tasks.items()):
        if name in BY_THE_CLOCK:
            inspect.unwrap(task.func)()  # the connections stay, as a worker's pool keeps them
            world.happened["jobs"] += 1


BY_THE_CLOCK = frozenset(
    periodic.task.name
    for periodic in tasks.app.periodic_registry.periodic_tasks.values()
    if periodic.task.name != "clear_stalled"
)


def the_van_drives(world: World) -> None:
    """The courier brings what it has: to most on the same day, and tells the mall of it."""
    courier = world.sandboxes["courier"]
    if world.dice.random() < 0.1 or courier.call("GET", "/sandbox/faults")[1]["down"]:
        return
    expected = 0
    for parcel in on_the_way():
        before = ""
        while before != "delivered":
            _, said, _ = courier.call("POST", "/sandbox/advance", {"parcel": parcel})
            before, expected = said["state"], expected + 1
    wait_until(lambda: len(world.ear.heard) >= expected, 60)
    for call in world.ear.heard[:expected]:
        dispatch.tracked(call.body, call.headers)
        world.happened["news of parcels"] += 1
    world.ear.heard.clear()


def on_the_way() -> list[str]:
    """The numbers of parcels that the courier has."""
    from tests.cast.shoppers import rows

    return [
        number
        for (number,) in rows(
            "SELECT number FROM shipping_parcel WHERE state IN ('handed', 'picked_up', 'in_transit')"
        )
    ]


def fill_up(world: World) -> None:
    """Fresh stock of what is always sold; now and then of what is not."""
    from django.db import connection

    back = world.dice.random() < 0.05
    with keeper(), connection.cursor() as cursor:
        for sku in GOODS:
            cursor.execute(
                "UPDATE catalogue_stock SET on_hand = reserved + 500 WHERE variant_id = %s",
                [world.shop[sku]],
            )
        cursor.execute(
            "UPDATE catalogue_stock SET on_hand = reserved + %s WHERE variant_id = %s",
            [3 if back else 0, world.shop["STOOL-O"]],
        )
