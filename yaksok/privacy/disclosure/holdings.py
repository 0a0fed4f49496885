"""How the books of sharing end: they stay as proof, under numbers that lead to nobody."""

from yaksok.kernel.holdings import OWN, About, After, AfterPerson, Holding, kept

_PROOF = "무엇을 어디에 건넸는지의 증빙: 항목 이름과 난수뿐 / proof of what was handed to whom: names of items and random numbers only"

_UNTIL_LEFT = (
    "누가 했는지는 그만둔 뒤 3년, 나머지는 쇼핑몰이 있는 동안"
    " / who did it for three years after they left, the rest as long as the mall exists"
)

HOLDINGS = (
    Holding(
        "disclosure_handover",
        "subject_id",
        "제공 기록",
        "register of handovers",
        kept(
            ids=("subject_id", "id", "record_id", "reference", "planned_by"),
            facts=(
                "recipient",
                "message",
                "kind",
                "items",
                "purpose",
                "promise",
                "state",
                "reason",
                "answer",
                "planned_at",
                "sent_at",
                "acknowledged_at",
                "due_at",
                "told",
                "recalled_at",
                "way",
            ),
            nothing=("attempts", "next_try", "leased_until"),
            reason=_PROOF,
            until="그 기록이 파기된 뒤 3년 / three years after the record it belongs to was destroyed",
        ),
        by=OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P4.5", "P4.12"),
        of_another=("planned_by",),
        ends=(AfterPerson("P3Y"),),
    ),
    Holding(
        "disclosure_programme",
        "acted_by",
        "제공 프로그램의 시작과 중지",
        "starts and stops of programmes",
        kept(
            ids=("acted_by",),
            nothing=("id", "programme", "recipient", "runs", "notice", "terms", "at"),
            reason="어떤 공지에 따라 누가 제공을 시작했는지의 증빙"
            " / proof of who began to give data, and under which notice",
            until=_UNTIL_LEFT,
        ),
        by=OWN,
        about=(About.STAFF,),
        promises=("P4.2",),
        ends=(AfterPerson("P3Y", empties=("acted_by",)),),
    ),
    Holding(
        "disclosure_oversight",
        "entered_by",
        "수탁자 관리·감독 기록",
        "oversight of processors",
        kept(
            ids=("entered_by",),
            nothing=("id", "processor", "kind", "day", "note", "entered_at"),
            reason="수탁자를 교육하고 살폈다는 증빙 / proof that processors were trained and inspected",
            until=_UNTIL_LEFT,
        ),
        by=OWN,
        about=(About.STAFF,),
        promises=("P4.11",),
        ends=(AfterPerson("P3Y", empties=("entered_by",)),),
    ),
    Holding(
        "disclosure_demand",
        "subject_id",
        "법적 요구의 처리 기록",
        "demands by law",
        kept(
            ids=(
                "about_id",
                "subject_id",
                "id",
                "document_record",
                "about_record",
                "registered_by",
                "approved_by",
                "closed_by",
            ),
            facts=(
                "office",
                "statute",
                "about_kind",
                "items",
                "state",
                "registered_at",
                "closed_at",
                "tell_on",
                "told_at",
                "fingerprint",
            ),
            reason="법대로 답했다는 증빙: 문서 번호는 따로 봉인"
            " / proof that the answer was lawful; the number of the document is sealed apart",
            until="답한 날부터 3년 / three years from the answer",
        ),
        by=OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P4.10",),
        of_another=("about_id", "about_record", "registered_by", "approved_by", "closed_by"),
        ends=(After("P3Y", "closed_at"),),
    ),
)
