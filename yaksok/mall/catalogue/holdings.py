"""The catalogue's tables: goods, words, prices and stock; only what is set aside leads to an order."""

from yaksok.kernel.holdings import OWN, About, EndedBy, Holding, Impersonal, kept

GOODS = "상품과 그 설명, 값, 사진, 재고 / goods, their words, prices, pictures and stock"

HOLDINGS = (
    Impersonal("catalogue_category", GOODS),
    Impersonal("catalogue_product", GOODS),
    Impersonal("catalogue_variant", GOODS),
    Impersonal("catalogue_stock", GOODS),
    Holding(
        "catalogue_hold",
        "key",
        "주문에 따로 둔 재고",
        "stock set aside for an order",
        kept(
            ids=("key",),
            facts=("variant_id", "quantity"),
            reason="진행 중인 주문의 재고 확보 / keeping the goods for an order under way",
            until="결제되거나 주문이 끝날 때까지 / until the order is paid or ended",
        ),
        by=OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P1.1",),
        ends=(EndedBy("yaksok.mall.catalogue.stock.release"),),
    ),
    Impersonal("catalogue_picture", GOODS),
    Impersonal("catalogue_question", GOODS),
)
