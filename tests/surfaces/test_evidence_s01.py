"""Section 1: each probe finds what is so, and notices the row that breaks its sentence."""

import itertools
from datetime import timedelta

import pytest

from tests.cast.people import member
from tests.cast.planting import OPENED, SEALED, Patch, Row, acted, named, nothing, notices, row, run
from yaksok.evidence import s01_purpose as s01
from yaksok.kernel import clock
from yaksok.kernel.ids import new_id
from yaksok.policy.decide import Permit
from yaksok.policy.forms import form

pytestmark = pytest.mark.django_db

POINT = "change:2027-01-01/purpose:order"
USE = ("system", "order_payer")


def asked(_: Patch) -> None:
    """A member was asked, and is silent."""
    who = member().subject
    opened = clock.now() + timedelta(minutes=1)
    row("consent_campaign", number=2, opened_at=opened, points=[POINT])
    row("consent_asked", subject_id=who, number=2, point=POINT)


def other_answers(patch: Patch) -> None:
    turns = itertools.count()
    patch.setattr(s01, "decide", lambda *_: Permit(f"P1.{next(turns)}"))


def wanted_back(_: Patch) -> None:
    row("rights_request", kind="withdraw", state="answered", answered_at=clock.now())


def taken_back(_: Patch) -> None:
    row("consent_channel", name="ads_email", stands=False, record_id=new_id())


TABLE: tuple[Row, ...] = (
    (
        s01.p1_01_orders_use_what_orders_need,
        acted(OPENED, *USE, "order", "name"),
        acted(OPENED, "system", "inquiry", "order", "body"),
    ),
    (
        s01.p1_02_payment_uses_the_payer_alone,
        acted(OPENED, *USE, "payment", "name"),
        acted(OPENED, "system", "order_recipient", "payment", "name"),
    ),
    (
        s01.p1_03_delivery_uses_the_recipient,
        acted(OPENED, "system", "order_recipient", "delivery", "address"),
        acted(OPENED, *USE, "delivery", "email"),
    ),
    (
        s01.p1_04_each_service_is_named,
        acted(OPENED, "system", "membership", "member_service", "email"),
        acted(OPENED, "system", "order_payer", "member_service", "email"),
    ),
    (
        s01.p1_05_only_declared_items_came_in,
        acted(SEALED, "visitor", "membership", "member_service", "login_id", "email"),
        acted(SEALED, "visitor", "membership", "member_service", "rrn"),
    ),
    (
        s01.p1_06_nothing_was_used_otherwise,
        acted(OPENED, *USE, "order", "name"),
        acted(OPENED, "auditor", "membership", "member_service", "email"),
    ),
    (s01.p1_07_the_same_for_everybody, nothing, other_answers),
    (s01.p1_08_every_member_was_asked, asked, lambda _: run("DELETE FROM consent_asked")),
    (
        s01.p1_09_silence_counts_as_no,
        asked,
        lambda _: run("UPDATE consent_standing SET consents = %s", [POINT]),
    ),
    (
        s01.p1_10_withdrawing_was_done_in_time,
        wanted_back,
        lambda _: run("UPDATE rights_request SET answered_at = NULL, due_at = %s", clock.now()),
    ),
    (
        s01.p1_11_what_needs_a_consent_is_not_asked_without_it,
        nothing,
        lambda patch: patch.setattr(s01, "for_person", lambda of, name, _: form(of, name)),
    ),
    (
        s01.p1_12_what_was_withdrawn_is_gone,
        taken_back,
        lambda _: run(
            "INSERT INTO vault_record (subject_id, record_id, kind, policy_version, sealed)"
            " SELECT subject_id, record_id, 'marketing_contact', 'x', 'x' FROM consent_channel"
        ),
    ),
)


@pytest.mark.parametrize("case", TABLE, ids=named)
def test_it_notices(case: Row, monkeypatch: Patch) -> None:
    notices(case, monkeypatch)


def test_a_service_without_a_name_is_noticed_by_its_traces(monkeypatch: Patch) -> None:
    acted(OPENED, "system", "membership", "member_service", "email")(monkeypatch)
    monkeypatch.setattr(s01, "TRACES", {"fortune_telling": "SELECT 1"})
    assert str(s01.p1_04_each_service_is_named().figure).startswith("어긋난 것 1건")
