"""The shelf's SQL, one text per language. Only the suffix of a column's name is put in; values never are."""

from yaksok.mall.catalogue.goods import Sort
from yaksok.policy.vocabulary import Language

ORDERS = {
    Sort.LOVED: "product.loved DESC, product.id DESC",
    Sort.NEW: "product.created_at DESC, product.id DESC",
    Sort.PRICE_DOWN: "product.price DESC, product.id DESC",
    Sort.PRICE_UP: "product.price, product.id",
}

IN_STOCK = (
    " AND EXISTS (SELECT 1 FROM catalogue_variant variant JOIN catalogue_stock stock ON stock.variant_id = variant.id"
    " WHERE variant.product_id = product.id AND variant.active AND stock.on_hand > stock.reserved)"
)

_CARD = """
WITH listed AS (
  SELECT product.id, product.slug, product.name_{l} AS name, product.summary_{l} AS summary,
         product.maker_{l} AS maker, product.price, product.created_at, product.loved,
         {total} AS total
  FROM catalogue_product product WHERE product.active AND {where}
  ORDER BY {order} LIMIT {limit} OFFSET %(offset)s
), chosen AS MATERIALIZED (SELECT *, row_number() OVER () AS place FROM listed)
SELECT chosen.slug, chosen.name, chosen.summary, chosen.maker, chosen.price, supply.extra > 0,
       picture.name, picture.width, picture.height, picture.alt_{l},
       coalesce(supply.free, 0), chosen.created_at, chosen.loved, chosen.total
FROM chosen
LEFT JOIN catalogue_picture picture ON picture.product_id = chosen.id AND picture.position = 0
LEFT JOIN LATERAL (
  SELECT sum(stock.on_hand - stock.reserved) AS free, max(variant.extra_price) AS extra
  FROM catalogue_variant variant JOIN catalogue_stock stock ON stock.variant_id = variant.id
  WHERE variant.product_id = chosen.id AND variant.active
) supply ON true
ORDER BY chosen.place
"""


def cards(language: Language, where: str, order: str, *, limit: int, total: str = "0") -> str:
    """A statement for ``limit`` cards; takes ``offset`` and what ``where`` and ``order`` name.

    ``total`` says how all that fit are counted: :data:`COUNTED`, :func:`counted_apart`, or not.
    """
    return _CARD.format(l=language.value, where=where, order=order, limit=int(limit), total=total)


COUNTED = "count(*) OVER ()"
"""Counts while it lists: for a condition that costs more than the rows it finds."""


def counted_apart(where: str) -> str:
    """Counts by an index, without looking at the rows: for a cheap condition that finds many."""
    return f"(SELECT count(*) FROM catalogue_product product WHERE product.active AND {where})"  # noqa: S608 - a condition of ours


_CATEGORIES = """
SELECT category.id, category.parent_id, category.slug, category.name_{l}, category.about_{l},
       coalesce(goods.number, 0)
FROM catalogue_category category
LEFT JOIN (
  SELECT category_id, count(*) AS number FROM catalogue_product WHERE active GROUP BY category_id
) goods ON goods.category_id = category.id
ORDER BY category.position, category.id
"""

_PRODUCT = """
SELECT product.id, product.slug, product.name_{l}, product.summary_{l}, product.description_{l},
       product.maker_{l}, product.origin_{l}, product.weight_g, product.price, product.created_at,
       product.loved, product.category_id, coalesce(question.name, '')
FROM catalogue_product product
LEFT JOIN catalogue_question question ON question.product_id = product.id
WHERE product.slug = %s AND product.active
"""

_VARIANTS = """
SELECT variant.id, variant.sku, variant.label_{l}, product.price + variant.extra_price,
       coalesce(stock.on_hand - stock.reserved, 0)
FROM catalogue_variant variant
JOIN catalogue_product product ON product.id = variant.product_id
LEFT JOIN catalogue_stock stock ON stock.variant_id = variant.id
WHERE variant.product_id = %s AND variant.active
ORDER BY variant.position, variant.id
"""

_PICTURES = """
SELECT name, width, height, alt_{l} FROM catalogue_picture WHERE product_id = %s ORDER BY position
"""

_OFFERS = """
SELECT variant.id, product.slug, product.name_{l}, variant.label_{l}, product.price + variant.extra_price,
       product.weight_g, coalesce(stock.on_hand - stock.reserved, 0), product.active AND variant.active,
       picture.name, picture.width, picture.height, picture.alt_{l}
FROM catalogue_variant variant
JOIN catalogue_product product ON product.id = variant.product_id
LEFT JOIN catalogue_stock stock ON stock.variant_id = variant.id
LEFT JOIN catalogue_picture picture ON picture.product_id = product.id AND picture.position = 0
WHERE variant.id = ANY (%s)
"""

QUESTIONS = """
SELECT DISTINCT product.id, product.slug, question.name
FROM catalogue_question question
JOIN catalogue_product product ON product.id = question.product_id
JOIN catalogue_variant variant ON variant.product_id = product.id
WHERE variant.id = ANY (%s)
ORDER BY product.id
"""


def _spoken(text: str) -> dict[Language, str]:
    return {language: text.format(l=language.value) for language in Language}


CATEGORIES = _spoken(_CATEGORIES)
PRODUCT = _spoken(_PRODUCT)
VARIANTS = _spoken(_VARIANTS)
PICTURES = _spoken(_PICTURES)
OFFERS = _spoken(_OFFERS)
