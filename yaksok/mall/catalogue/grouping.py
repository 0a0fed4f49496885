"""To which of the first shelves each of the goods belongs."""

from yaksok.database.selecting import rows

_TOPS = """
SELECT product.slug, coalesce(above.slug, category.slug)
FROM catalogue_product product
JOIN catalogue_category category ON category.id = product.category_id
LEFT JOIN catalogue_category above ON above.id = category.parent_id
"""


def tops() -> dict[str, str]:
    """From the slug of each product, sold now or not, to that of the first shelf it stands under."""
    return dict(rows(_TOPS))
