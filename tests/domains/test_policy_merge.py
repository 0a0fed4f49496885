"""Two officers changed one document: each keeps what they did, table by table."""

import datetime

import pytest

from tests.cast.policies import source
from yaksok.policy.document import parse
from yaksok.policy.text_diff import lines
from yaksok.policy.toml_edits import changed
from yaksok.policy.toml_merge import merged

BASE = '# head\nversion = "1"\neffective = 2026-01-01\nlabels = ["a"]\n\n[a]\nx = 1\n\n[b]\ny = 1\n'


def test_what_each_side_changed_stays():
    mine, theirs = BASE.replace("x = 1", "x = 2"), BASE.replace("y = 1", "y = 2")
    both = merged(BASE, mine, theirs)
    assert both.source == BASE.replace("x = 1", "x = 2").replace("y = 1", "y = 2")
    assert both.clashes == ()


def test_where_both_changed_a_table_mine_stays_and_is_named():
    both = merged(BASE, BASE.replace("x = 1", "x = 2"), BASE.replace("x = 1", "x = 3"))
    assert "x = 2" in both.source
    assert both.clashes == ("a",)


def test_both_changed_it_alike_is_no_clash():
    both = merged(BASE, BASE.replace("x = 1", "x = 2"), BASE.replace("x = 1", "x = 2"))
    assert both.clashes == ()


@pytest.mark.parametrize("label", ["", '["b"]'])
def test_name_and_day_are_of_the_draft_whatever_else_they_changed(label):
    theirs = BASE.replace('"1"', '"2"').replace("2026-01", "2026-02")
    theirs = theirs.replace('["a"]', label or '["a"]')
    mine = BASE.replace('"1"', '"3"').replace("x = 1", "x = 2")
    both = merged(BASE, mine, theirs)
    assert both.clashes == ()
    assert 'version = "3"' in both.source
    assert "2026-01-01" in both.source
    assert "labels = " + (label or '["a"]') in both.source
    assert "x = 2" in both.source


def test_tables_that_came_and_went():
    theirs = BASE.replace("[b]\ny = 1\n", "[c]\nz = 1\n")
    mine = BASE.replace("[b]", "[m]\nw = 1\n\n[b]")
    both = merged(BASE, mine, theirs)
    assert both.clashes == ()
    assert "[m]" in both.source
    assert "[c]" in both.source
    assert "[b]" not in both.source
    gone = merged(BASE, mine.replace("y = 1", "y = 2"), theirs)
    assert gone.clashes == ("b",)
    assert "y = 2" in gone.source
    without = BASE.replace("[b]\ny = 1\n", "")
    assert merged(BASE, without, BASE).source == without
    assert merged(BASE, without, BASE.replace("y = 1", "y = 2")).clashes == ("b",)


def test_a_merged_document_is_read_again():
    theirs = changed(source(), {("version",): "2027-01-01", ("upkeep", "audit_every"): "P6M"})
    day = datetime.date(2027, 2, 2)
    mine = changed(source(), {("effective",): day, ("mall", "phone"): "02-000-0100"})
    both = merged(source(), mine, theirs)
    assert both.clashes == ()
    body = parse(both.source).body
    assert (body.effective, body.mall.phone) == (day, "02-000-0100")
    assert body.upkeep.audit_every == "P6M"


def test_the_same_text_has_no_lines():
    assert lines(source(), source()) == ()


def test_only_what_changed_is_shown_and_a_line_by_its_words():
    now = source().replace('encrypted = "all"', 'encrypted = "payment"')
    found = lines(source(), now)
    (one,) = [line for line in found if line.kind == "changed"]
    assert "".join(word.text for word in one.words if word.mark != "deleted").strip() == (
        'encrypted = "payment"'
    )
    assert len(found) < 10
    added = lines("a\n", "a\nb\n")
    assert [line.kind for line in added] == ["same", "added"]
    assert [line.kind for line in lines("a\nb\n", "a\n")] == ["same", "removed"]
