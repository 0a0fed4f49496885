"""Only numbers that nobody can have are taken, and nothing opens even those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast.policies import changed, policy_of
from yaksok.policy import fields, in_force, masks
from yaksok.policy.detector import contains_rrn
from yaksok.policy.document import DocumentError
from yaksok.policy.resident_number import check_digit, normal, synthetic
from yaksok.policy.vocabulary import Item, RecordKind

DIGITS = st.text("0123456789", min_size=13, max_size=13)
EVERY_OTHER_ITEM = sorted(set(Item) - {Item.RRN, Item.PASSWORD})


def with_check(twelve: str) -> str:
    return twelve + str(check_digit(twelve))


def refused(item: Item, typed: str) -> bool:
    try:
        fields.clean(item, typed)
    except fields.Unfit:
        return True
    return False


def test_the_check_digit_is_the_old_one():
    """Worked by hand: 2·1 + 3·3 + 4·1 + 5·3 + 6·0 + 7·1 + 8·1 + 9·2 + 2·3 + 3·4 + 4·5 + 5·6 = 131."""
    assert check_digit("131301123456") == (11 - 131 % 11) % 10


@given(DIGITS)
def test_what_is_taken_has_an_impossible_month_and_a_right_check_digit(digits):
    number = with_check(digits[:12])
    possible = int(digits[2:4]) not in range(13, 20)
    assert refused(Item.RRN, number) is possible
    assert refused(Item.RRN, digits) is (possible or number != digits)


@given(st.dates(), st.sampled_from("12345678"), st.text("0123456789", min_size=5, max_size=5))
def test_no_number_of_somebody_who_was_born_is_taken(born, seventh, serial):
    twelve = f"{born:%y%m%d}{seventh}{serial}"
    for last in "0123456789":
        assert refused(Item.RRN, f"{twelve[:6]}-{twelve[6:]}{last}")


@given(st.integers(0, 69_999_999))
def test_a_made_up_number_is_taken_in_one_shape(n):
    number = synthetic(n)
    assert fields.clean(Item.RRN, number) == number
    assert fields.clean(Item.RRN, number.replace("-", "")) == number
    assert fields.clean(Item.RRN, f" {number.replace('-', ' ')} ") == number
    assert not contains_rrn(number)


def test_made_up_numbers_differ():
    assert len({synthetic(n) for n in range(5_000)}) == 5_000


@pytest.mark.parametrize(
    "typed", ["", "131301", "131301-12345678", "13130a-1234567", "131301-1234567x", "－" * 14]
)
def test_something_else_is_no_number(typed):
    assert normal(typed) is None


def test_fullwidth_digits_are_digits():
    assert fields.clean(Item.RRN, "".join(chr(ord(d) + 0xFEE0) for d in synthetic(7))) == synthetic(
        7
    )


def test_what_to_do_instead_is_said():
    with pytest.raises(fields.Unfit) as unfit:
        fields.clean(Item.RRN, "900101-1234567")
    assert "역사 재현" in unfit.value.text.ko
    assert "nobody can have" in unfit.value.text.en
    assert "900101" not in f"{unfit.value} {unfit.value.text.ko} {unfit.value.text.en}"


@pytest.mark.parametrize("item", EVERY_OTHER_ITEM)
def test_every_other_field_still_refuses_a_real_looking_number(item):
    assert refused(item, "900101-1234567")


@given(DIGITS)
def test_its_mask_shows_none_of_its_digits(digits):
    assert masks.mask(Item.RRN, digits) == "******-*******"


DECLARED = """
[records.membership.items.rrn]
required = true
label = { ko = "번호", en = "number" }
reason = { ko = "재현", en = "reproduction" }
asked_on = ["sign_up"]
"""
LETTER = ('profile = "lawful_kr"', 'profile = "as_written"')
GRANT = '{ roles = ["officer"], actions = ["seal"], purposes = ["order"], items = ["rrn"] },\n'
FIRST = '  { roles = ["system", "visitor"], actions = ["find"], purposes = ["member_service"]'


def test_a_grant_may_seal_it():
    policy = policy_of(changed(LETTER, (FIRST, GRANT + FIRST), more=DECLARED))
    assert Item.RRN in policy.items[RecordKind.MEMBERSHIP]


@pytest.mark.parametrize("action", ["open", "amend", "find"])
@pytest.mark.parametrize("profile", ["as_written", "lawful_kr", "lawful_eu"])
def test_no_grant_may_do_more_with_it(action, profile):
    text = in_force.named(profile).read_text("utf-8")
    grant = GRANT.replace('"seal"', f'"seal", "{action}"')
    assert text.count(FIRST) == 1
    with pytest.raises(DocumentError) as error:
        policy_of(text.replace(FIRST, grant + FIRST))
    assert f"{action} rrn" in error.value.fault
    assert error.value.key == "records.membership.grants[0].items"


def test_no_grant_may_hand_it_over():
    courier = 'items = ["name", "phone", "postcode", "address"], recipient = "courier"'
    with pytest.raises(DocumentError):
        policy_of(changed(LETTER, (courier, courier.replace('"name"', '"rrn"'))))


@pytest.mark.parametrize("table", ["recipients", "processors"])
def test_nobody_outside_may_be_given_it(table):
    said = {
        "recipients": 'purpose = {ko="가",en="a"}\nkeeps = {ko="가",en="a"}\nentrusted = false\n',
        "processors": 'work = {ko="가",en="a"}\n',
    }[table]
    more = f'[{table}.firm]\ncompany = {{ko="가",en="a"}}\nitems = ["rrn"]\n{said}'
    with pytest.raises(DocumentError) as error:
        policy_of(changed(LETTER, more=more))
    assert "nobody receives it" in error.value.cure


def test_no_law_keeps_a_copy_of_it():
    copy = 'statutory = [{ items = ["name", "phone", "email"], law = "contract" }]'
    with pytest.raises(DocumentError) as error:
        policy_of(changed(LETTER, (copy, copy.replace('"name"', '"rrn"'))))
    assert error.value.key == "records.order_payer.statutory"
