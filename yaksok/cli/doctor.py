"""What is missing on this machine, and how to cure it: one finding per thing the mall needs."""

import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from yaksok.cli.children import is_free
from yaksok.cli.limits import DEFAULT_PORT, LEAST_FREE_BYTES
from yaksok.database import binaries
from yaksok.database.embedded import answers
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.service_user import ServiceUser

OLDEST_PYTHON = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HANGUL_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
HANGUL_NAMES = ("*CJK*", "*Nanum*", "*nanum*", "*Pretendard*", "*Malgun*")
EARLIEST = 1_700_000_000
"""Seconds since 1970 that lie behind us; a clock before it was never set."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``needed`` is false for what only tests or the demo use."""

    name: str
    ok: bool
    seen: str
    cure: str = ""
    needed: bool = True


def examine(root: Path) -> list[Finding]:
    """Look at everything; changes nothing on the machine."""
    data = DataDirectory(root)
    return [finding for look in EXAMINATIONS for finding in look(data)]


def shown(findings: list[Finding], *, as_json: bool) -> str:
    """The findings as lines for a person, or as one JSON array."""
    if as_json:
        return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1)
    lines = []
    for finding in findings:
        mark = "ok     " if finding.ok else ("missing" if finding.needed else "absent ")
        lines.append(f"{mark}  {finding.name:<12} {finding.seen}")
        if not finding.ok:
            lines.append(f"{'':<9}{'':<12} cure: {finding.cure}")
    return "\n".join(lines)


def _python(_: DataDirectory) -> Iterator[Finding]:
    seen = ".".join(str(part) for part in sys.version_info[:3])
    cure = "install Python 3.11 or newer, then make setup"
    yield Finding("python", sys.version_info[:2] >= OLDEST_PYTHON, seen, cure)


def _postgresql(data: DataDirectory) -> Iterator[Finding]:
    if os.environ.get("DATABASE_URL"):
        yield Finding("postgresql", ok=True, seen="DATABASE_URL names one; see migrations")
        return
    made_by = data.cluster / "PG_VERSION"
    try:
        major = int(made_by.read_text("ascii")) if made_by.exists() else None
        found = binaries.find(major)
    except DatabaseUnusable as error:
        yield Finding("postgresql", ok=False, seen=error.problem, cure=error.cure)
    except PermissionError:
        yield Finding(
            "postgresql",
            ok=False,
            seen=f"{data.postgres} belongs to another user",
            cure="run yaksok as the user who made the directory",
        )
    else:
        whose = "bundled" if found.bundled else "the system's"
        yield Finding("postgresql", ok=True, seen=f"{found.major}, {whose}, {found.folder}")


def _service_user(data: DataDirectory) -> Iterator[Finding]:
    try:
        user = ServiceUser.choose()
    except DatabaseUnusable as error:
        yield Finding("user", ok=False, seen=error.problem, cure=error.cure)
        return
    if not user.dropped:
        yield Finding("user", ok=True, seen="an ordinary one")
        return
    barrier = user.barrier(_nearest(data.root).parent)
    seen = f'root; PostgreSQL runs as "{user.name}"'
    if barrier is not None:
        seen += f", who may not pass {barrier}"
    cure = f"--data /var/lib/yaksok, or: chmod o+x {barrier}"
    yield Finding("user", barrier is None, seen, cure)


def _directory(data: DataDirectory) -> Iterator[Finding]:
    place = _nearest(data.root)
    if place != data.root:
        ok = os.access(place, os.W_OK)
        seen = f"{data.root} will be made in {place}"
        yield Finding("directory", ok, seen, f"--data DIR where you may write, not {place}")
        return
    mode = stat.S_IMODE(place.stat().st_mode)
    private = not mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IXOTH | stat.S_IRGRP | stat.S_IWGRP)
    ok = private and os.access(place, os.W_OK | os.X_OK)
    yield Finding("directory", ok, f"{place}, mode {mode:o}", f"chmod 700 {place}, as its owner")


def _keys(data: DataDirectory) -> Iterator[Finding]:
    folder = data.keys
    if not folder.is_dir():
        yield Finding("keys", ok=True, seen=f"none yet; made in {folder} at the first start")
        return
    try:
        open_ones = [path for path in folder.rglob("*") if path.stat().st_mode & 0o077]
    except PermissionError:
        cure = "run yaksok as the user who made it"
        yield Finding("keys", ok=False, seen=f"{folder} cannot be read", cure=cure)
        return
    seen = f"{folder}, private" if not open_ones else f"{open_ones[0]} can be read by others"
    yield Finding("keys", not open_ones, seen, f"chmod -R go= {folder}")


def _root(data: DataDirectory) -> Iterator[Finding]:
    from yaksok.journeys import root_keys

    found = root_keys.tried(data)
    yield Finding("root", found.ok, f"{found.provider}: {found.seen}", found.cure)


