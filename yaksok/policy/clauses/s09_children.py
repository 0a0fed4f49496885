"""Section 9: people below the age of consent."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "어린이의 개인정보", "en": "Children"}

CLAUSES = (
    Clause(
        "P9.1",
        "만 {child_age}세 미만 어린이는 자신의 정보를 다른 사람에게 함부로 보내면 안 됩니다.",
        "If you are under {child_age}, do not send information about yourself to others just like that.",
        rule="yaksok.privacy.guardians.notice.for_children",
        proof="test_p9_01_a_child_is_told_first.py",
        probe="yaksok.evidence.s09_children.p9_01_a_child_is_told_first",
    ),
    Clause(
        "P9.2",
        "보내기 전에 반드시 법정대리인의 허락을 받아야 하며, 허락 없이 쇼핑몰은 어린이의 정보를 받지 않습니다.",
        "A guardian must allow it first. Without that, the mall takes no data of a child.",
        rule="yaksok.policy.decide.decide",
        proof="test_p9_02_no_data_of_a_child.py",
        probe="yaksok.evidence.s09_children.p9_02_nothing_of_a_child_without_a_guardian",
    ),
    Clause(
        "P9.3",
        "법정대리인이 어린이의 정보를 보여 달라고 하면 따릅니다.",
        "When a guardian asks to see a child's data, we show it.",
        rule="yaksok.journeys.guardian_portal.view",
        proof="test_p9_03_the_guardian_sees.py",
        probe="yaksok.evidence.s09_children.p9_03_guardians_see",
    ),
    Clause(
        "P9.4",
        "법정대리인이 고쳐 달라고 하면 따릅니다.",
        "When a guardian asks for a correction, we make it.",
        rule="yaksok.journeys.guardian_portal.correct",
        proof="test_p9_04_the_guardian_corrects.py",
        probe="yaksok.evidence.s09_children.p9_04_guardians_correct",
    ),
    Clause(
        "P9.5",
        "법정대리인이 동의를 철회하면 따릅니다.",
        "When a guardian withdraws consent, we accept it.",
        rule="yaksok.journeys.guardian_portal.withdraw",
        proof="test_p9_05_the_guardian_withdraws.py",
        probe="yaksok.evidence.s09_children.p9_05_guardians_withdraw",
    ),
    Clause(
        "P9.6",
        "만 {child_age}세 미만 어린이의 정보는 다른 사람이나 업체와 공유하지 않습니다. 나이를 모르면 어린이로 봅니다.",
        "Data of a child under {child_age} is shared with nobody. Unknown age counts as under {child_age}.",
        rule="yaksok.policy.decide.decide",
        proof="test_p9_06_a_childs_data_goes_to_nobody.py",
        probe="yaksok.evidence.s09_children.p9_06_no_child_was_shared",
    ),
    Clause(
        "P9.7",
        "만 {child_age}세 미만 어린이에게는 광고 메일을 보내지 않습니다.",
        "Children under {child_age} are sent no advertising.",
        rule="yaksok.policy.decide.decide",
        proof="test_p9_07_no_advertising_for_children.py",
        probe="yaksok.evidence.s09_advertising.p9_07_no_advertisement_waits_for_a_child",
    ),
)
