"""A walk through the vault: thousands of steps beside a model that fits on a page.

Seal, amend, open, find, erase, close; power cuts at any statement; processes that begin anew; backups
brought back, with and without today's keys. ``make proof`` walks ten thousand steps, ``make test``
some hundred. The seed is printed: ``YAKSOK_SEED=… pytest`` walks the same way again.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import dice
from tests.domains.test_vault_gate import told
from yaksok.database.roles import keeper
from yaksok.database.router import OWNER_ALIAS
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused, Shredded, Tampered
from yaksok.kernel.ids import RecordId, SubjectId, new_subject_id
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import closing, epochs, gate, reading, store

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.timeout(3_600),
]

WALKS, STEPS = (300, 40) if dice.FULL else (14, 36)
"""More than ten thousand steps in a proof."""

MOST_PEOPLE = 8
GONE = (Shredded, NotFound, Refused, Tampered)

WORDS = st.text(max_size=40)
PICK = st.integers(0, 2**32)


class PowerCutError(Exception):
    """The machine stops here."""


@dataclass
class Held:
    """What the model knows of one record. ``key`` counts how often it was sealed anew."""

    subject: SubjectId
    record: RecordId
    kind: RecordKind
    items: dict[Item, str]
    key: int = 0


@dataclass(frozen=True)
class Backup:
    """One record's rows as they were, by count of its keys."""

    held: Held
    key: int
    items: dict[Item, str]
    key_row: tuple[Any, ...]
    record_row: tuple[Any, ...]


@dataclass
class Steps:
    """How much was walked; for the figures that are printed."""

    done: int = 0
    cuts: int = 0
    closes: int = 0
    brought_back: int = 0
    refused: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**9)))


STEPS_WALKED = Steps()

Act = Callable[[], Callable[[], None]]
"""Does something to the vault, and returns what it does to the model once it is on disk."""


@contextmanager
def power_cut(after: int, *, line: bool) -> Iterator[None]:
    """Stop at the statement after ``after`` more; with ``line``, the connection is torn as well."""
    left = after

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        nonlocal left
        left -= 1
        if left < 0:
            if line:
                context["connection"].connection.close()
            raise PowerCutError
        return run(sql, params, many, context)

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(execute))
        yield


