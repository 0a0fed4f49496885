"""The policy page says what laws want, from the document alone, and can be kept for good."""

import dataclasses
import re

import pytest

from tests.cast.lint_samples import place_of
from tests.cast.policies import changed, packaged_policy, policy_of, source, with_advertiser
from yaksok.policy import text
from yaksok.policy.compile import compile_document
from yaksok.policy.document import load
from yaksok.policy.law.page import contents
from yaksok.policy.law.tables import deadline
from yaksok.policy.pages.european import bases_of
from yaksok.policy.pages.plain import plain
from yaksok.policy.pages.rights import child_tables
from yaksok.policy.pages.shapes import Page
from yaksok.policy.pages.stored import from_json, to_json
from yaksok.policy.pages.whole import MAKERS, pages
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Basis, Label, Language, Profile, Purpose

COURIER = "한길택배 (모의 서버)"


def page(policy=None, language=Language.KOREAN):
    return text.page(policy or packaged_policy(), language)


def tables(shown: Page):
    inside = [table for section in shown.sections for table in section.tables]
    return {table.key: table for table in (*inside, *shown.part, shown.index)}


def words(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def anchors(shown: Page):
    found = {sentence.id for section in shown.sections for sentence in section.sentences}
    remedies = {"t-remedies"} if shown.remedies else set()
    return found | tables(shown).keys() | {"changes", "t-officers"} | remedies


@pytest.mark.parametrize("language", Language)
def test_the_index_leads_to_places_that_exist(language):
    shown = page(language=language)
    links = [link for row in shown.index.rows for cell in row.cells for link in cell.links]
    assert len(links) > len(shown.index.rows) == len(contents(Profile.LAWFUL_KR, "KR"))
    assert {anchor for anchor, _ in links} <= anchors(shown)
    assert all(words.strip() for _, words in links)


@pytest.mark.parametrize("language", Language)
def test_each_label_has_a_line_and_leads_to_a_place(language):
    shown = page(language=language)
    assert {label.name for label in shown.labels} == {label.value for label in Label}
    assert all(label.line.strip() and label.title.strip() for label in shown.labels)
    assert {label.anchor for label in shown.labels} <= anchors(shown)


def test_a_label_that_the_document_does_not_list_is_not_drawn():
    policy = policy_of(changed(('labels = ["purpose", ', "labels = [")))
    assert "purpose" not in {label.name for label in page(policy).labels}


def test_items_without_consent_stand_apart_with_their_basis():
    found = tables(page())
    bases = {row[4] for row in words(found["t-by-law"])}
    assert any("제15조 제1항 제4호" in basis for basis in bases)
    assert any("제15조 제1항 제2호" in basis for basis in bases)
    assert all("제15조 제1항 제1호" in row[4] for row in words(found["t-by-consent"]))


def test_an_item_that_asks_a_consent_stands_in_the_other_table_alone():
    policy = packaged_policy()
    asked = policy.document.body.consents["prefill"]
    found = tables(page(policy))
    (row,) = (row for row in found["t-by-consent"].rows if row.key.endswith("/prefill"))
    assert row.cells[2].text == "이름, 전화번호"
    assert row.cells[-1].text == asked.refusing.ko
    by_law = next(r for r in found["t-by-law"].rows if r.key == "by-basis/membership")
    assert "이름" not in by_law.cells[2].text.split(", ")


def test_without_any_such_item_the_page_says_so():
    text = re.sub(
        r"(?ms)^\[(advertising|records\.marketing_contact|forms\.advertising).*?(?=^\[)",
        "",
        source(),
    )
    policy = policy_of(text.replace('consent = "prefill"\n', ""))
    table = tables(page(policy))["t-by-consent"]
    assert not table.rows
    assert table.empty


def test_what_the_decree_wants_to_catch_the_eye_does():
    found = tables(page(with_advertiser()))
    assert all(row.cells[1].told for row in found["t-retention"].rows)
    (row,) = found["t-provision"].rows
    assert [cell.told for cell in row.cells] == [True, True, True, True, False]
    assert all(row.cells[5].told for row in found["t-by-law"].rows)
    assert not any(cell.told for row in found["t-rights"].rows for cell in row.cells)


def test_a_third_party_by_consent_is_named_with_its_programme():
    found = tables(page(with_advertiser()))
    (row,) = words(found["t-provision"])
    assert row[0] == "가나다광고 주식회사"
    assert "2026-12-01 ~ 2027-11-30" in row[-1]
    assert found["t-provision"].note
    assert not tables(page())["t-provision"].rows


def test_the_courier_stands_in_both_registers():
    found = tables(page())
    assert COURIER in {row[1] for row in words(found["t-without-consent"])}
    assert COURIER in {row[0] for row in words(found["t-entrustment"])}


def test_a_machine_abroad_is_a_transfer_abroad():
    assert not tables(page())["t-overseas"].rows
    policy = policy_of(changed(('host_country = "KR"', 'host_country = "DE"')))
    shown = page(policy)
    assert words(tables(shown)["t-overseas"])[0][:2] == ["직접 운영", "독일"]
    assert next(label for label in shown.labels if label.name == "overseas").line == "독일"


def test_a_purpose_taken_out_of_the_document_leaves_the_page():
    policy = packaged_policy()
    assert set(policy.document.body.purposes) >= {Purpose.RIGHTS}
    keys = {row.key for row in tables(page(policy))["t-purposes"].rows}
    assert keys == {f"t-purposes/{purpose}" for purpose in policy.document.body.purposes}


def test_claims_that_nothing_proves_say_so():
    shown = page(language=Language.ENGLISH)
    unmet = [one for section in shown.sections for one in section.sentences if one.state == "unmet"]
    assert unmet
    assert all(one.text.startswith("Not met at present") for one in unmet)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("which", MAKERS)
def test_a_page_comes_back_from_its_store_as_it_was(which, language):
    made = MAKERS[which](packaged_policy(), language)
    assert from_json(to_json(made)) == made


def test_every_page_in_every_language_is_published():
    kept = pages(packaged_policy())
    assert len(kept) == len(MAKERS) * len(Language)
    assert kept[("policy", Language.KOREAN)] == to_json(page())


def test_a_page_kept_before_a_field_came_is_still_read():
    kept = to_json(page()).replace(f'"changes":"{page().changes}"', '"unknown":1')
    assert from_json(kept) == dataclasses.replace(page(), changes="")


@pytest.mark.parametrize("broken", ["", "{}", '{"kind":"policy"}', '{"kind":"x","page":{}}', "[1]"])
def test_what_is_no_stored_page_is_refused(broken):
    with pytest.raises(ValueError, match="no stored page"):
        from_json(broken)


@pytest.mark.parametrize("which", MAKERS)
def test_paragraphs_have_keys_of_their_own_in_both_languages(which):
    korean, english = (plain(MAKERS[which](packaged_policy(), one)) for one in Language)
    assert len({one.key for one in korean}) == len(korean) > 20
    assert [one.key for one in korean] == [one.key for one in english]
    assert all(one.text.strip() for one in (*korean, *english))


def test_every_sentence_and_row_is_a_paragraph():
    shown = page()
    keys = {one.key for one in plain(shown)}
    assert {s.id for section in shown.sections for s in section.sentences} <= keys
    rows = {
        row.key for key, table in tables(shown).items() for row in table.rows if key != "contents"
    }
    assert rows <= keys


def european():
    return compile_document(load(place_of(Profile.LAWFUL_EU)))


@pytest.mark.parametrize("language", Language)
def test_the_european_page_has_what_articles_13_and_14_want(language):
    shown = page(european(), language)
    keys = {table.key for table in shown.part}
    assert keys == {"t-controller", "t-legal-bases", "t-required", "t-source", "t-authority"}
    links = {a for row in shown.index.rows for cell in row.cells for a, _ in cell.links}
    assert links <= anchors(shown)
    assert links >= keys
    rights = words(tables(shown)["t-rights"])
    assert len(rights) == 9
    assert all("GDPR" in row[-1] for row in rights)
    assert not page(language=language).part


def test_a_purpose_rests_on_all_its_bases_and_a_duty_on_the_law():
    body = european().document.body
    assert bases_of(body, Purpose.ORDER) == {Basis.CONTRACT, Basis.CONSENT}
    assert bases_of(body, Purpose.PAYMENT) == {Basis.CONTRACT}
    assert bases_of(body, Purpose.RIGHTS) == {Basis.LEGAL_DUTY}


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("which", MAKERS)
def test_every_profile_has_every_page(profile, which):
    policy = compile_document(load(place_of(profile)))
    for language in Language:
        made = MAKERS[which](policy, language)
        assert from_json(to_json(made)) == made
        assert len({one.key for one in plain(made)}) == len(plain(made)) > 20
        if isinstance(made, Page):
            links = {a for row in made.index.rows for cell in row.cells for a, _ in cell.links}
            assert links <= anchors(made)


def test_bases_name_the_law_of_the_profile():
    from yaksok.policy.law.page import basis_words

    assert "GDPR" in basis_words(Basis.CONTRACT, Profile.LAWFUL_EU).en
    assert "PIPA" in basis_words(Basis.CONTRACT, Profile.LAWFUL_KR).en


def test_how_long_a_guardian_may_be_silent_comes_from_the_law_table():
    asking = packaged_policy()
    (children,) = child_tables(asking, Language.KOREAN)
    days = Period.parse(deadline("guardian_silence", asking.effective).period).words().ko
    assert days == "5일"
    assert f"동의가 없으면 {days} 안에 지웁니다" in str(children)
    refusing = policy_of(changed(('minors = "guardian"', 'minors = "refused"')))
    (refused,) = child_tables(refusing, Language.KOREAN)
    assert days not in str(refused)
