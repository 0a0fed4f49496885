"""보존 일정과 파기대장: what falls due when, and what was destroyed, confirmed by the officer. Counts alone."""

import itertools
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yaksok.journeys import destruction_register
from yaksok.kernel import clock
from yaksok.kernel.actor import Role
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.privacy.retention.falling_due import Due
from yaksok.web.admission import staff_only
from yaksok.web.console import retention_words as words
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

NEAR = 6
"""Months that stand in columns of their own; later ones are summed by year."""


@require_safe
@staff_only
def calendar(request: PersonRequest) -> HttpResponse:
    """What falls due in which month: records by kind, rows by table."""
    actor = acting(request)
    found = destruction_register.calendar(actor)
    this = clock.today().replace(day=1)
    columns = _columns(this, found.months)
    shown = {
        "here": "retention",
        "columns": columns,
        "groups": [
            (named, _lines([due for due in found.dues if due.is_table is table], columns))
            for named, table in (("records", False), ("tables", True))
        ],
        "waiting": [(words.what(kind), count) for kind, count in found.waiting],
        "overdue": sum(due.count for due in found.dues if due.month < this),
        "role_label": showing.role(actor),
    }
    return render(request, "console/retention.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="파기대장 확인 (콘솔)", en="Confirming the destruction register (console)"),
    many=frozenset({"line"}),
    address=frozenset({"before", "done"}),
)
def register(request: PersonRequest) -> HttpResponse:
    """The register, newest lines first; the officer confirms what a page shows."""
    actor = acting(request)
    if request.method == "POST":
        lines = [one for one in map(_id, posted(request).every("line")) if one is not None]
        done = destruction_register.confirm(lines, actor=actor)
        return HttpResponseRedirect(f"{reverse('console:destructions')}?done={done}")
    return _register(request)


def _register(request: PersonRequest) -> HttpResponse:
    actor = acting(request)
    before = _id(request.GET.get("before", ""))
    page = destruction_register.lines(actor, before=before)
    shown = {
        "here": "destructions",
        "lines": [
            {
                "is": line,
                "what": words.what(line.kind),
                "reason": words.reason(line.reason),
                "law": words.law(line.law),
                "method": words.method(line.method),
                "executor": words.executor(line.executor),
            }
            for line in page.lines
        ],
        "unconfirmed": page.unconfirmed,
        "open_here": sum(line.confirmed_at is None for line in page.lines),
        "after": page.after,
        "at_first": before is None,
        "done": _number(request.GET.get("done", "")),
        "may_confirm": actor.role is Role.OFFICER and actor.trained,
        "role_label": showing.role(actor),
    }
    return render(request, "console/destructions.html", shown)


def _columns(this: date, months: Iterable[date]) -> list[tuple[str, date, date]]:
    """Each column with its label: six months, then the rest of that year, then year by year."""
    bounds = [this]
    for _ in range(NEAR):
        bounds.append(_next(bounds[-1]))
    columns = [(f"{one:%Y-%m}", one, until) for one, until in itertools.pairwise(bounds)]
    last = max([*months, this])
    year = bounds[-1]
    while year <= last:
        until = date(year.year + 1, 1, 1)
        columns.append((f"{year.year}", year, until))
        year = until
    return columns


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _lines(
    dues: list[Due], columns: list[tuple[str, date, date]]
) -> list[tuple[str, list[int], int]]:
    lines = []
    for name in sorted({due.what for due in dues}):
        own = [due for due in dues if due.what == name]
        cells = [
            sum(
                due.count
                for due in own
                if since <= due.month < until or (place == 0 and due.month < since)
            )
            for place, (_, since, until) in enumerate(columns)
        ]
        lines.append((words.what(name), cells, sum(cells)))
    return lines


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
