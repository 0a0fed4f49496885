"""Receipts taken along: the fields of ISO/IEC TS 27560, the words that were read, no value of the person."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import people
from tests.cast.partners import CONSENT, sharing
from tests.cast.people import Member
from tests.journeys.test_publish import MALL, WIDER, following
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import consents, publish, receipts
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import NotFound
from yaksok.policy.vocabulary import Language
from yaksok.privacy.consent import ledger

pytestmark = pytest.mark.django_db

DOC = Path(__file__).parents[2] / "docs/receipts.md"
KOREAN = Language.KOREAN
HEADER = {"schema_version", "record_id", "receipt_id", "pii_principal_id"}
SECTIONS = {"pii_processing", "party_identification", "event"}


def read(member: Member, language: Language = KOREAN) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(receipts.every(member.actor, language))["receipts"]
    return found


def fields(content: object) -> set[str]:
    """Every key of a document, however deep."""
    if isinstance(content, dict):
        return set(content) | {key for value in content.values() for key in fields(value)}
    if isinstance(content, list):
        return {key for value in content for key in fields(value)}
    return set()


def test_it_has_the_sections_and_the_fields_that_the_page_about_them_lists() -> None:
    member = people.member().agrees("prefill")
    for one in read(member):
        assert set(one) == HEADER | SECTIONS
    documented = set(re.findall(r"^\| `(\w+)`", DOC.read_text("utf-8"), re.MULTILINE))
    assert fields(json.loads(receipts.every(member.actor, KOREAN))) == documented


def test_each_answer_is_told_apart() -> None:
    member = people.member()
    consents.give(member.actor, "prefill", language=KOREAN)
    consents.withdraw(member.actor, "prefill", language=KOREAN)
    consents.withdraw(member.actor, "ads_email", language=KOREAN)
    events = [one["event"][0] for one in read(member)]
    assert [(one["purpose"], one["event_type"]) for one in events[:3]] == [
        ("ads_email", "consent_refused"),
        ("prefill", "consent_withdrawn"),
        ("prefill", "consent_given"),
    ]
    assert [one["event_state"] for one in events[:3]] == ["inactive", "inactive", "active"]


def test_it_says_what_by_which_right_who_and_how_to_take_it_back() -> None:
    member = people.member().agrees("prefill")
    (purpose,) = read(member)[0]["pii_processing"]["purposes"]
    assert (purpose["purpose"], purpose["lawful_basis"]) == ("prefill", "consent")
    assert "이름과 전화번호" in purpose["purpose_description"]
    assert [one["pii_type"] for one in purpose["pii_information"]] == ["name", "phone"]
    assert all(one["pii_optional"] for one in purpose["pii_information"])
    assert purpose["withdrawal_method"].endswith("/my/consents")
    (party,) = read(member)[0]["party_identification"]
    assert (party["party_name"], party["party_role"]) == ("약속상점 주식회사", "PII controller")
    english = read(member, Language.ENGLISH)[0]["pii_processing"]["purposes"][0]
    assert "Keep my name" in english["purpose_description"]


def test_a_third_party_stands_in_it_by_name() -> None:
    with sharing():
        one = read(people.member().agrees(CONSENT))[0]
    assert one["pii_processing"]["purposes"][0]["recipient_third_parties"] == ["daon"]
    assert one["party_identification"][1]["party_name"].startswith("다온문구")


def test_the_sign_up_is_a_receipt_too_and_its_boxes_are_no_consent() -> None:
    first = read(people.member())[-1]
    bases = {one["purpose"]: one["lawful_basis"] for one in first["pii_processing"]["purposes"]}
    assert bases["terms"] == "contract"
    assert all(one["purpose_description"] for one in first["pii_processing"]["purposes"])


def test_the_words_are_those_of_the_version_that_was_read(standing_clock: FixedClock) -> None:
    first = publish.found(MALL)
    member = people.member().agrees("prefill")
    words = ("Keep my name and phone number, to fill in my order form", "Something else altogether")
    published = publish.publish(following(40, *WIDER, words), base=first, actor=MALL)
    yes = dict.fromkeys(published.points, True)
    consents.answer(member.actor, published.number, yes, language=KOREAN)
    standing_clock.move(timedelta(days=41))
    change, prefill, *_ = read(member, Language.ENGLISH)
    said = [one["purpose_description"] for one in prefill["pii_processing"]["purposes"]]
    assert said == [words[0]]
    assert {one["purpose"] for one in change["pii_processing"]["purposes"]} == set(published.points)
    assert all(one["purpose_description"] for one in change["pii_processing"]["purposes"])


def test_it_holds_no_value_of_the_person() -> None:
    member = people.member().agrees("prefill")
    written = receipts.every(member.actor, KOREAN)
    assert f"{member.subject}" in written
    for value in (*member.person.canaries(), member.person.phone):
        assert value not in written


def test_its_hash_is_the_one_in_the_ledger() -> None:
    member = people.member().agrees("prefill")
    with keeper():
        kept = ledger.receipts(member.subject)
    written = [one["pii_processing"]["privacy_notice_sha256"] for one in read(member)]
    assert written == [one.notice for one in kept]


def test_one_receipt_is_a_file_and_so_are_all() -> None:
    member = people.member().agrees("prefill")
    browser = browser_of(member)
    answer = browser.get("/my/receipts")
    assert answer.status_code == 200
    assert 'filename="yaksok-receipts.json"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    (newest, *_) = json.loads(answer.content)["receipts"]
    assert newest["record_id"] in browser.text("/my/consents")
    one = browser.get(f"/my/receipts/{newest['record_id']}")
    assert json.loads(one.content) == newest


def test_nobody_elses_receipt_is_found() -> None:
    member, other = people.member(), people.stranger()
    theirs = read(other)[0]["record_id"]
    browser = browser_of(member)
    assert browser.get(f"/my/receipts/{theirs}").status_code == 404
    assert browser.get(f"/my/receipts/{uuid4()}").status_code == 404
    assert Visitor().get("/my/receipts")["Location"].startswith("/log-in")
    with pytest.raises(NotFound):
        receipts.every(Actor.visitor(), KOREAN)
