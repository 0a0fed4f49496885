"""What the gate costs: each operation with its SQL, without it, and beside the bare cipher and peers.

``yaksok bench vault [--json]`` measures in one run, on a mall of its own in a temporary directory that
is as durable as a real one.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.peers import Missing, Peer, peers
from benchmarks.timing import Took, in_turn

PEOPLE = 100
"""How many are sealed, opened and erased in one round; ``open_many`` opens them all at once."""
ROUNDS = 5
TIMES = 700
BUDGET = 4.0
"""Opening three items through the gate, CPU without SQL, against one unwrap and one decrypt."""

MEASURED = ("seal", "open", "open_many", "find", "erase")


@dataclass(frozen=True, slots=True)
class Measured:
    """One operation. CPU and wall are microseconds for one record; ``floor`` says beside what."""

    operation: str
    whole: Took
    without_sql: float
    floor: str
    floor_cpu: float
    budget: float | None = None

    @property
    def ratio(self) -> float:
        """CPU without SQL, in floors."""
        return self.without_sql / self.floor_cpu


@dataclass(frozen=True, slots=True)
class Beside:
    """What a peer takes for the same three items, CPU microseconds; or why it was not measured."""

    name: str
    version: str
    seal: float | None
    open: float | None
    without: str


@dataclass(frozen=True, slots=True)
class Report:
    """One run."""

    cipher: str
    operations: tuple[Measured, ...]
    peers: tuple[Beside, ...]

    @property
    def kept(self) -> bool:
        """Whether every budget was kept."""
        return all(one.budget is None or one.ratio <= one.budget for one in self.operations)

    def as_data(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "unit": "microseconds for one record of three items",
            "machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0]},
            "cipher": self.cipher,
            "operations": [{**asdict(one), "ratio": one.ratio} for one in self.operations],
            "peers": [asdict(one) for one in self.peers],
            "budgets_kept": self.kept,
        }


def report() -> Report:
    """Measure everything, in a mall that is made for it and removed afterwards."""
    with _a_mall():
        from benchmarks import bare_acts, gate_acts
        from yaksok.privacy.vault import cipher

        emails = gate_acts.members(PEOPLE)
        rounds = [gate_acts.a_round(PEOPLE, emails) for _ in range(ROUNDS)]
        others = list(peers(list(gate_acts.ITEMS.values())))
        floors = bare_acts.floors()
        with bare_acts.without_sql() as acts:
            turns = dict(acts) | floors
            for one in others:
                if isinstance(one, Peer):
                    turns |= {f"seal {one.name}": one.seal, f"open {one.name}": one.open}
            many = turns.pop("open_many")
            took = in_turn(turns, times=TIMES)
            took["open_many"] = _shared(in_turn({"": many}, times=TIMES // PEOPLE)[""])
        return Report(
            cipher=next(n for n, number in cipher.ALGORITHMS.items() if number == cipher.chosen()),
            operations=tuple(
                Measured(
                    name,
                    Took(min(r[name].cpu for r in rounds), min(r[name].wall for r in rounds)),
                    took[name].cpu,
                    gate_acts.FLOORS[name],
                    took[gate_acts.FLOORS[name]].cpu,
                    BUDGET if name == "open" else None,
                )
                for name in MEASURED
            ),
            peers=tuple(_beside(one, took) for one in others),
        )


def _shared(many: Took) -> Took:
    return Took(many.cpu / PEOPLE, many.wall / PEOPLE)


def _beside(one: Peer | Missing, took: Mapping[str, Took]) -> Beside:
    if isinstance(one, Missing):
        return Beside(one.name, "", None, None, one.why)
    sealed, opened = took[f"seal {one.name}"].cpu, took[f"open {one.name}"].cpu
    return Beside(one.name, one.version, sealed, opened, one.without)


@contextmanager
def _a_mall() -> Iterator[None]:
    """An empty mall with a PostgreSQL of its own; whatever mall the environment names is left alone."""
    from yaksok.database.layout import DataDirectory
    from yaksok.database.service_user import ServiceUser

    place = Path(tempfile.mkdtemp(prefix="yaksok-bench-"))
    ServiceUser.choose().let_through(place)
    kept = {name: os.environ[name] for name in ("YAKSOK_CIPHER",) if name in os.environ}
    for name in [name for name in os.environ if name.startswith("YAKSOK_")]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    root = place / "mall"
    os.environ |= kept | {
        "YAKSOK_DATA": str(root),
        "DJANGO_SETTINGS_MODULE": "yaksok.settings.main",
    }
    from yaksok.database.embedded import Server

    server = Server(DataDirectory(root))
    try:
        server.start()
        from yaksok.database.prepare import prepare

        prepare(DataDirectory(root))
        import django

        django.setup()
        yield
        from django.db import connections

        connections.close_all()
    finally:
        server.stop()
        shutil.rmtree(place, ignore_errors=True)


def shown(report: Report) -> Iterator[Table]:
    """The report as tables."""
    table = Table(
        "µs for one record of three items",
        "wall",
        "CPU",
        "CPU without SQL",
        "beside",
        "its CPU",
        "ratio",
        "budget",
    )
    for one in report.operations:
        table.add_row(
            one.operation,
            f"{one.whole.wall:.0f}",
            f"{one.whole.cpu:.0f}",
            f"{one.without_sql:.1f}",
            one.floor,
            f"{one.floor_cpu:.1f}",
            f"{one.ratio:.1f}",
            f"≤ {one.budget:.0f}" if one.budget else "",
        )
    yield table
    table = Table("peer", "version", "seal, CPU µs", "open, CPU µs", "without")
    for other in report.peers:
        times = (f"{t:.1f}" if t is not None else "" for t in (other.seal, other.open))
        table.add_row(other.name, other.version, *times, other.without)
    yield table


def main(*, as_json: bool = False) -> bool:
    """Measure and print; whether every budget was kept."""
    found = report()
    if as_json:
        print(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
    else:
        for table in shown(found):
            Console().print(table)
    return found.kept
