"""What a form sent, without what the doors read already."""

from django.http import HttpRequest

from yaksok.web.origin import FIELD


def posted(request: HttpRequest) -> dict[str, str]:
    """One value per name, as a plain mapping; the form token stays at the door."""
    return {name: str(value) for name, value in request.POST.items() if name != FIELD}
