"""The keys of one table of the document as a form: what may stand there, and what stands there now."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from msgspec import inspect

from yaksok.kernel.errors import Invalid
from yaksok.policy.entries import Body, Text
from yaksok.policy.places import Path
from yaksok.policy.toml_blocks import Block
from yaksok.policy.toml_edits import Value, in_block, values_in

Kind = Literal["text", "words", "yes", "number", "date", "one", "some", "listed"]

PREFIX = "t."
"""What the names of these fields begin with on a page."""

_BODY = inspect.type_info(Body)


@dataclass(frozen=True, slots=True)
class TableField:
    """One key. ``words`` is a text in one of the two languages, ``some`` any of ``choices``.

    ``listed`` are words of one's own, with commas between them. ``value`` is as a form shows it.
    """

    path: Path
    kind: Kind
    needed: bool
    value: str
    values: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How the document calls it, inside the table."""
        return ".".join(str(step) for step in self.path)

    @property
    def name(self) -> str:
        """How the form calls it."""
        return PREFIX + self.key


def fields(block: Block) -> tuple[TableField, ...]:
    """The keys of the table of ``block`` that a form can show; none if it is not TOML, or not known.

    Tables inside it that have a block of their own, and lists of tables, are not among them.
    """
    values = values_in(block)
    shape = _shape(block.path)
    if values is None:
        return ()
    if isinstance(shape, inspect.StructType):
        return tuple(_fields(shape, values, ()))
    return tuple(_by_word(shape, values))


def written(block: Block, posted: Mapping[str, str], every: Mapping[str, Sequence[str]]) -> str:
    """The text of ``block`` with what a form of its :func:`fields` said.

    Raises:
        Invalid: a number or a date is none, by the field's name.
        NotEditable: the block is not TOML any more.
    """
    values: dict[Path, Value] = {}
    wrong = {}
    for field in fields(block):
        try:
            value = _value(field, posted.get(field.name, ""), every.get(field.name, ()))
        except ValueError:
            wrong[field.name] = field.key
            continue
        if value != _value(field, field.value, field.values):
            values[field.path] = value
    if wrong:
        raise Invalid(wrong)
    return in_block(block, values) if values else block.text


def names() -> tuple[frozenset[str], frozenset[str]]:
    """Every name that such a form may send: those that come once, and those that come often."""
    once: set[str] = set()
    often: set[str] = set()
    for shape in _structs(_BODY, set()):
        for field in _fields(shape, None, ()):
            (often if field.kind == "some" else once).add(field.name)
        for one in shape.fields:
            often |= {field.name for field in _by_word(_bare(one.type), None)}
    return frozenset(once - often), frozenset(often)


def _fields(
    shape: inspect.StructType, values: Mapping[str, Any] | None, before: Path
) -> Iterator[TableField]:
    for one in shape.fields:
        path = (*before, one.encode_name)
        kind = _bare(one.type)
        present = values is None or one.encode_name in values
        now = None if values is None else values.get(one.encode_name)
        if isinstance(kind, inspect.StructType):
            if kind.cls is Text:
                yield from _words(path, now, needed=one.required)
            elif present and before == ():
                yield from _fields(kind, None if values is None else now, path)
            continue
        shown = _shown(kind, path, one, now)
        if shown is not None:
            yield shown


def _by_word(shape: inspect.Type | None, values: Mapping[str, Any] | None) -> Iterator[TableField]:
    """The keys of a table from words to lists of words, such as records and their items."""
    match shape:
        case inspect.DictType(
            key_type=inspect.EnumType() as key,
            value_type=inspect.VarTupleType(item_type=inspect.EnumType() as word),
        ):
            choices = tuple(str(member.value) for member in word.cls)
            present = [str(one.value) for one in key.cls] if values is None else values
            for name in present:
                now = _listed((values or {}).get(name))
                yield TableField(
                    (name,), "some", needed=False, value="", values=now, choices=choices
                )


def _words(path: Path, now: Mapping[str, str] | None, *, needed: bool) -> Iterator[TableField]:
    for language in ("ko", "en"):
        value = str((now or {}).get(language, ""))
        yield TableField((*path, language), "words", needed, value)


def _shown(kind: inspect.Type, path: Path, one: inspect.Field, now: object) -> TableField | None:
    needed = one.required
    if now is None and not needed and one.default is not msgspec.NODEFAULT:
        now = one.default
    match kind:
        case inspect.EnumType():
            choices = tuple(str(member.value) for member in kind.cls)
            return TableField(path, "one", needed, str(now or ""), choices=choices)
        case inspect.VarTupleType(item_type=inspect.EnumType() as word):
            choices = tuple(str(member.value) for member in word.cls)
            return TableField(path, "some", needed, "", _listed(now), choices)
        case inspect.VarTupleType(item_type=inspect.StrType()):
            return TableField(path, "listed", needed, ", ".join(_listed(now)))
        case inspect.BoolType():
            return TableField(path, "yes", needed, "yes" if now else "")
        case inspect.IntType():
            return TableField(path, "number", needed, "" if now is None else str(now))
        case inspect.DateType():
            return TableField(path, "date", needed, "" if now is None else str(now))
        case inspect.StrType():
            return TableField(path, "text", needed, "" if now is None else str(now))
    return None


def _listed(now: object) -> tuple[str, ...]:
    return tuple(str(one) for one in now) if isinstance(now, list | tuple) else ()


def _value(field: TableField, text: str, several: Sequence[str]) -> Value:
    """What the key is set to; None is to leave it out."""
    text = text.strip()
    match field.kind:
        case "some":
            chosen = {one for one in several if one in field.choices}
            return [one for one in dict.fromkeys((*field.values, *field.choices)) if one in chosen]
        case "listed":
            return [one.strip() for one in text.split(",") if one.strip()]
        case "yes":
            return bool(text)
    if not text:
        return "" if field.needed and field.kind in {"text", "words"} else None
    if field.kind == "number":
        return int(text)
    return datetime.date.fromisoformat(text) if field.kind == "date" else text


def _shape(path: Path) -> inspect.Type | None:
    """The type of what stands at ``path`` of a document."""
    here: inspect.Type | None = _BODY
    for step in path:
        match here:
            case inspect.StructType():
                known = {one.encode_name: _bare(one.type) for one in here.fields}
                here = known.get(str(step))
            case inspect.DictType():
                here = _bare(here.value_type)
            case inspect.VarTupleType():
                here = _bare(here.item_type)
            case _:
                return None
    return here


def _bare(kind: inspect.Type) -> inspect.Type:
    """``kind`` without "or absent"."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    return next(one for one in kind.types if not isinstance(one, inspect.NoneType))


def _structs(kind: inspect.Type, seen: set[Any]) -> Iterator[inspect.StructType]:
    """Every table that can stand in a document."""
    match _bare(kind):
        case inspect.StructType() as shape if shape.cls not in seen:
            seen.add(shape.cls)
            yield shape
            for one in shape.fields:
                yield from _structs(one.type, seen)
        case inspect.DictType() as table:
            yield from _structs(table.value_type, seen)
        case inspect.VarTupleType() as several:
            yield from _structs(several.item_type, seen)
