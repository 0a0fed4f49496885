"""Advertising by notification: to the browser that agreed, sealed, by day, and nowhere else."""

import io
import socket
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.browsers import PUSH, browser, notified
from tests.cast.people import Member
from tests.cast.sandboxes import Sandbox
from tests.cast.subscribers import (
    MARKETER,
    NIGHT,
    advertised,
    link_in,
    posted,
    proves,
    sends,
    stands,
    wants,
    words,
)
from yaksok.database.roles import keeper
from yaksok.journeys import (
    ad_browsers,
    ad_words,
    advertise,
    consents,
    leave,
    marketing_consent,
    opt_out,
    port,
    reconfirm,
    refusals,
    tell,
)
from yaksok.kernel import clock
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.errors import Invalid, Refused
from yaksok.policy.entries import Text
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.vocabulary import AgeClass, Channel, Language, RecordKind
from yaksok.privacy.post import outbox, tallies
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db
KO = Language.KOREAN
Moves = Callable[..., None]


@pytest.fixture
def moves(push_sandbox: Sandbox, standing_clock: FixedClock) -> Moves:
    """Both clocks, the mall's and the push service's, go to an hour in Seoul or on by some time."""

    def to(*when: int, by: timedelta = timedelta()) -> None:
        if when:
            standing_clock.move_to(datetime(*when, tzinfo=SEOUL))  # type: ignore[arg-type,misc]  # year, month, day, hour, minute
        standing_clock.move(by)
        at = {"at": clock.now().timestamp()}
        assert push_sandbox.call("POST", "/sandbox/clock", at)[0] == 200

    to(2026, 3, 2, 12)
    return to


def page(member: Member) -> marketing_consent.Wanted:
    return next(one for one in marketing_consent.view(member.actor, KO).wanted if one.name == PUSH)


def held(member: Member) -> int:
    with keeper():
        found = gate.holdings(member.subject)
    return sum(one.kind is RecordKind.MARKETING_CONTACT for one in found)


def ended(id_: Any) -> dict[str, int]:
    with keeper():
        return {k.value: n for k, n in tallies.of([id_]).get(id_, {}).items()}


def ad(**other: object) -> Any:
    return words(Channel.PUSH, **other)


