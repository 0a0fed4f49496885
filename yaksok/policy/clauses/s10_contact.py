"""Section 10: where to turn with questions and complaints."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "문의처", "en": "Contact"}

CLAUSES = (
    Clause(
        "P10.1",
        "개인정보에 관한 의견과 불만을 누구에게서나 받습니다.",
        "Anyone may send us opinions and complaints about privacy.",
        rule="yaksok.journeys.inquire.ask",
        proof="test_p10_01_anybody_may_ask_or_complain.py",
        probe="yaksok.evidence.s10_contact.p10_01_anybody_may_ask",
    ),
    Clause(
        "P10.2",
        "대표전화 {complaints_phone}에서 24시간 무료로 상담합니다.",
        "Call {complaints_phone}, free of charge, at any hour.",
        rule="yaksok.privacy.staff.coverage.gaps",
        proof="test_p10_02_the_phone_is_answered_at_any_hour.py",
        probe="yaksok.evidence.s10_contact.p10_02_the_phone_is_answered_at_any_hour",
        claim=True,
    ),
    Clause(
        "P10.3",
        "고객만족센터의 1:1 상담메일로 문의하실 수 있으며, 답은 물어보신 분만 볼 수 있습니다.",
        "Write to us by 1:1 mail; only you can see the answer.",
        rule="yaksok.mall.desk.proofs.is_right",
        proof="test_p10_03_only_the_asker_reads_the_answer.py",
        probe="yaksok.evidence.s10_contact.p10_03_only_the_asker_reads_the_answer",
        claim=True,
    ),
    Clause(
        "P10.4",
        "빠르고 정확하게 처리합니다.",
        "Your matter is handled quickly and accurately.",
        rule="yaksok.policy.working_days.answer_due",
        proof="test_p10_04_handled_quickly_and_accurately.py",
        probe="yaksok.evidence.s10_contact.p10_04_nobody_waits_too_long",
    ),
)
