"""One mask per item, and a detector that knows a registration number in any disguise."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaksok.kernel.personal import Personal
from yaksok.policy.detector import contains_rrn
from yaksok.policy.masks import RULES, mask, rule
from yaksok.policy.vocabulary import Item


@pytest.mark.parametrize(
    ("item", "value", "shown"),
    [
        (Item.NAME, "홍길동", "홍*동"),
        (Item.NAME, "홍길", "홍*"),
        (Item.NAME, "홍", "*"),
        (Item.NAME, "남궁민수", "남**수"),
        (Item.NAME, "황보선우리", "황***리"),
        (Item.NAME, "김 철수", "* 철*"),
        (Item.NAME, "Ana", "A**"),
        (Item.NAME, "José", "J***"),
        (Item.NAME, "Kim Min-ji", "K** M*****"),
        (Item.NAME, "Mary Ann Smith", "M*** A** S****"),
        (Item.NAME, "山田太郎", "山**郎"),
        (Item.NAME, "John Doe", "J*** D**"),
        (Item.NAME, "Madonna", "M******"),
        (Item.NAME, "홍 길동", "* 길*"),
        (Item.NAME, "김👩\u200d👧나", "김*나"),
        (Item.NAME, "", "***"),
        (Item.PHONE, "010-1234-5678", "010-****-5678"),
        (Item.PHONE, "02-123-4567", "02-***-4567"),
        (Item.PHONE, "+1 415-555-2671", "+* ***-***-2671"),
        (Item.PHONE, "1588-0000", "****-0000"),
        (Item.PHONE, "0--1", "*--*"),
        (Item.PHONE, "119", "***"),
        (Item.EMAIL, "hong@example.com", "ho***@example.com"),
        (Item.EMAIL, "ho@example.com", "h***@example.com"),
        (Item.EMAIL, "abc@example.com", "a***@example.com"),
        (Item.EMAIL, "h@example.com", "***@example.com"),
        (Item.EMAIL, "none", "***"),
        (Item.LOGIN_ID, "honggildong", "hon***"),
        (Item.LOGIN_ID, "ho", "h***"),
        (Item.LOGIN_ID, "hong", "ho***"),
        (Item.LOGIN_ID, "", "***"),
        (Item.POSTCODE, "03000", "03***"),
        (Item.ADDRESS, "서울 종로구 세종대왕로 12, 101동 202호", "서울 종로구 세종대왕로 ***"),
        (Item.ADDRESS, "서울특별시 강남구 테헤란로12길 3-4", "서울특별시 강남구 테헤란로 ***"),
        (Item.ADDRESS, "경기도 성남시 분당구 정자동 12-3", "경기도 성남시 분당구 정자동 ***"),
        (Item.ADDRESS, "서울 종로구", "서울 종로구 ***"),
        (Item.ADDRESS, "충남 아산시 배방읍 장재리 77", "충남 아산시 배방읍 장재리 ***"),
        (Item.ADDRESS, "성남시 분당구 판교역로 1", "성남시 분당구 판교역로 ***"),
        (Item.ADDRESS, "홍길동 앞 세종대왕로 12", "***"),
        (Item.ADDRESS, "홍길동네 뒷집", "***"),
        (Item.ADDRESS, "12 Main St, Springfield", "***"),
        (Item.AGE_CLASS, "14+", "14+"),
        (Item.PASSWORD, "whatever", "***"),
        (Item.TOTP_SECRET, "ABCDEF", "***"),
        (Item.EXTRA, "영원히", "***"),
    ],
)
def test_it_shows(item, value, shown):
    assert mask(item, value) == shown


SHOWING = [item for item in Item if item is not Item.AGE_CLASS]
"""Items whose mask hides something. An age class names nobody: there are two."""

syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
latin = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12).map(str.capitalize)
hangul_names = st.text(syllables, min_size=2, max_size=5)
latin_names = st.lists(latin, min_size=1, max_size=4).map(" ".join)
values = st.one_of(st.text(max_size=60), hangul_names, latin_names)


@given(st.sampled_from(SHOWING), values)
def test_a_mask_is_never_the_value(item, value):
    assert mask(item, value) != value or not value.strip("* +-@")


@given(st.sampled_from(list(Item)), values)
def test_two_masks_of_one_value_are_one(item, value):
    ways = {unicodedata.normalize(form, value) for form in ("NFC", "NFD")}
    assert len({mask(item, way) for way in ways}) == 1
    assert f"{Personal(value, rule(item))}" == mask(item, value)


@given(hangul_names)
def test_of_a_name_in_syllables_two_are_shown_at_most(name):
    shown = mask(Item.NAME, name)
    assert len(shown) == len(name)
    assert [n for n, letter in enumerate(shown) if letter != "*"] == (
        [0] if len(name) == 2 else [0, len(name) - 1]
    )


@given(latin_names)
def test_of_a_name_in_letters_one_of_each_word_is_shown_at_most(name):
    for word, shown in zip(name.split(), mask(Item.NAME, name).split(), strict=True):
        assert shown in {word[0] + "*" * (len(word) - 1), "*"}


@given(st.from_regex(r"(02|0[3-6][1-5]|01[016789]|0[57]0)-[0-9]{3,4}-[0-9]{4}", fullmatch=True))
def test_of_a_phone_the_middle_is_never_shown(phone):
    area, middle, last = phone.split("-")
    assert mask(Item.PHONE, phone) == f"{area}-{'*' * len(middle)}-{last}"


@given(st.from_regex(r"\+?[0-9 ()-]{0,24}", fullmatch=True))
def test_of_any_phone_more_than_half_is_hidden_or_the_middle(phone):
    shown = mask(Item.PHONE, phone)
    digits = [letter for letter in shown if letter.isdigit()]
    if len(digits) > 4:
        assert re.fullmatch(r"0\d{1,3}-\*{3,4}-\d{4}", shown)
    assert shown.count("*") >= min(len(digits), 3)


@given(st.emails())
def test_of_an_email_two_letters_and_half_are_shown_at_most(email):
    local, _, domain = email.rpartition("@")
    shown, _, where = mask(Item.EMAIL, email).rpartition("@")
    assert where == domain
    assert local.startswith(shown.removesuffix("***"))
    assert len(shown) - 3 <= min(2, len(local) / 2)


@given(st.text(max_size=30))
def test_of_a_log_in_id_three_letters_and_half_are_shown_at_most(login):
    shown = mask(Item.LOGIN_ID, login)
    assert shown.endswith("***")
    assert len(shown) - 3 <= min(3, len(unicodedata.normalize("NFC", login)) / 2)


@given(st.from_regex(r"[0-9]{5}", fullmatch=True))
def test_of_a_postcode_two_digits_are_shown(postcode):
    assert mask(Item.POSTCODE, postcode) == postcode[:2] + "***"


ROADS = ["서울 종로구 세종대왕로", "경기도 성남시 분당구 판교역로", "부산 해운대구 달맞이길"]
houses = st.integers(1, 999)


@given(st.sampled_from(ROADS), houses, houses, st.text(max_size=30))
def test_of_an_address_nothing_behind_the_road_is_shown(road, number, door, rest):
    assert mask(Item.ADDRESS, f"{road} {number}, {door}호 {rest}") == f"{road} ***"
    assert mask(Item.ADDRESS, f"{road}{number}번길 {door} {rest}") == f"{road} ***"


@given(st.sampled_from([Item.EXTRA, Item.PASSWORD, Item.TOTP_SECRET, Item.RRN]), values, values)
def test_of_what_nobody_needs_to_recognise_nothing_is_shown(item, one, other):
    assert mask(item, one) == mask(item, other)


def test_every_item_has_one_rule():
    assert set(RULES) == set(Item)


def test_nobody_else_makes_masks():
    makes = re.compile(r"""\*\*\*|["']\*["'] ?\*|[•●]{2}""")
    elsewhere = [
        f"{path}:{number}"
        for ending in ("py", "html", "js", "txt")
        for path in Path("yaksok").rglob(f"*.{ending}")
        if path != Path("yaksok/policy/masks.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if makes.search(line) and "Label(***)" not in line
    ]
    assert elsewhere == []


@pytest.mark.parametrize(
    "text",
    [
        "900101-1234567",
        "제 번호는 9001011234567입니다",
        "９００１０１－１２３４５６７",
        "٩٠٠١٠١-١٢٣٤٥٦٧",
        "900101 - 1234567",
        "90/01/01 1234567",
        "900101-1 234567",
        "9 0 0 1 0 1 1 2 3 4 5 6 7",
        "9-0-0-1-0-1-1-2-3-4-5-6-7",
        "900101\u20601234567",
        "900101,1234567",
        "900101(1234567)",
        "900101•1234567",
        "900101 → 1234567",
        "900101 --- 1234567",
        "900101\u31641234567",
        "900101\u28001234567",
        "9\u030100101-1234567",
        "9\ufe0f\u20e300101-1234567",
        "9  0  0  1  0  1  1  2  3  4  5  6  7",
        "90 01 01 12 34 56 7",
        "90-01-01-12-34-56-7",
        "90.01.01 - 12.34.56.7",
        "000229-3234567",
        "851231-9234567",
    ],
)
def test_it_is_found(text):
    assert contains_rrn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "010-1234-5678",
        "010-1234-5678 12동",
        "02-1234-5678, 010-1234-5678",
        "1234-5678-9012-3456",
        "901301-1234567",
        "900132-1234567",
        "010229-3234567",
        "900101-123456",
        "900101-12345678",
        "1900101-1234567",
        "주문 20261124-0000123",
        "서울 종로구 약속로 90, 01011호 (1234567)",
        "한강대로 23, 1203-1 (12345)",
        "010-0101-1234, 010-0101-2345",
        "90 13 01 12 34 56 7",
        "90 01 01 12 34 56 78",
        "12 34 56 12 34 56 7",
    ],
)
def test_it_is_not_one(text):
    assert not contains_rrn(text)
