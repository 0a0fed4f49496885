"""The closed words of the policy. The document may only use these; nothing else exists."""

from enum import StrEnum


class Item(StrEnum):
    """One kind of personal data."""

    ADDRESS = "address"
    """Street address with its detail line, one line."""
    AGE_CLASS = "age_class"
    """``14+`` as attested by the person. Never a birth date."""
    EMAIL = "email"
    EXTRA = "extra"
    """The answer to a question one product asks (engraving text …), P2.13."""
    LOGIN_ID = "login_id"
    NAME = "name"
    PASSWORD = "password"  # noqa: S105 - the name of an item, not a secret
    """Kept only as an Argon2id verifier; never sealed, never opened."""
    PHONE = "phone"
    POSTCODE = "postcode"
    """Five digits. To the courier it is part of the address."""
    TOTP_SECRET = "totp_secret"  # noqa: S105 - the name of an item, not a secret
    """A staff member's second factor."""


class RecordKind(StrEnum):
    """What one subject gave for one declared reason, sealed under a key of its own."""

    ADDRESS_BOOK = "address_book"
    MEMBERSHIP = "membership"
    ORDER_EXTRA = "order_extra"
    ORDER_PAYER = "order_payer"
    ORDER_RECIPIENT = "order_recipient"
    STAFF_ACCOUNT = "staff_account"
    STATUTORY = "statutory"


class Purpose(StrEnum):
    """Why. There is no "other"."""

    DELIVERY = "delivery"
    MEMBER_SERVICE = "member_service"
    ORDER = "order"
    PAYMENT = "payment"
    RIGHTS = "rights"
    """The person sees, corrects or deletes their own data."""
    STAFF_AUTHENTICATION = "staff_authentication"
    STATUTORY_RECORD = "statutory_record"
    """Keeping what a law names, until its date; nothing else."""


class Basis(StrEnum):
    """By what right."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal_duty"


class Action(StrEnum):
    """What is asked of the gate."""

    AMEND = "amend"
    DISCLOSE = "disclose"
    ERASE = "erase"
    FIND = "find"
    OPEN = "open"
    SEAL = "seal"


class AgeClass(StrEnum):
    """Unknown counts as under 14."""

    ADULT = "14+"
    CHILD = "under14"
    UNKNOWN = "unknown"


class Profile(StrEnum):
    """Which law the document is held against."""

    AS_WRITTEN = "as_written"
    LAWFUL_EU = "lawful_eu"
    LAWFUL_KR = "lawful_kr"


class Language(StrEnum):
    """Languages of every page and text."""

    ENGLISH = "en"
    KOREAN = "ko"


class EndEvent(StrEnum):
    """What starts the clock at whose end a record is destroyed."""

    DELIVERED = "delivered"
    """The parcel reached its recipient."""
    EMPLOYMENT_ENDED = "employment_ended"
    LAW_PERIOD_ENDED = "law_period_ended"
    """The date that the law table gives for the copy came."""
    MEMBERSHIP_ENDED = "membership_ended"


class FormName(StrEnum):
    """The forms that the document generates. There is no other way for a person's data to come in."""

    CHECKOUT_GUEST = "checkout_guest"
    CHECKOUT_MEMBER = "checkout_member"
    CORRECT = "correct"
    LOOKUP = "lookup"
    SIGN_UP = "sign_up"


class Held(StrEnum):
    """In what shape an item is kept."""

    SEALED = "sealed"
    """In a record of the vault, under the record's own key."""
    VERIFIER = "verifier"
    """As a one-way verifier only; it can be checked, never read."""


class NoConsentCase(StrEnum):
    """When data may be given to a third party without consent. There is no third case (P4.10)."""

    DELIVERY = "delivery"
    """The courier, and what delivery needs (P4.11)."""
    STATISTICS = "statistics"
    """Statistics, academic and market research, in a form that shows nobody (P4.14, P4.15)."""
