"""What one promise is made of."""

import datetime
from dataclasses import dataclass

from yaksok.policy.vocabulary import Profile

FOUNDED = datetime.date(2026, 11, 24)
"""The day on which the first text took effect."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the policy, the code that keeps it, and the test that shows it.

    ``ko`` and ``en`` may name parameters of the document in braces (``{courier}``). ``derived``:
    not a sentence of its own, but the policy is broken without it. ``claim``: it says something
    about people and procedures, so without proof the page says that it is not met at present.
    ``as_written`` and ``european`` are the words, Korean and English, of those profiles where they
    differ. ``rule`` and ``probe`` are dotted paths, ``proof`` is the name of a file in ``tests/promises``.
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
    as_written: tuple[str, str] | None = None
    european: tuple[str, str] | None = None

    def words(self, profile: Profile) -> tuple[str, str]:
        """The sentence in Korean and English, as ``profile`` says it."""
        own = {Profile.AS_WRITTEN: self.as_written, Profile.LAWFUL_EU: self.european}.get(profile)
        return own or (self.ko, self.en)

    @property
    def section(self) -> int:
        """The section of the policy, 1 to 11."""
        return int(self.id[1:].split(".")[0])
