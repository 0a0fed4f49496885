"""Findings and coming days, as lines for a person or as one JSON value for a program."""

import datetime
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from yaksok.policy.document import Document
from yaksok.policy.entries import Text
from yaksok.policy.lints.coming import Coming
from yaksok.policy.lints.finding import Finding, Severity
from yaksok.policy.vocabulary import Profile

COLUMNS = 80
"""How wide a line may be; a Hangul syllable takes two columns."""


def told(
    document: Document, profile: Profile, day: datetime.date, findings: tuple[Finding, ...]
) -> str:
    """Each finding with its place, its law and its cure, then how many there are."""
    lines: list[str] = []
    for finding in findings:
        place = f"{document.file}:{finding.line(document)}: {finding.key}"
        lines += [f"{finding.severity} {finding.rule}  {place}"]
        lines += _wrapped("", finding.fault)
        lines += _wrapped("law: ", finding.citation)
        lines += _wrapped("cure: ", finding.cure)
        lines += [*_worded(finding.wording), ""]
    errors, warnings = counted(findings)
    total = f"{_many(errors, 'error')}, {_many(warnings, 'warning')}"
    return "\n".join([*lines, f"{total}: held against {profile} as of {day}"])


def as_json(
    document: Document, profile: Profile, day: datetime.date, findings: tuple[Finding, ...]
) -> str:
    """One object: the file, the profile, the day, the counts, the findings."""
    errors, warnings = counted(findings)
    return _json(
        {
            "file": document.file,
            "version": document.body.version,
            "profile": profile.value,
            "day": day.isoformat(),
            "errors": errors,
            "warnings": warnings,
            "findings": [_row(document, finding) for finding in findings],
        }
    )


def counted(findings: tuple[Finding, ...]) -> tuple[int, int]:
    """How many errors and how many warnings."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return errors, len(findings) - errors


def days_told(document: Document, coming: tuple[Coming, ...]) -> str:
    """Each coming day with what happens and what it would break in the document."""
    lines: list[str] = []
    for one in coming:
        mark = f" [{one.mark}]" if one.mark else ""
        lines += [f"{one.day}  {one.kind}  {one.name}{mark}"]
        lines += _wrapped("law: ", one.citation) if one.citation else []
        lines += _worded(one.bearing)
        for finding in one.breaks:
            place = f"line {finding.line(document)}: {finding.key} {finding.fault}"
            lines += _wrapped(f"breaks {finding.rule}, ", place)
            lines += _wrapped("cure: ", finding.cure)
        lines += [""]
    breaking = sum(bool(one.breaks) for one in coming)
    nothing = "nothing in the document breaks" if not breaking else f"{breaking} break something"
    return "\n".join([*lines, f"{_many(len(coming), 'day')} to come; {nothing}"])


def days_as_json(document: Document, coming: tuple[Coming, ...]) -> str:
    """One array, soonest first."""
    return _json(
        [
            {
                "day": one.day.isoformat(),
                "kind": one.kind,
                "name": one.name,
                "citation": one.citation,
                "mark": one.mark,
                "bearing": _both(one.bearing),
                "breaks": [_row(document, finding) for finding in one.breaks],
            }
            for one in coming
        ]
    )


def _row(document: Document, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "citation": finding.citation,
        "line": finding.line(document),
        "key": finding.key,
        "fault": finding.fault,
        "cure": finding.cure,
        "wording": _both(finding.wording),
    }


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"ko": text.ko, "en": text.en}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _worded(text: Text | None) -> list[str]:
    if text is None:
        return []
    return [*_wrapped("ko: ", text.ko), *_wrapped("en: ", text.en)]


def _wrapped(label: str, text: str) -> list[str]:
    """``text`` after ``label``, indented, on lines that fit the columns."""
    indent = "  "
    lines, line = [], indent + label
    for word in text.split():
        room = line if line.endswith(" ") else f"{line} "
        if width(room + word) > COLUMNS and line.strip():
            lines.append(line.rstrip())
            room = indent * 2
        line = room + word
    return [*lines, line]


def width(line: str) -> int:
    """How many columns ``line`` takes."""
    return sum(_columns(line))


def _columns(line: str) -> Iterator[int]:
    for character in line:
        yield 2 if unicodedata.east_asian_width(character) in {"F", "W"} else 1
