"""The closed words of the policy. The document may only use these; nothing else exists."""

from enum import StrEnum


class Item(StrEnum):
    """One kind of personal data."""

    ACCESS_POINT = "access_point"
    """The moment of a log-in and the network address it came from."""
    ADDRESS = "address"
    """Street address with its detail line, one line."""
    AGE_CLASS = "age_class"
    """That the person is of age to consent, as they attest. Never a birth date."""
    ANSWER = "answer"
    """What the mall answered to free words."""
    BIRTH_MONTH = "birth_month"
    """Year and month in which a child was born, ``2013-05``; of nobody else, and never the day."""
    BODY = "body"
    """Free words: of an inquiry, a request, a review."""
    CALL_PHONE = "call_phone"
    """The number at which a person wants to be called with advertising; nothing else calls it."""
    DOCUMENT = "document"
    """Number, kind and sender of a demand by court or police."""
    EMAIL = "email"
    EXTRA = "extra"
    """The answer to a question one product asks (engraving text …), P2.13."""
    GUARDIAN_EVIDENCE = "guardian_evidence"
    """How, when and by which token a guardian was proven; of a card at most the last four digits."""
    LOGIN_ID = "login_id"
    NAME = "name"
    PASSWORD = "password"  # noqa: S105 - the name of an item, not a secret
    """Kept only as an Argon2id verifier; never sealed, never opened."""
    PHONE = "phone"
    POSTCODE = "postcode"
    """Five digits. To the courier it is part of the address."""
    PUSH_ENDPOINT = "push_endpoint"
    """Where a browser gets notifications: its endpoint at a push service, and the keys to seal them with."""
    RRN = "rrn"
    """Resident registration number. Synthetic ones only, and only in the profile ``as_written``."""
    SAFE_NUMBER = "safe_number"
    """A number of a provider (050…) that leads to a recipient's telephone. To the courier it stands for it."""
    TOTP_SECRET = "totp_secret"  # noqa: S105 - the name of an item, not a secret
    """A staff member's second factor."""


class RecordKind(StrEnum):
    """What one subject gave for one declared reason, sealed under a key of its own."""

    ACCESS_RECORD = "access_record"
    """One log-in of a member: when, and from where."""
    ADDRESS_BOOK = "address_book"
    CHILDHOOD = "childhood"
    """When a child will be of age to consent alone."""
    GUARDIAN = "guardian"
    """Who decides for a child: name, contact, and how that was proven."""
    INQUIRY = "inquiry"
    LEGAL_DEMAND = "legal_demand"
    """A demand by court or police, under an id of its own: not the person's whom it asks about."""
    MARKETING_CONTACT = "marketing_contact"
    """An address that a person gave for advertising by one channel; nothing else uses it."""
    MEMBERSHIP = "membership"
    ORDER_EXTRA = "order_extra"
    ORDER_PAYER = "order_payer"
    ORDER_RECIPIENT = "order_recipient"
    REVIEW = "review"
    """What a member says about goods that they received, for everybody to read."""
    RIGHTS_CASE = "rights_case"
    """What somebody asks about their own data in their own words, and the answer."""
    STAFF_ACCOUNT = "staff_account"
    STATUTORY = "statutory"
    TERMS_CASE = "terms_case"
    """What a member says before their membership is ended under article 7 of the terms (P3.4)."""


class Purpose(StrEnum):
    """Why. There is no "other"."""

    ADVERTISING = "advertising"
    """Word of goods that the person asked for, channel by channel."""
    COMPLAINT = "complaint"
    """Answering an inquiry or a complaint."""
    DELIVERY = "delivery"
    GUARDIAN_CONSENT = "guardian_consent"
    """Asking a child's guardian, and knowing until when they are asked."""
    LEGAL_DEMAND = "legal_demand"
    """Answering a demand that a law makes the mall answer; never asked, never refused."""
    MEMBER_SERVICE = "member_service"
    ORDER = "order"
    PAYMENT = "payment"
    PROGRAMME = "programme"
    """Giving to a named partner, for a benefit of the member, after a notice and a yes (P4.2-P4.4)."""
    RESTOCK_NOTICE = "restock_notice"
    """Telling a member that goods they waited for are back."""
    RIGHTS = "rights"
    """The person sees, corrects or deletes their own data."""
    SECURITY = "security"
    """Knowing who logged in from where, as a law has it kept; nothing else."""
    STAFF_AUTHENTICATION = "staff_authentication"
    STATISTICS = "statistics"
    """Counting, in a form that shows nobody."""
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
    """Whether a person consents alone; unknown counts as a child.

    The values are names. From which age on is said by the document (``children.age``).
    """

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

    ANSWERED = "answered"
    """An inquiry got its answer, or was closed without one."""
    CAME_OF_AGE = "came_of_age"
    """The child is surely of age to consent, and was asked."""
    CASE_CLOSED = "case_closed"
    """The case that the record belongs to was decided, or came to nothing."""
    DELIVERED = "delivered"
    """The parcel reached its recipient."""
    DEMAND_CLOSED = "demand_closed"
    """A demand by court or police was met or turned down."""
    EMPLOYMENT_ENDED = "employment_ended"
    GUARDIANSHIP_ENDED = "guardianship_ended"
    """The guardian's consent came to an end, whoever ended it, or was never given."""
    LAW_PERIOD_ENDED = "law_period_ended"
    """The date that the law table gives for the copy came."""
    MEMBERSHIP_ENDED = "membership_ended"
    RECORDED = "recorded"
    """The record was made: its period runs from the first moment."""


