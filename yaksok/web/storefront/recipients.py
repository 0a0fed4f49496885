"""The page of somebody to whom a parcel goes: who gave their address, for what, and how to object."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import recipient_acts, recipient_page, rights_proof
from yaksok.journeys.recipient_page import RecipientPage
from yaksok.journeys.rights_proof import Proof
from yaksok.kernel.actor import Role
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.storefront import rights_showing as showing
from yaksok.web.transport import address_of

DIGITS = {"digits": (RecordKind.ORDER_RECIPIENT, Item.PHONE)}
"""What is compared with the phone that a parcel goes to."""


@require_http_methods(["GET", "HEAD", "POST"])
@takes(
    Text(ko="받는 분 확인", en="Recipient of a parcel"),
    compared=DIGITS,
    fields=frozenset({"number"}),
)
def parcel(request: PersonRequest) -> HttpResponse:
    """The two numbers, or the page that they open."""
    values, problem = posted(request), ""
    if request.method == "POST":
        try:
            found = recipient_page.begin(
                values.get("number", ""),
                values.get("digits", ""),
                address_key=address_of(request),
                language=current(),
            )
        except Invalid as invalid:
            problem = invalid.problems.get("", "")
        else:
            return _shown(request, found)
    shown = {"number": values.get("number", ""), "problem": problem}
    status = UNPROCESSABLE if problem else 200
    return render(request, "storefront/parcel.html", shown, status=status)


@require_POST
@takes(
    Text(ko="받는 분의 거부와 삭제", en="Acts of a recipient"), fields=frozenset({"proof", "act"})
)
def act(request: PersonRequest) -> HttpResponse:
    """Object to further use, take that back, or have it erased."""
    values = posted(request)
    note = values.get("proof", "")
    try:
        proof = rights_proof.read(note, current())
    except Invalid as invalid:
        return showing.over(request, invalid)
    if proof.actor.role is not Role.RECIPIENT:
        msg = "the note is of somebody else"
        raise NotFound(msg)
    said = ""
    if values.get("act") == "object":
        said = _objected(proof)
    elif values.get("act") == "resume":
        recipient_acts.let_go_on(proof, language=current())
        said = _("받았어요. 이 주문을 처리하는 데 다시 써요. 주소록에서 지운 것은 돌아오지 않아요.")
    elif values.get("act") == "erase":
        done = recipient_acts.erase(proof)
        said = _("지웠어요.") if done.now else _("소포가 도착하면 바로 지워요.")
    return _shown(request, recipient_page.view(proof, note, current()), said=said)


def _objected(proof: Proof) -> str:
    """What came of it: a book that nobody may look into now is not said to be empty."""
    if recipient_acts.object_to_use(proof, language=current()).books:
        return _("받았어요. 이 배송 말고는 쓰지 않고, 주문한 분의 주소록에 있던 것도 지웠어요.")
    return _("받았어요. 이 배송 말고는 쓰지 않아요. 주문한 분의 주소록에서는 찾지 못했어요.")


def _shown(request: HttpRequest, found: RecipientPage, *, said: str = "") -> HttpResponse:
    response = render(request, "storefront/recipient.html", {"found": found, "said": said})
    response.headers["Cache-Control"] = "no-store"
    return response
