"""Start and idle memory of the whole mall: ``python -m benchmarks.idle``.

Opens a mall on a directory that exists, twice, and prints the seconds to the first answer and the
resident memory of every process, PostgreSQL included. RSS counts shared pages once per process;
PSS divides them among those who share.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from yaksok.database.service_user import ServiceUser

BUDGET_MB = 400
BUDGET_SECONDS = 5.0
PORT = 28480
SETTLE_SECONDS = 20.0
PAGES = ("/", "/en/")
MB = 2**20


def opened(data: Path) -> tuple[subprocess.Popen[str], float]:
    """A mall that answers, and the seconds it took."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "yaksok.cli.main", "run", "--data", data, "--port", str(PORT)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("YAKSOK_")},
    )
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=30).close()
        except OSError:
            time.sleep(0.02)
        else:
            return process, time.monotonic() - began
    sys.exit(f"the mall ended with status {process.returncode}")


def closed(process: "subprocess.Popen[str]") -> None:
    """Close a mall and wait for it."""
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def main() -> None:
    """Print the figures beside their budgets."""
    console = Console()
    place = Path(tempfile.mkdtemp(prefix="yaksok-idle-"))
    ServiceUser.choose().let_through(place)
    try:
        process, first = opened(place / "mall")
        closed(process)
        process, again = opened(place / "mall")
        for page in PAGES * 4:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}{page}", timeout=30).close()
        time.sleep(SETTLE_SECONDS)
        own = psutil.Process(process.pid)
        rows = [
            (_name(one), memory.rss / MB, memory.pss / MB)
            for one in (own, *own.children(recursive=True))
            for memory in (one.memory_full_info(),)
        ]
        closed(process)
    finally:
        shutil.rmtree(place)
    table = Table("process", "RSS MB", "PSS MB")
    for name, rss, pss in rows:
        table.add_row(name, f"{rss:.1f}", f"{pss:.1f}")
    total_rss, total_pss = sum(row[1] for row in rows), sum(row[2] for row in rows)
    table.add_row("all", f"{total_rss:.1f}", f"{total_pss:.1f}", style="bold")
    console.print(table)
    console.print(f"memory, budget {BUDGET_MB} MB: RSS {total_rss:.0f}, PSS {total_pss:.0f}")
    console.print(f"first start with demo goods: {first:.1f} s")
    console.print(f"start to first answer, budget {BUDGET_SECONDS:.0f} s: {again:.1f} s")


def _name(process: psutil.Process) -> str:
    words = process.cmdline()
    if len(words) > 2 and words[1] == "-m":
        return words[2]
    return words[0].split("/")[-1][:40]


if __name__ == "__main__":
    main()
