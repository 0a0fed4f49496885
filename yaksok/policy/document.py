"""The operator's document: read, checked, and refused with an error that says what to do."""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from yaksok.kernel.errors import YaksokError
from yaksok.kernel.shapes import work_out
from yaksok.policy.entries import Body
from yaksok.policy.fields import cannot_be_used
from yaksok.policy.places import Path as Keys
from yaksok.policy.places import cure_of, keys_of, line_of, shown

work_out(Body)

FORMAT = 2
"""The format this version of the mall reads."""

LONGEST = 200_000
"""The most characters that a document may have. The packaged ones have some 20 000."""

_BREAKS = frozenset("\n\r\t")
_DEEPEST = 20
_MOST_BITS = 63
_MOST_BYTES = 4
_TOO_LONG = f"has more than {LONGEST:,} characters"
_TOO_DEEP = "is nested too deeply"
_TOO_BIG = "has a number that is too long"


class DocumentError(YaksokError):
    """A policy document cannot be taken. Names file, line, key and cure; the one in force stays."""

    def __init__(self, file: str, line: int, key: str, fault: str, cure: str) -> None:
        super().__init__(f"{file}:{line}: {key}: {fault}; {cure}")
        self.file = file
        self.line = line
        self.key = key
        self.fault = fault
        self.cure = cure


class Document(msgspec.Struct, frozen=True):
    """A document that was read: its tables, where it came from, and what it is known by."""

    body: Body
    file: str
    source: str
    hash: str

    def error(self, keys: Keys, fault: str, cure: str) -> DocumentError:
        """An error about the key at ``keys`` of this document."""
        return DocumentError(self.file, line_of(self.source, keys), shown(keys), fault, cure)


def load(path: Path) -> Document:
    """The document in the file ``path``.

    Raises:
        DocumentError: it cannot be read, is not TOML, has an unknown or missing key, a wrong type
            or a word outside the vocabulary.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST * _MOST_BYTES + 1)
    except OSError as error:
        fault = error.strerror or "cannot be read"
        raise DocumentError(
            str(path), 0, "file", fault, "give the path of a readable policy.toml"
        ) from None
    if len(raw) > LONGEST * _MOST_BYTES:
        raise DocumentError(str(path), 1, "file", _TOO_LONG, "give a policy.toml")
    try:
        source = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DocumentError(str(path), line, "file", "is not UTF-8", "save it as UTF-8") from None
    return parse(source, str(path))


def parse(source: str, file: str = "policy.toml") -> Document:
    """The document in the text ``source``; ``file`` is named in errors. Raises as :func:`load`."""
    tables = _tables(source, file)
    _check_format(tables, file, source)
    try:
        body = msgspec.convert(tables, Body)
    except msgspec.ValidationError as error:
        keys, fault = keys_of(str(error), tables, Body)
        raise DocumentError(
            file, line_of(source, keys), shown(keys), fault, cure_of(str(error), Body)
        ) from None
    digest = hashlib.sha256(source.encode()).hexdigest()
    return Document(body, file, source, digest)


def _tables(source: str, file: str) -> dict[str, Any]:
    """What TOML makes of ``source``, if all of it can be seen and is no more than can be read."""
    if len(source) > LONGEST:
        raise DocumentError(file, 1, "file", _TOO_LONG, "say it in fewer words")
    for number, line in enumerate(source.split("\n"), start=1):
        if fault := _strange(line):
            raise DocumentError(file, number, "file", fault, "take it out")
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line_number = _line_in(str(error), source)
        cure = "write it as TOML: key = value, below a [table]"
        raise DocumentError(file, line_number, "file", str(error), cure) from None
    except RecursionError:
        raise DocumentError(file, 1, "file", _TOO_DEEP, "write it flat") from None
    except ValueError:  # an integer of thousands of digits
        raise DocumentError(file, 1, "file", _TOO_BIG, "write it shorter") from None
    for keys, value in _values(tables):
        if len(keys) > _DEEPEST:
            raise DocumentError(file, 1, shown(keys[:1]), _TOO_DEEP, "write it flat")
        if fault := _strange(value):
            cure = "take it out" if isinstance(value, str) else "write it shorter"
            raise DocumentError(file, line_of(source, keys), shown(keys), fault, cure)
    return tables


def _strange(value: object) -> str:
    """What is wrong with ``value`` by itself; "" if nothing is.

    A sign that shows nothing makes words look otherwise than they are read, by people and by rules.
    """
    if isinstance(value, str):
        signs = (sign for sign in value if cannot_be_used(sign) and sign not in _BREAKS)
        return next((f"holds U+{ord(sign):04X}, a sign that nobody sees" for sign in signs), "")
    return _TOO_BIG if isinstance(value, int) and value.bit_length() > _MOST_BITS else ""


def _values(tables: dict[str, Any]) -> Iterator[tuple[Keys, object]]:
    """Every key and every value below ``tables``, however deep, with its place."""
    ahead: list[tuple[Keys, object]] = [((), tables)]
    while ahead:
        here, value = ahead.pop()
        if isinstance(value, dict):
            yield from ((here, key) for key in value)
            ahead += [((*here, key), below) for key, below in value.items()]
        elif isinstance(value, list):
            ahead += [((*here, place), below) for place, below in enumerate(value)]
        else:
            yield here, value


def _check_format(tables: dict[str, Any], file: str, source: str) -> None:
    found = tables.get("format")
    if type(found) is int and found != FORMAT:
        cure = f"write format {FORMAT}, or run the version of the mall that wrote this document"
        line = line_of(source, ("format",))
        raise DocumentError(file, line, "format", f"is {found}, this mall reads {FORMAT}", cure)


def _line_in(message: str, source: str) -> int:
    _, found, rest = message.partition("at line ")
    if found:
        return int(rest.split(",")[0])
    return source.count("\n") + 1
