"""The catalogue's tables: goods, words, prices and stock; nobody is in them."""

from yaksok.kernel.holdings import Impersonal

GOODS = "상품과 그 설명, 값, 사진, 재고 / goods, their words, prices, pictures and stock"

HOLDINGS = (
    Impersonal("catalogue_category", GOODS),
    Impersonal("catalogue_product", GOODS),
    Impersonal("catalogue_variant", GOODS),
    Impersonal("catalogue_stock", GOODS),
    Impersonal("catalogue_hold", GOODS),
    Impersonal("catalogue_picture", GOODS),
    Impersonal("catalogue_question", GOODS),
)
