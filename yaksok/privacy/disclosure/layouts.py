"""How a file for a courier is laid out: columns as data, and the three items of a label in them."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from types import MappingProxyType

import msgspec
from django.conf import settings

from yaksok.kernel.shapes import work_out
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.masks import HIDDEN
from yaksok.privacy.disclosure.label import Label
from yaksok.privacy.disclosure.spreadsheet import written

FOLDER = "layouts"
"""Below the data directory; each ``.toml`` in it adds layouts of the operator's own."""

JSON = "json"
"""The layout that is no table: what goes by wire, as one list."""


class Holds(StrEnum):
    """What a column may hold. Of the recipient the three items of a label, and nothing else (P4.12)."""

    ADDRESS = "address"
    """With the postcode in front when no other column holds that."""
    COMPANY = "company"
    COMPANY_ADDRESS = "company_address"
    COMPANY_PHONE = "company_phone"
    NAME = "name"
    PARCEL = "parcel"
    """The opaque number. It comes back beside the courier's own."""
    PHONE = "phone"
    POSTCODE = "postcode"


NEEDED = frozenset({Holds.ADDRESS, Holds.NAME, Holds.PARCEL, Holds.PHONE})
"""A layout without one of them delivers nothing."""


class LayoutError(ValueError):
    """A layout cannot be used. Says in which file, and why; what it would hold is not known here."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column: its title, and what stands in each row. Neither word: it stays empty."""

    title: str
    holds: Holds | None = None
    says: str = ""


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One courier's columns. ``tracking`` is the title under which its own number comes back."""

    name: Text
    columns: tuple[Column, ...]
    tracking: str = "운송장번호"

    @property
    def titles(self) -> tuple[str, ...]:
        """The first row."""
        return tuple(column.title for column in self.columns)

    @property
    def parcel(self) -> str:
        """The title of the column with the parcel's number."""
        return next(one.title for one in self.columns if one.holds is Holds.PARCEL)


@dataclass(frozen=True, slots=True, repr=False)
class Consigned:
    """One parcel on its way into a file. Says nothing when it is printed."""

    parcel: str
    label: Label
    postcode: str

    def __repr__(self) -> str:
        return f"Consigned({HIDDEN})"


def layouts() -> Mapping[str, Layout]:
    """Every layout by its key: the packaged ones, then the operator's own, which may replace them.

    Raises:
        LayoutError: a file in the operator's folder cannot be used; then none is offered, so that a
            mistake is seen before anything leaves.
    """
    packaged = resources.files("yaksok.privacy.disclosure").joinpath("layouts.toml")
    found = parsed(packaged.read_text("utf-8"), "layouts.toml")
    folder = Path(settings.YAKSOK_DATA.root) / FOLDER
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            found |= parsed(path.read_text("utf-8"), path.name)
        except (OSError, UnicodeDecodeError):
            msg = f"{path.name} cannot be read as a layout"
            raise LayoutError(msg) from None
    return MappingProxyType(found)


def file_of(layout: Layout | None, consigned: Iterable[Consigned]) -> bytes:
    """The file in memory: a workbook in the columns of ``layout``, or JSON without one.

    Every cell is text, whatever it begins with.
    """
    if layout is None:
        return json.dumps(
            [{"parcel": one.parcel, **_fields(one.label)} for one in consigned],
            ensure_ascii=False,
            indent=1,
        ).encode()
    mall = _mall()
    split = any(column.holds is Holds.POSTCODE for column in layout.columns)
    rows = [_row(layout, one, mall, split=split) for one in consigned]
    return written([layout.titles, *rows])


def _fields(label: Label) -> dict[str, str]:
    return {"name": label.name, "address": label.address, "phone": label.phone}


def _row(
    layout: Layout, one: Consigned, mall: Mapping[Holds, str], *, split: bool
) -> tuple[str, ...]:
    address = one.label.address
    values = {
        **mall,
        Holds.NAME: one.label.name,
        Holds.PHONE: one.label.phone,
        Holds.ADDRESS: address.removeprefix(f"({one.postcode}) ") if split else address,
        Holds.POSTCODE: one.postcode,
        Holds.PARCEL: one.parcel,
    }
    return tuple(values[c.holds] if c.holds is not None else c.says for c in layout.columns)


def _mall() -> Mapping[Holds, str]:
    mall = policy().document.body.mall
    return {
        Holds.COMPANY: mall.company.ko,
        Holds.COMPANY_ADDRESS: mall.address.ko,
        Holds.COMPANY_PHONE: mall.phone,
    }


work_out(Layout)


def parsed(source: str, file: str) -> dict[str, Layout]:
    """The layouts in the text of a file called ``file``.

    Raises:
        LayoutError: one holds what no layout may, or lacks what a parcel needs.
    """
    try:
        found = msgspec.convert(tomllib.loads(source), dict[str, Layout])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        msg = f"{file} cannot be read as a layout: {error}"
        raise LayoutError(msg) from None
    for key, layout in found.items():
        _must_deliver(layout, f"{file}: [{key}]")
        if key == JSON or not key.isascii() or not key.replace("_", "").isalnum():
            msg = f"{file}: a layout cannot be called [{key}]"
            raise LayoutError(msg)
    return found


def _must_deliver(layout: Layout, place: str) -> None:
    held = [column.holds for column in layout.columns if column.holds is not None]
    if missing := NEEDED - set(held):
        msg = f"{place} has no column that holds {', '.join(sorted(missing))}"
        raise LayoutError(msg)
    if held.count(Holds.PARCEL) > 1:
        msg = f"{place} has two columns that hold the parcel number"
        raise LayoutError(msg)
    if any(column.holds is not None and column.says for column in layout.columns):
        msg = f"{place} has a column that both holds something and says something"
        raise LayoutError(msg)
    if not all(column.title.strip() for column in layout.columns) or not layout.tracking.strip():
        msg = f"{place} has a column without a title"
        raise LayoutError(msg)
