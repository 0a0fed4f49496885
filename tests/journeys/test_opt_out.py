"""One click in a letter stops it: without a log-in, free of charge, and harmless in any hand."""

import re
import secrets
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast.sandboxes import Sandbox
from tests.cast.subscribers import (
    EMAIL,
    NIGHT,
    SMS,
    advertised,
    link_in,
    posted,
    received,
    sends,
    wants,
)
from yaksok.database.roles import keeper
from yaksok.journeys import leave, opt_out
from yaksok.policy.vocabulary import Language, RecordKind
from yaksok.privacy.consent import channels, ledger
from yaksok.privacy.post import wire
from yaksok.privacy.vault import gate

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("standing_clock"),
]
KO = Language.KOREAN


def token_to(member, name: str = EMAIL) -> str:
    with keeper():
        found = channels.token_for(member.subject, name)
    assert found
    return found


def consents(member) -> frozenset[str]:
    with keeper():
        return ledger.standing(member.subject).consents


def contacts(member) -> list[RecordKind]:
    with keeper():
        held = gate.holdings(member.subject)
    return [one.kind for one in held if one.kind is RecordKind.MARKETING_CONTACT]


def test_looking_changes_nothing_and_one_click_stops_it() -> None:
    member, visitor = wants(EMAIL), Client()
    path = f"/ads/stop?token={token_to(member)}"
    page = visitor.get(path)
    text = page.content.decode()
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert len(re.findall(r"<button[^>]*>그만 받기", text)) == 1
    assert not [value for value in member.person.canaries() if value in text]
    assert EMAIL in consents(member)
    done = visitor.post("/ads/stop", {"token": token_to(member)})
    assert done.status_code == 200
    assert "광고를 그만 보내요" in done.content.decode()
    assert not done.cookies
    assert EMAIL not in consents(member)
    assert contacts(member) == []


def test_it_works_in_english_too() -> None:
    member = wants(EMAIL)
    text = Client().get(f"/en/ads/stop?token={token_to(member)}").content.decode()
    assert "Stop it" in text
    assert "no log-in" in text.lower()


def test_the_machine_of_a_mail_provider_presses_it(mail_sandbox: Sandbox) -> None:
    member = wants(EMAIL)
    posted()
    raw: list[bytes] = []
    real = wire._message

    def kept(*said: Any) -> EmailMessage:
        made = real(*said)
        raw.append(bytes(made))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "_message", kept)
        sends()
        posted()
    (letter,) = [message_from_bytes(one, policy=default) for one in raw]
    assert letter["Subject"] == "(광고) 가을 그릇"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(letter["List-Unsubscribe"]).strip("<>")
    assert link.startswith("http")
    assert link_in(received(mail_sandbox, member)[0]["text"]) == link_in(link)
    answer = Client().post(
        link[link.index("/ads/stop") :],
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert EMAIL not in consents(member)
    sends()
    assert advertised() == []


def test_pressed_twice_or_by_somebody_else_it_does_no_more_harm() -> None:
    member, other = wants(EMAIL, SMS, NIGHT), wants(EMAIL)
    token = token_to(member)
    for _ in range(2):
        found = opt_out.stop(token, language=KO)
        assert found is not None
        assert not found.stands
    assert consents(member) >= {SMS, NIGHT}
    assert EMAIL in consents(other)
    assert len(contacts(member)) == 1
    with keeper():
        told = [one for one in ledger.receipts(member.subject) if EMAIL in one.withheld]
    assert [one.channel for one in told] == [opt_out.LINK, "web"]  # and the box left at sign-up


@pytest.mark.parametrize("token", ["", "x", "한글", "A" * 43, "../../" * 8, "A" * 4_000])
def test_a_guess_stops_nobody(token: str) -> None:
    member = wants(EMAIL)
    assert opt_out.stop(token, language=KO) is None
    assert Client().get("/ads/stop", {"token": token}).status_code in {400, 404}
    assert Client().post("/ads/stop", {"token": token}).status_code == 404
    assert EMAIL in consents(member)


def test_an_undeclared_field_is_refused() -> None:
    assert Client().post("/ads/stop", {"token": "x", "email": "a@b.example"}).status_code == 400


def test_the_link_is_nowhere_in_the_database() -> None:
    member = wants(EMAIL)
    token = token_to(member)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT key, digest FROM consent_channel")
        ((key, digest),) = cursor.fetchall()
        assert token not in f"{key}{bytes(digest).hex()}"
    with keeper():
        assert channels.whose(secrets.token_urlsafe(32)) is None
        assert channels.whose(token) == (member.subject, EMAIL)


def test_the_address_can_be_read_nowhere_any_more() -> None:
    member = wants(EMAIL)
    opt_out.stop(token_to(member), language=KO)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_record WHERE kind = 'marketing_contact'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT reason FROM vault_erasure WHERE kind = 'marketing_contact'")
        assert cursor.fetchall() == [("withdrawn",)]


def test_after_leaving_the_link_leads_nowhere() -> None:
    member = wants(EMAIL)
    token = token_to(member)
    leave.confirm(member.actor, member.person.password, language=KO)
    assert opt_out.stop(token, language=KO) is None
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM consent_channel")
        assert cursor.fetchone() == (0,)


def test_the_trail_tells_of_it_without_a_value() -> None:
    member = wants(EMAIL)
    opt_out.stop(token_to(member), language=KO)
    with keeper():
        trail = gate.history(member.subject, actor=member.actor)
    acts = [(one.event, one.promise) for one in trail[:4]]
    assert ("consent:answer:given", "P1.10") in acts
    assert any(event == "vault:record:erased" for event, _ in acts)
