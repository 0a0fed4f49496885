"""What a person is asked and may refuse under a policy, in words: whoever answers has read them."""

import hashlib

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Recipient, Text
from yaksok.policy.facts import BEYOND_SCOPE, DISCLOSE, disclosure_to
from yaksok.policy.text import item_name
from yaksok.policy.vocabulary import Language

REFUSALS = {
    BEYOND_SCOPE: Text(
        ko="처음 알려 드린 범위를 넘는 이용", en="Any use beyond what you were told at first"
    ),
    DISCLOSE: Text(ko="제3자에게 제공하는 것 모두", en="Any giving of data to third parties"),
}
"""What can be refused under every policy."""

NOTHING_CHANGES = Text(
    ko="동의하지 않아도 주문과 배송은 그대로이고, 달라지는 것은 없습니다.",
    en="Without it orders and deliveries go on as before; nothing else changes.",
)
"""What refusing a third party means; it is the same with every one of them."""


def offered(policy: Policy) -> dict[str, Text]:
    """Every consent that can be given now: those of the document, and of its third parties."""
    body = policy.document.body
    return {name: entry.text for name, entry in body.consents.items()} | {
        name: _sharing(third) for name, third in _third_parties(policy).items()
    }


def refusable(policy: Policy) -> dict[str, Text]:
    """Everything that can be refused for good."""
    companies = {name: third.company for name, third in _third_parties(policy).items()}
    return REFUSALS | companies


def refusing(policy: Policy, name: str) -> Text:
    """What happens to somebody who does not give the consent ``name``."""
    entry = policy.document.body.consents.get(name)
    return entry.refusing if entry else NOTHING_CHANGES


def items(policy: Policy, name: str, language: Language) -> tuple[str, ...]:
    """What the consent ``name`` covers, as it is called on the page."""
    third = _third_parties(policy).get(name)
    if third is not None:
        return tuple(item_name(item, language) for item in third.items)
    return tuple(
        one.label.in_(language)
        for record in policy.document.body.records.values()
        for one in record.items.values()
        if name in {one.consent, record.consent}
    )


def mark(policy: Policy, name: str, language: Language) -> str:
    """SHA-256 of all that a person reads beside the consent ``name``, 64 hex digits."""
    return hash_of(
        offered(policy)[name].in_(language),
        refusing(policy, name).in_(language),
        *items(policy, name, language),
    )


def hash_of(*said: str) -> str:
    """SHA-256 of what a person was shown, text by text; 64 hex digits."""
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def _third_parties(policy: Policy) -> dict[str, Recipient]:
    """Recipients that need a consent, by its name; who is given nothing personal needs none."""
    return {
        disclosure_to(name): one
        for name, one in policy.document.body.recipients.items()
        if one.items and one.without_consent is None
    }


def _sharing(third: Recipient) -> Text:
    """What is asked before anything goes to ``third``: who, what, why, and how long (P4.3)."""

    def said(language: Language) -> str:
        listed = ", ".join(item_name(item, language) for item in third.items)
        company, why = third.company.in_(language), third.purpose.in_(language)
        keeps = third.keeps.in_(language)
        if language is Language.KOREAN:
            return f"{company}에 제공: {listed}. 목적: {why}. 보유: {keeps}"
        return f"Given to {company}: {listed}. Why: {why}. Kept there: {keeps}"

    return Text(ko=said(Language.KOREAN), en=said(Language.ENGLISH))
