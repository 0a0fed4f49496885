"""Three profiles, one engine: what each asks, promises and keeps."""

import tomllib

import pytest

from tests.cast.policies import GROWN_UP, questions
from yaksok.policy import in_force
from yaksok.policy.compile import Policy, compile_document
from yaksok.policy.decide import Permit, decide
from yaksok.policy.document import DocumentError, load, parse
from yaksok.policy.forms import form
from yaksok.policy.law.tables import age_of_consent, law
from yaksok.policy.lints.run import lint
from yaksok.policy.promises import all_promises
from yaksok.policy.text import page
from yaksok.policy.vocabulary import (
    Action,
    Encrypted,
    FormName,
    Item,
    Language,
    NoConsentCase,
    Profile,
    RecordKind,
)
from yaksok.policy.wording import clauses, wording

LETTER, EUROPE, KOREA = (
    compile_document(load(in_force.named(name)))
    for name in (Profile.AS_WRITTEN, Profile.LAWFUL_EU, Profile.LAWFUL_KR)
)
POLICIES = (LETTER, EUROPE, KOREA)


def required(policy: Policy, name: FormName, kind: RecordKind) -> set[Item]:
    return {f.item for f in form(policy, name).fields if f.required and f.kind is kind}


def said(policy: Policy, promise: str) -> dict[Language, str]:
    return next(one.text for one in all_promises(policy) if one.id == promise)


def everything(policy: Policy) -> str:
    """All that a person reads of the policy, in both languages."""
    return repr([page(policy, language) for language in Language])


def test_the_letter_requires_seven_items_of_members_and_five_of_guests():
    five = {Item.NAME, Item.RRN, Item.ADDRESS, Item.PHONE, Item.EMAIL}
    assert required(LETTER, FormName.SIGN_UP, RecordKind.MEMBERSHIP) == {
        *five,
        Item.LOGIN_ID,
        Item.PASSWORD,
    }
    assert required(LETTER, FormName.CHECKOUT_GUEST, RecordKind.ORDER_PAYER) == five
    assert not [f for f in form(LETTER, FormName.SIGN_UP).fields if not f.required]


def test_the_letter_names_the_seven_and_asks_them_in_its_order():
    asked = [f.item for f in form(LETTER, FormName.SIGN_UP).fields]
    words = ("이름", "주민등록번호", "주소", "전화번호", "아이디", "비밀번호", "이메일")
    text = said(LETTER, "P2.2")[Language.KOREAN]
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    assert [item.value for item in asked] == [
        "name",
        "rrn",
        "address",
        "phone",
        "login_id",
        "password",
        "email",
    ]


def test_the_letter_promises_what_the_source_promises():
    body = LETTER.document.body
    assert body.transport.encrypted is Encrypted.PAYMENT
    assert "Verysign" in said(LETTER, "P7.2")[Language.ENGLISH]
    assert "SSL" in said(LETTER, "P7.1")[Language.KOREAN]
    assert "정보통신부" in said(LETTER, "P11.1")[Language.KOREAN]
    assert body.mall.complaints_phone.startswith("080-")
    assert body.mall.around_the_clock
    assert {c.without_consent for c in body.recipients.values()} - {None} == {
        NoConsentCase.DELIVERY
    }
    assert set(NoConsentCase) == {NoConsentCase.DELIVERY, NoConsentCase.STATISTICS}
    assert body.legal_demands is None


def test_the_letter_keeps_nothing_for_a_law():
    assert RecordKind.STATUTORY not in LETTER.retention
    assert [rule.statutory for rule in LETTER.retention.values() if rule.statutory] == []


def test_the_dead_office_stands_beside_the_one_of_today():
    text = said(LETTER, "P11.4")
    assert "cyberprivacy.or.kr" in text[Language.KOREAN]
    assert "118" in text[Language.KOREAN]
    assert "closed in 2009" in text[Language.ENGLISH]
    assert "://www.cyberprivacy" not in text[Language.KOREAN] + text[Language.ENGLISH]
    for language, note in (
        (Language.KOREAN, "2009년에 없어짐"),
        (Language.ENGLISH, "closed in 2009"),
    ):
        old, today = page(LETTER, language).remedies
        assert note in old.name
        assert "privacy.kisa.or.kr" in today.url


