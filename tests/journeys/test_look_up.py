"""A guest sees an order with its number and the secret they set, and nobody guesses it."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import ANSWERS, KO, SECRET, a_member, order, rows
from yaksok.database.roles import keeper
from yaksok.journeys import look_up
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, Throttled
from yaksok.kernel.ids import new_order_number
from yaksok.mall.accounts import verifiers
from yaksok.policy.vocabulary import Purpose
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

HOME = "192.0.2.7"


@pytest.fixture
def number(shelves: Shop, payment_sandbox: Sandbox) -> str:
    """A guest's order of tea."""
    return order([(shelves["TEA-G"], 2)]).order_number


def test_number_and_secret_show_the_order_masked(number: str) -> None:
    shown = look_up.look_up(number, SECRET, address_key=HOME)
    assert (shown.order_number, shown.state_label, shown.total) == (number, "결제 기다림", 64_000)
    assert [(one.name, one.quantity, one.subtotal) for one in shown.lines] == [
        ("하동 세작", 2, 64_000)
    ]
    assert dict(shown.payer_masked) == {
        "name": "두*미",
        "phone": "010-****-6789",
        "email": "du***@mail.example",
    }
    assert dict(shown.recipient_masked) == {
        "name": "왜*리",
        "phone": "010-****-5432",
        "postcode": "03***",
        "address": "서울특별시 종로구 사직로 ***",
    }
    plain = [value for name, value in ANSWERS.items() if name != "age_attested"]
    assert not [value for value in plain if value in repr(shown)]


@pytest.mark.parametrize("typing", ["lower", "bare", "spaced"])
def test_the_number_may_be_typed_in_any_way(number: str, typing: str) -> None:
    typed = {
        "lower": number.lower(),
        "bare": number.replace("-", ""),
        "spaced": f"  {number.replace('-', ' ')} ",
    }[typing]
    assert look_up.look_up(typed, SECRET, address_key=HOME).order_number == number


def test_every_wrong_answer_gets_the_same_sentence(number: str) -> None:
    wrong = [
        (number, "회색 두루미 여덟"),
        (number, ""),
        (number, "가" * 5000),
        (number, "\ud800"),
        (number, "\x00"),
        (new_order_number(), SECRET),
        ("", SECRET),
        ("가" * 5000, SECRET),
        ("\ud800\x00", SECRET),
        ("' OR 1=1 --", SECRET),
    ]
    said = set()
    for place, (typed, secret) in enumerate(wrong):
        with pytest.raises(Invalid) as refused:
            look_up.look_up(typed, secret, address_key=f"192.0.2.{place}") if typed != number else (
                _fresh(number, secret, f"192.0.2.{place}")
            )
        said.add(str(refused.value.problems))
    assert len(said) == 1


def _fresh(number: str, secret: str, address: str) -> None:
    from yaksok.guard import throttle

    throttle.clear(look_up.NUMBER_SCOPE, number.encode())
    look_up.look_up(number, secret, address_key=address)


def test_a_wrong_number_takes_the_same_work(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = PasswordHasher.verify

    def watched(hasher: PasswordHasher, verifier: str, secret: str) -> bool:
        asked.append(verifier.rpartition("$")[0].rpartition("$")[0])
        return real(hasher, verifier, secret)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    for typed, secret in ((number, "wrong-secret"), (new_order_number(), SECRET), ("x", SECRET)):
        with pytest.raises(Invalid):
            look_up.look_up(typed, secret, address_key=HOME)
    assert asked == [f"$argon2id$v=19$m={verifiers.MEMORY_KIB},t={verifiers.PASSES},p=1"] * 3


def test_the_sixth_guess_at_an_order_must_wait(number: str, standing_clock: FixedClock) -> None:
    for guess in range(5):
        with pytest.raises(Invalid):
            look_up.look_up(number, f"wrong-secret-{guess}", address_key=f"192.0.2.{guess}")
    with pytest.raises(Throttled) as stopped:
        look_up.look_up(number, SECRET, address_key="192.0.2.99")
    assert 0 < stopped.value.retry_after <= 900
    standing_clock.move(timedelta(minutes=15))
    assert look_up.look_up(number, SECRET, address_key="192.0.2.99").order_number == number


def test_the_sixth_guess_from_an_address_must_wait(number: str) -> None:
    for _ in range(5):
        with pytest.raises(Invalid):
            look_up.look_up(new_order_number(), SECRET, address_key=HOME)
    with pytest.raises(Throttled):
        look_up.look_up(number, SECRET, address_key=HOME)
    assert look_up.look_up(number, SECRET, address_key="192.0.2.8").order_number == number


def test_looking_often_is_no_guessing(number: str) -> None:
    for _ in range(7):
        look_up.look_up(number, SECRET, address_key=HOME)


def test_neither_number_nor_address_is_kept_by_the_counter(number: str) -> None:
    with pytest.raises(Invalid):
        look_up.look_up(number, "wrong-secret", address_key=HOME)
    text = str(rows("SELECT t::text FROM guard_tally t"))
    assert number not in text
    assert HOME not in text
    assert number.encode().hex() not in text


def test_a_members_order_has_no_secret_and_is_not_found(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    theirs = order([(shelves["TEA-G"], 1)], actor=a_member(), language=KO).order_number
    with pytest.raises(Invalid):
        look_up.look_up(theirs, SECRET, address_key=HOME)


def test_the_log_tells_who_looked_without_a_value(number: str) -> None:
    look_up.look_up(number, SECRET, address_key=HOME)
    found = rows(
        "SELECT event, actor_role, job, kinds[1], purpose, promise FROM audit_entry"
        " WHERE event IN ('order:secret:proved', 'vault:masks:shown') ORDER BY id"
    )
    assert found == [
        ("order:secret:proved", "guest", "", "order_payer", "order", "P5.6"),
        ("vault:masks:shown", "guest", "", "order_payer", "rights", "P5.6"),
        ("vault:masks:shown", "system", "look_up", "order_recipient", "order", "P1.1"),
    ]


def test_with_the_payers_record_the_secret_dies_and_nobody_sees_the_order(number: str) -> None:
    from yaksok.kernel.actor import Actor
    from yaksok.kernel.ids import SubjectId

    ((payer, recipient),) = rows("SELECT subject_id, recipient_subject_id FROM orders_order")
    with keeper():
        for subject in (payer, recipient):
            gate.erase(
                SubjectId(subject),
                actor=Actor.system("test"),
                purpose=Purpose.RIGHTS,
                reason="period_over",
            )
    assert rows("SELECT count(*) FROM orders_secret") == [(0,)]
    with pytest.raises(Invalid):
        look_up.look_up(number, SECRET, address_key=HOME)
