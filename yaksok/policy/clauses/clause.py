"""What one promise is made of."""

import datetime
from dataclasses import dataclass

FOUNDED = datetime.date(2026, 11, 24)
"""The day on which the first text took effect."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the policy, the code that keeps it, and the test that shows it.

    ``ko`` and ``en`` may name parameters of the document in braces (``{courier}``). ``derived``:
    not a sentence of its own, but the policy is broken without it. ``claim``: it says something
    about people and procedures, so without proof the page says that it is not met at present.
    ``rule`` and ``probe`` are dotted paths, ``proof`` is the name of a file in ``tests/promises``.
    """

    id: str
    ko: str
    en: str
    rule: str | None = None
    proof: str | None = None
    probe: str | None = None
    derived: bool = False
    claim: bool = False
    effective: datetime.date = FOUNDED

    @property
    def section(self) -> int:
        """The section of the policy, 1 to 11."""
        return int(self.id[1:].split(".")[0])
