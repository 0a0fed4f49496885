"""Restock notice: a member waits, is written to once, and nobody's address is touched without a yes."""

import tracemalloc
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import people
from tests.cast.at_once import at_once
from tests.cast.policies import (
    changed,
    obeying,
    policy_of,
    published,
    source,
    versioned,
    without_table,
)
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import EN, KO, a_member, rows
from yaksok.database.roles import keeper
from yaksok.journeys import browse, leave, restock, tell
from yaksok.journeys.rounds import Told
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import SubjectId, new_id, new_subject_id
from yaksok.mall.waiting import book
from yaksok.policy.compile import Policy
from yaksok.policy.facts import BEYOND_SCOPE, USE
from yaksok.policy.vocabulary import Language

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

STOOL = "STOOL-O"
GRANT = '  { roles = ["system"], actions = ["open"], purposes = ["restock_notice"], items = ["email"] },\n'


def stocked(shelves: Shop, sku: str = STOOL, pieces: int = 3) -> None:
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_stock SET on_hand = %s WHERE variant_id = %s", [pieces, shelves[sku]]
        )


def waits(shelves: Shop, actor: Actor | None = None, *, language: Language = KO) -> Actor:
    actor = actor or a_member()
    restock.wait(actor, str(shelves[STOOL]), language=language)
    return actor


def noted() -> list[SubjectId]:
    found = rows("SELECT subject_id FROM post_letter WHERE template = 'restocked'")
    return [subject for (subject,) in found]


def waiting() -> list[SubjectId]:
    return [subject for (subject,) in rows("SELECT subject_id FROM waiting_wait")]


def says(actor: Actor, column: str, name: str) -> None:
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE consent_standing SET {column} = array_append({column}, %s)"
            " WHERE subject_id = %s",
            [name, actor.subject],
        )


def without_the_service() -> str:
    """The packaged document as it would be if it had never offered to tell anybody."""
    text = without_table("services.restock_notice")
    head, _, rest = text.partition("[purposes.restock_notice]\n")
    text = head + rest[rest.index("\n[") + 1 :]
    for before, after in ((GRANT, ""), (', "restock_notice"]', "]")):
        assert before in text
        text = text.replace(before, after, 1)
    return text


def later() -> Policy:
    """The packaged document, published after one that knew no restock notice."""
    return published(without_the_service(), versioned(source(), "2027-03-01"))[1]


POINT = "change:2027-03-01/purpose:restock_notice"


def test_who_waits_is_written_to_once(shelves: Shop, mail_sandbox: Sandbox) -> None:
    tell.send_due()  # what a test with threads may have left
    korean, english = waits(shelves), waits(shelves, language=EN)
    assert restock.tell() == Told(0, 0)
    stocked(shelves)
    assert restock.tell() == Told(2, 0)
    assert set(noted()) == {korean.subject, english.subject}
    assert waiting() == []
    assert restock.tell() == Told(0, 0)
    assert tell.send_due().sent == 2
    newest = mail_sandbox.call("GET", "/sandbox/letters")[1][:2]
    letters = {one["subject"]: one["text"] for one in newest}
    assert set(letters) == {"다시 들어왔어요: 참나무 스툴", "Back in stock: Oak stool"}
    assert "/product/oak-stool" in letters["다시 들어왔어요: 참나무 스툴"]
    assert "/en/product/oak-stool" in letters["Back in stock: Oak stool"]
    assert noted() == []


def test_the_address_is_opened_for_this_purpose_and_no_other(
    shelves: Shop, mail_sandbox: Sandbox
) -> None:
    waits(shelves)
    stocked(shelves)
    opened = "SELECT purpose FROM audit_entry WHERE event = 'vault:items:opened' AND id > %s"
    tell.send_due()  # what a test with threads may have left
    begun = new_id()
    restock.tell()
    assert rows(opened, [begun]) == []
    tell.send_due()
    assert rows(opened, [begun]) == [("restock_notice",)]


def test_only_what_is_sold_out_is_waited_for(shelves: Shop) -> None:
    member = a_member()
    restock.wait(member, str(shelves["TEA-G"]), language=KO)
    assert waiting() == []
    for strange in ("", "x", str(new_subject_id())):
        with pytest.raises(NotFound):
            restock.wait(member, strange, language=KO)
    with pytest.raises(NotFound):
        restock.wait(Actor.guest(new_subject_id()), str(shelves[STOOL]), language=KO)
    with pytest.raises(NotFound):
        restock.wait(Actor.member(new_subject_id()), str(shelves[STOOL]), language=KO)


def test_the_page_of_a_product_and_ones_own_page_show_it(shelves: Shop) -> None:
    member, product = a_member(), browse.product("oak-stool", EN)
    assert [(one.variant, one.waiting) for one in restock.sold_out(member, product)] == [
        (shelves[STOOL], False)
    ]
    waits(shelves, member)
    waits(shelves, member)
    assert [one.waiting for one in restock.sold_out(member, product)] == [True]
    (mine,) = restock.mine(member, EN)
    assert (mine.product_slug, mine.name, mine.variant) == (
        "oak-stool",
        "Oak stool",
        shelves[STOOL],
    )
    assert restock.stop(member, str(shelves[STOOL]), language=EN) == "oak-stool"
    assert restock.mine(member, EN) == ()
    assert restock.sold_out(Actor.visitor(), product) == ()
    assert restock.sold_out(member, browse.product("green-tea", EN)) == ()


