"""Pages as they are kept for good: to JSON and back, so an old version is shown as it was published."""

from typing import Any

import msgspec

from yaksok.kernel.shapes import work_out
from yaksok.policy.pages.shapes import AnyPage, ChildrensPage, Page, TermsPage

_KINDS: dict[str, type[Any]] = {"policy": Page, "children": ChildrensPage, "terms": TermsPage}


class _Stored(msgspec.Struct, frozen=True):
    kind: str
    page: msgspec.Raw


work_out(_Stored, *_KINDS.values())


def to_json(page: AnyPage) -> str:
    """``page`` as one line of JSON; :func:`from_json` gives an equal page back."""
    kind = next(name for name, shape in _KINDS.items() if isinstance(page, shape))
    return msgspec.json.encode({"kind": kind, "page": page}).decode()


def from_json(text: str) -> AnyPage:
    """The page that :func:`to_json` wrote; fields that came later have their defaults.

    Raises:
        ValueError: ``text`` is no stored page.
    """
    try:
        stored = msgspec.json.decode(text, type=_Stored)
        page: AnyPage = msgspec.json.decode(stored.page, type=_KINDS[stored.kind])
    except (msgspec.DecodeError, KeyError):
        msg = "this is no stored page; give what to_json wrote"
        raise ValueError(msg) from None
    return page
