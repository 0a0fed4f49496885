"""The door at which a page learns of a policy that has come into force."""

from collections.abc import Callable
from contextlib import suppress

from django.db import Error
from django.http import HttpRequest, HttpResponse

from yaksok.privacy.published import obeying

FILES = ("/healthz", "/media/", "/static/")
"""Addresses at which no policy matters."""


class InForce:
    """Asks once a second which version is in force; whatever opens data asks again, every time.

    Without a database the page goes on with the version it knows: nothing personal opens then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Obey the version in force, then answer."""
        if not request.path_info.startswith(FILES):
            with suppress(Error):
                obeying.ask()
        return self.get_response(request)
