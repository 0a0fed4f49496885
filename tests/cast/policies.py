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
from yaksok.policy.entries import Text
from yaksok.policy.in_force import packaged
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


def without_table(header: str) -> str:
    """The packaged document without the table ``[header]``."""
    head, found, rest = source().partition(f"[{header}]\n")
    assert found, f"the packaged document has no table {header}"
    return head + rest[rest.index("\n[") + 1 :]


def policy_of(text: str) -> Policy:
    """The policy that the document ``text`` makes."""
    return compile_document(parse(text))


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


def with_advertiser() -> Policy:
    """The packaged policy, and an advertiser who may be given members' e-mail addresses."""
    grant = (
        '  { roles = ["system"], actions = ["disclose"], purposes = ["member_service"],'
        ' items = ["email"], recipient = "advertiser" },\n'
    )
    first = '  { roles = ["system", "visitor"], actions = ["find"], purposes = ["member_service"]'
    return policy_of(changed((first, grant + first), more=ADVERTISER))


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
    items: Iterable[frozenset[Item]] | None = None, subject: SubjectId = PERSON
) -> Iterator[Request]:
    """Every request: each role, action, kind, purpose and recipient, with each item alone."""
    wanted = list(items or [frozenset({item}) for item in Item])
    for actor, action, kind, purpose, recipient, some in itertools.product(
        actors(), Action, RecordKind, Purpose, RECIPIENTS, wanted
    ):
        yield Request(action, kind, some, purpose, actor, subject, recipient)


def permitted(
    policy: Policy, facts: Facts = GROWN_UP, subject: SubjectId = PERSON
) -> Iterator[Request]:
    """Every request for one item that ``policy`` permits."""
    for request in questions(subject=subject):
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
