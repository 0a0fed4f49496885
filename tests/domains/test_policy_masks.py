"""One mask per item, and a detector that knows a registration number in any disguise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaksok.policy.detector import contains_rrn
from yaksok.policy.masks import mask
from yaksok.policy.vocabulary import Item


@pytest.mark.parametrize(
    ("item", "value", "shown"),
    [
        (Item.NAME, "홍길동", "홍*동"),
        (Item.NAME, "홍길", "홍*"),
        (Item.NAME, "홍", "*"),
        (Item.NAME, "남궁민수", "남**수"),
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
        (Item.EMAIL, "h@example.com", "***@example.com"),
        (Item.EMAIL, "none", "***"),
        (Item.LOGIN_ID, "honggildong", "hon***"),
        (Item.LOGIN_ID, "ho", "h***"),
        (Item.LOGIN_ID, "", "***"),
        (Item.POSTCODE, "03000", "03***"),
        (Item.ADDRESS, "서울 종로구 세종대왕로 12, 101동 202호", "서울 종로구 세종대왕로 ***"),
        (Item.ADDRESS, "서울특별시 강남구 테헤란로12길 3-4", "서울특별시 강남구 테헤란로 ***"),
        (Item.ADDRESS, "경기도 성남시 분당구 정자동 12-3", "경기도 성남시 분당구 정자동 ***"),
        (Item.ADDRESS, "서울 종로구", "서울 종로구 ***"),
        (Item.ADDRESS, "12 Main St, Springfield", "***"),
        (Item.AGE_CLASS, "14+", "14+"),
        (Item.PASSWORD, "whatever", "***"),
        (Item.TOTP_SECRET, "ABCDEF", "***"),
        (Item.EXTRA, "영원히", "***"),
    ],
)
def test_it_shows(item, value, shown):
    assert mask(item, value) == shown


@given(st.sampled_from([item for item in Item if item is not Item.AGE_CLASS]), st.text(max_size=60))
def test_a_mask_is_never_the_value(item, value):
    assert mask(item, value) != value or not value.strip("* +-@")


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
    ],
)
def test_it_is_not_one(text):
    assert not contains_rrn(text)
