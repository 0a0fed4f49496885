"""Which addresses do not leave this machine."""

from ipaddress import ip_address


def is_here(host: str | None) -> bool:
    """Whether ``host``, a name or an address with or without brackets, is this machine itself."""
    name = (host or "").strip("[]").lower()
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
