"""How the accounts' tables end: with the person."""

from yaksok.kernel.holdings import About, Holding, erased

HOLDINGS = (
    Holding(
        "accounts_credential",
        "subject_id",
        "비밀번호 확인값",
        "password verifier",
        erased(ids=("subject_id",), values=("verifier",), facts=("changed_at",)),
        about=(About.MEMBER, About.STAFF),
        promises=("P2.9", "P8.3"),
        carries={"verifier": ("membership.password", "staff_account.password")},
    ),
    Holding(
        "accounts_session",
        "subject_id",
        "로그인 상태",
        "log-in sessions",
        erased(
            ids=("digest", "subject_id"),
            facts=("audience", "role", "opened_at", "seen_at", "stepped_up_until"),
        ),
        about=(About.MEMBER, About.STAFF),
        promises=("P6.2", "P6.4"),
    ),
)