def _disk(data: DataDirectory) -> Iterator[Finding]:
    place = _nearest(data.root)
    free = shutil.disk_usage(place).free
    cure = f"free {LEAST_FREE_BYTES // 1024**2} MB, or name another --data"
    yield Finding("disk", free >= LEAST_FREE_BYTES, f"{free // 1024**2} MB free at {place}", cure)


def _port(_: DataDirectory) -> Iterator[Finding]:
    free = is_free(DEFAULT_PORT)
    seen = f"{DEFAULT_PORT} is {'free' if free else 'taken, perhaps by an open mall'}"
    yield Finding("port", free, seen, "yaksok run --port 8090", needed=False)


def _clock(_: DataDirectory) -> Iterator[Finding]:
    ok = time.time() > EARLIEST
    seen = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
    yield Finding("clock", ok, seen, "set the clock; dates of destruction depend on it")


def _policy(_: DataDirectory) -> Iterator[Finding]:
    from yaksok.policy import in_force

    try:
        in_force.policy()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the finding says so
        cure = "correct the document; the line is named above"
        yield Finding("policy", ok=False, seen=str(error), cure=cure)
    else:
        yield Finding("policy", ok=True, seen=os.environ.get("YAKSOK_POLICY", "the packaged one"))


def _migrations(data: DataDirectory) -> Iterator[Finding]:
    from yaksok.database.prepare import is_prepared

    if not os.environ.get("DATABASE_URL") and not answers(data):
        yield Finding("migrations", ok=True, seen="the mall is closed; looked at when it opens")
        return
    try:
        ready = is_prepared(data)
    except DatabaseUnusable as error:
        yield Finding("migrations", ok=False, seen=error.problem, cure=error.cure)
        return
    seen = "all in the database" if ready else "the database is older than this version"
    yield Finding("migrations", ready, seen, f"yaksok migrate --data {data.root}")


def _second_wall(data: DataDirectory) -> Iterator[Finding]:
    import psycopg

    from yaksok.database import walls
    from yaksok.database.address import address_of
    from yaksok.database.prepare import is_prepared

    if not os.environ.get("DATABASE_URL") and not answers(data):
        yield Finding("second wall", ok=True, seen="the mall is closed; looked at when it opens")
        return
    try:
        if not is_prepared(data):
            yield Finding("second wall", ok=True, seen="looked at when the tables are there")
            return
        gaps = walls.gaps(data, address_of(data))
    except (DatabaseUnusable, psycopg.OperationalError):
        yield Finding("second wall", ok=True, seen="looked at when the database answers")
        return
    for gap in gaps:
        yield Finding("second wall", ok=False, seen=f"{gap.seen} ({gap.id})", cure=gap.cure)
    if not gaps:
        seen = "no log, no statistic and no role of the database gives values away"
        yield Finding("second wall", ok=True, seen=seen)


def _epoch(data: DataDirectory) -> Iterator[Finding]:
    import psycopg

    from yaksok.journeys import root_keys

    try:
        late = root_keys.late_epoch(data)
    except (DatabaseUnusable, psycopg.Error):
        yield Finding("epoch", ok=True, seen="looked at when the database answers")
        return
    seen = "what was erased is destroyed in time"
    if late:
        seen = f"the keys of epoch {late[0]}, begun {late[1]:%Y-%m-%d %H:%M} UTC, still exist"
    cure = f"yaksok epoch close --data {data.root}; and look for vault. in {data.logs}"
    yield Finding("epoch", late is None, seen, cure)


def _inquiries(data: DataDirectory) -> Iterator[Finding]:
    from yaksok.kernel import clock

    row = _asked(
        data,
        "SELECT count(*) FROM mall.desk_ticket"
        " WHERE state IN ('open', 'checking') AND due_at <= %s",
        [clock.now()],
    )
    if isinstance(row, str):
        yield Finding("inquiries", ok=True, seen=row, needed=False)
        return
    seen = f"{row[0]} overdue" if row[0] else "none overdue"
    cure = "answer them at /console/desk; meanwhile the policy page says that P10.4 is not met"
    yield Finding("inquiries", not row[0], seen, cure, needed=False)


def _letters(data: DataDirectory) -> Iterator[Finding]:
    row = _asked(
        data,
        "SELECT count(*) FILTER (WHERE state = 'undeliverable'),"
        " count(*) FILTER (WHERE state = 'waiting' AND attempts > 0) FROM privacy.post_letter",
    )
    if isinstance(row, str):
        yield Finding("letters", ok=True, seen=row, needed=False)
        return
    given_up, in_vain = row
    seen = f"{given_up} given up, {in_vain} tried in vain so far"
    cure = "look at YAKSOK_SMTP, YAKSOK_MAIL and YAKSOK_SMS; then send again at /console/post"
    yield Finding("letters", not given_up, seen, cure, needed=False)


