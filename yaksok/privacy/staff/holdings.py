"""How the staff's tables end."""

from yaksok.kernel.holdings import OWN, About, After, AfterPerson, Holding, kept

RIGHTS_REGISTER = "접근권한 부여 대장 / the register of who had which right"
THREE_YEARS = "권한이 끝난 뒤 3년 / three years after the right ended"
AFTER_LEAVING = "일을 그만둔 뒤 3년 / three years after they stopped working here"

HOLDINGS = (
    Holding(
        "staff_account",
        "subject_id",
        "직원 계정의 상태",
        "state of a staff account",
        kept(
            ids=("subject_id",),
            facts=("state", "enrolled_at", "used_at", "code_step"),
            reason=RIGHTS_REGISTER,
            until=AFTER_LEAVING,
        ),
        OWN,
        about=(About.STAFF,),
        promises=("P7.13",),
        ends=(AfterPerson("P3Y"),),
    ),
    Holding(
        "staff_grant",
        "subject_id",
        "직원의 접근 권한",
        "roles of a staff member",
        kept(
            ids=("subject_id", "id", "granted_by"),
            facts=("role", "reason", "granted_at", "expires_at", "revoked_at"),
            reason=RIGHTS_REGISTER,
            until=THREE_YEARS,
        ),
        OWN,
        about=(About.STAFF,),
        promises=("P7.13",),
        of_another=("granted_by",),
        ends=(
            After(
                "P3Y",
                "LEAST(expires_at, COALESCE(revoked_at, expires_at))",
                through="privacy.forget_grants",
            ),
        ),
    ),
    Holding(
        "staff_training",
        "subject_id",
        "직원의 교육 기록",
        "training of a staff member",
        kept(
            ids=("subject_id", "id"),
            facts=("policy", "completed_at"),
            reason="교육했다는 증빙 / proof that handlers were trained",
            until=AFTER_LEAVING,
        ),
        OWN,
        about=(About.STAFF,),
        promises=("P7.14", "P7.15"),
        ends=(AfterPerson("P3Y", through="privacy.forget_trainings"),),
    ),
    Holding(
        "staff_shift",
        "subject_id",
        "직원의 당번",
        "shifts of a staff member",
        kept(
            ids=("subject_id", "id", "entered_by"),
            facts=("duty", "starts_at", "ends_at", "entered_at"),
            reason="24시간 당번이 있었다는 증빙 / proof that somebody was on duty",
            until="당번이 끝난 뒤 3년 / three years after the shift",
        ),
        OWN,
        about=(About.STAFF,),
        promises=("P7.11", "P10.2"),
        of_another=("entered_by",),
        ends=(After("P3Y", "ends_at"),),
    ),
)
