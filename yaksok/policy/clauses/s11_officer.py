"""Section 11: who is responsible, and where else to turn."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "책임자", "en": "Who is responsible"}

CLAUSES = (
    Clause(
        "P11.1",
        "{designated_under}에 따라 개인정보 보호책임자를 지정합니다. 책임자는 {manager}입니다.",
        "A privacy officer is designated under {designated_under}: {manager}.",
        rule="yaksok.policy.document.parse",
        proof="test_p11_01_no_policy_without_an_officer.py",
        probe="yaksok.evidence.s11_officer.p11_01_an_officer_is_designated",
        as_written=(
            "{designated_under}에 따라 고객 개인정보 관리책임자를 지정합니다.",
            "A manager of customers' personal data is designated under {designated_under}.",
        ),
        european=(
            "{designated_under}에 따라 개인정보 보호책임자(DPO)를 지정합니다. 책임자는 {manager}입니다.",
            "A data protection officer is designated under {designated_under}: {manager}.",
        ),
    ),
    Clause(
        "P11.2",
        "책임자의 직위, 이름, 이메일, 주소, 전화번호, 팩스를 밝힙니다.",
        "The officer's position, name, e-mail, address, phone and fax are shown.",
        rule="yaksok.policy.lints.l_cpo.check",
        proof="test_p11_02_the_officer_is_shown_in_full.py",
        probe="yaksok.evidence.s11_officer.p11_02_the_officer_is_shown",
        as_written=(
            "관리책임자의 직위, 이름, 이메일, 주소, 전화번호, 팩스를 적습니다. 원문에 비어 있던 칸은 그대로 비워 둡니다.",
            "The manager's position, name, e-mail, address, phone and fax are given. What was blank in the original is left blank.",
        ),
    ),
    Clause(
        "P11.3",
        "개인정보 보호담당자 {handler}도 같은 항목으로 밝힙니다.",
        "The handler, {handler}, is shown with the same details.",
        rule="yaksok.policy.lints.l_cpo.check",
        proof="test_p11_03_the_handler_is_shown_in_full.py",
        probe="yaksok.evidence.s11_officer.p11_03_the_handler_is_shown",
        as_written=(
            "개인정보 관리담당자도 같은 항목으로 적습니다. 원문에 비어 있던 칸은 그대로 비워 둡니다.",
            "The handler is given with the same details. What was blank in the original is left blank.",
        ),
    ),
    Clause(
        "P11.4",
        "처리에 만족하지 못하시면 {report_centre}({report_centre_phone})에 처리를 맡기실 수 있습니다.",
        "If you are not satisfied you can turn to the {report_centre} (phone {report_centre_phone}).",
        rule="yaksok.policy.lints.l_remedy.check",
        proof="test_p11_04_where_else_to_turn.py",
        probe="yaksok.evidence.s11_officer.p11_04_an_office_outside_is_named",
        as_written=(
            "처리에 만족하지 못하시면 {report_centre}({report_centre_site})에 처리를 맡기실 수 있습니다. 이 기관은 {report_centre_ended}년에 없어졌으며, 지금은 {todays_centre}(전화 {todays_centre_phone})가 그 일을 합니다.",
            "If you are not satisfied you can turn to the {report_centre} ({report_centre_site}). It closed in {report_centre_ended}; today the {todays_centre} (phone {todays_centre_phone}) does its work.",
        ),
        european=(
            "처리에 만족하지 못하시면 감독기구인 {authority}({authority_site})에 불만을 제기하실 수 있습니다.",
            "If you are not satisfied you can complain to the supervisory authority, {authority} ({authority_site}).",
        ),
    ),
    Clause(
        "P11.5",
        "문의에 답하거나 요청을 거절할 때마다 이 기관을 함께 알려 드립니다.",
        "Every answer and every refusal names that body.",
        rule="yaksok.policy.remedies.elsewhere",
        proof="test_p11_05_every_answer_says_where_else_to_turn.py",
        probe="yaksok.evidence.s11_officer.p11_05_every_letter_says_where_else_to_turn",
        derived=True,
    ),
)
