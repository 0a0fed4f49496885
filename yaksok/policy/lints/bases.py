"""Uses whose basis does not carry them, as both laws see it."""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Basis, Purpose

ASKED = frozenset({Purpose.ADVERTISING, Purpose.RESTOCK_NOTICE})
"""Purposes that no contract needs: they are only lawful for whoever wished them."""

ORDERED = frozenset(
    {
        Purpose.GUARDIAN_CONSENT,
        Purpose.LEGAL_DEMAND,
        Purpose.RIGHTS,
        Purpose.SECURITY,
        Purpose.STATUTORY_RECORD,
    }
)
"""Purposes that a law orders."""


def unfounded(case: Case, wording: Text) -> Iterator[Fault]:
    """A fault for each use without a consent that covers it, or without the law that orders it."""
    body = case.body
    covered = {purpose for consent in body.consents.values() for purpose in consent.purposes}
    wished = {service.purpose for service in body.services.values()}
    for kind, record in body.records.items():
        here: Path = ("records", kind.value, "purposes")
        for purpose in record.purposes:
            by_wish = purpose is Purpose.RESTOCK_NOTICE and purpose in wished
            if purpose in ASKED and purpose not in covered and not by_wish:
                cure = f"add a [consents] table that covers {purpose}, asked apart"
                yield Fault(here, f"{purpose} has no consent", cure, wording)
            if record.basis is Basis.LEGAL_DUTY and purpose not in ORDERED:
                cure = "name the basis on which this is really done, or take the purpose out"
                yield Fault(here, f"no law orders {purpose}", cure)
    if body.advertising is not None:
        for channel, entry in body.advertising.channels.items():
            consent = body.consents.get(entry.consent)
            if consent is not None and Purpose.ADVERTISING not in consent.purposes:
                keys: Path = ("advertising", "channels", channel.value, "consent")
                cure = "name a consent whose purposes are advertising"
                yield Fault(keys, f"{entry.consent} does not cover advertising", cure, wording)
