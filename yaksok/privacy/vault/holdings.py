"""How the vault's tables end: the gate erases them, and the epoch's close makes it final."""

from yaksok.kernel.holdings import (
    FINDABLE,
    GATE,
    OWN,
    SEALED,
    About,
    Holding,
    Impersonal,
    NoEnd,
    erased,
    kept,
)

_EVERYBODY = (About.MEMBER, About.GUARDIAN, About.GUEST, About.STAFF)

HOLDINGS = (
    Holding(
        "vault_record",
        "subject_id",
        "봉인된 기록",
        "sealed records",
        erased(
            ids=("subject_id", "record_id"),
            values=("sealed",),
            facts=("kind", "policy_version", "destroy_after"),
        ),
        by=GATE,
        about=_EVERYBODY,
        promises=("P3.7", "P3.9"),
        carries={"sealed": (SEALED,)},
    ),
    Holding(
        "vault_record_key",
        "subject_id",
        "기록의 열쇠",
        "keys of records",
        erased(ids=("subject_id", "record_id"), nothing=("epoch", "wrapped", "commitment")),
        by=GATE,
        about=_EVERYBODY,
        promises=("P3.7", "P3.8"),
    ),
    Holding(
        "vault_blind_index",
        "subject_id",
        "찾기 색인",
        "blind index",
        erased(
            ids=("subject_id", "record_id"), values=("digest",), facts=("kind",), nothing=("epoch",)
        ),
        by=GATE,
        about=(About.MEMBER, About.STAFF),
        promises=("P3.7", "P3.9"),
        carries={"digest": (FINDABLE,)},
    ),
    Holding(
        "vault_erasure",
        "subject_id",
        "파기한 기록의 번호",
        "random numbers of what was erased",
        kept(
            ids=("subject_id", "record_id"),
            facts=("kind", "at", "reason"),
            reason="백업을 되돌려도 다시 파기하려고 / a restored backup must be erased again",
            until="파기 전의 백업이 모두 없어질 때까지"
            " / until no backup from before the erasure exists",
        ),
        by=OWN,
        about=_EVERYBODY,
        promises=("P3.8",),
        ends=(
            NoEnd(
                "난수뿐이며, 아무리 오래된 백업을 되돌려도 다시 지워야 함"
                " / random numbers only; however old a backup is that comes back, it is erased again"
            ),
        ),
    ),
    Impersonal(
        "vault_closing",
        "시기를 닫은 과정과 영수증, 사람에 대한 것은 없음 / how periods were closed, and the receipts",
    ),
    Impersonal(
        "vault_worker",
        "열쇠를 쥔 프로세스의 이름과 시각 / names and times of processes that hold keys",
    ),
    Impersonal(
        "vault_epoch",
        "한 시기 전체의 감싼 열쇠 / wrapped keys of a whole period, about nobody",
    ),
)
