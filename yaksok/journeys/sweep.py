"""What the clock destroys: records whose day has come, orders' data of leavers, rows past their use."""

from collections.abc import Collection
from dataclasses import dataclass

import structlog

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import coming_of_age, leaving, tell
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import YaksokError
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.accounts import sessions
from yaksok.policy.vocabulary import Purpose
from yaksok.privacy.disclosure import handover
from yaksok.privacy.guardians import asking
from yaksok.privacy.retention import destroying, rows, waiting
from yaksok.privacy.rights import register as requests
from yaksok.privacy.staff import access, duty

MALL = Actor.system("sweep")

notes = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """Figures of one sweep. ``failed`` records are tried again at the next one."""

    destroyed: int
    failed: int
    sessions: int
    attempts: int
    requests: int
    letters: int
    suspended: int


def sweep() -> Swept:
    """Do all of it. Safe to call at any time, by several workers at once.

    Records:
        Event.RETENTION_RECORD_DESTROYED and what the vault writes for each record.
    """
    grown = coming_of_age.look()
    due = destroying.sweep(_recall)
    done = failed = 0
    with keeper():
        left = waiting.owners()
    for owner in left:
        try:
            done += _after_their_orders(owner)
        except YaksokError as error:
            failed += 1
            notes.warning("sweep.failed", exception=type(error).__name__)
    with keeper():
        over, told = sessions.sweep(), requests.sweep()
        asking.forget_silent()
        duty.sweep()
        unused = access.suspend_unused()
        for subject in unused:
            sessions.end_all(subject)
    return Swept(
        due.destroyed + done + grown.forgotten,
        due.failed + failed,
        over,
        throttle.sweep(),
        told,
        tell.forget_expired(),
        len(unused),
    )


def sweep_rows() -> int:
    """Delete, or empty, rows of every table whose day has passed; how many. Once a day is enough.

    Orders, payments and parcels after five years, receipts and registers after three, log entries
    after two: what each app's ``HOLDINGS`` say, and nothing else.
    """
    return rows.sweep()


def _recall(subject: SubjectId, records: Collection[RecordId]) -> None:
    """Whoever received what ends now has to erase it too."""
    handover.recall(subject, records, actor=MALL)


@retrying
def _after_their_orders(owner: SubjectId) -> int:
    """Destroy what waited for orders of ``owner``, who left, that are done now (P3.10)."""
    gone = 0
    with keeper():
        waited = waiting.of(owner)
        for person, fate in leaving.fates(owner).people.items():
            over = {record: kind for record, kind in fate.now.items() if (person, record) in waited}
            if over:
                handover.recall(person, over, actor=MALL)
                gone += len(
                    destroying.destroy(
                        person,
                        over,
                        actor=MALL,
                        purpose=Purpose.RIGHTS,
                        reason="order_done",
                        began=fate.began,
                    ).records
                )
    return gone
