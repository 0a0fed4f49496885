"""What a dotted path stands for."""

import importlib


def resolved(dotted: str) -> object:
    """The object at ``dotted``: a module, or something in one."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for name in parts[end:]:
            found = getattr(found, name)
        return found
    msg = f"nothing at {dotted}"
    raise LookupError(msg)
