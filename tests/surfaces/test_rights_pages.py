"""The pages of rights: what a member, a guest, a recipient and the desk see and send."""

import io
import re
import zipfile
from uuid import uuid4

import pytest

from tests.cast import people
from tests.cast.requests import KO, SECRET, called, guest_order, link_of, objection, words
from tests.surfaces.visits import Visitor, addresses, browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import rights_ask, rights_desk, rights_work
from yaksok.mall.orders.states import OrderState
from yaksok.privacy.post import tokens
from yaksok.privacy.post.letters_rights import RIGHTS
from yaksok.privacy.rights.words import Kind

pytestmark = pytest.mark.django_db

CASE = re.compile(r'/console/rights/([0-9A-Z]{5}-[0-9A-Z]{5})"')
PROOF = re.compile(r'name="proof" value="([^"]+)"')


def asked(**other: str) -> dict[str, str]:
    return {**words(Kind.SEE), **other}


def test_a_member_asks_watches_and_objects() -> None:
    member, officer = people.member(), people.officer()
    browser = browser_of(member, stepped_up=True)
    answer = browser.send("/my/requests", **asked(body="보여 주세요"))
    assert answer.status_code == 302
    page = browser.text(answer["Location"])
    assert "countdown" in page
    assert "남음" in page
    assert "보여 주세요" in page
    (mine,) = rights_ask.mine(member.actor, stepped_up=False, language=KO)
    rights_work.refuse(officer.actor, mine.line.number, "access_barred", "", language=KO)
    address = f"/my/requests/{mine.line.id}"
    assert "제35조" in browser.text(address)
    assert browser.send(address, **objection("아니에요")).status_code == 302
    assert "이의" in browser.text(address)


def test_without_the_password_words_stay_shut_and_files_are_not_made() -> None:
    member = people.member()
    rights_ask.ask(member.actor, words(Kind.SEE, "봉인된 말"), language=KO)
    browser = browser_of(member)
    (mine,) = rights_ask.mine(member.actor, stepped_up=False, language=KO)
    assert "봉인된 말" not in browser.text(f"/my/requests/{mine.line.id}")
    for path in ("/my/requests/download", "/my/requests/explain"):
        assert browser.send(path)["Location"].startswith("/my?then=requests")
    assert browser.send("/my/requests/stop", act="stop")["Location"].startswith("/my?then")
    back = browser.send("/my/open", password=member.person.password, then="requests")
    assert back["Location"] == "/my/requests"
    archive = zipfile.ZipFile(io.BytesIO(browser.send("/my/requests/download").content))
    assert {"README.txt", "data.json", "records.csv"} <= set(archive.namelist())


def test_the_file_and_the_pages_are_kept_nowhere() -> None:
    browser = browser_of(people.member(), stepped_up=True)
    copy = browser.send("/my/requests/download")
    assert copy["Cache-Control"] == "no-store"
    assert "mail.example" not in copy["Content-Disposition"]


def test_a_member_stops_and_goes_on() -> None:
    browser = browser_of(people.member(), stepped_up=True)
    assert browser.send("/my/requests/stop", act="stop").status_code == 302
    assert "처리정지 중이에요" in browser.text("/my/requests")
    assert browser.send("/my/requests/stop", act="resume").status_code == 302
    assert "처리정지 중이에요" not in browser.text("/my/requests")


@pytest.mark.parametrize(
    "path", ["/my/requests", "/my/requests/stop", "/rights/mine/ask", "/rights/order"]
)
def test_an_undeclared_field_is_refused(path: str) -> None:
    assert browser_of(people.member()).send(path, nonsense="1").status_code == 400


