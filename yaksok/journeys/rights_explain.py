"""The five things that a person can have told to them, in one page (Decree 41 of PIPA, GDPR 15(1)).

What is held, for which purposes, how long, to whom it was or may be given, and what they agreed to.
"""

from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper
from yaksok.journeys import consents as consenting
from yaksok.journeys import held
from yaksok.journeys.held import HeldItem, Holding
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders import finding
from yaksok.policy.in_force import policy
from yaksok.policy.remedies import elsewhere
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import register as handovers
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind, Outcome
from yaksok.privacy.vault import gate


@dataclass(frozen=True, slots=True)
class Part:
    """One record: its items, why they are kept, how long, and which companies may be given any."""

    label: str
    items: tuple[HeldItem, ...]
    purposes: tuple[str, ...]
    kept: str
    kept_until: datetime | None
    laws: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """All five. ``consents`` are those that can be given and withdrawn; None for who has no account."""

    parts: tuple[Part, ...]
    rows: tuple[tuple[str, int], ...]
    handed: tuple[handovers.Entry, ...]
    consents: consenting.Consents | None
    receipts: tuple[ledger.Receipt, ...]
    elsewhere: str


def explain(actor: Actor, *, stepped_up: bool, language: Language, enter: bool = True) -> Explained:
    """What is held about ``actor``, why, until when, who received it, and what they agreed to.

    Refuses:
        Refused: somebody else asks, or they did not show who they are a moment ago (P8.5).

    Records:
        Event.VAULT_ITEMS_OPENED for each record, Event.RIGHTS_REQUEST_ANSWERED.
    """
    found = held.held(actor, stepped_up=stepped_up)
    subject = SubjectId(actor.subject) if actor.subject else None
    if subject is None:  # held() has refused nobody already
        raise LookupError
    with keeper():
        people = {subject} | {order.recipient for order in finding.of_subject(subject)}
        handed = [entry for one in people for entry in handovers.for_subject(one)]
        receipts = ledger.receipts(subject)
        if enter:
            register.answered_at_once(
                subject,
                Kind.EXPLAIN,
                items=_items(found),
                outcome=Outcome.DONE,
                actor=actor,
                trail=gate.trail_of(subject),
            )
    return Explained(
        parts=_parts(found, language),
        rows=tuple((table.about.label.in_(language), len(table.rows)) for table in found.tables),
        handed=tuple(sorted(handed, key=lambda entry: entry.planned_at, reverse=True)),
        consents=consenting.view(actor, language) if actor.role is Role.MEMBER else None,
        receipts=receipts,
        elsewhere=elsewhere(policy().document.body, language),
    )


def _items(found: Holding) -> set[Item]:
    return {one.about.item for record in found.records for one in record.items if one.given}


def _parts(found: Holding, language: Language) -> tuple[Part, ...]:
    body = policy().document.body
    parts = []
    for record in found.records:
        to = {use.recipient for item in record.about.items for use in item.uses if use.recipient}
        laws = {copy.law: copy.title for item in record.about.items for copy in item.copies}
        parts.append(
            Part(
                label=record.about.label.in_(language),
                items=record.items,
                purposes=tuple(
                    body.purposes[purpose].text.in_(language)
                    for purpose in record.about.purposes
                    if purpose in body.purposes
                ),
                kept=record.about.end.reason.in_(language),
                kept_until=record.kept_until,
                laws=tuple(title.in_(language) for title in laws.values()),
                recipients=tuple(
                    body.recipients[name].company.in_(language)
                    for name in sorted(to)
                    if name in body.recipients
                ),
            )
        )
    return tuple(parts)
