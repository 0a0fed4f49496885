"""Read the dated tables of ``kr.toml``."""

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from yaksok.policy.entries import Text

Mark = Literal["T", "W", "M"]
"""How far a figure was checked: statute text, press or vendor page, memory."""


class LawRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A period that a law sets."""

    period: str
    title: Text
    article: str
    effective: datetime.date
    mark: Mark


class RemedyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An office outside the mall that a dissatisfied person can turn to (P11.4)."""

    name: Text
    phone: str
    url: str
    effective: datetime.date
    mark: Mark


class LawTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All tables of one country."""

    retention: dict[str, LawRow]
    deadline: dict[str, LawRow]
    remedy: dict[str, RemedyBody]


@cache
def tables() -> LawTables:
    """The tables of Korea."""
    source = resources.files("yaksok.policy.law").joinpath("kr.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(source), LawTables)


def law(name: str) -> LawRow:
    """The retention row called ``name``."""
    return tables().retention[name]


def retention_laws() -> Mapping[str, LawRow]:
    """Every retention row by name."""
    return tables().retention


def remedy_bodies() -> tuple[RemedyBody, ...]:
    """The offices that a dissatisfied person can turn to."""
    return tuple(tables().remedy.values())


def remedy_names() -> frozenset[str]:
    """What a document may call those offices."""
    return frozenset(tables().remedy)
