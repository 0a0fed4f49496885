"""A document is edited table by table: cut and joined without loss, values set where they stand."""

import datetime
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast.policies import source
from yaksok.kernel.errors import Invalid
from yaksok.policy import table_fields, toml_edits
from yaksok.policy.toml_blocks import Block, at_line, join, replaced, split, within

LINES = st.sampled_from(
    [
        "",
        "# a word",
        "[a]",
        "[a.b] # c",
        "[[many]]",
        'key = "[x]"',
        "list = [",
        "[1],",
        "]",
        "text = '''",
        "'''",
        'open = """',
        '"""',
        "key = 'a'",
        "nonsense ]] [[",
    ]
)


def block(name: str) -> Block:
    return next(one for one in split(source()) if one.name == name)


def table(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


@given(st.lists(LINES), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_joined_again_it_is_the_same_text(lines, end, ends):
    text = end.join(lines) + (end if ends else "")
    blocks = split(text)
    assert join(blocks) == text
    assert [one.number for one in blocks] == list(range(len(blocks)))


def test_every_table_has_its_block():
    names = [one.name for one in split(source())]
    assert names[0] == ""
    assert "records.membership.items.email" in names
    assert names.count("forms.sign_up.boxes[0]") == 1
    assert "forms.sign_up.boxes[1]" in names
    assert len(set(names)) == len(names)


def test_a_comment_goes_with_the_table_below_it():
    assert "Below this age" in block("children").text
    assert "Below this age" not in block("transport").text
    assert "# Purposes." in block("purposes.order").text


@pytest.mark.parametrize(
    "text",
    [
        'a = """\n[no]\n"""\n[yes]\n',
        "a = [\n[1],\n]\n[yes]\n",
        "a = '''\n[no]\n'''\n[yes]\n",
        'a = "\\"["\n[yes]\n',
        "a = 1 # [\n[yes]\n",
    ],
)
def test_what_looks_like_a_header_inside_a_value_is_none(text):
    assert [one.name for one in split(text)] == ["", "yes"]
    assert set(table(text)) == {"a", "yes"}


def test_a_line_leads_to_its_block():
    lines = source().splitlines()
    line = lines.index("[records.membership.items.email]") + 1
    assert at_line(split(source()), line).name == "records.membership.items.email"
    assert at_line(split(source()), line + 2).name == "records.membership.items.email"
    assert at_line(split(source()), 0).name == ""


def test_a_block_is_written_anew_and_the_rest_stays():
    one = block("transport")
    text = replaced(source(), one.number, '[transport]\nencrypted = "payment"')
    assert text == source().replace('encrypted = "all"', 'encrypted = "payment"')
    without = table(replaced(source(), one.number, " \n"))
    assert "transport" not in without
    assert set(table(source())) - set(without) == {"transport"}


def test_one_value_is_set_and_nothing_else():
    text = toml_edits.changed(
        source(),
        {
            ("effective",): datetime.date(2027, 1, 2),
            ("records", "membership", "end", "period"): "P1D",
            ("forms", "sign_up", "boxes", 1, "required"): False,
            ("records", "membership", "items", "name", "consent"): None,
            ("changes",): {"ko": "가", "en": '"a"\nb'},
        },
    )
    before, after = table(source()), table(text)
    assert after.pop("changes") == {"ko": "가", "en": '"a"\nb'}
    before["effective"] = datetime.date(2027, 1, 2)
    before["records"]["membership"]["end"]["period"] = "P1D"
    before["forms"]["sign_up"]["boxes"][1]["required"] = False
    del before["records"]["membership"]["items"]["name"]["consent"]
    assert after == before
    lines = text.splitlines()
    assert sum(line not in lines for line in source().splitlines()) == 2, "the date, and the end"


def test_a_broken_table_is_not_set():
    with pytest.raises(toml_edits.NotEditable):
        toml_edits.changed("[mall]\nname = ", {("mall", "phone"): "1"})


def form_of(one: Block) -> tuple[dict[str, str], dict[str, list[str]]]:
    shown = table_fields.fields(one)
    return {f.name: f.value for f in shown}, {f.name: list(f.values) for f in shown}


@pytest.mark.parametrize("name", [one.name for one in split(source())])
def test_a_form_sent_as_it_was_shown_changes_nothing(name):
    one = block(name)
    only_parts = name.startswith("forms.") and "boxes" not in name
    assert bool(table_fields.fields(one)) is not only_parts
    assert table_fields.written(one, *form_of(one)) == one.text


def test_a_form_changes_what_was_changed_in_it():
    one = block("records.membership")
    posted, every = form_of(one)
    posted["t.end.period"] = "P1M"
    posted["t.label.en"] = "members"
    every["t.purposes"] = [*every["t.purposes"], "delivery", "no such purpose"]
    now = table(table_fields.written(one, posted, every))["records"]["membership"]
    was = table(one.text)["records"]["membership"]
    assert now["end"]["period"] == "P1M"
    assert now["label"]["en"] == "members"
    assert now["purposes"] == [*was["purposes"], "delivery"]
    assert now["grants"] == was["grants"]


def test_an_unticked_box_is_no_and_a_blank_key_that_may_be_absent_goes():
    one = block("records.membership.items.name")
    posted, every = form_of(one)
    posted |= {"t.required": "yes", "t.consent": ""}
    every["t.asked_on"] = ["sign_up"]
    now = table(table_fields.written(one, posted, every))
    item = now["records"]["membership"]["items"]["name"]
    assert item["required"] is True
    assert item["asked_on"] == ["sign_up"]
    assert "consent" not in item


def test_a_date_that_is_none_is_told_by_its_field():
    one = block("")
    posted, every = form_of(one)
    with pytest.raises(Invalid) as wrong:
        table_fields.written(one, posted | {"t.effective": "tomorrow"}, every)
    assert set(wrong.value.problems) == {"t.effective"}


def test_every_name_of_every_form_is_known():
    once, often = table_fields.names()
    for one in split(source()):
        for field in table_fields.fields(one):
            assert field.name in (often if field.kind == "some" else once)
    assert not once & often
    assert within(split(source()), ("records", "membership", "end", "period")) is not None
