"""What a form sent, without what the doors read already."""

from django.http import HttpRequest

from yaksok.kernel.errors import Undeclared
from yaksok.web.origin import FIELD

UNPROCESSABLE = 422
"""Status of a form that is shown again, because something on it has to be mended."""


def posted(request: HttpRequest, asked: frozenset[str] | None = None) -> dict[str, str]:
    """One value per name, as a plain mapping; the form token stays at the door.

    Arguments:
        asked: What the page asks for; None when a form of the policy will be read from the values.

    Raises:
        Undeclared: a name is not in ``asked``, came twice or as a file (P1.5).
    """
    strange = {name for name, values in request.POST.lists() if len(values) > 1}
    strange |= request.FILES.keys()
    if asked is not None:
        strange |= request.POST.keys() - asked - {FIELD}
    if strange:
        raise Undeclared(frozenset(strange))
    return {name: str(value) for name, value in request.POST.items() if name != FIELD}
