"""Each lint rule finds its bad sample and passes its good one, in every profile that it is for."""

import datetime
import inspect
import time
import unicodedata

import pytest

from tests.cast.lint_samples import TODAY, changed, findings, place_of
from tests.cast.policies import source, without_table
from yaksok.policy.compile import compile_document
from yaksok.policy.document import load, parse
from yaksok.policy.lints import finding
from yaksok.policy.lints.finding import LintRule, Registers, Severity
from yaksok.policy.lints.run import RULES, lint
from yaksok.policy.promises import all_promises
from yaksok.policy.vocabulary import Profile

KOREA, EUROPE = Profile.LAWFUL_KR, Profile.LAWFUL_EU
EACH = [(rule, profile) for rule in RULES for profile in sorted(rule.profiles)]
NAMED = [f"{rule.id}-{profile}" for rule, profile in EACH]
OF_THE_LAW = {
    *("L-RRN", "L-VAGUE", "L-NOPERIOD", "L-NOBASIS", "L-MANDCONSENT", "L-BUNDLE", "L-PRETICK"),
    *("L-RETENTION-LAW", "L-COURIER", "L-LEGALDEMAND", "L-STAT-PSEUDO", "L-SSLONLYPAY"),
    *("L-CABRAND", "L-24H", "L-080", "L-CPO", "L-DEAD", "L-OLDLAW", "L-U14", "L-COOKIE"),
    *("L-OVERSEAS", "L-LABEL", "L-VERSION", "L-TRAINING", "L-AUDIT", "L-CLAIM", "L-AI"),
    *("L-NIGHT", "L-2Y", "L-14D"),
}


@pytest.mark.parametrize("profile", [KOREA, EUROPE])
def test_the_packaged_document_is_clean(profile):
    assert lint(load(place_of(profile)), profile, TODAY) == ()


def test_there_is_a_rule_for_each_that_was_asked_for():
    assert {rule.id for rule in RULES} >= OF_THE_LAW
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("rule", "profile"), EACH, ids=NAMED)
def test_the_bad_sample_is_found(rule: LintRule, profile: Profile):
    found = findings(rule, profile, bad=True)
    assert {one.rule for one in found} - rule.sample.also == {rule.id}
    own = [one for one in found if one.rule == rule.id]
    assert rule.severity in {one.severity for one in own}
    assert all(one.fault and one.cure and one.citation for one in own)


@pytest.mark.parametrize(("rule", "profile"), EACH, ids=NAMED)
def test_the_good_sample_passes(rule: LintRule, profile: Profile):
    assert findings(rule, profile, bad=False) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_file_of_a_rule_says_what_it_finds(rule: LintRule):
    said = inspect.getdoc(inspect.getmodule(rule.check)) or ""
    assert said.startswith(f"{rule.id}: ")
    assert "ound" in said
    assert all(law.citation and law.mark in {"T", "W", "M"} for law in rule.laws.values())


def test_rules_of_one_country_are_not_held_against_the_other():
    korean = {rule.id for rule in RULES if rule.profiles == {KOREA}}
    european = {rule.id for rule in RULES if rule.profiles == {EUROPE}}
    assert {"L-RRN", "L-080", "L-NIGHT", "L-U14"} <= korean
    assert {"L-EU-AUTHORITY", "L-EU-AGE", "L-EU-TRANSFER"} <= european
    broken = 'remedies = []\n[mall]\ncomplaints_phone = "02-000-0000"'
    in_europe = {one.rule for one in lint(changed(EUROPE, broken), EUROPE, TODAY)}
    in_korea = {one.rule for one in lint(changed(KOREA, broken), KOREA, TODAY)}
    assert in_europe == set()
    assert in_korea == {"L-REMEDY", "L-080"}


def test_a_rule_before_its_first_day_is_not_applied():
    rule = next(rule for rule in RULES if rule.id == "L-OVERSEAS")
    bad = changed(KOREA, rule.sample.bad)
    first = rule.laws[KOREA].effective
    assert [one.rule for one in lint(bad, KOREA, first)] == ["L-OVERSEAS"]
    before = lint(bad, KOREA, first - datetime.timedelta(days=1))
    assert "L-OVERSEAS" not in {one.rule for one in before}


def test_errors_come_first():
    bad = changed(KOREA, '[upkeep]\naudit_every = "P3Y"\n[officers.manager]\nfax = "-"')
    assert [one.rule for one in lint(bad, KOREA, TODAY)] == ["L-CPO", "L-AUDIT"]


def test_as_written_is_held_against_a_law_only_when_asked():
    text = source().replace('profile = "lawful_kr"', 'profile = "as_written"')
    text = text.replace('label = { ko = "아이디"', 'label = { ko = "주민등록번호"', 1)
    assert lint(parse(text)) == ()
    found = {one.rule for one in lint(parse(text), KOREA)}
    assert "L-RRN" in found