class Walk(RuleBasedStateMachine):
    """The vault beside its model."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Held] = []
        self.erased: list[Held] = []
        self.backups: list[Backup] = []
        self.former: list[str] = []

    def pick(self, number: int, kind: RecordKind | None = None) -> Held | None:
        """One record of those that are held."""
        some = [one for one in self.held if kind is None or one.kind is kind]
        return some[number % len(some)] if some else None

    # What can be done. Each returns what it does to the model.

    def joins(self, words: str) -> Act:
        number = next(STEPS_WALKED.numbers)
        items = {
            Item.LOGIN_ID: f"walker{number}",
            Item.EMAIL: f"w{number}@mail.example",
            Item.PHONE: words,
        }

        def act() -> Callable[[], None]:
            subject = new_subject_id()
            with keeper():
                record = gate.seal(
                    subject,
                    RecordKind.MEMBERSHIP,
                    items,
                    purpose=Purpose.MEMBER_SERVICE,
                    actor=Actor.visitor(),
                    receipt=told(subject),
                )
            return lambda: self.held.append(
                Held(subject, record, RecordKind.MEMBERSHIP, normal(items))
            )

        return act

    def saves_an_address(self, owner: Held, words: str) -> Act:
        items = {Item.NAME: words, Item.ADDRESS: words[::-1]}

        def act() -> Callable[[], None]:
            subject = owner.subject
            with keeper():
                record = gate.seal(
                    subject,
                    RecordKind.ADDRESS_BOOK,
                    items,
                    purpose=Purpose.ORDER,
                    actor=Actor.member(subject),
                    receipt=told(subject),
                )
            return lambda: self.held.append(
                Held(subject, record, RecordKind.ADDRESS_BOOK, normal(items))
            )

        return act

    def amends(self, one: Held, words: str, *, away: bool) -> Act:
        membership = one.kind is RecordKind.MEMBERSHIP
        changed: dict[Item, str] = {}
        if membership and not away:
            changed = {Item.EMAIL: f"w{next(STEPS_WALKED.numbers)}@mail.example"}
        elif not away:
            changed = {Item.NAME: words}
        without = [Item.PHONE if membership else Item.ADDRESS] if away else []

        def act() -> Callable[[], None]:
            with keeper():
                gate.amend(
                    one.subject,
                    one.kind,
                    changed,
                    purpose=Purpose.RIGHTS,
                    actor=Actor.member(one.subject),
                    record=one.record,
                    without=without,
                )

            def then() -> None:
                if Item.EMAIL in changed:
                    self.former.append(one.items[Item.EMAIL])
                one.items = {k: v for k, v in one.items.items() if k not in without}
                one.items |= normal(changed)
                one.key += 1

            return then

        return act

    def erases(self, one: Held, *, all_of_them: bool) -> Act:
        chosen = [
            other
            for other in self.held
            if other.subject == one.subject and (all_of_them or other is one)
        ]

        def act() -> Callable[[], None]:
            with keeper():
                gone = gate.erase(
                    one.subject,
                    actor=Actor.member(one.subject),
                    purpose=Purpose.RIGHTS,
                    reason="left",
                    only=None if all_of_them else [one.record],
                )
            assert set(gone.records) == {other.record for other in chosen}

            def then() -> None:
                for other in chosen:
                    self.held.remove(other)
                    self.erased.append(other)
                    self.former += [other.items[i] for i in [Item.EMAIL] if i in other.items]

            return then

        return act

    def closing(self) -> Act:
        def act() -> Callable[[], None]:
            before = open_epochs()
            closing.close()
            after = open_epochs()
            assert len(after) <= 1
            assert not before or after[0] > min(before)

            def then() -> None:
                STEPS_WALKED.closes += 1

            return then

        return act

    def some_act(self, what: str, number: int, words: str, *, flag: bool) -> Act | None:
        one = self.pick(number)
        if what == "close":
            return self.closing()
        if what == "join":
            return self.joins(words) if len(self.held) < MOST_PEOPLE else None
        if one is None:
            return None
        if what == "save":
            member = self.pick(number, RecordKind.MEMBERSHIP)
            return self.saves_an_address(member, words) if member else None
        if what == "amend":
            return self.amends(one, words, away=flag)
        return self.erases(one, all_of_them=flag)

    def backs_up(self, one: Held) -> None:
        """Remember the rows of a record as they are now."""
        rows = []
        with keeper(), connection.cursor() as cursor:
            for table, columns in (
                ("vault_record_key", store.KEY_COLUMNS),
                ("vault_record", store.RECORD_COLUMNS),
            ):
                cursor.execute(
                    f"SELECT {', '.join(columns)} FROM {table} WHERE record_id = %s", [one.record]
                )
                rows.append(cursor.fetchone())
        self.backups.append(Backup(one, one.key, dict(one.items), *rows))

    # The steps.

    @rule(
        what=st.sampled_from(["join", "join", "save", "amend", "amend", "erase"]),
        number=PICK,
        words=WORDS,
        flag=st.booleans(),
    )
    def does(self, what: str, number: int, words: str, flag: bool) -> None:  # noqa: FBT001 - drawn
        act = self.some_act(what, number, words, flag=flag)
        if act:
            act()()

    @rule(
        what=st.sampled_from(["join", "save", "amend", "erase", "close"]),
        number=PICK,
        words=WORDS,
        flag=st.booleans(),
        after=st.integers(0, 14),
        line=st.booleans(),
    )
    def does_until_a_power_cut(
        self,
        what: str,
        number: int,
        words: str,
        flag: bool,  # noqa: FBT001 - drawn
        after: int,
        line: bool,  # noqa: FBT001 - drawn
    ) -> None:
        act = self.some_act(what, number, words, flag=flag)
        if act is None:
            return
        try:
            with power_cut(after, line=line):
                then = act()
        except PowerCutError:
            STEPS_WALKED.cuts += 1
            begins_anew()
            return
        then()

    @rule()
    def closes_an_epoch(self) -> None:
        self.closing()()()

    @rule()
    def a_process_begins_anew(self) -> None:
        begins_anew()

    @rule(number=PICK)
    def opens_and_backs_up(self, number: int) -> None:
        one = self.pick(number)
        if one is None:
            return
        with keeper():
            opened = gate.open_items(
                one.subject,
                list(one.items),
                kind=one.kind,
                purpose=Purpose.RIGHTS,
                actor=Actor.member(one.subject),
                record=one.record,
            )
        assert {item: value.reveal() for item, value in opened.items()} == one.items
        self.backs_up(one)

    @precondition(lambda self: self.erased)
    @rule(number=PICK)
    def opens_what_was_erased(self, number: int) -> None:
        one = self.erased[number % len(self.erased)]
        with pytest.raises((Shredded, Refused)), keeper():
            gate.open_items(
                one.subject,
                list(one.items),
                kind=one.kind,
                purpose=Purpose.RIGHTS,
                actor=Actor.member(one.subject),
                record=one.record,
            )

    @rule(number=PICK)
    def seeks(self, number: int) -> None:
        one = self.pick(number, RecordKind.MEMBERSHIP)
        if one:
            assert sought(one.items[Item.EMAIL]) == (one.subject, one.record)
        if self.former:
            assert sought(self.former[number % len(self.former)]) is None

    @precondition(lambda self: self.backups)
    @rule(number=PICK, keys_of_today=st.booleans())
    def brings_a_backup_back(self, number: int, keys_of_today: bool) -> None:  # noqa: FBT001 - drawn
        """With the keys of that day: nothing after a close. With today's: who lives, unchanged."""
        backup = self.backups[number % len(self.backups)]
        one = backup.held
        if keys_of_today:
            opens = one in self.held and one.key == backup.key
        else:
            opens = backup.key_row[store.KEY_COLUMNS.index("epoch")] in open_epochs()
        STEPS_WALKED.brought_back += 1
        begins_anew()  # the thief has a disk, and no memory of a process
        with keeper(), transaction.atomic():
            put_back("vault_record", store.RECORD_COLUMNS, backup.record_row)
            if not keys_of_today:
                put_back("vault_record_key", store.KEY_COLUMNS, backup.key_row)
            row = reading.newest(one.subject, one.kind, one.record)
            if opens:
                assert row is not None
                assert reading.content_of(row.record).items == backup.items
            else:
                STEPS_WALKED.refused += 1
                if row is not None:
                    with pytest.raises(GONE):
                        reading.content_of(row.record)
            transaction.set_rollback(True)

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        STEPS_WALKED.done += 1
        with keeper(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM vault_record), (SELECT count(*) FROM vault_record_key),"
                " (SELECT count(DISTINCT (kind, record_id)) FROM vault_blind_index)"
            )
            members = sum(one.kind is RecordKind.MEMBERSHIP for one in self.held)
            assert cursor.fetchone() == (len(self.held), len(self.held), 2 * members)

    def teardown(self) -> None:
        """At the end everybody's everything opens, and then everybody leaves."""
        for number in range(len(self.held)):
            self.opens_and_backs_up(number)
        while self.held:
            self.erases(self.held[0], all_of_them=True)()()
        closing.close()


