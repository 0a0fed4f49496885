"""Section 3: how long data is kept, and how it is destroyed."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "보유 기간과 파기", "en": "How long we keep data, and how we destroy it"}

CLAUSES = (
    Clause(
        "P3.1",
        "회원으로 서비스를 받는 동안 개인정보를 보유합니다.",
        "While you are a member and use the service, your data is kept.",
        rule="yaksok.journeys.sweep.sweep",
        proof="test_p3_01_a_members_data_stays.py",
        probe="yaksok.evidence.s03_retention.p3_01_members_are_all_there",
    ),
    Clause(
        "P3.2",
        "보유하는 동안에는 그 서비스를 드리는 데에만 이용합니다.",
        "While it is kept it is used to give you that service, and for nothing else.",
        rule="yaksok.policy.decide.decide",
        proof="test_p3_02_what_is_kept_serves_the_service.py",
        probe="yaksok.evidence.s03_retention.p3_02_it_served_the_service",
    ),
    Clause(
        "P3.3",
        "탈퇴하면 개인정보를 파기합니다.",
        "When you leave, your data is destroyed.",
        rule="yaksok.journeys.leave.confirm",
        proof="test_p3_03_leaving_destroys.py",
        probe="yaksok.evidence.s03_retention.p3_03_whoever_left_is_gone",
    ),
    Clause(
        "P3.4",
        "이용약관 제7조에 따라 회원 자격을 잃은 때에도 파기합니다. 그 전에 알리고 30일 이상 설명할 기회를 드립니다.",
        "It is also destroyed when membership is lost under article 7 of the terms. Before that you"
        " are told, and have at least 30 days to explain.",
        rule="yaksok.journeys.terms_cases.decide",
        proof="test_p3_04_losing_membership_takes_two_and_thirty_days.py",
        probe="yaksok.evidence.s03_retention.p3_04_nobody_lost_it_unheard",
        as_written=(
            "이용약관 제7조에 따라 회원 자격을 잃은 때에도 파기합니다.",
            "It is also destroyed when membership is lost under article 7 of the terms.",
        ),
    ),
    Clause(
        "P3.5",
        "미리 알려 드린 목적을 이룬 때에는 해당 개인정보를 파기합니다.",
        "When the purpose we told you of is achieved, the data for it is destroyed.",
        rule="yaksok.privacy.retention.destroying.sweep",
        proof="test_p3_05_an_achieved_purpose_ends_the_data.py",
        probe="yaksok.evidence.s03_retention.p3_05_nothing_outlives_its_date",
    ),
    Clause(
        "P3.6",
        "목적을 미리 알려 드리지 않고는 개인정보를 받지 않습니다.",
        "Nothing is collected before you were told what it is for.",
        rule="yaksok.privacy.vault.sealing.was_told",
        proof="test_p3_06_nothing_is_taken_before_it_was_said_why.py",
        probe="yaksok.evidence.s03_retention.p3_06_each_record_has_its_receipt",
    ),
    Clause(
        "P3.7",
        "파기할 때는 다시 되살릴 수 없는 방법을 씁니다.",
        "Destruction is done in a way that cannot be undone.",
        rule="yaksok.privacy.vault.closing.running.close",
        proof="test_p3_07_what_is_destroyed_cannot_be_made_again.py",
        probe="yaksok.evidence.s03_retention.p3_07_each_record_lives_by_its_key",
    ),
    Clause(
        "P3.8",
        "저장 장치에서 완전히 삭제합니다. 여기서 지운 날과 모든 백업에서 읽을 수 없게 되는 날을 따로 알려 드립니다.",
        "It is removed from the disks completely. You are told two dates: erased here, and unreadable"
        " in every backup.",
        rule="yaksok.privacy.vault.erasing.erase",
        proof="test_p3_08_nothing_stays_on_the_disk.py",
        probe="yaksok.evidence.s03_retention.p3_08_what_was_erased_is_unreadable_by_now",
        as_written=(
            "하드디스크에 아무것도 남지 않게 지웁니다.",
            "It is removed from the hard disk completely.",
        ),
    ),
    Clause(
        "P3.9",
        "파기한 뒤에는 누구도 어떤 용도로도 보거나 쓸 수 없습니다.",
        "After that nobody can see or use it for any purpose.",
        rule="yaksok.privacy.retention.destroying.destroy",
        proof="test_p3_09_what_was_destroyed_serves_nobody.py",
        probe="yaksok.evidence.s03_retention.p3_09_what_was_destroyed_did_not_come_back",
    ),
    Clause(
        "P3.10",
        "법이 보존하게 한 거래 기록은 따로 잠가 두고 그 기한이 지나면 파기합니다. 다른 용도로는 열지 않습니다.",
        "Trade records that a law has us keep are locked away apart, opened for nothing else, and"
        " destroyed on their date.",
        rule="yaksok.journeys.leaving.fates",
        proof="test_p3_10_what_a_law_keeps_is_locked_away.py",
        probe="yaksok.evidence.s03_retention.p3_10_what_a_law_keeps_is_apart",
        derived=True,
        as_written=(
            "탈퇴, 자격 상실, 목적 달성 어느 하나에 이르면 파기하며, 법이 보존하게 한 기록이라도 따로 남기지 않습니다. 배송하지 않은 주문의 정보만 배송이 끝날 때까지 기다립니다.",
            "Leaving, losing membership and a purpose that was achieved each end the data, and no copy is kept for any law. Only data of an order not yet delivered waits for its delivery.",
        ),
    ),
)
