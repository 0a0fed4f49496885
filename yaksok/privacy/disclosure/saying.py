"""Which request of the wire tells a recipient what, by who it is and what the message says."""

from yaksok.policy.in_force import policy
from yaksok.privacy.disclosure import wire
from yaksok.privacy.disclosure.label import Label
from yaksok.privacy.disclosure.numbers import COURIER, SAFE_NUMBERS
from yaksok.privacy.disclosure.portion import Portion
from yaksok.privacy.disclosure.register import Entry, Message

DAYS = 30
"""For how long a number is lent when the document in force has no word for it any more."""


def say(entry: Entry, content: Label | Portion | None) -> wire.Receipt:
    """Send the message of ``entry`` once. Raises like the wire."""
    match content:
        case Label() if entry.message is Message.HANDOVER:
            return wire.send(entry.reference, content)
        case Label():
            return wire.correct(entry.reference, content)
        case Portion() if entry.recipient == SAFE_NUMBERS:
            return _lend(entry, content)
        case Portion() if entry.message is Message.HANDOVER:
            return wire.give(entry.recipient, entry.reference, content, key=entry.id)
        case Portion():
            return wire.amend(entry.recipient, entry.reference, content, key=entry.id)
    if entry.recipient == COURIER:
        return wire.erase(entry.reference)
    if entry.recipient == SAFE_NUMBERS:
        return wire.give_back(entry.reference)
    return wire.recall(entry.recipient, entry.reference, key=entry.id)


def _lend(entry: Entry, content: Portion) -> wire.Receipt:
    if entry.message is not Message.HANDOVER:
        return wire.lead(entry.reference, content)
    terms = policy().document.body.safe_number
    return wire.lend(entry.reference, content, days=terms.days if terms else DAYS)
