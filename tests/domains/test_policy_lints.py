"""Each lint rule finds its bad sample and passes its good one; the packaged document is clean."""

import pytest

from tests.cast.policies import changed, packaged_policy, source
from yaksok.policy.document import parse
from yaksok.policy.lints.finding import LintRule, Severity
from yaksok.policy.lints.run import RULES, lint
from yaksok.policy.text import item_name, kind_name, page, render
from yaksok.policy.vocabulary import Item, Language, RecordKind


def test_the_packaged_document_is_clean():
    assert lint(parse(source())) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_bad_sample_is_found_and_the_good_one_passes(rule: LintRule):
    bad = parse(changed((rule.sample.at, rule.sample.bad)))
    good = parse(changed((rule.sample.at, rule.sample.good)))
    found = lint(bad)
    assert {finding.rule for finding in found} == {rule.id}
    assert all(finding.severity is Severity.ERROR for finding in found)
    assert all(finding.cure and finding.citation for finding in found)
    assert lint(good) == ()


def test_a_vague_word_outside_purposes_and_recipients_is_a_warning():
    text = changed(('ko = "직접 운영"', 'ko = "직접 운영 등"'))
    assert [finding.severity for finding in lint(parse(text))] == [Severity.WARNING]


@pytest.mark.parametrize(
    "change",
    [
        (
            'reason = { ko = "탈퇴하거나 회원 자격을 잃은 때 바로 파기합니다."',
            'reason = { ko = " "',
        ),
        ('statutory = [{ items = ["name", "phone", "email"], law = "contract" }]\n', ""),
    ],
)
def test_no_period_is_found(change):
    assert {finding.rule for finding in lint(parse(changed(change)))} == {"L-NOPERIOD"}


def test_as_written_is_not_held_against_a_law():
    text = changed(
        ('profile = "lawful_kr"', 'profile = "as_written"'),
        ('label = { ko = "아이디"', 'label = { ko = "주민등록번호"'),
    )
    assert lint(parse(text)) == ()


@pytest.mark.parametrize("language", Language)
def test_the_page_has_eleven_sections_tables_and_honest_sentences(language):
    policy = packaged_policy()
    shown = page(policy, language)
    assert [section.number for section in shown.sections] == list(range(1, 12))
    assert sum(len(section.sentences) for section in shown.sections) == 104
    assert shown.sections == render(policy, language)
    assert len(shown.records) == len(RecordKind)
    assert all(row.items and row.purposes and row.end for row in shown.records)
    assert [row.company for row in shown.entrusted] == [row.company for row in shown.recipients]
    unmet = {
        s.text.split(":")[0] for x in shown.sections for s in x.sentences if s.state == "unmet"
    }
    assert len(unmet) <= 1
    states = {s.state for section in shown.sections for s in section.sentences}
    assert {"proved", "declared"} <= states <= {"proved", "declared", "unmet"}


def test_items_and_records_have_names():
    policy = packaged_policy()
    for language in Language:
        assert all(item_name(item, language) for item in Item)
        assert all(kind_name(policy, kind, language) for kind in RecordKind)
