"""Addresses whose module is imported when the first of them is asked for."""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class OnDemand(URLResolver):
    """Addresses below one prefix, in a namespace of their own.

    Django walks every address when it first writes one. A namespace need not be walked until one of
    its own names is wanted, so a web worker that nobody asks about it never imports what it needs.
    """

    def _populate(self) -> None:
        """Walk the addresses, if their module is there already."""
        if "url_patterns" in vars(self):
            super()._populate()


def on_demand(prefix: str, module: str, application: str, namespace: str) -> OnDemand:
    """Like Django's ``path(prefix, include(module))``, without importing ``module``."""
    return OnDemand(
        RoutePattern(prefix, is_endpoint=False), module, app_name=application, namespace=namespace
    )
