"""What a form sent, without what the doors read already."""

from django.http import HttpRequest

from yaksok.kernel.errors import Undeclared
from yaksok.web.origin import FIELD


def posted(request: HttpRequest) -> dict[str, str]:
    """One value per name, as a plain mapping; the form token stays at the door.

    Raises:
        Undeclared: a name came twice or as a file, which no form of the mall asks for (P1.5).
    """
    strange = {name for name, values in request.POST.lists() if len(values) > 1}
    if strange := strange | request.FILES.keys():
        raise Undeclared(frozenset(strange))
    return {name: str(value) for name, value in request.POST.items() if name != FIELD}
