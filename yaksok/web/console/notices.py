"""The board at the console: news is written, looked at, posted for good; the officer corrects."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from yaksok.journeys import board
from yaksok.journeys.board import Words
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import new_id
from yaksok.mall.board.cleaning import BODY_MAX, TITLE_MAX
from yaksok.mall.board.kinds import NoticeKind
from yaksok.mall.board.reading import Notice
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web import wording
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

FIELDS = (
    ("title_ko", _("제목 (한국어)"), TITLE_MAX),
    ("body_ko", _("내용 (한국어)"), BODY_MAX),
    ("title_en", _("제목 (영어)"), TITLE_MAX),
    ("body_en", _("내용 (영어)"), BODY_MAX),
)
"""What is asked, what it is called, and how long it may be."""
ASKED = frozenset({"draft", "act", *(name for name, _label, _longest in FIELDS)})
POST, EDIT = "post", "edit"
"""What the buttons below a preview say; anything else is a look at it."""

Shown = dict[str, object]


@require_safe
@staff_only
def board_list(request: PersonRequest) -> HttpResponse:
    """All that was posted, newest first."""
    actor = acting(request)
    page = board.every(actor, current(), request.GET.get("page", ""))
    shown = {
        "here": "board",
        "page": page,
        "listed": [(wording.NOTICES[line.kind], line) for line in page.lines],
        "back": page.number - 1,
        "on": page.number + 1 if page.number < page.pages else 0,
        "may_write": board.may_write(actor),
        "may_correct": board.may_correct(actor),
        "role_label": showing.role(actor),
    }
    return render(request, "console/notices.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(Text(ko="소식 쓰기 (콘솔)", en="Writing news (console)"), fields=ASKED)
def board_write(request: PersonRequest) -> HttpResponse:
    """The form for news; posted, a look at it, and from there the board."""
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(Text(ko="공지 바로잡기 (콘솔)", en="Correcting a notice (console)"), fields=ASKED)
def board_correct(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """The same form with the words of the notice that is to be corrected."""
    return _written(request, board.to_correct(acting(request), notice_id))


def _written(request: PersonRequest, former: Notice | None) -> HttpResponse:
    actor = acting(request)
    if former is None:
        board.refuse_unless_writer(actor)
    if request.method != "POST":
        words = Words(former.title, former.body) if former else Words(_empty(), _empty())
        return _form(request, former, words, new_id())
    fields = posted(request)
    words, draft = _words(fields), _draft(fields)
    try:
        words = board.checked(words, current())
    except Invalid as error:
        return _form(request, former, words, draft, problems=error.problems)
    if fields.get("act") == POST:
        if former is None:
            board.write(draft, words, actor=actor, language=current())
        else:
            board.correct(former.id, draft, words, actor=actor, language=current())
        return HttpResponseRedirect(reverse("console:board"))
    if fields.get("act") == EDIT:
        return _form(request, former, words, draft)
    return _preview(request, former, words, draft)


def _form(
    request: PersonRequest,
    former: Notice | None,
    words: Words,
    draft: UUID,
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    wrong = problems or {}
    values = _values(words)
    rows = [
        {
            "name": name,
            "label": label,
            "longest": f"{longest:,}",
            "value": values[name],
            "problem": wrong.get(name, ""),
        }
        for name, label, longest in FIELDS
    ]
    shown = _around(request, former, draft) | {"rows": rows, "problems": problems}
    status = UNPROCESSABLE if problems else HTTPStatus.OK
    return render(request, "console/notice_write.html", shown, status=status)


def _preview(
    request: PersonRequest, former: Notice | None, words: Words, draft: UUID
) -> HttpResponse:
    looks = [
        (language, _kind(former, language), title, board.parts(body))
        for language, title, body in (
            ("ko", words.title.ko, words.body.ko),
            ("en", words.title.en, words.body.en),
        )
    ]
    shown = _around(request, former, draft) | {"looks": looks, "values": _values(words)}
    return render(request, "console/notice_preview.html", shown)


def _around(request: PersonRequest, former: Notice | None, draft: UUID) -> Shown:
    return {
        "here": "board",
        "draft": draft,
        "former": former,
        "role_label": showing.role(acting(request)),
    }


def _kind(former: Notice | None, language: str) -> str:
    with translation.override(language):
        return str(wording.NOTICES[former.kind if former else NoticeKind.NEWS])


def _words(fields: Mapping[str, str]) -> Words:
    title, body = (
        Text(ko=fields.get(f"{name}_ko", ""), en=fields.get(f"{name}_en", ""))
        for name in ("title", "body")
    )
    return Words(title, body)


def _values(words: Words) -> dict[str, str]:
    title, body = words.title, words.body
    return {
        "title_ko": title.ko,
        "title_en": title.en,
        "body_ko": body.ko,
        "body_en": body.en,
    }


def _empty() -> Text:
    return Text(ko="", en="")


def _draft(fields: Mapping[str, str]) -> UUID:
    try:
        return UUID(fields.get("draft", ""))
    except ValueError:
        return new_id()
