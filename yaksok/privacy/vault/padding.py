"""Sizes that tell nothing: every record fills a bucket."""

SMALLEST = 64
MARK = b"\x80"
LARGEST = 1 << 20


def bucket(size: int) -> int:
    """The bucket for ``size`` bytes: 64, 128, 256 … doubling."""
    filled = SMALLEST
    while filled < size:
        filled <<= 1
    return filled


def pad(content: bytes) -> bytes:
    """``content``, a mark, and zeros up to the bucket (ISO/IEC 7816-4).

    Raises:
        ValueError: over 1 MiB. A record holds items, not files.
    """
    if len(content) >= LARGEST:
        msg = f"a record of {len(content)} bytes is over the limit of {LARGEST}"
        raise ValueError(msg)
    return (content + MARK).ljust(bucket(len(content) + 1), b"\x00")


def unpad(padded: bytes) -> bytes:
    """What :func:`pad` was given. ValueError when there is no mark."""
    marked = padded.rstrip(b"\x00")
    content = marked.removesuffix(MARK)
    if len(content) == len(marked):
        msg = "padding has no mark"
        raise ValueError(msg)
    return content
