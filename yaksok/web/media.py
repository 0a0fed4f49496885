"""Pictures of goods, named by the hash of what they hold, so that a browser keeps them for good."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

NAME = re.compile(r"[0-9a-f]{16,64}\.(?:avif|jpg|png|svg|webp)")
TYPES = {
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:  # noqa: ARG001 - Django's shape
    """One picture out of the media directory; any other name is not found."""
    path = Path(settings.MEDIA_ROOT) / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=TYPES[path.suffix])
    response.headers["Cache-Control"] = FOR_GOOD
    return response
