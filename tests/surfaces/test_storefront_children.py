"""The pages of children and guardians: no cookie, no free words, no address that tells anything."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.cast import children, people
from tests.cast.children import KO, family, secret
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shopper import hidden
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import coming_of_age, guardian_asked, guardian_portal
from yaksok.journeys import log_in as entering
from yaksok.kernel.clock import FixedClock
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.guardians import of_age, wards
from yaksok.privacy.guardians.models import Asking
from yaksok.privacy.post import tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

PLACES = (
    "/child",
    "/child/waiting",
    "/guardian",
    "/guardian/answer?token=x",
    "/guardian/back?paymentId=x",
    "/guardian/open?token=x",
    "/guardian/paper",
    "/guardian/wish?token=x",
    "/own-consent",
    "/sign-up/under-14",
)
POSTED = (
    "/child/account",
    "/child/wish",
    "/guardian/correct",
    "/guardian/order",
    "/guardian/place",
    "/guardian/portal",
    "/guardian/withdraw",
    "/own-consent/no",
)
WORDS = re.compile(
    r'<textarea|<input[^>]*type="(?:text|search|url|file)"[^>]*name="(\w+)"|<input[^>]*name="(\w+)"[^>]*type="text"'
)


def main_of(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", maxsplit=1)[0]


def answer_of(visitor: Visitor, path: str, **fields: str) -> str:
    answer = visitor.send(path, **fields)
    assert answer.status_code == 200, (answer.status_code, answer.content.decode()[-3000:])
    assert not visitor.cookies
    return str(answer.content.decode())


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("place", PLACES)
def test_each_page_is_there_without_a_cookie(prefix: str, place: str) -> None:
    visitor = Visitor()
    answer = visitor.get(f"{prefix}{place}")
    assert answer.status_code in {200, 404}
    assert not visitor.cookies
    if "token" in place or "paymentId" in place:
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("place", POSTED)
def test_what_is_only_sent_cannot_be_opened(place: str) -> None:
    assert Visitor().get(place).status_code == 405


def test_a_child_finds_no_field_for_words_of_its_own() -> None:
    named = [a or b for a, b in WORDS.findall(main_of(Visitor().text("/child")))]
    assert set(named) <= {"guardian_name"}
    assert "textarea" not in main_of(Visitor().text("/child"))


def test_the_whole_way_by_e_mail() -> None:
    who, child, guardian = people.guardian(), Visitor(), Visitor()
    form = child.text("/child")
    page = answer_of(child, "/child", notice=hidden(form, "notice"), **children.names(who))
    key = hidden(page, "key")
    assert who.name not in page
    assert "아직 답하지 않으셨어요" in answer_of(child, "/child/waiting", key=key)

    token = secret(Template.GUARDIAN_ASKED)
    asked = guardian.text(f"/guardian/answer?token={token}")
    assert who.name not in asked
    assert who.email not in asked
    assert not re.search(r"<input[^>]*(?:radio|checkbox)[^>]*checked", asked)
    posted = {**children.answer(who, token), "token": token}
    assert "동의가 확인됐어요" in answer_of(guardian, "/guardian/answer", **posted)
    assert guardian.send("/guardian/answer", **posted).status_code == 404

    form = answer_of(child, "/child/waiting", key=key)
    made = child.send(
        "/child/account",
        key=key,
        notice=hidden(form, "notice"),
        login_id=people.mark(),
        password=f"long walk {people.mark()} home",
        birth_month="2014-05",
    )
    assert (made.status_code, made.headers["location"]) == (302, "/log-in?joined=1")
    assert not child.cookies


def test_a_field_about_the_child_is_refused() -> None:
    visitor = Visitor()
    form = visitor.text("/child")
    told = hidden(form, "notice")
    for more in ("login_id", "name", "birth_month", "memo"):
        names = children.names(people.guardian(), **{more: "x"})
        assert visitor.send("/child", notice=told, **names).status_code == 400


def test_a_wrong_answer_says_what_to_do_and_shows_no_secret() -> None:
    who, visitor = people.guardian(), Visitor()
    children.asks(who)
    token = secret(Template.GUARDIAN_ASKED)
    for other in ({"code": "0000-0000"}, {"name": "아무개"}, {"method": ""}, {"agree": ""}):
        posted = {**children.answer(who, token, **other), "token": token}
        answer = visitor.send("/guardian/answer", **posted)
        assert answer.status_code == 422
        assert tokens.code_of(token) not in answer.content.decode() or "code" not in other


@pytest.mark.parametrize("said", ["no", "stranger"])
def test_a_no_is_as_easy_as_a_yes(said: str) -> None:
    waiting = children.asks(people.guardian())
    token = secret(Template.GUARDIAN_ASKED)
    assert "모두 지웠어요" in answer_of(Visitor(), "/guardian/answer", token=token, agree=said)
    assert guardian_asked.state(waiting.key) is guardian_asked.State.GONE


def opened(home: children.Family) -> tuple[Visitor, str, str]:
    """The guardian's browser, the pass its forms carry, and the page."""
    visitor = Visitor()
    visitor.send("/guardian", number=home.asked.number)
    token = secret(Template.GUARDIAN_PORTAL)
    assert home.login_id not in visitor.text(f"/guardian/open?token={token}")
    page = answer_of(visitor, "/guardian/open", token=token)
    assert visitor.send("/guardian/open", token=token).status_code == 404
    return visitor, hidden(page, "pass"), page


