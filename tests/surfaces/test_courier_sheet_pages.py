"""Courier files on the console's pages: chosen in the list, asked, allowed, taken, answered."""

import io
import json
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import people
from tests.cast.orders import Ordered, ordered
from tests.journeys.test_courier_answers import number, workbook
from tests.journeys.test_courier_sheets import parcel_of, taken
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.kernel.clock import FixedClock
from yaksok.mall.orders.states import OrderState
from yaksok.privacy.disclosure import handover

pytestmark = pytest.mark.django_db

LIST, NEW = "/console/sheets", "/console/sheets/new"


def asked(browser: Visitor, bought: Ordered, layout: str = "lotte") -> str:
    answer = browser.send(NEW, act="ask", order=str(bought.id), layout=layout, reason="by_contract")
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).partition("?")[0]


def test_a_clerk_chooses_asks_and_takes_what_another_allowed() -> None:
    bought, clerk, other = ordered(), people.clerk(), people.officer()
    mine, theirs = browser_of(clerk), browser_of(other)
    assert NEW in mine.text("/console")
    form = mine.send(NEW, order=str(bought.id))
    assert form.status_code == 200
    assert "한진" in form.content.decode()
    assert "selected" not in form.content.decode().split("<main", 1)[1]
    place = asked(mine, bought)
    assert 'value="allow"' not in mine.text(place)
    assert mine.send(f"{place}/act", act="allow").status_code == 422
    assert mine.send(f"{place}/take").status_code == 422
    assert 'value="allow"' in theirs.text(place)
    assert theirs.send(f"{place}/act", act="allow").status_code == 302
    assert theirs.send(f"{place}/take").status_code == 403
    answer = mine.send(f"{place}/take")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert re.search(
        r'^attachment; filename="parcels-lotte-[\d-]+\.xlsx"$', answer["Content-Disposition"]
    )
    cells = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert bought.recipient.name in [cell.value for cell in cells[2]]
    again = mine.send(f"{place}/take")
    assert again.status_code == 422
    page = mine.text(place)
    assert bought.recipient.name not in page
    assert parcel_of(bought) in page
    assert 'value="again"' in page


def test_json_is_taken_as_json() -> None:
    bought, mine = ordered(), browser_of(people.clerk())
    place = asked(mine, bought, layout="json")
    browser_of(people.clerk()).send(f"{place}/act", act="allow")
    answer = mine.send(f"{place}/take")
    assert answer["Content-Type"] == "application/json"
    assert [set(one) for one in json.loads(answer.content)] == [
        {"parcel", "name", "address", "phone"}
    ]


def test_what_is_missing_in_the_form_is_said() -> None:
    bought, mine = ordered(), browser_of(people.clerk())
    wrong = mine.send(NEW, act="ask", order=str(bought.id))
    assert wrong.status_code == 422
    assert 'href="#f-layout"' in wrong.content.decode()
    assert 'href="#f-reason"' in wrong.content.decode()
    assert mine.send(NEW).status_code == 422
    assert mine.send(NEW, order=str(bought.id), address="a").status_code == 400
    assert mine.get(NEW).status_code == 302


@pytest.mark.parametrize("as_text", [False, True])
def test_numbers_are_brought_back(as_text: bool) -> None:  # noqa: FBT001 - two ways of one act
    bought = ordered()
    taken(bought)
    parcel, mine = parcel_of(bought), browser_of(people.clerk())
    if as_text:
        answer = mine.send("/console/sheets/answer", pasted=f"{parcel},{number()}\nnothing,1")
    else:
        file = workbook(("소포번호", "운송장번호"), (parcel, number()), ("nothing", "1"))
        upload = SimpleUploadedFile("답.xlsx", file, "application/octet-stream")
        answer = mine.send("/console/sheets/answer", file=upload)  # type: ignore[arg-type]  # a file is a field too
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count('<li class="good">') == 1
    assert page.count('<li class="bad">') == 1
    assert bought.now().state is OrderState.SHIPPED
    assert mine.send("/console/sheets/answer", pasted="a,=1").status_code == 422


def test_text_in_place_of_a_file_is_read_like_one() -> None:
    bought = ordered()
    taken(bought)
    said = f"소포번호,운송장번호\n{parcel_of(bought)},{number()}"
    mine = browser_of(people.clerk())
    answer = mine.send("/console/sheets/answer", file=said)
    assert answer.status_code == 200
    assert answer.content.decode().count('<li class="good">') == 1
    assert mine.send("/console/sheets/answer", file="ʼ OR 1=1 -- ").status_code == 422


def test_what_a_person_must_see_to_stands_on_the_page(standing_clock: FixedClock) -> None:
    late, moved = ordered(), ordered()
    taken(late, moved)
    order, clerk = moved.now(), people.clerk()
    with keeper():
        handover.correct(order.recipient, order.recipient_record, actor=clerk.actor)
    standing_clock.move(timedelta(days=1))
    mine = browser_of(people.clerk())
    page = mine.text(LIST)
    assert parcel_of(late) in page.split("택배사에 전화할 일")[0]
    (told,) = re.findall(r"/console/sheets/calls/[\w-]+/[\w-]+/told", page)
    assert mine.send(told, answer="done").status_code == 422
    read = mine.send(told.removesuffix("/told"))
    assert moved.recipient.phone in read.content.decode()
    assert mine.send(told, answer="done").status_code == 302
    assert "택배사에 전화할 일" not in mine.text(LIST)
    assert mine.send("/console/sheets/missing", parcel=parcel_of(late)).status_code == 302
    assert late.now().state is OrderState.PAID
    assert mine.send("/console/sheets/missing", parcel="0" * 20).status_code == 422


def test_others_see_as_much_as_their_work_needs() -> None:
    bought, clerk = ordered(), people.clerk()
    place = asked(browser_of(clerk), bought)
    for who, status in (
        (people.auditor(), 200),
        (people.officer(), 200),
        (people.newcomer(), 403),
        (people.member(), 302),
    ):
        browser = browser_of(who)
        assert {browser.get(path).status_code for path in (LIST, place)} == {status}
        assert browser.send(f"{place}/take").status_code in {302, 403}
        acts = browser.send(NEW, act="ask", order=str(bought.id), layout="cj", reason="by_contract")
        assert acts.status_code in {302, 403}
        if status == 302:
            assert "log-in" in acts["Location"]
    auditor = browser_of(people.auditor()).text(place).split("<main", 1)[1]
    assert "<button" not in auditor
