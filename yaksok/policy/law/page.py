"""Read ``page.toml``: what laws want on the policy page."""

import datetime
import tomllib
from functools import cache
from importlib import resources

import msgspec

from yaksok.kernel.shapes import work_out
from yaksok.policy.entries import Text
from yaksok.policy.law.tables import Country, Mark
from yaksok.policy.vocabulary import Basis, Profile


class BasisWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A basis with its article, in the words of each law."""

    kr: Text
    eu: Text


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a law wants on the page, and the places where it stands."""

    law: Country
    title: Text
    article: Text
    anchors: tuple[str, ...]
    effective: datetime.date
    mark: Mark


class Right(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A right of the person. ``deadline`` names the row of the law table that limits the answer."""

    law: Country
    key: str
    title: Text
    text: Text
    article: Text
    deadline: str | None = None


class PageTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All tables for the page."""

    bases: dict[Basis, BasisWords]
    contents: tuple[Content, ...]
    rights: tuple[Right, ...]


work_out(PageTables)


@cache
def page_tables() -> PageTables:
    """The tables of ``page.toml``."""
    source = resources.files("yaksok.policy.law").joinpath("page.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(source), PageTables)


def basis_words(basis: Basis, profile: Profile) -> Text:
    """By what right, with the article of the law that ``profile`` is held against."""
    words = page_tables().bases[basis]
    return words.eu if profile is Profile.LAWFUL_EU else words.kr


def contents(profile: Profile, country: str) -> tuple[Content, ...]:
    """What the page must say in ``profile``, for a mall whose seat is in ``country``."""
    european = profile is Profile.LAWFUL_EU
    wanted = ({"eu"} if european else set()) | (
        {"kr"} if country == "KR" or not european else set()
    )
    return tuple(row for row in page_tables().contents if row.law in wanted)


def rights(law: Country) -> tuple[Right, ...]:
    """The rights that ``law`` gives."""
    return tuple(row for row in page_tables().rights if row.law == law)
