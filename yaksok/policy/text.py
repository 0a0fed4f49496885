"""The page that people read, as values for a template. Rendered from the same objects that decide."""

from dataclasses import dataclass

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Officer, Recipient
from yaksok.policy.law.tables import remedy_bodies
from yaksok.policy.promises import SECTIONS, Promise, all_promises
from yaksok.policy.retention import RetentionRule
from yaksok.policy.vocabulary import Basis, Item, Language, RecordKind

_UNMET = {
    Language.KOREAN: "지금은 지키지 못하고 있습니다: ",
    Language.ENGLISH: "Not met at present: ",
}

_BASES = {
    Basis.CONSENT: {Language.KOREAN: "동의", Language.ENGLISH: "consent"},
    Basis.CONTRACT: {Language.KOREAN: "계약의 체결과 이행", Language.ENGLISH: "contract"},
    Basis.LEGAL_DUTY: {Language.KOREAN: "법률상 의무", Language.ENGLISH: "legal duty"},
}

_ITEMS = {
    Item.ADDRESS: {Language.KOREAN: "주소", Language.ENGLISH: "address"},
    Item.AGE_CLASS: {Language.KOREAN: "만 14세 이상 여부", Language.ENGLISH: "14 or older"},
    Item.EMAIL: {Language.KOREAN: "이메일", Language.ENGLISH: "e-mail"},
    Item.EXTRA: {Language.KOREAN: "상품별 추가 정보", Language.ENGLISH: "answers for a product"},
    Item.LOGIN_ID: {Language.KOREAN: "아이디", Language.ENGLISH: "ID"},
    Item.NAME: {Language.KOREAN: "이름", Language.ENGLISH: "name"},
    Item.PASSWORD: {Language.KOREAN: "비밀번호", Language.ENGLISH: "password"},
    Item.PHONE: {Language.KOREAN: "전화번호", Language.ENGLISH: "phone"},
    Item.POSTCODE: {Language.KOREAN: "우편번호", Language.ENGLISH: "postcode"},
    Item.TOTP_SECRET: {Language.KOREAN: "두 번째 확인 수단", Language.ENGLISH: "second factor"},
}


def item_name(item: Item, language: Language) -> str:
    """What ``item`` is called."""
    return _ITEMS[item][language]


def kind_name(policy: Policy, kind: RecordKind, language: Language) -> str:
    """What the document calls the record ``kind``."""
    record = policy.document.body.records.get(kind)
    return record.label.in_(language) if record else kind.value


@dataclass(frozen=True, slots=True)
class Sentence:
    """One promise as it is read. ``state`` is ``proved``, ``declared`` or ``unmet``."""

    id: str
    text: str
    state: str
    derived: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One of the eleven sections."""

    number: int
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a record: what, whether it must be given, why."""

    name: str
    required: bool
    reason: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What a law keeps after the record has gone."""

    items: tuple[str, ...]
    period: str
    law: str


@dataclass(frozen=True, slots=True)
class RecordTable:
    """What is collected under one heading, why, by what right, and until when."""

    kind: RecordKind
    name: str
    items: tuple[ItemRow, ...]
    purposes: tuple[str, ...]
    basis: str
    end: str
    kept: tuple[KeptRow, ...]


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A company that receives items, or works for the mall."""

    company: str
    purpose: str
    items: tuple[str, ...]
    keeps: str
    entrusted: bool


@dataclass(frozen=True, slots=True)
class OfficerCard:
    """A responsible person with the six details (P11.2, P11.3)."""

    position: str
    name: str
    email: str
    address: str
    phone: str
    fax: str


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """An office outside the mall."""

    name: str
    phone: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole policy page."""

    version: str
    sections: tuple[Section, ...]
    records: tuple[RecordTable, ...]
    recipients: tuple[RecipientRow, ...]
    cookie: tuple[str, str]
    officers: tuple[OfficerCard, ...]
    remedies: tuple[RemedyRow, ...]

    @property
    def entrusted(self) -> tuple[RecipientRow, ...]:
        """Those that work for the mall under contract (처리위탁)."""
        return tuple(row for row in self.recipients if row.entrusted)


def render(policy: Policy, language: Language) -> tuple[Section, ...]:
    """The eleven sections, each sentence with its honest state."""
    promises = all_promises(policy)
    return tuple(
        Section(
            number,
            module.TITLE[language.value],
            tuple(
                _sentence(promise, language) for promise in promises if promise.section == number
            ),
        )
        for number, module in enumerate(SECTIONS, start=1)
    )


def page(policy: Policy, language: Language) -> Page:
    """Everything that the policy page shows."""
    body = policy.document.body
    return Page(
        version=policy.version,
        sections=render(policy, language),
        records=tuple(_record(policy, kind, language) for kind in body.records),
        recipients=tuple(_recipient(row, language) for row in body.recipients.values()),
        cookie=(body.cookie.name, body.cookie.text.in_(language)),
        officers=(
            _officer(body.officers.manager, language),
            _officer(body.officers.handler, language),
        ),
        remedies=tuple(
            RemedyRow(body.name.in_(language), body.phone, body.url) for body in remedy_bodies()
        ),
    )


def _sentence(promise: Promise, language: Language) -> Sentence:
    text = promise.text[language]
    if promise.unmet:
        return Sentence(promise.id, _UNMET[language] + text, "unmet", promise.derived)
    return Sentence(promise.id, text, promise.state.value, promise.derived)


def _record(policy: Policy, kind: RecordKind, language: Language) -> RecordTable:
    body = policy.document.body
    record = body.records[kind]
    return RecordTable(
        kind=kind,
        name=record.label.in_(language),
        items=tuple(
            ItemRow(entry.label.in_(language), entry.required, entry.reason.in_(language))
            for entry in record.items.values()
        ),
        purposes=tuple(body.purposes[purpose].text.in_(language) for purpose in record.purposes),
        basis=_BASES[record.basis][language],
        end=record.end.reason.in_(language),
        kept=_kept(policy.retention[kind], language),
    )


def _kept(rule: RetentionRule, language: Language) -> tuple[KeptRow, ...]:
    return tuple(
        KeptRow(
            tuple(item_name(item, language) for item in sorted(copy.items)),
            copy.period.words().in_(language),
            copy.title.in_(language),
        )
        for copy in rule.statutory
    )


def _recipient(row: Recipient, language: Language) -> RecipientRow:
    return RecipientRow(
        company=row.company.in_(language),
        purpose=row.purpose.in_(language),
        items=tuple(item_name(item, language) for item in row.items),
        keeps=row.keeps.in_(language),
        entrusted=row.entrusted,
    )


def _officer(officer: Officer, language: Language) -> OfficerCard:
    return OfficerCard(
        position=officer.position.in_(language),
        name=officer.name.in_(language),
        email=officer.email,
        address=officer.address.in_(language),
        phone=officer.phone,
        fax=officer.fax,
    )
