"""P11.4: the page names the offices outside the mall."""

from tests.cast.policies import changed, packaged_policy
from yaksok.policy.document import parse
from yaksok.policy.lints.run import lint
from yaksok.policy.promises import all_promises
from yaksok.policy.text import page
from yaksok.policy.vocabulary import Language


def test_the_page_names_the_report_centre_and_the_mediation_committee():
    for language in Language:
        shown = page(packaged_policy(), language).remedies
        assert {row.phone for row in shown} >= {"118", "1833-6972"}
        assert all(row.name and row.url.startswith("https://") for row in shown)


def test_the_sentence_names_the_first_of_them():
    sentence = next(p for p in all_promises(packaged_policy()) if p.id == "P11.4")
    for language in Language:
        centre = page(packaged_policy(), language).remedies[0]
        assert centre.name in sentence.text[language]
        assert centre.phone in sentence.text[language]


def test_an_office_that_no_longer_exists_is_not_named():
    shown = page(packaged_policy(), Language.KOREAN).remedies
    assert not [row for row in shown if "cyberprivacy" in row.url]


def test_a_document_that_names_none_is_not_taken():
    named = 'remedies = ["report_centre", "mediation", "prosecution", "police"]'
    assert [one.rule for one in lint(parse(changed((named, "remedies = []"))))] == ["L-REMEDY"]
