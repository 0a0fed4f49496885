"""Write reviews down and read them: by their product, by whose they are, by their line of an order.

But for :func:`figures`, every call is part of its caller's transaction, as the role of journeys with
personal data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, RecordId, SubjectId, new_id
from yaksok.mall.reviews.words import Hidden
from yaksok.policy.vocabulary import Language

ReviewId = NewType("ReviewId", UUID)

STARS = range(1, 6)
MOST = 200
"""Reviews that one list holds."""

_COLUMNS = (
    "subject_id, id, order_id, variant_id, product_slug, record_id, language, stars, written_at,"
    " edited_at, hidden_at, hidden_why"
)


@dataclass(frozen=True, slots=True)
class Review:
    """One review; ``record`` is where its words lie sealed. ``hidden`` says why nobody reads it."""

    subject: SubjectId
    id: ReviewId
    order: OrderId
    variant: UUID
    product_slug: str
    record: RecordId
    language: Language
    stars: int
    written_at: datetime
    edited_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden: Hidden | None = None


def new_review_id() -> ReviewId:
    """An id that nothing has."""
    return ReviewId(new_id())


def add(review: Review) -> None:
    """Write a new review down."""
    rows(
        "INSERT INTO reviews_review (subject_id, id, order_id, variant_id, product_slug, record_id,"
        " language, stars, written_at, hidden_at, hidden_why)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
        [
            review.subject,
            review.id,
            review.order,
            review.variant,
            review.product_slug,
            review.record,
            review.language.value,
            review.stars,
            review.written_at,
            review.hidden_at,
            review.hidden.value if review.hidden else "",
        ],
    )


def edited(review: Review, stars: int, *, at: datetime) -> None:
    """Its writer gave ``stars`` now, and may have changed the words."""
    rows(
        "UPDATE reviews_review SET stars = %s, edited_at = %s WHERE subject_id = %s AND id = %s"
        " RETURNING id",
        [stars, at, review.subject, review.id],
    )


def hide(review: Review, why: Hidden, *, at: datetime) -> None:
    """Nobody reads it any more, because ``why``; nor what is written in its place, before a look."""
    rows(
        "INSERT INTO reviews_second_look (subject_id, order_id, variant_id, hidden_at)"
        " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING order_id",
        [review.subject, review.order, review.variant, at],
    )
    rows(
        "UPDATE reviews_review SET hidden_at = %s, hidden_why = %s"
        " WHERE subject_id = %s AND id = %s RETURNING id",
        [at, why.value, review.subject, review.id],
    )


def show(review: Review) -> None:
    """Everybody may read it again, and what is written in its place at once."""
    rows(
        "DELETE FROM reviews_second_look WHERE subject_id = %s AND order_id = %s"
        " AND variant_id = %s RETURNING order_id",
        [review.subject, review.order, review.variant],
    )
    rows(
        "UPDATE reviews_review SET hidden_at = NULL, hidden_why = ''"
        " WHERE subject_id = %s AND id = %s RETURNING id",
        [review.subject, review.id],
    )


def was_hidden(subject: SubjectId, order: OrderId, variant: UUID) -> bool:
    """Whether a review of this line was hidden and none was shown again since."""
    return bool(
        rows(
            "SELECT 1 FROM reviews_second_look"
            " WHERE subject_id = %s AND order_id = %s AND variant_id = %s",
            [subject, order, variant],
        )
    )


def of(subject: SubjectId, *, limit: int = MOST) -> list[Review]:
    """What ``subject`` wrote, the newest first."""
    return _reviews("subject_id = %s ORDER BY id DESC LIMIT %s", [subject, limit])


def at_line(subject: SubjectId, order: OrderId, variant: UUID) -> Review | None:
    """What ``subject`` wrote about one line of an order, or None."""
    found = _reviews(
        "subject_id = %s AND order_id = %s AND variant_id = %s", [subject, order, variant]
    )
    return found[0] if found else None


def lock(review: UUID, subject: SubjectId | None = None) -> Review:
    """One review, which nobody else changes until the transaction ends.

    Arguments:
        subject: Whose it must be; None for staff, who know the id alone.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = _reviews("id = %s FOR UPDATE", [review])
    if not found or subject not in {None, found[0].subject}:
        msg = "no such review"
        raise NotFound(msg)
    return found[0]


def public(slug: str, *, limit: int, offset: int) -> list[Review]:
    """Reviews of a product that everybody may read, the newest first."""
    return _reviews(
        "product_slug = %s AND hidden_at IS NULL ORDER BY id DESC LIMIT %s OFFSET %s",
        [slug, limit, offset],
    )


def newest(*, hidden: bool, limit: int = MOST) -> list[Review]:
    """Reviews of all goods, the newest first; those that are hidden, or those that are not."""
    state = "hidden_at IS NOT NULL" if hidden else "hidden_at IS NULL"
    return _reviews(f"{state} ORDER BY id DESC LIMIT %s", [limit])


def figures(slug: str) -> Mapping[int, int]:
    """How many reviews of a product gave how many stars. For pages without personal data too."""
    found = rows("SELECT stars, reviews FROM reviews_figures WHERE product_slug = %s", [slug])
    return {int(stars): int(count) for stars, count in found}


def _reviews(where: str, values: Sequence[Any]) -> list[Review]:
    statement = f"SELECT {_COLUMNS} FROM reviews_review WHERE {where}"  # noqa: S608 - constants of this module
    return [_review(row) for row in rows(statement, values)]


def _review(row: Sequence[Any]) -> Review:
    subject, id_, order, variant, slug, record, language, stars, written, edited_at, hidden_at, why = row  # fmt: skip
    return Review(
        SubjectId(subject),
        ReviewId(id_),
        OrderId(order),
        variant,
        slug,
        RecordId(record),
        Language(language),
        stars,
        written,
        edited_at,
        hidden_at,
        Hidden(why) if why else None,
    )
