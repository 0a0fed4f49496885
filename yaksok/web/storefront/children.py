"""Pages of a child: name the guardian, wait, make the account. Nothing can be written freely on them."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import child_account, child_wish, guardian_asked
from yaksok.journeys.guardian_asked import State
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.web.admission import members_only
from yaksok.web.asking import sheet
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.storefront import lines
from yaksok.web.storefront.visitors import actor_of
from yaksok.web.transport import address_of

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@ASKED
@collects(
    Text(ko="어린이: 보호자 알려 주기", en="A child names the guardian"),
    FormName.CHILD_GUARDIAN,
    fields=guardian_asked.ALSO,
)
def guardian(request: PersonRequest) -> HttpResponse:
    """The form for the guardian's name and contact; then the key by which the child waits."""
    language = current()
    values: Mapping[str, str] = {}
    problems: dict[str, str] = {}
    if request.method == "POST":
        values = posted(request)
        told, address = values.get("notice", ""), address_of(request)
        try:
            waiting = guardian_asked.ask(
                values, notice=told, language=language, address_key=address
            )
        except Invalid as invalid:
            problems = invalid.problems
        else:
            return render(request, "storefront/child_waiting.html", {"asked": waiting})
    begun = guardian_asked.begin(language)
    shown = {
        "sheet": sheet(begun.form, language, values, problems),
        "notice": begun.notice,
        "told": begun.told,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "storefront/child_guardian.html", shown, status=status)


@ASKED
@takes(Text(ko="어린이: 기다리기", en="A child waits"), fields=frozenset({"key"}))
def waiting(request: PersonRequest) -> HttpResponse:
    """Whether the guardian has answered; if so, the form for the account."""
    key = posted(request).get("key", "").strip()
    if request.method != "POST" or not key:
        return render(request, "storefront/child_waiting.html")
    found = guardian_asked.state(key)
    if found is State.AGREED:
        return _account(request, key, {}, {})
    return render(request, "storefront/child_waiting.html", {"state": found.value, "key": key})


@require_POST
@collects(
    Text(ko="어린이: 계정 만들기", en="A child makes an account"),
    FormName.CHILD_ACCOUNT,
    fields=child_account.ALSO,
)
def account(request: PersonRequest) -> HttpResponse:
    """Make the account, and go on to the log-in."""
    values = posted(request)
    key, told = values.get("key", ""), values.get("notice", "")
    try:
        child_account.finish(
            key, values, notice=told, language=current(), address_key=address_of(request)
        )
    except Invalid as invalid:
        return _account(request, key, values, invalid.problems)
    return HttpResponseRedirect(reverse("storefront:log_in") + "?joined=1")


def _account(
    request: PersonRequest, key: str, values: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    begun = child_account.begin(key, current())
    choices = {"birth_month": begun.months}
    shown = {
        "key": key,
        "notice": begun.notice,
        "sheet": sheet(begun.form, current(), values, problems, choices=choices),
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "storefront/child_account.html", shown, status=status)


@require_POST
@members_only
@takes(Text(ko="어린이: 보호자께 부탁하기", en="A child asks for goods"), fields=lines.ASKED)
def wish(request: PersonRequest) -> HttpResponse:
    """Ask the guardian to order what is in the basket."""
    wanted = lines.read(posted(request))
    try:
        priced = child_wish.wish(actor_of(request), wanted, language=current())
    except Invalid as invalid:
        shown = {"problem": invalid.problems.get("", ""), "lines": lines.written(wanted)}
        return render(request, "storefront/child_wish.html", shown, status=UNPROCESSABLE)
    return render(request, "storefront/child_wish.html", {"basket": priced})
