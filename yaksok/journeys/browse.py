"""Looking around: home, category, product, search. Nobody needs to be anybody for it."""

from yaksok.journeys.questions import Question, asked
from yaksok.mall.catalogue import search as searching
from yaksok.mall.catalogue import shelf
from yaksok.mall.catalogue.goods import Category, Found, Home, Listing, Product, Sort
from yaksok.policy.vocabulary import Language

SORTS = {sort.value: sort for sort in Sort}


def home(language: Language) -> Home:
    """The first page: new, loved, every category."""
    return shelf.home(language)


def categories(language: Language) -> tuple[Category, ...]:
    """The menu: every category with those below it."""
    return shelf.categories(language)


def category(
    slug: str, sort: str, page: str | int, language: Language, *, in_stock: bool = False
) -> Listing:
    """One page of a category. An unknown order means newest first, a malformed page the first.

    Raises:
        NotFound: there is no such category.
    """
    order = SORTS.get(sort, Sort.NEW)
    return shelf.category(
        slug, sort=order, page=_number(page), in_stock=in_stock, language=language
    )


def product(slug: str, language: Language) -> Product:
    """Everything about one product.

    Raises:
        NotFound: there is no such product.
    """
    return shelf.product(slug, language)


def question(of: Product) -> Question | None:
    """What the buyer of a product will be asked besides, and why; None when nothing is (P2.13)."""
    return next(iter(asked({of.slug: of.question})), None)


def search(query: str, page: str | int, language: Language) -> Found:
    """Goods that fit ``query``; whatever is typed is taken, and nothing in it is a command."""
    return searching.search(query, page=_number(page), language=language)


def _number(page: str | int) -> int:
    text = str(page)[:6]
    return int(text) if text.isascii() and text.isdigit() else 1
