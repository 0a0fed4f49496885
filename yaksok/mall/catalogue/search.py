"""Search as Koreans type it: whole words, parts of words, half-typed syllables, initial consonants."""

from yaksok.mall.catalogue import hangul, statements
from yaksok.mall.catalogue.goods import PAGE_SIZE, Found, Page
from yaksok.mall.catalogue.shelf import paged
from yaksok.policy.vocabulary import Language

LONGEST = 60
"""Characters of a query that are used."""

MOST_WORDS = 6

NOTHING = Page((), 0, 1, 1)


def search(query: str, *, page: int, language: Language) -> Found:
    """Goods in which every word of ``query`` occurs, in either language, the best first.

    A word of consonants alone (``ㅊㅈ``) is looked for among initial consonants. A name that
    begins with the query stands before one that contains it, and that before a description that
    does. When nothing fits, the last syllable may go on: ``찻자`` then finds ``찻잔``. Signs,
    emoji and wildcards mean nothing; an empty query finds nothing.

    Cost:
        One statement; a second when the first finds nothing, one more for a page beyond the last.
    """
    used = " ".join(hangul.normal(query[: LONGEST * 4])[:LONGEST].split()[:MOST_WORDS])
    if not used:
        return Found("", NOTHING)
    strict = _page(used.split(), [hangul.letters(word) for word in used.split()], page, language)
    if strict.total:
        return Found(used, strict)
    *whole, last = used.split()
    loose = [*(hangul.letters(word) for word in whole), hangul.begun(last)]
    return Found(used, _page(used.split(), loose, page, language))


def _page(words: list[str], written: list[str], page: int, language: Language) -> Page:
    conditions, ranks = [], []
    values: dict[str, str] = {}
    for place, (word, form) in enumerate(zip(words, written, strict=True)):
        typed_initials = hangul.is_initials(word)
        sought = word if typed_initials else form
        text = "product.search_initials" if typed_initials else "product.search_text"
        name = "product.search_initials" if typed_initials else "product.search_name"
        conditions.append(f"{text} LIKE %(any{place})s")
        ranks.append(
            f"CASE WHEN {name} LIKE %(start{place})s THEN 0 WHEN {name} LIKE %(word{place})s THEN 1"
            f" WHEN {name} LIKE %(any{place})s THEN 2 ELSE 3 END"
        )
        values |= {
            f"any{place}": f"%{sought}%",
            f"start{place}": f"{sought}%",
            f"word{place}": f"% {sought}%",
        }
    order = f"{' + '.join(ranks)}, product.loved DESC, product.id"
    where = " AND ".join(conditions)
    statement = statements.cards(language, where, order, limit=PAGE_SIZE, total=statements.COUNTED)
    return paged(statement, values, page)
