"""Two people changed one document: what each of them did, table by table, in one text."""

import datetime
from dataclasses import dataclass

from yaksok.policy.places import Path
from yaksok.policy.toml_blocks import Block, split
from yaksok.policy.toml_edits import NotEditable, Value, changed, values_in

OWN_OF_EACH: dict[Path, Value] = {
    ("version",): "0",
    ("effective",): datetime.date(2000, 1, 1),
    ("changes",): None,
}
"""What every version says of itself; that two differ in it is no quarrel."""


@dataclass(frozen=True, slots=True)
class Merged:
    """``clashes`` names the tables that both changed: there ``mine`` was kept."""

    source: str
    clashes: tuple[str, ...]


def merged(base: str, mine: str, theirs: str) -> Merged:
    """``theirs`` with what ``mine`` changed since ``base``. Tables stand in the order of ``theirs``."""
    was, own = _by_name(base), _by_name(mine)
    clashes: list[str] = []
    parts: list[tuple[str, str]] = []
    for block in split(theirs):
        text = _chosen(block, was.get(block.name), own.get(block.name), clashes)
        parts.append((block.name, text))
    known = {name for name, _ in parts}
    before = ""
    for block in split(mine):
        if block.name not in known and _is_ours(block, was, clashes):
            at = next((i for i, (name, _) in enumerate(parts) if name == before), len(parts) - 1)
            parts.insert(at + 1, (block.name, block.text))
        before = block.name
    text = "".join(text if text.endswith("\n") or not text else f"{text}\n" for _, text in parts)
    return Merged(text, tuple(clashes))


def _chosen(block: Block, was: str | None, own: str | None, clashes: list[str]) -> str:
    """The text that the table gets: of whoever changed it; ours if both did."""
    theirs = block.text
    if own is None:
        if was is not None and was != theirs:
            clashes.append(block.name)
            return theirs
        return "" if was is not None else theirs
    if own == theirs or _alike(block.name, was, own):
        return theirs if block.name else _with_ours(theirs, own)
    if _alike(block.name, was, theirs):
        return own
    clashes.append(block.name or "version")
    return own


def _is_ours(block: Block, was: dict[str, str], clashes: list[str]) -> bool:
    """Whether a table that they do not have is one that we added, or changed after they took it out."""
    if block.name not in was:
        return True
    if was[block.name] == block.text:
        return False
    clashes.append(block.name)
    return True


def _alike(name: str, one: str | None, other: str | None) -> bool:
    if one is None or other is None or name:
        return one == other
    try:
        return changed(one, OWN_OF_EACH) == changed(other, OWN_OF_EACH)
    except NotEditable:
        return one == other


def _with_ours(theirs: str, own: str) -> str:
    """The first table of ``theirs`` with the name, the day and the words of ``own``."""
    values = values_in(split(own)[0])
    if values is None:
        return own
    try:
        return changed(theirs, {path: values.get(str(path[0])) for path in OWN_OF_EACH})
    except NotEditable:
        return own


def _by_name(source: str) -> dict[str, str]:
    return {block.name: block.text for block in split(source)}
