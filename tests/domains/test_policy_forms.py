"""What people type, cleaned or answered with what to do."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.policies import ORDER_OF_A_GUEST as GUEST
from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.kernel.errors import Invalid
from yaksok.policy import fields
from yaksok.policy.fields import Unfit, clean
from yaksok.policy.forms import Form, form, read
from yaksok.policy.notice import notice
from yaksok.policy.vocabulary import FormName, Item, Language, RecordKind


def the(name: FormName) -> Form:
    return form(packaged_policy(), name)


def problems(name: FormName, posted: dict[str, str], language=Language.KOREAN) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        read(the(name), posted, language)
    return refused.value.problems


@pytest.mark.parametrize(
    ("item", "typed", "kept"),
    [
        (Item.NAME, "  홍   길동 ", "홍 길동"),
        (Item.NAME, unicodedata.normalize("NFD", "홍길동"), "홍길동"),
        (Item.NAME, "뷁뷁", "뷁뷁"),
        (Item.NAME, "José Ångström", "José Ångström"),
        (Item.NAME, "김하나 👩‍👧", "김하나 👩‍👧"),
        (Item.NAME, "𠮷野", "𠮷野"),
        (Item.PHONE, "01012345678", "010-1234-5678"),
        (Item.PHONE, "+82 10 1234 5678", "010-1234-5678"),
        (Item.PHONE, "０１０－１２３４－５６７８", "010-1234-5678"),
        (Item.PHONE, "02 123 4567", "02-123-4567"),
        (Item.PHONE, "+1 415 555 2671", "+1 415-555-2671"),
        (Item.EMAIL, "guest@YAKSOK.example", "guest@yaksok.example"),
        (Item.POSTCODE, "０３０００", "03000"),
        (Item.LOGIN_ID, "yaksok_01", "yaksok_01"),
        (Item.ADDRESS, "서울 종로구  약속로 1, 101동", "서울 종로구 약속로 1, 101동"),
        (Item.EXTRA, " 사랑해 \r\n 언제나 ", "사랑해\n언제나"),
        (Item.PASSWORD, " spaces are kept ", " spaces are kept "),
        (Item.PASSWORD, unicodedata.normalize("NFD", "한글비밀번호"), "한글비밀번호"),
        (Item.NAME, "   ", ""),
    ],
)
def test_it_is_kept_in_one_form(item, typed, kept):
    assert clean(item, typed) == kept


@pytest.mark.parametrize(
    ("item", "typed"),
    [
        (Item.NAME, "홍길동\x00"),
        (Item.NAME, "홍\u202e길동"),
        (Item.NAME, "홍\ud800길동"),
        (Item.NAME, "홍\n길동"),
        (Item.NAME, "홍\ufeff길동"),
        (Item.NAME, "홍\uffff길동"),
        (Item.NAME, "12345"),
        (Item.NAME, "👩"),
        (Item.NAME, "가" * 41),
        (Item.NAME, "가" * 1000),
        (Item.PHONE, "없음"),
        (Item.PHONE, "4321"),
        (Item.PHONE, "010-1234-5678 ext. 9"),
        (Item.PHONE, "010-123-45"),
        (Item.EMAIL, "nobody"),
        (Item.EMAIL, "한글@yaksok.example"),
        (Item.LOGIN_ID, "Yaksok"),
        (Item.LOGIN_ID, "abc"),
        (Item.LOGIN_ID, "a" * 21),
        (Item.POSTCODE, "0300"),
        (Item.POSTCODE, "abcde"),
        (Item.ADDRESS, "서울"),
        (Item.ADDRESS, "가" * 201),
        (Item.EXTRA, "가\u2028나"),
        (Item.PASSWORD, "secret\x07secret"),
        (Item.PASSWORD, "s" * 201),
        (Item.ADDRESS, "서울 900101-1234567"),
    ],
)
def test_it_is_not_taken(item, typed):
    with pytest.raises(Unfit) as refused:
        clean(item, typed)
    assert typed not in str(refused.value)
    assert refused.value.text.ko.endswith("요.")


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(fields.MAX_LENGTH)), st.text(max_size=60))
def test_whatever_is_typed_is_cleaned_or_unfit(item, typed):
    try:
        kept = clean(item, typed)
    except Unfit:
        return
    assert len(kept) <= fields.MAX_LENGTH[item]
    assert unicodedata.is_normalized("NFC", kept)
    assert clean(item, kept) == kept


def test_a_guest_order_comes_through():
    assert read(the(FormName.CHECKOUT_GUEST), GUEST, Language.KOREAN) == {
        **GUEST,
        "age_attested": "yes",
    }


def test_same_as_payer_fills_name_and_phone_of_the_recipient():
    posted = {k: v for k, v in GUEST.items() if k not in {"recipient_name", "recipient_phone"}}
    taken = read(the(FormName.CHECKOUT_GUEST), {**posted, "same_as_payer": "on"}, Language.KOREAN)
    assert (taken["recipient_name"], taken["recipient_phone"]) == ("김하나", "010-0000-0001")


def test_every_problem_is_told_at_once_in_the_language_of_the_page():
    posted = {**GUEST, "payer_name": "", "payer_phone": "?", "age_attested": ""}
    korean = problems(FormName.CHECKOUT_GUEST, posted)
    english = problems(FormName.CHECKOUT_GUEST, posted, Language.ENGLISH)
    assert korean.keys() == english.keys() == {"payer_name", "payer_phone", "age_attested"}
    assert all(text.endswith("요.") for text in korean.values())
    assert english["payer_name"] == "Fill this in."


def test_a_password_is_long_and_not_the_id():
    posted = {"login_id": "yaksok_2026", "email": "m@yaksok.example", "age_attested": "1"}
    posted["terms"] = "1"
    assert "password" in problems(FormName.SIGN_UP, {**posted, "password": "short"})
    assert "password" in problems(FormName.SIGN_UP, {**posted, "password": "YAKSOK_2026"})
    assert read(the(FormName.SIGN_UP), {**posted, "password": "long enough 1"}, Language.KOREAN)


@pytest.mark.parametrize(
    ("name", "field"), [(FormName.CHECKOUT_GUEST, "lookup_secret"), (FormName.SIGN_UP, "password")]
)
def test_a_resident_registration_number_is_no_secret(name, field):
    assert problems(name, {field: "900101-1234567"})[field] == fields.RRN.ko


def test_the_look_up_form_says_nothing_about_the_secret():
    taken = read(
        the(FormName.LOOKUP),
        {"lookup_secret": "x", "number": "7K3M-9QW-TXH2-BC5"},
        Language.KOREAN,
        also=frozenset({"number"}),
    )
    assert taken == {"lookup_secret": "x"}


def test_a_correction_touches_only_what_is_posted():
    taken = read(the(FormName.CORRECT), {"name": "홍길동", "phone": ""}, Language.KOREAN)
    assert taken == {"name": "홍길동", "phone": ""}
    assert "email" in problems(FormName.CORRECT, {"email": ""})


def test_a_form_knows_which_field_gives_which_item():
    recipient = the(FormName.CHECKOUT_GUEST).of(RecordKind.ORDER_RECIPIENT)
    assert recipient == {
        "recipient_name": Item.NAME,
        "recipient_phone": Item.PHONE,
        "recipient_postcode": Item.POSTCODE,
        "recipient_address": Item.ADDRESS,
    }


def test_a_form_that_the_document_lacks_has_no_fields():
    text = changed(('[forms.lookup]\nparts = [{ record = "order_payer" }]\n', ""))
    assert form(policy_of(text), FormName.LOOKUP).fields == ()


def test_the_notice_changes_with_whatever_it_says():
    policy = packaged_policy()
    shown = notice(policy, FormName.CHECKOUT_GUEST, Language.KOREAN)
    assert len(shown.hash) == 64
    assert shown == notice(policy, FormName.CHECKOUT_GUEST, Language.KOREAN)
    assert shown.hash != notice(policy, FormName.CHECKOUT_GUEST, Language.ENGLISH).hash
    other = policy_of(changed(('ko = "배송이 끝날 때까지"', 'ko = "한 달"')))
    assert shown.hash != notice(other, FormName.CHECKOUT_GUEST, Language.KOREAN).hash
    recipient = shown.rows[1]
    assert recipient.kind is RecordKind.ORDER_RECIPIENT
    assert recipient.recipients == ("한길택배 (모의 서버): 이름, 주소, 전화번호",)
    assert "5년" in recipient.kept[0]
