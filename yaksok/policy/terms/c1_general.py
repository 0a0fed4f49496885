"""Chapter 1: what the terms are about, articles 1 to 5."""

from yaksok.policy.entries import Text
from yaksok.policy.terms.article import Article, P

TITLE = Text(ko="총칙", en="General")

ARTICLES = (
    Article(
        1,
        Text(ko="목적", en="Purpose"),
        (
            P(
                ko="이 약관은 {company}(이하 '몰')가 운영하는 인터넷 쇼핑몰 {mall}에서 상품을 사고파는 일에 관해 몰과 이용자의 권리, 의무, 책임을 정합니다.",
                en="These terms set out the rights, duties and liability of {company} ('the mall') and of those who buy in its internet shop {mall}.",
            ),
        ),
    ),
    Article(
        2,
        Text(ko="말의 뜻", en="Words"),
        (
            P(
                ko="'이용자'는 이 약관에 따라 몰을 이용하는 회원과 비회원입니다.",
                en="A 'user' is a member or a guest who uses the mall under these terms.",
            ),
            P(
                ko="'회원'은 가입하여 아이디를 받은 사람이고, '비회원'은 가입하지 않고 이용하는 사람입니다. 비회원도 모든 상품을 살 수 있습니다.",
                en="A 'member' has joined and holds an ID; a 'guest' uses the mall without joining. Guests can buy everything.",
            ),
        ),
    ),
    Article(
        3,
        Text(ko="약관의 게시와 변경", en="Notice and change of the terms"),
        (
            P(
                ko="몰은 이 약관과 회사 정보(상호, 대표자, 주소, 전화번호, 이메일, 등록번호)를 모든 화면 아래에서 볼 수 있게 합니다.",
                en="These terms and the company's details (name, representative, address, phone, e-mail, registration numbers) can be reached at the foot of every page.",
            ),
            P(
                ko="계약하기 전에 청약철회, 배송 책임, 환불 조건처럼 중요한 내용은 이용자가 알아볼 수 있게 따로 보여 드립니다.",
                en="What matters most, such as withdrawal, delivery and refund, is shown apart before a contract is made.",
            ),
            P(
                ko="약관을 바꿀 때는 시행일과 까닭을 적어 지금 약관과 함께 시행 {notice_days}일 전부터 알립니다. 이용자에게 불리하게 바뀌면 {adverse_days}일 전부터 알리고 바뀌는 곳을 견주어 보여 드립니다.",
                en="A change is announced with its date and reason, beside the present text, {notice_days} days before it takes effect; {adverse_days} days before, with both texts compared, if it is to the user's disadvantage.",
            ),
            P(
                ko="바뀐 약관은 시행일 뒤의 계약에만 적용합니다. 그 전에 맺은 계약에는 그때의 약관을 적용하며, 지난 약관은 모두 판별로 볼 수 있습니다.",
                en="The changed terms hold only for contracts made from that day on. Earlier contracts keep the terms they were made under, and every earlier version can be read.",
            ),
        ),
    ),
    Article(
        4,
        Text(ko="몰이 하는 일", en="What the mall does"),
        (
            P(
                ko="몰은 상품의 정보를 알리고, 계약을 맺고, 계약한 상품을 배송합니다.",
                en="The mall shows goods, makes contracts and delivers the goods.",
            ),
            P(
                ko="품절처럼 어쩔 수 없는 까닭으로 계약한 상품을 보낼 수 없게 되면 바로 그 까닭을 알리고, 돈을 이미 받았으면 받은 날부터 3영업일 안에 돌려드립니다.",
                en="If goods under contract cannot be sent, for instance because they ran out, the user is told why at once and gets back what was paid within 3 working days of paying.",
            ),
        ),
    ),
    Article(
        5,
        Text(ko="서비스의 중단", en="Interruptions"),
        (
            P(
                ko="점검, 교체, 고장, 통신 두절이 있으면 서비스를 잠시 멈출 수 있습니다. 미리 알 수 있는 일은 먼저 알립니다.",
                en="The service may stop for maintenance, replacement, failure or loss of connection. What is foreseen is announced.",
            ),
            P(
                ko="서비스가 멈추어 이용자나 제3자가 입은 손해는 배상합니다. 다만 몰이 고의나 과실이 없음을 증명하면 그러하지 않습니다.",
                en="The mall pays for damage that an interruption does to users or others, unless it proves that it acted neither wilfully nor negligently.",
            ),
        ),
    ),
)