class FormName(StrEnum):
    """The forms that the document generates. There is no other way for a person's data to come in."""

    ADVERTISING = "advertising"
    """Where a member agrees to advertising by a channel whose address the mall does not have yet."""
    ANSWER = "answer"
    """What staff answer to an inquiry."""
    CALL_NOTE = "call_note"
    """What staff write down of a call, a fax or a letter."""
    CHECKOUT_GUARDIAN = "checkout_guardian"
    """What a guardian fills in to order for a child."""
    CHECKOUT_GUEST = "checkout_guest"
    CHECKOUT_MEMBER = "checkout_member"
    CHILD_ACCOUNT = "child_account"
    """What a child fills in once the guardian has agreed."""
    CHILD_GUARDIAN = "child_guardian"
    """What a child fills in before: the guardian's name and contact, and nothing else."""
    COMING_OF_AGE = "coming_of_age"
    """What somebody fills in who is now of age, to stay."""
    CORRECT = "correct"
    CORRECT_GUEST = "correct_guest"
    """What somebody without an account corrects of an order of theirs."""
    GUARDIAN_CORRECT = "guardian_correct"
    """What a guardian corrects."""
    INQUIRY = "inquiry"
    INQUIRY_MEMBER = "inquiry_member"
    LOOKUP = "lookup"
    REVIEW = "review"
    """What a member writes about goods that they received."""
    RIGHTS_ANSWER = "rights_answer"
    """The desk answers a request."""
    RIGHTS_ASK = "rights_ask"
    """A person asks in their own words."""
    RIGHTS_INTAKE = "rights_intake"
    """The desk writes down what came by phone, fax, post or mail."""
    SIGN_UP = "sign_up"
    TERMS_CASE = "terms_case"


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


class Service(StrEnum):
    """A convenience for members that has a name (P1.4). What is not here does not exist."""

    ADDRESS_BOOK = "address_book"
    COUPONS = "coupons"
    LOG_IN = "log_in"
    ORDER_LIST = "order_list"
    RESTOCK_NOTICE = "restock_notice"
    REVIEWS = "reviews"


class Channel(StrEnum):
    """How an advertisement can reach a person. Each is agreed to apart."""

    EMAIL = "email"
    PHONE = "phone"
    PUSH = "push"
    SMS = "sms"


class Register(StrEnum):
    """A book that proves a claim about people and procedures."""

    AUDITS = "audits"
    AVAILABILITY = "availability"
    CONSULTING = "consulting"
    CORRECTIVE_ACTIONS = "corrective_actions"
    DIAGNOSES = "diagnoses"
    FIREWALL = "firewall"
    LOG_REVIEWS = "log_reviews"
    ROSTER = "roster"
    SECURITY_TRIALS = "security_trials"
    STAFF_REVIEWS = "staff_reviews"
    SYSTEM_CONTRACT = "system_contract"
    TICKETS = "tickets"
    TRAINING = "training"
    VIRUS_SCANS = "virus_scans"
    WATCH = "watch"
    """Operators on duty around the clock, each of whom acknowledged."""


class Label(StrEnum):
    """One of the marks at the top of the policy page."""

    CHILDREN = "children"
    ENTRUSTMENT = "entrustment"
    ITEMS = "items"
    OFFICER = "officer"
    OVERSEAS = "overseas"
    PROVISION = "provision"
    PURPOSE = "purpose"
    RETENTION = "retention"
    RIGHTS = "rights"


class Storage(StrEnum):
    """What the mall's pages keep in a browser, beside the one cookie."""

    BASKET = "basket"
    """Product ids and quantities in ``sessionStorage``; gone with the last tab."""
    PUSH = "push"
    """A script that shows notifications and the browser's endpoint, where somebody agreed to them."""


class Encrypted(StrEnum):
    """What travels through an encrypted connection."""

    ALL = "all"
    PAYMENT = "payment"


class Minors(StrEnum):
    """How somebody below the age of own consent is met."""

    GUARDIAN = "guardian"
    """Their guardian is asked."""
    REFUSED = "refused"
    """They are told why they cannot join, and nothing is taken."""
