"""Writes the documents of the other two profiles: ``make profiles``.

Each is the packaged document with some of its words and tables replaced. What they have in common
stands in one place, and what a mall publishes is still one whole document. A patch in ``tools/profiles``
is TOML:

- ``[[instead]]`` writes other words wherever those in ``of`` stand; they must stand somewhere.
- ``[gone] tables`` names tables that are left out, with all that is below them.
- Any other table stands in place of the packaged one with the same header, or beside its relatives.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yaksok.policy.document import parse
from yaksok.policy.in_force import named, packaged
from yaksok.policy.references import check
from yaksok.policy.vocabulary import Profile

PATCHES = Path(__file__).resolve().parent / "profiles"
MADE = (Profile.AS_WRITTEN, Profile.LAWFUL_EU)
_HEADER = re.compile(r"^\[\[?([\w.]+)\]\]?$", re.MULTILINE)
_GONE = "gone"
_INSTEAD = "instead"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is written: its header, the comment above it, and its own lines.

    ``header`` is "" for the keys before the first table. A table of an array has the header of its
    array.
    """

    header: str
    above: str
    text: str


def tables(text: str) -> Iterator[Table]:
    """The tables of ``text``, in order. A comment belongs to the table below it."""
    starts = [found.start() for found in _HEADER.finditer(text)]
    places = [_with_comment(text, start) for start in starts]
    head = text[: places[0] if places else len(text)]
    own = head.rstrip("\n")
    comment = re.match(r"(?:#[^\n]*\n)*\n*", own)
    above = comment[0] if comment else ""
    yield Table("", above, own[len(above) :])
    for number, place in enumerate(places):
        end = places[number + 1] if number + 1 < len(places) else len(text)
        header = _HEADER.search(text, starts[number])
        assert header is not None
        above = text[place : starts[number]]
        yield Table(header[1], above, text[starts[number] : end].rstrip("\n"))


def _with_comment(text: str, start: int) -> int:
    """Where the comment above the table at ``start`` begins; a blank line does not part them."""
    before = text[:start].rstrip("\n")
    lines = before.split("\n")
    while lines and lines[-1].startswith("#"):
        lines.pop()
    kept = "\n".join(lines)
    return len(kept) + 1 if len(kept) < len(before) else start


def patched(base: str, patch: str) -> str:
    """``base`` with the tables of ``patch``.

    Raises:
        ValueError: the patch changes words or leaves out a table that the base does not have.
    """
    orders = tomllib.loads(patch)
    gone = orders.get(_GONE, {}).get("tables", ())
    changes: dict[str, list[Table]] = {}
    for table in tables(patch):
        if table.header not in {"", _GONE, _INSTEAD}:
            changes.setdefault(table.header, []).append(table)
    for order in orders.get(_INSTEAD, ()):
        base = _instead(base, order["of"], order["write"])
    written = list(tables(base))
    for name in gone:
        if not any(_below(table.header, name) for table in written):
            msg = f"the packaged document has no table {name} to leave out"
            raise ValueError(msg)
    kept = [table for table in written if not any(_below(table.header, name) for name in gone)]
    for header, replacing in changes.items():
        kept = _put(kept, header, replacing)
    return "\n\n".join(f"{table.above}{table.text}" for table in kept) + "\n"


def _instead(text: str, of: str, write: str) -> str:
    if of not in text:
        msg = f"the packaged document does not say {of.strip()!r}"
        raise ValueError(msg)
    return text.replace(of, write)


def _below(header: str, name: str) -> bool:
    return header == name or header.startswith(f"{name}.")


def _put(kept: list[Table], header: str, replacing: list[Table]) -> list[Table]:
    """``kept`` with ``replacing`` where the tables ``header`` were, or after their nearest relative."""
    there = [place for place, table in enumerate(kept) if table.header == header]
    if there:
        first = replacing[0]
        above = first.above or kept[there[0]].above
        rest = [table for table in kept[there[0] :] if table.header != header]
        new = [Table(header, above, first.text), *replacing[1:]]
        return [*kept[: there[0]], *new, *rest]
    parts = header.split(".")
    for length in range(len(parts) - 1, 0, -1):
        family = ".".join(parts[:length])
        near = [place for place, table in enumerate(kept) if _below(table.header, family)]
        if near:
            return [*kept[: near[-1] + 1], *replacing, *kept[near[-1] + 1 :]]
    return [*kept, *replacing]


def made(profile: Profile) -> str:
    """The document of ``profile``, as the packaged one and its patch make it."""
    patch = (PATCHES / f"{profile}.toml").read_text("utf-8")
    return patched(packaged().read_text("utf-8"), patch)


def main() -> int:
    """Write both documents, each only if it holds together."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    for profile in MADE:
        text = made(profile)
        check(parse(text, f"{profile}.toml"))
        named(profile.value).write_text(text, "utf-8")
        print(f"{profile}: {len(text.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