def test_somebody_elses_request_looks_like_none() -> None:
    member = people.member()
    line = rights_ask.ask(member.actor, words(Kind.SEE), language=KO)
    stranger = browser_of(people.stranger(), stepped_up=True)
    theirs, nobodys = (stranger.get(f"/my/requests/{key}") for key in (line.id, uuid4()))
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_a_guest_walks_through_without_a_cookie() -> None:
    bought, visitor = guest_order(OrderState.DELIVERED), Visitor()
    page = visitor.send(
        "/rights/order", number=bought.order.number, lookup_secret=SECRET, act="open"
    ).content.decode()
    assert bought.payer.email in page
    (proof, *_) = PROOF.findall(page)
    assert bought.order.number not in "".join(addresses(page)), "no address carries it"
    fixed = visitor.send("/rights/mine/correct", proof=proof, payer_name="새이름")
    assert "새이름" in fixed.content.decode()
    sent = visitor.send("/rights/mine/ask", proof=proof, **asked())
    assert "접수번호" in sent.content.decode()
    file = visitor.send("/rights/mine", proof=proof, act="download")
    assert file["Content-Type"] == "application/zip"
    gone = visitor.send("/rights/mine", proof=proof, act="erase")
    assert "증서" in gone.content.decode()
    assert not visitor.cookies
    assert gone["Cache-Control"] == "no-store"


def test_a_wrong_value_keeps_what_was_typed_and_the_way_on() -> None:
    bought, visitor = guest_order(), Visitor()
    page = visitor.send(
        "/rights/order", number=bought.order.number, lookup_secret=SECRET, act="open"
    ).content.decode()
    (proof, *_) = PROOF.findall(page)
    wrong = visitor.send("/rights/mine/correct", proof=proof, payer_email="no address")
    assert wrong.status_code == 422
    assert "no address" in wrong.content.decode()
    assert PROOF.findall(wrong.content.decode())


def test_a_note_that_ran_out_leads_back_to_the_start() -> None:
    for path, fields in (
        ("/rights/mine", {"act": "erase"}),
        ("/rights/mine/correct", {"payer_name": "x"}),
        ("/rights/mine/ask", asked()),
        ("/rights/parcel/act", {"act": "erase"}),
    ):
        answer = Visitor().send(path, proof="made up", **fields)
        assert answer.status_code == 422, path
        assert 'href="/rights"' in answer.content.decode()
    assert Visitor().send("/rights/link", token="made-up").status_code == 422


def test_a_link_shows_nothing_before_it_is_pressed() -> None:
    bought, visitor = guest_order(), Visitor()
    visitor.send("/rights/order", number=bought.order.number, act="link")
    token = link_of(bought)
    opened = visitor.text(f"/rights/link?token={token}")
    assert not PROOF.findall(opened)
    assert bought.payer.email not in opened
    with keeper():
        assert not tokens.proved(bought.order.subject, RIGHTS), "programs open links too"
    pressed = visitor.send("/rights/link", token=token).content.decode()
    assert PROOF.findall(pressed)
    assert not visitor.cookies


def test_the_same_is_said_whether_there_is_an_order_or_not() -> None:
    bought = guest_order()
    said = {
        re.sub(
            r'value="[^"]*"',
            "",
            Visitor().send("/rights/order", number=number, act="link").content.decode(),
        )
        for number in (bought.order.number, "1111-111-1111-111")
    }
    assert len(said) == 1


def test_a_recipient_sees_masks_and_objects() -> None:
    bought, visitor = guest_order(OrderState.DELIVERED), Visitor()
    page = visitor.send("/rights/parcel", number=bought.tracking, digits=bought.digits)
    text = page.content.decode()
    assert bought.recipient.name not in text
    assert bought.payer.name not in text
    (proof, *_) = PROOF.findall(text)
    done = visitor.send("/rights/parcel/act", proof=proof, act="object")
    assert done.status_code == 200
    assert "지웠어요" not in done.content.decode(), "they were in no address book"
    gone = visitor.send("/rights/parcel/act", proof=proof, act="erase")
    assert "이미 지워졌어요" in gone.content.decode()
    assert visitor.send("/rights/parcel", number="1", digits="1").status_code == 422


