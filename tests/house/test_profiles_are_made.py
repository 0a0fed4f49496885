"""The documents of the other two profiles are the packaged one, changed as their patches say."""

import tomllib

import pytest

from tools.profiles import MADE, PATCHES, made, patched, tables
from yaksok.policy.in_force import named, packaged
from yaksok.policy.vocabulary import Profile

BASE = """# A shop.

a = 1
b = "old"

[one]
x = 1

# Of two.

[two]
y = 1

[two.below]
z = [
  { p = 1 },
]

[[list.row]]
n = 1

[[list.row]]
n = 2
"""


@pytest.mark.parametrize("profile", MADE)
def test_they_are_up_to_date(profile):
    assert named(profile).read_text("utf-8") == made(profile), "make profiles"


@pytest.mark.parametrize("profile", MADE)
def test_what_a_patch_says_stands_in_the_document(profile):
    patch = tomllib.loads((PATCHES / f"{profile}.toml").read_text("utf-8"))
    document = tomllib.loads(named(profile).read_text("utf-8"))
    for name in set(patch) - {"gone", "instead"}:
        assert _within(patch[name], document[name]), name


def _within(said: object, whole: object) -> bool:
    if isinstance(said, dict) and isinstance(whole, dict):
        return all(key in whole and _within(value, whole[key]) for key, value in said.items())
    return said == whole


def test_there_is_a_document_for_every_profile():
    for profile in Profile:
        assert tomllib.loads(named(profile).read_text("utf-8"))["profile"] == profile


@pytest.mark.parametrize("text", [BASE, packaged().read_text("utf-8")])
def test_taking_a_document_apart_loses_nothing(text):
    parts = list(tables(text))
    assert "\n\n".join(part.above + part.text for part in parts) + "\n" == text
    assert parts[0].header == ""


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ("[one]\nw = 2", {"one": {"w": 2}}),
        ("[two]\nw = 2", {"two": {"w": 2, "below": {"z": [{"p": 1}]}}}),
        ("[two.more]\nw = 2", {"two": {"y": 1, "below": {"z": [{"p": 1}]}, "more": {"w": 2}}}),
        ("[three]\nw = 2", {"three": {"w": 2}}),
        ("[[list.row]]\nn = 9", {"list": {"row": [{"n": 9}]}}),
        ("[[instead]]\nof = '= 1'\nwrite = '= 3'", {"a": 3, "one": {"x": 3}}),
    ],
)
def test_a_table_of_the_patch_takes_the_place_of_the_other(patch, expected):
    result = tomllib.loads(patched(BASE, patch))
    before = tomllib.loads(BASE)
    assert {name: result[name] for name in expected} == expected
    if "instead" not in patch:
        assert {name: v for name, v in result.items() if name not in expected} == {
            name: v for name, v in before.items() if name not in expected
        }


def test_a_table_that_is_gone_takes_what_is_below_it_along():
    text = patched(BASE, '[gone]\ntables = ["two"]')
    assert set(tomllib.loads(text)) == {"a", "b", "one", "list"}
    assert "Of two" not in text


@pytest.mark.parametrize(
    "patch", ['[gone]\ntables = ["tw"]', "[[instead]]\nof = 'absent'\nwrite = ''"]
)
def test_a_patch_that_fits_no_longer_is_refused(patch):
    with pytest.raises(ValueError, match="the packaged document"):
        patched(BASE, patch)
