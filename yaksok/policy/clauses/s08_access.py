"""Section 8: seeing, correcting and deleting one's own data."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "열람과 정정", "en": "Seeing and correcting your data"}

CLAUSES = (
    Clause(
        "P8.1",
        "회원은 언제든지 자신의 개인정보를 모두 볼 수 있습니다.",
        "You can see all of your data at any time.",
        rule="yaksok.journeys.my_page.view",
        proof="test_p8_01_all_is_shown_to_the_person.py",
        probe="yaksok.evidence.s08_access.p8_01_everything_can_be_seen",
    ),
    Clause(
        "P8.2",
        "회원은 언제든지 자신의 개인정보를 고칠 수 있습니다.",
        "You can correct it at any time.",
        rule="yaksok.journeys.correct.correct",
        proof="test_p8_02_what_is_wrong_can_be_corrected.py",
        probe="yaksok.evidence.s08_access.p8_02_everything_can_be_corrected",
    ),
    Clause(
        "P8.3",
        "회원은 아이디를 삭제해 달라고 요청할 수 있습니다.",
        "You can ask for your ID to be deleted.",
        rule="yaksok.journeys.leave.confirm",
        proof="test_p8_03_the_id_is_deleted_on_request.py",
        probe="yaksok.evidence.s08_access.p8_03_the_id_can_be_deleted",
    ),
    Clause(
        "P8.4",
        "이 모든 일은 '회원가입/변경' 화면에서 할 수 있습니다.",
        "The place for it is the page 'Membership'.",
        rule="yaksok.web.member.my_page.page",
        proof="test_p8_04_the_page_is_one_click_away.py",
        probe="yaksok.evidence.s08_access.p8_04_the_page_is_a_click_away",
    ),
    Clause(
        "P8.5",
        "보거나 고치기 전에 본인인지 다시 확인하며, 다른 사람은 할 수 없습니다.",
        "Before showing or changing anything we make sure again that it is you; nobody else can.",
        rule="yaksok.journeys.log_in.step_up",
        proof="test_p8_05_only_the_person_sees_and_changes.py",
        probe="yaksok.evidence.s08_access.p8_05_only_the_person_can",
        derived=True,
    ),
)
