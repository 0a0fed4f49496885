"""Takes what a person typed, item by item, or says in their language what to do."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from yaksok.policy import push_address, resident_number
from yaksok.policy.detector import contains_rrn
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item

MAX_LENGTH: Mapping[Item, int] = MappingProxyType(
    {
        Item.ACCESS_POINT: 80,
        Item.ADDRESS: 200,
        Item.AGE_CLASS: 3,
        Item.BIRTH_MONTH: 7,
        Item.ANSWER: 4000,
        Item.BODY: 2000,
        Item.CALL_PHONE: 20,
        Item.DOCUMENT: 200,
        Item.EMAIL: 254,
        Item.EXTRA: 500,
        Item.GUARDIAN_EVIDENCE: 200,
        Item.LOGIN_ID: 20,
        Item.NAME: 40,
        Item.PASSWORD: 200,
        Item.PHONE: 20,
        Item.POSTCODE: 5,
        Item.PUSH_ENDPOINT: 1500,
        Item.RRN: 14,
        Item.SAFE_NUMBER: 12,
        Item.TOTP_SECRET: 64,
    }
)
"""The longest value of each item, in characters after NFC."""

PASSWORD_MIN = 10
SECRET_MIN = 8
_ADDRESS_MIN = 5
_RAW_FACTOR = 4
"""How many times longer a value may be before it is normalised."""

_LINES = frozenset({Item.ANSWER, Item.BODY, Item.EXTRA})
"""Items of several lines."""

_JOINERS = frozenset("\u200c\u200d")
"""Invisible signs that some scripts and emoji need to be written."""

_LOGIN_ID = re.compile(r"[a-z0-9_]{4,20}")
_POSTCODE = re.compile(r"[0-9]{5}")
_MONTH = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])")


class Unfit(Exception):
    """A value cannot be taken. Holds what to do, never the value."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


ONE_OF_TWO = Text(ko="둘 가운데 하나는 채워 주세요.", en="Fill in one of the two.")
REQUIRED = Text(ko="이 칸을 채워 주세요.", en="Fill this in.")
UNTICKED = Text(ko="계속하려면 이 항목에 표시해 주세요.", en="Tick this to go on.")
SIGNS = Text(
    ko="쓸 수 없는 글자가 들어 있어요. 지우고 다시 적어 주세요.",
    en="It holds characters that cannot be used. Type it again without them.",
)
RRN = Text(
    ko="주민등록번호로 보이는 숫자가 있어요. 저희는 받지 않으니 지워 주세요.",
    en="It looks like a resident registration number. We never take one, so remove it.",
)
SYNTHETIC_ONLY = Text(
    ko="역사 재현이라 실제로 있을 수 없는 번호만 받아요. 태어난 달이 13에서 19인 보기처럼 적어 주세요.",
    en="This is a historical reproduction: only numbers that nobody can have are taken, with a month"
    " of birth from 13 to 19, like the example.",
)
NAME = Text(ko="이름을 글자로 적어 주세요.", en="Write the name in letters.")
PHONE = Text(
    ko="전화번호를 010-1234-5678처럼 적어 주세요.",
    en="Write the phone number like 010-1234-5678, or with + and the country code.",
)
EMAIL = Text(
    ko="이메일을 name@example.com처럼 적어 주세요.",
    en="Write the e-mail address like name@example.com.",
)
LOGIN_ID = Text(
    ko="영문 소문자, 숫자, 밑줄로 4자에서 20자까지 적어 주세요.",
    en="Use 4 to 20 lower-case letters, digits or underscores.",
)
BIRTH_MONTH = Text(
    ko="태어난 해와 달을 2015-03처럼 적어 주세요. 날짜는 적지 않아요.",
    en="Write year and month of birth like 2015-03, without the day.",
)
PUSH_ENDPOINT = Text(
    ko="브라우저가 알려 준 수신 주소를 읽을 수 없어요. 단추를 다시 눌러 주세요.",
    en="What the browser said cannot be read. Press the button again.",
)
POSTCODE = Text(ko="우편번호 다섯 자리를 적어 주세요.", en="Write the five digits of the postcode.")
ADDRESS = Text(
    ko="도로명과 번지, 상세 주소까지 적어 주세요.",
    en="Write the street, the number and the details.",
)
SAME_AS_ID = Text(
    ko="아이디와 다른 비밀번호를 정해 주세요.", en="Choose a password that differs from the ID."
)


def too_long(limit: int) -> Text:
    """What to do about a value longer than ``limit`` characters."""
    return Text(ko=f"{limit}자까지 적을 수 있어요.", en=f"Use at most {limit} characters.")


def too_short(limit: int) -> Text:
    """What to do about a secret shorter than ``limit`` characters."""
    return Text(ko=f"{limit}자 이상으로 정해 주세요.", en=f"Use at least {limit} characters.")


