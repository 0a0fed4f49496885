"""What is shown instead of a value. One rule per item, the same on every screen and in every list.

Different masks of one value could be laid over each other, so there is no second rule.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from yaksok.policy.vocabulary import AgeClass, Item

HIDDEN = "***"
"""The mask that says nothing, not even a length."""

RRN_HIDDEN = "******-*******"
"""The mask of a resident registration number: its shape, and none of its digits."""

_JOINER = "\u200d"
_SYLLABIC = re.compile("[가-힣ぁ-ヿ㐀-鿿]")
"""Writing in which one letter is a syllable or a word: first and last are shown, as names are told."""
_ROAD = re.compile(r"^([가-힣A-Za-z0-9·.]*?[가-힣](?:로|길))(?=[\d,\-(]|$)")
_PROVINCE = re.compile(
    r"^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)$"
)
_CITY = re.compile(r"^[가-힣]+(?:시|도|군|구)$")
_PLACE = re.compile(r"^[가-힣]+(?:시|도|군|구|읍|면|동|리)$")
"""Only behind a province or a city: a word that ends so may be a person's name."""
_KOREAN_PHONE = re.compile(r"(0\d{1,3})-(\d{3,4})-(\d{4})")
_MONTH = re.compile(r"20[0-9]{2}-[0-9]{2}")
_SERVICE = re.compile(r"https?://([a-z0-9.\-:]+)/")
_DIALLED = re.compile(r"[^\s+\-]")
_AGE_CLASSES = frozenset(one.value for one in AgeClass)
_POINT = re.compile(
    r"(\d{4}-\d{2}-\d{2} \d{2}:\d{2}) (?:(\d{1,3}\.\d{1,3})(?:\.\d{1,3}){2}|([0-9a-f]{1,4}):[0-9a-f:.]+)"
)
_MIDDLE = 3
_LOGIN_SHOWN = 3
_EMAIL_SHOWN = 2
_POSTCODE_SHOWN = 2
_PHONE_SHOWN = 4


def mask(item: Item, value: str) -> str:
    """``value`` with what identifies a person hidden."""
    return rule(item)(value)


def card_end(digits: str) -> str:
    """The end of the number of a card, behind a sign that there is more of it."""
    return f"****{digits}"


def rule(item: Item) -> Callable[[str], str]:
    """What makes the mask of a value of ``item``."""
    return RULES[item]


def _hidden(_value: str) -> str:
    return HIDDEN


def _composed(value: str) -> str:
    """``value`` in one of the ways in which it can be written, so that it has one mask."""
    return unicodedata.normalize("NFC", value)


def _letters(word: str) -> list[str]:
    """What a reader sees as single letters: marks and joined signs stay with their base."""
    letters: list[str] = []
    for char in word:
        joins = unicodedata.category(char) in {"Mn", "Mc", "Me"} or char == _JOINER
        if letters and (joins or letters[-1].endswith(_JOINER)):
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def _name(value: str) -> str:
    """홍*동, 홍*, 남**수; several words or letters of an alphabet: J*** D**."""
    words = _composed(value).split()
    if len(words) == 1 and _SYLLABIC.match(words[0]):
        letters = _letters(words[0])
        if len(letters) >= _MIDDLE:
            return letters[0] + "*" * (len(letters) - 2) + letters[-1]
    return " ".join(_first_only(word) for word in words) or HIDDEN


def _first_only(word: str) -> str:
    letters = _letters(word)
    return letters[0] + "*" * (len(letters) - 1) if len(letters) > 1 else "*"


def _phone(value: str) -> str:
    """010-****-1234; of other shapes the last four digits, if there are as many again."""
    value = _composed(value)
    if found := _KOREAN_PHONE.fullmatch(value):
        return f"{found[1]}-{'*' * len(found[2])}-{found[3]}"
    dialled = len(_DIALLED.findall(value))
    shown = value[-_PHONE_SHOWN:] if dialled >= 2 * _PHONE_SHOWN else ""
    return _DIALLED.sub("*", value[: len(value) - len(shown)]) + shown


def _email(value: str) -> str:
    """ho***@example.com: two letters, and never more than half."""
    local, at, domain = _composed(value).rpartition("@")
    return f"{_some(local, _EMAIL_SHOWN)}{HIDDEN}{at}{domain}" if at else HIDDEN


def _login_id(value: str) -> str:
    """hon***: three letters, and never more than half."""
    return _some(_composed(value), _LOGIN_SHOWN) + HIDDEN


def _some(value: str, most: int) -> str:
    return value[: min(most, len(value) // 2)]


def _access_point(value: str) -> str:
    """2026-03-02 12:00 203.0.***.***: when, and of the address the first half at most."""
    found = _POINT.fullmatch(value)
    if not found:
        return HIDDEN
    near = f"{found[2]}.***.***" if found[2] else f"{found[3]}:***"
    return f"{found[1]} {near}"


def _postcode(value: str) -> str:
    """03***: two digits, and never more than half."""
    return _some(_composed(value), _POSTCODE_SHOWN) + HIDDEN


def _push_endpoint(value: str) -> str:
    """push.example.com/***: whose browser it is, which everybody shares who has one."""
    found = _SERVICE.match(value)
    return f"{found[1]}/{HIDDEN}" if found else HIDDEN


def _address(value: str) -> str:
    """서울 종로구 세종대왕로 ***: as far as the road, or as far as the places before it."""
    shown: list[str] = []
    for word in _composed(value).split():
        if shown and (road := _ROAD.match(word)):
            shown.append(road[1])
            break
        if not (_PLACE.match(word) if shown else _PROVINCE.match(word) or _CITY.match(word)):
            break
        shown.append(word)
    return " ".join([*shown, HIDDEN])


def _rrn(_value: str) -> str:
    return RRN_HIDDEN


def _birth_month(value: str) -> str:
    """20**-**: the century, which everybody shares."""
    return f"{value[:2]}**-**" if _MONTH.fullmatch(value) else HIDDEN


def _age_class(value: str) -> str:
    return value if value in _AGE_CLASSES else HIDDEN


RULES: Mapping[Item, Callable[[str], str]] = MappingProxyType(
    {
        **dict.fromkeys(Item, _hidden),
        Item.ACCESS_POINT: _access_point,
        Item.ADDRESS: _address,
        Item.AGE_CLASS: _age_class,
        Item.BIRTH_MONTH: _birth_month,
        Item.CALL_PHONE: _phone,
        Item.EMAIL: _email,
        Item.LOGIN_ID: _login_id,
        Item.NAME: _name,
        Item.PHONE: _phone,
        Item.POSTCODE: _postcode,
        Item.PUSH_ENDPOINT: _push_endpoint,
        Item.RRN: _rrn,
        Item.SAFE_NUMBER: _phone,
    }
)
"""The one rule of each item. What is not named here shows nothing at all."""
