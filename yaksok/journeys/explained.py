"""What the mall holds about persons, as plain values: the shape of the answer to ``explain``."""

import datetime
from dataclasses import dataclass

from yaksok.kernel.actor import Role
from yaksok.kernel.holdings import About, Nature
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import (
    Action,
    Basis,
    EndEvent,
    FormName,
    Held,
    Item,
    Profile,
    Purpose,
    RecordKind,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, whose that is, and how it dies.

    ``whose`` names the column that leads to the person, None where there is nobody. ``kept`` and
    ``until`` are None when it goes with the person. ``carries`` are items it holds in any form,
    ``membership.email``.
    """

    name: str
    nature: Nature
    whose: str | None
    kept: Text | None
    until: Text | None
    carries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the database.

    ``about`` is empty and ``why`` says the reason when it holds nothing about anybody. ``ended_by``
    is ``gate``, ``rows`` or ``own`` (:mod:`yaksok.kernel.holdings`).
    """

    schema: str
    name: str
    app: str
    label: Text
    about: tuple[About, ...]
    subject: str | None
    ended_by: str | None
    promises: tuple[str, ...]
    why: Text | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Who may do one thing with one item, and why.

    ``own``: only with their own. ``ward``: only with that of the child they are guardian of.
    ``trained``: only with a training record that is current. ``consents`` are those without which
    the person's data is not touched; empty when none is needed. ``promise`` permits it.
    """

    role: Role
    action: Action
    purpose: Purpose
    recipient: str | None
    own: bool
    ward: bool
    trained: bool
    consents: tuple[str, ...]
    promise: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a person is asked for an item.

    ``box``: they tick a box that stands for it. ``per_product``: only some goods ask, each in its
    own words.
    """

    form: FormName
    field: str
    box: bool
    per_product: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """What a law has the mall keep after the record has gone."""

    law: str
    title: Text
    period: str
    words: Text


@dataclass(frozen=True, slots=True)
class ItemHeld:
    """One item of one record kind.

    ``mask`` names the rule by which it is shown hidden. ``findable``: the blind index finds the
    record by it, and dies with its epoch. ``places`` are the columns that carry it,
    ``vault.vault_record.sealed``. ``promises`` permit its uses or tell how it is held.
    """

    kind: RecordKind
    item: Item
    label: Text
    reason: Text
    required: bool
    held: Held
    consent: str | None
    statute: str | None
    basis: Basis
    purposes: tuple[Purpose, ...]
    asked: tuple[Asked, ...]
    uses: tuple[Use, ...]
    mask: str
    findable: bool
    places: tuple[str, ...]
    copies: tuple[Copy, ...]
    promises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a record ends for those who have not agreed to ``point``, which made it live longer."""

    point: str
    event: EndEvent
    period: str


@dataclass(frozen=True, slots=True)
class End:
    """When a record is destroyed: ``period`` (``P3M``, ``words`` for people) after ``event``."""

    event: EndEvent
    period: str
    words: Text
    reason: Text
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One record kind. ``adults_only``: nothing of a child is ever sealed in it."""

    kind: RecordKind
    label: Text
    about: tuple[About, ...]
    basis: Basis
    purposes: tuple[Purpose, ...]
    consent: str | None
    adults_only: bool
    end: End
    items: tuple[ItemHeld, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that the mall holds about persons under one version of its policy."""

    version: str
    effective: datetime.date
    profile: Profile
    hash: str
    tables: tuple[Table, ...]
    records: tuple[Record, ...]

    @property
    def items(self) -> tuple[ItemHeld, ...]:
        """Every item of every record kind."""
        return tuple(item for record in self.records for item in record.items)
