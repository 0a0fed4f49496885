"""Section 1: why data is collected, and that it is used for nothing else."""

from yaksok.policy.clauses.clause import Clause

TITLE = {
    "ko": "개인정보를 모으는 목적과 이용",
    "en": "Why we collect personal data, and how we use it",
}

CLAUSES = (
    Clause(
        "P1.1",
        "{mall}은 상품 주문을 받고 처리하기 위해 개인정보를 수집합니다.",
        "{mall} collects personal data to take and process orders.",
        rule="yaksok.policy.decide.decide",
        proof="test_p1_01_orders_use_what_orders_need.py",
        probe="yaksok.evidence.s01_purpose.p1_01_orders_use_what_orders_need",
    ),
    Clause(
        "P1.2",
        "대금을 결제하고 환불하는 데 필요한 개인정보만 결제에 이용합니다.",
        "For payment and refund we use only the data that they need.",
        rule="yaksok.policy.decide.decide",
        proof="test_p1_02_payment_reads_the_payer_alone.py",
        probe="yaksok.evidence.s01_purpose.p1_02_payment_uses_the_payer_alone",
    ),
    Clause(
        "P1.3",
        "주문한 상품을 받는 분에게 배송하는 데 필요한 개인정보만 배송에 이용합니다.",
        "For delivery we use only the data that bringing the goods needs.",
        rule="yaksok.policy.decide.decide",
        proof="test_p1_03_delivery_reads_the_recipient.py",
        probe="yaksok.evidence.s01_purpose.p1_03_delivery_uses_the_recipient",
    ),
    Clause(
        "P1.4",
        "회원에게 드리는 편의 서비스는 {member_services}이며, 이름이 적히지 않은 서비스에는 회원의 정보를 쓰지 않습니다.",
        "The services for members are: {member_services}. A service that is not named here uses no"
        " member's data.",
        rule="yaksok.policy.lints.l_vague.check",
        proof="test_p1_04_each_member_service_has_a_name.py",
        probe="yaksok.evidence.s01_purpose.p1_04_each_service_is_named",
        as_written=(
            "회원에게 드리는 여러 편의 서비스({member_services})에 회원의 정보를 씁니다.",
            "Members' data is used for the various services that members are given ({member_services}).",
        ),
    ),
    Clause(
        "P1.5",
        "꼭 있어야 하는 최소한의 정보만 필수로 받습니다. 여기에 적히지 않은 항목은 보내더라도 받지 않습니다.",
        "Only the minimum is required. What is not declared here is not accepted even when sent.",
        rule="yaksok.policy.forms.read",
        proof="test_p1_05_only_declared_fields_are_taken.py",
        probe="yaksok.evidence.s01_purpose.p1_05_only_declared_items_came_in",
        as_written=(
            "서비스를 이용하는 데 필요한 최소한의 정보를 필수로 수집합니다.",
            "The minimum of information that the services need is collected as required.",
        ),
    ),
    Clause(
        "P1.6",
        "회원의 개인정보는 위 목적 밖으로는 절대 쓰지 않습니다.",
        "Members' data is never used for anything but these purposes.",
        rule="yaksok.policy.decide.decide",
        proof="test_p1_06_no_use_outside_the_declared_purposes.py",
        probe="yaksok.evidence.s01_purpose.p1_06_nothing_was_used_otherwise",
    ),
    Clause(
        "P1.7",
        "이 약속은 등급이나 신분과 관계없이 가입한 모든 고객에게 똑같이 지킵니다.",
        "The promise holds for every registered customer alike, whatever their grade or standing.",
        rule="yaksok.policy.decide.decide",
        proof="test_p1_07_the_same_for_every_customer.py",
        probe="yaksok.evidence.s01_purpose.p1_07_the_same_for_everybody",
    ),
    Clause(
        "P1.8",
        "목적이나 이용 방법이 바뀌면 반드시 모든 회원에게 동의를 여쭙습니다.",
        "If a purpose or use changes, every member is asked for consent without exception.",
        rule="yaksok.privacy.consent.campaigns.open_for_all",
        proof="test_p1_08_every_member_is_asked.py",
        probe="yaksok.evidence.s01_purpose.p1_08_every_member_was_asked",
    ),
    Clause(
        "P1.9",
        "동의하기 전까지 새로운 이용은 그 회원의 정보에 미치지 않으며, 답이 없으면 동의하지 않은 것으로 봅니다.",
        "Until a person agrees, the new use does not touch their data. No answer means no.",
        rule="yaksok.policy.lineage.descend",
        proof="test_p1_09_silence_is_no_yes.py",
        probe="yaksok.evidence.s01_purpose.p1_09_silence_counts_as_no",
        derived=True,
    ),
    Clause(
        "P1.10",
        "수집과 이용에 대한 동의는 할 때만큼 쉽게 철회할 수 있습니다.",
        "Consent to collection or use can be withdrawn as easily as it was given.",
        rule="yaksok.journeys.consents.withdraw",
        proof="test_p1_10_withdrawing_is_as_easy_as_giving.py",
        probe="yaksok.evidence.s01_purpose.p1_10_withdrawing_was_done_in_time",
        as_written=(
            "수집과 이용에 대한 동의는 철회할 수 있습니다.",
            "Consent to collection or use can be withdrawn.",
        ),
    ),
    Clause(
        "P1.11",
        "동의를 철회하면 해당 항목을 더 이상 수집하지 않습니다.",
        "After withdrawal we stop collecting that item.",
        rule="yaksok.policy.forms.for_person",
        proof="test_p1_11_what_was_withdrawn_is_not_taken.py",
        probe="yaksok.evidence.s01_purpose.p1_11_what_needs_a_consent_is_not_asked_without_it",
    ),
    Clause(
        "P1.12",
        "동의를 철회한 항목은 삭제합니다. 법이 보존하게 한 기록이 있으면 그 법과 기한을 알려 드립니다.",
        "The item is then deleted. Where a law has a record kept, we say which law and until when.",
        rule="yaksok.journeys.consents.withdraw",
        proof="test_p1_12_what_was_withdrawn_is_deleted.py",
        probe="yaksok.evidence.s01_purpose.p1_12_what_was_withdrawn_is_gone",
        as_written=("동의를 철회한 항목은 삭제합니다.", "The item is then deleted."),
    ),
)
