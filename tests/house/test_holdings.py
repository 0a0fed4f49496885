"""Habit 3: whatever is held about a person says how it ends; a column that says nothing fails here."""

from dataclasses import replace

import pytest

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.kernel.holdings import GATE, ROWS, Holding, Keep, erased, kept
from yaksok.privacy.retention import holdings

pytestmark = pytest.mark.django_db


def test_every_column_of_every_table_is_declared() -> None:
    with keeper():
        assert holdings.undeclared() == {}


def test_a_new_column_and_a_new_table_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    as_before = [
        replace(one, columns={c: end for c, end in one.columns.items() if c != "verifier"})
        if isinstance(one, Holding) and one.table == "accounts_credential"
        else one
        for one in holdings.declared()
        if one.table != "staff_training"
    ]
    monkeypatch.setattr(holdings, "declared", lambda: as_before)
    with keeper():
        assert holdings.undeclared() == {
            "accounts_credential": {"verifier"},
            "staff_training": {"subject_id", "id", "policy", "completed_at"},
        }


def test_what_is_kept_says_why_and_until_when() -> None:
    ends = [
        (holding.table, column, end)
        for holding in holdings.about_persons()
        for column, end in holding.columns.items()
        if isinstance(end, Keep)
    ]
    assert ends
    for table, column, end in ends:
        said = [end.why(korean=True), end.how_long(korean=True)]
        assert all(any("가" <= sign <= "힣" for sign in words) for words in said), (table, column)
        said = [end.why(korean=False), end.how_long(korean=False)]
        assert all(words.isascii() and words for words in said), (table, column)


def test_rows_that_are_deleted_keep_nothing() -> None:
    with pytest.raises(ValueError, match="keep nothing"):
        Holding("t", "subject_id", "표", "table", kept("a", reason="why", until="when"))
    assert Holding("t", "subject_id", "표", "table", erased("a")).by == ROWS


def test_every_table_about_a_person_names_its_subject_among_its_columns() -> None:
    for holding in holdings.about_persons():
        assert holding.subject in holding.columns, holding.table
        assert holding.ko.strip(), holding.table
        assert holding.en.strip(), holding.table


def test_all_rows_that_end_with_the_person_are_deleted() -> None:
    member, stranger = people.member(), people.stranger()
    member.logs_in()
    stranger.logs_in()
    with keeper():
        before = {one.table for one, _ in holdings.rows_of(member.subject) if one.by == ROWS}
        assert {"accounts_credential", "accounts_session"} <= before
        deleted = holdings.erase_rows(member.subject)
        assert {table for table, count in deleted.items() if count} == before
        assert not [one for one, _ in holdings.rows_of(member.subject) if one.by == ROWS]
        assert [one for one, _ in holdings.rows_of(stranger.subject) if one.by == ROWS]


def test_the_vault_is_left_to_the_gate() -> None:
    tables = {one.table for one in holdings.about_persons() if one.by == GATE}
    assert {"vault_record", "vault_record_key", "vault_blind_index"} <= tables
