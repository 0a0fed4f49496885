"""What cannot be delivered is seen by staff and by the doctor, and tried again when the wire is mended."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.orders import Ordered, ordered
from tests.cast.sandboxes import Sandbox
from tests.journeys.test_tell_by_sms import texted
from tests.surfaces.visits import browser_of
from yaksok.cli import doctor
from yaksok.database.roles import keeper
from yaksok.journeys import post_room, tell
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Refused
from yaksok.policy.vocabulary import Channel, Language
from yaksok.privacy.post import outbox, shelf
from yaksok.privacy.post.models import Letter

pytestmark = pytest.mark.django_db


def noted() -> Ordered:
    bought = ordered()
    with keeper():
        tell.order_paid(bought.now())
    return bought


def given_up(clock: FixedClock) -> Ordered:
    """A letter that no mail server took."""
    bought = noted()
    for _ in range(outbox.MOST_ATTEMPTS):
        tell.send_due()
        clock.move(timedelta(hours=6, seconds=1))
    return bought


@pytest.fixture(autouse=True)
def _no_server(settings: object) -> None:
    settings.YAKSOK_SMTP = ""  # type: ignore[attr-defined]  # pytest-django's own


def test_staff_see_counts_and_nobodys_letter(standing_clock: FixedClock) -> None:
    bought = given_up(standing_clock)
    noted()
    lines = post_room.view(people.clerk().actor, Language.KOREAN)
    assert [(one.given_up, one.pile.letters, one.pile.tried) for one in lines] == [
        (True, 1, outbox.MOST_ATTEMPTS),
        (False, 1, 0),
    ]
    assert {one.label for one in lines} == {"주문 …의 결제가 끝났어요"}
    page = browser_of(people.clerk()).text("/console/post")
    assert "보내지 못함" in page
    for value in (*bought.payer.canaries(), bought.now().number, f"{bought.now().subject}"):
        assert value not in page


def test_it_begins_anew_when_the_wire_is_mended(
    standing_clock: FixedClock, mail_sandbox: Sandbox
) -> None:
    mail_sandbox.faults(down=True)
    bought = given_up(standing_clock)
    mail_sandbox.healthy()
    assert tell.send_due().tried == 0
    answer = browser_of(people.clerk()).send("/console/post", channel="email")
    assert answer.status_code == 302
    assert tell.send_due().sent == 1
    letters = mail_sandbox.call("GET", "/sandbox/letters")[1]
    assert bought.now().number in letters[0]["subject"]


def test_one_wire_at_a_time(standing_clock: FixedClock) -> None:
    given_up(standing_clock)
    texted()
    with keeper():
        Letter.objects.filter(channel="sms").update(state=outbox.State.UNDELIVERABLE)
    assert post_room.again(people.officer().actor, Channel.SMS) == 1
    with keeper():
        states = dict(Letter.objects.values_list("channel", "state"))
    assert states == {"email": "undeliverable", "sms": "waiting"}


def test_who_has_no_business_there_sees_and_does_nothing() -> None:
    for role in (Role.MARKETER, Role.MEMBER, Role.GUEST, Role.VISITOR):
        with pytest.raises(Refused):
            post_room.view(Actor(role), Language.KOREAN)
    for role in (Role.AUDITOR, Role.MARKETER, Role.MEMBER):
        with pytest.raises(Refused):
            post_room.again(Actor(role), Channel.EMAIL)
    assert browser_of(people.auditor()).get("/console/post").status_code == 200


def test_it_is_forgotten_after_thirty_days(standing_clock: FixedClock) -> None:
    given_up(standing_clock)
    standing_clock.move(timedelta(days=20))
    tell.forget_expired()
    with keeper():
        assert Letter.objects.count() == 1
    standing_clock.move(shelf.KEPT)
    tell.forget_expired()
    with keeper():
        assert Letter.objects.count() == 0


def test_the_alarms_count_both(standing_clock: FixedClock) -> None:
    assert not post_room.alarms().any
    given_up(standing_clock)
    noted()
    tell.send_due()
    assert post_room.alarms() == shelf.Alarms(given_up=1, in_vain=1)


@pytest.mark.parametrize(
    ("row", "ok", "seen"),
    [
        ([0, 0], True, "0 given up"),
        ([0, 3], True, "3 tried in vain"),
        ([2, 0], False, "2 given up"),
        ("the mall is closed; looked at when it opens", True, "closed"),
    ],
)
def test_the_doctor_says_so_with_the_cure(
    monkeypatch: pytest.MonkeyPatch, row: object, *, ok: bool, seen: str
) -> None:
    monkeypatch.setattr(doctor, "_asked", lambda *_: row)
    (finding,) = doctor._letters(None)  # type: ignore[arg-type]  # nothing is read of it
    assert (finding.ok, seen in finding.seen) == (ok, True)
    assert "/console/post" in finding.cure or ok
