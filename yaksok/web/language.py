"""The language of a page stands in its path: Korean at the root, English under ``/en/``.

No cookie and no guess from the browser's headers: the same address shows everybody the same page.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from yaksok.journeys.speaking import language
from yaksok.policy.vocabulary import Language

ENGLISH_PATH = "/en/"


def of_path(path: str) -> Language:
    """The language an address speaks."""
    return Language.ENGLISH if path.startswith(ENGLISH_PATH) else Language.KOREAN


def current() -> Language:
    """The language of the page being made."""
    return language()


class LanguageOfPath:
    """Activates the language of the path for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the path's language and say so in ``Content-Language``."""
        spoken = of_path(request.path_info)
        with translation.override(spoken.value):
            request.LANGUAGE_CODE = spoken.value
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", spoken.value)
        return response
