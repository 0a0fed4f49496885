"""A TOML text in its tables, cut so that nothing is lost: joined again it is the same text.

A comment that stands above a table, with an empty line before it, belongs to that table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yaksok.policy.places import Path

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_STRINGS = ('"""', "'''", '"', "'")
_LONG = frozenset({'"""', "'''"})


@dataclass(frozen=True, slots=True)
class Block:
    """One table as it stands in the text.

    ``number`` counts from 0; block 0 is what stands before the first table, and may be empty.
    ``line`` is that of its first line in the whole text, from 1. ``place`` is the place in an array
    of tables (``[[forms.sign_up.boxes]]``), None for an ordinary table.
    """

    number: int
    header: str
    place: int | None
    line: int
    text: str

    @property
    def name(self) -> str:
        """How a person calls it: ``records.membership``, ``forms.sign_up.boxes[1]``."""
        return self.header if self.place is None else f"{self.header}[{self.place}]"

    @property
    def path(self) -> Path:
        """The way to its table."""
        steps: Path = tuple(step.strip().strip('"') for step in self.header.split(".") if step)
        return steps if self.place is None else (*steps, self.place)

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())


def split(source: str) -> tuple[Block, ...]:
    """``source`` in blocks. It need not be right; ``"".join`` of their texts is ``source``."""
    lines = source.splitlines(keepends=True)
    starts = [(0, "", False), *_headers(lines)]
    begins = [0, *(_with_comment(lines, at, starts[i][0]) for i, (at, *_) in enumerate(starts[1:]))]
    seen: dict[str, int] = {}
    blocks = []
    for number, (_, header, many) in enumerate(starts):
        end = begins[number + 1] if number + 1 < len(begins) else len(lines)
        place = seen.get(header, 0) if many else None
        seen[header] = seen.get(header, 0) + 1
        text = "".join(lines[begins[number] : end])
        blocks.append(Block(number, header, place, begins[number] + 1, text))
    return tuple(blocks)


def join(blocks: Sequence[Block]) -> str:
    """The text that :func:`split` was given."""
    return "".join(block.text for block in blocks)


def replaced(source: str, number: int, text: str) -> str:
    """``source`` with block ``number`` written anew; without the block if ``text`` is empty.

    Raises:
        IndexError: there is no such block.
    """
    blocks = split(source)
    old = blocks[number].text
    new = text.rstrip() + _tail(old) if text.strip() else ""
    return "".join(new if block.number == number else block.text for block in blocks)


def at_line(blocks: Sequence[Block], line: int) -> Block:
    """The block in which ``line`` of the text stands."""
    return next(block for block in reversed(blocks) if block.line <= max(line, 1))


def within(blocks: Sequence[Block], path: Path) -> Block | None:
    """The block that holds the key at ``path``: the one with the longest way to it."""
    fitting = [one for one in blocks if one.path == path[: len(one.path)]]
    return max(fitting, key=lambda one: len(one.path), default=None)


def _tail(text: str) -> str:
    """The line breaks at the end of ``text``, one at least."""
    return text[len(text.rstrip()) :].replace(" ", "").replace("\t", "") or "\n"


def _headers(lines: Sequence[str]) -> list[tuple[int, str, bool]]:
    found = []
    open_string, depth = "", 0
    for number, line in enumerate(lines):
        if not open_string and not depth and (header := _HEADER.match(line.rstrip("\r\n"))):
            found.append((number, header[2], header[1] == "[["))
            continue
        open_string, depth = _after(line, open_string, depth)
    return found


def _after(line: str, open_string: str, depth: int) -> tuple[str, int]:
    """Inside which string, and how many brackets deep, the next line begins."""
    at = 0
    while at < len(line):
        if open_string:
            if line[at] == "\\" and open_string[0] == '"':
                at += 2
            elif line.startswith(open_string, at):
                at, open_string = at + len(open_string), ""
            else:
                at += 1
            continue
        if line[at] == "#":
            break
        open_string = next((one for one in _STRINGS if line.startswith(one, at)), "")
        depth = max(depth + (line[at] in "[{") - (line[at] in "]}"), 0)
        at += len(open_string) or 1
    return (open_string if open_string in _LONG else ""), depth


def _with_comment(lines: Sequence[str], at: int, previous: int) -> int:
    """Where the comment above the header in line ``at`` begins."""
    begin = at
    while begin - 1 > previous and lines[begin - 1].strip().startswith("#"):
        begin -= 1
    while begin - 1 > previous and not lines[begin - 1].strip():
        above = begin - 1
        while above > previous and not lines[above].strip():
            above -= 1
        if not lines[above].strip().startswith("#"):
            break
        while above > previous and lines[above].strip().startswith("#"):
            above -= 1
        if lines[above].strip() and not lines[above].strip().startswith("#"):
            break  # it belongs to the key above it
        begin = above + 1
    return begin