def _recipients(data: DataDirectory) -> Iterator[Finding]:
    from yaksok.kernel import clock

    row = _asked(
        data,
        "SELECT count(*) FILTER (WHERE state = 'given_up' AND reason NOT IN ('erased', 'recalled')"
        " AND reason NOT LIKE 'refused:%%'),"
        " count(*) FILTER (WHERE state IN ('planned', 'sending', 'taken') AND due_at <= %s)"
        " FROM privacy.disclosure_handover WHERE message IN ('correction', 'erasure')",
        [clock.now()],
    )
    if isinstance(row, str):
        yield Finding("recipients", ok=True, seen=row, needed=False)
        return
    given_up, late = row
    seen = f"{given_up} corrections or erasures given up, {late} overdue"
    cure = "call the recipient, then send again at /console/sharing"
    yield Finding("recipients", not (given_up or late), seen, cure, needed=False)


def _couriers(data: DataDirectory) -> Iterator[Finding]:
    from yaksok.kernel import clock

    late = (
        "recalled_at IS NULL AND message = 'handover' AND way = 'file'"
        " AND state = 'filed' AND next_try <= %(now)s"
    )
    to_tell = "way = 'file' AND state = 'planned' AND message IN ('correction', 'erasure')"
    given_up = (
        "recalled_at IS NULL AND message = 'handover' AND state = 'given_up'"
        " AND reason NOT IN ('erased', 'recalled')"
        " AND (purpose = 'delivery' OR reason NOT LIKE 'refused:%%')"
    )
    counts = ", ".join(
        f"count(*) FILTER (WHERE {which}),"
        f" coalesce(extract(day FROM %(now)s - min({since}) FILTER (WHERE {which})), 0)"
        for which, since in ((late, "sent_at"), (to_tell, "planned_at"), (given_up, "planned_at"))
    )
    row = _asked(data, f"SELECT {counts} FROM privacy.disclosure_handover", {"now": clock.now()})  # noqa: S608 - constants
    if isinstance(row, str):
        yield Finding("couriers", ok=True, seen=row, needed=False)
        return
    kinds = (
        "parcels in files without the courier's number",
        "corrections or erasures to be told by telephone",
        "handovers given up",
    )
    told = zip(row[::2], kinds, row[1::2], strict=True)
    seen = "; ".join(f"{n} {what} (oldest {days} days)" for n, what, days in told if n)
    cure = "see to files and calls at /console/sheets, to what was given up at /console"
    yield Finding("couriers", not seen, seen or "nothing waits for a person", cure, needed=False)


def _asked(
    data: DataDirectory, query: str, values: Sequence[object] | Mapping[str, object] = ()
) -> Sequence[int] | str:
    """Counts from the mall's own tables, or why they cannot be counted now."""
    import psycopg

    from yaksok.database.address import OWNER, address_of, password_of
    from yaksok.database.prepare import is_prepared

    if not os.environ.get("DATABASE_URL") and not answers(data):
        return "the mall is closed; looked at when it opens"
    try:
        if not is_prepared(data):
            return "looked at when the tables are there"
        with psycopg.connect(**address_of(data).entry(OWNER, password_of(data, OWNER))) as owner:
            row = owner.execute(query.encode(), values).fetchone()
    except (DatabaseUnusable, psycopg.OperationalError):
        return "looked at when the database answers"
    return [int(one) for one in row or ()]


def _memory(_: DataDirectory) -> Iterator[Finding]:
    from yaksok.kernel import hardening

    found = hardening.standing()
    missing = [
        words
        for name, words in (
            ("no_core", "a crash would write memory to the disk"),
            ("closed", "other processes of this user can read it"),
            ("locked", "it can be swapped to the disk"),
        )
        if not found[name]
    ]
    cure = "ulimit -l unlimited, or LimitMEMLOCK=infinity in the unit; or encrypt the swap"
    seen = "; ".join(missing) or "no core dump, closed to other processes, never swapped"
    yield Finding("memory", not missing, seen, cure, needed=False)


def _browser(_: DataDirectory) -> Iterator[Finding]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    cure = "apt install chromium (only make test and make shots use it)"
    yield Finding("browser", found is not None, found or "none", cure, needed=False)


def _fonts(_: DataDirectory) -> Iterator[Finding]:
    found = next(
        (
            path
            for folder in HANGUL_FONTS
            for name in HANGUL_NAMES
            for path in Path(folder).expanduser().rglob(name)
        ),
        None,
    )
    cure = "apt install fonts-noto-cjk (only make shots uses it)"
    yield Finding("fonts", found is not None, str(found or "none with Hangul"), cure, needed=False)


def _nearest(path: Path) -> Path:
    """The path itself, or the first directory above it that exists."""
    return next(place for place in (path, *path.parents) if place.exists())


EXAMINATIONS: tuple[Callable[[DataDirectory], Iterator[Finding]], ...] = (
    _python,
    _postgresql,
    _service_user,
    _directory,
    _keys,
    _root,
    _disk,
    _port,
    _clock,
    _policy,
    _migrations,
    _second_wall,
    _epoch,
    _inquiries,
    _letters,
    _recipients,
    _couriers,
    _memory,
    _browser,
    _fonts,
)
