"""What a page is made of: values for a template, for a store and for a comparison.

A page is kept for good when it is published, so a shape here may gain a field with a default, and
never loses one.
"""

from dataclasses import dataclass

from yaksok.policy.vocabulary import Language, RecordKind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words with a name that outlives them: a promise's id, or the key of a table's row.

    ``place`` is the heading below which they stand, ``name`` what a person calls them (``P4.5``, the
    title of a table); ``heading`` says that they are a heading themselves.
    """

    key: str
    text: str
    place: str = ""
    name: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``told`` are words that must catch the eye (Decree 17(3)); ``links`` lead to them."""

    text: str
    told: bool = False
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; the first cell is its heading."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title. Without rows, ``empty`` is said in their place; ``note`` stands below."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    note: str = ""

    @property
    def lines(self) -> tuple[tuple[Row, Cell, tuple[tuple[str, Cell], ...]], ...]:
        """Each row, its heading, and its other cells with the names of their columns."""
        return tuple(
            (row, row.cells[0], tuple(zip(self.columns[1:], row.cells[1:], strict=True)))
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One promise as it is read. ``state`` is ``proved``, ``declared`` or ``unmet``."""

    id: str
    text: str
    state: str
    derived: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One of the eleven sections, and the tables that belong to it."""

    number: int
    title: str
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A mark at the top: its name, what it is about, one line, and where more is said."""

    name: str
    title: str
    line: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a record: what, whether it must be given, why."""

    key: str
    name: str
    required: bool
    reason: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What a law keeps after the record has gone."""

    items: tuple[str, ...]
    period: str
    law: str


@dataclass(frozen=True, slots=True)
class RecordTable:
    """What is collected under one heading, why, by what right, and until when.

    ``until`` is ``end`` in few words. ``consent`` holds the words of the consent when items are
    taken by consent, and ``refusing`` what happens when it is refused; both are empty for items
    that need none.
    """

    key: str
    kind: RecordKind
    name: str
    items: tuple[ItemRow, ...]
    purposes: tuple[str, ...]
    basis: str
    end: str
    kept: tuple[KeptRow, ...]
    consent: str = ""
    refusing: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class OfficerCard:
    """A responsible person with the six details (P11.2, P11.3)."""

    position: str
    name: str
    email: str
    address: str
    phone: str
    fax: str


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """An office outside the mall."""

    name: str
    phone: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole policy page. ``effective`` is a date as ``2026-11-24``.

    ``part`` is what a profile adds as a part of its own (the GDPR's contents), ``index`` says
    where each thing stands that the law wants on the page.
    """

    version: str
    effective: str
    profile: str
    language: Language
    mall: str
    labels: tuple[Label, ...]
    sections: tuple[Section, ...]
    records: tuple[RecordTable, ...]
    officers: tuple[OfficerCard, ...]
    remedies: tuple[RemedyRow, ...]
    part: tuple[Table, ...]
    index: Table
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A question a child may have, and the answer, sentence by sentence."""

    key: str
    question: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildrensPage:
    """The policy in a child's words."""

    version: str
    effective: str
    language: Language
    mall: str
    title: str
    lead: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article of the terms with the words of this mall. Paragraphs are numbered from 1."""

    number: int
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Articles that belong together."""

    number: int
    title: str
    articles: tuple[ArticleText, ...]


@dataclass(frozen=True, slots=True)
class TermsPage:
    """The terms of service, and who the mall is."""

    version: str
    effective: str
    profile: str
    language: Language
    mall: str
    chapters: tuple[Chapter, ...]
    company: Table


AnyPage = Page | ChildrensPage | TermsPage
"""Whatever is published for good."""
