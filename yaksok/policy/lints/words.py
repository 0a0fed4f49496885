"""Every sentence that a document shows to people, with its key."""

from collections.abc import Iterator

import msgspec

from yaksok.policy.document import Document
from yaksok.policy.entries import Text
from yaksok.policy.places import Path


def sentences(document: Document) -> Iterator[tuple[Path, str]]:
    """The key and the words of each text in each language."""
    yield from _walk((), document.body)


def _walk(here: Path, value: object) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Text):
        yield (*here, "ko"), value.ko
        yield (*here, "en"), value.en
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _walk((*here, name), getattr(value, name))
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _walk((*here, str(key)), below)
    elif isinstance(value, tuple):
        for place, below in enumerate(value):
            yield from _walk((*here, place), below)
