"""Two versions of a text, compared so that a person sees what changed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaksok.policy.pages.shapes import Paragraph
from yaksok.policy.wording_diff import (
    Kind,
    Mark,
    compared,
    diff,
    passages,
    summary,
    tokens,
    untouched,
)

WORDS = [
    "회원은",
    "회원의",
    "정보를",
    "언제든지",
    "볼",
    "수",
    "있습니다.",
    "30일",
    "the",
    "data",
    "(x)",
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def shown(old, new):
    marks = {Mark.KEPT: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "[+{}+]"}
    return "".join(marks[one.mark].format(one.text) for one in compared(old, new))


def side(old, new, without):
    return "".join(one.text for one in compared(old, new) if one.mark is not without)


def paragraphs(**texts):
    return tuple(Paragraph(key, text, key[0]) for key, text in texts.items())


def test_a_particle_is_marked_alone_and_a_syllable_never_split():
    assert shown("회원은 봅니다.", "회원이 봅니다.") == "회원[-은-][+이+] 봅니다."
    assert shown("주소를 보냅니다", "주소와 보냅니다") == "주소[-를-][+와+] 보냅니다"
    assert shown("전화번호는 둡니다", "전자우편은 둡니다") == "[-전화번호는-][+전자우편은+] 둡니다"


def test_a_figure_is_marked_whole():
    assert shown("알린 뒤 30일 기다림", "알린 뒤 7일 기다림") == "알린 뒤 [-30일-][+7일+] 기다림"
    assert shown("02-000-0001 로", "02-000-0002 로") == "[-02-000-0001-][+02-000-0002+] 로"


def test_english_is_compared_by_words():
    assert shown("You can see it.", "You can always see it.") == "You can [+always+] see it."


def test_an_island_of_one_letter_does_not_break_a_change_in_two():
    marks = [one.mark for one in compared("하나 ( 둘 셋", "넷 ( 다섯 셋")]
    assert marks == [Mark.DELETED, Mark.INSERTED, Mark.KEPT]


@given(SENTENCES, SENTENCES)
def test_both_texts_can_be_read_out_of_the_comparison(old, new):
    assert side(old, new, Mark.DELETED) == new
    assert side(old, new, Mark.INSERTED).split() == old.split() or (
        "".join(side(old, new, Mark.INSERTED).split()) == "".join(old.split())
    )


@given(SENTENCES)
def test_the_same_text_has_nothing_marked(text):
    assert all(one.mark is Mark.KEPT for one in compared(text, text))
    assert "".join(tokens(text)) == text


def numbered(letter, order):
    return " ".join(f"{letter}{n}" for n in order)


def _long():
    dice = random.Random(7)  # noqa: S311 - a fixed row of dice
    rising = range(10_000)
    few = [dice.choice("abc") for _ in rising]
    return {
        "one word over and over": ("a " * 10_000, "a " * 9_000 + "b " * 1_000),
        "three words at random": (" ".join(few), " ".join(few[::-1])),
        "nothing in common": (numbered("x", rising), numbered("y", rising)),
        "turned round": (numbered("x", rising), numbered("x", reversed(rising))),
        "shuffled": (numbered("x", rising), numbered("x", dice.sample(rising, 10_000))),
        "two words in turn": ("a b " * 5_000, "b a " * 5_000),
        "each word twice": (
            " ".join(f"k x{n // 2}" for n in range(5_000)),
            " ".join(f"x{n // 2} k" for n in range(5_000)),
        ),
    }


@pytest.mark.parametrize("name", _long())
@pytest.mark.timeout(30)
def test_ten_thousand_words_of_any_kind_are_compared(name):
    old, new = _long()[name]
    assert side(old, new, Mark.DELETED) == new
    assert "".join(side(old, new, Mark.INSERTED).split()) == "".join(old.split())


def test_paragraphs_belong_together_by_key():
    old = paragraphs(a1="하나", a2="둘", b1="셋", b2="넷")
    new = paragraphs(a1="하나", b1="셋 바뀜", a3="새로", b2="넷")
    kinds = {one.key: one.kind for one in diff(old, new)}
    assert kinds == {
        "a1": Kind.SAME,
        "a2": Kind.REMOVED,
        "b1": Kind.CHANGED,
        "a3": Kind.ADDED,
        "b2": Kind.SAME,
    }
    assert [one.key for one in diff(old, new)] == ["a1", "a2", "b1", "a3", "b2"]


def test_what_went_elsewhere_is_moved_and_the_rest_is_not():
    old = paragraphs(a="하나", b="둘", c="셋", d="넷")
    new = paragraphs(b="둘", c="셋", d="넷", a="하나 더")
    found = {one.key: (one.kind, one.moved) for one in diff(old, new)}
    assert found["a"] == (Kind.CHANGED, True)
    assert {found[key] for key in "bcd"} == {(Kind.SAME, False)}


def test_the_summary_counts_sentences_and_names_headings():
    old = (Paragraph("s1", "제목", "1", heading=True), Paragraph("x", "같음", "1"))
    new = (
        Paragraph("s1", "새 제목", "1", heading=True),
        Paragraph("x", "같음", "1"),
        Paragraph("y", "더함", "1"),
    )
    found = summary(diff(old, new))
    assert (found.changed, found.added, found.removed, found.moved, found.same) == (0, 1, 0, 0, 1)
    assert [one.key for one in found.headings] == ["s1"]
    assert summary(diff(old, old)).nothing
    assert not found.nothing


def test_a_key_that_stands_twice_is_a_fault():
    twice = (Paragraph("a", "하나"), Paragraph("a", "둘"))
    with pytest.raises(ValueError, match="twice"):
        diff(twice, ())


def test_what_stayed_the_same_is_folded_by_heading():
    old = paragraphs(a1="하나", a2="둘", a3="셋", b1="넷")
    new = paragraphs(a1="하나", a2="둘", a3="셋 바뀜", b1="넷")
    found = [(one.place, one.same, len(one.changes)) for one in passages(diff(old, new))]
    assert found == [("a", True, 2), ("a", False, 1)]
    assert untouched(diff(old, new)) == ("b",)
