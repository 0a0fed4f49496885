"""Section 5: people who buy without becoming members."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "비회원의 개인정보", "en": "Guests"}

CLAUSES = (
    Clause(
        "P5.1",
        "회원이 아니어도 상품을 살 수 있습니다.",
        "You can buy without being a member.",
        rule="yaksok.journeys.check_out.place",
        proof="test_p5_01_guests_buy_everything.py",
        probe="yaksok.evidence.s05_guests.p5_01_anybody_reaches_the_order_form",
    ),
    Clause(
        "P5.2",
        "비회원 주문에서는 결제와 배송에 꼭 필요한 것만 묻습니다.",
        "A guest order asks only what payment and delivery cannot do without.",
        rule="yaksok.policy.forms.form",
        proof="test_p5_02_guests_are_asked_the_least.py",
        probe="yaksok.evidence.s05_guests.p5_02_guests_are_asked_only_what_the_order_needs",
    ),
    Clause(
        "P5.3",
        "주문하는 분의 정보는 결제와 배송에만 씁니다.",
        "Data of the person who pays is used for payment and delivery only.",
        rule="yaksok.policy.decide.decide",
        proof="test_p5_03_payer_data_serves_the_order.py",
        probe="yaksok.evidence.s05_guests.p5_03_the_payers_data_served_the_order",
    ),
    Clause(
        "P5.4",
        "받는 분의 정보도 결제와 배송에만 씁니다.",
        "The same holds for data of the person who receives.",
        rule="yaksok.policy.decide.decide",
        proof="test_p5_04_recipient_data_serves_the_order.py",
        probe="yaksok.evidence.s05_guests.p5_04_the_recipients_data_served_the_order",
    ),
    Clause(
        "P5.5",
        "그 밖의 다른 용도로는 쓰지 않습니다.",
        "It is used for nothing else.",
        rule="yaksok.policy.decide.decide",
        proof="test_p5_05_guest_data_serves_nothing_else.py",
        probe="yaksok.evidence.s09_advertising.p5_05_no_guest_is_in_a_list_of_advertising",
    ),
    Clause(
        "P5.6",
        "비회원도 회원과 똑같이 보호받으며, 가입하지 않고 자신의 주문을 볼 수 있습니다.",
        "Guests are protected like members, and can see their order without joining.",
        rule="yaksok.journeys.look_up.look_up",
        proof="test_p5_06_guests_see_their_order.py",
        probe="yaksok.evidence.s05_guests.p5_06_guests_have_a_way_to_their_order",
        derived=True,
    ),
)
