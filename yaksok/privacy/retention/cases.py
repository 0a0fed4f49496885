"""Cases about ending a membership under article 7 of the terms: where each stands, and since when.

Nothing personal is here: the ground is a closed word, the explanation a sealed record of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import RecordId, SubjectId, new_id


class Ground(StrEnum):
    """What the terms know as a reason (article 7, paragraph 2). There is no other."""

    FALSE_DETAILS = "false_details"
    HINDERS_OTHERS = "hinders_others"
    UNLAWFUL_USE = "unlawful_use"
    UNPAID_DEBT = "unpaid_debt"


class Stage(StrEnum):
    """Where a case stands. It can only go the way of :data:`NEXT`."""

    CURED = "cured"
    """What was wrong was put right; nothing happened."""
    KEPT = "kept"
    """Two persons decided that the person stays a member."""
    LEFT = "left"
    """The member left before anything was decided."""
    LOST = "lost"
    """Two persons decided; the membership is over."""
    NOTICED = "noticed"
    """The member was told why it may end, and can explain."""
    PROPOSED = "proposed"
    """One person proposed a decision; a second one is needed."""
    WARNED = "warned"
    """The member was told what is wrong, and can put it right."""


NEXT = {
    Stage.WARNED: frozenset({Stage.CURED, Stage.LEFT, Stage.NOTICED}),
    Stage.NOTICED: frozenset({Stage.CURED, Stage.LEFT, Stage.PROPOSED}),
    Stage.PROPOSED: frozenset({Stage.CURED, Stage.KEPT, Stage.LEFT, Stage.LOST, Stage.NOTICED}),
}
"""From each open stage, where a case may go. From a warning there is no way to the loss."""

OPEN = frozenset(NEXT)

_COLUMNS = (
    "subject_id, id, ground, stage, opened_by, opened_at, repeats, cure_until, noticed_at,"
    " explain_until, explained_at, explanation, proposal, proposed_by, proposed_at, decided_by,"
    " closed_at"
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Times are moments; ``*_until`` is the first moment after the last whole day."""

    subject: SubjectId
    id: UUID
    ground: Ground
    stage: Stage
    opened_by: SubjectId
    opened_at: datetime
    repeats: int
    cure_until: datetime
    noticed_at: datetime | None
    explain_until: datetime | None
    explained_at: datetime | None
    explanation: RecordId | None
    proposal: str
    proposed_by: SubjectId | None
    proposed_at: datetime | None
    decided_by: SubjectId | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nothing has been decided."""
        return self.stage in OPEN


def add(
    subject: SubjectId, ground: Ground, *, by: SubjectId, at: datetime, cure_until: datetime
) -> UUID:
    """Write down a new case, in which the member is warned now."""
    key = new_id()
    columns = ("subject_id", "id", "ground", "stage", "opened_by", "opened_at", "cure_until")
    row = (subject, key, ground.value, Stage.WARNED.value, by, at, cure_until)
    rest = {"repeats": 0, "proposal": ""}
    with connection.cursor() as cursor:
        insert(cursor, "retention_case", (*columns, *rest), [(*row, *rest.values())])
    return key


def repeated(case: Case) -> None:
    """The same happened once more after the warning."""
    _set(case, "repeats = repeats + 1", [])


def notice(case: Case, *, at: datetime, explain_until: datetime) -> None:
    """The member was told at ``at`` and can explain until ``explain_until``."""
    _to(case, Stage.NOTICED, "noticed_at = %s, explain_until = %s", [at, explain_until])


def explain(case: Case, record: RecordId, *, at: datetime) -> None:
    """The member explained; the words lie sealed in ``record``."""
    _set(case, "explained_at = %s, explanation = %s", [at, record])


def propose(case: Case, outcome: Stage, *, by: SubjectId, at: datetime) -> None:
    """One person proposes ``outcome``: lost or kept."""
    what = "proposal = %s, proposed_by = %s, proposed_at = %s"
    _to(case, Stage.PROPOSED, what, [outcome.value, by, at])


def send_back(case: Case) -> None:
    """The second person does not agree: the proposal is as if never made."""
    _to(case, Stage.NOTICED, "proposal = '', proposed_by = NULL, proposed_at = NULL", [])


def close(case: Case, stage: Stage, *, by: SubjectId | None, at: datetime) -> None:
    """The case is over."""
    _to(case, stage, "decided_by = %s, closed_at = %s", [by, at])


def close_all(subject: SubjectId, *, at: datetime) -> None:
    """The member left: whatever was open came to nothing."""
    for case in of(subject):
        if case.is_open:
            close(case, Stage.LEFT, by=None, at=at)


def of(subject: SubjectId) -> Sequence[Case]:
    """The cases of one member, newest first."""
    statement = f"SELECT {_COLUMNS} FROM retention_case WHERE subject_id = %s ORDER BY id DESC"  # noqa: S608 - constants
    return _read(statement, subject)


def locked(case: UUID) -> Case:
    """One case, until the end of the transaction nobody else's. Raises NotFound."""
    found = _read(f"SELECT {_COLUMNS} FROM retention_case WHERE id = %s FOR UPDATE", case)  # noqa: S608 - constants
    if not found:
        msg = "there is no such case"
        raise NotFound(msg)
    return found[0]


def every(*, limit: int = 200) -> Sequence[Case]:
    """All cases, the newest first."""
    return _read(f"SELECT {_COLUMNS} FROM retention_case ORDER BY id DESC LIMIT %s", limit)  # noqa: S608 - constants


def _to(
    case: Case, stage: Stage, what: str, values: Sequence[str | UUID | datetime | None]
) -> None:
    if stage not in NEXT.get(case.stage, frozenset()):
        msg = f"a case that is {case.stage} cannot become {stage}"
        raise ValueError(msg)
    _set(case, f"stage = %s, {what}", [stage.value, *values])


def _set(case: Case, what: str, values: Sequence[str | UUID | datetime | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE retention_case SET {what} WHERE subject_id = %s AND id = %s",  # noqa: S608 - constants
            [*values, case.subject, case.id],
        )


def _read(statement: str, value: UUID | int) -> list[Case]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        return [
            Case(
                SubjectId(r[0]),
                r[1],
                Ground(r[2]),
                Stage(r[3]),
                SubjectId(r[4]),
                *r[5:],
            )
            for r in cursor.fetchall()
        ]
