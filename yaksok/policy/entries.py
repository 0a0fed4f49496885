"""The tables of a policy document, as types. A key that is not a field here is an error."""

import datetime

import msgspec

from yaksok.kernel.actor import Role
from yaksok.policy.how_long import Desk, SafeNumber, Upkeep
from yaksok.policy.vocabulary import (
    Action,
    Basis,
    Channel,
    Encrypted,
    EndEvent,
    FormName,
    Held,
    Item,
    Label,
    Language,
    Minors,
    NoConsentCase,
    Profile,
    Purpose,
    RecordKind,
    Register,
    Service,
    Storage,
)


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the document."""


class Text(_Table, frozen=True):
    """The same words in every language."""

    ko: str
    en: str

    def in_(self, language: Language) -> str:
        """The words in ``language``."""
        return self.ko if language is Language.KOREAN else self.en

    def as_dict(self) -> dict[Language, str]:
        """The words by language."""
        return {Language.KOREAN: self.ko, Language.ENGLISH: self.en}


class Mall(_Table, frozen=True):
    """Who runs the mall: what the law wants in the footer of every page.

    Countries are two capital letters (ISO 3166-1): ``country`` of the seat, ``host_country`` of
    the machines. ``mail_order_number`` is absent where no law has one given (Korea has).
    """

    name: Text
    company: Text
    representative: Text
    address: Text
    phone: str
    email: str
    business_number: str
    hosting: Text
    complaints_phone: str
    around_the_clock: bool
    country: str = "KR"
    host_country: str = "KR"
    mail_order_number: Text | None = None


class Officer(_Table, frozen=True):
    """A responsible person, with the six things that are shown of them (P11.2)."""

    position: Text
    name: Text
    email: str
    address: Text
    phone: str
    fax: str


class Officers(_Table, frozen=True):
    """The two responsible persons, and the rule under which they are named (P11.1, P11.3)."""

    designated_under: Text
    manager: Officer
    handler: Officer


class Cookie(_Table, frozen=True):
    """The one cookie (P6.1)."""

    name: str
    text: Text


class StorageEntry(_Table, frozen=True):
    """What else a page keeps in the browser, and why it is no cookie."""

    text: Text


class Transport(_Table, frozen=True):
    """What is encrypted on the way, and who vouches for the certificate.

    ``issuer`` is absent when the page names whoever really issued it (P7.2).
    """

    encrypted: Encrypted = Encrypted.ALL
    issuer: str | None = None


class Children(_Table, frozen=True):
    """Below which age a guardian decides, and how such a person is met.

    ``own_consent``: how long somebody who is now of age has to answer; then the account is destroyed.
    """

    age: int
    minors: Minors
    own_consent: str = "P30D"


class PurposeEntry(_Table, frozen=True):
    """One purpose: what it is, and when it is achieved (P3.5)."""

    text: Text
    achieved_when: Text


class ServiceEntry(_Table, frozen=True):
    """A convenience service for members, by name, and the purpose it serves (P1.4)."""

    text: Text
    purpose: Purpose


class ItemEntry(_Table, frozen=True):
    """One item of a record: whether a person must give it, and why it is needed (P2.1).

    ``consent`` names the consent without which an optional item is neither taken nor used.
    ``either``: one of this item and that one must be given, and either is enough.
    ``statute`` is the law that requires a resident registration number; nothing else needs one.
    """

    required: bool
    reason: Text
    label: Text
    asked_on: tuple[FormName, ...] = ()
    held: Held = Held.SEALED
    field: str | None = None
    per_product: bool = False
    consent: str | None = None
    either: Item | None = None
    statute: str | None = None


class Grant(_Table, frozen=True):
    """Who may do what with which items of a record, for which purposes.

    ``own``: only the person themself. ``ward``: only the person's proven guardian.
    """

    roles: tuple[Role, ...]
    actions: tuple[Action, ...]
    purposes: tuple[Purpose, ...]
    items: tuple[Item, ...] = ()
    own: bool = False
    ward: bool = False
    recipient: str | None = None


class End(_Table, frozen=True):
    """When a record is destroyed: an event, and a calendar period after it (``P3M``)."""

    event: EndEvent
    period: str
    reason: Text


class Copy(_Table, frozen=True):
    """Items that a law makes the mall keep after the record itself has gone (P3.10)."""

    items: tuple[Item, ...]
    law: str


class Record(_Table, frozen=True):
    """One record kind. ``guarded``: a child gives what is ``adults_only`` if a proven guardian agreed."""

    label: Text
    purposes: tuple[Purpose, ...]
    basis: Basis
    end: End
    items: dict[Item, ItemEntry] = {}
    grants: tuple[Grant, ...] = ()
    statutory: tuple[Copy, ...] = ()
    consent: str | None = None
    adults_only: bool = False
    guarded: bool = False


class QuestionEntry(_Table, frozen=True):
    """A question that goods may ask with an order (P2.13). Goods name it by its key.

    ``max_length`` is in characters, 1 to 500.
    """

    label: Text
    reason: Text
    required: bool
    max_length: int


class Recipient(_Table, frozen=True):
    """A third party that receives items (P4.4: one named company, never a group).

    ``without_consent`` names the case of P4.10 by which no consent is asked; else it is.
    """

    company: Text
    purpose: Text
    items: tuple[Item, ...]
    keeps: Text
    entrusted: bool
    without_consent: NoConsentCase | None = None
    country: str = "KR"


class Programme(_Table, frozen=True):
    """Giving data to one recipient for a benefit of the member, announced before (P4.2-P4.4).

    ``notice`` is the key of the post on the board.
    """

    recipient: str
    benefit: Text
    notice: str
    starts: datetime.date
    ends: datetime.date


class Processor(_Table, frozen=True):
    """Somebody who works for the mall under contract and meets personal data (처리위탁)."""

    company: Text
    work: Text
    items: tuple[Item, ...]
    country: str = "KR"
    contract_until: datetime.date | None = None
    subprocessors: tuple[str, ...] = ()


class ConsentEntry(_Table, frozen=True):
    """A consent that is asked apart from everything else, and what refusing means."""

    text: Text
    refusing: Text
    purposes: tuple[Purpose, ...]


class ChannelEntry(_Table, frozen=True):
    """One way to advertise, and the consent it needs."""

    consent: str


class PushService(_Table, frozen=True):
    """A company whose machines carry notifications to the browsers that it makes, sealed.

    ``hosts`` are the names that the mall may write to, and no others; ``*.example.com`` is every name
    below that one. Nobody chooses the company but the person, with their browser.
    """

    company: Text
    hosts: tuple[str, ...]
    country: str = "US"


class Advertising(_Table, frozen=True):
    """How the mall advertises; a document without this table does not.

    ``night`` is the consent for 21:00 to 08:00. Periods are by the calendar (``P2Y``, ``P14D``).
    ``zone`` is the clock on the wall of those who receive; ``quiet_exempt`` are channels that wake
    nobody, so that the night does not stop them.
    """

    sender: Text
    opt_out_phone: str
    mark: Text
    reconfirm: str
    result: str
    channels: dict[Channel, ChannelEntry]
    night: str | None = None
    quiet_from: str = "21:00"
    quiet_until: str = "08:00"
    quiet_exempt: tuple[Channel, ...] = ()
    zone: str = "Asia/Seoul"


class Statistics(_Table, frozen=True):
    """In what form figures leave the mall (P4.14, P4.15): the least number of persons in a cell."""

    smallest_cell: int
    row_level: bool = False


class LegalDemands(_Table, frozen=True):
    """How a court's or police demand is met: on paper, by ``persons`` people, told afterwards.

    ``reach``: the items of each record that an officer may open to answer one, and no others.
    """

    text: Text
    persons: int
    reach: dict[RecordKind, tuple[Item, ...]] = {}


class Claim(_Table, frozen=True):
    """Something said about people and procedures, and the register that proves it."""

    promises: tuple[str, ...]
    register: Register


class European(_Table, frozen=True):
    """What the GDPR wants beside the rest: the authority to turn to, and who speaks for the mall.

    ``state`` is the member state whose age of consent counts.
    """

    state: str
    authority: Text
    authority_url: str
    representative: Text | None = None


class BoxEntry(_Table, frozen=True):
    """A box on a form. ``consents`` are what it asks; one box, one consent.

    ``ticked`` can be written so that the linter can refuse it: no box is ticked for a person.
    """

    name: str
    text: Text
    required: bool
    attests: Item | None = None
    consents: tuple[str, ...] = ()
    ticked: bool = False


class Part(_Table, frozen=True):
    """The items of one record on a form, and what their field names begin with."""

    record: RecordKind
    prefix: str = ""


class FormEntry(_Table, frozen=True):
    """A form: which records it fills, and its boxes."""

    parts: tuple[Part, ...]
    boxes: tuple[BoxEntry, ...] = ()


class Body(_Table, frozen=True):
    """A policy document whose tables have the right shape."""

    format: int
    version: str
    effective: datetime.date
    profile: Profile
    mall: Mall
    officers: Officers
    cookie: Cookie
    transport: Transport
    children: Children
    upkeep: Upkeep
    labels: tuple[Label, ...]
    remedies: tuple[str, ...]
    purposes: dict[Purpose, PurposeEntry]
    services: dict[Service, ServiceEntry]
    records: dict[RecordKind, Record]
    recipients: dict[str, Recipient]
    forms: dict[FormName, FormEntry]
    changes: Text | None = None
    storage: dict[Storage, StorageEntry] = {}
    questions: dict[str, QuestionEntry] = {}
    programmes: dict[str, Programme] = {}
    processors: dict[str, Processor] = {}
    consents: dict[str, ConsentEntry] = {}
    claims: dict[str, Claim] = {}
    advertising: Advertising | None = None
    push_services: dict[str, PushService] = {}
    statistics: Statistics | None = None
    legal_demands: LegalDemands | None = None
    desk: Desk | None = None
    safe_number: SafeNumber | None = None
    european: European | None = None
