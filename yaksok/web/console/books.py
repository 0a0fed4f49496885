"""제3자 제공대장 and 처리위탁대장: read, taken along as a file, and entered into. Nothing of a person is in them."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yaksok.journeys import sharing_books
from yaksok.kernel.actor import Role
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.pages.names import country_name
from yaksok.web import wording
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.console.sharing import MESSAGES
from yaksok.web.language import current
from yaksok.web.outcomes import OUTCOMES, STATES
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

CSV = "text/csv; charset=utf-8"
FIELDS = frozenset({"name", "kind", "day", "note"})


@require_safe
@staff_only
@takes(
    Text(ko="제3자 제공대장 (콘솔)", en="Register of provision (console)"),
    address=frozenset({"before", "recipient"}),
)
def provisions(request: PersonRequest) -> HttpResponse:
    """What was given to third parties, page by page."""
    recipient, before = request.GET.get("recipient", ""), _id(request.GET.get("before", ""))
    found = sharing_books.provisions(acting(request), current(), recipient=recipient, before=before)
    shown = {
        "here": "provisions",
        "lines": [
            {
                "is": one,
                "message": wording.said(MESSAGES, one.message),
                "items": wording.items(one.items),
                "state": wording.said(OUTCOMES, one.outcome)
                if one.outcome
                else wording.said(STATES, one.state),
            }
            for one in found.lines
        ],
        "recipients": [(name, said, name == recipient) for name, said in found.recipients],
        "recipient": recipient,
        "after": found.after,
        "at_first": before is None,
        "role_label": showing.role(acting(request)),
    }
    return render(request, "console/provisions.html", shown)


@require_safe
@staff_only
def provisions_file(request: PersonRequest) -> HttpResponse:
    """The same as a file."""
    recipient = request.GET.get("recipient", "")
    text = sharing_books.provisions_file(acting(request), current(), recipient=recipient)
    return _file(text, "provisions.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(Text(ko="수탁자 관리 기록 (콘솔)", en="Oversight of processors (console)"), fields=FIELDS)
def entrustments(request: PersonRequest) -> HttpResponse:
    """Who works under contract; posted, what was done to look after one of them."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        values = posted(request)
        typed = [values.get(name, "") for name in ("name", "kind", "day", "note")]
        try:
            sharing_books.enter(acting(request), *typed, language=current())
        except Invalid as wrong:
            problems = wrong.problems
        else:
            return HttpResponseRedirect(f"{reverse('console:entrustments')}?done=entered")
    return _entrustments(request, problems)


@require_safe
@staff_only
def entrustments_file(request: PersonRequest) -> HttpResponse:
    """The same as a file."""
    return _file(sharing_books.entrustments_file(acting(request), current()), "entrustments.csv")


def _entrustments(request: PersonRequest, problems: dict[str, str]) -> HttpResponse:
    actor, language = acting(request), current()
    kinds = [(kind.value, words.in_(language)) for kind, words in sharing_books.KINDS.items()]
    known = dict(kinds)
    shown = {
        "here": "entrustments",
        "found": [
            {
                "is": one,
                "items": wording.items(one.items),
                "country": country_name(one.country, language),
                "entries": [(known[entry.kind.value], entry) for entry in one.entries],
                "overdue": [known[kind.value] for kind in one.overdue],
            }
            for one in sharing_books.entrustments(actor, language)
        ],
        "kinds": kinds,
        "problems": problems,
        "typed": {name: posted(request).get(name, "") for name in FIELDS}
        if request.method == "POST"
        else {},
        "may_enter": actor.role is Role.OFFICER and actor.trained,
        "done": request.GET.get("done") == "entered",
        "role_label": showing.role(actor),
    }
    status = UNPROCESSABLE if problems else HTTPStatus.OK
    return render(request, "console/entrustments.html", shown, status=status)


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=CSV)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
