"""Advertisements reach whoever wants them and nobody else, as the policy says at that moment."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import people
from tests.cast.at_once import at_once
from tests.cast.sandboxes import SECRET, SMS_KEY, Sandbox
from tests.cast.subscribers import (
    EMAIL,
    MARKETER,
    NIGHT,
    SMS,
    advertised,
    link_in,
    posted,
    proves,
    received,
    sends,
    stands,
    wants,
    words,
)
from yaksok.database.roles import keeper
from yaksok.journeys import ad_words, advertise, consents, leave, opt_out, refusals
from yaksok.journeys.rounds import Told
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import new_id
from yaksok.policy.entries import Text
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.vocabulary import Channel, Language
from yaksok.privacy.post import tallies

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("standing_clock"),
]
KO = Language.KOREAN
ANY_YEAR = "4000000000"
"""Seconds for which the provider of text messages takes a signature: the tests are not of today."""


@pytest.fixture(scope="module")
def sms_of_any_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    sandbox = Sandbox("sandbox_sms", tmp_path_factory.mktemp("sms"), ("--window", ANY_YEAR))
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def texts(sms_of_any_year: Sandbox, settings: Any) -> Callable[[], list[str]]:
    """The mall sends text messages, and these are the ones that arrived, newest first."""
    settings.YAKSOK_SMS = sms_of_any_year.url
    settings.YAKSOK_SMS_KEY, settings.YAKSOK_SMS_SECRET = SMS_KEY, SECRET
    return lambda: [one["text"] for one in sms_of_any_year.call("GET", "/sandbox/messages")[1]]


def ended(id_) -> dict[str, int]:
    with keeper():
        return {k.value: n for k, n in tallies.of([id_]).get(id_, {}).items()}


def test_it_reaches_who_agreed_and_proved_their_address(mail_sandbox: Sandbox) -> None:
    member, silent = wants(EMAIL), people.member()
    not_proved = people.member().agrees(EMAIL)
    posted()
    campaign = sends()
    assert advertised() == [member.subject]
    posted()
    (letter,) = received(mail_sandbox, member)
    assert letter["subject"] == "(광고) 가을 그릇"
    assert "가을 그릇이 나왔어요." in letter["text"]
    assert "약속상점 주식회사" in letter["text"]
    assert "080-000-0001" in letter["text"]
    link_in(letter["text"])
    assert not received(mail_sandbox, silent) + received(mail_sandbox, not_proved)
    assert stands(campaign) == ("done", 1, {"no_consent": 2})
    assert ended(campaign) == {"sent": 1}


def test_a_withdrawal_between_queue_and_send_is_honoured(mail_sandbox: Sandbox) -> None:
    member, other = wants(EMAIL), wants(EMAIL)
    posted()
    campaign = sends()
    assert len(advertised()) == 2
    consents.withdraw(member.actor, EMAIL, language=KO)
    posted()
    assert not received(mail_sandbox, member)
    assert len(received(mail_sandbox, other)) == 1
    assert ended(campaign) == {"sent": 1, "withheld": 1}
    assert advertised() == []


def test_a_standing_refusal_and_leaving_stop_it_too() -> None:
    refuser, leaver, stays = wants(EMAIL), wants(EMAIL), wants(EMAIL)
    refusals.refuse(refuser.actor, BEYOND_SCOPE, stands=True, language=KO)
    leave.confirm(leaver.actor, leaver.person.password, language=KO)
    sends()
    assert advertised() == [stays.subject]


def test_text_messages_sleep_at_night_without_the_consent_of_the_night(
    standing_clock: FixedClock, texts: Callable[[], list[str]]
) -> None:
    sleeper, owl = wants(SMS), wants(SMS, NIGHT)
    posted()
    standing_clock.move_to(datetime(2026, 3, 2, 21, 1, tzinfo=SEOUL))
    campaign = sends(words(Channel.SMS))
    assert advertised() == [owl.subject]
    assert stands(campaign) == ("done", 1, {"night": 1})
    standing_clock.move_to(datetime(2026, 3, 3, 8, 0, tzinfo=SEOUL))
    sends(words(Channel.SMS))
    assert advertised() == sorted([owl.subject, owl.subject, sleeper.subject])
    posted()
    ads = [text for text in texts() if text.startswith("(광고)[약속]")]
    assert len(ads) == 3
    assert all("무료수신거부 080-000-0001" in text for text in ads)


def test_what_was_queued_in_the_evening_waits_for_the_morning(
    standing_clock: FixedClock, texts: Callable[[], list[str]]
) -> None:
    wants(SMS)
    posted()
    before = len(texts())
    standing_clock.move_to(datetime(2026, 3, 2, 20, 59, tzinfo=SEOUL))
    campaign = sends(words(Channel.SMS))
    standing_clock.move_to(datetime(2026, 3, 2, 21, 0, tzinfo=SEOUL))
    posted()
    assert len(advertised()) == 1
    standing_clock.move_to(datetime(2026, 3, 3, 7, 59, tzinfo=SEOUL))
    posted()
    assert len(advertised()) == 1
    standing_clock.move_to(datetime(2026, 3, 3, 8, 0, tzinfo=SEOUL))
    posted()
    assert advertised() == []
    assert ended(campaign) == {"sent": 1}
    assert len(texts()) == before + 1


def test_an_advertisement_of_the_day_is_not_begun_at_night(standing_clock: FixedClock) -> None:
    member = wants(SMS)
    evening = words(Channel.SMS, at=datetime(2026, 3, 2, 20, 30, tzinfo=SEOUL))
    standing_clock.move_to(datetime(2026, 3, 2, 22, 0, tzinfo=SEOUL))
    campaign = sends(evening)
    assert advertised() == []
    assert stands(campaign)[0] == "scheduled"
    standing_clock.move_to(datetime(2026, 3, 3, 8, 0, tzinfo=SEOUL))
    advertise.send_due()
    assert advertised() == [member.subject]


def test_e_mail_wakes_nobody(standing_clock: FixedClock) -> None:
    member = wants(EMAIL)
    standing_clock.move_to(datetime(2026, 3, 2, 23, 0, tzinfo=SEOUL))
    sends()
    assert advertised() == [member.subject]


def test_nobody_is_written_to_twice_however_the_job_is_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(advertise, "AT_ONCE", 2)
    members = sorted(wants(EMAIL).subject for _ in range(5))
    id_ = new_id()
    advertise.save(id_, words(), actor=MARKETER)
    advertise.schedule(id_, actor=MARKETER)
    assert advertise._some(id_) == Told(2, 0)
    assert advertised() == members[:2]
    advertise.send_due()
    advertise.send_due()
    assert advertised() == members


def test_other_letters_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advertise, "AT_ONCE", 1)
    monkeypatch.setattr(advertise, "MOST_WAITING", 2)
    for _ in range(3):
        wants(EMAIL)
    campaign = sends()
    assert len(advertised()) == 2
    assert stands(campaign)[0] == "sending"


def test_one_that_is_stopped_goes_no_further() -> None:
    wants(EMAIL)
    campaign = sends(words(at=datetime(2026, 3, 2, 11, 0, tzinfo=SEOUL)))
    other = new_id()
    advertise.save(other, words(), actor=MARKETER)
    advertise.schedule(other, actor=MARKETER)
    assert len(advertised()) == 1
    with pytest.raises(NotFound):
        advertise.stop(campaign, actor=MARKETER)  # it is through already
    advertise.stop(other, actor=MARKETER)
    advertise.send_due()
    assert len(advertised()) == 1
    with pytest.raises(NotFound):
        advertise.save(other, words(), actor=MARKETER)


def test_what_waits_of_a_stopped_one_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advertise, "AT_ONCE", 1)
    monkeypatch.setattr(advertise, "MOST_WAITING", 1)
    for _ in range(2):
        wants(EMAIL)
    campaign = sends()
    assert len(advertised()) == 1
    advertise.stop(campaign, actor=MARKETER)
    assert advertised() == []


def test_a_marketer_sees_numbers_that_say_nothing_about_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        wants(EMAIL)
    found = advertise.audience(words(), actor=MARKETER)
    assert found.reached.tens is None
    assert set(found.left_out) <= {"no_consent"}
    assert [advertise.count(n).tens for n in (0, 9, 10, 19, 20, 123)] == [
        None,
        None,
        10,
        10,
        20,
        120,
    ]
    campaign = sends()
    sent = advertise.how_it_went(advertise.one(campaign, actor=MARKETER), actor=MARKETER)
    assert sent.queued.tens is None


def test_the_count_before_is_what_the_gate_permits_then(standing_clock: FixedClock) -> None:
    wants(SMS, NIGHT)
    for _ in range(2):
        wants(SMS)
    refuser = wants(SMS)
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_standing SET refusals = array_append(refusals, 'use')"
            " WHERE subject_id = %s",
            [refuser.subject],
        )
    seen: dict[str, tuple[int, dict[str, int]]] = {}
    real = advertise._audience
    for name, hour in (("day", 12), ("night", 23)):
        standing_clock.move_to(datetime(2026, 3, 3, hour, 0, tzinfo=SEOUL))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                advertise,
                "_audience",
                lambda reached, left, name=name: (
                    seen.setdefault(name, (reached, dict(left))) and real(reached, left)
                ),
            )
            advertise.audience(words(Channel.SMS), actor=MARKETER)
        before = len(advertised())
        campaign = sends(words(Channel.SMS))
        _, queued, left_out = stands(campaign)
        reached, expected = seen[name]
        assert (queued, left_out) == (reached, {k: n for k, n in expected.items() if n})
        assert len(advertised()) - before == queued
    assert seen["day"][0] == 3
    assert seen["night"][0] == 1


def test_only_a_trained_marketer_writes_and_staff_without_business_read_nothing() -> None:
    for actor in people.everybody_but_the_person():
        with pytest.raises(Refused):
            advertise.save(new_id(), words(), actor=actor)
    newcomer = Actor(Role.MARKETER, MARKETER.subject)
    with pytest.raises(Refused) as refused:
        advertise.schedule(new_id(), actor=newcomer)
    assert refused.value.promise == "P7.14"
    with pytest.raises(Refused):
        advertise.every(people.clerk().actor)
    assert advertise.every(people.auditor().actor) == ()


def test_it_is_kept_six_months_and_not_longer(standing_clock: FixedClock) -> None:
    campaign = sends()
    standing_clock.move_to(datetime(2026, 9, 2, 23, 59, tzinfo=SEOUL))
    assert advertise.forget_old() == 0
    standing_clock.move_to(datetime(2026, 9, 3, 0, 0, tzinfo=SEOUL))
    assert advertise.forget_old() == 1
    with pytest.raises(NotFound):
        advertise.one(campaign, actor=MARKETER)


def typed(**other: str) -> dict[str, str]:
    return {
        "title_ko": "가을 그릇",
        "title_en": "Autumn bowls",
        "body_ko": "새로 나왔어요.",
        "body_en": "New here.",
        "goods": "",
        "channel": "email",
        "at": "2026-03-05T10:00",
        **other,
    }


def test_words_are_read_by_the_clock_of_who_receives() -> None:
    read = ad_words.read(typed(), KO)
    assert read.at == datetime(2026, 3, 5, 10, 0, tzinfo=SEOUL)
    assert read.title == Text(ko="가을 그릇", en="Autumn bowls")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_ko", "(광고) 가을 그릇"),
        ("title_ko", "광 고 : 가을 그릇"),
        ("title_ko", ""),
        ("title_en", "Advertisement: bowls"),
        ("body_ko", "문의 010-1234-5678"),
        ("body_en", "write to me@mail.example"),
        ("body_ko", "가" * 2_001),
        ("body_ko", "900101-1234567"),
        ("goods", "no-such-thing"),
        ("channel", "fax"),
        ("channel", ""),
        ("at", "tomorrow"),
        ("at", "2026-03-05T10:00:00+09:00"[:0]),
    ],
)
def test_words_that_cannot_be_sent_are_refused(field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        ad_words.read(typed(**{field: value}), KO)
    assert set(refused.value.problems) == {field}


def test_a_text_message_is_short_enough_for_a_telephone() -> None:
    ad_words.read(typed(channel="sms"), KO)
    with pytest.raises(Invalid) as refused:
        ad_words.read(typed(channel="sms", body_ko="가" * 1_200), KO)
    assert set(refused.value.problems) == {"body_ko"}


def test_the_preview_is_what_leaves(mail_sandbox: Sandbox) -> None:
    member = wants(EMAIL)
    posted()
    said = words()
    subject, text = ad_words.looks(said)[KO]
    sends(said)
    posted()
    (letter,) = [e for e in received(mail_sandbox, member) if e["subject"] == subject]
    stop = link_in(letter["text"])
    masked = text.replace("hello@", "h***@***.").replace("privacy@", "p***@***.")
    masked = masked.replace("yaksok.example", "example")
    assert letter["text"].replace(stop, "………").strip() == masked.strip()


def test_an_old_letter_stops_it_even_after_a_new_yes(mail_sandbox: Sandbox) -> None:
    member = wants(EMAIL)
    posted()
    sends()
    posted()
    token = link_in(received(mail_sandbox, member)[0]["text"])
    consents.withdraw(member.actor, EMAIL, language=KO)
    wants(EMAIL, member=member)
    stopped = opt_out.stop(token, language=KO)
    assert stopped is not None
    assert not stopped.stands
    sends()
    assert advertised() == []


def test_a_new_address_is_not_written_to_before_it_is_proved() -> None:
    from yaksok.journeys import correct

    member = wants(EMAIL)
    posted_ = {"email": f"new-{member.person.email}"}
    correct.correct(member.actor, posted_, stepped_up=True, language=KO)
    sends()
    assert advertised() == []
    proves(member)
    sends(words(at=clock.now() - timedelta(seconds=5)))
    assert advertised() == [member.subject]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_workers_write_to_each_person_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advertise, "AT_ONCE", 2)
    members = sorted(wants(EMAIL).subject for _ in range(7))
    id_ = new_id()
    advertise.save(id_, words(), actor=MARKETER)
    advertise.schedule(id_, actor=MARKETER)
    at_once([advertise.send_due] * 3)
    advertise.send_due()
    assert advertised() == members
    assert stands(id_) == ("done", 7, {})


def test_a_batch_costs_the_same_whatever_its_size() -> None:
    def statements() -> int:
        id_ = new_id()
        advertise.save(id_, words(), actor=MARKETER)
        advertise.schedule(id_, actor=MARKETER)
        with CaptureQueriesContext(connection) as seen:
            assert advertise._some(id_) is not None
        return len(seen)

    wants(EMAIL)
    first = statements()
    for _ in range(5):
        wants(EMAIL)
    assert statements() == first <= 15
