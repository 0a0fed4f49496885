"""Pictures of goods on disk: named by the hash of what they hold, made small, stripped of all else."""

import hashlib
import io
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from yaksok.kernel.errors import YaksokError

LONGEST_SIDE = 1_200
"""Pixels. A larger picture is made smaller."""

MOST_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
"""A file or a picture above these is not opened at all."""

FORMATS = ("AVIF", "JPEG", "PNG", "WEBP")
QUALITY = 80


class UnusablePicture(YaksokError):
    """A picture that cannot be used. The message says why and what to do about it."""


MISSING = "there is no such file: put it into the folder of --pictures, or correct its name"
TOO_HEAVY = "the file is larger than 20 MB: save it smaller"
TOO_WIDE = "the picture has more than 50 million pixels: save it smaller"
NO_PICTURE = "the file is no JPEG, PNG, WebP or AVIF picture: save it as one of these"


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture in the media directory: its name, its size in pixels."""

    name: str
    width: int
    height: int


def keep(content: bytes, extension: str) -> str:
    """Store ``content`` as ``<sha256>.<extension>``; the same content is stored once."""
    name = f"{hashlib.sha256(content).hexdigest()}.{extension}"
    path = Path(settings.MEDIA_ROOT) / name
    if path.exists():
        return name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    draft.write_bytes(content)
    draft.replace(path)
    return name


def as_webp(path: Path) -> tuple[bytes, int, int]:
    """The picture in ``path`` as WebP of at most 1,200 pixels a side, with its width and height.

    Turned upright as its camera said; place, time, camera and every other note in it are left out.

    Raises:
        UnusablePicture: it is missing, too large, or no picture of the four formats.
    """
    if not path.is_file():
        raise UnusablePicture(MISSING)
    if path.stat().st_size > MOST_BYTES:
        raise UnusablePicture(TOO_HEAVY)
    try:
        with Image.open(path, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise UnusablePicture(TOO_WIDE)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise UnusablePicture(NO_PICTURE) from None
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    plain.save(stream, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=None)
    return stream.getvalue(), plain.width, plain.height
