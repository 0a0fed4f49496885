"""``yaksok explain``: what is held, of whom, for what, by whom it is opened, and how it dies."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import msgspec
import pytest
from django.db import connections

from tests.cast.policies import (
    GROWN_UP,
    PERSON,
    packaged_policy,
    permitted,
    policy_of,
    without_item,
)
from yaksok.cli import explain as command
from yaksok.cli import reach
from yaksok.cli.trouble import Trouble
from yaksok.database import prepare
from yaksok.database.layout import DataDirectory
from yaksok.database.roles import keeper
from yaksok.journeys.explain import carried, chosen, explain, held_by
from yaksok.journeys.explained import Explanation, ItemHeld, Use
from yaksok.kernel import clock
from yaksok.kernel.actor import Role
from yaksok.kernel.holdings import About, Nature
from yaksok.policy import in_force
from yaksok.policy.advertising import ADDRESS
from yaksok.policy.compile import compile_document
from yaksok.policy.entries import Grant
from yaksok.policy.lineage import FOUNDING, descend
from yaksok.policy.vocabulary import Action, FormName, Held, Item, Purpose, RecordKind
from yaksok.privacy.published import register

OPTIONAL = [
    (kind, item)
    for kind, record in packaged_policy().document.body.records.items()
    for item, entry in record.items.items()
    if not entry.required and kind is not RecordKind.STATUTORY
]


BY_ITEM = {item: channel for channel, item in ADDRESS.items()}


def explained() -> Explanation:
    return explain(packaged_policy())


def item_of(explanation: Explanation, kind: RecordKind, item: Item) -> ItemHeld:
    (found,) = (one for one in explanation.items if (one.kind, one.item) == (kind, item))
    return found


def names(explanation: Explanation) -> set[str]:
    return {f"{one.kind}.{one.item}" for one in explanation.items}


def test_every_item_of_the_document_is_there_once() -> None:
    records = packaged_policy().document.body.records
    said = [(one.kind, one.item) for one in explained().items]
    assert sorted(said) == sorted((kind, item) for kind in records for item in records[kind].items)


def test_an_item_that_left_the_document_is_not_explained_any_more() -> None:
    before = explained()
    after = explain(policy_of(without_item("order_payer", "phone")))
    assert names(before) - names(after) == {"order_payer.phone"}
    for table in after.tables:
        assert "order_payer.phone" not in carried(table), table.name
    assert "order_payer.phone" not in command.as_json(after)
    assert "payer_phone" in command.as_json(before)
    assert "payer_phone" not in command.as_json(after)


@pytest.mark.parametrize(("kind", "item"), OPTIONAL)
def test_every_optional_item_can_leave(kind: RecordKind, item: Item) -> None:
    text = without_item(kind, item)
    if item is Item.EXTRA:
        text = text.partition("[questions.")[0] + "[recipients." + text.partition("[recipients.")[2]
    channel = BY_ITEM.get(item) if kind is RecordKind.MARKETING_CONTACT else None
    if channel is not None:  # without an address there is no advertising by this way either
        text = text.replace(f'[advertising.channels.{channel}]\nconsent = "ads_{channel}"\n', "")
    after = explain(policy_of(text))
    assert names(explained()) - names(after) == {f"{kind}.{item}"}
    assert not [one for one in after.tables if f"{kind}.{item}" in carried(one)]


def test_who_may_do_what_is_what_the_policy_decides() -> None:
    policy = packaged_policy()
    decided = {
        (ask.actor.role, ask.action, ask.kind, ask.purpose, ask.recipient, item)
        for ask in permitted(policy, msgspec.structs.replace(GROWN_UP, guardian=PERSON))
        if ask.action is not Action.ERASE
        for item in ask.items
    }
    said = {
        (use.role, use.action, one.kind, use.purpose, use.recipient, one.item)
        for one in explain(policy).items
        for use in one.uses
        if use.action is not Action.ERASE and not use.consents
    }
    assert decided
    assert said == decided


def test_the_recipients_phone() -> None:
    phone = item_of(explained(), RecordKind.ORDER_RECIPIENT, Item.PHONE)
    assert phone.places == ("vault.vault_record.sealed",)
    assert {asked.form for asked in phone.asked} == {
        FormName.CHECKOUT_GUEST,
        FormName.CHECKOUT_MEMBER,
    }
    clerk = [use for use in phone.uses if use.role is Role.CLERK]
    courier = Use(
        role=Role.CLERK,
        action=Action.DISCLOSE,
        purpose=Purpose.DELIVERY,
        recipient="courier",
        own=False,
        ward=False,
        trained=True,
        consents=(),
        promise="P4.13",
    )
    assert clerk == [courier], "a clerk hands it to the courier and cannot look at it"
    assert "P4.13" in phone.promises
    assert phone.mask == "phone"
    assert not phone.findable
    assert phone.copies == ()


def test_what_a_law_keeps_names_the_law_and_the_period() -> None:
    name = item_of(explained(), RecordKind.ORDER_PAYER, Item.NAME)
    (copy,) = name.copies
    assert copy.law == "contract"
    assert copy.period == "P5Y"
    assert copy.words.en == "5 years"
    assert copy.title.ko


def test_a_password_is_a_verifier_that_nobody_opens() -> None:
    password = item_of(explained(), RecordKind.MEMBERSHIP, Item.PASSWORD)
    assert password.held is Held.VERIFIER
    assert password.places == ("mall.accounts_credential.verifier",)
    assert password.uses == ()
    assert "P2.9" in password.promises
    assert Purpose.STATUTORY_RECORD not in password.purposes
    assert item_of(explained(), RecordKind.STAFF_ACCOUNT, Item.PASSWORD).promises == ("P7.13",)


def test_what_can_be_found_is_what_the_blind_index_carries() -> None:
    explanation = explained()
    (index,) = (table for table in explanation.tables if table.name == "vault_blind_index")
    found = {f"{one.kind}.{one.item}" for one in explanation.items if one.findable}
    assert found == carried(index) >= {"membership.email", "membership.login_id"}
    (digest,) = (column for column in index.columns if column.name == "digest")
    assert digest.nature is Nature.VALUE
    assert (digest.kept, digest.until) == (None, None), "it dies with its epoch"


def test_how_a_record_ends() -> None:
    (payer,) = (one for one in explained().records if one.kind is RecordKind.ORDER_PAYER)
    assert (payer.end.event, payer.end.period, payer.end.words.en) == (
        "delivered",
        "P3M",
        "3 months",
    )
    assert payer.end.reason.ko
    assert payer.about == (About.GUEST, About.MEMBER)


def test_age_is_given_by_a_box() -> None:
    age = item_of(explained(), RecordKind.MEMBERSHIP, Item.AGE_CLASS)
    assert {(one.form, one.field, one.box) for one in age.asked} == {
        (FormName.COMING_OF_AGE, "age_attested", True),
        (FormName.SIGN_UP, "age_attested", True),
    }


def test_a_use_that_is_newer_than_consent_names_its_point() -> None:
    document = packaged_policy().document
    membership = document.body.records[RecordKind.MEMBERSHIP]
    grant = Grant((Role.SYSTEM,), (Action.OPEN,), (Purpose.PAYMENT,), (Item.EMAIL,))
    wider = msgspec.structs.replace(
        membership,
        purposes=(*membership.purposes, Purpose.PAYMENT),
        grants=(*membership.grants, grant),
    )
    body = msgspec.structs.replace(
        document.body,
        version="2027-02-01",
        records={**document.body.records, RecordKind.MEMBERSHIP: wider},
    )
    policy = compile_document(
        msgspec.structs.replace(document, body=body), descend(FOUNDING, document.body, body)
    )
    email = item_of(explain(policy), RecordKind.MEMBERSHIP, Item.EMAIL)
    (new,) = (use for use in email.uses if use.purpose is Purpose.PAYMENT)
    assert new.consents == ("change:2027-02-01/purpose:payment",)
    assert not [use for use in email.uses if use.consents and use is not new]


def test_what_a_member_is_shown_of_themself() -> None:
    everything = explained()
    member, guest = held_by(everything, Role.MEMBER), held_by(everything, Role.GUEST)
    assert {one.kind for one in everything.records} - {one.kind for one in member.records} == {
        RecordKind.GUARDIAN,
        RecordKind.LEGAL_DEMAND,
        RecordKind.STAFF_ACCOUNT,
    }
    assert RecordKind.MEMBERSHIP not in {one.kind for one in guest.records}
    assert "order_payer.password" in names(guest)
    assert "order_payer.password" not in names(member), "only a guest's order has a secret"
    assert "orders_order" in {table.name for table in member.tables}
    assert not [table for table in member.tables if About.MEMBER not in table.about]
    others = (Role.GUARDIAN, Role.STAFF)
    shown = names(member) | names(guest)
    shown |= {name for role in others for name in names(held_by(everything, role))}
    assert names(everything) - shown == {"legal_demand.document"}, "the paper of an office"


def test_nobodys_own_data_is_a_clerks_by_office() -> None:
    with pytest.raises(KeyError):
        held_by(explained(), Role.CLERK)


def test_one_table_one_kind_one_item() -> None:
    everything = explained()
    secret = chosen(everything, table="orders_secret")
    assert names(secret) == {"order_payer.password"}
    assert [table.name for table in secret.tables] == ["orders_secret"]
    payer = chosen(everything, kind=RecordKind.ORDER_PAYER)
    assert {table.name for table in payer.tables} == {"orders_secret", "vault_record"}
    email = chosen(everything, item=Item.EMAIL)
    assert names(email) == {
        "guardian.email",
        "inquiry.email",
        "marketing_contact.email",
        "membership.email",
        "order_payer.email",
        "statutory.email",
    }
    facts = chosen(everything, table="orders_order")
    assert facts.records == ()
    assert [table.name for table in facts.tables] == ["orders_order"]


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    plain = ("YAKSOK_TEST_RUN", "YAKSOK_DATA", "YAKSOK_KEYS", "DATABASE_URL")
    return subprocess.run(
        [sys.executable, "-m", "yaksok.cli.main", "explain", *words],
        env={name: value for name, value in os.environ.items() if name not in plain},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_says_it_as_json_without_a_database() -> None:
    done = run("--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["format"] == command.FORMAT
    assert said["hash"] == packaged_policy().hash
    assert said == json.loads(command.as_json(explained()))
    assert list(said) == [
        "format",
        "version",
        "effective",
        "profile",
        "hash",
        "tables",
        "records",
    ]


@pytest.mark.parametrize(("lang", "words"), [("ko", "봉인된 기록"), ("en", "nothing personal")])
def test_the_command_says_it_to_people(lang: str, words: str) -> None:
    text = command.as_text(explained(), lang)
    assert words in text
    for table in explained().tables:
        assert f"{table.schema}.{table.name}" in text
    for record in explained().records:
        assert f" {record.kind}: " in text


@pytest.mark.parametrize(
    ("option", "value"),
    [("table", "orders"), ("record", "orders"), ("item", "birthday")],
)
def test_a_word_that_is_not_there_has_its_cure(option: str, value: str) -> None:
    asked: dict[str, str | None] = {"table": None, "record": None, "item": None, option: value}
    with pytest.raises(Trouble, match=f"there is no .*{value}") as trouble:
        command.explained(None, **asked)
    assert trouble.value.cure.startswith("choose one of ")


def test_a_language_that_is_not_there_has_its_cure() -> None:
    with pytest.raises(Trouble, match="there is no language fr"):
        command.as_text(explained(), "fr")


def test_a_place_without_a_mall_is_said(tmp_path: Path) -> None:
    done = run("--data", str(tmp_path / "mall"))
    assert done.returncode == 1
    assert "no mall was opened" in done.stderr
    assert "cure: leave --data out" in done.stderr
    assert not (tmp_path / "mall").exists()


@pytest.mark.django_db
def test_of_a_mall_it_explains_the_policy_that_is_in_force_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = DataDirectory.from_environment()
    other = policy_of(without_item("order_payer", "phone"))
    with keeper():
        register.keep(
            other, number=1, adverse=False, effective_at=clock.now(), published_by=None, pages={}
        )
    monkeypatch.setattr(reach, "reached_database", lambda root: nullcontext(DataDirectory(root)))
    monkeypatch.setattr(prepare, "is_prepared", lambda _: True)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    try:
        found = command.explained(data.root, table=None, record=None, item=None)
    finally:
        in_force.configure_from(None)
    assert found.hash == other.hash
    assert "order_payer.phone" not in names(found)


def test_a_mall_of_another_version_is_not_guessed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    data = DataDirectory.from_environment()
    monkeypatch.setattr(reach, "reached_database", lambda root: nullcontext(DataDirectory(root)))
    monkeypatch.setattr(prepare, "is_prepared", lambda _: False)
    with pytest.raises(Trouble, match="not that of this version") as trouble:
        command.in_force_in(data.root)
    assert "yaksok migrate" in trouble.value.cure
