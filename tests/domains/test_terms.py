"""The terms of service: what articles 7 and 15(3) say, and what figures they take from the document."""

import string

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.policy.terms.page import chapters, terms
from yaksok.policy.vocabulary import Language, Profile


def article(number, policy=None, language=Language.KOREAN):
    shown = terms(policy or packaged_policy(), language)
    return next(a for chapter in shown.chapters for a in chapter.articles if a.number == number)


@pytest.mark.parametrize("profile", Profile)
def test_articles_are_numbered_without_a_gap_in_both_languages(profile):
    found = [one for _, articles in chapters(profile) for one in articles]
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    for one in found:
        for paragraph in (one.title, *one.paragraphs):
            assert paragraph.ko.strip()
            assert paragraph.en.strip()
            named = [
                {name for _, name, _, _ in string.Formatter().parse(text) if name}
                for text in (paragraph.ko, paragraph.en)
            ]
            assert named[0] - {"mall"} == named[1] - {"mall"}


def test_article_7_says_how_membership_ends():
    leaving, suspending, losing, hearing, destroying = article(7).paragraphs
    assert "언제든지" in leaving
    assert "바로" in leaving
    for reason in ("\n1. 가입할 때 거짓", "\n2. 산 상품의 대금", "\n3. 남의", "\n4. 몰을 이용하여"):
        assert reason in suspending
    assert "두 번 이상" in losing
    assert "30일 안에" in losing
    assert "30일 이상 설명할 기회" in hearing
    assert "두 사람" in hearing
    assert "제3절" in destroying


def test_article_15_3_has_two_cases_and_no_third():
    case = article(15).paragraphs[2]
    assert "(이름, 주소, 전화번호)" in case
    assert "알아볼 수 없는 형태" in case
    assert [line[:2] for line in case.split("\n")[1:]] == ["1.", "2."]
    assert "문서로만" in article(15).paragraphs[3]


def test_goods_go_back_within_the_days_of_the_law():
    assert "7일 안에" in article(14).paragraphs[0]
    articles = [one for _, found in chapters(Profile.LAWFUL_EU) for one in found]
    european = next(one for one in articles if one.number == 14)
    assert "{withdrawal_days}" in european.paragraphs[0].ko
    assert "14일 안에" in european.paragraphs[3].ko


def test_words_of_the_document_stand_in_the_terms():
    policy = policy_of(changed(('ko = "한길택배 (모의 서버)"', 'ko = "다른택배 (모의 서버)"')))
    assert any("다른택배" in text for text in article(13, policy).paragraphs)
    assert "약속상점 주식회사" in article(1).paragraphs[0]
    company = terms(policy, Language.KOREAN).company
    assert policy.document.body.mall.business_number in {row.cells[1].text for row in company.rows}


def test_no_parameter_is_left_open():
    for language in Language:
        shown = terms(packaged_policy(), language)
        every = [p for c in shown.chapters for a in c.articles for p in a.paragraphs]
        assert not [text for text in every if "{" in text or "}" in text]
