"""The guardian sees, corrects and ends everything, by a link that works once and without an account."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import children, people
from tests.cast.children import KO, family, secret
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import (
    check_out,
    consents,
    correct,
    guardian_order,
    guardian_portal,
    leave,
    log_in,
    my_page,
)
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Throttled
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians import asking, wards
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.privacy.guardians.models import Asking, Key
from yaksok.privacy.post.letters import Template
from yaksok.privacy.post.models import Token
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def values(records: tuple[my_page.HeldRecord, ...]) -> dict[tuple[RecordKind, Item], str]:
    return {(one.kind, i.item): i.value for one in records for i in one.items if i.given}


def test_everything_held_of_the_child_is_shown() -> None:
    home = family()
    seen = guardian_portal.view(home.opens(), KO)
    with keeper():
        held = {one.kind for one in gate.holdings(home.child)}
    assert {one.kind for one in seen.child} == held
    shown = values(seen.child)
    assert shown[RecordKind.MEMBERSHIP, Item.LOGIN_ID] == home.login_id
    assert shown[RecordKind.CHILDHOOD, Item.BIRTH_MONTH] == children.BORN
    own = values(seen.guardian)
    assert own[RecordKind.GUARDIAN, Item.NAME] == home.guardian.name
    assert own[RecordKind.GUARDIAN, Item.GUARDIAN_EVIDENCE].startswith("email_reply ")


def test_a_link_opens_once_and_a_pass_ends(standing_clock: FixedClock) -> None:
    home = family()
    guardian_portal.send_link(home.asked.number, address_key=people.mark())
    token = secret(Template.GUARDIAN_PORTAL)
    key = guardian_portal.enter(token)
    with pytest.raises(NotFound):
        guardian_portal.enter(token)
    standing_clock.move(timedelta(minutes=14))
    guardian_portal.view(key, KO)
    standing_clock.move(timedelta(minutes=1))
    with pytest.raises(NotFound):
        guardian_portal.view(key, KO)


def test_a_link_is_over_after_two_days(standing_clock: FixedClock) -> None:
    home = family()
    guardian_portal.send_link(home.asked.number, address_key=people.mark())
    standing_clock.move(timedelta(days=2))
    with pytest.raises(NotFound):
        guardian_portal.enter(secret(Template.GUARDIAN_PORTAL))


@pytest.mark.parametrize("key", ["", "x" * 43, "x" * 4000, "가"])
def test_a_guessed_pass_opens_nothing(key: str) -> None:
    family()
    for act in (
        lambda: guardian_portal.view(key, KO),
        lambda: guardian_portal.withdraw(key, language=KO),
        lambda: guardian_portal.correct(key, {}, language=KO),
        lambda: guardian_order.begin(key, language=KO),
        lambda: guardian_portal.enter(key),
    ):
        with pytest.raises(NotFound):
            act()


def test_links_are_not_sent_without_end() -> None:
    number = family().asked.number
    for _ in range(5):
        guardian_portal.send_link(number, address_key=people.mark())
    with pytest.raises(Throttled):
        guardian_portal.send_link(number, address_key=people.mark())


def test_a_guardian_sees_no_other_child() -> None:
    mine, other = family(), family()
    shown = values(guardian_portal.view(mine.opens(), KO).child)
    assert other.login_id not in shown.values()
    guardian_portal.withdraw(mine.opens(), language=KO)
    with keeper():
        assert gate.holdings(other.child)


def test_what_is_wrong_is_corrected() -> None:
    home, new = family(), people.mark()
    key = home.opens()
    posted = {
        "pass": key,
        "login_id": new,
        "birth_month": "2015-01",
        "guardian_phone": "010-2345-6789",
    }
    assert guardian_portal.correct(key, posted, language=KO) == 3
    held = guardian_portal.held_values(key)
    assert (held["login_id"], held["birth_month"]) == (new, "2015-01")
    assert held["guardian_phone"] == "010-2345-6789"
    assert (
        log_in.log_in(new, home.password, language=KO, address_key=people.mark()).subject
        == home.child
    )
    assert guardian_portal.correct(key, posted, language=KO) == 0


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"birth_month": "2001-01"}, "birth_month"),
        ({"birth_month": "2015-13"}, "birth_month"),
        ({"login_id": "Ä"}, "login_id"),
        ({"guardian_email": ""}, "guardian_email"),
        ({"guardian_name": ""}, "guardian_name"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(posted: dict[str, str], field: str) -> None:
    key = family().opens()
    before = guardian_portal.held_values(key)
    with pytest.raises(Invalid) as wrong:
        guardian_portal.correct(key, posted, language=KO)
    assert wrong.value.problems.keys() == {field}
    assert guardian_portal.held_values(key) == before


def test_an_id_of_somebody_else_is_not_taken() -> None:
    taken, key = people.member().person.login_id, family().opens()
    with pytest.raises(Invalid) as wrong:
        guardian_portal.correct(key, {"login_id": taken}, language=KO)
    assert wrong.value.problems.keys() == {"login_id"}


def test_withdrawing_destroys_all_of_both(mail_sandbox: Sandbox) -> None:
    home = family()
    guardian = home.asked.guardian
    done = guardian_portal.withdraw(home.opens(), language=KO)
    assert leave.verify(done.text)
    assert {one.kind for one in done.gone} == {
        RecordKind.CHILDHOOD,
        RecordKind.GUARDIAN,
        RecordKind.MEMBERSHIP,
    }
    with keeper():
        assert gate.holdings(home.child) == gate.holdings(guardian) == ()
        assert wards.of(home.child) is None
        assert asking.of(guardian) is None
        assert not Key.objects.filter(subject_id=guardian).exists()
        assert not Token.objects.filter(subject_id=guardian).exists()
        assert ledger.standing(home.child) == ledger.UNKNOWN
    with pytest.raises(Invalid):
        log_in.log_in(home.login_id, home.password, language=KO, address_key=people.mark())
    last = mail_sandbox.call("GET", "/sandbox/letters")[1][0]
    assert "지웠어요" in last["text"]


def test_a_guardian_withdraws_before_there_is_an_account() -> None:
    who = people.guardian()
    children.asks(who)
    children.agrees(who)
    with keeper():
        asked = Asking.objects.get()
    guardian_portal.send_link(asked.number, address_key=people.mark())
    done = guardian_portal.withdraw(
        guardian_portal.enter(secret(Template.GUARDIAN_PORTAL)), language=KO
    )
    assert [one.kind for one in done.gone] == [RecordKind.GUARDIAN]
    with keeper():
        assert gate.holdings(SubjectId(asked.subject_id)) == ()


def test_a_child_who_leaves_takes_the_guardian_along() -> None:
    home = family()
    guardian = home.asked.guardian
    leave.confirm(home.actor, home.password, language=KO)
    with keeper():
        assert gate.holdings(home.child) == gate.holdings(guardian) == ()
        assert asking.of(guardian) is None


def test_a_child_changes_nothing_alone() -> None:
    home = family()
    shown = my_page.view(home.actor, stepped_up=True, language=KO)
    assert {one.kind for one in shown.records} >= {RecordKind.MEMBERSHIP, RecordKind.CHILDHOOD}
    with pytest.raises(GuardianNeeded):
        consents.give(home.actor, "prefill", language=KO)
    with pytest.raises(Refused) as refused:
        correct.correct(
            home.actor,
            {"email": f"{people.mark()}@mail.example"},
            stepped_up=True,
            language=KO,
        )
    assert refused.value.promise == "P9.2"


def test_a_child_orders_nothing() -> None:
    home = family()
    with pytest.raises(GuardianNeeded):
        check_out.begin([], actor=home.actor, language=KO)
    with pytest.raises(GuardianNeeded):
        check_out.place(uuid4(), [], {}, actor=home.actor, language=KO)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM orders_order")
        assert cursor.fetchone() == (0,)
