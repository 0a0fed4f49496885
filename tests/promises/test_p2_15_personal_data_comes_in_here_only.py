"""P2.15: personal data comes in at the places that declare it, which the page lists, and nowhere else."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.cast.policies import packaged_policy, policy_of, without_item
from yaksok.kernel.errors import Undeclared
from yaksok.policy.collecting import (
    COMMANDS,
    CollectionPoint,
    Declaration,
    NotACollectionPoint,
    Posted,
    admit,
    collects,
    declared,
    takes,
)
from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import FormName, Item, Language, RecordKind
from yaksok.web.collecting import DeclaredOnly, points
from yaksok.web.posted import posted

HERE = Text(ko="여기", en="Here")
KEPT = {
    "/checkout/place",
    "/my/correct",
    "/my/password",
    "/sign-up",
    "yaksok staff add",
}
"""Where something that a person gives is kept, in the mall as it comes."""
PROOFS = {Item.LOGIN_ID, Item.PASSWORD, Item.TOTP_SECRET}
"""What somebody types to come in; compared, and not kept from there."""
SAID_BY_TELEPHONE = {
    "/console/rights/<slug:number>/identify": {Item.EMAIL, Item.NAME, Item.PHONE},
    "/rights/parcel": {Item.PHONE},
}
"""Where somebody without a password shows who they are by what they know; compared, and not kept."""
SIGN_UP = {
    "login_id": "yaksok_01",
    "password": "a long enough secret",
    "email": "member@yaksok.example",
    "age_attested": "on",
    "terms": "on",
}


def point_at(policy: Policy, route: str) -> CollectionPoint:
    return next(one for one in points(policy) if one.route == route)


def sent_to(declaration: Declaration | None, **fields: str) -> tuple[HttpResponse | None, Posted]:
    """What the door answers for a view of that declaration, and what the view would be given."""

    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = RequestFactory().post("/planted", fields)
    answer = DeclaredOnly.process_view(request, declaration(view) if declaration else view)
    return answer, Posted({}) if answer else posted(request)


def test_the_list_is_made_from_the_addresses():
    listed = points(packaged_policy())
    assert {one.route for one in listed if one.keeps} >= KEPT
    compared = [one for one in listed if not one.keeps]
    assert compared
    assert all(
        set(one.items) <= SAID_BY_TELEPHONE.get(one.route, set()) | PROOFS for one in compared
    )
    assert all(one.page.ko.strip() and one.page.en.strip() and one.records for one in listed)


def test_what_comes_in_follows_from_the_policy():
    joining = point_at(packaged_policy(), "/sign-up")
    assert joining.records == (
        (
            RecordKind.MEMBERSHIP,
            (Item.LOGIN_ID, Item.PASSWORD, Item.EMAIL, Item.AGE_CLASS),
        ),
    )
    ordering = point_at(packaged_policy(), "/checkout/place")
    assert RecordKind.ADDRESS_BOOK in ordering.kinds, "a box copies the recipient there"
    shorter = policy_of(without_item("order_payer", "phone"))
    of_payer = dict(point_at(shorter, "/checkout/place").records)[RecordKind.ORDER_PAYER]
    assert Item.PHONE not in of_payer
    assert Item.NAME in of_payer


def test_a_place_that_declares_nothing_is_sent_nothing():
    answer, _ = sent_to(None, payer_name="canary")
    assert answer is not None, "the view would have been called"
    assert answer.status_code == 405
    assert b"canary" not in answer.content
    with pytest.raises(NotACollectionPoint):
        posted(RequestFactory().post("/planted", {"payer_name": "canary"}))


def test_a_name_that_a_place_does_not_declare_is_refused():
    place = collects(HERE, FormName.SIGN_UP, fields=frozenset({"notice"}))
    assert sent_to(place, **SIGN_UP, notice="0") == (
        None,
        Posted({**as_lists(SIGN_UP), "notice": ["0"]}),
    )
    for strange in ("birthday", "payer_name", "number"):
        answer, _ = sent_to(place, **SIGN_UP, **{strange: "canary"})
        assert answer is not None, strange
        assert answer.status_code == 400
        assert b"canary" not in answer.content
    with pytest.raises(Undeclared):
        admit(place, packaged_policy(), {"login_id": 2})
    with pytest.raises(Undeclared):
        admit(place, packaged_policy(), {"login_id": 1}, files=["login_id"])


def as_lists(values: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in values.items()}


def test_a_place_reads_no_form_but_its_own():
    place = takes(HERE, fields=frozenset(SIGN_UP))
    _, given = sent_to(place, **SIGN_UP)
    with pytest.raises(NotACollectionPoint):
        read(form(packaged_policy(), FormName.SIGN_UP), given, Language.KOREAN)
    _, given = sent_to(collects(HERE, FormName.SIGN_UP), **SIGN_UP)
    assert read(form(packaged_policy(), FormName.SIGN_UP), given, Language.KOREAN)
    assert "secret" not in repr(given)


def test_an_item_that_left_the_document_is_taken_nowhere():
    place = takes(HERE, compared={"payer_phone": (RecordKind.ORDER_PAYER, Item.PHONE)})
    assert place.knows("payer_phone", packaged_policy())
    without = policy_of(without_item("order_payer", "phone"))
    assert not place.knows("payer_phone", without)


def test_a_place_that_keeps_nothing_cannot_say_that_it_collects():
    with pytest.raises(ValueError, match="takes"):
        collects(HERE)


def test_the_command_is_listed_and_marked():
    from yaksok.cli import staff

    assert declared(staff.add) is COMMANDS["yaksok staff add"]
