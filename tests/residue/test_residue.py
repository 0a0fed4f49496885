"""Prove like a forensic examiner that what was destroyed is gone (P3.7, P3.8): on the real mall, open.

Canaries of every record kind go in, the mall works, everything on the disk is copied; the persons are
erased, the epoch is closed. Then nothing that was copied and no key that is left opens any of them. The
same attack succeeds before, or it would prove nothing. ``make residue`` does it at full size.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cast import canaries
from tests.cast.books import settle, stocked
from tests.cast.clerk import Clerk
from tests.cast.running import RunningMall, end, new_mall
from tests.cast.sandboxes import wait_until
from tests.cast.shopper import Shopper
from tests.residue import copies, memory

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(1800)]

FULL = bool(os.environ.get("YAKSOK_FULL"))
COUNT, ORDERS = (40, 30) if FULL else (1, 2)
ROOT = Path(__file__).resolve().parents[2]
THIRD = ("payment", "courier", "mail")
WORKERS = ("serving", "worker")
Said = dict[str, Any]


@dataclass
class Case:
    """One mall under examination."""

    mall: RunningMall
    word: str = field(
        default_factory=lambda: "".join(secrets.choice("bcdfghjkmn") for _ in range(8))
    )
    hangul: str = "갈매둥봉"
    phone: str = "010-7731-9264"
    values: list[str] = field(default_factory=list)

    @property
    def needles(self) -> tuple[str, ...]:
        """What every value that was planted contains; found where any of them is found."""
        return (self.word, self.word.upper(), self.hangul, self.phone, self.phone.replace("-", ""))

    def inside(self, act: str, **given: object) -> Said:
        """What :mod:`tests.residue.inside` answers."""
        done = subprocess.run(
            (sys.executable, "-m", "tests.residue.inside", act),
            env={"YAKSOK_DATA": str(self.mall.root), "PATH": os.environ["PATH"]},
            input=json.dumps(given),
            cwd=ROOT,
            capture_output=True,
            check=False,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        answer: Said = json.loads(done.stdout)
        return answer

    def plant(self) -> Said:
        """Canaries of every kind."""
        given = {"word": self.word, "hangul": self.hangul, "phone": self.phone}
        planted = self.inside("plant", count=COUNT, **given)
        self.values += [
            one for one in planted["values"] if any(part in one for part in self.needles)
        ]
        return planted

    def attack(self, places: list[Path], values: list[str]) -> tuple[Said, copies.Evidence]:
        """Every row of keys in ``places``, against every key that any root version still opens."""
        found = copies.evidence(places)
        found.epochs |= copies.live_epochs(self.mall)
        answer = self.inside(
            "attack",
            epochs=sorted(found.epochs),
            found=sorted(found.keys),
            values=[one for one in values if re.fullmatch(r"[\w@.]+", one, re.ASCII)],
        )
        return answer, found

    def memory(self) -> dict[str, int]:
        """How often a canary stands in the memory of web, jobs and database."""
        by_name: dict[str, list[Any]] = {"web": [], "jobs": [], "database": []}
        for name, process in self.mall.processes().items():
            for words, part in (("serving", "web"), ("worker", "jobs"), ("postgres", "database")):
                if name.startswith(words):
                    by_name[part].append(process)
        return {part: memory.search(all_, self.needles) for part, all_ in by_name.items()}

    @property
    def intents(self) -> Path:
        """The ledger of erasures, outside of the data."""
        return self.mall.root.with_name(f"{self.mall.root.name}-intents")

    def disk(self) -> list[Path]:
        """Everything the mall has on the disk, but the outside world's."""
        world = {self.mall.root / "sandbox" / name for name in THIRD}
        return [
            path
            for path in canaries.files_below([self.mall.root, self.intents, self.mall.output])
            if not any(path.is_relative_to(one) for one in world)
        ]


class Buyer(Shopper):
    """A guest whose every value is a canary."""

    case: Case

    def filled(self, page: str, attempt: str) -> dict[str, str] | None:
        """The form with canaries."""
        form = super().filled(page, attempt)
        if form is None:
            return None
        case, one = self.case, f"{self.case.word}{self.name}"
        changed = {
            "payer_name": case.hangul,
            "payer_phone": case.phone,
            "payer_email": f"{one}@mail.example",
            "recipient_name": case.hangul,
            "recipient_phone": case.phone,
            "recipient_address": f"서울 종로구 {case.hangul}길 77, {one}",
            "lookup_secret": f"secret {one}",
        }
        case.values += changed.values()
        return {**form, **changed}


@pytest.fixture
def case() -> Iterator[Case]:
    """A mall with its demo goods, open."""
    running = new_mall()
    try:
        yield Case(running.start())
    finally:
        end(running)


