"""How the register of requests ends: three years after the answer."""

from yaksok.kernel.holdings import OWN, About, EndedBy, Holding, WithRow, kept

_REASON = "요구에 답했다는 증빙 / proof that a request was answered"
_UNTIL = "답한 날부터 3년 / three years from the answer"
_ABOUT = (About.MEMBER, About.GUEST)
_PROMISES = ("P8.1", "P8.2", "P8.3")
_WITH_REQUEST = (WithRow("rights_request", {"subject_id": "subject_id", "request_id": "id"}),)

HOLDINGS = (
    Holding(
        "rights_request",
        "subject_id",
        "열람·정정·삭제 요구의 처리 기록",
        "requests to see, correct or delete",
        kept(
            ids=(
                "subject_id",
                "id",
                "number",
                "record_id",
                "order_id",
                "appeal_id",
                "handler",
                "second",
            ),
            facts=(
                "kind",
                "channel",
                "items",
                "received_at",
                "due_at",
                "answered_at",
                "outcome",
                "state",
                "who",
                "asker",
                "language",
                "checks",
                "ground",
                "extensions",
                "paper",
            ),
            reason=_REASON,
            until=_UNTIL,
        ),
        OWN,
        about=_ABOUT,
        promises=_PROMISES,
        of_another=("handler", "second"),
        ends=(EndedBy("yaksok.privacy.rights.register.sweep"),),
    ),
    Holding(
        "rights_number",
        "subject_id",
        "요구의 접수번호",
        "numbers of requests",
        kept(ids=("number", "subject_id", "request_id"), reason=_REASON, until=_UNTIL),
        OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_REQUEST,
    ),
    Holding(
        "rights_step",
        "subject_id",
        "요구를 처리한 단계",
        "steps of a request",
        kept(
            ids=("subject_id", "request_id", "id", "staff"),
            facts=("at", "step", "reason", "role"),
            reason=_REASON,
            until=_UNTIL,
        ),
        OWN,
        about=_ABOUT,
        promises=_PROMISES,
        of_another=("staff",),
        ends=_WITH_REQUEST,
    ),
    Holding(
        "rights_sighting",
        "subject_id",
        "두 사람이 눈으로 확인한 것",
        "what two persons looked at",
        kept(
            ids=("subject_id", "request_id", "first", "second"),
            facts=("what", "first_at", "second_at"),
            reason=_REASON,
            until=_UNTIL,
        ),
        OWN,
        about=_ABOUT,
        promises=("P10.4",),
        of_another=("first", "second"),
        ends=_WITH_REQUEST,
    ),
)
