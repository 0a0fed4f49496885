"""What was sent to the page, as the door of collection points let it through."""

from django.http import HttpRequest

from yaksok.policy.collecting import NotACollectionPoint, Posted

UNPROCESSABLE = 422
"""Status of a form that is shown again, because something on it has to be mended."""

TAKEN = "yaksok_posted"
"""Where the door keeps it on the request."""


def posted(request: HttpRequest) -> Posted:
    """What the page declares and was sent; empty when it is only read. The form token is not in it.

    Raises:
        NotACollectionPoint: the view carries no ``@collects`` or ``@takes``.
    """
    found = getattr(request, TAKEN, None)
    if not isinstance(found, Posted):
        msg = "a view asked for what was posted and declares nothing: give it @collects or @takes"
        raise NotACollectionPoint(msg)
    return found
