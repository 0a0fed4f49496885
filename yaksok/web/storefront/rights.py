"""One's own rights without an account: what there is, by an order, by a link, on paper."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yaksok.journeys import rights_ask, rights_guest
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.web import rights_wording as words
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.storefront import proving
from yaksok.web.storefront import rights_showing as showing
from yaksok.web.storefront.looking_up import SECRET
from yaksok.web.transport import address_of

OPEN = (
    Text(ko="본인으로 확인하기", en="Show that it is you"),
    Text(
        ko="요청하신 분이면 눌러 주세요. 누른 때부터 30분 동안 쓸 수 있어요. 요청하신 적이 없으면 이 창을 닫아"
        " 주세요.",
        en="Press the button if you asked for this link. It works for half an hour from then on. If you did"
        " not, close this window.",
    ),
)
PAPERS = {"request": "storefront/rights_paper.html", "proxy": "storefront/rights_proxy.html"}


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Which rights there are, by which ways they are used, and until when each is answered."""
    asking = rights_ask.begin(current())
    shown = {
        "kinds": [
            (words.KINDS[kind], words.MEANS[kind], words.last_day(at))
            for kind, at in asking.due.items()
        ],
        "officer": policy().document.body.officers.handler,
    }
    return render(request, "storefront/rights.html", shown)


@require_safe
def paper(request: HttpRequest, which: str) -> HttpResponse:
    """A form to be printed and signed: the request itself, or the authority for somebody else."""
    if which not in PAPERS:
        msg = "there is no such form"
        raise NotFound(msg)
    shown = {
        "officer": policy().document.body.officers.handler,
        "kinds": [(words.KINDS[kind], words.MEANS[kind]) for kind in rights_ask.ASKABLE],
    }
    return render(request, PAPERS[which], shown)


@require_http_methods(["GET", "HEAD", "POST"])
@takes(
    Text(ko="비회원 권리 요구", en="Rights of a guest"),
    compared=SECRET,
    fields=frozenset({"number", "act"}),
)
def order(request: PersonRequest) -> HttpResponse:
    """Number and secret open everything that is held; the number alone has a link written."""
    values, problem, said = posted(request), "", ""
    number, status = values.get("number", ""), HTTPStatus.OK
    if request.method == "POST":
        try:
            if values.get("act") == "link":
                rights_guest.send_link(number, address_key=address_of(request), language=current())
                said = _("그런 비회원 주문이 있고 이메일이 남아 있으면, 그 주소로 링크를 보냈어요.")
            else:
                secret = values.get("lookup_secret", "")
                note = rights_guest.by_secret(number, secret, address_key=address_of(request))
                return showing.guest(request, note)
        except Invalid as invalid:
            problem, status = invalid.problems.get("", ""), HTTPStatus(UNPROCESSABLE)
    shown = {"number": number, "problem": problem, "said": said}
    return render(request, "storefront/rights_order.html", shown, status=status)


@proving.LINK
@takes(Text(ko="확인 링크", en="Link of a letter"), fields=proving.TOKEN, address=proving.TOKEN)
def link(request: PersonRequest) -> HttpResponse:
    """Where the link of a letter leads: with one press, for half an hour, to what is held of the order."""
    if request.method != "POST":
        return proving.button(request, OPEN)
    try:
        note = rights_guest.by_link(posted(request).get("token", ""), current())
    except Invalid as invalid:
        return showing.over(request, invalid)
    if note:
        return showing.guest(request, note)
    response = render(request, "storefront/rights_shown.html")
    response.headers["Cache-Control"] = "no-store"
    return response