def test_the_screen_shows_the_mark_the_sender_and_the_way_out(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    member, here = notified(push_sandbox)
    _, silent = people.member(), browser(push_sandbox)
    campaign = sends(ad(goods=()))
    assert advertised() == [member.subject]
    posted()
    (shown,) = here.shows()
    assert shown["title"] == "(광고) 가을 그릇"
    assert "가을 그릇이 나왔어요." in shown["text"]
    assert "보내는 곳: 약속상점 주식회사" in shown["text"]
    assert "무료수신거부 080-000-0001" in shown["text"]
    assert shown["stop"] in shown["text"]
    assert shown["link"].endswith("/")
    assert silent.shows() == []
    assert (stands(campaign)[1], ended(campaign)) == (1, {"sent": 1})
    assert advertised() == []
    # The way out works as in a letter, and nothing of the browser stays.
    assert opt_out.stop(link_in(shown["text"]), language=KO)
    assert not page(member).stands
    assert held(member) == 0


def test_what_is_carried_is_dark_and_of_one_length(push_sandbox: Sandbox, moves: Moves) -> None:
    _, here = notified(push_sandbox)
    sends(ad())
    sends(ad(title=Text(ko="ㄱ", en="a"), body=Text(ko="ㄴ", en="b")))
    posted()
    short, long = here.shows()
    assert short["bytes"] == long["bytes"]
    assert (short["bytes"] - 16 - 86) % 1024 == 0


def test_only_the_gate_opens_where_a_browser_is_and_it_is_logged(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    member, _ = notified(push_sandbox)
    sends(ad())
    posted()
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT event, items FROM audit_entry WHERE trail = %s AND job = 'post'"
            " AND 'push_endpoint' = ANY(items) ORDER BY id",
            [gate.trail_of(member.subject)],
        )
        assert cursor.fetchall() == [
            ("vault:items:opened", ["push_endpoint"]),
            ("post:letter:sent", ["push_endpoint"]),
        ]


def test_a_withdrawal_between_queue_and_send_is_honoured(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    (member, here), (_, there) = notified(push_sandbox), notified(push_sandbox)
    campaign = sends(ad())
    assert len(advertised()) == 2
    consents.withdraw(member.actor, PUSH, language=KO)
    posted()
    assert here.shows() == []
    assert len(there.shows()) == 1
    assert ended(campaign) == {"sent": 1, "withheld": 1}


def test_a_browser_that_unsubscribed_is_forgotten_and_the_member_reads_it(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    member, here = notified(push_sandbox)
    other, there = notified(push_sandbox)
    assert not page(member).gone
    here.unsubscribes()
    campaign = sends(ad())
    assert tell.send_due().sent == 1, "one that is gone holds up no other"
    assert len(there.shows()) == 1
    assert ended(campaign) == {"sent": 1, "undeliverable": 1}
    assert advertised() == []
    assert (held(member), held(other)) == (0, 1)
    seen = page(member)
    assert (seen.stands, seen.gone, seen.to) == (True, True, "")
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM vault_erasure WHERE kind = 'marketing_contact'")
        assert cursor.fetchall() == [("unreachable",)]
    again = sends(ad())
    assert advertised() == [other.subject]
    assert stands(again)[1] == 1
    # Switched on anew, in another browser of theirs.
    anew = browser(push_sandbox)
    marketing_consent.agree(member.actor, _posts(member, anew.says()), language=KO)
    posted()
    sends(ad())
    posted()
    assert not page(member).gone
    assert (len(anew.shows()), len(here.shows())) == (1, 0)


def _posts(member: Member, value: str) -> dict[str, str]:
    return {"consent": PUSH, "mark": page(member).mark, "push_endpoint": value}


def test_it_goes_to_the_browser_of_the_last_yes_alone(push_sandbox: Sandbox, moves: Moves) -> None:
    member, first = notified(push_sandbox)
    _, second = notified(push_sandbox, member)
    assert held(member) == 1
    sends(ad())
    posted()
    assert (len(first.shows()), len(second.shows())) == (0, 1)


def test_a_day_without_the_service_loses_nothing_and_doubles_nothing(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    _, here = notified(push_sandbox)
    sends(ad())
    push_sandbox.faults(down=True)
    for _ in range(9):
        tell.send_due()
        moves(by=timedelta(hours=3))
    assert here.shows() == []
    assert len(advertised()) == 1
    push_sandbox.faults(down=False, lost=1)
    moves(2026, 3, 4, 9)
    tell.send_due()  # carried out, and the answer lost
    moves(by=timedelta(hours=2))
    tell.send_due()
    assert advertised() == []
    assert len(here.shows()) == 1, "the second one took the place of the first"


def test_at_night_it_waits_unless_the_night_was_agreed_to(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    _, sleeper = notified(push_sandbox)
    _, owl = notified(push_sandbox, wants(NIGHT))
    moves(2026, 3, 2, 20, 59)
    sends(ad())
    moves(2026, 3, 2, 21, 0)
    posted()
    assert (len(sleeper.shows()), len(owl.shows())) == (0, 1)
    moves(2026, 3, 2, 21, 30)
    sends(ad())
    posted()
    assert (len(sleeper.shows()), len(owl.shows())) == (0, 2)
    moves(2026, 3, 3, 8, 0)
    posted()
    assert (len(sleeper.shows()), len(owl.shows())) == (1, 2)


def test_what_is_on_its_way_in_the_evening_ends_at_the_beginning_of_the_night(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    _, sleeper = notified(push_sandbox)
    _, owl = notified(push_sandbox, wants(NIGHT))
    for here in (sleeper, owl):
        here.goes(away=True)
    moves(2026, 3, 2, 20, 40)
    sends(ad())
    posted()
    moves(2026, 3, 2, 21, 5)
    for here in (sleeper, owl):
        here.goes(away=False)
    assert sleeper.shows() == []
    (shown,) = owl.shows()
    assert shown["ttl"] == 4 * 3600


def test_by_day_it_is_dropped_after_four_hours(push_sandbox: Sandbox, moves: Moves) -> None:
    _, here = notified(push_sandbox)
    here.goes(away=True)
    sends(ad())
    posted()
    moves(by=timedelta(hours=3, minutes=59))
    here.goes(away=False)
    assert [one["ttl"] for one in here.shows()] == [4 * 3600]
    here.goes(away=True)
    sends(ad())
    posted()
    moves(by=timedelta(hours=4, minutes=1))
    here.goes(away=False)
    assert len(here.shows()) == 1


HOSTILE = (
    "http://fcm.googleapis.com/fcm/send/x",
    "https://127.0.0.1/push/x",
    "http://127.0.0.1:{port}/push/x",
    "https://[::1]/x",
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/latest",
    "https://10.0.0.1/x",
    "https://localhost/x",
    "https://0x7f000001/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://notify.windows.com/x",
    "https://evil.example/fcm.googleapis.com",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com.:443/x",
    "https://fcm.googleapis.com:99999999/x",
    "https://[fcm.googleapis.com/x",
    "https://[fcm.googleapis.com]/x",
    "https://fcm.googleapis.com]/x",
    "https://::fcm.googleapis.com/x",
    "https://[::1]:x/x",
)


def test_an_endpoint_beside_the_list_is_neither_kept_nor_written_to(
    push_sandbox: Sandbox, moves: Moves, settings: Any
) -> None:
    here, member = browser(push_sandbox), proves(people.member())
    ours = settings.YAKSOK_ORIGIN.rpartition(":")[2]
    for endpoint in HOSTILE:
        value = here.says(endpoint=endpoint.format(port=ours))
        with pytest.raises(Invalid) as refused:
            marketing_consent.agree(member.actor, _posts(member, value), language=KO)
        assert set(refused.value.problems) == {"push_endpoint"}, endpoint
        assert held(member) == 0, endpoint
        assert not page(member).stands, endpoint


def test_what_was_kept_before_the_list_changed_is_not_written_to(
    push_sandbox: Sandbox, moves: Moves, settings: Any
) -> None:
    _, here = notified(push_sandbox)
    campaign = sends(ad())
    settings.YAKSOK_PUSH_SANDBOX = "http://127.0.0.1:1"
    tell.send_due()
    assert here.shows() == []
    assert ended(campaign) == {"undeliverable": 1}


LISTED = (
    "https://fcm.googleapis.com/fcm/send/abc:APA91b",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
    "https://web.push.apple.com/QAbc",
    "https://wns2-par02p.notify.windows.com/w/?token=BQY%3d",
)


def test_an_endpoint_of_the_list_is_kept(push_sandbox: Sandbox, moves: Moves) -> None:
    member, here = proves(people.member()), browser(push_sandbox)
    for endpoint in LISTED:
        value = here.says(endpoint=endpoint)
        marketing_consent.agree(member.actor, _posts(member, value), language=KO)
        host = endpoint.split("/")[2]
        assert page(member).to == f"{host}/***"
        assert not page(member).waits
    assert held(member) == 1


@pytest.mark.parametrize("leads_to", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "fd00::1"])
def test_a_name_that_leads_into_a_network_of_our_own_is_not_asked(
    push_sandbox: Sandbox, moves: Moves, monkeypatch: pytest.MonkeyPatch, leads_to: str
) -> None:
    member = proves(people.member())
    value = browser(push_sandbox).says(endpoint="https://fcm.googleapis.com/fcm/send/abc")
    marketing_consent.agree(member.actor, _posts(member, value), language=KO)
    sends(ad())
    asked = []

    def found(*given: Any, **_: Any) -> list[Any]:
        asked.append(given[0])
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in (leads_to, "1.1.1.1")
        ]

    def nobody(*_: Any, **__: Any) -> None:
        pytest.fail("a line was opened")

    with monkeypatch.context() as world:
        world.setattr(socket, "getaddrinfo", found)
        world.setattr(socket, "create_connection", nobody)
        assert tell.send_due(1).sent == 0
    assert asked == ["fcm.googleapis.com"]
    assert len(advertised()) == 1, "it is tried again later"


def test_no_redirect_is_followed_and_no_huge_answer_is_read(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    _, here = notified(push_sandbox)
    trap = browser(push_sandbox)
    sends(ad())
    push_sandbox.call("POST", "/sandbox/manner", {"redirect": trap.endpoint})
    assert tell.send_due().sent == 0
    push_sandbox.manner()
    assert trap.shows() == here.shows() == []
    push_sandbox.manner(huge=True)
    moves(by=timedelta(minutes=2))
    assert tell.send_due().sent == 1
    assert len(here.shows()) == 1


@pytest.mark.parametrize(
    ("status", "waits", "keeps"),
    [(429, 1, 1), (500, 1, 1), (401, 1, 1), (403, 1, 1), (400, 0, 1), (413, 0, 1), (404, 0, 0)],
)
def test_what_the_service_answers_is_understood(
    push_sandbox: Sandbox, moves: Moves, status: int, waits: int, keeps: int
) -> None:
    member, _ = notified(push_sandbox)
    sends(ad())
    push_sandbox.call("POST", "/sandbox/manner", {"status": status})
    tell.send_due()
    assert (len(advertised()), held(member)) == (waits, keeps)


def test_it_is_given_up_in_the_end_and_leaves_a_number(push_sandbox: Sandbox, moves: Moves) -> None:
    member, _ = notified(push_sandbox)
    campaign = sends(ad())
    push_sandbox.faults(down=True)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE post_letter SET attempts = %s", [outbox.MOST_ATTEMPTS - 1])
    tell.send_due()
    assert advertised() == []
    assert ended(campaign) == {"undeliverable": 1}
    assert held(member) == 1, "that nobody answered says nothing about the browser"


def test_another_key_of_the_mall_is_another_mall(
    push_sandbox: Sandbox, moves: Moves, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, here = notified(push_sandbox)
    sends(ad())
    monkeypatch.setattr("yaksok.privacy.post.push_voucher.named_key", lambda _: b"k" * 32)
    tell.send_due()
    assert here.shows() == []
    assert page(member).gone, "the endpoint was bound to a key that is no more"
    with pytest.raises(Invalid):
        marketing_consent.agree(member.actor, _posts(member, here.says()), language=KO)


def test_a_stranger_cannot_push_with_what_leaked_from_a_browser(push_sandbox: Sandbox) -> None:
    bound_elsewhere = browser(push_sandbox, key=browser(push_sandbox).p256dh)
    member = proves(people.member())
    with pytest.raises(Invalid):  # bound to somebody else's key, so not ours to write to
        value = bound_elsewhere.says()
        marketing_consent.agree(member.actor, _posts(member, value), language=KO)
    status, *_ = push_sandbox.call(
        "POST", f"/push/{bound_elsewhere.id}", b"x", TTL="1", Content_Encoding="aes128gcm"
    )
    assert status == 401


def test_without_a_browser_there_is_nothing_to_agree_to(moves: Moves) -> None:
    member = people.member()
    posted_ = {"consent": PUSH, "mark": page(member).mark}
    with pytest.raises(Invalid) as refused:
        marketing_consent.agree(member.actor, posted_, language=KO)
    assert refused.value.problems == {"push_endpoint": ad_browsers.NEED.ko}
    assert not page(member).stands


def test_no_child_and_nobody_of_unknown_age_is_notified(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    member, here = notified(push_sandbox)
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_standing SET age = %s WHERE subject_id = %s",
            [AgeClass.UNKNOWN.value, member.subject],
        )
    assert stands(sends(ad()))[2] == {"age": 1}
    with pytest.raises(Refused):
        marketing_consent.agree(member.actor, _posts(member, here.says()), language=KO)


def test_a_refusal_and_leaving_end_it(push_sandbox: Sandbox, moves: Moves) -> None:
    (refuser, here), (leaver, there) = notified(push_sandbox), notified(push_sandbox)
    sends(ad())
    refusals.refuse(refuser.actor, BEYOND_SCOPE, stands=True, language=KO)
    leave.confirm(leaver.actor, leaver.person.password, language=KO)
    posted()
    assert here.shows() == there.shows() == []
    assert held(refuser) == 0
    assert not page(refuser).stands


def test_its_result_is_told_and_it_is_asked_again_and_pauses(
    push_sandbox: Sandbox, moves: Moves
) -> None:
    member, _ = notified(push_sandbox)
    assert marketing_consent.tell_results().noted == 1
    moves(2028, 2, 10, 12)
    assert reconfirm.ask().noted == 1
    assert page(member).asked
    moves(2028, 3, 2, 12)
    assert page(member).paused
    assert stands(sends(ad()))[2] == {"not_confirmed": 1}
    marketing_consent.agree(member.actor, {"consent": PUSH, "mark": page(member).mark}, language=KO)
    sends(ad())
    assert advertised() == [member.subject]


def test_a_notification_is_short_and_leads_to_what_it_shows(moves: Moves) -> None:
    fields = {
        "title_ko": "가" * 51, "title_en": "a", "body_ko": "나" * 201, "body_en": "b",
        "goods": "", "channel": "push", "at": "2026-03-02T12:00",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        ad_words.read(fields, KO)
    assert set(refused.value.problems) == {"title_ko", "body_ko"}
    said = ad_words.read(fields | {"title_ko": "가", "body_ko": "나"}, KO)
    subject, text = ad_words.looks(said)[KO]
    assert subject == "(광고) 가"
    assert text.startswith("나\n보내는 곳: ")
    assert "{" not in text
    assert advertise.audience(said, actor=MARKETER).reached.tens is None


def test_the_person_takes_it_along(push_sandbox: Sandbox, moves: Moves) -> None:
    member, here = notified(push_sandbox)
    copy = port.download(member.actor, stepped_up=True, language=KO)
    data = zipfile.ZipFile(io.BytesIO(copy.content)).read("data.json").decode()
    assert here.endpoint in data
    assert here.auth in data


def test_without_the_list_any_address_would_be_kept(
    push_sandbox: Sandbox, moves: Moves, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, member = browser(push_sandbox), proves(people.member())
    monkeypatch.setattr("yaksok.privacy.post.push_services.is_known", lambda _: True)
    value = here.says(endpoint=HOSTILE[1])
    marketing_consent.agree(member.actor, _posts(member, value), language=KO)
    assert held(member) == 1, "so it is the list that keeps the others out"


def test_without_an_evening_a_browser_would_wake_somebody(
    push_sandbox: Sandbox, moves: Moves, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, here = notified(push_sandbox)
    here.goes(away=True)
    moves(2026, 3, 2, 20, 40)
    monkeypatch.setattr(
        "yaksok.privacy.post.advertisements.evening", lambda *given: given[2] + timedelta(days=1)
    )
    sends(ad())
    posted()
    moves(2026, 3, 2, 21, 5)
    here.goes(away=False)
    assert len(here.shows()) == 1, "so it is the evening that lets it end"