def test_what_was_destroyed_is_gone_from_everything_that_was_copied(case: Case) -> None:
    planted = case.plant()
    kept = case.inside(
        "plant", count=1, word="w" + case.word[1:], hangul="새벽노을", phone="010-8080-1212"
    )
    survivors = {one for subjects in kept["planted"].values() for one in subjects}
    survivors |= {subject for subject, _ in kept["members"]}
    the_mall_works(case)

    place = case.mall.root.parent / "copies"
    taken, files, size = copies.distinct(
        [*copies.take(case.mall, place / "before", disk=FULL), *case.disk()]
    )
    before, evidence = case.attack(taken, case.values)
    remembered = {"while held": case.memory()}
    erased = case.inside("erase", members=planted["members"], kept=sorted(survivors))["erased"]
    of_erased = {tuple(one) for one in erased}
    opened = {tuple(one) for one in before["opened"]}
    held = {subject for subjects in planted["planted"].values() for subject in subjects}
    assert held <= {subject for subject, _ in opened & of_erased}, "the attack succeeds before"
    in_database = [path for path in taken if path.is_relative_to(place)]
    there = copies.with_bytes(in_database, before["digests"])
    assert there, "index values are found and told before"
    remembered["after erasing"] = case.memory()

    case.mall.run("epoch", "close", "--now", "--data", str(case.mall.root))
    later, more_files, more_size = copies.distinct(
        [place, *copies.take(case.mall, place / "after", disk=FULL), *case.disk()]
    )
    plain_after = canaries.search(case.needles, later)
    after, evidence_after = case.attack(later, case.values)
    assert plain_after.hits == []
    assert {tuple(one) for one in after["opened"]} & of_erased == set()
    assert {subject for subject, _ in after["opened"]} >= survivors - {
        s for s, _ in planted["members"]
    }
    assert set(after["keks"]).isdisjoint(before["keks"])
    assert set(after["indices"]).isdisjoint(before["indices"])
    assert copies.with_bytes(later, after["digests"]) == [], (
        "no backup proves that somebody was here"
    )
    assert copies.with_bytes(later, [*before["deks"], *before["keks"], *before["indices"]]) == []
    assert {one[:2] for one in evidence_after.keys} >= of_erased & {
        one[:2] for one in evidence.keys
    }

    if FULL:
        remembered["after the close"] = case.memory()
    recycle(case.mall)
    remembered["after recycling"] = case.memory()
    assert remembered["after recycling"] == {"web": 0, "jobs": 0, "database": 0}
    the_search_can_find(case, place)
    third = outside(case)
    report(
        f"{len(case.values)} canaries of {len(planted['planted'])} record kinds,"
        f" {len(of_erased)} records erased, {len(survivors)} persons kept",
        f"plain text: {plain_after.patterns} patterns in {more_files} files, {more_size / 1e6:.0f} MB"
        f" (before: {files} files, {size / 1e6:.0f} MB): {len(plain_after.hits)} hits",
        f"wrapped keys found: {len(evidence.keys)} before, {len(evidence_after.keys)} after",
        f"before: {before['tried']} attempts with {len(before['keks'])} keys opened"
        f" {len(opened & of_erased)} of {len(of_erased)} erased records; {len(there)} places tell an index value",
        f"after: {after['tried']} attempts with {len(after['keks'])} keys opened 0 of them",
        *(f"canaries in memory {when}: {what}" for when, what in remembered.items()),
        f"third parties that were told (the outside world keeps what it was given): {third}",
    )


def the_mall_works(case: Case) -> None:
    """Guests buy, letters leave, a clerk hands over, parcels arrive."""
    variants = stocked(case.mall, 2)
    clerk = Clerk(case.mall).log_in()
    for number in range(ORDERS):
        buyer = Buyer(case.mall.origin, "bcdfghjkmn"[number // 10] + "bcdfghjkmn"[number % 10])
        buyer.case = case
        with buyer.browser:
            assert buyer.buy(variants[number % 2])
    with closing(clerk.browser):
        settle(case.mall, clerk)


def recycle(mall: RunningMall) -> None:
    """End each web and jobs worker; the mall starts others in their place."""
    for name, process in mall.processes().items():
        if name.startswith(WORKERS):
            process.kill()
    wait_until(lambda: _answers(mall), 60)


def _answers(mall: RunningMall) -> bool:
    import httpx

    try:
        answered = httpx.get(f"{mall.origin}/", timeout=5).is_success
    except httpx.TransportError:
        return False
    return answered and any(name.startswith("worker") for name in mall.processes())


def the_search_can_find(case: Case, place: Path) -> None:
    """A value that lies in a log is found in any of its forms, so that none found means something."""
    for form, pattern in canaries.forms(case.word).items():
        (place / "planted.log").write_bytes(b"error: " + pattern)
        assert canaries.search([case.word], [place / "planted.log"]).hits, form
    shutil.rmtree(place)


def outside(case: Case) -> dict[str, int]:
    """Files of the outside world that hold a canary: a courier and a mailbox were told for their work."""
    return {
        name: len(
            {
                hit.where
                for hit in canaries.search(case.needles, [case.mall.root / "sandbox" / name]).hits
            }
        )
        for name in THIRD
    }


def report(*lines: str) -> None:
    """The figures of the proof, for whoever runs it with ``-s``."""
    print("", *lines, sep="\n  ")
