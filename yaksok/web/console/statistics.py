"""Statistics at the console: the officer gives a table out as CSV, and everybody sees which were."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yaksok.journeys import statistics
from yaksok.journeys.statistics import Figures, Subject
from yaksok.kernel.errors import Invalid
from yaksok.mall.orders.counting import By
from yaksok.policy.cells import ALL, Use
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

SUBJECTS: dict[Subject, Lazy] = {
    Subject.SHELVES: _("분류와 요일"),
    Subject.LANGUAGES: _("주문 언어와 시간대"),
}
USES: dict[Use, Lazy] = {
    Use.STATISTICS: _("통계 작성"),
    Use.RESEARCH: _("학술 연구"),
    Use.MARKET_RESEARCH: _("시장 조사"),
}
WEEKDAYS: dict[str, Lazy] = dict(
    zip(
        statistics.WEEKDAYS,
        (_("월"), _("화"), _("수"), _("목"), _("금"), _("토"), _("일")),
        strict=True,
    )
)
LANGUAGES: dict[str, Lazy] = {"ko": _("한국어"), "en": _("영어")}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(Text(ko="통계 내보내기 (콘솔)", en="Giving figures out (console)"), fields=frozenset({"subject", "month", "use"}))  # fmt: skip
def tables(request: PersonRequest) -> HttpResponse:
    """The tables that were counted; posted, one of them as CSV."""
    if request.method != "POST":
        return _listed(request, {})
    asked = posted(request)
    subject, month, use = (asked.get(name, "") for name in ("subject", "month", "use"))
    try:
        given = statistics.release(acting(request), subject, month, use, language=current())
    except Invalid as wrong:
        return _listed(request, wrong.problems)
    return _as_csv(given)


def _listed(request: PersonRequest, problems: Mapping[str, str]) -> HttpResponse:
    actor = acting(request)
    shown = {
        "here": "statistics",
        "role_label": showing.role(actor),
        "tables": [_shown(figures) for figures in statistics.every(actor, current())],
        "subjects": [(subject.value, label) for subject, label in SUBJECTS.items()],
        "uses": [(use.value, label) for use, label in USES.items()],
        "may_give": actor.role in statistics.GIVERS,
        "problems": problems,
        "asked": posted(request),
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "console/statistics.html", shown, status=status)


def _as_csv(given: Figures) -> HttpResponse:
    named = Figures(
        given.kept,
        tuple(_column(given, label) for label in given.columns),
        tuple((_row(given, label), cells) for label, cells in given.rows),
    )
    name = f"{given.kept.subject}-{given.kept.month:%Y-%m}.csv"
    body = statistics.sheet(named, current())
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


def _shown(figures: Figures) -> dict[str, object]:
    kept = figures.kept
    return {
        "label": SUBJECTS[Subject(kept.subject)],
        "month": kept.month,
        "smallest": kept.smallest,
        "made_at": kept.made_at,
        "columns": [_column(figures, label) for label in figures.columns],
        "rows": [(_row(figures, label), cells) for label, cells in figures.rows],
        "releases": [(USES[Use(use)], at) for use, at in kept.releases],
    }


def _column(figures: Figures, label: str) -> str:
    side = statistics.SIDES[Subject(figures.kept.subject)][1]
    if label == ALL:
        return statistics.SUM.in_(current())
    if side is By.WEEKDAY:
        return str(WEEKDAYS[label])
    return str(_("%(from)s시~%(to)s시") % {"from": int(label), "to": int(label) + 6})


def _row(figures: Figures, label: str) -> str:
    if label == ALL:
        return statistics.SUM.in_(current())
    side = statistics.SIDES[Subject(figures.kept.subject)][0]
    return str(LANGUAGES[label]) if side is By.LANGUAGE else label
