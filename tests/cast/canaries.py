"""Look for values on the disk like a forensic examiner: byte by byte, in every form they may take."""

import base64
import json
import mmap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949")
SHORTEST = 6
"""Bytes. A shorter pattern would be found by chance."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A value found: which canary, in what form, where."""

    canary: str
    form: str
    where: Path


@dataclass(slots=True)
class Search:
    """What was looked for and where; the figures of a search are part of its proof."""

    hits: list[Hit] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    patterns: int = 0

    def of(self, canary: str) -> list[Hit]:
        """The hits of one canary."""
        return [hit for hit in self.hits if hit.canary == canary]


def forms(value: str) -> dict[str, bytes]:
    """Every byte pattern by which ``value`` is looked for, by the name of the form.

    As text in four encodings, composed and decomposed; each of these as hex in both cases and as
    Base64 at its three alignments; escaped as in JSON and as in URLs.
    """
    found: dict[str, bytes] = {}
    for spelling in ("NFC", "NFD"):
        text = unicodedata.normalize(spelling, value)
        for encoding in ENCODINGS:
            try:
                plain = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            name = f"{spelling} {encoding}"
            found[name] = plain
            found[f"{name} hex"] = plain.hex().encode()
            found[f"{name} HEX"] = plain.hex().upper().encode()
            for shift, inner in enumerate(base64_inner(plain)):
                found[f"{name} base64+{shift}"] = inner
        found[f"{spelling} json"] = json.dumps(text)[1:-1].encode()
        found[f"{spelling} url"] = quote(text).encode()
    distinct: dict[bytes, str] = {}
    for name, pattern in found.items():
        if len(pattern) >= SHORTEST:
            distinct.setdefault(pattern, name)
    return {name: pattern for pattern, name in distinct.items()}


def base64_inner(plain: bytes) -> Iterator[bytes]:
    """The part of a Base64 text that ``plain`` determines alone, at each of three alignments."""
    for shift in range(3):
        coded = base64.b64encode(b"\x00" * shift + plain)
        start = -(-shift * 8 // 6) if shift else 0
        end = (shift + len(plain)) * 8 // 6
        yield coded[start:end]


def files_below(places: Iterable[Path]) -> Iterator[Path]:
    """Every regular file below ``places``."""
    for place in places:
        if place.is_file():
            yield place
        elif place.is_dir():
            yield from (path for path in sorted(place.rglob("*")) if path.is_file())


Seen = dict[Path, tuple[tuple[object, ...], list[Hit]]]
"""What earlier searches for the same values found in a file, and how the file was then."""


def search(canaries: Iterable[str], places: Iterable[Path], seen: Seen | None = None) -> Search:
    """Every place below ``places`` where one of ``canaries`` stands in one of its forms.

    With ``seen``, a file that has not been written since an earlier search for the same values
    counts as that search found it.
    """
    wanted = [(value, name, p) for value in canaries for name, p in forms(value).items()]
    result = Search(patterns=len(wanted))
    for path in files_below(places):
        try:
            status = path.stat()
            state = (status.st_ino, status.st_mtime_ns, status.st_size)
            before = seen.get(path) if seen is not None else None
            hits = before[1] if before and before[0] == state else _hits(path, wanted)
        except (FileNotFoundError, ValueError):
            continue  # a file of the running mall that was just removed, or an empty one
        result.files += 1
        result.bytes += status.st_size
        result.hits += hits
        if seen is not None:
            seen[path] = (state, hits)
    return result


def _hits(path: Path, wanted: list[tuple[str, str, bytes]]) -> list[Hit]:
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
    ):
        content = mapped[:]  # searching bytes is ten times as quick as searching a map
    return [Hit(value, form, path) for value, form, pattern in wanted if pattern in content]
