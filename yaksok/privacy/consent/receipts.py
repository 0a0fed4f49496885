"""A receipt as a person takes it along: the information structure of ISO/IEC TS 27560:2023, as JSON.

The standard names the fields and leaves their shape open; which field holds what stands in
docs/receipts.md. The file holds no value of the person: only the random number that they are here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from yaksok.policy.entries import Body
from yaksok.policy.vocabulary import Language
from yaksok.privacy.consent.ledger import Receipt

SCHEMA = "ISO/IEC TS 27560:2023"
CONTROLLER = "controller"
Section = dict[str, Any]


class Event(StrEnum):
    """What a person did about one point. The first two are the standard's; it has no word for the others."""

    GIVEN = "consent_given"
    WITHDRAWN = "consent_withdrawn"
    REFUSED = "consent_refused"
    """They said no before they had ever said yes."""
    LIFTED = "refusal_lifted"
    """They took a refusal back, without agreeing to anything."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was answered, in the words of the version that asked it.

    ``basis`` is ``consent`` or ``contract``; ``items`` are pairs of an item's key and its name;
    ``recipient`` is the key of the third party, or "".
    """

    name: str
    text: str
    basis: str
    items: tuple[tuple[str, str], ...]
    recipient: str
    kept: str


def events_of(receipt: Receipt, earlier: Iterable[Receipt]) -> tuple[tuple[str, Event], ...]:
    """What ``receipt`` says about each point; ``earlier`` tells a withdrawal from a refusal."""
    once_given = {name for one in earlier for name in one.given}
    said = [(name, Event.GIVEN) for name in receipt.given]
    said += [
        (name, Event.WITHDRAWN if name in once_given else Event.REFUSED)
        for name in receipt.withheld
    ]
    return tuple(said + [(name, Event.LIFTED) for name in receipt.lifted])


def as_record(
    receipt: Receipt,
    events: Sequence[tuple[str, Event]],
    points: Mapping[str, Point],
    body: Body,
    language: Language,
    origin: str,
) -> Section:
    """One receipt under the field names of the standard.

    Arguments:
        points: The words of every name in ``events``.
        body: The document of the version that was read.
        origin: Where the mall is reached: ``https://mall.example``.
    """
    named = [points[name] for name, _ in events]
    return {
        "schema_version": SCHEMA,
        "record_id": f"{receipt.id}",
        "receipt_id": f"{receipt.id}",
        "pii_principal_id": f"{receipt.subject}",
        "pii_processing": {
            "privacy_notice": f"{origin}/policy/versions",
            "privacy_notice_version": receipt.policy_version,
            "privacy_notice_sha256": receipt.notice,
            "language": receipt.language.value,
            "purposes": [_purpose(one, receipt, body, language, origin) for one in named],
        },
        "party_identification": _parties(named, body, language, origin),
        "event": [
            {
                "event_time": receipt.at.isoformat(timespec="seconds"),
                "event_type": state.value,
                "event_state": "active" if state is Event.GIVEN else "inactive",
                "entity_id": f"{receipt.subject}",
                "purpose": name,
                "validity_duration": points[name].kept,
            }
            for name, state in events
        ],
    }


def _purpose(one: Point, receipt: Receipt, body: Body, language: Language, origin: str) -> Section:
    return {
        "purpose": one.name,
        "purpose_description": one.text,
        "lawful_basis": one.basis,
        "pii_information": [
            {"pii_type": key, "pii_description": name, "pii_optional": one.basis == "consent"}
            for key, name in one.items
        ],
        "pii_controllers": [CONTROLLER],
        "collection_method": receipt.channel,
        "storage_locations": [body.mall.host_country],
        "retention_period": one.kept,
        "jurisdiction": body.mall.country,
        "recipient_third_parties": [one.recipient] if one.recipient else [],
        "withdrawal_method": f"{origin}/my/consents",
        "privacy_rights": f"{origin}/policy",
        "language": language.value,
    }


def _parties(named: Iterable[Point], body: Body, language: Language, origin: str) -> list[Section]:
    mall, officer = body.mall, body.officers.manager
    first = {
        "party_id": CONTROLLER,
        "party_role": "PII controller",
        "party_name": mall.company.in_(language),
        "party_address": mall.address.in_(language),
        "party_country": mall.country,
        "party_phone": mall.phone,
        "party_email": mall.email,
        "party_url": origin,
        "party_contact": f"{officer.position.in_(language)} {officer.name.in_(language)}"
        f" <{officer.email}>",
    }
    others = {one.recipient for one in named if one.recipient in body.recipients}
    return [first] + [
        {
            "party_id": key,
            "party_role": "third party",
            "party_name": body.recipients[key].company.in_(language),
            "party_country": body.recipients[key].country,
        }
        for key in sorted(others)
    ]
