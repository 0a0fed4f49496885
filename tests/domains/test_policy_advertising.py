"""When somebody may be advertised to, as the document says it: hours, consents, and until which day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.cast.lint_samples import place_of
from tests.cast.policies import changed, policy_of, source, without_table
from yaksok.kernel.clock import SEOUL
from yaksok.policy import advertising
from yaksok.policy.document import DocumentError, load
from yaksok.policy.entries import Advertising
from yaksok.policy.vocabulary import Channel, Profile

BERLIN = ZoneInfo("Europe/Berlin")


def table(profile: Profile = Profile.LAWFUL_KR) -> Advertising:
    found = load(place_of(profile)).body.advertising
    assert found is not None
    return found


def at(*when: int, zone: ZoneInfo = SEOUL) -> datetime:
    return datetime(*when, tzinfo=zone)  # type: ignore[arg-type,misc]  # year, month, day, hour, minute


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(20, 59, False), (21, 0, True), (23, 59, True), (0, 0, True), (7, 59, True), (8, 0, False)],
)
def test_the_night_begins_and_ends_to_the_minute(hour: int, minute: int, *, quiet: bool) -> None:
    assert advertising.is_quiet(table(), Channel.SMS, at(2026, 3, 2, hour, minute)) is quiet
    assert not advertising.is_quiet(table(), Channel.EMAIL, at(2026, 3, 2, hour, minute))


def test_at_night_another_consent_is_wanted() -> None:
    by_day, night = at(2026, 3, 2, 12), at(2026, 3, 2, 22)
    assert advertising.wanted(table(), Channel.SMS, by_day) == frozenset({"ads_sms"})
    assert advertising.wanted(table(), Channel.SMS, night) == frozenset({"ads_sms", "ads_night"})
    assert advertising.wanted(table(), Channel.EMAIL, night) == frozenset({"ads_email"})
    assert advertising.wanted(table(), Channel.PHONE, night) == frozenset(
        {"ads_phone", "ads_night"}
    )
    without = msgspec.structs.replace(table(), night=None)
    assert advertising.wanted(without, Channel.SMS, night) is None
    assert advertising.wanted(without, Channel.PHONE, night) is None


def test_the_morning_is_the_next_one() -> None:
    assert advertising.morning(table(), at(2026, 12, 31, 22)) == at(2027, 1, 1, 8)
    assert advertising.morning(table(), at(2027, 1, 1, 3)) == at(2027, 1, 1, 8)


def test_in_europe_the_clock_on_the_wall_counts_also_when_it_is_changed() -> None:
    european = table(Profile.LAWFUL_EU)
    assert european.zone == "Europe/Berlin"
    summer, winter = ZoneInfo("UTC"), ZoneInfo("UTC")
    assert advertising.is_quiet(european, Channel.SMS, at(2027, 7, 1, 19, 30, zone=summer))
    assert not advertising.is_quiet(european, Channel.SMS, at(2027, 1, 10, 19, 30, zone=winter))
    assert advertising.is_quiet(european, Channel.SMS, at(2027, 1, 10, 20, 0, zone=winter))
    # The night in which the clocks go forward is an hour shorter: 10 hours instead of 11.
    evening = at(2027, 3, 27, 21, zone=BERLIN)
    morning = advertising.morning(european, evening)
    assert morning == at(2027, 3, 28, 8, zone=BERLIN)
    assert morning.timestamp() - evening.timestamp() == 10 * 3600
    back = at(2027, 10, 30, 21, zone=BERLIN)
    assert advertising.morning(european, back).timestamp() - back.timestamp() == 12 * 3600


@pytest.mark.parametrize(
    ("since", "after", "day"),
    [
        ((2026, 11, 24), (2026, 11, 24), (2028, 11, 24)),
        ((2026, 11, 24), (2028, 11, 23), (2028, 11, 24)),
        ((2026, 11, 24), (2028, 11, 24), (2030, 11, 24)),
        ((2028, 2, 29), (2028, 2, 29), (2030, 2, 28)),
        ((2028, 2, 29), (2030, 2, 28), (2032, 2, 29)),
        ((2028, 2, 29), (2032, 2, 29), (2034, 2, 28)),
        ((2026, 2, 28), (2026, 3, 1), (2028, 2, 28)),
        ((2026, 12, 31), (2027, 1, 1), (2028, 12, 31)),
    ],
)
def test_it_lapses_two_years_later_to_the_day(
    since: tuple[int, ...], after: tuple[int, ...], day: tuple[int, ...]
) -> None:
    found = advertising.lapses(table(), at(*since, 15, 30), at(*after, 12))
    assert found.astimezone(SEOUL) == at(*day)


def test_two_years_are_not_730_days() -> None:
    since = at(2027, 3, 1, 9)  # 29 February 2028 lies between
    found = advertising.lapses(table(), since, since)
    assert (found.astimezone(SEOUL).date() - since.date()).days == 731


def test_the_evening_in_utc_is_the_next_day_in_seoul() -> None:
    since = datetime(2026, 11, 23, 16, 0, tzinfo=ZoneInfo("UTC"))
    assert advertising.lapses(table(), since, since).astimezone(SEOUL) == at(2028, 11, 24)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('night = "ads_night"', 'night = "ads_sms"', "more than one thing"),
        ('hosts = ["fcm.googleapis.com"]', "hosts = []", "no machine"),
        ('hosts = ["fcm.googleapis.com"]', 'hosts = ["127.0.0.1"]', "no machine"),
        ('hosts = ["fcm.googleapis.com"]', 'hosts = ["localhost"]', "no machine"),
        ('hosts = ["fcm.googleapis.com"]', 'hosts = ["*"]', "no machine"),
        ('hosts = ["fcm.googleapis.com"]', 'hosts = ["https://fcm.googleapis.com"]', "no machine"),
        ('zone = "Asia/Seoul"', 'zone = "Asia/Soul"', "not known"),
        ('quiet_from = "21:00"', 'quiet_from = "9 pm"', "no hour"),
        ('reconfirm = "P2Y"', 'reconfirm = "P0D"', "leaves no time"),
        ('asked_on = ["advertising"]\nconsent = "ads_sms"', 'asked_on = ["advertising"]\nconsent = "prefill"', "no address"),
    ],
)  # fmt: skip
def test_a_table_that_could_not_be_kept_is_refused(before: str, after: str, fault: str) -> None:
    with pytest.raises(DocumentError, match=fault):
        policy_of(changed((before, after)))


def test_notifications_that_nobody_carries_are_not_offered() -> None:
    names = ("google", "mozilla", "apple", "microsoft")
    with pytest.raises(DocumentError, match="carried by nobody"):
        policy_of(without_table(*(f"push_services.{name}" for name in names)))


def test_the_evening_is_the_next_one() -> None:
    assert advertising.evening(table(), Channel.PUSH, at(2026, 12, 31, 20)) == at(2026, 12, 31, 21)
    assert advertising.evening(table(), Channel.PUSH, at(2026, 12, 31, 21)) == at(2027, 1, 1, 21)
    noon = at(2026, 12, 31, 12)
    assert advertising.evening(table(), Channel.EMAIL, noon) == at(2027, 1, 1, 12)


def test_the_packaged_document_names_what_there_is() -> None:
    body = policy_of(source()).document.body
    assert advertising.channels(body) == {
        "ads_email": Channel.EMAIL,
        "ads_phone": Channel.PHONE,
        "ads_push": Channel.PUSH,
        "ads_sms": Channel.SMS,
    }
    assert advertising.consents(body) == {*advertising.channels(body), "ads_night"}
    nobody = msgspec.structs.replace(body, advertising=None)
    assert advertising.consents(nobody) == frozenset()
