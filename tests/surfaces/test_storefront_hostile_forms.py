"""What forms of the storefront answer to values no honest browser sends, and to rare honest ones.

Nothing of it is stored, nothing of it is repeated, and the page says what to do in both languages.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import people
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import ANSWERS, SECRET, choose, rows
from tests.surfaces.visits import Visitor
from yaksok.policy.forms import Field, form
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

URLENCODED = "application/x-www-form-urlencoded"
OURS = {"origin": "http://testserver"}
ADDRESSES = ("/sign-up", "/log-in", "/lookup", "/basket/lines", "/checkout", "/checkout/place")
WAYS = [(path, "ko") for path in ADDRESSES] + [(f"/en{path}", "en") for path in ADDRESSES]
UNREADABLE = {"ko": "읽을 수 없는 글자나 너무 긴 값이", "en": "characters that cannot be read"}
NOTHING_STORED = {"ko": "아무것도 저장하지 않았어요", "en": "so nothing was stored"}
SHORTEN = {"ko": "내용을 줄여 다시 보내 주세요", "en": "Make it shorter"}
TILL = {"ko": "/checkout", "en": "/en/checkout"}


@pytest.fixture(autouse=True)
def _nothing_is_stored(request: pytest.FixtureRequest, shelves: Shop) -> Iterator[None]:
    yield
    if "payment_sandbox" not in request.fixturenames:
        assert stored() == 0
        assert shelves.stock("TEA-G") == (100, 0)


def stored() -> int:
    """Rows about persons."""
    tables = ("vault_record", "consent_event", "accounts_credential", "orders_order")
    return sum(int(rows(f"SELECT count(*) FROM {table}")[0][0]) for table in tables)


def order_form(
    visitor: Visitor, shelves: Shop, language: str, sku: str = "TEA-G"
) -> dict[str, str]:
    """The hidden fields of the order form and honest answers to the others."""
    page = visitor.send(TILL[language], variant=str(shelves[sku]), quantity="1").content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {**ANSWERS, **dict(hidden)}


def sign_up_form(visitor: Visitor, language: str) -> dict[str, str]:
    """What the sign-up form carries, and honest answers."""
    page = visitor.text("/en/sign-up" if language == "en" else "/sign-up")
    notice = re.search(r'name="notice" value="([^"]+)"', page)
    assert notice
    return {**people.joining(people.person()), "notice": notice[1]}


BODIES = {
    "EUC-KR": "payer_name=홍길동".encode("euc-kr"),
    "EUC-KR in percents": b"payer_name=%C8%AB%B1%E6%B5%BF",
    "UTF-16": "payer_name=canary".encode("utf-16"),
    "NUL": b"payer_name=canary%00",
    "half of a surrogate pair": b"payer_name=canary%ED%A0%80",
    "a broken name": b"canary%FF=1",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_another_encoding_is_told_and_never_guessed(body):
    for path, language in WAYS:
        answer = Visitor().generic("POST", path, body, URLENCODED, headers=OURS)
        page = answer.content.decode()
        assert answer.status_code == 400, path
        assert UNREADABLE[language] in page
        assert f'lang="{language}"' in page
        assert "canary" not in page


def test_more_than_any_form_holds_is_refused_unread():
    body = b"payer_name=" + b"canary" * 20_000
    for path, language in WAYS:
        answer = Visitor().generic("POST", path, body, URLENCODED, headers=OURS)
        assert answer.status_code == 413, path
        assert SHORTEN[language] in answer.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_field_nobody_asked_for_is_refused_with_the_whole_form(shelves, language):
    visitor = Visitor()
    forms = {
        "/sign-up": sign_up_form(visitor, language),
        "/checkout": {"variant": str(shelves["TEA-G"]), "quantity": "1"},
        "/checkout/place": order_form(visitor, shelves, language),
        "/lookup": {"number": "2222-222-2222-222", "lookup_secret": SECRET},
        "/log-in": {"login_id": "nobody", "password": SECRET, "next": ""},
        "/basket/lines": {"lines": f"{shelves['TEA-G']}:1"},
    }
    assert set(forms) == set(ADDRESSES)
    for path, fields in forms.items():
        address = f"/en{path}" if language == "en" else path
        answer = visitor.send(address, **fields, birthday="1990-canary")
        page = answer.content.decode()
        assert answer.status_code == 400, path
        assert NOTHING_STORED[language] in page
        assert "P1.5" in page
        assert "canary" not in page


def test_a_name_twice_or_a_file_is_refused_with_the_whole_form(shelves):
    visitor = Visitor()
    fields = order_form(visitor, shelves, "ko")
    twice = urlencode([*fields.items(), ("payer_name", "canary")])
    answer = visitor.generic("POST", "/checkout/place", twice.encode(), URLENCODED, headers=OURS)
    assert answer.status_code == 400
    file = SimpleUploadedFile("canary.txt", b"canary")
    answer = visitor.post("/checkout/place", {**fields, "payer_name": file}, headers=OURS)
    assert answer.status_code == 400
    assert "canary" not in answer.content.decode()


def fields_of(name: FormName) -> list[Field]:
    """The fields of a form."""
    return list(form(policy(), name).fields)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_value_too_long_is_named_with_its_limit(shelves, language):
    visitor = Visitor()
    prefix = "/en" if language == "en" else ""
    for name, path, honest in (
        (FormName.SIGN_UP, f"{prefix}/sign-up", sign_up_form(visitor, language)),
        (
            FormName.CHECKOUT_GUEST,
            f"{prefix}/checkout/place",
            order_form(visitor, shelves, language),
        ),
    ):
        for field in fields_of(name):
            for value in ("가" * (field.max_length + 1), "9" * 5_000):
                answer = visitor.send(path, **{**honest, field.name: value})
                page = answer.content.decode()
                assert answer.status_code == 422, field.name
                assert f'href="#f-{field.name}"' in page, "the summary leads to the field"
                assert f'id="wrong-{field.name}"' in page
                assert "9" * 5_000 not in page or field.item is not Item.PASSWORD
            assert str(field.max_length) in wrong(page, field.name), field.name


MALFORMED = {
    Item.LOGIN_ID: ("두루미", "ａｂｃｄ", "a b c d", "abc"),
    Item.PASSWORD: ("짧다", "bell\x07bell bell"),
    Item.EMAIL: ("durumi", "a@b@c.example", "두루미@mail", "x@mail.example\r\nBcc: y@z.example"),
    Item.NAME: ("12345", "\u202eabc", "♡♡♡", "a\u2028b"),
    Item.PHONE: ("010-2345", "call me", "010-2345-6789 내선 3"),
    Item.POSTCODE: ("3045", "가나다라마", "03045-1"),
    Item.ADDRESS: ("서울", "사직로 900101-1234567"),
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_malformed_value_is_named_with_what_to_do(shelves, language):
    visitor = Visitor()
    prefix = "/en" if language == "en" else ""
    for name, path, honest in (
        (FormName.SIGN_UP, f"{prefix}/sign-up", sign_up_form(visitor, language)),
        (
            FormName.CHECKOUT_GUEST,
            f"{prefix}/checkout/place",
            order_form(visitor, shelves, language),
        ),
    ):
        for field in fields_of(name):
            for value in ("", *MALFORMED[field.item]):
                answer = visitor.send(path, **{**honest, field.name: value})
                page = answer.content.decode()
                assert answer.status_code == 422, (field.name, value)
                said = wrong(page, field.name)
                assert len(said) > 8, (field.name, value)
                assert bool(re.search("[가-힣]", said)) is (language == "ko"), said


def wrong(page: str, name: str) -> str:
    """What the page says is wrong with a field."""
    found = re.search(rf'id="wrong-{name}"[^>]*>(.*?)</', page, re.DOTALL)
    assert found, name
    return re.sub("<[^>]+>", "", found[1]).strip()


CARRIED = (
    ({"attempt": "canary"}, 400, NOTHING_STORED["ko"]),
    ({"attempt": ""}, 400, NOTHING_STORED["ko"]),
    ({"notice": "canary"}, 422, "바뀐 안내를 읽고 다시 눌러 주세요"),
    ({"notice": ""}, 403, "P3.6"),
    ({"total": "1"}, 422, "확인하고 다시 눌러 주세요"),
    ({"total": "canary"}, 422, "확인하고 다시 눌러 주세요"),
    ({"lines": ""}, 422, "상품을 먼저 담아 주세요"),
    ({"lines": "canary:1"}, 422, "알아볼 수 없는 줄"),
    ({"lines": "{id}:0"}, 422, ""),
    ({"lines": "{id}:-1"}, 422, ""),
    ({"lines": "{id}:1e9"}, 422, ""),
    ({"lines": "{id}:٣"}, 422, ""),
    ({"lines": "{id}:99999999999999999999"}, 422, ""),
    ({"lines": "0" * 5_000}, 422, ""),
)


def test_what_the_page_carries_along_is_not_believed(shelves):
    visitor = Visitor()
    fields = order_form(visitor, shelves, "ko")
    for changed, status, said in CARRIED:
        given = {name: value.format(id=shelves["TEA-G"]) for name, value in changed.items()}
        answer = visitor.send("/checkout/place", **{**fields, **given})
        page = answer.content.decode()
        assert answer.status_code == status, changed
        assert said in page, changed
        assert status != 422 or 'role="alert"' in page
        assert "canary" not in page or "lines" in changed


ODD = (
    "/search?q=" + "%F0%9F%98%80" * 60,
    "/search?q=%27%22%3E%3Cscript%3E",
    "/search?q=%25%5F%5C",
    "/search?q=&page=-1",
    "/search?q=a&page=99999999999999999999",
    "/category/tea?page=0&sort=canary",
    "/category/tea?page=%EC%9D%BC",
    "/product/%EB%B7%81%ED%9E%A3",
    "/complete?payment=canary",
    "/pay/return?orderId=canary&paymentKey=%F0%9F%98%80&amount=-1",
)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_address_made_up_by_hand_is_answered_with_a_page(shelves, prefix):
    for query in ODD:
        answer = Visitor().get(prefix + query)
        assert answer.status_code in {200, 400, 404}, query
        assert "<script>" not in answer.content.decode()
        assert "<h1" in answer.content.decode()


def test_a_word_is_found_in_whichever_form_it_is_typed(shelves):
    for word in ("찻잔", unicodedata.normalize("NFD", "찻잔")):
        assert "백자 찻잔" in Visitor().get("/search", {"q": word}).content.decode()


RARE = ("뷁힣 똠방", "ᄒᆞᆫ글", "김👩‍🚀", "𠮷野家", "Zoë Ångström", "O'Brien <b>&amp;")


def test_rare_letters_are_ordered_with_and_looked_up(shelves: Shop, payment_sandbox: Sandbox):
    for name in RARE:
        orders_and_looks_up(shelves, payment_sandbox, name)


def orders_and_looks_up(shelves: Shop, payment_sandbox: Sandbox, name: str) -> None:
    """A guest of that name buys, typing it decomposed, and looks the order up, composed."""
    visitor = Visitor()
    typed = unicodedata.normalize("NFD", name)
    fields = order_form(visitor, shelves, "ko") | {
        "payer_name": name,
        "recipient_name": typed,
        "recipient_address": f"서울 종로구 {typed}로 7",
        "lookup_secret": " ".join([typed] * 4),
    }
    placed = visitor.send("/checkout/place", **fields)
    assert placed.status_code == 302
    back = choose(payment_sandbox, placed.headers["Location"], "approve")
    page = visitor.get(f"/pay/return?{urlencode(back)}", follow=True).content.decode()
    number = re.search(r'class="order-number">([^<]+)<', page)
    assert number
    secret = unicodedata.normalize("NFC", " ".join([name] * 4))
    shown = visitor.send("/lookup", number=number[1], lookup_secret=secret)
    assert shown.status_code == 200
    assert "*" in shown.content.decode()
    assert "<b>&" not in shown.content.decode()


def test_a_password_is_the_same_in_whichever_form_it_is_typed(payment_sandbox: Sandbox):
    visitor = Visitor()
    fields = sign_up_form(visitor, "ko") | {
        "password": unicodedata.normalize("NFD", "학이 걷는 긴 둑길")
    }
    assert visitor.send("/sign-up", **fields).status_code == 302
    answer = visitor.send(
        "/log-in", login_id=fields["login_id"], password="학이 걷는 긴 둑길", next=""
    )
    assert answer.status_code == 302
