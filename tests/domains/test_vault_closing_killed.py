"""kill -9 at every point of a close: no survivor is lost, nobody erased comes back.

``make test`` kills once at each point, with a few records; ``make proof`` (``YAKSOK_FULL``) has more
records, kills at further batches, and kills at random moments besides.
"""

import os
import random
import time

import pytest
from django.db import connection

from tests.cast.closer import closed_in_a_process, closing_process
from tests.domains.test_vault_closing import (
    copies,
    numbered_member,
    opens_with_any,
    surviving_keks,
)
from tests.domains.test_vault_gate import opened
from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import closing, gate
from yaksok.privacy.vault.records import Sealed

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.timeout(600),
]

FULL = bool(os.environ.get("YAKSOK_FULL"))
MEMBERS = 200 if FULL else 12
MOMENTS = 20 if FULL else 1
KILLS = [
    *((point, 1) for point in closing.POINTS),
    *(((closing.Point.COPIED, 2), (closing.Point.COPYING, 3)) if FULL else ()),
]


class Mall:
    """Members by their number; who was erased, and every copy of the tables that anybody took."""

    def __init__(self) -> None:
        self.members: dict[int, SubjectId] = {}
        self.erased: set[SubjectId] = set()
        self.stolen: list[Sealed] = []
        self.next = 0

    def join(self, count: int) -> None:
        for _ in range(count):
            with keeper():
                self.members[self.next] = numbered_member(self.next)
            self.next += 1
        self.stolen += copies()

    def leave(self) -> None:
        number, gone = next(iter(self.members.items()))
        del self.members[number]
        with keeper():
            gate.erase(gone, actor=Actor.member(gone), purpose=Purpose.RIGHTS, reason="left")
        self.erased.add(gone)

    def move(self) -> None:
        subject = list(self.members.values())[1]
        with keeper():
            gate.amend(
                subject,
                RecordKind.MEMBERSHIP,
                {Item.PHONE: "010-0000-0000"},
                purpose=Purpose.RIGHTS,
                actor=Actor.member(subject),
            )

    def lost(self) -> list[int]:
        """The members whose record does not open, or who are not found by their log-in id."""
        wrong = []
        for number, subject in self.members.items():
            with keeper():
                held = opened(subject, Item.EMAIL)[Item.EMAIL].reveal()
                found = gate.find(
                    RecordKind.MEMBERSHIP,
                    Item.LOGIN_ID,
                    f"member{number}",
                    purpose=Purpose.MEMBER_SERVICE,
                    actor=Actor.visitor(),
                )
            if held != f"m{number}@mail.example" or found is None or found[0] != subject:
                wrong.append(number)
        return wrong

    def come_back(self) -> list[SubjectId]:
        """The erased whose copies open with any key that there is."""
        keks = surviving_keks()
        return [
            SubjectId(copy.place.subject)
            for copy in [*self.stolen, *copies()]
            if copy.place.subject in self.erased and opens_with_any(copy, keks)
        ]


def settled(mall: Mall) -> None:
    """After a close: all are there once, under one epoch, and nobody who was erased."""
    assert mall.lost() == []
    assert mall.come_back() == []
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT epoch) FROM vault_record_key")
        assert cursor.fetchone() == (len(mall.members), 1)
        cursor.execute("SELECT count(*), count(DISTINCT epoch) FROM vault_blind_index")
        assert cursor.fetchone() == (2 * len(mall.members), 1)
        cursor.execute("SELECT count(*) FROM vault_epoch WHERE destroyed_at IS NULL")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT array_agg(DISTINCT step) FROM vault_closing")
        assert cursor.fetchone() == (["done"],)


@pytest.mark.parametrize(("point", "nth"), KILLS, ids=[f"{p}-{n}" for p, n in KILLS])
def test_killed_at(point: closing.Point, nth: int) -> None:
    mall = Mall()
    mall.join(MEMBERS)
    mall.leave()

    status, passed = closed_in_a_process(point, nth=nth)

    assert (status, passed[-1]) == (-9, point), passed
    assert mall.lost() == [], "the mall goes on while nobody closes"
    mall.stolen += copies()
    mall.join(1)
    mall.move()
    mall.leave()
    closing.close()
    if mall.come_back():  # who left after their epoch was closed is under the next one
        closing.close()
    settled(mall)


def test_killed_at_any_moment() -> None:
    mall = Mall()
    mall.join(MEMBERS)
    for _ in range(MOMENTS):
        mall.leave()
        process = closing_process()
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(random.random() * 0.3)  # noqa: S311 - no secret
        process.kill()
        process.communicate(timeout=30)
        assert first, "it had begun"
        assert mall.lost() == []
        mall.stolen += copies()
        mall.join(1)
        mall.move()
    mall.leave()
    closing.close()
    closing.close()
    settled(mall)
