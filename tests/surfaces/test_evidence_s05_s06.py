"""Sections 5 and 6: each probe finds what is so, and notices what breaks its sentence."""

from datetime import timedelta

import pytest

from tests.cast.orders import ordered
from tests.cast.people import member
from tests.cast.planting import OPENED, Patch, Row, acted, named, nothing, notices, row, run, seen
from yaksok.evidence import s05_guests as s05
from yaksok.evidence import s06_cookie as s06
from yaksok.kernel import clock

pytestmark = pytest.mark.django_db


def session(patch: Patch) -> None:
    """A member is logged in."""
    del patch
    member().logs_in()


TABLE: tuple[Row, ...] = (
    (
        s05.p5_03_the_payers_data_served_the_order,
        acted(OPENED, "system", "order_payer", "payment", "name"),
        acted(OPENED, "system", "order_payer", "advertising", "email"),
    ),
    (
        s05.p5_04_the_recipients_data_served_the_order,
        acted(OPENED, "system", "order_recipient", "delivery", "name"),
        acted(OPENED, "system", "order_recipient", "member_service", "phone"),
    ),
    (
        s05.p5_06_guests_have_a_way_to_their_order,
        lambda _: ordered(),
        lambda _: run("DELETE FROM orders_secret"),
    ),
    (
        s06.p6_01_one_cookie_knows_a_member,
        session,
        lambda _: row("accounts_session", audience="member"),
    ),
    (
        s06.p6_03_nothing_outlives_the_browser,
        nothing,
        lambda patch: patch.setattr(s06, "visit", seen("<p>", ETag="who-you-are")),
    ),
    (
        s06.p6_03_nothing_outlives_the_browser,
        nothing,
        lambda patch: patch.setattr(s06, "visit", seen("<script>localStorage.me = 1</script>")),
    ),
    (
        s06.p6_04_log_out_leaves_nothing,
        session,
        lambda _: run(
            "UPDATE accounts_session SET opened_at = %s", clock.now() - timedelta(days=3)
        ),
    ),
    (
        s06.p6_04_log_out_leaves_nothing,
        session,
        lambda patch: patch.setattr(s06, "visit", seen(Cache_Control="private")),
    ),
    (
        s06.p6_05_who_forgets_is_logged_out,
        session,
        lambda _: run("UPDATE accounts_session SET seen_at = %s", clock.now() - timedelta(days=3)),
    ),
    (
        s06.p6_06_guests_need_no_cookie,
        nothing,
        lambda patch: patch.setattr(s06, "visit", seen(status=302)),
    ),
)


@pytest.mark.parametrize("case", TABLE, ids=named)
def test_it_notices(case: Row, monkeypatch: Patch) -> None:
    notices(case, monkeypatch)


@pytest.mark.usefixtures("shelves")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_goods_that_a_guest_cannot_order_are_noticed(monkeypatch: Patch) -> None:
    probe = s05.p5_01_anybody_reaches_the_order_form
    notices(
        (probe, nothing, lambda patch: patch.setattr(s05, "visit", seen(status=302))), monkeypatch
    )