def test_the_guardian_sees_corrects_and_withdraws_without_a_cookie() -> None:
    home, new = family(), people.mark()
    visitor, key, page = opened(home)
    assert home.login_id in page
    assert "2014년 5월" in page
    assert "이메일로 답하기" in page
    form = answer_of(visitor, "/guardian/correct", **{"pass": key}, ask="1")
    assert 'value="2014-05" selected' in form
    corrected = answer_of(visitor, "/guardian/correct", **{"pass": key}, login_id=new)
    assert new in corrected
    assert home.login_id not in corrected
    wrong = visitor.send("/guardian/correct", **{"pass": key}, birth_month="1999-01")
    assert wrong.status_code == 422
    done = answer_of(visitor, "/guardian/withdraw", **{"pass": key})
    assert "모두 지웠어요" in done
    for place in ("portal", "withdraw", "correct"):
        assert visitor.send(f"/guardian/{place}", **{"pass": key}).status_code == 404
    with keeper():
        assert gate.holdings(home.child) == ()


def test_asking_for_a_link_looks_the_same_for_everybody() -> None:
    number = family().asked.number
    pages = [answer_of(Visitor(), "/guardian", number=typed) for typed in (number, "nobody")]
    assert main_of(pages[0]) == main_of(pages[1])


def test_a_stranger_gets_nowhere() -> None:
    family()
    visitor = Visitor()
    for place in ("portal", "withdraw", "correct", "order", "place", "open", "wish"):
        fields = {"token": "x" * 43} if place in {"open", "wish"} else {"pass": "x" * 43}
        fields |= {"attempt": "0" * 32} if place == "place" else {}
        answer = visitor.send(f"/guardian/{place}", **fields)
        assert answer.status_code == 404, place
    assert visitor.send("/child/account", key="x" * 43).status_code == 404
    assert visitor.send("/child/wish", lines="x").status_code == 302
    assert (
        visitor.post(
            "/guardian/withdraw", {}, headers={"origin": "https://evil.example"}
        ).status_code
        == 403
    )