def clean(item: Item, typed: str) -> str:
    """What was typed for ``item`` in the one form in which it is kept; ``""`` if nothing was.

    Text is NFC, without spaces around and with single ones inside; a Korean phone number is
    ``010-1234-5678``. Passwords are NFC and otherwise as typed. A resident registration number is
    taken only if nobody can have it (:mod:`yaksok.policy.resident_number`).

    Raises:
        Unfit: it cannot be taken.
    """
    limit = MAX_LENGTH[item]
    if len(typed) > limit * _RAW_FACTOR:
        raise Unfit(too_long(limit))
    if item is Item.PASSWORD:
        return _secret(typed, limit)
    text = _plain(typed, lines=item in _LINES)
    if not text:
        return ""
    if item is not Item.RRN and contains_rrn(text):
        raise Unfit(RRN)
    value = _FORMATS.get(item, _as_it_is)(text)
    if len(value) > limit:
        raise Unfit(too_long(limit))
    return value


def check_new_secret(value: str, least: int) -> None:
    """Nothing, when ``value`` is long enough and no resident registration number. Raises Unfit."""
    if len(value) < least:
        raise Unfit(too_short(least))
    if contains_rrn(value):
        raise Unfit(RRN)


def _secret(typed: str, limit: int) -> str:
    if any(cannot_be_used(sign) for sign in typed):
        raise Unfit(SIGNS)
    value = unicodedata.normalize("NFC", typed)
    if len(value) > limit:
        raise Unfit(too_long(limit))
    return value


def _plain(typed: str, *, lines: bool) -> str:
    rows = typed.replace("\r\n", "\n").split("\n") if lines else [typed]
    if any(cannot_be_used(sign) for row in rows for sign in row.strip()):
        raise Unfit(SIGNS)
    cleaned = [" ".join(unicodedata.normalize("NFC", row).split()) for row in rows]
    return "\n".join(cleaned).strip()


def cannot_be_used(sign: str) -> bool:
    """Whether ``sign`` shows nothing or is no character: controls, halves, direction marks, separators."""
    category = unicodedata.category(sign)
    if category in {"Cc", "Cs", "Co", "Zl", "Zp"} or ord(sign) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 - U+nFFFE, U+nFFFF
        return True
    return category == "Cf" and sign not in _JOINERS


def _as_it_is(text: str) -> str:
    return text


def _name(text: str) -> str:
    if not any(unicodedata.category(sign).startswith("L") for sign in text):
        raise Unfit(NAME)
    return text


def _phone(text: str) -> str:
    import phonenumbers  # a megabyte and a half that only a form needs

    try:
        number = phonenumbers.parse(text, "KR")
    except phonenumbers.NumberParseException:
        raise Unfit(PHONE) from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise Unfit(PHONE)
    korean = phonenumbers.region_code_for_number(number) == "KR"
    shape = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if korean
        else (phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    )
    return phonenumbers.format_number(number, shape)


def _email(text: str) -> str:
    import email_validator  # as above

    try:
        found = email_validator.validate_email(
            text, allow_smtputf8=False, check_deliverability=False, test_environment=True
        )
    except email_validator.EmailNotValidError:
        raise Unfit(EMAIL) from None
    return found.normalized


def _login_id(text: str) -> str:
    if not _LOGIN_ID.fullmatch(text):
        raise Unfit(LOGIN_ID)
    return text


def _postcode(text: str) -> str:
    digits = unicodedata.normalize("NFKC", text)
    if not _POSTCODE.fullmatch(digits):
        raise Unfit(POSTCODE)
    return digits


def _birth_month(text: str) -> str:
    if not _MONTH.fullmatch(text):
        raise Unfit(BIRTH_MONTH)
    return text


def _rrn(text: str) -> str:
    number = resident_number.normal(text)
    if number is None:
        raise Unfit(SYNTHETIC_ONLY)
    return number


def _push_endpoint(text: str) -> str:
    if push_address.read(text) is None:
        raise Unfit(PUSH_ENDPOINT)
    return text


def _address(text: str) -> str:
    if len(text) < _ADDRESS_MIN:
        raise Unfit(ADDRESS)
    return text


_FORMATS: Mapping[Item, Callable[[str], str]] = MappingProxyType(
    {
        Item.ADDRESS: _address,
        Item.BIRTH_MONTH: _birth_month,
        Item.CALL_PHONE: _phone,
        Item.EMAIL: _email,
        Item.LOGIN_ID: _login_id,
        Item.NAME: _name,
        Item.PHONE: _phone,
        Item.POSTCODE: _postcode,
        Item.PUSH_ENDPOINT: _push_endpoint,
        Item.RRN: _rrn,
    }
)
