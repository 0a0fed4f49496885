"""How the accounts' tables end: with the person."""

from yaksok.kernel.holdings import Holding, erased

HOLDINGS = (
    Holding(
        "accounts_credential",
        "subject_id",
        "비밀번호 확인값",
        "password verifier",
        erased("subject_id", "verifier", "changed_at"),
    ),
    Holding(
        "accounts_session",
        "subject_id",
        "로그인 상태",
        "log-in sessions",
        erased(
            "digest",
            "subject_id",
            "audience",
            "role",
            "opened_at",
            "seen_at",
            "stepped_up_until",
        ),
    ),
)
