"""The operator's document: read, checked, and refused with an error that says what to do."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from yaksok.kernel.errors import YaksokError
from yaksok.policy.entries import Body
from yaksok.policy.places import Path as Keys
from yaksok.policy.places import cure_of, keys_of, line_of, shown

FORMAT = 2
"""The format this version of the mall reads."""


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
        raw = path.read_bytes()
    except OSError as error:
        fault = error.strerror or "cannot be read"
        raise DocumentError(
            str(path), 0, "file", fault, "give the path of a readable policy.toml"
        ) from None
    try:
        source = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DocumentError(str(path), line, "file", "is not UTF-8", "save it as UTF-8") from None
    return parse(source, str(path))


def parse(source: str, file: str = "policy.toml") -> Document:
    """The document in the text ``source``; ``file`` is named in errors. Raises as :func:`load`."""
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = _line_in(str(error), source)
        cure = "write it as TOML: key = value, below a [table]"
        raise DocumentError(file, line, "file", str(error), cure) from None
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
