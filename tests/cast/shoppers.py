"""A guest and a member at the till, and what they type."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection

from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import check_out
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.mall.accounts import credentials
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

KO, EN = Language.KOREAN, Language.ENGLISH
SECRET = "회색 두루미 일곱"
GUEST = Actor.visitor()

ANSWERS = {
    "payer_name": "두루미",
    "payer_phone": "010-2345-6789",
    "payer_email": "durumi.payer@mail.example",
    "lookup_secret": SECRET,
    "recipient_name": "왜가리",
    "recipient_phone": "010-9876-5432",
    "recipient_postcode": "03045",
    "recipient_address": "서울특별시 종로구 사직로 161, 102동 304호",
    "age_attested": "on",
}


def answers(draft: check_out.Draft, **changed: str | None) -> dict[str, str]:
    """What a shopper posts for ``draft``; None leaves a field out."""
    given: dict[str, str | None] = {**ANSWERS, "notice": draft.notice.hash, **changed}
    known = {field.name for field in draft.form.fields}
    if "lookup_secret" not in known and "lookup_secret" not in changed:
        given["lookup_secret"] = None
    return {name: value for name, value in given.items() if value is not None}


def order(
    lines: Sequence[tuple[object, object]],
    *,
    actor: Actor = GUEST,
    language: Language = KO,
    attempt: UUID | None = None,
    also: Mapping[str, str | None] | None = None,
    **changed: str | None,
) -> check_out.Placed:
    """An order for ``lines``, placed and waiting for its payment; None leaves a field out."""
    draft = check_out.begin(lines, actor=actor, language=language)
    return check_out.place(
        attempt or draft.attempt,
        lines,
        answers(draft, **(changed | dict(also or {}))),
        actor=actor,
        language=language,
    )


def choose(sandbox: Sandbox, url: str | None, choice: str) -> dict[str, str]:
    """Press ``choice`` in the payment window; what the browser brings back to the mall."""
    assert url is not None
    status, _, headers = sandbox.call(
        "POST",
        urlsplit(url).path,
        f"choice={choice}",
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert status in {302, 303}, status
    asked = parse_qs(urlsplit(headers["location"]).query)
    return {name: values[0] for name, values in asked.items()}


def a_member() -> Actor:
    """A member with a name, a phone and an e-mail address of their own, whom no password proves."""
    subject = new_subject_id()
    with keeper():
        credentials.keep(subject, "no verifier")
        receipt = ledger.receive(
            subject,
            given={"terms": True, "prefill": True},
            notice="0" * 64,
            policy_version=policy().version,
            language=KO,
            age=AgeClass.ADULT,
        )
        gate.seal(
            subject,
            RecordKind.MEMBERSHIP,
            {
                Item.LOGIN_ID: f"crane_{subject.hex[:8]}",
                Item.EMAIL: f"{subject.hex[:8]}@mail.example",
                Item.AGE_CLASS: "14+",
                Item.NAME: "재두루미",
                Item.PHONE: "010-1111-2222",
            },
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
            receipt=receipt,
        )
    return Actor.member(SubjectId(subject))


def rows(statement: str, values: Any = None) -> list[tuple[Any, ...]]:
    """What the keeper reads."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def state_of(number: str) -> str:
    """Where the order ``number`` stands."""
    return str(rows("SELECT state FROM orders_order WHERE number = %s", [number])[0][0])


def payments_of(number: str) -> list[str]:
    """The states of an order's payments, oldest first."""
    found = rows(
        "SELECT p.state FROM payments_payment p JOIN orders_order o"
        " ON o.subject_id = p.subject_id AND o.id = p.order_id WHERE o.number = %s ORDER BY p.id",
        [number],
    )
    return [str(state) for (state,) in found]


def provider_says(sandbox: Sandbox, reference: str) -> str:
    """What the provider knows of ``reference``."""
    import base64

    secret = base64.b64encode(f"{settings.YAKSOK_PAYMENT_SECRET}:".encode()).decode()
    _, said, _ = sandbox.call(
        "GET", f"/v1/payments/orders/{reference}", authorization=f"Basic {secret}"
    )
    return str(said.get("status", said.get("code")))


def reference_of(number: str) -> str:
    """The newest reference by which the provider knows an order."""
    found = rows(
        "SELECT p.reference FROM payments_payment p JOIN orders_order o"
        " ON o.subject_id = p.subject_id AND o.id = p.order_id WHERE o.number = %s"
        " ORDER BY p.id DESC LIMIT 1",
        [number],
    )
    return str(found[0][0].hex)


def given(back: Mapping[str, str]) -> tuple[str, str, str]:
    """What :func:`yaksok.journeys.pay.returned` takes of what the browser brought."""
    return back["orderId"], back["paymentKey"], back["amount"]