def test_the_printable_forms_ask_for_no_resident_number() -> None:
    for path in ("/rights/form/request", "/rights/form/proxy"):
        for prefix in ("", "/en"):
            assert "<input" not in Visitor().text(f"{prefix}{path}").split('class="paper"')[1]
    assert Visitor().get("/rights/form/else").status_code == 404


def test_the_desk_takes_in_works_and_answers() -> None:
    clerk, member = people.clerk(), people.member()
    browser = browser_of(clerk)
    notice = rights_desk.begin(clerk.actor, KO).notice.hash
    taken = browser.send(
        "/console/rights/new",
        kind="correct",
        way="phone",
        asker="self",
        language="ko",
        notice=notice,
        body="이메일이 바뀌었대요",
        said_login_id=member.person.login_id,
        said_email=member.person.email,
    )
    assert taken.status_code == 302, taken.content.decode()
    address = taken["Location"]
    assert CASE.findall(browser.text("/console/rights"))
    page = browser.text(address)
    assert member.person.email not in page, "what is held is not shown to the desk"
    assert "이메일이 바뀌었대요" not in page, "words are opened deliberately"
    assert "이메일이 바뀌었대요" in browser.send(f"{address}/read").content.decode()
    worked = browser.send(f"{address}/work", email="a.new.one@mail.example")
    assert "처리했습니다" in worked.content.decode()
    answered = browser.send(f"{address}/answer", answer="고쳤습니다")
    assert "답했습니다" in answered.content.decode()


def test_the_officer_refuses_puts_off_and_a_colleague_decides() -> None:
    first, other, member = people.officer(), people.officer(), people.member()
    line = called(first, Kind.SEE, member)
    browser = browser_of(first)
    address = f"/console/rights/{line.number}"
    assert "늦추고" in browser.send(f"{address}/manage", act="extend").content.decode()
    refused = browser.send(f"{address}/refuse", ground="access_barred", answer="")
    assert "알렸습니다" in refused.content.decode()
    rights_ask.appeal(member.actor, line.id, objection(), language=KO)
    assert browser.send(f"{address}/decide", granted="no", answer="").status_code == 403
    decided = browser_of(other).send(f"{address}/decide", granted="yes", answer="")
    assert "판단했습니다" in decided.content.decode()


def test_a_paper_copy_is_made_after_the_second_look() -> None:
    clerk, second, member = people.clerk(), people.officer(), people.member()
    line = called(clerk, Kind.SEE, member, paper="1", name="받는이", address="서울 종로구 편지로 9")
    address = f"/console/rights/{line.number}"
    browser = browser_of(clerk)
    assert browser.send(f"{address}/copy").status_code == 403
    assert browser.send(f"{address}/manage", act="let_go").status_code == 403
    browser_of(second).send(f"{address}/manage", act="let_go")
    copy = browser.send(f"{address}/copy")
    assert member.person.email in copy.content.decode()
    assert copy["Cache-Control"] == "no-store"


def test_identity_is_compared_and_never_read_out() -> None:
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.SEE, key=member.person.login_id)
    browser, address = browser_of(clerk), f"/console/rights/{line.number}/identify"
    wrong = browser.send(
        address, act="compare", said_login_id=member.person.login_id, said_email="x@mail.example"
    )
    assert wrong.status_code == 422
    assert member.person.email not in wrong.content.decode()
    for act in ("link", "document"):
        assert browser.send(address, act=act).status_code == 200


def test_the_register_is_for_officer_and_audit() -> None:
    called(people.clerk(), Kind.SEE, people.member())
    for who in (people.officer(), people.auditor()):
        assert "처리대장" in browser_of(who).text("/console/rights/register")
    assert browser_of(people.clerk()).get("/console/rights/register").status_code == 403


def test_an_untrained_clerk_sees_no_request() -> None:
    line = called(people.clerk(), Kind.SEE, people.member())
    newcomer = browser_of(people.newcomer())
    for path in ("/console/rights", "/console/rights/new", f"/console/rights/{line.number}"):
        assert newcomer.get(path).status_code == 403, path
