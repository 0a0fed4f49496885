"""What a person takes along is what ``yaksok explain`` says can be held: item for item, table for table."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import correct, explain, port
from yaksok.journeys.explain_records import name_of
from yaksok.journeys.explained import Explanation
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import RecordId
from yaksok.mall.orders.states import OrderState
from yaksok.policy import masks, never_opened
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Held, Item, Language, RecordKind
from yaksok.privacy.retention import holdings
from yaksok.privacy.vault import gate, sealing
from yaksok.privacy.vault.reading import content_of, newest

pytestmark = pytest.mark.django_db

KO = Language.KOREAN


def taken(actor: Actor, language: Language = KO) -> zipfile.ZipFile:
    copy = port.download(actor, stepped_up=True, language=language)
    return zipfile.ZipFile(io.BytesIO(copy.content))


def data_of(archive: zipfile.ZipFile) -> Any:
    return json.loads(archive.read("data.json"))


def lines_of(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def everything_of(role: Role) -> set[str]:
    """What ``yaksok explain`` says can be held about persons in this role."""
    return {name_of(one.kind, one.item) for one in held_by(role).items}


def held_by(role: Role) -> Explanation:
    return explain.held_by(explain.explain(policy()), role)


def plant(member: people.Member, monkeypatch: pytest.MonkeyPatch) -> Mapping[RecordId, RecordKind]:
    """One record of each kind that can be about a member, with every item that it can hold."""
    monkeypatch.setattr(sealing, "permitted", lambda *_: "P0.0")
    monkeypatch.setattr(sealing, "WITHOUT_RECEIPT", frozenset(RecordKind))
    there = {}
    with keeper():
        already = {one.kind for one in gate.holdings(member.subject)}
        for record in held_by(Role.MEMBER).records:
            if record.kind in already:
                continue
            values = {
                one.item: f"{people.mark()}-{record.kind}-{one.item}"
                for one in record.items
                if one.held is Held.SEALED
            }
            key = gate.seal(
                member.subject,
                record.kind,
                values,
                purpose=record.purposes[0],
                actor=member.actor,
            )
            there[key] = record.kind
    monkeypatch.undo()
    return there


def test_every_item_of_every_kind_of_record_is_in_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    member = people.member().agrees("prefill")
    correct.correct(member.actor, {"name": "김약속"}, stepped_up=True, language=KO)
    planted = plant(member, monkeypatch)
    data = data_of(taken(member.actor))
    assert set(data["could_be_held"]) == everything_of(Role.MEMBER)
    names = {
        name_of(RecordKind(record["kind"]), Item(item["item"]))
        for record in data["records"]
        for item in record["items"]
    }
    assert names == everything_of(Role.MEMBER), "nothing that explain names is missing, or extra"
    assert {record["kind"] for record in data["records"]} == {*planted.values(), "membership"}


def test_every_value_is_the_one_that_lies_in_the_vault(monkeypatch: pytest.MonkeyPatch) -> None:
    member = people.member()
    plant(member, monkeypatch)
    data = data_of(taken(member.actor))
    told = {
        (record["record"], item["item"]): item
        for record in data["records"]
        for item in record["items"]
    }
    compared = locked = 0
    with keeper():
        for held in gate.holdings(member.subject):
            row = newest(member.subject, held.kind, held.record)
            assert row
            for item, value in content_of(row.record).items.items():
                said = told[str(held.record), item]
                assert said["given"]
                if said["readable"]:
                    assert said["value"] == value
                    compared += 1
                elif Item(item) in never_opened.ITEMS:
                    assert said["value"] == masks.mask(Item(item), value)
                else:
                    assert said["value"] is None, "what nobody may open stays shut"
                    locked += 1
    assert compared >= 20
    readable = {
        (record.kind, one.item)
        for record in held_by(Role.MEMBER).records
        for one in record.items
        if any(u.role is Role.MEMBER and u.action == "open" and u.own for u in one.uses)
    }
    assert locked == sum(
        (record.kind, one.item) not in readable
        for record in held_by(Role.MEMBER).records
        for one in record.items
        if one.held is Held.SEALED and record.kind != "membership"
    )


def test_every_table_with_rows_of_the_person_is_in_the_file() -> None:
    member = people.member()
    member.logs_in()
    trades.order_of(member, OrderState.PAID)
    with keeper():
        rows = {one.table: count for one, count in holdings.rows_of(member.subject)}
    archive = taken(member.actor)
    data = data_of(archive)
    there = {one["table"].split(".")[1]: len(one["rows"]) for one in data["tables"]}
    assert rows.keys() <= there.keys()
    assert {name: there[name] for name in rows} == rows
    assert there["audit_entry"] >= 3, "the log leads to them by its own number"
    for name, count in there.items():
        assert len(lines_of(archive, f"tables/{name}.csv")) == count
    named = {one.name for one in held_by(Role.MEMBER).tables if one.ended_by != "gate"}
    without = {one.split(".")[1] for one in data["tables_without_rows"]}
    assert named == there.keys() | without


def test_nothing_of_anybody_else_is_in_the_file() -> None:
    member, other = people.member(), people.stranger()
    order = trades.order_of(member, OrderState.PAID)
    trades.order_of(other, OrderState.PAID)
    archive = taken(member.actor)
    whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert member.person.email in whole
    assert str(member.subject) in whole
    for value in (*other.person.canaries(), str(other.subject), str(order.recipient)):
        assert value not in whole
    assert member.person.password not in whole
    assert "argon2" not in whole


def test_the_csv_has_a_line_for_each_item_and_no_formula() -> None:
    member = people.member().agrees("prefill")
    correct.correct(
        member.actor, {"name": "=cmd()약속"}, stepped_up=True, language=Language.ENGLISH
    )
    archive = taken(member.actor, Language.ENGLISH)
    data, lines = data_of(archive), lines_of(archive, "records.csv")
    assert len(lines) == sum(len(record["items"]) for record in data["records"])
    by_item = {line["item"]: line["value"] for line in lines}
    assert by_item["name"] == "'=cmd()약속"
    assert by_item["email"] == member.person.email
    assert by_item["password"] == "(nobody can read it)"
    assert by_item["phone"] == "(never given)"


def test_a_guest_takes_along_what_was_held_of_them() -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.PAID)
    data = data_of(taken(Actor.guest(order.recipient)))
    (record,) = data["records"]
    assert record["kind"] == "order_recipient"
    assert all(item["given"] and item["readable"] for item in record["items"])
    assert set(data["could_be_held"]) == everything_of(Role.GUEST)


def test_without_the_password_nothing_is_handed_out() -> None:
    member = people.member()
    with pytest.raises(Refused, match=r"P8\.5"):
        port.download(member.actor, stepped_up=False, language=KO)


def test_nobody_else_takes_it_along() -> None:
    member = people.member()
    for actor in people.everybody_but_the_person():
        if actor.role in {Role.MEMBER, Role.GUEST}:
            data = data_of(taken(actor))
            assert member.person.email not in json.dumps(data)
            continue
        with pytest.raises(Refused, match=r"P8\.5"):
            port.download(actor, stepped_up=True, language=KO)
