"""Every version of the policy and the terms that was ever published, as it was published.

Anybody may read them. Nothing here is about a person, so it runs as the role of the storefront.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from yaksok.database.roles import shop
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.policy.pages.plain import plain
from yaksok.policy.pages.shapes import AnyPage, Page
from yaksok.policy.pages.stored import from_json
from yaksok.policy.pages.whole import Which
from yaksok.policy.vocabulary import Language
from yaksok.policy.wording_diff import Change, Summary, diff, summary
from yaksok.privacy.published import register

State = Literal["in_force", "upcoming", "past"]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version. ``before`` is the number of the one before it, None for the first."""

    number: int
    version: str
    announced_at: datetime
    effective_at: datetime
    state: State
    before: int | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What a version changed on the policy page: the operator's own words, and figures."""

    words: str
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one page, paragraph by paragraph."""

    earlier: VersionRow
    later: VersionRow
    changes: tuple[Change, ...]
    summary: Summary


def versions() -> tuple[VersionRow, ...]:
    """Every version, newest first; empty in a mall that has not published its first one yet."""
    with shop():
        found = register.versions()
        current = register.number_in_force()
    now = clock.now()
    return tuple(
        VersionRow(
            one.number,
            one.version,
            one.announced_at,
            one.effective_at,
            _state(one, current, now),
            earlier.number if earlier else None,
        )
        for one, earlier in zip(found, (*found[1:], None), strict=False)
    )


def changed(rows: Sequence[VersionRow], language: Language) -> tuple[Changed, ...]:
    """What each of ``rows`` changed against the one before it."""
    return tuple(_changed(row, language) for row in rows)


def row(number: int) -> VersionRow:
    """The version ``number``. Raises NotFound."""
    found = [one for one in versions() if one.number == number]
    if not found:
        raise NotFound
    return found[0]


def shown(number: int, language: Language, which: Which) -> str:
    """The page ``which`` of version ``number``, as JSON, byte for byte as it was published.

    Raises:
        NotFound: there is no such version, or it has no such page.
    """
    with shop():
        found = register.page(number, which, language)
    if found is None:
        raise NotFound
    return found


def page(number: int, language: Language, which: Which) -> AnyPage:
    """The same page as values for a template. Raises NotFound."""
    return from_json(shown(number, language, which))


def compare(earlier: int, later: int, language: Language, which: Which) -> Comparison:
    """What became of each paragraph of ``which`` between two versions. Raises NotFound."""
    changes = _compared(shown(earlier, language, which), shown(later, language, which))
    return Comparison(row(earlier), row(later), changes, summary(changes))


def _state(one: register.Version, current: int, now: datetime) -> State:
    if one.number == current:
        return "in_force"
    return "upcoming" if one.effective_at > now else "past"


def _changed(one: VersionRow, language: Language) -> Changed:
    text = shown(one.number, language, "policy")
    told = from_json(text)
    words = told.changes if isinstance(told, Page) else ""
    if one.before is None:
        return Changed(words, None)
    return Changed(words, summary(_compared(shown(one.before, language, "policy"), text)))


@lru_cache(maxsize=32)
def _compared(earlier: str, later: str) -> tuple[Change, ...]:
    return diff(plain(from_json(earlier)), plain(from_json(later)))
