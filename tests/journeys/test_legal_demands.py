"""A demand by court or police: a document, a statute, two officers, exactly its items, once."""

import json
import subprocess
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.partners import KO
from tests.cast.people import Colleague, Member
from tests.cast.policies import obeying, policy_of, without_table
from tests.cast.trades import order_of
from yaksok.database.roles import keeper
from yaksok.journeys import legal_demands, my_page
from yaksok.journeys.legal_demands import Asked
from yaksok.kernel import clock
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.disclosure.demands import Name, State
from yaksok.privacy.post.letters import Template
from yaksok.privacy.post.models import Letter
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

PASSWORD = "a word agreed by telephone"


def asked(
    who: str,
    *items: Item,
    kind: RecordKind = RecordKind.MEMBERSHIP,
    said: Mapping[str, str] | None = None,
) -> Asked:
    paper = {
        "document": "서울중앙지방법원 2026-12345",
        "office": "court",
        "statute": "형사소송법 제215조",
        "tell_on": "",
        **(said or {}),
    }
    return Asked(
        who=who,
        kind=kind,
        items=frozenset(items),
        document=paper["document"],
        office=paper["office"],
        statute=paper["statute"],
        tell_on=paper["tell_on"],
    )


def registered(member: Member, officer: Colleague, **said: str) -> Name:
    wanted = asked(member.person.login_id, Item.EMAIL, said=said)
    return legal_demands.register(officer.actor, wanted, language=KO)


def approved(member: Member, **other: str) -> tuple[Name, Colleague]:
    first, second = people.officer(), people.officer()
    name = registered(member, first, **other)
    assert legal_demands.approve(second.actor, *name) is State.APPROVED
    return name, second


def opened(sealed: bytes, path, password: str = PASSWORD) -> dict[str, object]:
    """What the office reads, with the program that every office has."""
    (path / "sealed").write_bytes(sealed)
    done = subprocess.run(
        [
            "openssl",
            "enc",
            "-d",
            "-aes-256-cbc",
            "-pbkdf2",
            "-iter",
            "600000",
            "-in",
            str(path / "sealed"),
            "-pass",
            f"pass:{password}",
        ],
        capture_output=True,
        check=True,
    )
    read: dict[str, object] = json.loads(done.stdout)
    return read


def test_exactly_the_named_items_go_out_in_a_file_that_its_password_opens(tmp_path) -> None:
    member = people.member()
    name, officer = approved(member)
    sealed = legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)
    assert member.person.email.encode() not in sealed
    shown = legal_demands.detail(officer.actor, *name).line.fingerprint
    (tmp_path / "sent").write_bytes(sealed)
    told = subprocess.run(
        ["sha256sum", str(tmp_path / "sent")], capture_output=True, check=True, text=True
    )
    assert told.stdout.split()[0] == shown
    content = opened(sealed, tmp_path)
    assert content["items"] == {"email": member.person.email}
    assert content["document"] == "서울중앙지방법원 2026-12345"
    with pytest.raises(subprocess.CalledProcessError):
        opened(sealed, tmp_path, "another password")


def test_it_goes_out_once() -> None:
    name, officer = approved(people.member())
    legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)
    with pytest.raises(NotFound):
        legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)


def test_one_person_is_not_enough() -> None:
    officer, member = people.officer(), people.member()
    name = registered(member, officer)
    with pytest.raises(Refused) as refused:
        legal_demands.approve(officer.actor, *name)
    assert refused.value.promise == "P4.10"
    with pytest.raises(NotFound):
        legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)


def test_nobody_but_a_trained_officer_has_a_hand_in_it() -> None:
    member = people.member()
    name, _ = approved(member)
    for other in people.everybody_but_the_person():
        if other.role.value == "officer":
            continue
        with pytest.raises(Refused):
            legal_demands.meet(other, *name, PASSWORD, language=KO)
        with pytest.raises(Refused):
            legal_demands.detail(other, *name)
        with pytest.raises(Refused):
            legal_demands.register(other, asked(member.person.login_id, Item.EMAIL), language=KO)


