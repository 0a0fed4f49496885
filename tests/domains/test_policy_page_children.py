"""The page for children: plain words for everything, made from the document."""

import re

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of, with_advertiser
from yaksok.policy.children import ITEMS, PURPOSES, children
from yaksok.policy.vocabulary import Item, Language, Purpose

JARGON = re.compile(
    r"처리위탁|정보주체|법정대리인|개인정보처리방침|파기|정보통신|보유|열람|제3자|수집|"
    r"processor|data subject|controller|retention|third part|pursuant",
    re.IGNORECASE,
)
LONGEST = 110


def lines(policy=None, language=Language.KOREAN):
    return [
        line
        for block in children(policy or packaged_policy(), language).blocks
        for line in block.lines
    ]


def test_every_purpose_and_item_has_plain_words():
    assert set(PURPOSES) == set(Purpose)
    assert set(ITEMS) == set(Item)


@pytest.mark.parametrize("language", Language)
def test_the_words_are_short_and_plain(language):
    for line in lines(language=language):
        assert not JARGON.search(line), line
    shown = children(packaged_policy(), language)
    fixed = [text.in_(language) for text in (*PURPOSES.values(), *ITEMS.values())]
    assert max(len(text) for text in fixed) <= LONGEST
    assert 5 <= len(shown.blocks) <= 8


def test_it_follows_the_document():
    assert any("광고" in line for line in lines())
    assert any("가나다광고" in line for line in lines(with_advertiser()))
    assert not any("가나다광고" in line for line in lines())
    other = policy_of(changed(('ko = "정지킴"', 'ko = "한지킴"')))
    assert any("한지킴" in line for line in lines(other))
    assert all("직원" not in line for line in lines())
