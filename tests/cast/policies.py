"""Policies under test, and every question that can be asked of them."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from uuid import UUID

import msgspec

from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import SubjectId
from yaksok.policy import in_force
from yaksok.policy.compile import Policy, compile_document
from yaksok.policy.decide import Facts, Permit, Request, decide
from yaksok.policy.document import Document, parse
from yaksok.policy.entries import Body, Text
from yaksok.policy.in_force import packaged
from yaksok.policy.lineage import FOUNDING, descend
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind

PERSON = SubjectId(UUID(int=1))
SOMEBODY_ELSE = SubjectId(UUID(int=2))
RECIPIENTS = (None, "courier", "payment_provider", "stranger")

GROWN_UP = Facts(AgeClass.ADULT, frozenset(), frozenset())
CHILD = Facts(AgeClass.CHILD, frozenset(), frozenset())
NOT_KNOWN = Facts(AgeClass.UNKNOWN, frozenset(), frozenset())

ADVERTISER = """
[recipients.advertiser]
company = { ko = "가나다광고 주식회사", en = "Ganada Advertising Inc." }
purpose = { ko = "신상품 안내", en = "news of goods" }
items = ["email"]
keeps = { ko = "동의를 철회할 때까지", en = "until consent is withdrawn" }
entrusted = false

[programmes.news]
recipient = "advertiser"
benefit = { ko = "새로 나온 상품을 먼저 알 수 있음", en = "word of new goods first" }
notice = "programme:news"
starts = 2026-12-01
ends = 2027-11-30
"""
"""A third party that may receive an e-mail address, if the person agreed."""

EMAIL_OF_RECIPIENT = """[records.order_recipient.items.email]
required = false
label = { ko = "이메일", en = "E-mail" }
reason = { ko = "시험", en = "test" }

"""
"""An item of the recipient that the courier does not need."""

ORDER_OF_A_GUEST = {
    "payer_name": "김하나",
    "payer_phone": "010-0000-0001",
    "payer_email": "guest@yaksok.example",
    "lookup_secret": "open sesame",
    "recipient_name": "이두리",
    "recipient_phone": "010-0000-0002",
    "recipient_postcode": "03000",
    "recipient_address": "서울 종로구 약속로 2",
    "age_attested": "on",
}
"""What a guest posts to the order form of the packaged policy."""


@cache
def source() -> str:
    """The text of the packaged document."""
    return packaged().read_text("utf-8")


def changed(*changes: tuple[str, str], more: str = "") -> str:
    """The packaged document with words replaced, each of which must be there, and ``more`` added."""
    text = source()
    for before, after in changes:
        assert before in text, f"the packaged document has no {before!r}"
        text = text.replace(before, after, 1)
    return text + more


def without_table(*headers: str) -> str:
    """The packaged document without the tables ``[header]``."""
    text = source()
    for header in headers:
        head, found, rest = text.partition(f"[{header}]\n")
        assert found, f"the packaged document has no table {header}"
        text = head + rest[rest.index("\n[") + 1 :]
    return text


WAYS = {"call_phone": "phone", "email": "email", "phone": "sms", "push_endpoint": "push"}
"""By which item an advertisement goes which way; without the item there is no such way."""


def without_item(kind: str, item: str) -> str:
    """The packaged document without an item: no record has it, no demand reaches it, nothing goes by it."""
    gone = [f"records.{kind}.items.{item}"]
    if kind == RecordKind.MARKETING_CONTACT:
        gone.append(f"advertising.channels.{WAYS[item]}")
    text = without_table(*gone)
    reach, found, rest = text.partition(f"\n{kind} = [")
    if not found:
        return text
    named, end, rest = rest.partition("]\n")
    kept = ", ".join(one for one in named.split(", ") if one != f'"{item}"')
    return reach + found + kept + end + rest


def policy_of(text: str) -> Policy:
    """The policy that the document ``text`` makes, as a mall's first."""
    return compile_document(parse(text))


def published(*texts: str) -> tuple[tuple[Body, ...], Policy]:
    """The documents ``texts``, published one after the other, and the policy that the last one makes."""
    documents = [parse(text) for text in texts]
    lineage = FOUNDING
    for before, after in itertools.pairwise(documents):
        lineage = descend(lineage, before.body, after.body)
    return tuple(document.body for document in documents), compile_document(documents[-1], lineage)


def packaged_policy() -> Policy:
    """The policy that comes with the mall."""
    return policy_of(source())


@contextmanager
def obeying(policy: Policy) -> Iterator[Policy]:
    """The mall obeys ``policy`` while the block lasts, as if it had been started with it."""
    before = in_force.policy()
    in_force.take(policy, in_force.number())
    try:
        yield policy
    finally:
        in_force.take(before, in_force.number())


ADVERTISER_GRANT = (
    '  { roles = ["system"], actions = ["disclose"], purposes = ["member_service"],'
    ' items = ["email"], recipient = "advertiser" },\n'
)
_FIRST_OF = {
    "membership": '  { roles = ["system", "visitor"], actions = ["find"]',
    "address_book": '  { roles = ["member"], actions = ["seal", "amend", "open"]',
    "order_recipient": '  { roles = ["system", "guest", "member"], actions = ["seal"],'
    ' purposes = ["order", "delivery"]',
}


