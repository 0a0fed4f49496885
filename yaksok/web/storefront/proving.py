"""Where the link in a letter leads: the person shows that the address is theirs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.journeys import tell
from yaksok.policy.entries import Text
from yaksok.web.language import current

PROVED = (
    Text(ko="이메일을 확인했어요", en="Your e-mail address is confirmed"),
    Text(ko="이 창은 닫아도 돼요.", en="You can close this window."),
)
NOT_PROVED = (
    Text(ko="이 링크는 쓸 수 없어요", en="This link does not work"),
    Text(
        ko="링크는 이틀 동안만 쓸 수 있고, 이메일을 바꾸면 예전 링크는 없어져요. 주소가 끝까지 열렸는지도 봐 주세요.",
        en="A link works for two days, and a changed e-mail address ends older links. Please also"
        " check that the whole address was opened.",
    ),
)


@require_safe
def email(request: HttpRequest) -> HttpResponse:
    """Take the secret of a letter. Opening it again does no harm."""
    proved = tell.verify_email(request.GET.get("token", ""))
    title, lead = (text.in_(current()) for text in (PROVED if proved else NOT_PROVED))
    status = HTTPStatus.OK if proved else HTTPStatus.NOT_FOUND
    response = render(
        request, "storefront/proved.html", {"title": title, "lead": lead}, status=status
    )
    response.headers["Cache-Control"] = "no-store"
    return response
