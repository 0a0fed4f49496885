"""Addresses whose module is imported when the first of them is asked for."""

from collections.abc import Iterator
from importlib import import_module

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern

from yaksok.policy.collecting import Declaration


class OnDemand(URLResolver):
    """Addresses below one prefix, in a namespace of their own.

    Django walks every address when it first writes one. A namespace need not be walked until one of
    its own names is wanted, so a web worker that nobody asks about it never imports what it needs.
    """

    taking: str

    def declarations(self) -> Iterator[tuple[str, str, Declaration]]:
        """Route, name and declaration of each address that takes something, by a lighter module."""
        for name, (route, declaration) in import_module(self.taking).OPERATIONS.items():
            yield route, f"{self.namespace}:{name}", declaration

    def _populate(self) -> None:
        """Walk the addresses, if their module is there already."""
        if "url_patterns" in vars(self):
            super()._populate()


def on_demand(prefix: str, module: str, application: str, namespace: str, taking: str) -> OnDemand:
    """Like Django's ``path(prefix, include(module))``, without importing ``module``.

    ``taking`` is the module whose ``OPERATIONS`` says what the addresses take: route and declaration
    by name. A house test holds it against what ``module`` really has.
    """
    found = OnDemand(
        RoutePattern(prefix, is_endpoint=False), module, app_name=application, namespace=namespace
    )
    found.taking = taking
    return found
