"""Reads of the shelf: home, category, product, and what a basket needs to know. No persons.

Each call is a small fixed number of statements, whatever the number of goods.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.mall.catalogue import statements
from yaksok.mall.catalogue.goods import (
    NEW_DAYS,
    PAGE_SIZE,
    Card,
    Category,
    Home,
    Listing,
    Offer,
    Page,
    Picture,
    Product,
    Sort,
    Supply,
    Variant,
)
from yaksok.policy.vocabulary import Language

SHELF = 12
"""Goods in each row of the first page."""

ALIKE = 4

FURTHEST = 10_000
"""The highest page number that is asked of the database."""


def home(language: Language) -> Home:
    """The first page: the newest goods, those most loved, and every category. Three statements."""

    def shelf(sort: Sort) -> tuple[Card, ...]:
        statement = statements.cards(language, "true", statements.ORDERS[sort], limit=SHELF)
        return tuple(card(row) for row in rows(statement, {"offset": 0}))

    return Home(shelf(Sort.NEW), shelf(Sort.LOVED), categories(language))


def categories(language: Language) -> tuple[Category, ...]:
    """Every category with those below it, in the shop's order. One statement."""
    return _tree(rows(statements.CATEGORIES[language]))


def category(slug: str, *, sort: Sort, page: int, in_stock: bool, language: Language) -> Listing:
    """One page of a category's goods and of those below it.

    A page beyond the last gives the last, so that an old address still shows something.

    Raises:
        NotFound: there is no such category.

    Cost:
        Two statements; a third when the page asked for does not exist.
    """
    found = rows(statements.CATEGORIES[language])
    trail, ids = _way(found, slug)
    where = "product.category_id = ANY (%(ids)s)" + (statements.IN_STOCK if in_stock else "")
    total = statements.counted_apart(where)
    order = statements.ORDERS[sort]
    statement = statements.cards(language, where, order, limit=PAGE_SIZE, total=total)
    return Listing(trail[-1], trail, paged(statement, {"ids": ids}, page), sort, in_stock)


def product(slug: str, language: Language) -> Product:
    """Everything the page of one product shows. Five statements.

    Raises:
        NotFound: there is no such product, or it is not sold any more.
    """
    found = rows(statements.PRODUCT[language], [slug])
    if not found:
        raise NotFound(slug)
    facts = found[0]
    key, category_id = facts[0], facts[11]
    variants = tuple(
        Variant(id_, sku, label, price, max(left, 0), Supply.of(left))
        for id_, sku, label, price, left in rows(statements.VARIANTS[language], [key])
    )
    order = "abs(product.price - %(price)s), product.id"
    alike = statements.cards(
        language,
        "product.category_id = %(category)s AND product.id <> %(id)s",
        order,
        limit=ALIKE,
    )
    tree = rows(statements.CATEGORIES[language])
    trail, _ = _way(tree, next(row[2] for row in tree if row[0] == category_id))
    return Product(
        slug=slug,
        name=facts[2],
        summary=facts[3],
        description=facts[4],
        maker=facts[5],
        origin=facts[6],
        weight_g=facts[7],
        price=facts[8],
        price_varies=len({one.price for one in variants}) > 1,
        supply=Supply.of(sum(one.left for one in variants)),
        new=_is_new(facts[9]),
        loved=facts[10],
        pictures=tuple(Picture(*row) for row in rows(statements.PICTURES[language], [key])),
        variants=variants,
        question=facts[12],
        trail=trail,
        alike=tuple(
            card(row)
            for row in rows(
                alike, {"category": category_id, "id": key, "price": facts[8], "offset": 0}
            )
        ),
    )


def offers(variants: Sequence[UUID], language: Language) -> dict[UUID, Offer]:
    """What is offered now under each of ``variants``; one that never was is absent. One statement."""
    found = rows(statements.OFFERS[language], [list(variants)])
    return {
        row[0]: Offer(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            max(row[6], 0),
            row[7],
            _picture(row[8:12]),
        )
        for row in found
    }


def questions(variants: Sequence[UUID]) -> dict[str, str]:
    """Which question of the policy the products of ``variants`` ask (P2.13). One statement.

    Returns:
        The question's name by the product's slug; products that ask nothing are absent.
    """
    return {slug: name for _, slug, name in rows(statements.QUESTIONS, [list(variants)])}


def paged(statement: str, values: dict[str, Any], number: int) -> Page:
    """Page ``number`` (from 1) of what ``statement`` lists; the last one when there are fewer."""
    number = min(max(number, 1), FURTHEST)
    found = rows(statement, {**values, "offset": (number - 1) * PAGE_SIZE})
    if not found and number > 1:
        first = rows(statement, {**values, "offset": 0})
        total = first[0][-1] if first else 0
        number = max(-(-total // PAGE_SIZE), 1)
        found = (
            first
            if number == 1
            else rows(statement, {**values, "offset": (number - 1) * PAGE_SIZE})
        )
    total = found[0][-1] if found else 0
    return Page(tuple(card(row) for row in found), total, number, max(-(-total // PAGE_SIZE), 1))


def card(row: tuple[Any, ...]) -> Card:
    """The card that one row of :func:`statements.cards` describes."""
    slug, name, summary, maker, price, varies = row[:6]
    left, created_at, loved = row[10:13]
    return Card(
        slug,
        name,
        summary,
        maker,
        price,
        price_varies=bool(varies),
        picture=_picture(row[6:10]),
        left=max(int(left), 0),
        supply=Supply.of(int(left)),
        new=_is_new(created_at),
        loved=loved,
    )


def _picture(columns: tuple[Any, ...]) -> Picture | None:
    return Picture(*columns) if columns[0] else None


def _is_new(created_at: Any) -> bool:  # noqa: ANN401 - a column
    return bool(clock.now() - created_at < timedelta(days=NEW_DAYS))


def _tree(found: list[tuple[Any, ...]]) -> tuple[Category, ...]:
    below: dict[UUID, list[Category]] = {}
    for _, parent, slug, name, about, count in found:
        if parent is not None:
            below.setdefault(parent, []).append(Category(slug, name, about, count))
    return tuple(
        Category(
            slug,
            name,
            about,
            count + sum(one.count for one in below.get(id_, [])),
            tuple(below.get(id_, [])),
        )
        for id_, parent, slug, name, about, count in found
        if parent is None
    )


def _way(found: list[tuple[Any, ...]], slug: str) -> tuple[tuple[Category, ...], list[UUID]]:
    """The way down to the category ``slug``, and the ids of it and of those below it."""
    for id_, parent, here, *_ in found:
        if here != slug:
            continue
        ids = [id_, *(row[0] for row in found if row[1] == id_)]
        for top in _tree(found):
            if top.slug == slug:
                return (top,), ids
            for child in top.children if parent is not None else ():
                if child.slug == slug:
                    return (top, child), ids
    raise NotFound(slug)
