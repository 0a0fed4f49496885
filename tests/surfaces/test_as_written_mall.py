"""The mall of 2002, from the sign-up with seven items to the leaving that keeps nothing."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.cast import people
from tests.cast.policies import obeying
from tests.cast.sandboxes import Sandbox
from tests.cast.shoppers import choose, rows
from tests.surfaces.test_headers_and_the_stranger import all_addresses
from tests.surfaces.visits import Visitor
from yaksok.database.roles import keeper
from yaksok.journeys import log_in
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.policy import in_force
from yaksok.policy.reproduction import MARK
from yaksok.policy.resident_number import synthetic
from yaksok.policy.vocabulary import Item, Language, Profile, Purpose, RecordKind
from yaksok.privacy.post import letters
from yaksok.privacy.post.letters import DRAFTS, OF_ADVERTISING, Template
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

HERE = "127.0.0.1"
NUMBER = synthetic(20_020)
REAL = "900101-1234568"
MASK = "******-*******"
ADDRESS = "서울특별시 종로구 사직로 161, 102동 304호"
GUEST = {
    "payer_name": "두루미",
    "payer_rrn": synthetic(7),
    "payer_address": "서울특별시 중구 세종대로 110",
    "payer_phone": "010-2345-6789",
    "payer_email": "durumi.payer@mail.example",
    "recipient_name": "왜가리",
    "recipient_phone": "010-9876-5432",
    "recipient_address": ADDRESS,
    "age_attested": "on",
}
OF_A_MEMBER = {n: v for n, v in GUEST.items() if n not in {"payer_rrn", "payer_address"}}


@pytest.fixture(autouse=True)
def _as_written(settings) -> Iterator[None]:
    settings.ALLOWED_HOSTS = [HERE]
    with obeying(in_force.read(in_force.named(Profile.AS_WRITTEN))):
        yield


class Local(Visitor):
    """A browser on this machine."""

    def __init__(self, key: str = "", host: str = HERE) -> None:
        super().__init__(key)
        self.defaults["HTTP_HOST"] = host

    def send(self, path: str, **fields: str):
        token = {"csrf": self.csrf} if self.key else {}
        return self.post(path, {**token, **fields}, headers={"origin": f"http://{HERE}"})


def seven(who: people.Person, **changed: str | None) -> dict[str, str]:
    fields: dict[str, str | None] = {
        "name": who.name,
        "rrn": NUMBER,
        "address": who.address,
        "phone": who.phone,
        "login_id": who.login_id,
        "password": who.password,
        "email": who.email,
        "age_attested": "yes",
        "terms": "yes",
        **changed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def joins(visitor: Local, who: people.Person, **changed: str | None):
    told = re.search(r'name="notice" value="(\w+)"', visitor.text("/sign-up"))
    assert told
    return visitor.send("/sign-up", notice=told[1], **seven(who, **changed))


def member() -> tuple[people.Person, Local]:
    """Somebody who joined with seven items, and their browser after the log-in."""
    who = people.person()
    assert joins(Local(), who).status_code == 302
    answer = Local().send("/log-in", login_id=who.login_id, password=who.password)
    return who, Local(answer.cookies["__Host-yaksok"].value)


def subject_of(browser: Local) -> SubjectId:
    facts = log_in.session(browser.key)
    assert facts
    assert facts.actor.subject
    return facts.actor.subject


def steps_up(browser: Local, who: people.Person) -> None:
    assert browser.send("/my/open", password=who.password).status_code == 302


def begun(visitor: Local, variant: str) -> dict[str, str]:
    answer = visitor.send("/checkout", variant=variant, quantity="1")
    assert answer.status_code == 200
    text = answer.content.decode()
    form = text[text.index('class="till checkout"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_sign_up_asks_the_seven_and_says_that_nothing_real_belongs_there():
    text = Local().text("/sign-up")
    form = text[
        text.index("<form", text.index("<main")) : text.index("</form>", text.index("<main"))
    ]
    assert re.findall(r'<input id="f-(\w+)"', form) == [
        "name",
        "rrn",
        "address",
        "phone",
        "login_id",
        "password",
        "email",
    ]
    assert form.count("required") >= 7
    assert f"{MARK.ko}. 보기: {synthetic(2002)}" in form
    assert 'aria-describedby="why-rrn hint-rrn"' in form
    assert "이름, 주소, 전화번호는 묻지 않아요" not in text
    assert MARK.en in Local().text("/en/sign-up")
    assert "Example: " in Local().text("/en/sign-up")


@pytest.mark.parametrize(
    "number", [REAL, REAL.replace("-", ""), "131301-1234567", "1313011", "", None]
)
def test_a_number_that_somebody_may_have_is_refused(number):
    who = people.person()
    answer = joins(Local(), who, rrn=number)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="wrong-rrn"' in text
    assert rows("SELECT count(*) FROM accounts_credential") == [(0,)]
    if number:
        assert "실제로 있을 수 없는 번호만 받아요" in text


def test_every_other_field_still_refuses_a_real_looking_number():
    for name in ("name", "address"):
        answer = joins(Local(), people.person(), **{name: f"한 {REAL}"})
        assert f'id="wrong-{name}"' in answer.content.decode()


def test_a_member_joins_and_nobody_sees_the_number_again():
    who, browser = member()
    masked = browser.text("/my")
    assert MASK in masked
    assert who.name not in masked
    steps_up(browser, who)
    opened = browser.text("/my")
    for value in (who.name, who.address, who.phone, who.email, who.login_id, "14+"):
        assert value in opened, value
    assert MASK in opened
    digits = NUMBER.replace("-", "")
    for path in ("/my", "/my/correct", "/my/trail", "/my/leave", "/my/orders"):
        page = browser.text(path)
        assert NUMBER not in page
        assert digits not in page
    assert "rrn" not in re.findall(r'name="(\w+)"', browser.text("/my/correct"))


def test_the_gate_opens_it_for_nobody():
    _, browser = member()
    subject = subject_of(browser)
    for actor in (Actor.system("test"), Actor(Role.MEMBER, subject)):
        with keeper(), pytest.raises(Refused):
            gate.open_items(
                subject,
                [Item.RRN],
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.RIGHTS,
                actor=actor,
            )
    with keeper():
        (held,) = [one for one in gate.holdings(subject) if one.kind is RecordKind.MEMBERSHIP]
        given = gate.given([(subject, held.record)], kind=held.kind)
    assert Item.RRN in given[subject, held.record]


def test_a_guest_is_asked_five_and_buys(shelves, payment_sandbox: Sandbox):
    visitor = Local()
    fields = begun(visitor, str(shelves["TEA-G"]))
    wrong = visitor.send("/checkout/place", **fields, **{**GUEST, "payer_rrn": REAL})
    assert 'id="wrong-payer_rrn"' in wrong.content.decode()
    placed = [visitor.send("/checkout/place", **fields, **GUEST) for _ in range(2)]
    first, second = (answer.headers["Location"] for answer in placed)
    assert first == second
    back = choose(payment_sandbox, first, "approve")
    answer = visitor.get(f"/pay/return?{urlencode(back)}")
    text = visitor.text(answer.headers["Location"])
    assert "주문을 받았어요" in text
    assert MARK.ko in text
    assert rows("SELECT count(*) FROM orders_secret") == [(0,)]


def test_a_guest_who_set_a_secret_looks_the_order_up(shelves, payment_sandbox: Sandbox):
    visitor = Local()
    fields = begun(visitor, str(shelves["TEA-G"]))
    visitor.send("/checkout/place", **fields, **GUEST, lookup_secret="회색 두루미 일곱")
    ((number,),) = rows("SELECT number FROM orders_order")
    answer = visitor.send("/lookup", number=number, lookup_secret="회색 두루미 일곱")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "왜*리" in text
    assert GUEST["payer_rrn"] not in text
    refused = visitor.send("/lookup", number=number, lookup_secret="")
    assert "왜*리" not in refused.content.decode()


def test_a_member_orders_and_leaves_and_no_law_keeps_anything(shelves, payment_sandbox: Sandbox):
    who, browser = member()
    fields = begun(browser, str(shelves["TEA-G"]))
    placed = browser.send("/checkout/place", **fields, **OF_A_MEMBER)
    assert placed.status_code == 302, re.findall(r'id="wrong-(\w+)"', placed.content.decode())
    choose(payment_sandbox, placed.headers["Location"], "decline")
    plan = browser.text("/my/leave")
    assert "주민등록번호" in plan
    answer = browser.send("/my/leave", password=who.password)
    assert answer.status_code == 200
    assert rows("SELECT count(*) FROM accounts_credential") == [(0,)]
    assert rows("SELECT count(*) FROM vault_record WHERE kind = 'statutory'") == [(0,)]
    certificate = answer.content.decode()
    assert "rrn" in certificate
    assert NUMBER not in certificate


def test_every_page_says_what_this_is(shelves, payment_sandbox: Sandbox):
    who, browser = member()
    fields = begun(browser, str(shelves["TEA-G"]))
    placed = browser.send("/checkout/place", **fields, **OF_A_MEMBER)
    browser.get(
        f"/pay/return?{urlencode(choose(payment_sandbox, placed.headers['Location'], 'approve'))}"
    )
    ((order,),) = rows("SELECT id FROM orders_order")
    clerk = Local(people.clerk().logs_in())
    steps_up(browser, who)
    for browsing, path in ((browser, f"/my/orders/{order}"), (clerk, "/console")):
        assert MARK.ko in browsing.text(path)
    assert "왜*리" in browser.text(f"/my/orders/{order}")
    for key in ("", browser.key, clerk.key):
        pages = list(every_page(Local(key), str(order)))
        assert len(pages) > 40
        for path, page in pages:
            assert MARK.ko in page, path
            assert MARK.en in page, path


def every_page(visitor: Local, order: str) -> Iterator[tuple[str, str]]:
    for path, _ in all_addresses(order):
        for prefix in ("", "/en"):
            answer = visitor.get(f"{prefix}{path}")
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                page = answer.content.decode()
                if "<body" in page:
                    yield f"{prefix}{path}", page


def test_no_mark_stands_on_any_other_mall():
    with obeying(in_force.read(in_force.packaged())):
        assert MARK.ko not in Local().text("/")


@pytest.mark.parametrize(
    "told",
    [
        {"HTTP_HOST": "mall.example"},
        {"HTTP_HOST": "192.0.2.1"},
        {"REMOTE_ADDR": "192.0.2.1"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.1"},
        {"HTTP_X_FORWARDED_HOST": "mall.example"},
        {"HTTP_X_REAL_IP": "192.0.2.1"},
        {"HTTP_VIA": "1.1 mall.example"},
    ],
)
def test_nobody_elsewhere_is_answered(settings, told):
    settings.ALLOWED_HOSTS = ["*"]
    for path in ("/", "/sign-up", "/api/v1/promises", "/console/"):
        answer = Local().get(path, **told)
        assert answer.status_code == 403
        assert not answer.cookies
    assert MARK.ko in Local().get("/", **told).content.decode()


@pytest.mark.parametrize("template", sorted(OF_ADVERTISING))
def test_it_advertises_to_nobody(template):
    assert in_force.policy().document.body.advertising is None
    context = dict.fromkeys(DRAFTS[template].context, "x")
    with pytest.raises(NotFound):
        letters.write(template, Language.KOREAN, context, f"http://{HERE}/")


@pytest.mark.parametrize("template", sorted(set(Template) - OF_ADVERTISING))
@pytest.mark.parametrize("language", Language)
def test_every_letter_says_what_this_is(template, language):
    draft = DRAFTS[template]
    context = dict.fromkeys(draft.context | ({"code"} if draft.coded else set()), "x")
    letter = letters.write(template, language, context, f"http://{HERE}/")
    for said in (letter.text, letter.html):
        assert MARK.ko in said
        assert MARK.en in said
    assert MARK.in_(language) in letter.subject
    with obeying(in_force.read(in_force.packaged())):
        plain = letters.write(template, language, context, f"http://{HERE}/")
    assert MARK.ko not in plain.text
