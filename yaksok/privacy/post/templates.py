"""Which letters there are, and what the words of one are made of."""

from dataclasses import dataclass
from enum import StrEnum

from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, Language


class Template(StrEnum):
    """Which letter."""

    ADVERTISEMENT = "advertisement"
    ADVERTISING_AGAIN = "advertising_again"
    """Whether somebody still wants what they agreed to two years ago."""
    ADVERTISING_CALL_CONFIRM = "advertising_call_confirm"
    """To a number that somebody gave for calls with advertising: whether it is theirs."""
    ADVERTISING_CONFIRM = "advertising_confirm"
    """To a number that somebody gave for advertising: whether it is theirs."""
    ADVERTISING_RESULT = "advertising_result"
    """What became of a consent to advertising, or of its withdrawal."""
    EMAIL_PROOF = "email_proof"
    GOODBYE = "goodbye"
    INQUIRY_ANSWERED = "inquiry_answered"
    GUARDIAN_ASKED = "guardian_asked"
    GUARDIAN_CONFIRMED = "guardian_confirmed"
    GUARDIAN_OVER = "guardian_over"
    GUARDIAN_PORTAL = "guardian_portal"
    GUARDIAN_WISH = "guardian_wish"
    GUARDIAN_WITHDRAWN = "guardian_withdrawn"
    LEGAL_DEMAND_TOLD = "legal_demand_told"
    ORDER_PAID = "order_paid"
    ORDER_SHIPPED = "order_shipped"
    POLICY_CHANGE = "policy_change"
    RECIPIENTS_ANSWERED = "recipients_answered"
    RESTOCKED = "restocked"
    REVIEW_HIDDEN = "review_hidden"
    TERMS_KEPT = "terms_kept"
    TERMS_LOST = "terms_lost"
    TERMS_NOTICED = "terms_noticed"
    TERMS_WARNED = "terms_warned"
    RIGHTS_ANSWERED = "rights_answered"
    RIGHTS_EXTENDED = "rights_extended"
    RIGHTS_LINK = "rights_link"
    RIGHTS_RECEIVED = "rights_received"
    RIGHTS_REFUSED = "rights_refused"
    USAGE_NOTICE = "usage_notice"
    """What was used in the past year, and who received it (PIPA 20-2)."""
    WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of one letter. ``{link}`` and the like are filled in when it is sent.

    ``context`` names what the journey gives: numbers and words about nobody. ``opened`` are items
    of the person, opened from the record that the note names at the moment of sending and stored
    nowhere; they may stand in ``body`` alone, as ``{answer}`` and the like. ``sms`` are the words
    of the text message and ``push`` those of a notification; a template without them goes by e-mail
    only. ``proves`` is what the reader of the link shows, a purpose of
    :mod:`yaksok.privacy.post.tokens`; "" for a plain link. ``coded``: ``{code}`` stands in it too,
    without which the link is not enough. ``marked``: it is an advertisement; the mark of the law stands
    before everything else, and it leaves at no hour at which the person does not want it. ``stops``:
    it carries the link that stops the ``consent`` of its context. ``to`` is the item that holds where
    it goes, if not the one by which its wire reaches a person.
    """

    subject: Text
    body: Text
    context: frozenset[str]
    opened: tuple[Item, ...] = ()
    sms: Text | None = None
    push: Text | None = None
    proves: str = ""
    coded: bool = False
    marked: bool = False
    stops: bool = False
    to: Item | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A letter as it leaves. ``html`` is "" for a text message.

    ``stop`` is the address that stops letters of its kind in one click; "" where there is none.
    ``link`` is where a notification leads; "" in every other letter.
    """

    subject: str
    text: str
    html: str
    language: Language
    stop: str = ""
    link: str = ""
