"""The samples of lint rules, laid over the packaged documents."""

import datetime
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from yaksok.policy.document import Document
from yaksok.policy.entries import Body
from yaksok.policy.in_force import packaged
from yaksok.policy.lints.finding import Finding, LintRule
from yaksok.policy.lints.run import lint
from yaksok.policy.vocabulary import Profile

TODAY = datetime.date(2026, 11, 24)
"""The day whose law counts in these tests."""


def place_of(profile: Profile) -> Path:
    """Where the packaged document of ``profile`` lies."""
    own = packaged().parent / "profiles" / f"{profile}.toml"
    return own if own.exists() else packaged()


@cache
def _source(profile: Profile) -> str:
    return place_of(profile).read_text("utf-8")


def laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """``below`` with the values of ``above``: tables are joined, anything else is replaced."""
    joined = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(joined.get(key), dict)
        joined[key] = laid_over(joined[key], value) if both else value
    return joined


def without(tables: dict[str, Any], dotted: str) -> dict[str, Any]:
    """``tables`` without the key ``dotted``, which must be there."""
    key, _, rest = dotted.partition(".")
    assert key in tables, f"the packaged document has no {dotted!r}"
    if rest:
        return {**tables, key: without(tables[key], rest)}
    return {name: value for name, value in tables.items() if name != key}


def changed(profile: Profile, change: str = "", absent: tuple[str, ...] = ()) -> Document:
    """The packaged document of ``profile``, keys taken out and ``change`` (TOML) laid over it."""
    source = _source(profile)
    tables = tomllib.loads(source)
    for dotted in absent:
        tables = without(tables, dotted)
    tables = laid_over(tables, tomllib.loads(change))
    body = msgspec.convert(tables, Body)
    return Document(body, "policy.toml", source, str(hash((source, change, absent))))


def findings(rule: LintRule, profile: Profile, *, bad: bool) -> tuple[Finding, ...]:
    """What all rules find in one sample of ``rule``."""
    sample = rule.sample
    change, absent = (sample.bad, sample.bad_without) if bad else (sample.good, sample.good_without)
    before = None if sample.before is None else changed(profile, sample.before)
    return lint(
        changed(profile, change, absent),
        profile,
        TODAY,
        before=before,
        registers=sample.bad_registers if bad else sample.good_registers,
    )
