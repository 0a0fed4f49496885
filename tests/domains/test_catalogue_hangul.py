"""Korean as it is typed into a search box."""

import unicodedata

import pytest

from yaksok.mall.catalogue import hangul


def test_it_composes_and_drops_signs() -> None:
    assert hangul.normal(unicodedata.normalize("NFD", "  백자%_ 찻잔😀 ")) == "백자 찻잔"
    assert hangul.normal("ＴＥＡ／Cup") == "tea cup"
    assert hangul.normal("\x00\\'\ud800") == ""


@pytest.mark.parametrize(
    ("typed", "written", "fits"),
    [
        ("찻", "찻잔", True),
        ("차", "창", False),
        ("찻ㅈ", "찻잔", True),
        ("잔", "찻잔", True),
        ("ㅏ", "찻잔", True),
        ("자찻", "백자 찻잔", False),
    ],
)
def test_it_fits_at_the_borders_of_syllables(typed: str, written: str, *, fits: bool) -> None:
    assert (hangul.letters(typed) in hangul.letters(written)) is fits


def test_a_last_syllable_may_go_on() -> None:
    assert hangul.begun("찻자") in hangul.letters("찻잔")
    assert hangul.letters("찻자") not in hangul.letters("찻잔")
    assert hangul.begun("tea") == "tea"
    assert hangul.begun("") == ""


def test_initials_stand_apart_and_joined() -> None:
    assert hangul.initials("백자 찻잔") == "ㅂㅈ ㅊㅈ ㅂㅈㅊㅈ"
    assert hangul.initials("Oak 상자") == "ㅅㅈ"
    assert hangul.is_initials(hangul.normal("ㅂㅈ"))
    assert not hangul.is_initials("백ㅈ")
