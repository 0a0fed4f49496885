"""The dated tables of ``kr.toml`` and ``eu.toml``, and what they say on a given day.

A row holds from ``effective`` until the day before ``ended``. When a law changes a figure, the old
row gets its ``ended`` and a new row ``replaces`` it: whoever asks for the old name on a later day
is given the new row.
"""

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, TypeVar

import msgspec

from yaksok.kernel import clock
from yaksok.kernel.shapes import work_out
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language

Mark = Literal["T", "W", "M"]
"""How far a figure was checked: statute text, press or vendor page, memory."""

Country = Literal["kr", "eu"]
"""Whose law: Korea's, or that of the European Union and its member states."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every row has: since when it holds, until when, and how far it was checked."""

    effective: datetime.date
    mark: Mark
    ended: datetime.date | None = None
    replaces: str | None = None

    def holds(self, at: datetime.date) -> bool:
        """Whether the row is law on the day ``at``."""
        return self.effective <= at and (self.ended is None or at < self.ended)


class LawRow(Row, frozen=True, kw_only=True):
    """A period that a law sets. ``state`` is the country whose law it is, two letters.

    ``year_end``: the period counts from the end of the year in which the trade was made.
    """

    period: str
    title: Text
    article: str
    state: str = "KR"
    year_end: bool = False


class Figure(Row, frozen=True, kw_only=True):
    """A number that a law or a regulator sets, in ``unit``."""

    value: int
    unit: Literal["hours", "days", "months", "years", "persons", "won", "percent"]
    title: Text
    article: str


class Window(Row, frozen=True, kw_only=True):
    """Hours of the day, ``start`` to ``until``, local time."""

    start: str
    until: str
    title: Text
    article: str


class RemedyBody(Row, frozen=True, kw_only=True):
    """An office outside the mall that a dissatisfied person can turn to (P11.4).

    ``successor`` names the row of the office that took over from one that has ended.
    """

    name: Text
    phone: str
    url: str
    successor: str | None = None

    def called(self, language: Language) -> str:
        """Its name; of an office that is gone, with the year in which it went."""
        name = self.name.in_(language)
        if self.ended is None:
            return name
        gone = Text(ko=f"{self.ended.year}년에 없어짐", en=f"closed in {self.ended.year}")
        return f"{name} ({gone.in_(language)})"


class Ground(Row, frozen=True, kw_only=True):
    """A reason for which the law lets a request be refused, and which ``kinds`` of request.

    There is no other reason. ``title`` names it to staff, ``text`` tells it to the person.
    """

    kinds: tuple[str, ...]
    title: Text
    text: Text
    article: str


class Extension(Row, frozen=True, kw_only=True):
    """By how much, and how often, the deadline of the same name can be put off."""

    period: str
    times: int
    title: Text
    article: str


class Method(Row, frozen=True, kw_only=True):
    """A lawful way to make sure that a guardian agreed."""

    title: Text
    article: str


class Outdated(Row, frozen=True, kw_only=True):
    """Words that speak of a law, an office or a technique that is gone, and what to say today."""

    words: tuple[str, ...]
    today: Text


class DeadSite(Row, frozen=True, kw_only=True):
    """A site that no longer answers for what it once was, and what to name instead."""

    host: str
    today: Text


class Age(Row, frozen=True, kw_only=True):
    """From which age a person consents alone, in one member state (GDPR, Art. 8(1))."""

    years: int


class Adequate(Row, frozen=True, kw_only=True):
    """A country to which data may go as within the Union (GDPR, Art. 45)."""


class Change(Row, frozen=True, kw_only=True):
    """A change of law that was made or is in the making.

    ``bearing`` says what it means for a mall. ``pending``: no day is known yet, and ``effective``
    is the earliest day on which it is looked at again.
    """

    title: Text
    article: str
    bearing: Text
    pending: bool = False


class LawTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All tables of Korea."""

    retention: dict[str, LawRow] = {}
    deadline: dict[str, LawRow] = {}
    ground: dict[str, Ground] = {}
    extension: dict[str, Extension] = {}
    notice: dict[str, LawRow] = {}
    upkeep: dict[str, LawRow] = {}
    withdrawal: dict[str, LawRow] = {}
    marketing: dict[str, LawRow] = {}
    figure: dict[str, Figure] = {}
    window: dict[str, Window] = {}
    remedy: dict[str, RemedyBody] = {}
    guardian: dict[str, Method] = {}
    outdated: dict[str, Outdated] = {}
    dead: dict[str, DeadSite] = {}
    age: dict[str, Age] = {}
    adequate: dict[str, Adequate] = {}
    change: dict[str, Change] = {}


work_out(LawTables)

R = TypeVar("R", bound=Row)


@cache
def tables(country: Country = "kr") -> LawTables:
    """The tables of ``country``."""
    name = f"{country}.toml"
    source = resources.files("yaksok.policy.law").joinpath(name).read_text("utf-8")
    return msgspec.convert(tomllib.loads(source), LawTables)


def rows(country: Country) -> dict[str, Row]:
    """Every row of every table of ``country``, by ``table.name``."""
    every = tables(country)
    return {
        f"{table}.{name}": row
        for table in every.__struct_fields__
        for name, row in getattr(every, table).items()
    }


def in_force(table: Mapping[str, R], at: datetime.date) -> dict[str, R]:
    """The rows of ``table`` that are law on the day ``at``."""
    return {name: row for name, row in table.items() if row.holds(at)}


def row_of(table: Mapping[str, R], name: str, at: datetime.date) -> R:
    """The row called ``name`` as it is on the day ``at``, or the one that replaced it by then.

    Before its first day a row is given all the same: a deadline that is not yet law is still the
    one to plan with.
    """
    row = table[name]
    for other in table.values():
        if other.replaces == name and other.effective <= at and other.effective >= row.effective:
            row = other
    return row


def today() -> datetime.date:
    """The day it is in Seoul, by which laws are looked up when nobody names another."""
    return clock.now().astimezone(clock.SEOUL).date()


def law(name: str) -> LawRow:
    """The retention row called ``name``, of whichever country."""
    return retention_laws()[name]


@cache
def retention_laws() -> Mapping[str, LawRow]:
    """Every retention row by name. A document may name any of them."""
    return MappingProxyType(tables("kr").retention | tables("eu").retention)


def deadline(name: str, at: datetime.date, country: Country = "kr") -> LawRow:
    """How soon a request called ``name`` must be answered, as the law is on the day ``at``."""
    return row_of(tables(country).deadline, name, at)


def grounds(kind: str, at: datetime.date, country: Country = "kr") -> dict[str, Ground]:
    """The reasons for which a request of ``kind`` can be refused, as the law is on the day ``at``."""
    every = in_force(tables(country).ground, at)
    return {name: one for name, one in every.items() if kind in one.kinds}


def extension(name: str, at: datetime.date, country: Country = "kr") -> Extension | None:
    """How the deadline called ``name`` can be put off; None when it cannot."""
    return in_force(tables(country).extension, at).get(name)


def figure(name: str, at: datetime.date, country: Country = "kr") -> Figure:
    """The number called ``name``, as the law is on the day ``at``."""
    return row_of(tables(country).figure, name, at)


def notice_lead(at: datetime.date, *, adverse: bool, country: Country = "kr") -> LawRow:
    """How long before it takes effect a change is announced; longer when ``adverse`` to people."""
    return row_of(tables(country).notice, "adverse_change" if adverse else "change", at)


def guardian_methods(at: datetime.date) -> Mapping[str, Method]:
    """The lawful ways, on the day ``at``, to make sure that a guardian agreed."""
    return in_force(tables().guardian, at)


def age_of_consent(state: str, at: datetime.date) -> int | None:
    """From which age a person consents alone in the member state ``state``; None if unknown."""
    row = tables("eu").age.get(state)
    return None if row is None else row_of(tables("eu").age, state, at).years


def remedy_names() -> frozenset[str]:
    """What a document may call those offices; those that have ended are for the linter to find."""
    return frozenset(tables().remedy)
