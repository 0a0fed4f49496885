"""P11.4: the page names the offices outside the mall."""

from tests.cast.policies import changed, packaged_policy
from yaksok.policy import in_force
from yaksok.policy.document import load, parse
from yaksok.policy.lints.run import lint
from yaksok.policy.promises import all_promises
from yaksok.policy.remedies import elsewhere
from yaksok.policy.text import page
from yaksok.policy.vocabulary import Language, Profile


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


def test_in_each_profile_people_are_turned_to_an_office_that_is_there_today():
    for profile in Profile:
        body = load(in_force.named(profile)).body
        for language in Language:
            said = elsewhere(body, language)
            assert "cyberprivacy" not in said
            named = "118" if body.european is None else body.european.authority.in_(language)
            assert named in said


def test_each_profile_that_is_law_passes_the_linter_and_fails_it_without_its_bodies():
    for profile in (Profile.LAWFUL_KR, Profile.LAWFUL_EU):
        assert not [one for one in lint(load(in_force.named(profile))) if one.rule == "L-REMEDY"]
