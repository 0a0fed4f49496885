"""Where a key stands in a TOML text, and what is wrong with it, in words."""

import difflib
import re
from collections.abc import Mapping
from typing import Any

import msgspec

Path = tuple[str | int, ...]
"""The way to a key: table names, and the place in an array of tables."""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*")(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")
_SEGMENT = re.compile(r"\.(\w+)|\[(\d+)\]|(\[\.\.\.\])")


def shown(path: Path) -> str:
    """The path as a person writes it: ``records.membership.grants[2].items``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".") or "document"


def line_of(source: str, path: Path) -> int:
    """The line, from 1, of the key at ``path``, or of its nearest table that stands in ``source``."""
    places = _places(source)
    for end in range(len(path), 0, -1):
        if path[:end] in places:
            return places[path[:end]]
    return 1


def _places(source: str) -> dict[Path, int]:
    places: dict[Path, int] = {}
    arrays: dict[Path, int] = {}
    here: Path = ()
    for number, line in enumerate(source.splitlines(), start=1):
        if header := _HEADER.match(line):
            here = _table(header[2], arrays)
            if header[1] == "[[":
                arrays[here] = arrays.get(here, -1) + 1
                here = (*here, arrays[here])
            _note(places, here, number)
        elif key := _KEY.match(line):
            _note(places, (*here, *_steps(key[1])), number)
    return places


def _note(places: dict[Path, int], path: Path, number: int) -> None:
    for end in range(1, len(path) + 1):
        places.setdefault(path[:end], number)


def _steps(dotted: str) -> Path:
    return tuple(step.strip().strip('"') for step in dotted.split("."))


def _table(dotted: str, arrays: Mapping[Path, int]) -> Path:
    """A header's path, with the place in each array of tables on the way."""
    path: Path = ()
    steps = _steps(dotted)
    for index, step in enumerate(steps):
        path = (*path, step)
        if path in arrays and index < len(steps) - 1:
            path = (*path, arrays[path])
    return path


def keys_of(message: str, tables: Mapping[str, Any], shape: type) -> tuple[Path, str]:
    """The path that a msgspec error speaks of, wildcards found again, and the fault in our words."""
    fault, _, at = message.partition(" - at ")
    at = at or "`$`"
    in_key = at.startswith("`key` in ")
    pattern = at.removeprefix("`key` in ").strip("`")
    path = _resolved(pattern, tables, shape, message)
    if named := re.search(r"(?:unknown|required) field `(\w+)`", fault):
        path = (*path, named[1])
    if in_key and (value := re.search(r"'([^']*)'", fault)):
        path = (*path, value[1])
    return path, _fault(fault)


def _resolved(pattern: str, tables: Mapping[str, Any], shape: type, message: str) -> Path:
    path: list[str | int] = []
    here: Any = tables
    for name, index, wild in _SEGMENT.findall(pattern):
        if wild:
            found = [key for key in here if _alone(tables, path, key, shape, message)]
            path += found[:1]
        else:
            path.append(name or int(index))
        here = here[path[-1]]
    return tuple(path)


def _alone(
    tables: Mapping[str, Any], path: list[str | int], key: str, shape: type, message: str
) -> bool:
    """Whether the same error comes when ``key`` is the only one in the table at ``path``."""
    try:
        msgspec.convert(_with_only({**tables}, path, key), shape)
    except msgspec.ValidationError as error:
        return str(error) == message
    return False


def _with_only(here: dict[Any, Any], path: list[str | int], key: str) -> object:
    """``here`` with nothing but ``key`` in the table at ``path``. Tables lie in tables, not in lists."""
    if not path:
        return {key: here[key]}
    return {**here, path[0]: _with_only(here[path[0]], path[1:], key)}


def _fault(message: str) -> str:
    if "unknown field" in message:
        return "is not a key of this table"
    if "missing required field" in message:
        return "is missing"
    if value := re.match(r"Invalid enum value (.*)", message):
        return f"{value[1]} is not a word of the policy"
    return message[0].lower() + message[1:]


def cure_of(message: str, shape: type) -> str:
    """What to do about a msgspec error: the nearest right word, or the words that are allowed."""
    words = _words(shape)
    if unknown := re.search(r"unknown field `(\w+)`", message):
        if unknown[1] in words:
            return "it belongs to another table: move it there, or remove it"
        near = difflib.get_close_matches(unknown[1], words, n=1)
        return f"did you mean {near[0]}? else remove it" if near else "remove it"
    if missing := re.search(r"required field `(\w+)`", message):
        return f"add {missing[1]} = … to this table"
    if value := re.search(r"enum value '([^']*)'", message):
        near = difflib.get_close_matches(value[1], words, n=1)
        return f"did you mean {near[0]}?" if near else "use a word of yaksok.policy.vocabulary"
    if expected := re.search(r"Expected `([^`]+)`", message):
        return f"write a value of type {expected[1]}"
    if "date" in message:
        return "write a date such as 2026-11-24, without quotes"
    return "correct the value"


def _words(shape: type, seen: set[Any] | None = None) -> list[str]:
    """Every field name and enum value that a document may use."""
    seen = set() if seen is None else seen
    info = msgspec.inspect.type_info(shape)
    found: set[str] = set()
    stack: list[Any] = [info]
    while stack:
        node = stack.pop()
        if isinstance(node, msgspec.inspect.StructType):
            if node.cls in seen:
                continue
            seen.add(node.cls)
            for field in node.fields:
                found.add(field.encode_name)
                stack.append(field.type)
        elif isinstance(node, msgspec.inspect.EnumType):
            found.update(str(member.value) for member in node.cls)
        elif isinstance(node, msgspec.inspect.DictType):
            stack += [node.key_type, node.value_type]
        elif isinstance(node, msgspec.inspect.VarTupleType):
            stack.append(node.item_type)
        elif isinstance(node, msgspec.inspect.UnionType):
            stack += node.types
    return sorted(found)