def test_an_officer_may_be_blank_in_the_letter_alone():
    officers = LETTER.document.body.officers
    assert not officers.manager.phone
    assert not officers.handler.name.ko
    for profile in (Profile.LAWFUL_KR, Profile.LAWFUL_EU):
        assert "L-CPO" in {finding.rule for finding in lint(LETTER.document, profile)}


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.profile)
def test_each_starts_without_an_error_of_its_own_law(policy):
    assert lint(policy.document) == ()
    assert in_force.read(in_force.named(policy.profile)).hash == policy.hash


def test_the_letter_breaks_todays_law_in_many_places_each_with_its_article():
    findings = lint(LETTER.document, Profile.LAWFUL_KR)
    assert {"L-RRN", "L-DEAD", "L-CPO", "L-RETENTION-LAW"} <= {f.rule for f in findings}
    assert len(findings) >= 30
    assert all(finding.citation for finding in findings)


def test_nobody_opens_a_resident_number():
    for request in questions([frozenset({Item.RRN})]):
        answer = decide(LETTER, request, GROWN_UP)
        if request.action not in {Action.SEAL, Action.ERASE}:
            assert not isinstance(answer, Permit), request
    for policy in (EUROPE, KOREA):
        assert not [k for k, items in policy.items.items() if Item.RRN in items]


def test_europe_asks_for_the_age_of_its_state():
    body = EUROPE.document.body
    assert body.european
    assert body.children.age == age_of_consent(body.european.state, body.effective) == 16
    words = everything(EUROPE)
    assert "16" in words
    assert "만 14" not in words
    assert "14 or older" not in words
    assert "under 14" not in words.casefold()


def test_europe_turns_to_its_authority_and_to_no_office_of_korea():
    assert "datenschutz-berlin.de" in said(EUROPE, "P11.4")[Language.ENGLISH]
    assert page(EUROPE, Language.ENGLISH).remedies == ()
    words = everything(EUROPE)
    for korean in ("kisa.or.kr", "개인정보 보호법", "PIPA", "통신판매업"):
        assert korean not in words, korean
    assert "GDPR" in said(EUROPE, "P11.1")[Language.KOREAN]


def test_europe_keeps_what_the_law_of_its_state_has_kept():
    kept = [copy.law for rule in EUROPE.retention.values() for copy in rule.statutory]
    assert kept
    assert EUROPE.document.body.european
    assert {law(name).state for name in kept} == {EUROPE.document.body.european.state}
    assert all(c.year_end for rule in EUROPE.retention.values() for c in rule.statutory)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.profile)
def test_every_clause_has_words_of_its_own_in_both_languages(policy):
    for clause, text in wording(policy.document.body):
        assert text.ko.strip(), clause.id
        assert text.en.strip(), clause.id
        assert "{" not in text.ko + text.en, clause.id
        assert not any("가" <= sign <= "힣" for sign in text.en), clause.id


def test_the_letter_differs_where_it_must():
    differing = {clause.id for clause in clauses() if clause.as_written}
    assert {"P1.5", "P2.2", "P2.5", "P2.6", "P2.7", "P3.10", "P7.1", "P7.2", "P11.1", "P11.4"} <= (
        differing
    )


def test_a_profile_is_named_or_lies_in_a_file(monkeypatch, tmp_path):
    other = tmp_path / "mine.toml"
    assert in_force.named("lawful_kr") == in_force.packaged()
    assert in_force.named(str(other)) == other
    monkeypatch.setenv("YAKSOK_POLICY", "lawful_eu")
    assert in_force.read(in_force.started_with()).profile is Profile.LAWFUL_EU
    monkeypatch.setenv("YAKSOK_POLICY", "")
    assert in_force.started_with() == in_force.packaged()


@pytest.mark.parametrize(
    ("name", "table", "key"),
    [("lawful_eu", "european", "european"), ("lawful_kr", "mall", "mall.mail_order_number")],
)
def test_what_a_profile_cannot_do_without_is_missed(name, table, key):
    text = in_force.named(name).read_text("utf-8")
    before = tomllib.loads(text)
    if table == "european":
        text = text[: text.index("[european]")]
    else:
        line = next(row for row in text.splitlines() if row.startswith("mail_order_number"))
        text = text.replace(f"{line}\n", "")
    assert tomllib.loads(text) != before
    with pytest.raises(DocumentError) as error:
        compile_document(parse(text))
    assert error.value.key == key
