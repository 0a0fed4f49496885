"""Chapter 4: taking goods back and giving money back, article 14."""

from yaksok.policy.entries import Text
from yaksok.policy.terms.article import Article, P

TITLE = Text(ko="청약철회와 환불", en="Withdrawal and refund")

KOREAN = Article(
    14,
    Text(ko="청약철회, 반품, 환불", en="Withdrawal, return, refund"),
    (
        P(
            ko="이용자는 계약 내용에 관한 서면을 받은 날부터, 상품이 그보다 늦게 왔으면 상품을 받은 날부터 {withdrawal_days}일 안에 까닭을 대지 않고 청약을 철회할 수 있습니다.",
            en="The user may withdraw without giving a reason within {withdrawal_days} days of receiving the contract in writing, or of receiving the goods if they came later.",
        ),
        P(
            ko="다음의 경우에는 철회할 수 없습니다.\n1. 이용자의 잘못으로 상품이 없어지거나 망가진 경우. 다만 내용을 확인하려고 포장을 뜯은 것은 괜찮습니다.\n2. 써서 상품의 가치가 뚜렷이 줄어든 경우\n3. 시간이 지나 다시 팔기 어려울 만큼 가치가 뚜렷이 줄어든 경우\n4. 복제할 수 있는 상품의 포장을 뜯은 경우\n5. 주문에 따라 따로 만드는 상품으로, 철회를 받으면 몰에 되돌릴 수 없는 큰 피해가 예상되어 미리 따로 알리고 서면 동의를 받은 경우",
            en="Withdrawal is excluded if:\n1. the goods were lost or damaged by the user's fault; opening the package to look is no fault\n2. their value clearly fell by use\n3. their value clearly fell with time so that they can hardly be sold again\n4. the package of goods that can be copied was opened\n5. they were made to order, withdrawal would do the mall grave and lasting damage, and this was told apart beforehand and agreed to in writing.",
        ),
        P(
            ko="제2항 제2호부터 제4호까지의 상품은 철회할 수 없다는 것을 포장이나 화면에 뚜렷이 적거나 시험 사용할 것을 드려야 하며, 그렇게 하지 않았으면 철회할 수 있습니다.",
            en="For items 2 to 4 of paragraph 2 that must be clearly said on the package or the page, or a sample offered; otherwise withdrawal is possible.",
        ),
        P(
            ko="상품이 표시나 광고와 다르거나 계약과 다르면 위와 상관없이 상품을 받은 날부터 3개월 안에, 그 사실을 안 날 또는 알 수 있었던 날부터 30일 안에 철회할 수 있습니다.",
            en="If the goods differ from what was shown or agreed, withdrawal is possible all the same: within 3 months of receiving them, and within 30 days of learning of it or being able to.",
        ),
        P(
            ko="상품을 돌려보내는 비용은 이용자가 부담합니다. 제4항의 경우에는 몰이 부담합니다. 몰은 철회를 이유로 위약금이나 손해배상을 요구하지 않습니다.",
            en="The user bears the cost of sending goods back; in the case of paragraph 4 the mall does. No penalty or damages are asked for a withdrawal.",
        ),
        P(
            ko="몰은 상품을 돌려받은 날부터 3영업일 안에 받은 대금을 돌려드립니다. 늦어지면 늦은 날만큼 법령이 정한 이율의 지연이자를 더합니다. 카드로 결제한 것은 결제 회사에 청구를 멈추거나 취소하도록 바로 요청합니다.",
            en="The mall pays back what it received within 3 working days of getting the goods back, and adds interest at the rate set by law for each day it is late. For a card it asks the payment company at once to stop or cancel the charge.",
        ),
    ),
)

EUROPEAN = Article(
    14,
    Text(ko="청약철회, 반품, 환불", en="Withdrawal, return, refund"),
    (
        P(
            ko="소비자는 상품을 받은 날부터 {withdrawal_days}일 안에 까닭을 대지 않고 계약을 철회할 수 있습니다. 여러 개를 나누어 받으면 마지막 것을 받은 날부터 셉니다.",
            en="A consumer may withdraw from the contract without giving a reason within {withdrawal_days} days of receiving the goods; of several, the last.",
        ),
        P(
            ko="철회는 주문 화면의 철회 단추로, 또는 이메일이나 우편처럼 분명한 뜻을 밝히는 어떤 방법으로든 할 수 있습니다. 몰은 받았음을 바로 알립니다. 기간 안에 보내면 늦지 않습니다.",
            en="Withdraw by the button on the page of the order, or by any clear statement, for instance by e-mail or post. The mall confirms it at once. It is in time if it is sent within the period.",
        ),
        P(
            ko="주문에 따라 따로 만든 상품, 쉽게 상하는 상품, 위생상 봉한 것을 뜯은 상품, 봉한 것을 뜯은 음반과 소프트웨어에는 철회권이 없습니다.",
            en="There is no right of withdrawal for goods made to the consumer's specifications, goods that spoil quickly, goods sealed for hygiene and unsealed, and unsealed recordings or software.",
        ),
        P(
            ko="몰은 철회를 안 날부터 14일 안에 기본 배송비를 포함해 받은 돈을 같은 결제 방법으로 돌려드립니다. 상품을 돌려받거나 보냈다는 증거를 받을 때까지 미룰 수 있습니다.",
            en="Within 14 days of learning of the withdrawal the mall pays back all it received, standard delivery included, by the same means of payment. It may wait until it has the goods back or proof that they were sent.",
        ),
        P(
            ko="소비자는 철회한 날부터 14일 안에 상품을 돌려보냅니다. 돌려보내는 비용은 소비자가 부담하며, 살펴보는 데 필요한 것보다 더 써서 줄어든 가치만 물어 주시면 됩니다.",
            en="The consumer sends the goods back within 14 days of withdrawing and bears the cost of that. Only loss of value by use beyond what trying them needs is to be paid for.",
        ),
        P(
            ko="상품에 결함이 있으면 법이 정한 보증에 따라 2년 동안 수리, 교환, 감액, 해제를 요구할 수 있고, 그 비용은 몰이 부담합니다.",
            en="Goods that are not in conformity are under legal guarantee for 2 years: repair, replacement, reduction of the price or ending the contract, at the mall's cost.",
        ),
    ),
)
