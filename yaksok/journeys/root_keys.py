"""Who keeps the root keys: how it stands, whether they open, and moving them elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yaksok.database.layout import DataDirectory
from yaksok.kernel import clock
from yaksok.kernel.errors import Shredded, YaksokError
from yaksok.privacy.vault.roots import choosing, unlocking
from yaksok.privacy.vault.roots.port import Receipt

PROVIDERS = choosing.NAMES


class Trouble(YaksokError):
    """What cannot be done with the root keys, and the cure."""

    def __init__(self, problem: str, *, cure: str) -> None:
        super().__init__(f"{problem}: {cure}")
        self.problem = problem
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Seen:
    """What the chosen provider looked like when it was tried."""

    provider: str
    ok: bool
    seen: str
    cure: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the root keys stand. ``held_by`` differs from ``tried.provider`` when the setting is wrong."""

    tried: Seen
    held_by: str
    delay: timedelta | None
    erased_now_unreadable_by: datetime | None
    in_use: tuple[tuple[int, int], ...]
    versions: tuple[int, ...]
    receipts: tuple[Receipt, ...]
    unfinished: tuple[str, str] | None


def tried(data: DataDirectory | None = None) -> Seen:
    """The chosen provider, tried; changes nothing."""
    name = choosing.chosen_name()
    try:
        seen = choosing.chosen(data.keys if data else None).check()
    except YaksokError as error:
        problem, cure = told(error)
        return Seen(name, ok=False, seen=problem, cure=cure)
    return Seen(name, ok=True, seen=seen, cure="")


def told(error: YaksokError) -> tuple[str, str]:
    """A problem and its cure, from what a provider or the key directory says."""
    if (cure := getattr(error, "cure", "")) and (problem := getattr(error, "problem", "")):
        return problem, cure
    if isinstance(error, Shredded):
        return str(error), "restore a backup whose keys still live: yaksok restore"
    problem, _, cure = str(error).partition(": ")
    return problem, cure or "yaksok doctor"


def open_all(data: DataDirectory) -> int:
    """Open the keys of every living epoch with the chosen provider; how many there are.

    Raises:
        Trouble: they do not open. No key, no start.
    """
    try:
        return unlocking.unlock(data, data.keys)
    except YaksokError as error:
        problem, cure = told(error)
        raise Trouble(problem, cure=cure) from None


LATE = timedelta(days=2)
"""An epoch lasts a day, and its close less than an hour."""


def late_epoch(data: DataDirectory) -> tuple[int, datetime] | None:
    """The oldest epoch and its begin, when its keys should not exist any more; None when all is well.

    Raises:
        psycopg.Error: the database does not answer.
    """
    found = unlocking.oldest(data)
    return found if found and abs(clock.now() - found[1]) > LATE else None


def standing() -> Standing:
    """How the root keys of this mall stand. Asks the provider; changes nothing."""
    from yaksok.privacy.vault import epochs, moving

    seen, held_by, rows = tried(), moving.held_by(), moving.in_use()
    in_use = tuple((row.epoch, row.version) for row in rows)
    if not seen.ok:
        return Standing(seen, held_by, None, None, in_use, (), (), moving.unfinished())
    root = choosing.chosen()
    ends = max((*(row.opened_at + epochs.LENGTH for row in rows), clock.now()))
    return Standing(
        seen,
        held_by,
        root.max_destroy_delay,
        ends + root.max_destroy_delay,
        in_use,
        root.versions() if rows else (),
        root.receipts(),
        moving.unfinished(),
    )


def move(to: str, *, untried: bool = False) -> tuple[str, int, tuple[Receipt, ...]]:
    """Move the root keys to the provider ``to``; from where, how many epochs, what was destroyed.

    The move makes every older backup of keys worthless. So where backups are kept, one of the keys as
    they lie now is written and restored before the old provider's are destroyed.

    Arguments:
        untried: Destroy them though no such backup could be tried.

    Raises:
        Trouble: it cannot be done now; the cure says what to do. Call again to go on.
    """
    from yaksok.journeys import forget  # noqa: F401 - with it a close of the epoch rehearses, too
    from yaksok.privacy.vault import moving

    if moving.others():
        msg = "the mall is open: its processes would keep the old provider"
        raise Trouble(msg, cure="close it (Ctrl-C, or stop every process that serves it)")
    try:
        moved = moving.move(to, _nothing if untried else _rehearse)
    except Trouble:
        raise
    except YaksokError as error:
        problem, cure = told(error)
        raise Trouble(problem, cure=cure) from None
    return moved.source, moved.epochs, moved.receipts


def _nothing() -> None:
    """Nothing has to pass."""


def _rehearse() -> None:
    from yaksok.journeys import rehearsing
    from yaksok.privacy.vault import rehearsed

    place = rehearsed.place()
    if place is None:
        return
    try:
        rehearsing.back_up_and_rehearse(place)
    except rehearsing.FAILURES as error:
        msg = f"the keys were moved, but the old ones live on: {rehearsing.problem_of(error)}"
        cure = "mend it and call again; or go without a backup that was tried: --untried"
        raise Trouble(msg, cure=cure) from None
