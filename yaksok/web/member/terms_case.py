"""A case about the member's own membership (terms, article 7): why, until when, and what they say."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yaksok.journeys import terms_cases
from yaksok.journeys.speaking import last_day
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.collecting import collects
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.privacy.retention.cases import Stage
from yaksok.web.admission import members_only
from yaksok.web.asking import sheet
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

STAGES = {
    Stage.CURED: _("바로잡혀서 끝났어요. 제한도 풀렸어요."),
    Stage.KEPT: _("두 사람이 함께 정했고, 회원 자격은 그대로예요. 제한도 풀렸어요."),
    Stage.NOTICED: _("회원 자격을 잃을 수 있어서 말씀을 기다려요. 아직 정해진 것은 없어요."),
    Stage.PROPOSED: _(
        "한 사람이 의견을 냈고, 다른 사람이 살펴보고 있어요. 지금 설명하시면 처음부터 다시 살펴봐요."
    ),
    Stage.WARNED: _("회원으로 새로 주문하는 것을 제한했어요. 바로잡히면 풀려요."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@collects(
    Text(ko="자격 상실 절차에서 설명하기", en="Explaining in a case about your membership"),
    FormName.TERMS_CASE,
    fields=frozenset({"notice"}),
)
def page(request: PersonRequest) -> HttpResponse:
    """The case with its dates and the form to explain; posted, the explanation is sealed."""
    actor, language = person_of(request).actor, current()
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            terms_cases.explain(posted(request), actor=actor, language=language)
        except Invalid as wrong:
            problems = wrong.problems
        else:
            return HttpResponseRedirect(f"{reverse('member:terms_case')}?done=1")
    return _page(request, problems)


def _page(request: PersonRequest, problems: dict[str, str]) -> HttpResponse:
    language = current()
    found = terms_cases.mine(person_of(request).actor, language)
    if found is None:
        msg = "there is no case about this member"
        raise NotFound(msg)
    case = found.case
    shown = {
        "here": "terms_case",
        "found": found,
        "stage": STAGES.get(case.stage, ""),
        "cure_until": last_day(case.cure_until, language),
        "explain_until": last_day(case.explain_until, language) if case.explain_until else "",
        "open": case.is_open and case.noticed_at is not None,
        "done": request.GET.get("done") == "1",
        "notice": found.notice,
        "sheet": sheet(found.form, language, posted(request), problems),
    }
    return render(
        request, "member/terms_case.html", shown, status=UNPROCESSABLE if problems else 200
    )
