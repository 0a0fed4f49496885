"""The numbers below a listing, and where each leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

AROUND = 2
"""Numbers shown on each side of the page that is open."""


class Paged(Protocol):
    """A page of a listing, counted from 1."""

    @property
    def number(self) -> int:
        """Which page is open."""

    @property
    def pages(self) -> int:
        """How many there are."""


@dataclass(frozen=True, slots=True)
class Way:
    """One number below a listing. ``address`` is empty for a gap, ``here`` for the open page."""

    number: int
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """The way back, the numbers, the way on; each empty when there is none."""

    back: str
    numbers: tuple[Way, ...]
    on: str


def ways(page: Paged, kept: Mapping[str, str]) -> Ways:
    """Where the numbers below ``page`` lead; ``kept`` stays in every address."""

    def address(number: int) -> str:
        words = {name: value for name, value in kept.items() if value}
        return "?" + urlencode(words | ({"page": str(number)} if number > 1 else {}))

    near = range(page.number - AROUND, page.number + AROUND + 1)
    wanted = [n for n in range(1, page.pages + 1) if n in near or n in {1, page.pages}]
    numbers: list[Way] = []
    for number in wanted:
        if numbers and number - numbers[-1].number > 1:
            numbers.append(Way(number - 1, "", here=False))
        numbers.append(Way(number, address(number), here=number == page.number))
    back = address(page.number - 1) if page.number > 1 else ""
    return Ways(back, tuple(numbers), address(page.number + 1) if page.number < page.pages else "")