def test_an_auditor_sees_that_it_came_and_not_what_it_says() -> None:
    approved(people.member())
    (line,) = legal_demands.every(people.auditor().actor)
    assert "2026-12345" not in repr(line)
    with pytest.raises(Refused):
        legal_demands.every(people.clerk().actor)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"document": " "}, "document"),
        ({"document": "900101-1234567"}, "document"),
        ({"statute": ""}, "statute"),
        ({"office": "neighbour"}, "office"),
        ({"tell_on": "tomorrow"}, "tell_on"),
    ],
)
def test_what_is_missing_is_said(wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as invalid:
        registered(people.member(), people.officer(), **wrong)
    assert field in invalid.value.problems


def test_nobody_is_browsed_for() -> None:
    with pytest.raises(Invalid) as invalid:
        legal_demands.register(
            people.officer().actor, asked("nobody_here", Item.EMAIL), language=KO
        )
    assert set(invalid.value.problems) == {"who"}


def test_an_item_that_no_demand_reaches_stays() -> None:
    member, officer = people.member(), people.officer()
    for item in (Item.AGE_CLASS, Item.PASSWORD):
        with pytest.raises(Refused) as refused:
            legal_demands.register(officer.actor, asked(member.person.login_id, item), language=KO)
        assert refused.value.promise == "P4.10"


def test_a_document_without_legal_demands_meets_none() -> None:
    text = without_table("legal_demands")
    head, _, rest = text.partition("[legal_demands.reach]\n")
    text = head + rest[rest.index("\n[") + 1 :]
    with obeying(policy_of(text)), pytest.raises(Refused):
        registered(people.member(), people.officer())


def test_the_recipient_of_an_order_is_found_by_its_number(tmp_path) -> None:
    member = people.member()
    order = order_of(member, OrderState.SHIPPED)
    wanted = asked(
        order.number,
        Item.NAME,
        Item.ADDRESS,
        kind=RecordKind.ORDER_RECIPIENT,
        said={"office": "police"},
    )
    name = legal_demands.register(people.officer().actor, wanted, language=KO)
    second = people.officer().actor
    legal_demands.approve(second, *name)
    content = opened(legal_demands.meet(second, *name, PASSWORD, language=KO), tmp_path)
    items = content["items"]
    assert isinstance(items, dict)
    assert set(items) == {"name", "address"}


def test_the_person_is_told_when_the_law_allows_and_not_before() -> None:
    member = people.member()
    today = clock.now().astimezone(SEOUL).date()
    name, officer = approved(member, tell_on=str(today + timedelta(days=30)))
    legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)
    assert legal_demands.tell_due() == 0
    assert not [e for e in my_page.trail(member.actor) if e.purpose == "legal_demand"]
    legal_demands.tell_from(officer.actor, *name, str(today), language=KO)
    assert legal_demands.tell_due() == 1
    assert legal_demands.tell_due() == 0
    with keeper():
        letter = Letter.objects.get(subject_id=member.subject, template=Template.LEGAL_DEMAND_TOLD)
    assert letter.context["items"] == "이메일"
    assert member.person.email not in json.dumps(letter.context)
    shown = [e for e in my_page.trail(member.actor) if e.purpose == "legal_demand"]
    assert {e.event for e in shown} == {"vault:items:opened"}


def test_nobody_puts_the_telling_off_unseen() -> None:
    member = people.member()
    today = clock.now().astimezone(SEOUL).date()
    name, officer = approved(member, tell_on=str(today))
    legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)
    later = str(today + timedelta(days=400))
    legal_demands.tell_from(officer.actor, *name, later, language=KO)
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_id, reason FROM audit_entry WHERE event = 'disclosure:demand:dated'"
        )
        assert cursor.fetchall() == [(officer.subject, later)]
    legal_demands.tell_from(officer.actor, *name, str(today), language=KO)
    assert legal_demands.tell_due() == 1
    with pytest.raises(NotFound):
        legal_demands.tell_from(officer.actor, *name, later, language=KO)


def test_while_the_law_forbids_it_nothing_is_told() -> None:
    member = people.member()
    name, officer = approved(member)
    legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)
    assert legal_demands.tell_due() == 0


def test_who_was_erased_meanwhile_cannot_be_given_out() -> None:
    from yaksok.journeys import leave
    from yaksok.kernel.errors import Shredded

    member = people.member()
    name, officer = approved(member)
    leave.confirm(member.actor, member.person.password, language=KO)
    with pytest.raises((Shredded, NotFound)):
        legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)


def test_a_short_password_is_not_taken_and_nothing_is_opened() -> None:
    member = people.member()
    name, officer = approved(member)
    with pytest.raises(Invalid):
        legal_demands.meet(officer.actor, *name, "short", language=KO)
    assert legal_demands.detail(officer.actor, *name).line.state is State.APPROVED


def test_what_was_declined_is_not_met_and_the_document_has_its_end() -> None:
    member = people.member()
    name, officer = approved(member)
    legal_demands.decline(officer.actor, *name)
    with pytest.raises(NotFound):
        legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)
    with keeper():
        (held,) = gate.holdings(name[0])
    assert held.destroy_after is not None


def test_no_plain_column_holds_the_document_or_anything_of_the_person() -> None:
    member = people.member()
    name, officer = approved(member)
    legal_demands.meet(officer.actor, *name, PASSWORD, language=KO)
    with keeper(), connection.cursor() as cursor:
        for table in ("disclosure_demand", "audit_entry", "disclosure_handover"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            plain = cursor.fetchone()[0]
            assert "2026-12345" not in plain
            assert member.person.email not in plain
            assert PASSWORD not in plain
