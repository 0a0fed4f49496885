"""Puts a notice up. Called inside the transaction of whatever the notice tells of."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound, YaksokError
from yaksok.kernel.ids import new_id
from yaksok.mall.board import cleaning
from yaksok.mall.board.kinds import NoticeKind
from yaksok.mall.board.reading import Notice
from yaksok.policy.entries import Text

COLUMNS = (
    "id",
    "kind",
    "key",
    "number",
    "title_ko",
    "title_en",
    "body_ko",
    "body_en",
    "posted_at",
    "visible_from",
    "corrects",
)


class KeyTaken(YaksokError):
    """There is a notice of this already. Read it; a change to it is a correction."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"a notice of {key!r} hangs already: read it by its key, or correct it by another notice"
        )
        self.key = key


def post(
    kind: NoticeKind,
    key: str | None,
    title: Text,
    body: Text,
    *,
    visible_from: datetime | None = None,
    number: int | None = None,
    corrects: UUID | None = None,
) -> Notice:
    """A new notice, for good: it cannot be changed or taken down, only corrected by another one.

    Needs a transaction of ``keeper()``; the notice is there when that commits. The words are
    cleaned as :mod:`~yaksok.mall.board.cleaning` says. Who posted it is for the caller to record.

    Arguments:
        key: What it is the notice of, such as ``policy:2027-01-01``; None for one of many.
        visible_from: From when people see it, with a zone; None for now.
        number: Of the version that it tells of.
        corrects: The notice that this one corrects.

    Raises:
        KeyTaken: there is one of this key already, or another transaction posted it a moment
            before. The transaction is still good.
        NotFound: there is no notice ``corrects``.
        Unfit: words are missing in a language, too long, or hold what can be a registration number.

    Cost:
        One statement; a second one for a correction.
    """
    if corrects is not None and not rows("SELECT 1 FROM board_notice WHERE id = %s", [corrects]):
        msg = f"there is no notice {corrects} to correct"
        raise NotFound(msg)
    at = clock.now()
    notice = Notice(
        new_id(),
        kind,
        key,
        number,
        Text(ko=cleaning.title(title.ko), en=cleaning.title(title.en)),
        Text(ko=cleaning.body(body.ko), en=cleaning.body(body.en)),
        at,
        visible_from or at,
        corrects,
    )
    _insert(notice)
    return notice


def _insert(notice: Notice) -> None:
    title, body = notice.title, notice.body
    row = (
        notice.id,
        notice.kind.value,
        notice.key,
        notice.number,
        title.ko,
        title.en,
        body.ko,
        body.en,
        notice.posted_at,
        notice.visible_from,
        notice.corrects,
    )
    with connection.cursor() as cursor:
        written = insert(
            cursor, "board_notice", COLUMNS, [row], tail="ON CONFLICT (key) DO NOTHING"
        )
    if not written:
        raise KeyTaken(notice.key or "")
