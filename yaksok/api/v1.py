"""Version 1: goods, one's own guest order, and the promises. The page ``openapi.json`` describes it.

There is no browser console here: it would load scripts of another origin, and no page does.
"""

from collections.abc import Iterable
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from yaksok.api.orders import look_up_order
from yaksok.api.promises import promises_said
from yaksok.api.shapes import (
    CardOut,
    LookUpIn,
    OrderOut,
    PageOut,
    PictureOut,
    ProductOut,
    PromiseOut,
    TroubleOut,
    VariantOut,
)
from yaksok.api.taking import LOOK_UP
from yaksok.journeys import browse
from yaksok.kernel.errors import Invalid
from yaksok.mall.catalogue.goods import Card, Page, Picture, Product
from yaksok.policy.vocabulary import Language

Lang = Literal["ko", "en"]

api = NinjaAPI(
    title="Yaksok",
    version="1",
    description="Goods, a guest's own order, and the promises of the mall.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)


def _picture(picture: Picture | None) -> PictureOut | None:
    return None if picture is None else _shown(picture)


def _shown(picture: Picture) -> PictureOut:
    return PictureOut(url=picture.url, width=picture.width, height=picture.height, alt=picture.alt)


def _card(card: Card) -> CardOut:
    return CardOut(
        slug=card.slug,
        name=card.name,
        summary=card.summary,
        maker=card.maker,
        price=card.price,
        price_varies=card.price_varies,
        supply=card.supply,
        picture=_picture(card.picture),
    )


def _page(page: Page) -> PageOut:
    return PageOut(
        goods=[_card(card) for card in page.cards],
        total=page.total,
        page=page.number,
        pages=page.pages,
    )


def _product(product: Product) -> ProductOut:
    pictures: Iterable[Picture] = product.pictures
    return ProductOut(
        slug=product.slug,
        name=product.name,
        summary=product.summary,
        description=product.description,
        maker=product.maker,
        origin=product.origin,
        price=product.price,
        price_varies=product.price_varies,
        supply=product.supply,
        picture=_picture(next(iter(pictures), None)),
        pictures=[_shown(picture) for picture in pictures],
        variants=[
            VariantOut(id=str(v.id), sku=v.sku, label=v.label, price=v.price, supply=v.supply)
            for v in product.variants
        ],
    )


@api.get("/goods", response={200: PageOut, 404: TroubleOut}, url_name="goods")
def goods(
    request: HttpRequest,  # noqa: ARG001 - the router's shape
    q: str = "",
    category: str = "",
    sort: str = "",
    page: int = 1,
    lang: Lang = "ko",
) -> PageOut:
    """Goods by search or by category, a page at a time.

    Without either, what a search for nothing finds.
    """
    language = Language(lang)
    if category and not q:
        return _page(browse.category(category, sort, page, language=language).page)
    return _page(browse.search(q, page, language=language).page)


@api.get("/goods/{slug}", response={200: ProductOut, 404: TroubleOut}, url_name="goods_detail")
def goods_detail(request: HttpRequest, slug: str, lang: Lang = "ko") -> ProductOut:  # noqa: ARG001 - the router's shape
    """One product with its options."""
    return _product(browse.product(slug, Language(lang)))


@api.post(
    "/orders/look-up",
    response={200: OrderOut, 400: TroubleOut, 429: TroubleOut},
    url_name="look_up",
)
@LOOK_UP
def look_up(request: HttpRequest, proof: LookUpIn, lang: Lang = "ko") -> OrderOut:
    """A guest's order, by its number and the secret that the guest set. Masked; counted."""
    with translation.override(lang):
        return look_up_order(request, proof)


@api.get("/promises", response=list[PromiseOut], url_name="promises")
def promises(request: HttpRequest, lang: Lang = "ko") -> list[PromiseOut]:  # noqa: ARG001 - the router's shape
    """Every promise, with what enforces it and whether it is kept now."""
    with translation.override(lang):
        return promises_said(Language(lang))


def _trouble(
    status: int, title: str, problems: dict[str, str], request: HttpRequest
) -> HttpResponse:
    said = TroubleOut(
        status=status, title=title, advice=" ".join(problems.values()), problems=problems
    )
    return api.create_response(request, said, status=status)


@api.exception_handler(Invalid)
def invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    """400 with a sentence for each field."""
    problems = {name: str(text) for name, text in error.problems.items()}
    return _trouble(400, _("요청을 읽지 못했어요"), problems, request)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400 that names the fields and repeats no value."""
    fields = {str(one["loc"][-1]) for one in error.errors}
    problems = {name: _("이 값을 확인해 주세요.") for name in sorted(fields)}
    return _trouble(400, _("요청을 읽지 못했어요"), problems, request)
