"""A call, a fax, a letter: written down as a ticket like any other. Nothing is read out before."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yaksok.journeys import phone_desk
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.web.admission import staff_only
from yaksok.web.asking import sheet
from yaksok.web.console import showing
from yaksok.web.console.entering import acting, trained_only
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@trained_only
@collects(
    Text(ko="전화·팩스·우편 문의 적기", en="Call note"),
    FormName.CALL_NOTE,
    compared=phone_desk.SAID,
    fields=phone_desk.ALSO,
)
def call(request: PersonRequest) -> HttpResponse:
    """The form; posted, the number and the secret that are read out to the caller."""
    actor, language = acting(request), current()
    values, problems = posted(request), {}
    shown: dict[str, object] = {"here": "call", "role_label": showing.role(actor)}
    if request.method == "POST":
        try:
            taken = phone_desk.take(actor, values, language=language)
        except Invalid as invalid:
            problems = invalid.problems
        else:
            return render(request, "console/call_taken.html", {**shown, "taken": taken})
    begun = phone_desk.begin(actor, language)
    shown |= {
        "sheet": sheet(begun.form, language, values, problems),
        "notice": begun.notice,
        "topics": begun.topics,
        "ways": begun.ways,
        "chosen": {name: values.get(name, "") for name in phone_desk.ALSO},
    }
    return render(request, "console/call.html", shown, status=UNPROCESSABLE if problems else 200)
