"""The operator's document: read, checked, and refused with an error that says what to do."""

import datetime
import hashlib
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from yaksok.kernel.actor import Role
from yaksok.kernel.errors import YaksokError
from yaksok.policy.places import Path as Keys
from yaksok.policy.places import cure_of, keys_of, line_of, shown
from yaksok.policy.vocabulary import (
    Action,
    Basis,
    EndEvent,
    FormName,
    Held,
    Item,
    Language,
    NoConsentCase,
    Profile,
    Purpose,
    RecordKind,
)

FORMAT = 1
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


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the document. A key that is not a field is an error."""


class Text(_Table, frozen=True):
    """The same words in every language."""

    ko: str
    en: str

    def in_(self, language: Language) -> str:
        """The words in ``language``."""
        return self.ko if language is Language.KOREAN else self.en

    def as_dict(self) -> dict[Language, str]:
        """The words by language."""
        return {Language.KOREAN: self.ko, Language.ENGLISH: self.en}


class Mall(_Table, frozen=True):
    """Who runs the mall: what the law wants in the footer of every page."""

    name: Text
    company: Text
    representative: Text
    address: Text
    phone: str
    email: str
    business_number: str
    mail_order_number: Text
    hosting: Text
    complaints_phone: str
    around_the_clock: bool


class Officer(_Table, frozen=True):
    """A responsible person, with the six things that are shown of them (P11.2)."""

    position: Text
    name: Text
    email: str
    address: Text
    phone: str
    fax: str


class Cookie(_Table, frozen=True):
    """The one cookie (P6.1)."""

    name: str
    text: Text


class PurposeEntry(_Table, frozen=True):
    """One purpose: what it is, and when it is achieved (P3.5)."""

    text: Text
    achieved_when: Text


class ItemEntry(_Table, frozen=True):
    """One item of a record: whether a person must give it, and why it is needed (P2.1)."""

    required: bool
    reason: Text
    label: Text
    asked_on: tuple[FormName, ...] = ()
    held: Held = Held.SEALED
    field: str | None = None
    per_product: bool = False


class Grant(_Table, frozen=True):
    """Who may do what with which items of a record, for which purposes."""

    roles: tuple[Role, ...]
    actions: tuple[Action, ...]
    purposes: tuple[Purpose, ...]
    items: tuple[Item, ...] = ()
    own: bool = False
    recipient: str | None = None


class End(_Table, frozen=True):
    """When a record is destroyed: an event, and a calendar period after it (``P3M``)."""

    event: EndEvent
    period: str
    reason: Text


class Copy(_Table, frozen=True):
    """Items that a law makes the mall keep after the record itself has gone (P3.10)."""

    items: tuple[Item, ...]
    law: str


class Record(_Table, frozen=True):
    """One record kind."""

    label: Text
    purposes: tuple[Purpose, ...]
    basis: Basis
    end: End
    items: dict[Item, ItemEntry] = {}
    grants: tuple[Grant, ...] = ()
    statutory: tuple[Copy, ...] = ()
    consent: str | None = None
    adults_only: bool = False


class Recipient(_Table, frozen=True):
    """A third party that receives items (P4.4: one named company, never a group).

    ``without_consent`` names the case of P4.10 by which no consent is asked; else it is.
    """

    company: Text
    purpose: Text
    items: tuple[Item, ...]
    keeps: Text
    entrusted: bool
    without_consent: NoConsentCase | None = None


class BoxEntry(_Table, frozen=True):
    """A box on a form. It is never ticked for the person."""

    name: str
    text: Text
    required: bool
    attests: Item | None = None


class Part(_Table, frozen=True):
    """The items of one record on a form, and what their field names begin with."""

    record: RecordKind
    prefix: str = ""


class FormEntry(_Table, frozen=True):
    """A form: which records it fills, and its boxes."""

    parts: tuple[Part, ...]
    boxes: tuple[BoxEntry, ...] = ()


class Officers(_Table, frozen=True):
    """The two responsible persons (P11.1, P11.3)."""

    manager: Officer
    handler: Officer


class Body(_Table, frozen=True):
    """A policy document whose tables have the right shape."""

    format: int
    version: str
    effective: datetime.date
    profile: Profile
    mall: Mall
    officers: Officers
    cookie: Cookie
    purposes: dict[Purpose, PurposeEntry]
    records: dict[RecordKind, Record]
    recipients: dict[str, Recipient]
    forms: dict[FormName, FormEntry]


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
