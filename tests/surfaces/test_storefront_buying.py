"""Basket, order form, payment and look-up, as a browser without script sees them."""

import re
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import people
from tests.cast.policies import obeying, policy_of, without_item
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import ANSWERS, SECRET, choose, rows
from tests.surfaces.visits import Visitor, browser_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def hidden(text: str) -> dict[str, str]:
    """What the order form carries along."""
    form = text[text.index('class="till checkout"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def begun(
    visitor: Visitor, shelves: Shop, sku: str = "TEA-G", path: str = "/checkout"
) -> dict[str, str]:
    """The hidden fields of an order form for one ``sku``."""
    answer = visitor.send(path, variant=str(shelves[sku]), quantity="1")
    assert answer.status_code == 200
    return hidden(answer.content.decode())


def test_the_basket_is_priced_as_a_fragment(shelves):
    wanted = f"{shelves['TEA-G']}:2,{shelves['STOOL-O']}:1,nonsense:x"
    answer = Visitor().send("/basket/lines", lines=wanted)
    text = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<html" not in text
    assert "64,000" in text
    assert "품절되었어요" in text
    assert "알아볼 수 없는 줄" in text
    assert re.search(r'type="submit"[^>]* disabled', text)


def test_an_empty_basket_says_so_and_checkout_leads_back_to_it(shelves):
    visitor = Visitor()
    assert "비어 있어요" in visitor.send("/basket/lines", lines="").content.decode()
    for answer in (visitor.get("/checkout"), visitor.send("/checkout", lines="")):
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/basket"


def test_the_order_form_shows_a_reason_beside_each_field_and_ticks_nothing(shelves):
    answer = Visitor().send("/checkout", variant=str(shelves["BOX-O"]), quantity="1")
    text = answer.content.decode()
    asked = re.findall(r'<(?:input|textarea) id="f-(\w[\w-]*)"', text)
    assert set(asked) >= {"payer_name", "recipient_address", "lookup_secret"}
    for name in asked:
        assert f'id="why-{name}"' in text
        assert re.search(rf'id="f-{name}"[^>]*aria-describedby="why-{name}', text)
    assert "손으로 새겨 드리려고" in text
    assert " checked" not in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_what_was_typed_stays_after_a_mistake_but_never_the_secret(shelves):
    visitor = Visitor()
    fields = begun(visitor, shelves)
    given = {**ANSWERS, "recipient_postcode": "여기", "payer_name": "두루미 <b>"}
    answer = visitor.send("/checkout/place", **fields, **given)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ANSWERS["recipient_address"] in text
    assert ANSWERS["lookup_secret"] not in text
    assert "<b>" not in text[text.index("f-payer_name") :][:200]
    assert 'role="alert"' in text
    assert 'href="#f-recipient_postcode"' in text
    assert 'aria-describedby="why-recipient_postcode wrong-recipient_postcode"' in text
    assert re.search(r'name="age_attested"[^>]* checked', text)
    assert hidden(text)["attempt"] == fields["attempt"]
    assert rows("SELECT count(*) FROM orders_order") == [(0,)]


def test_a_field_that_is_not_declared_is_refused(shelves):
    visitor = Visitor()
    fields = begun(visitor, shelves)
    answer = visitor.send("/checkout/place", **fields, **ANSWERS, birthday="2001-01-01")
    assert answer.status_code == 400
    assert "2001" not in answer.content.decode()
    assert visitor.send("/checkout/place", **ANSWERS).status_code == 400


def test_a_name_that_comes_twice_or_as_a_file_is_refused_and_nothing_is_stored(shelves):
    visitor = Visitor()
    given = {**begun(visitor, shelves), **ANSWERS}
    twice = {**given, "payer_name": ["두루미", "왜가리"]}
    file = {**given, "resident": SimpleUploadedFile("number.txt", b"900101-1234567")}
    for form in (twice, file):
        answer = visitor.post("/checkout/place", form, headers={"origin": "http://testserver"})
        assert answer.status_code == 400
    assert rows("SELECT count(*) FROM orders_order") == [(0,)]


def test_a_guest_buys_and_looks_the_order_up(shelves, payment_sandbox: Sandbox):
    visitor = Visitor()
    fields = begun(visitor, shelves)
    first, second = (visitor.send("/checkout/place", **fields, **ANSWERS) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert first.headers["Location"].startswith(payment_sandbox.url)
    back = choose(payment_sandbox, first.headers["Location"], "approve")
    answer = visitor.get(f"/pay/return?{urlencode(back)}")
    assert answer.status_code == 302
    assert "paymentKey" not in answer.headers["Location"]
    payment_sandbox.faults(down=True)  # the page of a paid order asks nobody
    text = visitor.text(answer.headers["Location"])
    payment_sandbox.faults(down=False)
    assert "주문을 받았어요" in text
    assert "data-paid" in text
    assert "적어 주신 이메일로도" in text
    with obeying(policy_of(without_item("order_payer", "email"))):
        assert "이메일로도" not in visitor.text(answer.headers["Location"])
    (number,) = rows("SELECT number FROM orders_order")[0]
    assert number in text
    answer = visitor.send("/lookup", number=number.lower(), lookup_secret=SECRET)
    text = answer.content.decode()
    assert "결제 완료" in text
    assert "왜*리" in text
    assert ANSWERS["recipient_address"] not in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_declined_payment_says_so_and_offers_another_try(shelves, payment_sandbox: Sandbox):
    visitor = Visitor()
    placed = visitor.send(
        "/en/checkout/place", **begun(visitor, shelves, path="/en/checkout"), **ANSWERS
    )
    back = choose(payment_sandbox, placed.headers["Location"], "decline")
    asked_for = visitor.get(f"/en/complete?payment={back['orderId']}")
    for path in (f"/en/pay/fail?{urlencode(back)}", asked_for.headers["Location"]):
        text = visitor.text(path)
        assert "The payment did not go through" in text
        assert payment_sandbox.url in text


def test_a_wrong_number_and_a_wrong_secret_get_the_same_answer(shelves, payment_sandbox: Sandbox):
    visitor = Visitor()
    visitor.send("/checkout/place", **begun(visitor, shelves), **ANSWERS)
    (number,) = rows("SELECT number FROM orders_order")[0]
    wrong = [
        visitor.send("/lookup", number=one, lookup_secret=two)
        for one, two in ((number, "not the secret"), ("2222-222-2222-222", SECRET))
    ]
    assert [answer.status_code for answer in wrong] == [422, 422]
    said = [
        re.sub(r'name="number"[^>]*value="[^"]*"', "", answer.content.decode()) for answer in wrong
    ]
    assert said[0] == said[1]


def test_pages_of_payments_that_are_not_ours_are_not_found(shelves):
    for path in ("/pay/return?orderId=x", "/pay/fail", "/complete", "/complete?payment=1"):
        assert Visitor().get(path).status_code == 404


def test_a_member_orders_with_the_token_of_the_session(shelves, payment_sandbox: Sandbox):
    browser = browser_of(people.member())
    fields = begun(browser, shelves)
    assert fields["csrf"] == browser.csrf
    answers = {name: value for name, value in ANSWERS.items() if name != "lookup_secret"}
    fields.pop("csrf")
    placed = browser.send("/checkout/place", **fields, **answers)
    assert placed.status_code == 302
    without = browser.post("/checkout", {"lines": fields["lines"]})
    assert without.status_code == 403
