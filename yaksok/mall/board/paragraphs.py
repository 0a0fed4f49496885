"""The parts of a notice's plain text: paragraphs, and lists of lines that begin with ``- ``."""

from dataclasses import dataclass
from itertools import groupby

DASH = "- "


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph with its lines, or one list with its items. Text, to be escaped like any other."""

    is_list: bool
    lines: tuple[str, ...]


def parts(text: str) -> tuple[Part, ...]:
    """The parts of a cleaned body, in order."""
    found: list[Part] = []
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line]
        for listed, group in groupby(lines, lambda line: line.startswith(DASH)):
            said = tuple(line.removeprefix(DASH).strip() if listed else line for line in group)
            found.append(Part(listed, said))
    return tuple(found)
