"""An epoch's close beside the same COPY without cryptography: ``python -m benchmarks.closing [COUNT]``.

Both read the same rows by the same statement and write them, batch by batch, each batch a
transaction, into tables of the same shape with the same indices; one of them wraps keys anew and
computes digests in between. They take turns, so that both see the same machine.
"""

import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

COUNT = 1_000_000
ROUNDS = 2
BUDGET = 0.7


def open_a_database() -> tuple[object, Path]:
    """A PostgreSQL of its own in a directory of its own, with the mall's tables and keys."""
    from yaksok.database.service_user import ServiceUser

    place = Path(tempfile.mkdtemp(prefix="yaksok-closing-"))
    ServiceUser.choose().let_through(place)
    os.environ["YAKSOK_DATA"] = str(place / "mall")
    os.environ["YAKSOK_KEYS"] = str(place / "keys")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yaksok.settings.main"
    from yaksok.database.embedded import Server
    from yaksok.database.layout import DataDirectory
    from yaksok.database.prepare import prepare

    data = DataDirectory.from_environment()
    data.create()
    server = Server(data)
    server.start()
    import django

    from yaksok.database.address import make_passwords

    make_passwords(data)
    django.setup()
    prepare(data)
    return server, place


def copied_plainly() -> float:
    """Seconds of the same COPY in and out, and of the indices; nothing is computed in between."""
    from yaksok.kernel import clock
    from yaksok.privacy.vault.closing import copying, tables
    from yaksok.privacy.vault.closing.state import State, Step, own_line, own_session, owning

    began = time.monotonic()
    with owning() as cursor:
        cursor.execute("SELECT max(number) FROM vault_epoch")
        (epoch,) = cursor.fetchone()
        tables.make(cursor)
    state = State(epoch, epoch + 1, Step.COPY, clock.now(), 0)
    entries = index_rows()
    number = copying.between(epoch)
    with ThreadPoolExecutor(2) as aside, own_line() as reader, own_line() as writer:
        written: Future[None] | None = None
        for batch in copying.batches(state, reader, aside):
            keys = [copying.HEADER]
            for subject, record, _, _, wrapped, commitment, _ in batch:
                keys += (
                    *(copying.FIRST, subject, copying.THEN, record, number),
                    *(wrapped, copying.LAST, commitment),
                )
            keys.append(copying.TRAILER)
            if written:
                written.result()
                writer.execute("COMMIT")
            written = aside.submit(copying.write, writer, b"".join(keys), entries)
            entries = copying.HEADER + copying.TRAILER
        if written:
            written.result()
        writer.execute("COMMIT")
    with owning() as cursor:
        tables.index(cursor)
    with own_session() as session, session.cursor() as cursor:
        tables.make_known(cursor)
    return time.monotonic() - began


def index_rows() -> bytes:
    """The index as it is."""
    from yaksok.privacy.vault.closing.state import own_session

    with (
        own_session() as session,
        session.cursor() as cursor,
        cursor.copy(
            "COPY (SELECT kind, digest, epoch, subject_id, record_id FROM vault_blind_index)"
            " TO STDOUT (FORMAT BINARY)"
        ) as source,
    ):
        return b"".join(bytes(part) for part in source)


def closed() -> tuple[dict[str, float], list[float]]:
    """Seconds at which each point of a close was passed, and the resident megabytes at each batch."""
    import psutil

    from yaksok.privacy.vault import closing

    process, began = psutil.Process(), time.monotonic()
    passed: dict[str, float] = {}
    memory: list[float] = []

    def watch(progress: closing.Progress) -> None:
        passed[progress.point] = time.monotonic() - began
        if progress.point is closing.Point.COPIED:
            memory.append(process.memory_info().rss / 2**20)

    closing.close(watch)
    return passed, memory


def main() -> None:
    """Print the figures beside their budget."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    server, place = open_a_database()
    try:
        from tests.cast.crowded import fill

        fill(count)
        best = 0.0
        for _ in range(ROUNDS):
            plain = copied_plainly()
            passed, memory = closed()
            ready, lock = passed["ready"], passed["swapped"] - passed["locked"]
            print(
                f"{count:,} records: plain COPY {count / plain:,.0f} rows/s, close"
                f" {count / ready:,.0f} rows/s, ratio {plain / ready:.2f} (budget {BUDGET});"
                f" whole close {passed['done']:.1f} s, under the lock {lock:.2f} s;"
                f" memory {memory[min(1, len(memory) - 1)]:.0f} to {max(memory):.0f} MB"
            )
            best = max(best, plain / ready)
        print(f"best ratio {best:.2f}")
    finally:
        from django.db import connections

        from yaksok.privacy.vault import epochs

        epochs.presence.leave()
        connections.close_all()
        server.stop()  # type: ignore[attr-defined]  # a Server, imported late
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
