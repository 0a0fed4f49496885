"""Documents that something happened to: a slip of the hand, a wrong word, a bad copy, a broken disk."""

import re
from collections.abc import Callable
from random import Random

from yaksok.kernel.actor import Role
from yaksok.policy import vocabulary

WORDS = sorted(
    {
        str(word.value)
        for name in vars(vocabulary).values()
        if isinstance(name, type) and name.__module__ == vocabulary.__name__
        for word in name  # type: ignore[attr-defined]  # every class there is a closed list
    }
    | {role.value for role in Role}
)
"""Every word that a document may use somewhere, and mostly not where it is put."""

VALUES = (
    "true",
    "-1",
    "0",
    "99999999999999999999",
    "3.5",
    "nan",
    '""',
    '"  "',
    '"{0} {mall} {nobody}"',
    '"%s %(x)s"',
    '"\\u0000\\u202e<b>&"',
    '"' + "긴" * 3000 + '"',
    "[]",
    "[[]]",
    '["?", "?"]',
    "{}",
    "{ ko = 1 }",
    '{ ko = "", en = "" }',
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "12:00:00",
    '"P99Y99M999D"',
    '"P0D"',
    '"P"',
)
_QUOTED = re.compile(r'"[^"\n]*"')
_KEY = re.compile(r"^([\w-]+)( = )(.+)$")
_INLINE = re.compile(r"(\w+) = (\"[^\"\n]*\"|\[[^\]\n]*\]|true|false)")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def line_lost(text: str, thrown: Random) -> str:
    lines = _lines(text)
    del lines[thrown.randrange(len(lines))]
    return "".join(lines)


def line_twice(text: str, thrown: Random) -> str:
    lines = _lines(text)
    place = thrown.randrange(len(lines))
    lines.insert(thrown.randrange(len(lines)), lines[place])
    return "".join(lines)


def table_lost(text: str, thrown: Random) -> str:
    start, end = _some_table(text, thrown)
    return text[:start] + text[end:]


def table_twice(text: str, thrown: Random) -> str:
    start, end = _some_table(text, thrown)
    return text + "\n" + text[start:end]


def table_renamed(text: str, thrown: Random) -> str:
    start, _ = _some_table(text, thrown)
    header, newline, rest = text[start:].partition("\n")
    parts = header.strip("[]").split(".")
    parts[thrown.randrange(len(parts))] = thrown.choice([*WORDS, "x", "", '"a b"'])
    brackets = header[: len(header) - len(header.lstrip("["))]
    closing = "]" * len(brackets)
    return text[:start] + f"{brackets}{'.'.join(parts)}{closing}{newline}{rest}"


def _some_table(text: str, thrown: Random) -> tuple[int, int]:
    starts = [found.start() for found in re.finditer(r"^\[", text, re.MULTILINE)]
    place = thrown.randrange(len(starts))
    return starts[place], [*starts, len(text)][place + 1]


def key_renamed(text: str, thrown: Random) -> str:
    return _line_by_key(text, thrown, lambda k, e, v: f"{thrown.choice([*WORDS, k + 'x'])}{e}{v}")


def type_changed(text: str, thrown: Random) -> str:
    return _line_by_key(text, thrown, lambda k, e, _: f"{k}{e}{thrown.choice(VALUES)}")


def _line_by_key(text: str, thrown: Random, change: Callable[[str, str, str], str]) -> str:
    lines = text.splitlines()
    keys = [n for n, line in enumerate(lines) if _KEY.match(line)]
    place = thrown.choice(keys)
    found = _KEY.match(lines[place])
    assert found
    lines[place] = change(found[1], found[2], found[3])
    return "\n".join(lines) + "\n"


def _replaced(text: str, pattern: re.Pattern[str], thrown: Random, by: str) -> str:
    found = thrown.choice(list(pattern.finditer(text)))
    return text[: found.start()] + by + text[found.end() :]


def word_swapped(text: str, thrown: Random) -> str:
    return _replaced(text, _QUOTED, thrown, f'"{thrown.choice(WORDS)}"')


def value_swapped(text: str, thrown: Random) -> str:
    taken = thrown.choice(list(_QUOTED.finditer(text)))[0]
    return _replaced(text, _QUOTED, thrown, taken)


def text_blanked(text: str, thrown: Random) -> str:
    return _replaced(text, _QUOTED, thrown, thrown.choice(['""', '" "', '"\\t"']))


def inner_value(text: str, thrown: Random) -> str:
    return _replaced(text, _QUOTED, thrown, thrown.choice(VALUES))


def inner_key_lost(text: str, thrown: Random) -> str:
    return _replaced(text, re.compile(_INLINE.pattern + ",?"), thrown, "")


def inner_key_renamed(text: str, thrown: Random) -> str:
    found = thrown.choice(list(_INLINE.finditer(text)))
    key = thrown.choice([*WORDS, "x"])
    return text[: found.start()] + f"{key} = {found[2]}" + text[found.end() :]


def truth_turned(text: str, thrown: Random) -> str:
    return _replaced(text, re.compile(r"true|false"), thrown, thrown.choice(["true", "false"]))


def cut_short(text: str, thrown: Random) -> str:
    return text[: thrown.randrange(len(text))]


def characters(text: str, thrown: Random) -> str:
    for _ in range(thrown.randint(1, 4)):
        place = thrown.randrange(len(text))
        put = thrown.choice(
            ['"', "'", "[", "]", "{", "}", "=", ".", "\\", "\n", "\x00", "\ufeff", "#"]
        )
        text = text[:place] + put + text[place + thrown.randint(0, 2) :]
    return text


MUTATIONS: tuple[Callable[[str, Random], str], ...] = (
    characters,
    cut_short,
    inner_key_lost,
    inner_key_renamed,
    inner_value,
    key_renamed,
    line_lost,
    line_twice,
    table_lost,
    table_renamed,
    table_twice,
    text_blanked,
    truth_turned,
    type_changed,
    value_swapped,
    word_swapped,
)


def bytes_spoilt(raw: bytes, thrown: Random) -> bytes:
    """``raw`` with a few bytes that came from nowhere."""
    spoilt = bytearray(raw)
    for _ in range(thrown.randint(1, 6)):
        spoilt[thrown.randrange(len(spoilt))] = thrown.randrange(256)
    return bytes(spoilt)


def mutated(text: str, thrown: Random) -> tuple[str, bytes]:
    """What happened, and the document after it. Now and then two things happened."""
    names = []
    for _ in range(thrown.choice([1, 1, 2])):
        mutation = thrown.choice(MUTATIONS)
        text = mutation(text, thrown) or "\n"
        names.append(mutation.__name__)
        if text.count("=") < 20:
            break
    raw = text.encode()
    if thrown.random() < 0.06:
        return "bytes_spoilt", bytes_spoilt(raw, thrown)
    return "+".join(names), raw
