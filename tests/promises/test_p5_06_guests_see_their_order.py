"""P5.6: a guest sees their order without joining, and is protected like a member."""

import pytest

from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import ANSWERS, SECRET, order, rows
from yaksok.journeys import look_up
from yaksok.kernel.errors import Invalid, Throttled
from yaksok.kernel.ids import new_order_number

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def number(shelves: Shop, payment_sandbox: Sandbox) -> str:
    """A guest's order."""
    return order([(shelves["TEA-G"], 1)]).order_number


def test_number_and_secret_show_it_without_an_account(number: str) -> None:
    shown = look_up.look_up(number, SECRET, address_key="192.0.2.1")
    assert shown.order_number == number
    assert shown.recipient_masked["name"] == "왜*리"
    assert ANSWERS["recipient_phone"] not in repr(shown)


def test_a_wrong_number_and_a_wrong_secret_sound_the_same(number: str) -> None:
    said = []
    for typed, secret in ((number, "another secret"), (new_order_number(), SECRET)):
        with pytest.raises(Invalid) as refused:
            look_up.look_up(typed, secret, address_key="192.0.2.1")
        said.append(str(refused.value.problems))
    assert said[0] == said[1]


def test_guessing_is_stopped(number: str) -> None:
    for guess in range(5):
        with pytest.raises(Invalid):
            look_up.look_up(number, f"guess number {guess}", address_key=f"192.0.2.{guess}")
    with pytest.raises(Throttled):
        look_up.look_up(number, SECRET, address_key="192.0.2.200")


def test_what_a_guest_gave_is_sealed_and_logged_like_a_members(number: str) -> None:
    records = rows("SELECT kind, length(sealed) > 0 FROM vault_record ORDER BY kind")
    assert records == [("order_payer", True), ("order_recipient", True)]
    logged = rows("SELECT count(*) FROM audit_entry WHERE event = 'vault:record:sealed'")
    assert logged == [(2,)]
