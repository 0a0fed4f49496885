"""How the vault's tables end: the gate erases them, and the epoch's close makes it final."""

from yaksok.kernel.holdings import GATE, OWN, Holding, Impersonal, erased, kept

HOLDINGS = (
    Holding(
        "vault_record",
        "subject_id",
        "봉인된 기록",
        "sealed records",
        erased("subject_id", "record_id", "kind", "policy_version", "destroy_after", "sealed"),
        by=GATE,
    ),
    Holding(
        "vault_record_key",
        "subject_id",
        "기록의 열쇠",
        "keys of records",
        erased("subject_id", "record_id", "epoch", "wrapped", "commitment"),
        by=GATE,
    ),
    Holding(
        "vault_blind_index",
        "subject_id",
        "찾기 색인",
        "blind index",
        erased("kind", "digest", "subject_id", "record_id"),
        by=GATE,
    ),
    Holding(
        "vault_erasure",
        "subject_id",
        "파기한 기록의 번호",
        "random numbers of what was erased",
        kept(
            "subject_id",
            "record_id",
            "kind",
            "at",
            "reason",
            reason="백업을 되돌려도 다시 파기하려고 / a restored backup must be erased again",
            until="파기 전의 백업이 모두 없어질 때까지"
            " / until no backup from before the erasure exists",
        ),
        by=OWN,
    ),
    Impersonal("vault_epoch", "wrapped keys of a whole period, about nobody"),
)
