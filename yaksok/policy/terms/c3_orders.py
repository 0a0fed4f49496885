"""Chapter 3: orders, payment and delivery, articles 9 to 13."""

from yaksok.policy.entries import Text
from yaksok.policy.terms.article import Article, P

TITLE = Text(ko="주문과 배송", en="Orders and delivery")

ARTICLES = (
    Article(
        9,
        Text(ko="구매 신청", en="Ordering"),
        (
            P(
                ko="이용자는 상품을 고르고, 받는 분과 주문하는 분을 적고, 청약철회를 할 수 없는 상품인지와 배송비처럼 부담할 금액을 확인한 뒤 결제를 눌러 주문합니다.",
                en="A user chooses goods, says who receives and who orders, checks whether withdrawal is excluded and what there is to pay, delivery included, and orders by pressing the button for payment.",
            ),
            P(
                ko="주문할 때에는 계약과 결제, 배송에 꼭 필요한 것만 묻습니다.",
                en="An order asks only what contract, payment and delivery need.",
            ),
        ),
    ),
    Article(
        10,
        Text(ko="계약의 성립", en="The contract"),
        (
            P(
                ko="계약은 주문을 받아들였다는 몰의 알림이 이용자에게 닿은 때 이루어집니다. 알림에는 주문 내용과 판매할 수 있는지, 고치고 취소하는 방법이 들어 있습니다.",
                en="The contract is made when the mall's acceptance reaches the user. It says what was ordered, that it can be sold, and how to correct or cancel.",
            ),
            P(
                ko="주문에 거짓이나 빠진 것, 잘못 적은 것이 있거나 받아들이면 기술상 뚜렷이 지장이 있을 때에는 받아들이지 않을 수 있습니다.",
                en="An order may be declined if something in it is false, missing or mistaken, or if accepting it would clearly cause technical trouble.",
            ),
            P(
                ko="미성년자가 법정대리인의 동의 없이 맺은 계약은 본인이나 법정대리인이 취소할 수 있습니다.",
                en="A contract made by a minor without the guardian's consent can be cancelled by the minor or the guardian.",
            ),
        ),
    ),
    Article(
        11,
        Text(ko="결제", en="Payment"),
        (
            P(
                ko="결제는 결제 회사의 창에서 합니다. 몰은 카드 번호를 받지도 보관하지도 않습니다.",
                en="Payment takes place in the window of the payment company. The mall neither receives nor keeps a card number.",
            ),
            P(
                ko="몰은 결제 방법을 이유로 수수료를 더 받지 않습니다.",
                en="No fee is charged for a way of paying.",
            ),
        ),
    ),
    Article(
        12,
        Text(ko="수신 확인과 주문의 변경, 취소", en="Confirmation, change and cancellation"),
        (
            P(
                ko="몰은 주문을 받으면 이용자에게 수신을 확인해 알립니다.",
                en="The mall confirms each order it receives.",
            ),
            P(
                ko="내용이 다르면 이용자는 바로 변경이나 취소를 요청할 수 있고, 배송하기 전이면 몰은 지체 없이 처리합니다. 이미 결제했으면 제14조에 따릅니다.",
                en="If it is not what was meant the user may ask for a change or cancellation at once; before dispatch it is done without delay. What was already paid follows article 14.",
            ),
        ),
    ),
    Article(
        13,
        Text(ko="배송", en="Delivery"),
        (
            P(
                ko="따로 약속하지 않으면 몰은 대금을 받은 날부터 3영업일 안에 상품을 보내는 데 필요한 조치를 합니다. 주문 제작처럼 더 걸리는 상품은 상품 화면에 기간을 적습니다.",
                en="Unless agreed otherwise the mall takes steps to send the goods within 3 working days of payment. Goods that take longer, such as those made to order, say so on their page.",
            ),
            P(
                ko="배송은 {courier}에 맡기며, 몰은 배송 방법과 비용, 부담하는 사람을 주문하기 전에 보여 드립니다.",
                en="Delivery is by {courier}. The way, its cost and who bears it are shown before the order.",
            ),
            P(
                ko="약속한 배송 기간을 넘겨 이용자가 손해를 입으면 배상합니다. 다만 몰이 고의나 과실이 없음을 증명하면 그러하지 않습니다.",
                en="Damage that late delivery does to the user is paid for, unless the mall proves that it acted neither wilfully nor negligently.",
            ),
        ),
    ),
)