def granting(kind: str, *grants: str) -> tuple[str, str]:
    """A change of the document: ``grants`` before the first one of the record ``kind``."""
    first = _FIRST_OF[kind]
    return first, "".join(grants) + first


def with_advertiser() -> Policy:
    """The packaged policy, and an advertiser who may be given members' e-mail addresses."""
    return policy_of(advertised())


def advertised() -> str:
    """The document of :func:`with_advertiser`."""
    return changed(granting("membership", ADVERTISER_GRANT), more=ADVERTISER)


CONSENTS = """
[consents.address_book]
text = { ko = "주소록에 두기", en = "keeping an address book" }
refusing = { ko = "주문할 때마다 적습니다.", en = "You type it with each order." }
purposes = ["order"]
"""
"""A consent for the address book. The packaged document has one to fill orders in beforehand."""

_GUARDED = """
  { roles = ["guardian"], actions = ["open"], purposes = ["order"], items = ["email", "name"], ward = true },
"""
_BOOK = '[records.address_book]\nlabel = { ko = "주소록", en = "address book" }\n'
_BOOK += 'purposes = ["order", "delivery", "rights"]\nbasis = '


def consented() -> str:
    """The packaged document, with guardians and an address book by consent."""
    return changed(
        granting("membership", _GUARDED),
        (f'{_BOOK}"contract"', f'{_BOOK}"consent"\nconsent = "address_book"'),
        more=CONSENTS,
    )


VERSION = 'version = "2026-11-24"'


def versioned(text: str, day: str) -> str:
    """``text`` as the version of ``day``."""
    assert VERSION in text
    return text.replace(VERSION, f'version = "{day}"', 1)


MEMBERS_ARE_FOR = 'purposes = ["member_service", "order", "rights", "restock_notice"]'


def wider() -> str:
    """A later version: a new purpose, items used more widely, and a company that is given them."""
    return versioned(
        changed(
            (MEMBERS_ARE_FOR, MEMBERS_ARE_FOR.replace('"order"', '"order", "complaint"')),
            granting(
                "membership",
                ADVERTISER_GRANT,
                '  { roles = ["system"], actions = ["open"], purposes = ["complaint"],'
                ' items = ["email", "phone"] },\n',
            ),
            granting(
                "address_book",
                '  { roles = ["clerk", "system"], actions = ["open"], purposes = ["order"],'
                ' items = ["name", "address"] },\n',
            ),
            more=ADVERTISER,
        ),
        "2027-03-01",
    )


def advertising() -> str:
    """The packaged document, and e-mail with word of new goods for every member."""
    return changed(
        (MEMBERS_ARE_FOR, MEMBERS_ARE_FOR.replace('"order"', '"order", "advertising"')),
        granting(
            "membership",
            '  { roles = ["system"], actions = ["open"], purposes = ["advertising"],'
            ' items = ["email"] },\n',
        ),
    )


def with_blank(officer: str, name: str) -> Document:
    """The packaged document with nothing said of one of an officer's six details."""
    document = parse(source())
    known = getattr(document.body.officers, officer)
    blank = Text(ko="", en="") if isinstance(getattr(known, name), Text) else "☎"
    changed = msgspec.structs.replace(known, **{name: blank})
    officers = msgspec.structs.replace(document.body.officers, **{officer: changed})
    body = msgspec.structs.replace(document.body, officers=officers)
    return msgspec.structs.replace(document, body=body)


def actors(*, trained: bool = True) -> Iterator[Actor]:
    """One actor of each role. Members and guests are ``PERSON``."""
    for role in Role:
        subject = None if role in {Role.SYSTEM, Role.VISITOR} else PERSON
        yield Actor(role, subject, trained=trained)


def questions(
    items: Iterable[frozenset[Item]] | None = None,
    subject: SubjectId = PERSON,
    actions: Iterable[Action] = tuple(Action),
) -> Iterator[Request]:
    """Every request: each role, action, kind, purpose and recipient, with each item alone."""
    wanted = list(items or [frozenset({item}) for item in Item])
    for actor, action, kind, purpose, recipient, some in itertools.product(
        actors(), tuple(actions), RecordKind, Purpose, RECIPIENTS, wanted
    ):
        yield Request(action, kind, some, purpose, actor, subject, recipient)


def permitted(
    policy: Policy,
    facts: Facts = GROWN_UP,
    subject: SubjectId = PERSON,
    actions: Iterable[Action] = tuple(Action),
) -> Iterator[Request]:
    """Every request for one item that ``policy`` permits."""
    for request in questions(subject=subject, actions=actions):
        if isinstance(decide(policy, request, facts), Permit):
            yield request


def uses(kind: RecordKind) -> list[Request]:
    """Every request about ``kind`` that the packaged policy permits, but to erase it."""
    return [
        request
        for request in permitted(packaged_policy())
        if request.kind is kind and request.action is not Action.ERASE
    ]


def promises_against(kind: RecordKind, purpose: Purpose) -> set[str]:
    """The promises by which nobody may use a name in ``kind`` for ``purpose``."""
    policy = packaged_policy()
    answers = [
        decide(policy, request, GROWN_UP)
        for request in questions([frozenset({Item.NAME})])
        if request.kind is kind and request.purpose is purpose
    ]
    assert answers
    assert not any(isinstance(answer, Permit) for answer in answers)
    return {answer.promise for answer in answers}
