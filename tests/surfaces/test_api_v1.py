"""The API: goods, one's own order, the promises; nothing about a person without the secret."""

import json

import pytest
from django.test import Client

from tests.cast import planting
from tests.cast.orders import ordered
from yaksok.database.roles import keeper
from yaksok.evidence import outcomes
from yaksok.mall.accounts.verifiers import verifier_of
from yaksok.policy.promises import all_promises

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("shelves"),
]
SECRET = "a secret of mine"


def get(path: str):
    """What the API answers."""
    return Client().get(f"/api/v1{path}")


def look_up(**proof: str):
    """The answer to somebody who asks for an order."""
    return Client().post(
        "/api/v1/orders/look-up", json.dumps(proof), content_type="application/json"
    )


def test_goods_by_search_and_by_category():
    found = get("/goods?q=차").json()
    assert found["total"] == len(found["goods"]) > 0
    assert {"slug", "name", "price", "supply"} <= found["goods"][0].keys()
    tea = get("/goods?category=tea&lang=en").json()
    assert tea["total"] == 2
    assert get("/goods?category=nothing").status_code == 404


def test_one_product_with_its_options():
    one = get("/goods/green-tea").json()
    assert one["slug"] == "green-tea"
    assert one["variants"]
    assert get("/goods/nothing").json()["status"] == 404


def test_goods_may_be_kept_by_the_edge():
    assert get("/goods").headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


@pytest.mark.parametrize("query", ["page=x", "lang=xx", "page=-1", "page=99999999999999999999"])
def test_a_malformed_question_is_answered_without_repeating_it(query):
    answer = get(f"/goods?{query}")
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert answer.json()["problems"].keys() == {query.split("=")[0]}


def test_every_promise_is_there_with_its_evidence():
    said = get("/promises?lang=en").json()
    assert [one["id"] for one in said] == [one.id for one in all_promises()]
    probed = [one for one in said if one["evidence"]]
    assert probed
    assert all(one["figure"] and one["how"] and one["at"] and one["mark"] for one in probed)


def test_of_a_promise_that_is_not_kept_it_says_where_to_look():
    outcomes.forget()
    planting.act(planting.OPENED, "auditor", "membership", "member_service", "email")
    said = {one["id"]: one for one in get("/promises?lang=en").json()}
    outcomes.forget()
    assert (said["P1.6"]["evidence"], said["P1.6"]["where"]) == ("not_met", "the log")
    assert said["P1.7"]["where"] is None


def test_a_guest_sees_their_order_masked():
    bought = ordered()
    subject, order = bought.place
    with keeper():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE orders_secret SET verifier = %s WHERE subject_id = %s AND order_id = %s",
                [verifier_of(SECRET), subject, order],
            )
    number = bought.now().number
    answer = look_up(number=number, secret=SECRET)
    assert answer.json()["number"] == number
    assert "*" in answer.json()["recipient"]["name"]
    for value in (*bought.recipient.canaries(), *bought.payer.canaries()):
        assert value not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    wrong = look_up(number=number, secret="not this one")
    unknown = look_up(number="0000-000-0000-000", secret="not this one")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json()


def test_a_malformed_proof_names_the_field_and_repeats_nothing():
    answer = look_up(number="canary-in-a-number")
    assert answer.status_code == 400
    assert answer.json()["problems"].keys() == {"secret"}
    assert "canary" not in answer.content.decode()
    broken = Client().post("/api/v1/orders/look-up", "{", content_type="application/json")
    assert broken.status_code == 400


def test_it_describes_itself_and_loads_nothing_from_elsewhere():
    described = get("/openapi.json").json()
    assert "/api/v1/goods" in described["paths"]
    assert get("/docs").status_code == 404


def test_an_unknown_address_is_told_in_json():
    answer = get("/nothing")
    assert answer.status_code == 404
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("path", ["/callbacks/payment", "/callbacks/courier"])
def test_a_call_without_a_signature_changes_nothing(path):
    answer = Client().post(path, b"{}", content_type="application/json")
    assert answer.status_code in {400, 403}
    assert Client().get(path).status_code == 405


def test_health_says_states_and_no_secret():
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["database"]["answers"] is True
    assert answer.headers["Cache-Control"] == "no-store"
