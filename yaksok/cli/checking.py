"""Says whether the settings are safe: ``python -m yaksok.cli.checking``, before anything opens."""

import os
import sys

from django.core.checks import run_checks


def main() -> int:
    """Entry of the child process; writes what is unsafe and its cure. Needs no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    import yaksok.settings.checks  # noqa: F401 - registering them is what the import is for

    found = run_checks(tags=["yaksok"])
    if not found:
        return 0
    problems = "\n".join(f"{one.msg} ({one.id})" for one in found)
    cures = "; ".join(str(one.hint) for one in found)
    sys.stderr.write(f"{problems}\n  cure: {cures}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
