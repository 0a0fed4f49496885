"""To which push services the mall may speak: those that the document names, and the sandbox of this machine."""

from urllib.parse import urlsplit

from django.conf import settings

from yaksok.kernel.loopback import is_here
from yaksok.policy.in_force import policy

PORT = 443
ANY = "*."
"""A service names its machines by the hundred: ``*.notify.windows.com`` is each of them."""


def is_sandbox(endpoint: str) -> bool:
    """Whether ``endpoint`` is one of the sandbox that plays a push service on this machine."""
    sandbox = settings.YAKSOK_PUSH_SANDBOX
    parts = urlsplit(endpoint)
    return bool(
        sandbox and f"{parts.scheme}://{parts.netloc}" == sandbox and is_here(parts.hostname)
    )


def is_known(endpoint: str) -> bool:
    """Whether ``endpoint`` may be written to: encrypted, by a name of the list, at the usual port.

    So neither this machine, nor one of its network, nor one by its number is ever asked for anything,
    whatever a browser says where it is reached.
    """
    if is_sandbox(endpoint):
        return True
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port not in {None, PORT} or parts.username or parts.password:
        return False
    return any(_is(host, name) for name in hosts())


def hosts() -> frozenset[str]:
    """The names that the policy in force lists."""
    services = policy().document.body.push_services.values()
    return frozenset(name for one in services for name in one.hosts)


def _is(host: str, name: str) -> bool:
    if name.startswith(ANY):
        return host.endswith(name.removeprefix("*"))
    return host == name
