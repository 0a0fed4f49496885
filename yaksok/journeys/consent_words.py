"""What a person is asked and may refuse under a policy, in words: whoever answers has read them."""

import hashlib

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Recipient, Text
from yaksok.policy.facts import BEYOND_SCOPE, DISCLOSE, Facts, disclosure_to
from yaksok.policy.text import item_name
from yaksok.policy.vocabulary import Language, Purpose

REFUSALS = {
    BEYOND_SCOPE: Text(
        ko="처음 알려 드린 범위를 넘는 이용", en="Any use beyond what you were told at first"
    ),
    DISCLOSE: Text(ko="제3자에게 제공하는 것 모두", en="Any giving of data to third parties"),
}
"""What can be refused under every policy."""

MEANS = {
    BEYOND_SCOPE: Text(
        ko="방침이 바뀌어 새로 이용하는 것이 생겨도 내 정보에는 미치지 않고, 광고도 보내지 않아요. 나중에 바뀐"
        " 곳에 동의해도 이 거절이 먼저예요. 광고를 받겠다고 동의해 둔 것이 있으면 함께 철회돼요.",
        en="If the policy changes and something new is done, it does not touch your data, and no"
        " advertising is sent: consents to it are withdrawn. If you agree to a change later, this"
        " refusal still comes first.",
    ),
    DISCLOSE: Text(
        ko="동의를 받아야 줄 수 있는 곳이라면 어디에도 주지 않아요. 지금 동의해 둔 곳이 있으면 그 동의도 함께"
        " 철회돼요. 주문한 상품을 배송하는 택배회사처럼 동의 없이 맡기는 곳은 그대로예요.",
        en="Your data is given to nobody who needs your consent for it; consents that you gave before are"
        " withdrawn with this. Whoever works for your order, such as the courier, is not affected.",
    ),
}
"""What each standing refusal does, in plain words."""

ONE_COMPANY = Text(
    ko="이 회사에는 주지 않아요. 지금 동의해 두었으면 그 동의도 함께 철회돼요.",
    en="Nothing is given to this company; if you agreed to it before, that is withdrawn with this.",
)
"""What refusing one company does."""

GONE = Text(ko="지금은 방침에 없는 곳", en="Somebody who is not in the policy any more")
"""How a company is called that was refused and has left the policy since. The refusal stands on."""

LIFT_FIRST = {
    BEYOND_SCOPE: Text(
        ko="처음 알려 드린 범위를 넘는 이용을 거절해 두셨어요. 동의하시려면 거절을 먼저 거두어 주세요.",
        en="You refused any use beyond what you were told. Lift that refusal first if you wish to agree.",
    ),
    DISCLOSE: Text(
        ko="제3자에게 제공하는 것을 모두 거절해 두셨어요. 동의하시려면 거절을 먼저 거두어 주세요.",
        en="You refused any giving to third parties. Lift that refusal first if you wish to agree.",
    ),
}
"""Why a consent is not taken while a refusal stands against it."""

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


def third_parties(policy: Policy) -> tuple[str, ...]:
    """The consents that giving to third parties needs, by name."""
    return tuple(_third_parties(policy))


def undone_by(policy: Policy, refusal: str) -> tuple[str, ...]:
    """The consents that cannot stand beside ``refusal``."""
    if refusal == BEYOND_SCOPE:
        offered_ = policy.document.body.consents.items()
        return tuple(name for name, entry in offered_ if Purpose.ADVERTISING in entry.purposes)
    named = third_parties(policy)
    return named if refusal == DISCLOSE else tuple(name for name in named if name == refusal)


def in_the_way(policy: Policy, name: str, facts: Facts) -> str:
    """The standing refusal that a consent ``name`` would contradict; "" when there is none."""
    standing = (one for one in REFUSALS if one in facts.refusals)
    return next((one for one in standing if name in undone_by(policy, one)), "")


def meaning(name: str) -> Text:
    """What the refusal ``name`` does."""
    return MEANS.get(name, ONE_COMPANY)


def is_of_somebody_gone(policy: Policy, name: str) -> bool:
    """Whether the refusal ``name`` is of a company that the policy does not name any more."""
    return name.startswith(f"{DISCLOSE}:") and name not in refusable(policy)


def refusing(policy: Policy, name: str) -> Text:
    """What happens to somebody who does not give the consent ``name``."""
    entry = policy.document.body.consents.get(name)
    return entry.refusing if entry else NOTHING_CHANGES


def items(policy: Policy, name: str, language: Language) -> tuple[str, ...]:
    """What the consent ``name`` covers, as it is called on the page."""
    return tuple(said for _, said in item_keys(policy, name, language))


def item_keys(policy: Policy, name: str, language: Language) -> tuple[tuple[str, str], ...]:
    """The same, each with the key by which the document knows it."""
    third = _third_parties(policy).get(name)
    if third is not None:
        return tuple((item.value, item_name(item, language)) for item in third.items)
    return tuple(
        (item.value, one.label.in_(language))
        for record in policy.document.body.records.values()
        for item, one in record.items.items()
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