def test_of_age_a_session_waits_for_the_answer(standing_clock: FixedClock) -> None:
    born = of_age.months_of_children(standing_clock(), 14)[-1]
    home = family(born=born)
    while True:
        standing_clock.move(timedelta(days=28))
        coming_of_age.look()
        with keeper():
            ward = wards.of(home.child)
        if ward is not None and ward.must_answer:
            break
    visitor = Visitor()
    proofs = {"login_id": home.login_id, "password": home.password}
    entered = visitor.send("/log-in", **proofs)
    assert (entered.status_code, entered.headers["location"]) == (302, "/own-consent")
    assert not visitor.cookies
    form = visitor.text("/own-consent")
    email = f"{people.mark()}@mail.example"
    stays = visitor.send(
        "/own-consent",
        notice=hidden(form, "notice"),
        email=email,
        age_attested="yes",
        terms="yes",
        **proofs,
    )
    assert (stays.status_code, stays.headers["location"]) == (302, "/log-in?joined=1")
    assert visitor.send("/log-in", **proofs).status_code == 302
    assert visitor.cookies


def test_of_age_a_no_gives_a_certificate(standing_clock: FixedClock) -> None:
    home = family(born=of_age.months_of_children(standing_clock(), 14)[-1])
    standing_clock.move(timedelta(days=32))
    coming_of_age.look()
    visitor = Visitor()
    proofs = {"login_id": home.login_id, "password": home.password}
    assert visitor.send("/own-consent/no", login_id=home.login_id, password="x").status_code == 422
    assert "증서" in answer_of(visitor, "/own-consent/no", **proofs)
    with keeper():
        kinds = {one.kind for one in gate.holdings(home.child)}
    assert RecordKind.MEMBERSHIP not in kinds


def test_the_officer_takes_a_paper_in() -> None:
    who, officer = people.guardian(), people.officer()
    waiting = children.asks(who)
    with keeper():
        number = Asking.objects.get().number
    browser = browser_of(officer)
    assert "법정대리인 동의" in browser.text("/console/guardians")
    found = browser.send("/console/guardians", act="look", number=number)
    assert who.name in found.content.decode()
    wrong = browser.send(
        "/console/guardians", act="confirm", number=number, name="x", method="signed"
    )
    assert wrong.status_code == 422
    right = browser.send(
        "/console/guardians", act="confirm", number=number, name=who.name, method="signed"
    )
    assert "확인했습니다" in right.content.decode()
    assert guardian_asked.state(waiting.key) is guardian_asked.State.AGREED


def test_a_clerk_takes_none_in() -> None:
    children.asks(people.guardian())
    browser = browser_of(people.clerk())
    page = browser.text("/console/guardians")
    assert 'name="number"' not in page
    posted = browser.send("/console/guardians", act="look", number="x")
    assert 'name="number"' not in posted.content.decode()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_childs_basket_becomes_a_wish_and_the_guardians_order(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    home = family()
    key = entering.log_in(
        home.login_id, home.password, language=KO, address_key=people.ADDRESS_KEY
    ).key
    child, lines = Visitor(key), f"{shelves['TEA-G']}:1"
    asked = child.send("/checkout", lines=lines).content.decode()
    assert "혼자 주문하지 않아요" in asked
    assert 'name="payer_name"' not in asked
    assert "부탁했어요" in child.send("/child/wish", lines=lines).content.decode()
    guardian = Visitor()
    form = answer_of(guardian, "/guardian/wish", token=secret(Template.GUARDIAN_WISH))
    assert home.guardian.name in form
    assert home.login_id not in form
    values = {name: hidden(form, name) for name in ("pass", "attempt", "lines", "total", "notice")}
    who = home.guardian
    placed = guardian.send(
        "/guardian/place",
        **values,
        payer_name=who.name,
        payer_phone=who.phone,
        payer_email=who.email,
        recipient_postcode=who.postcode,
        recipient_address=who.address,
        guardian_attested="yes",
    )
    assert placed.status_code == 302
    assert urlsplit(placed.headers["location"]).path.startswith("/window/")
    seen = guardian_portal.view(home.opens(), KO)
    page = answer_of(
        guardian, "/guardian/order", order=str(seen.orders[0].order_id), **{"pass": seen.key}
    )
    assert seen.orders[0].order_number in page
