"""Which words two texts share, in order: runs of the same and of different words.

Words that stand once in both texts are the anchors (patience); between anchors a small passage is
compared exactly, a larger one by its fewest edits up to :data:`MOST_EDITS`, and what differs more
than that is replaced whole. So time grows with the number of words, whatever the words are.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

EXACT = 16_384
"""A passage of so many pairs of words, old times new, is compared exactly."""

MOST_EDITS = 256
"""More words than these to take out and put in are not looked for in one large passage."""

DEEPEST = 24
"""How often anchors are looked for between anchors."""

SHORTEST = 3
"""Fewer characters than these between two changes hold no thought of their own."""

Pair = tuple[int, int]
Box = tuple[int, int, int, int]
"""From and to in the old words, from and to in the new ones."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of the old and of the new text that belong together."""

    same: bool
    old: tuple[str, ...]
    new: tuple[str, ...]


def runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The runs that lead from ``old`` to ``new``. Space around a word makes no difference."""
    before, after = [word.strip() for word in old], [word.strip() for word in new]
    found: list[Run] = []
    i = j = 0
    for start, other, length in _blocks(_pairs(before, after)):
        if i < start or j < other:
            found.append(Run(same=False, old=tuple(old[i:start]), new=tuple(new[j:other])))
        i, j = start + length, other + length
        found.append(Run(same=True, old=tuple(old[start:i]), new=tuple(new[other:j])))
    if i < len(old) or j < len(new):
        found.append(Run(same=False, old=tuple(old[i:]), new=tuple(new[j:])))
    return _readable(found)


def _blocks(pairs: Sequence[Pair]) -> Iterator[tuple[int, int, int]]:
    start = other = length = 0
    for i, j in pairs:
        if length and (i, j) == (start + length, other + length):
            length += 1
            continue
        if length:
            yield start, other, length
        start, other, length = i, j, 1
    if length:
        yield start, other, length


def _pairs(old: list[str], new: list[str]) -> list[Pair]:
    """Which word of ``old`` is which of ``new``, rising in both."""
    pairs: list[Pair] = []
    waiting: list[tuple[Box, int]] = [((0, len(old), 0, len(new)), 0)]
    while waiting:
        box, depth = waiting.pop()
        box = _trimmed(old, new, box, pairs)
        low, high, left, right = box
        if low == high or left == right:
            continue
        if (high - low) * (right - left) <= EXACT:
            pairs += _exactly(old[low:high], new[left:right], low, left)
        elif depth < DEEPEST and (anchors := _anchors(old, new, box)):
            pairs += anchors
            waiting += [(part, depth + 1) for part in _between(box, anchors)]
        else:
            pairs += _fewest(old[low:high], new[left:right], low, left)
    return sorted(pairs)


def _trimmed(old: list[str], new: list[str], box: Box, pairs: list[Pair]) -> Box:
    """``box`` without the words that it begins and ends with in both texts; those become pairs."""
    low, high, left, right = box
    while low < high and left < right and old[low] == new[left]:
        pairs.append((low, left))
        low, left = low + 1, left + 1
    while low < high and left < right and old[high - 1] == new[right - 1]:
        high, right = high - 1, right - 1
        pairs.append((high, right))
    return low, high, left, right


def _anchors(old: list[str], new: list[str], box: Box) -> list[Pair]:
    """The longest rising row of words that stand once in both sides of ``box``."""
    low, high, left, right = box
    once = {word for word, count in Counter(old[low:high]).items() if count == 1}
    once &= {word for word, count in Counter(new[left:right]).items() if count == 1}
    where = {new[j]: j for j in range(left, right) if new[j] in once}
    found = [(i, where[old[i]]) for i in range(low, high) if old[i] in once]
    tops: list[int] = []
    ends: list[int] = []
    earlier: list[int] = []
    for index, (_, j) in enumerate(found):
        row = bisect_left(tops, j)
        earlier.append(ends[row - 1] if row else -1)
        tops[row : row + 1] = [j]
        ends[row : row + 1] = [index]
    rising: list[Pair] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rising.append(found[index])
        index = earlier[index]
    return rising[::-1]


def _between(box: Box, anchors: list[Pair]) -> Iterator[Box]:
    low, high, left, right = box
    for i, j in anchors:
        yield low, i, left, j
        low, left = i + 1, j + 1
    yield low, high, left, right


def _exactly(old: list[str], new: list[str], low: int, left: int) -> list[Pair]:
    """The longest common row of two small passages."""
    lengths = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below = lengths[i], lengths[i + 1]
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if old[i] == new[j] else max(below[j], row[j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((low + i, left + j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _fewest(old: list[str], new: list[str], low: int, left: int) -> list[Pair]:
    """The pairs of the shortest edit (Myers 1986), or none when it needs too many."""
    front = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(MOST_EDITS + 1):
        trail.append(dict(front))
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and front[k - 1] < front[k + 1])
            i = front[k + 1] if down else front[k - 1] + 1
            while i < len(old) and i - k < len(new) and old[i] == new[i - k]:
                i += 1
            front[k] = i
            if i >= len(old) and i - k >= len(new):
                return _back(trail, len(old), len(new), low, left)
    return []


def _back(trail: list[dict[int, int]], i: int, j: int, low: int, left: int) -> list[Pair]:
    pairs: list[Pair] = []
    for edits in range(len(trail) - 1, -1, -1):
        front, k = trail[edits], i - j
        down = k == -edits or (k != edits and front[k - 1] < front[k + 1])
        before = k + 1 if down else k - 1
        start = front[before]
        while i > start + (not down) and j > start - before + down and i > 0 and j > 0:
            i, j = i - 1, j - 1
            pairs.append((low + i, left + j))
        if edits:
            i, j = start, start - before
    return pairs


def _readable(found: list[Run]) -> list[Run]:
    """``found`` without islands too short to hold a thought between two changes."""
    merged: list[Run] = []
    for place, run in enumerate(found):
        island = run.same and len("".join(run.new).strip()) < SHORTEST
        inside = 0 < place < len(found) - 1 and island
        if merged and not merged[-1].same and (inside or not run.same):
            last = merged[-1]
            merged[-1] = Run(same=False, old=last.old + run.old, new=last.new + run.new)
        else:
            merged.append(run)
    return merged
