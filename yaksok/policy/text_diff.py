"""Two versions of a TOML text, line by line, and word by word where a line was only changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from yaksok.policy.wording_diff import Mark, Words, compared

CONTEXT = 2
"""Lines that are shown before and after a change."""

Kind = Literal["same", "added", "removed", "changed", "gap"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``gap`` stands for lines that stayed the same and are not shown."""

    kind: Kind
    words: tuple[Words, ...] = ()


def lines(old: str, new: str) -> tuple[Line, ...]:
    """What became of each line between ``old`` and ``new``; empty when both are the same."""
    if old == new:
        return ()
    return tuple(_folded(list(_compared(old.splitlines(), new.splitlines()))))


def _compared(old: list[str], new: list[str]) -> Iterator[Line]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, i, j, left, right in matcher.get_opcodes():
        if tag == "equal":
            yield from (Line("same", (Words(Mark.KEPT, text),)) for text in new[left:right])
        elif tag == "replace" and j - i == right - left:
            for was, now in zip(old[i:j], new[left:right], strict=True):
                yield Line("changed", compared(was, now))
        else:
            yield from (Line("removed", (Words(Mark.DELETED, text),)) for text in old[i:j])
            yield from (Line("added", (Words(Mark.INSERTED, text),)) for text in new[left:right])


def _folded(found: list[Line]) -> Iterator[Line]:
    """The lines near a change; each row of others becomes one gap."""
    changes = [at for at, line in enumerate(found) if line.kind != "same"]
    near = {at + step for at in changes for step in range(-CONTEXT, CONTEXT + 1)}
    for shown, some in groupby(enumerate(found), lambda pair: pair[0] in near):
        if shown:
            yield from (line for _, line in some)
        else:
            yield Line("gap")
