"""광고 받기: each channel and the night by itself, with what became of every answer."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import consents, marketing_consent
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

DONE = {
    "given": gettext_lazy(
        "동의를 받았어요. 처리 결과를 편지로도 알려 드리고, 언제든 단추 하나로 철회할 수 있어요."
    ),
    "withdrawn": gettext_lazy(
        "철회했어요. 이 동의로 보관하던 연락처를 지웠고, 처리 결과를 편지로도 알려 드려요."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@takes(
    Text(ko="광고 수신 동의 철회", en="Withdrawal from advertising"), fields=frozenset({"consent"})
)
def page(request: PersonRequest) -> HttpResponse:
    """Every consent to advertising; a posted one is taken back."""
    if request.method != "POST":
        return _shown(request)
    name = posted(request).get("consent", "")
    consents.withdraw(person_of(request).actor, name, language=current())
    return _back("withdrawn")


@require_POST
@members_only
@collects(
    Text(ko="광고 수신 동의", en="Consent to advertising"),
    FormName.ADVERTISING,
    fields=marketing_consent.ALSO,
)
def agree(request: PersonRequest) -> HttpResponse:
    """Agree to one channel, or say that it is still wanted."""
    values = posted(request)
    try:
        marketing_consent.agree(person_of(request).actor, values, language=current())
    except Invalid as wrong:
        return _shown(request, wrong.problems, values)
    return _back("given")


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('member:advertising')}?done={done}")


def _shown(
    request: PersonRequest,
    problems: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    found = marketing_consent.view(person_of(request).actor, current())
    language = current()
    fields = [
        {
            "name": field.name,
            "label": field.label[language],
            "reason": field.reason[language],
            "max_length": field.max_length,
            "value": (typed or {}).get(field.name, ""),
            "problem": (problems or {}).get(field.name, ""),
        }
        for field in found.form.fields
    ]
    shown = {
        "here": "advertising",
        "found": found,
        "fields": fields,
        "trouble": (problems or {}).get("", ""),
        "tried": (typed or {}).get("consent", ""),
        "said": DONE.get(request.GET.get("done", ""), "") if not problems else "",
    }
    return render(
        request, "member/advertising.html", shown, status=UNPROCESSABLE if problems else 200
    )
