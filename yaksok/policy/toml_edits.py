"""Changes single values of a TOML text and leaves the rest as it stands: order, comments, spaces."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Item

from yaksok.kernel.errors import YaksokError
from yaksok.policy.places import Path, shown
from yaksok.policy.toml_blocks import Block, replaced, split, within

Value = str | bool | int | datetime.date | Sequence[str] | Mapping[str, str] | None
"""What a key can be set to; None takes the key out. Words in two languages are a mapping."""


class NotEditable(YaksokError):
    """The table is not TOML as it stands, or holds no such place. Mend it as text first."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{shown(path)} cannot be set: mend the table as text first")
        self.path = path


def changed(source: str, values: Mapping[Path, Value]) -> str:
    """``source`` with every key of ``values`` set. What has that value already is left alone.

    Raises:
        NotEditable: see there.
    """
    for path, value in values.items():
        block = within(split(source), path)
        if block is None:
            raise NotEditable(path)
        inner = path[len(block.path) :]
        text = in_block(block, {inner: value})
        if text != block.text:
            source = replaced(source, block.number, text)
    return source


def in_block(block: Block, values: Mapping[Path, Value]) -> str:
    """The text of ``block`` with every key of ``values`` set; their paths begin inside its table.

    Raises:
        NotEditable: see there.
    """
    try:
        document = tomlkit.parse(block.text)
        table = _table(document, block)
        for path, value in values.items():
            _set(table, path, value)
        return tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, IndexError):
        raise NotEditable(block.path) from None


def values_in(block: Block) -> Mapping[str, Any] | None:
    """What stands in the table of ``block``, as plain values; None if it is not TOML."""
    try:
        return dict(_table(tomlkit.parse(block.text), block).unwrap())
    except (TOMLKitError, KeyError, TypeError, IndexError):
        return None


def _table(document: Any, block: Block) -> Any:  # noqa: ANN401 - tomlkit's containers share no type
    here = document
    for step in block.path:
        here = here[0] if isinstance(here, AoT) else here[step]
    return here


def _set(table: Any, path: Path, value: Value) -> None:  # noqa: ANN401 - as above
    here = table
    for step in path[:-1]:
        if step not in here:
            here[step] = tomlkit.inline_table()
        here = here[step]
    key = path[-1]
    if value is None:
        if key in here:
            del here[key]
    elif key not in here or _unwrapped(here[key]) != _plain(value):
        here[key] = _item(value)


def _unwrapped(item: object) -> object:
    return item.unwrap() if isinstance(item, Item) else item


def _plain(value: Value) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return value


def _item(value: Value) -> object:
    if isinstance(value, Mapping):
        words = (f"{key} = {tomlkit.string(word).as_string()}" for key, word in value.items())
        return tomlkit.value(f"{{ {', '.join(words)} }}")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _array(value)
    return value


def _array(words: Sequence[str]) -> object:
    listed = tomlkit.array()
    listed.extend(words)
    return listed
