"""Reads the board. What is not to be seen yet is not found, except by who writes it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.selecting import Row, rows
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.mall.board.kinds import NoticeKind
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language

PAGE_SIZE = 20

ALL = (
    "id, kind, key, number, title_ko, title_en, body_ko, body_en, posted_at, visible_from, corrects"
)
NEWEST = "ORDER BY visible_from DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s"
VISIBLE = "visible_from <= %(at)s"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in both languages, as it was posted."""

    id: UUID
    kind: NoticeKind
    key: str | None
    number: int | None
    title: Text
    body: Text
    posted_at: datetime
    visible_from: datetime
    corrects: UUID | None


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in a list, in one language. ``at`` is when people began to see it."""

    id: UUID
    kind: NoticeKind
    title: str
    at: datetime
    correction: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list. ``number`` counts from 1 and is always within ``pages``."""

    lines: tuple[Line, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice to be read, in one language, with those that correct it, oldest first."""

    id: UUID
    kind: NoticeKind
    title: str
    body: str
    at: datetime
    number: int | None
    corrects: Line | None
    corrections: tuple[Line, ...]


def notices(language: Language, page: int) -> Page:
    """Page ``page`` of what hangs now, newest first; the last page when there are fewer.

    Cost:
        Two statements.
    """
    return _page(language, page, VISIBLE)


def every(language: Language, page: int) -> Page:
    """The same with what is not to be seen yet; for who works with the board."""
    return _page(language, page, "true")


def latest(language: Language, n: int) -> tuple[Line, ...]:
    """The ``n`` newest notices that hang now. One statement."""
    values = {"at": clock.now(), "limit": n, "offset": 0}
    return _lines(language, f"WHERE {VISIBLE} {NEWEST}", values)


def notice(id_: UUID, language: Language) -> Shown:
    """One notice that hangs now, with what corrects it. Two statements.

    Raises:
        NotFound: there is none, or it is not to be seen yet: the two look the same.
    """
    found = _one(f"id = %(id)s AND {VISIBLE}", {"id": id_})
    if found is None:
        raise NotFound(str(id_))
    values = {"at": clock.now(), "id": id_, "former": found.corrects}
    around = _lines(
        language,
        f"WHERE (corrects = %(id)s OR id = %(former)s) AND {VISIBLE} ORDER BY visible_from, id",
        values,
    )
    return Shown(
        found.id,
        found.kind,
        found.title.in_(language),
        found.body.in_(language),
        found.visible_from,
        found.number,
        next((line for line in around if line.id == found.corrects), None),
        tuple(line for line in around if line.id != found.corrects),
    )


def as_posted(id_: UUID) -> Notice:
    """One notice in both languages, seen or not yet; for who works with the board.

    Raises:
        NotFound: there is none.
    """
    found = _one("id = %(id)s", {"id": id_})
    if found is None:
        raise NotFound(str(id_))
    return found


def by_key(key: str) -> Notice | None:
    """The notice of ``key``, if it hangs now; None before that. What nobody can read is no notice.

    The first one for good: corrections carry no key, so nothing written later takes its place.
    """
    return _one(f"key = %(key)s AND {VISIBLE}", {"key": key})


def posted_as(key: str) -> UUID | None:
    """The id of the notice of ``key``, seen or not yet."""
    found = rows("SELECT id FROM board_notice WHERE key = %s", [key])
    return found[0][0] if found else None


def _one(where: str, values: dict[str, object]) -> Notice | None:
    statement = f"SELECT {ALL} FROM board_notice WHERE {where}"  # noqa: S608 - constants of the code
    found = rows(statement, {"at": clock.now(), **values})
    return _notice(found[0]) if found else None


def _notice(row: Row) -> Notice:
    id_, kind, key, number, title_ko, title_en, body_ko, body_en, posted_at, at, corrects = row
    return Notice(
        id_,
        NoticeKind(kind),
        key,
        number,
        Text(ko=title_ko, en=title_en),
        Text(ko=body_ko, en=body_en),
        posted_at,
        at,
        corrects,
    )


def _page(language: Language, asked: int, where: str) -> Page:
    at = clock.now()
    counted = f"SELECT count(*) FROM board_notice WHERE {where}"  # noqa: S608 - constants of the code
    total = int(rows(counted, {"at": at})[0][0])
    pages = max(-(-total // PAGE_SIZE), 1)
    number = min(max(asked, 1), pages)
    values = {"at": at, "limit": PAGE_SIZE, "offset": (number - 1) * PAGE_SIZE}
    return Page(_lines(language, f"WHERE {where} {NEWEST}", values), total, number, pages)


def _lines(language: Language, tail: str, values: dict[str, object]) -> tuple[Line, ...]:
    statement = (
        f"SELECT id, kind, title_{language.value}, visible_from, corrects IS NOT NULL,"  # noqa: S608 - constants of the code
        " EXISTS (SELECT 1 FROM board_notice later"
        f" WHERE later.corrects = board_notice.id AND later.{VISIBLE}) FROM board_notice {tail}"
    )
    return tuple(
        Line(id_, NoticeKind(kind), title, at, correction, corrected)
        for id_, kind, title, at, correction, corrected in rows(statement, values)
    )
