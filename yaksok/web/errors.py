"""Errors become pages that say what happened and what to do, in ko and en, without a value.

The pages stand on their own: they need no database, no session and no context processor, so they
can be shown when those are what failed.
"""

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg_pool import PoolTimeout

from yaksok.kernel import errors
from yaksok.policy.in_force import policy
from yaksok.policy.remedies import elsewhere
from yaksok.web.language import of_path

log = structlog.get_logger(__name__)

RETRY_AFTER = 10
"""Seconds a client is asked to wait when the database or a partner is away."""

WORDS = {
    400: (gettext_lazy("요청을 읽지 못했어요"), gettext_lazy("입력을 확인하고 다시 보내 주세요.")),
    403: (
        gettext_lazy("할 수 없는 일이에요"),
        gettext_lazy("이 화면을 볼 수 있는 사람인지 확인해 주세요."),
    ),
    404: (
        gettext_lazy("찾는 화면이 없어요"),
        gettext_lazy("주소를 확인하거나 처음 화면에서 다시 찾아 주세요."),
    ),
    405: (
        gettext_lazy("이 주소에서는 할 수 없는 일이에요"),
        gettext_lazy("앞 화면으로 돌아가 단추를 다시 눌러 주세요."),
    ),
    410: (
        gettext_lazy("이미 지워진 정보예요"),
        gettext_lazy("열쇠를 없앴기 때문에 누구도 다시 열 수 없어요."),
    ),
    413: (gettext_lazy("보낸 내용이 너무 커요"), gettext_lazy("내용을 줄여 다시 보내 주세요.")),
    429: (
        gettext_lazy("잠시 쉬었다 해 주세요"),
        gettext_lazy("시도가 너무 많았어요. 잠시 뒤에 다시 해 주세요."),
    ),
    500: (
        gettext_lazy("저희 쪽에 문제가 생겼어요"),
        gettext_lazy("잠시 뒤에 다시 해 주세요. 계속되면 고객센터에 알려 주세요."),
    ),
    503: (
        gettext_lazy("지금은 답할 수 없어요"),
        gettext_lazy("잃은 것은 없어요. 잠시 뒤에 같은 화면을 다시 열어 주세요."),
    ),
}
ADVICE = {
    "a guardian must act": gettext_lazy(
        "혼자 동의할 수 있는 나이가 안 됐으면 법정대리인의 동의가 필요해요. 보호자와 함께 다시 와 주세요."
    ),
    "take the training": gettext_lazy(
        "지금 처리방침으로 교육받은 기록이 있고 그 기한이 남아 있어야 해요. 책임자에게 교육을 요청해 주세요."
    ),
    "log in as the person": gettext_lazy(
        "본인만 할 수 있어요. 로그인하고 비밀번호를 다시 확인해 주세요."
    ),
    "ask the privacy officer": gettext_lazy("꼭 필요하다면 개인정보 보호책임자에게 물어 주세요."),
}
"""What a person can do about a refusal, by the policy's own key for it."""

AWAY = (OperationalError, InterfaceError, PoolTimeout, errors.Busy, errors.AuditUnavailable)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an exception means to the person who met it."""

    status: int
    detail: str = ""
    promise: str = ""
    retry_after: int | None = None


def answer_to(exception: BaseException) -> Answer:
    """The answer to an exception: its status and words, never its values."""
    match exception:
        case errors.Refused():
            return Answer(403, str(ADVICE.get(exception.advice, "")), exception.promise)
        case errors.Undeclared():
            return Answer(
                400, _("이 화면이 묻지 않은 값이 들어 있어서 아무것도 저장하지 않았어요."), "P1.5"
            )
        case errors.Invalid() | SuspiciousOperation() if not isinstance(
            exception, RequestDataTooBig
        ):
            return Answer(400)
        case RequestDataTooBig():
            return Answer(413)
        case errors.Throttled():
            return Answer(429, retry_after=exception.retry_after)
        case errors.NotFound() | Http404():
            return Answer(404)
        case errors.Shredded():
            return Answer(410, promise="P3.9")
        case _ if isinstance(exception, AWAY):
            return Answer(503, retry_after=RETRY_AFTER)
    return Answer(500)


def page(
    request: HttpRequest,
    status: int,
    *,
    detail: str = "",
    promise: str = "",
    retry_after: int | None = None,
) -> HttpResponse:
    """An error page, or its JSON twin under ``/api/``; ``detail`` replaces the usual advice.

    An answer by a promise names the office outside the mall (P11.5).
    """
    title, advice = WORDS.get(status, WORDS[500])
    said = {
        "status": status,
        "title": str(title),
        "advice": str(detail or advice),
        "promise": promise,
    }
    english = of_path(request.path_info).value == "en"
    if promise:
        said["elsewhere"] = elsewhere(policy().document.body, of_path(request.path_info))
    response: HttpResponse
    if request.path_info.startswith("/api/"):
        response = JsonResponse(said, status=status)
    else:
        shown = said | {"lang": "en" if english else "ko", "home": "/en/" if english else "/"}
        response = HttpResponse(render_to_string("errors/page.html", shown), status=status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


class Answers:
    """Turns what a view raises into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; 405 of Django, which has no words, gets the page."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            said = page(request, 405)
            said.headers["Allow"] = response.headers.get("Allow", "")
            return said
        return response

    @staticmethod
    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse:
        """The page of an exception; an unknown one is logged by its type alone."""
        return _told(request, exception)


def _told(request: HttpRequest, exception: BaseException) -> HttpResponse:
    answer = answer_to(exception)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind, where = type(exception).__name__, _where(exception)
        log.error("request failed", exception=kind, where=where, status=answer.status)
    return page(
        request,
        answer.status,
        detail=answer.detail,
        promise=answer.promise,
        retry_after=answer.retry_after,
    )


def _where(exception: BaseException) -> str:
    """The innermost place in this project, as ``module:line``; a message could hold a value."""
    frames = traceback.walk_tb(exception.__traceback__)
    own = [f"{f.f_globals.get('__name__', '')}:{line}" for f, line in frames]
    return next((place for place in reversed(own) if place.startswith("yaksok.")), "")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 outside a view."""
    return _told(
        request, exception if isinstance(exception, SuspiciousOperation) else errors.Invalid({})
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """403 outside a view."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """404: no such address."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 if what failed outside a view was the database."""
    return _told(request, sys.exc_info()[1] or RuntimeError())