@pytest.mark.parametrize(
    "document",
    [
        lambda: changed((GRANT, "")),
        lambda: without_table("services.restock_notice"),
        without_the_service,
    ],
)
def test_a_policy_that_does_not_offer_it_stops_everything(
    shelves: Shop, document: Callable[[], str]
) -> None:
    member = waits(shelves)
    stocked(shelves)
    with obeying(policy_of(document())):
        assert restock.tell() == Told(0, 0)
        assert restock.sold_out(member, browse.product("oak-stool", KO)) == ()
        assert restock.mine(member, KO) == ()
        for act in (restock.wait, restock.stop):
            with pytest.raises(NotFound):
                act(member, str(shelves[STOOL]), language=KO)
    assert noted() == []
    assert waiting() == [member.subject]


def test_a_later_purpose_reaches_only_who_agreed_to_it(shelves: Shop) -> None:
    yes, silent, no, beyond = (waits(shelves) for _ in range(4))
    says(yes, "consents", POINT)
    says(no, "refusals", POINT)
    says(beyond, "consents", POINT)
    says(beyond, "refusals", BEYOND_SCOPE)
    stocked(shelves)
    with obeying(later()):
        assert restock.tell() == Told(1, 3)
        assert noted() == [yes.subject]
        assert set(waiting()) == {silent.subject, no.subject, beyond.subject}
        product = browse.product("oak-stool", KO)
        stocked(shelves, pieces=0)
        assert restock.sold_out(silent, browse.product("oak-stool", KO)) == ()
        with pytest.raises(Refused) as refused:
            waits(shelves, silent)
        assert refused.value.promise == "P1.9"
        assert product.supply != "sold_out"


def test_who_agrees_later_is_told_later(shelves: Shop, standing_clock: clock.FixedClock) -> None:
    member = waits(shelves)
    stocked(shelves)
    with obeying(later()):
        assert restock.tell().passed_over == 1
        says(member, "consents", POINT)
        assert restock.tell() == Told(0, 0)
        standing_clock.move(restock.AGAIN)
        assert restock.tell() == Told(1, 0)


def test_who_is_passed_over_is_counted_and_not_named(shelves: Shop) -> None:
    for _ in range(3):
        waits(shelves)
    says(waits(shelves), "refusals", USE)
    stocked(shelves)
    with obeying(later()):
        restock.tell()
        restock.tell()
    entries = rows(
        "SELECT promise, subjects, trail, reason FROM audit_entry WHERE event = 'vault:access:refused'"
    )
    assert sorted(entries) == [("P1.10", 1, None, "sifted"), ("P1.9", 3, None, "sifted")]
    assert rows("SELECT 1 FROM audit_entry WHERE event = 'vault:items:opened'") == []


def test_nobody_whose_age_is_not_known_is_written_to(shelves: Shop) -> None:
    member = waits(shelves)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_standing SET age = 'unknown'")
    stocked(shelves)
    assert restock.tell() == Told(0, 1)
    assert waiting() == [member.subject]


def test_who_refuses_between_the_note_and_the_letter_gets_none(
    shelves: Shop, mail_sandbox: Sandbox
) -> None:
    member = waits(shelves)
    stocked(shelves)
    restock.tell()
    says(member, "refusals", USE)
    before = len(mail_sandbox.call("GET", "/sandbox/letters")[1])
    assert tell.send_due().sent == 0
    assert len(mail_sandbox.call("GET", "/sandbox/letters")[1]) == before


def test_leaving_ends_the_wait(shelves: Shop) -> None:
    member = people.member()
    waits(shelves, member.actor)
    leave.confirm(member.actor, member.person.password, language=KO)
    assert waiting() == []
    stocked(shelves)
    assert restock.tell() == Told(0, 0)


def test_two_workers_at_once_write_each_letter_once(shelves: Shop) -> None:
    everybody = [waits(shelves).subject for _ in range(30)]
    stocked(shelves)
    found = at_once([restock.tell, restock.tell])
    assert sum(one.noted for one in found) == 30
    assert len(noted()) == 30
    assert set(noted()) == set(everybody)


def test_a_round_that_is_cut_off_loses_and_doubles_nothing(
    shelves: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = waits(shelves)
    stocked(shelves)
    with monkeypatch.context() as cut, pytest.raises(RuntimeError):
        cut.setattr(book, "postpone", _cut_off)
        restock.tell()
    assert (noted(), waiting()) == ([], [member.subject])
    assert restock.tell() == Told(1, 0)


def _cut_off(*_: object) -> None:
    raise RuntimeError


def test_a_thousand_are_told_in_few_statements_and_little_memory(shelves: Shop) -> None:
    member = a_member()
    with keeper(), connection.cursor() as cursor:
        ids = [new_subject_id() for _ in range(1000)]
        for table, columns in {
            "vault_record": "record_id, kind, policy_version, destroy_after, sealed",
            "consent_standing": "age, consents, refusals",
        }.items():
            cursor.execute(
                f"INSERT INTO {table} (subject_id, {columns}) SELECT id, {columns} FROM {table},"
                " unnest(%s::uuid[]) AS id WHERE subject_id = %s",
                [ids, member.subject],
            )
        cursor.execute(
            "INSERT INTO waiting_wait (subject_id, variant_id, language, at, again_at)"
            " SELECT id, %s, 'ko', %s, %s FROM unnest(%s::uuid[]) AS id",
            [shelves[STOOL], clock.now(), clock.now(), ids],
        )
    stocked(shelves)
    tracemalloc.start()
    with CaptureQueriesContext(connection) as asked:
        assert restock.tell() == Told(1000, 0)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(noted()) == 1000
    assert len(asked) < 5 * 12 + 15
    assert most < 8_000_000
