"""Two versions of a text, compared by paragraph and then by word, for people to read.

Paragraphs belong together by their key, whatever became of their words. Inside a paragraph words
are compared, in Korean 어절 by 어절; where only the particle of a word changed, only the particle is
marked. A syllable is never split.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from yaksok.policy.pages.shapes import Paragraph
from yaksok.policy.word_runs import Run, runs

_PARTICLES = (
    "은|는|이|가|을|를|의|에|에게|께|께서|에서|에게서|으로|로|으로써|로써|으로서|로서|와|과|도|만|"
    "까지|부터|마다|보다|처럼|이나|나|이며|며|이고|고|에는|에도|에만|에서는|에서만|으로만|로만|이라도|"
    "라도|뿐|뿐만"
)
_WORD = re.compile(rf"(?P<stem>[가-힣]{{2,}}?|[0-9A-Za-z]+[가-힣]*?)(?P<particle>{_PARTICLES})?")
_TOKENS = re.compile(r"\w+(?:[.,:/@+-]\w+)*\s*|[^\w\s]\s*|\s+")


class Kind(StrEnum):
    """What became of a paragraph."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"
    SAME = "same"


class Mark(StrEnum):
    """What became of a run of words."""

    DELETED = "deleted"
    INSERTED = "inserted"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words and what became of them."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph. ``moved`` may be true of one whose words changed as well.

    ``name`` is what a person calls it, else its key.
    """

    kind: Kind
    key: str
    place: str
    name: str
    heading: bool
    words: tuple[Words, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """How many paragraphs became what; headings are counted apart from sentences."""

    changed: int
    added: int
    removed: int
    moved: int
    same: int
    headings: tuple[Change, ...]

    @property
    def nothing(self) -> bool:
        """Whether both versions say the same."""
        return not (self.changed or self.added or self.removed or self.moved or self.headings)


def diff(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Change, ...]:
    """What became of each paragraph, in the order of ``new``; removed ones where they had stood.

    Keys stand once in each version. Time grows with the number of words, whatever they are: a
    passage that has nothing in common with its successor is replaced as a whole.

    Raises:
        ValueError: a key stands twice.
    """
    before, after = _by_key(old), _by_key(new)
    stayed = _stayed([p.key for p in old if p.key in after], list(after))
    gone = _gone(old, after)
    changes: list[Change] = list(gone.get(None, ()))
    for paragraph in new:
        earlier = before.get(paragraph.key)
        changes.append(_change(earlier, paragraph, moved=paragraph.key not in stayed))
        changes += gone.get(paragraph.key, ())
    return tuple(changes)


def summary(changes: Sequence[Change]) -> Summary:
    """``changes``, counted."""
    text = [change for change in changes if not change.heading]
    counts = {kind: sum(change.kind is kind for change in text) for kind in Kind}
    return Summary(
        changed=counts[Kind.CHANGED],
        added=counts[Kind.ADDED],
        removed=counts[Kind.REMOVED],
        moved=sum(change.moved for change in text),
        same=counts[Kind.SAME],
        headings=tuple(c for c in changes if c.heading and c.kind is not Kind.SAME),
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring paragraphs under one heading that all stayed the same, or all did not."""

    place: str
    same: bool
    changes: tuple[Change, ...]


def passages(changes: Sequence[Change]) -> tuple[Passage, ...]:
    """``changes`` in passages, so that what stayed the same can be folded away.

    Headings under which nothing changed are left out; :func:`untouched` names them.
    """
    quiet = set(untouched(changes))
    shown = [change for change in changes if change.place not in quiet]
    return tuple(Passage(*about, tuple(some)) for about, some in groupby(shown, _place_and_same))


def untouched(changes: Sequence[Change]) -> tuple[str, ...]:
    """The headings under which everything stayed the same."""
    touched = {change.place for change in changes if change.kind is not Kind.SAME}
    places = dict.fromkeys(change.place for change in changes)
    return tuple(place for place in places if place not in touched)


def _place_and_same(change: Change) -> tuple[str, bool]:
    return change.place, change.kind is Kind.SAME


def tokens(text: str) -> list[str]:
    """``text`` in words, each with the space after it; joined they are ``text`` again."""
    return _TOKENS.findall(text)


