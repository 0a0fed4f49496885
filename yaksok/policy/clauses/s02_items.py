"""Section 2: which items are collected, and by which means."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "수집하는 항목과 방법", "en": "What we collect, and by which means"}

CLAUSES = (
    Clause(
        "P2.1",
        "구매 계약을 이행하는 데 필요한 최소한의 항목만 받고, 왜 필요한지 입력란 옆에 적습니다.",
        "We ask for the minimum that the purchase contract needs, and say why beside each field.",
        rule="yaksok.policy.forms.build",
        proof="test_p2_01_every_field_says_why.py",
        probe="yaksok.evidence.s02_items.p2_01_each_item_has_its_reason",
        as_written=(
            "구매 계약을 이행하는 데 필요한 최소한의 정보만 수집합니다.",
            "Only the minimum that the purchase contract needs is collected.",
        ),
    ),
    Clause(
        "P2.2",
        "필수 항목은 아래 표에 필수로 적힌 것뿐입니다.",
        "The required items are those marked as required in the table below, and no others.",
        rule="yaksok.policy.forms.build",
        proof="test_p2_02_required_is_what_the_document_says.py",
        as_written=(
            "적어야 하는 필수 항목은 이름, 주민등록번호, 주소, 전화번호, 쓰고 싶은 아이디(회원), 비밀번호(회원), 이메일 일곱 가지입니다.",
            "Seven items are required: name, resident registration number, address, telephone, the wished ID (members), a password (members) and e-mail.",
        ),
    ),
    Clause(
        "P2.3",
        "그 밖의 항목은 모두 선택이며, 비워 두어도 서비스는 같습니다.",
        "Everything else is optional, and leaving it blank changes nothing for you.",
        rule="yaksok.policy.forms.read",
        proof="test_p2_03_optional_items_may_stay_blank.py",
        as_written=("그 밖의 항목은 선택입니다.", "Everything else is optional."),
    ),
    Clause(
        "P2.4",
        "이름은 주문할 때 받습니다.",
        "The name is asked when you order.",
        rule="yaksok.policy.forms.form",
        proof="test_p2_04_the_name_is_asked_with_an_order.py",
        as_written=("이름을 필수로 받습니다.", "The name is required."),
    ),
    Clause(
        "P2.5",
        "주민등록번호는 받지 않습니다. 어느 칸에 적더라도 저장하기 전에 거절합니다.",
        "A resident registration number is never taken. Typed anywhere, it is refused before storage.",
        rule="yaksok.policy.detector.contains_rrn",
        proof="test_p2_05_no_resident_registration_number.py",
        probe="yaksok.evidence.s02_items.p2_05_no_resident_number",
        as_written=(
            "주민등록번호를 필수로 받습니다. 역사 재현이므로 누구의 것도 될 수 없는 가짜 번호만 받고, 진짜일 수 있는 번호는 어느 칸에 적더라도 거절하며, 봉인한 뒤에는 누구도 열지 않습니다.",
            "The resident registration number is required. As this is a historical reproduction, only numbers that nobody can have are taken; a number that may be real is refused wherever it is typed, and what was sealed is opened by nobody.",
        ),
        european=(
            "주민등록번호를 비롯한 국가 식별번호는 받지 않습니다. 주민등록번호는 어느 칸에 적더라도 저장하기 전에 거절합니다.",
            "National identification numbers are never asked for. A Korean resident registration number typed anywhere is refused before storage.",
        ),
    ),
    Clause(
        "P2.6",
        "주소는 가입할 때 묻지 않고 주문할 때 받습니다.",
        "The address is not asked at sign-up but when you order.",
        rule="yaksok.policy.forms.form",
        proof="test_p2_06_the_address_is_asked_with_an_order.py",
        as_written=("주소를 필수로 받습니다.", "The address is required."),
    ),
    Clause(
        "P2.7",
        "전화번호는 가입할 때 묻지 않고 주문할 때 받습니다.",
        "The phone number is not asked at sign-up but when you order.",
        rule="yaksok.policy.forms.form",
        proof="test_p2_07_the_phone_is_asked_with_an_order.py",
        as_written=("전화번호를 필수로 받습니다.", "The telephone number is required."),
    ),
    Clause(
        "P2.8",
        "회원에게는 쓰고 싶은 아이디를 받습니다.",
        "Members choose an ID.",
        rule="yaksok.policy.forms.form",
        proof="test_p2_08_members_choose_an_id.py",
        as_written=("회원에게는 쓰고 싶은 아이디를 필수로 받습니다.", "Members must choose an ID."),
    ),
    Clause(
        "P2.9",
        "회원의 비밀번호는 되돌릴 수 없는 값으로만 보관하여 아무도 읽을 수 없습니다.",
        "A member's password is kept only as a value that cannot be turned back; nobody can read it.",
        rule="yaksok.mall.accounts.verifiers.verifier_of",
        proof="test_p2_09_a_password_cannot_be_read.py",
        probe="yaksok.evidence.s02_items.p2_09_passwords_are_verifiers_only",
        as_written=(
            "회원에게는 비밀번호를 필수로 받습니다. 되돌릴 수 없는 값으로만 보관하여 아무도 읽을 수 없습니다.",
            "Members must choose a password. It is kept only as a value that cannot be turned back; nobody can read it.",
        ),
    ),
    Clause(
        "P2.10",
        "회원과 주문하는 분의 이메일을 받습니다.",
        "We ask members, and whoever orders, for an e-mail address.",
        rule="yaksok.policy.forms.form",
        proof="test_p2_10_the_email_is_asked.py",
        as_written=("이메일을 필수로 받습니다.", "An e-mail address is required."),
    ),
    Clause(
        "P2.11",
        "아이디와 비밀번호는 회원에게만 묻습니다. 비회원은 주문 조회에 쓸 비밀번호만 스스로 정합니다.",
        "ID and password are asked of members only. A guest only sets a secret to look up the order.",
        rule="yaksok.policy.forms.form",
        proof="test_p2_11_guests_have_no_account.py",
        probe="yaksok.evidence.s02_items.p2_11_guests_are_asked_for_no_account",
        as_written=(
            "아이디와 비밀번호는 회원에게만 묻습니다. 비회원은 원하면 주문 조회에 쓸 비밀번호를 정할 수 있습니다.",
            "ID and password are asked of members only. A guest may set a secret to look up the order.",
        ),
    ),
    Clause(
        "P2.12",
        "추가 정보는 회원이 원할 때만 받고, 미리 표시된 칸은 없습니다.",
        "More is taken only when a member wishes to give it, and no box is ticked beforehand.",
        rule="yaksok.policy.forms.read",
        proof="test_p2_12_nothing_is_ticked_beforehand.py",
        as_written=(
            "추가 정보는 회원이 원할 때만 골라서 줄 수 있습니다.",
            "More can be given only by members who wish to.",
        ),
    ),
    Clause(
        "P2.13",
        "일부 상품은 주문 내용을 정확히 알기 위해 더 묻습니다. 그 상품을 주문할 때만 이유와 함께 묻습니다.",
        "Some goods need one more answer to be made right. It is asked only with them, with the reason.",
        rule="yaksok.policy.forms.Form.asking",
        proof="test_p2_13_questions_come_with_their_product.py",
        as_written=(
            "일부 상품은 고객이 원하는 주문 내용을 정확히 알기 위해 주문할 때 더 묻습니다.",
            "For some goods more is asked with the order, to know exactly what the customer wants.",
        ),
    ),
    Clause(
        "P2.14",
        "그렇게 받은 정보는 그 주문과 결제, 배송에만 쓰고 주문과 함께 없앱니다.",
        "Such answers serve that order, its payment and delivery only, and go with the order.",
        rule="yaksok.policy.decide.decide",
        proof="test_p2_14_answers_serve_their_order_only.py",
        derived=True,
    ),
    Clause(
        "P2.15",
        "개인정보는 아래 표에 적힌 곳에서만 받습니다. 표는 프로그램에서 그대로 뽑은 것입니다.",
        "Personal data comes in only at the places in the table below, which the program itself lists.",
        rule="yaksok.policy.collecting.admit",
        proof="test_p2_15_personal_data_comes_in_here_only.py",
    ),
)
