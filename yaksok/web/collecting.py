"""The door that knows what each page takes, and the list of pages that take something personal.

Nothing else reads what a person posts: what this door let through is asked for with
:func:`yaksok.web.posted.posted`. A page that declares nothing cannot be posted to at all.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from yaksok.kernel.errors import Undeclared
from yaksok.policy.collecting import (
    COMMANDS,
    CollectionPoint,
    Declaration,
    NotACollectionPoint,
    Posted,
    admit,
    declared,
    point,
)
from yaksok.policy.compile import Policy
from yaksok.policy.in_force import policy
from yaksok.web.errors import Answers
from yaksok.web.origin import FIELD, SAFE
from yaksok.web.posted import TAKEN

_listed: dict[str, tuple[CollectionPoint, ...]] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """One address: how it is written in Korean, how the code calls it, and what it declares."""

    route: str
    name: str
    declaration: Declaration | None


@runtime_checkable
class Unopened(Protocol):
    """Addresses whose module need not be imported to know what they take."""

    def declarations(self) -> Iterator[tuple[str, str, Declaration]]:
        """Route, name and declaration of each that takes something."""


class DeclaredOnly:
    """Lets a view be sent what it declares, and nothing else; the other views are only read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; what is sent is looked at when the view is known."""
        return self.get_response(request)

    @staticmethod
    def process_view(
        request: HttpRequest, view: Callable[..., HttpResponse], *_: object
    ) -> HttpResponse | None:
        """Nothing, or why the view is not called: 405 if it declares nothing, 400 if a name is strange."""
        declaration = declared(view)
        if declaration is None and request.method in SAFE:
            return None
        try:
            setattr(request, TAKEN, _taken(request, declaration))
        except NotACollectionPoint:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        except Undeclared as strange:
            return Answers.process_exception(request, strange)
        return None


def _taken(request: HttpRequest, declaration: Declaration | None) -> Posted:
    """What was sent, if all of it is declared. A body that a machine signed is left to its view."""
    if declaration is None or declaration.signed:
        admit(declaration, policy(), {})
        return Posted({})
    files = dict(request.FILES.lists())
    came = [
        (name, str(value).encode("utf-8", "replace"))
        for name, values in request.POST.lists()
        for value in values
        if name != FIELD
    ]
    counts = Counter([name for name, _ in came])
    counts.update({name: len(uploads) for name, uploads in files.items()})
    admit(declaration, policy(), counts, files)
    came += [(name, upload.read()) for name, uploads in files.items() for upload in uploads]
    every: dict[str, list[str]] = {name: [] for name in counts}
    for name, content in came:
        every[name].append(_text(content, raw=name in declaration.raw))
    return Posted(every, declaration.forms)


def _text(content: bytes, *, raw: bool) -> str:
    """What was typed or is in a file, as text; a character for each byte where the view wants bytes.

    No page takes a file longer than a whole request may be.
    """
    return content.decode("latin-1" if raw else "utf-8", "replace")


def places() -> tuple[Place, ...]:
    """Every address of the mall."""
    return tuple(_walked(get_resolver().url_patterns, "/", ""))


def points(of: Policy) -> tuple[CollectionPoint, ...]:
    """Where personal data comes in under the policy ``of``: first what is kept, then what is compared.

    Made from the addresses themselves and what stands at each, once for each document.
    """
    if of.hash not in _listed:
        _listed.clear()
        _listed[of.hash] = _points(of)
    return _listed[of.hash]


def _points(of: Policy) -> tuple[CollectionPoint, ...]:
    declaring = [(one.route, one.name, one.declaration) for one in places() if one.declaration]
    declaring += [(command, command, one) for command, one in COMMANDS.items()]
    found = (point(of, *one) for one in declaring)
    listed = [one for one in found if one is not None]
    return tuple(sorted(listed, key=lambda one: (not one.keeps, " " in one.route, one.route)))


def _walked(entries: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[Place]:
    for entry in entries:
        here = (
            before
            if isinstance(entry.pattern, LocalePrefixPattern)
            else before + str(entry.pattern)
        )
        if isinstance(entry, Unopened):
            for route, name, declaration in entry.declarations():
                yield Place(here + route, name, declaration)
        elif isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walked(entry.url_patterns, here, inner)
        else:
            yield Place(here, f"{space}{entry.name or ''}", declared(entry.callback))
