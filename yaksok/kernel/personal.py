"""Values about a person that show their mask wherever they leak to."""

from collections.abc import Callable
from typing import NoReturn


class Personal:
    """One personal value. ``str``, ``repr``, ``format``, logs, JSON and templates give the mask.

    ``reveal()`` is the only way out, and a lint knows every place that calls it.
    """

    __slots__ = ("_mask", "_value")

    def __init__(self, value: str, mask: Callable[[str], str]) -> None:
        """``mask`` makes of the value what may be shown; it is asked only when somebody looks."""
        self._value = value
        self._mask = mask

    def reveal(self) -> str:
        """The plain value. Hand it to one template or one wire call and let it go."""
        return self._value

    def __str__(self) -> str:
        return self._mask(self._value)

    def __repr__(self) -> str:
        return f"Personal({self._mask(self._value)!r})"

    def __format__(self, spec: str) -> str:
        return format(self._mask(self._value), spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and other._value == self._value

    def __hash__(self) -> NoReturn:
        msg = "a personal value is not a key: index it in the vault instead"
        raise TypeError(msg)

    def __reduce__(self) -> NoReturn:
        msg = "a personal value is not pickled: pass the subject id instead"
        raise TypeError(msg)
