"""Where the links in letters lead: the person shows that an address, a number or an order is theirs.

A link that is only opened proves nothing: programs that look into mail and messages open links too. The
person presses one button, without script.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yaksok.journeys import ad_addresses, tell
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.language import current
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

LINK = require_http_methods(["GET", "HEAD", "POST"])
TOKEN = frozenset({"token"})
Said = tuple[Text, Text]


@dataclass(frozen=True, slots=True)
class Page:
    """What a link's page says before the press, after it, and when the link is worth nothing.

    Of each the title and the sentence below it; the title before the press is the button's, too.
    """

    before: Said
    done: Said
    dead: Said


EMAIL = Page(
    (
        Text(ko="이메일 확인하기", en="Confirm the e-mail address"),
        Text(
            ko="이 주소가 본인 것이면 눌러 주세요. 요청하신 적이 없으면 이 창을 닫아 주세요.",
            en="Press the button if this address is yours. If you asked for nothing, close this window.",
        ),
    ),
    (
        Text(ko="이메일을 확인했어요", en="Your e-mail address is confirmed"),
        Text(ko="이 창은 닫아도 돼요.", en="You can close this window."),
    ),
    (
        Text(ko="이 링크는 쓸 수 없어요", en="This link does not work"),
        Text(
            ko="링크는 이틀 동안만 쓸 수 있고, 이메일을 바꾸면 예전 링크는 없어져요. 주소가 끝까지 열렸는지도 봐 주세요.",
            en="A link works for two days, and a changed e-mail address ends older links. Please also"
            " check that the whole address was opened.",
        ),
    ),
)
NUMBER = Page(
    (
        Text(ko="번호 확인하기", en="Confirm the number"),
        Text(
            ko="이 번호가 본인 것이고 광고를 받기로 하셨으면 눌러 주세요. 그런 적이 없으면 이 창을 닫아"
            " 주세요. 누르지 않으면 광고하지 않아요.",
            en="Press the button if this number is yours and you agreed to advertising. If you did not,"
            " close this window: without the press there is no advertising.",
        ),
    ),
    (
        Text(ko="번호를 확인했어요", en="Your number is confirmed"),
        Text(
            ko="이제 동의하신 대로 광고를 보내거나 전화해 드려요. 문자마다 있는 링크로, 또는 전화로 말씀만 하시면 언제든"
            " 그만 받을 수 있어요.",
            en="You will get the advertising that you agreed to. The link in each message stops it, and so does"
            " a word on the telephone.",
        ),
    ),
    (
        Text(ko="이 링크는 쓸 수 없어요", en="This link does not work"),
        Text(
            ko="링크는 이틀 동안만 쓸 수 있고, 번호를 바꾸면 예전 링크는 없어져요.",
            en="A link works for two days, and another number ends older links.",
        ),
    ),
)


@LINK
@takes(Text(ko="이메일 확인", en="Proof of an e-mail address"), fields=TOKEN, address=TOKEN)
def email(request: PersonRequest) -> HttpResponse:
    """The button; pressed, the secret of a letter is taken. Pressing again does no harm."""
    return _proved(request, EMAIL, tell.verify_email)


@LINK
@takes(Text(ko="광고 받을 번호 확인", en="Proof of a number"), fields=TOKEN, address=TOKEN)
def number(request: PersonRequest) -> HttpResponse:
    """The button; pressed, the secret of a text message is taken: the number is the reader's."""
    return _proved(request, NUMBER, ad_addresses.confirm_number)


def button(request: PersonRequest, before: Said) -> HttpResponse:
    """The page on which the link's secret waits for the press. It says the same for every secret."""
    title, lead = (text.in_(current()) for text in before)
    shown = {"title": title, "lead": lead, "token": request.GET.get("token", "")}
    return _not_kept(render(request, "storefront/press.html", shown))


def _proved(request: PersonRequest, page: Page, prove: Callable[[str], bool]) -> HttpResponse:
    if request.method != "POST" and request.GET.get("token"):
        return button(request, page.before)
    proved = prove(posted(request).get("token", ""))
    title, lead = (text.in_(current()) for text in (page.done if proved else page.dead))
    status = HTTPStatus.OK if proved else HTTPStatus.NOT_FOUND
    shown = {"title": title, "lead": lead}
    return _not_kept(render(request, "storefront/proved.html", shown, status=status))


def _not_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