def test_the_source_policy_is_in_conflict_with_todays_law_and_each_conflict_has_its_article():
    document = load(place_of(Profile.AS_WRITTEN))
    assert lint(document) == ()
    found = lint(document, KOREA, TODAY)
    at = {(one.rule, one.key): one.citation for one in found}
    assert all(one.citation and one.cure for one in found)
    assert "PIPA 24-2" in at["L-RRN", "records.membership.items.rrn"]
    assert "24-2" in at["L-RRN", "P2.5"]
    assert at["L-COLLECT-EARLY", "records.membership.items.address.asked_on"]
    assert at["L-SSLONLYPAY", "P7.1"]
    assert at["L-CABRAND", "P7.2"]
    assert at["L-OLDLAW", "P11.1"]
    assert at["L-DEAD", "P11.4"]
    assert "17(2)" in at["L-FIVE-NOTICES", "P4.2"]
    assert "28-2" in at["L-STAT-PSEUDO", "P4.14"]
    assert "21(1)" in at["L-RETENTION-LAW", "P3.10"]
    assert at["L-24H", "mall.around_the_clock"]
    assert len([one for one in found if one.severity is Severity.ERROR]) >= 25


def test_a_finding_names_line_key_and_words_to_use():
    text = source().replace('remedies = ["report_centre"', 'remedies = ["historic_report_centre"')
    document = parse(text)
    found = next(one for one in lint(document) if one.rule == "L-DEAD")
    number = next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith("remedies"))
    assert found.line(document) == number
    assert found.key == "remedies[0]"
    assert found.wording is not None
    assert "privacy.kisa.or.kr" in found.wording.ko
    assert found.wording.en in str(found.as_error(document))


def test_a_vague_word_outside_names_is_a_warning():
    bad = changed(KOREA, '[mall]\nhosting = { ko = "직접 운영 등", en = "own operation" }')
    assert [one.severity for one in lint(bad)] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("change", "absent"),
    [
        ('[records.membership.end]\nreason = { ko = " ", en = "at once" }', ()),
        ("[records.order_payer]\nstatutory = []\nend = { period = 'P6Y' }", ()),
    ],
)
def test_no_period_is_found(change, absent):
    assert {one.rule for one in lint(changed(KOREA, change, absent))} == {"L-NOPERIOD"}


def test_a_claim_without_a_register_is_a_warning_because_the_page_calls_it_not_met():
    bad = changed(KOREA, absent=("claims.training",))
    found = lint(bad)
    assert [(one.rule, one.severity) for one in found] == [("L-CLAIM", Severity.WARNING)]
    assert "P7.14" in found[0].fault
    unmet = {one.id for one in all_promises(compile_document(bad)) if one.unmet}
    assert "P7.14" in unmet


def test_what_is_not_known_finds_nothing():
    assert Registers() == finding.NOTHING_KNOWN
    known = Registers(oldest_training="never", last_audit=TODAY, host_country="KR", issuer="Own CA")
    assert [one.rule for one in lint(changed(KOREA), registers=known)] == ["L-TRAINING"]


def test_a_document_is_linted_within_a_moment():
    document = changed(KOREA)
    lint(document)
    started = time.process_time()
    lint(document)
    assert time.process_time() - started < 0.5


AGE = 'label = { ko = "나이 확인", en = "Age" }'
RESIDENT = "주민등록번호"


@pytest.mark.parametrize(
    ("rule", "ko", "en"),
    [
        ("L-RRN", unicodedata.normalize("NFD", RESIDENT), "Age"),
        ("L-RRN", "주 민 등 록 번 호", "Age"),
        ("L-RRN", "주민·등록·번호", "Age"),
        ("L-RRN", "주민\u3164등록번호", "Age"),
        ("L-RRN", "주민\u200d등록번호", "Age"),
        ("L-RRN", "住民登錄番號", "Age"),
        ("L-RRN", "나이", "ＲＲＮ"),
        ("L-RRN", "나이", "R.R.N."),
        ("L-RRN", "나이", "Resident\u00a0-  Registration no."),
        ("L-VAGUE", unicodedata.normalize("NFD", "나이 등"), "Age"),
        ("L-VAGUE", "나이", "age, e.t.c."),
        ("L-VAGUE", "나이", "ＡＧＥ ＥＴＣ"),
        ("L-VAGUE", "나이", "age and\u00a0so  on"),
        ("L-AI", "ＡＩ 학습", "Age"),
        ("L-AI", unicodedata.normalize("NFD", "인공지능"), "Age"),
        ("L-AI", "언어 모델을 훈련", "training a language model"),
        ("L-DEAD", "나이", "WWW.CyberPrivacy.or.kr"),
        ("L-DEAD", "나이", "ｗｗｗ．ｃｙｂｅｒｐｒｉｖａｃｙ．ｏｒ．ｋｒ"),
        ("L-OLDLAW", unicodedata.normalize("NFD", "정보통신부"), "Age"),
        ("L-CABRAND", "나이", "ＶＥＲＩＳＩＧＮ"),
    ],
)
def test_another_spelling_is_the_same_word(rule: str, ko: str, en: str) -> None:
    assert AGE in source()
    text = source().replace(AGE, f'label = {{ ko = "{ko}", en = "{en}" }}')
    assert rule in {one.rule for one in lint(parse(text), KOREA, TODAY)}


def test_a_service_that_comes_to_an_old_purpose_is_told():
    before = parse(without_table("services.restock_notice"))
    found = [
        one for one in lint(parse(source()), KOREA, TODAY, before=before) if one.rule == "L-MEANING"
    ]
    assert [one.keys for one in found] == [("services", "restock_notice")]
    assert all(one.severity is Severity.WARNING for one in found)
    assert "L-MEANING" not in {
        one.rule for one in lint(before, KOREA, TODAY, before=parse(source()))
    }