def normal(items: dict[Item, str]) -> dict[Item, str]:
    from yaksok.privacy.vault import records

    return {Item(name): value for name, value in records.normal(items).items()}


def open_epochs() -> list[int]:
    """The epochs whose keys exist: one, or two after a close was cut short."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM vault_epoch WHERE closed_at IS NULL")
        return [number for (number,) in cursor.fetchall()]


def begins_anew() -> None:
    epochs.forget_keys()
    for alias in connections:
        connections[alias].close()


def sought(value: str) -> gate.Name | None:
    with keeper():
        return gate.find(
            RecordKind.MEMBERSHIP,
            Item.EMAIL,
            value,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )


def put_back(table: str, columns: tuple[str, ...], row: tuple[Any, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE record_id = %s", [row[1]])
        marks = ", ".join(["%s"] * len(columns))
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)


def test_the_vault_does_what_its_model_does() -> None:
    assert OWNER_ALIAS in connections
    seed = dice.seed(20261124)
    print(f"seed {seed}")
    machine = hypothesis.seed(seed)(Walk)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # a failing walk is walked again by its seed
            suppress_health_check=list(HealthCheck),
        ),
    )
    walked = STEPS_WALKED
    print(
        f"{walked.done} steps, {walked.closes} closes, {walked.cuts} power cuts, {walked.brought_back}"
        f" backups brought back, {walked.refused} of them refused"
    )
    assert walked.done >= (10_000 if dice.FULL else 300)
    assert min(walked.closes, walked.cuts, walked.refused) > 0