def compared(old: str, new: str) -> tuple[Words, ...]:
    """What became of each word between ``old`` and ``new``.

    What is kept and inserted makes ``new``; what is kept and deleted makes ``old``, but for the
    space between words.
    """
    return tuple(_joined(_marked(runs(tokens(old), tokens(new)))))


def _by_key(paragraphs: Sequence[Paragraph]) -> dict[str, Paragraph]:
    found = {paragraph.key: paragraph for paragraph in paragraphs}
    if len(found) != len(paragraphs):
        msg = "a key stands twice among the paragraphs; give each one its own"
        raise ValueError(msg)
    return found


def _change(earlier: Paragraph | None, now: Paragraph, *, moved: bool) -> Change:
    if earlier is None:
        return _told(now, Kind.ADDED, (Words(Mark.INSERTED, now.text),))
    if earlier.text != now.text:
        return _told(now, Kind.CHANGED, compared(earlier.text, now.text), moved=moved)
    kind = Kind.MOVED if moved else Kind.SAME
    return _told(now, kind, (Words(Mark.KEPT, now.text),), moved=moved)


def _told(about: Paragraph, kind: Kind, words: tuple[Words, ...], *, moved: bool = False) -> Change:
    name = about.name or about.key
    return Change(kind, about.key, about.place, name, about.heading, words, moved)


def _gone(old: Sequence[Paragraph], after: dict[str, Paragraph]) -> dict[str | None, list[Change]]:
    """What was removed, by the key of the paragraph after which it stood."""
    gone: dict[str | None, list[Change]] = {}
    last: str | None = None
    for paragraph in old:
        if paragraph.key in after:
            last = paragraph.key
            continue
        words = (Words(Mark.DELETED, paragraph.text),)
        gone.setdefault(last, []).append(_told(paragraph, Kind.REMOVED, words))
    return gone


def _stayed(before: list[str], after: list[str]) -> set[str]:
    """The keys that kept their order: the longest row of them. New keys count as in their place."""
    place = {key: number for number, key in enumerate(after)}
    return _longest_rise(before, [place[key] for key in before]) | (set(after) - set(before))


def _longest_rise(keys: list[str], places: list[int]) -> set[str]:
    tops: list[int] = []
    ends: list[int] = []
    earlier: list[int] = []
    for index, at in enumerate(places):
        row = bisect_left(tops, at)
        earlier.append(ends[row - 1] if row else -1)
        tops[row : row + 1] = [at]
        ends[row : row + 1] = [index]
    kept: set[str] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(keys[index])
        index = earlier[index]
    return kept


def _marked(found: Sequence[Run]) -> Iterator[Words]:
    for run in found:
        if run.same:
            yield Words(Mark.KEPT, "".join(run.new))
        elif len(run.old) == len(run.new) and (pairs := _particles(run)):
            yield from pairs
        else:
            yield from _replaced("".join(run.old), "".join(run.new))


def _replaced(old: str, new: str) -> Iterator[Words]:
    """``old`` taken out and ``new`` put in, with the space after them outside of both."""
    if not new:
        yield Words(Mark.DELETED, old)
        return
    bare = new.rstrip()
    yield Words(Mark.DELETED, old.rstrip())
    yield Words(Mark.INSERTED, bare)
    yield Words(Mark.KEPT, new[len(bare) :])


def _particles(run: Run) -> list[Words]:
    """The words of ``run`` one by one, when in each of them only the particle changed."""
    words: list[Words] = []
    for old, new in zip(run.old, run.new, strict=True):
        was, now = _WORD.fullmatch(old.strip()), _WORD.fullmatch(new.strip())
        if was is None or now is None or was["stem"] != now["stem"]:
            return []
        words += [
            Words(Mark.KEPT, now["stem"]),
            Words(Mark.DELETED, was["particle"] or ""),
            Words(Mark.INSERTED, now["particle"] or ""),
            Words(Mark.KEPT, new[len(new.rstrip()) :]),
        ]
    return words


def _joined(found: Iterator[Words]) -> Iterator[Words]:
    """Neighbours of one mark as one run, without empty ones."""
    held: Words | None = None
    for one in found:
        if not one.text:
            continue
        if held is not None and held.mark is one.mark:
            held = Words(held.mark, held.text + one.text)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held
