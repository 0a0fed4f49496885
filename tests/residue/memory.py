"""Search the memory of processes, as whoever administers the machine can."""

import re
from collections.abc import Iterable
from pathlib import Path

import psutil

LINE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (r\S+) \S+ \S+ \S+\s*(.*)")
AT_ONCE = 16 * 2**20
ENCODINGS = ("utf-8", "utf-16-le")
"""As it was sent, and as Python keeps it: ASCII by a byte each, else by two."""
SHARED = "s"


def search(processes: Iterable[psutil.Process], values: Iterable[str]) -> int:
    """How often any of ``values`` stands in what these processes may write to."""
    patterns = {value.encode(encoding) for value in values for encoding in ENCODINGS}
    known: set[str] = set()
    return sum(_count(process.pid, patterns, known) for process in processes)


def _count(pid: int, patterns: set[bytes], known: set[str]) -> int:
    """The hits in one process; memory that it shares with another counts once (``known``)."""
    found = 0
    longest = max(map(len, patterns))
    try:
        lines = Path(f"/proc/{pid}/maps").read_text("utf-8", errors="replace").splitlines()
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in lines:
                parts = LINE.fullmatch(line)
                if parts is None or "w" not in parts[3] or "[v" in parts[4] or line in known:
                    continue
                if parts[3].endswith(SHARED):
                    known.add(line)
                found += _in_range(memory, int(parts[1], 16), int(parts[2], 16), patterns, longest)
    except (FileNotFoundError, ProcessLookupError):
        return found  # it has ended
    return found


def _in_range(memory: object, begin: int, end: int, patterns: set[bytes], longest: int) -> int:
    found = 0
    tail = b""
    for place in range(begin, end, AT_ONCE):
        try:
            memory.seek(place)  # type: ignore[attr-defined]  # an unbuffered file
            content = tail + memory.read(min(AT_ONCE, end - place))  # type: ignore[attr-defined]  # as above
        except (OSError, ValueError):
            return found
        found += sum(content.count(pattern) for pattern in patterns)
        tail = content[-longest + 1 :]
    return found
