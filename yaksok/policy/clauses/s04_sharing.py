"""Section 4: to whom data is given, and to whom never."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "공유와 제공", "en": "Sharing"}

CLAUSES = (
    Clause(
        "P4.1",
        "회원의 개인정보는 원칙적으로 제3자에게 제공하지 않습니다.",
        "As a rule, members' data is given to no third party.",
        rule="yaksok.policy.decide.decide",
        proof="test_p4_01_no_third_party.py",
        probe="yaksok.evidence.s04_sharing.p4_01_nobody_else_received_anything",
    ),
    Clause(
        "P4.2",
        "특정 회사에 제공하려면 받는 곳과 목적, 항목, 기간, 거절할 권리를 먼저 공지합니다.",
        "Before giving data to a company we announce who, why, what, how long, and the right to refuse.",
        rule="yaksok.privacy.disclosure.programmes.must_run",
        proof="test_p4_02_no_programme_without_its_notice.py",
        probe="yaksok.evidence.s04_sharing.p4_02_each_programme_was_announced",
        as_written=(
            "특정 회사에 제공하려면 쇼핑몰 안에 공지하는 것과 같은 방법으로 알립니다.",
            "Before giving data to a particular company we say so, for example by a notice in the mall.",
        ),
    ),
    Clause(
        "P4.3",
        "그리고 반드시 회원 한 분 한 분의 동의를 받습니다.",
        "And each member must have agreed.",
        rule="yaksok.policy.decide.decide",
        proof="test_p4_03_no_handover_without_consent.py",
    ),
    Clause(
        "P4.4",
        "회원의 편의를 위해, 이름을 밝힌 회사에만 제공합니다.",
        "It is done only for the member's convenience, and only to a company that is named.",
        rule="yaksok.policy.lints.l_vague.check",
        proof="test_p4_04_a_recipient_is_one_named_company.py",
        as_written=(
            "회원의 편의를 위해, 특정한 회사에만 제공합니다.",
            "It is done only for the member's convenience, and only to a particular company.",
        ),
    ),
    Clause(
        "P4.5",
        "제공한 정보를 고치면 그 결과를 받았던 곳에 알립니다.",
        "When given data is corrected, whoever received it is told.",
        rule="yaksok.privacy.disclosure.following.correct",
        proof="test_p4_05_a_correction_reaches_every_recipient.py",
        probe="yaksok.evidence.s04_sharing.p4_05_every_recipient_was_reached",
    ),
    Clause(
        "P4.6",
        "정정이 어떻게 되었는지 본인에게도 알려 드립니다.",
        "And you are told what became of the correction.",
        rule="yaksok.journeys.received.tell_results",
        proof="test_p4_06_the_person_is_told_the_result.py",
    ),
    Clause(
        "P4.7",
        "동의를 철회하면 그 회원의 정보 제공을 멈춥니다.",
        "When consent is withdrawn, that person's data is no longer given.",
        rule="yaksok.privacy.disclosure.handover.deliver",
        proof="test_p4_07_no_consent_no_more_giving.py",
    ),
    Clause(
        "P4.8",
        "알려 드린 범위를 넘는 이용은 거절하실 수 있습니다.",
        "You may refuse any use beyond what we told you.",
        rule="yaksok.journeys.refusals.refuse",
        proof="test_p4_08_what_was_refused_stays_refused.py",
    ),
    Clause(
        "P4.9",
        "제3자에게 제공하는 것도 거절하실 수 있습니다.",
        "You may refuse that your data is given to third parties.",
        rule="yaksok.journeys.refusals.refuse",
        proof="test_p4_09_no_third_party_against_a_refusal.py",
    ),
    Clause(
        "P4.10",
        "동의 없이 제공하는 경우는 이용약관 제15조 제3항에 따라 아래 두 가지뿐입니다.",
        "Without consent, data is given only in the two cases below (terms, article 15(3)).",
        rule="yaksok.policy.references.beyond_their_case",
        proof="test_p4_10_two_cases_without_consent.py",
        european=(
            "동의 없이 제공하는 경우는 이용약관 제15조 제3항에 따라 아래 두 가지뿐입니다. 첫째는 계약의 이행(GDPR 제6조 제1항 (b))에 따른 것이고, 둘째는 개인정보가 아닙니다.",
            "Without consent, data is given only in the two cases below (terms, article 15(3)): the first performs the contract (GDPR, Art. 6(1)(b)), the second is no personal data.",
        ),
    ),
    Clause(
        "P4.11",
        "첫째, 배송을 맡은 {courier}에 배송에 필요한 정보를 알려 줍니다.",
        "First: {courier}, which delivers, is told what it needs for that.",
        rule="yaksok.journeys.dispatch.dispatch",
        proof="test_p4_11_the_courier_is_told_for_its_work.py",
        as_written=(
            "첫째, 업무상 배송업체({courier})에 배송에 필요한 정보를 알려 주는 경우입니다.",
            "First: the delivery company ({courier}) is told what its work needs.",
        ),
    ),
    Clause(
        "P4.12",
        "알려 주는 것은 배송에 꼭 필요한 최소한입니다.",
        "What it is told is the least that delivery needs.",
        rule="yaksok.policy.references.beyond_their_case",
        proof="test_p4_12_the_least_for_delivery.py",
        probe="yaksok.evidence.s04_sharing.p4_12_a_label_has_three_fields",
    ),
    Clause(
        "P4.13",
        "그 항목은 받는 분의 이름, 주소, 전화번호 세 가지입니다.",
        "Namely three items: the recipient's name, address and phone number.",
        rule="yaksok.policy.decide.decide",
        proof="test_p4_13_name_address_and_phone.py",
        probe="yaksok.evidence.s04_sharing.p4_13_only_what_the_label_needs_is_opened",
    ),
    Clause(
        "P4.14",
        "둘째, 통계 작성, 학술 연구, 시장 조사에 필요한 경우입니다.",
        "Second: where statistics, academic research or market research need it.",
        rule="yaksok.policy.cells.use_of",
        proof="test_p4_14_figures_serve_three_uses.py",
    ),
    Clause(
        "P4.15",
        "이때에는 누구인지 알아볼 수 없는 형태로만 제공합니다.",
        "Then only in a form in which nobody can be recognised.",
        rule="yaksok.policy.cells.shown",
        proof="test_p4_15_figures_show_nobody.py",
    ),
    Clause(
        "P4.16",
        "그 밖의 길은 없습니다. 제휴사, 광고사, 영업을 넘겨받는 곳, 페이지에 심은 외부 프로그램 어느 쪽으로도 나가지 않습니다.",
        "There is no other way out: not to partners, advertisers or a buyer of the business, and not"
        " by foreign programs in our pages.",
        rule="yaksok.web.headers.content_policy",
        proof="test_p4_16_no_other_way_out.py",
        derived=True,
    ),
)
