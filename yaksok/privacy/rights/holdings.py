"""How the register of requests ends: three years after the answer."""

from yaksok.kernel.holdings import OWN, About, Holding, kept

HOLDINGS = (
    Holding(
        "rights_request",
        "subject_id",
        "열람·정정·삭제 요구의 처리 기록",
        "requests to see, correct or delete",
        kept(
            ids=("subject_id", "id"),
            facts=("kind", "channel", "items", "received_at", "due_at", "answered_at", "outcome"),
            reason="요구에 답했다는 증빙 / proof that a request was answered",
            until="답한 날부터 3년 / three years from the answer",
        ),
        OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P8.1", "P8.2", "P8.3"),
    ),
)
