"""Each member whom a version asks something gets one letter about it, and nobody else does."""

import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import people
from tests.cast.at_once import at_once
from tests.cast.people import Member
from tests.cast.sandboxes import Sandbox
from tests.cast.shoppers import rows
from tests.journeys.test_publish import MALL, WIDER, following
from yaksok.database.roles import keeper
from yaksok.journeys import campaign_letters, leave, publish, sign_up, tell
from yaksok.journeys.campaign_letters import AGAIN
from yaksok.journeys.rounds import Told
from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.policy.facts import USE
from yaksok.policy.vocabulary import Language
from yaksok.privacy.consent import telling

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("standing_clock"),
]

PROFILE = 'profile = "lawful_kr"\n'
SAYS = 'changes = { ko = "이메일을 배송에도 씁니다.", en = "E-mail now serves delivery too." }\n'


def asks(*changes: tuple[str, str]) -> publish.Published:
    """A version that asks every member two things."""
    first = publish.found(MALL)
    done = publish.publish(following(40, *WIDER, *changes), base=first, actor=MALL)
    assert len(done.points) == 2
    return done


def noted() -> list[SubjectId]:
    found = rows("SELECT subject_id FROM post_letter WHERE template = 'policy_change'")
    return [subject for (subject,) in found]


def english() -> Member:
    who = people.person()
    return Member(
        who,
        sign_up.sign_up(
            people.joining(who),
            notice=sign_up.begin(Language.ENGLISH).notice.hash,
            language=Language.ENGLISH,
            address_key=people.ADDRESS_KEY,
        ),
    )


def refuses_every_use(subject: SubjectId, *, stands: bool = True) -> None:
    change = "array_append" if stands else "array_remove"
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE consent_standing SET refusals = {change}(refusals, %s) WHERE subject_id = %s",
            [USE, subject],
        )


def test_each_member_is_written_to_once() -> None:
    members = [people.member(), people.stranger()]
    asks()
    assert campaign_letters.tell() == Told(2, 0)
    assert sorted(noted()) == sorted(member.subject for member in members)
    assert campaign_letters.tell() == Told(0, 0)
    assert len(noted()) == 2


def test_the_letter_says_what_from_when_and_that_silence_is_no(mail_sandbox: Sandbox) -> None:
    people.member()
    english()
    tell.send_due()
    done = asks((PROFILE, SAYS + PROFILE))
    campaign_letters.tell()
    assert tell.send_due().sent == 2
    newest = mail_sandbox.call("GET", "/sandbox/letters")[1][:2]
    korean, other = sorted((one["text"] for one in newest), key=lambda text: "You can" in text)
    assert "2026년 4월 11일부터" in korean
    assert "이메일을 배송에도 씁니다." in korean
    assert korean.count("\n- 새로 이용") == 2
    assert "답하지 않으시면 동의하지 않으신 것으로" in korean
    assert f"/my/changes/{done.number}" in korean
    assert "changes on 11 April 2026" in other
    assert "E-mail now serves delivery too." in other
    assert "No answer counts as no" in other
    assert f"/en/my/changes/{done.number}" in other


def test_a_version_that_asks_nothing_is_no_letter() -> None:
    people.member()
    first = publish.found(MALL)
    publish.publish(following(40), base=first, actor=MALL)
    assert campaign_letters.tell() == Told(0, 0)


def test_guests_and_who_left_get_none() -> None:
    people.guest()
    gone, stays = people.member(), people.stranger()
    asks()
    leave.confirm(gone.actor, gone.person.password, language=Language.KOREAN)
    assert campaign_letters.tell() == Told(1, 0)
    assert noted() == [stays.subject]


def test_who_leaves_after_the_letter_was_noted_is_not_written_to(mail_sandbox: Sandbox) -> None:
    member = people.member()
    tell.send_due()
    asks()
    campaign_letters.tell()
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    before = len(mail_sandbox.call("GET", "/sandbox/letters")[1])
    assert tell.send_due().sent == 0
    assert len(mail_sandbox.call("GET", "/sandbox/letters")[1]) == before


def test_who_joins_before_it_takes_effect_is_told_too() -> None:
    asks()
    late = people.member()
    assert campaign_letters.tell() == Told(1, 0)
    assert noted() == [late.subject]


def test_whom_the_policy_does_not_permit_is_told_when_it_does(
    standing_clock: clock.FixedClock,
) -> None:
    member, other = people.member(), people.stranger()
    refuses_every_use(member.subject)
    asks()
    assert campaign_letters.tell() == Told(1, 1)
    assert noted() == [other.subject]
    entries = rows("SELECT subjects, trail FROM audit_entry WHERE event = 'vault:access:refused'")
    assert entries == [(1, None)]
    refuses_every_use(member.subject, stands=False)
    assert campaign_letters.tell() == Told(0, 0)
    standing_clock.move(AGAIN)
    assert campaign_letters.tell() == Told(1, 0)


def test_two_versions_are_two_letters() -> None:
    people.member()
    done = asks()
    wider = 'actions = ["open"], purposes = ["delivery", "payment"], items = ["email"'
    source = following(60, *WIDER, (wider, f'{wider}, "login_id"'))
    second = publish.publish(source, base=done.number, actor=MALL)
    assert second.points
    assert campaign_letters.tell() == Told(2, 0)
    paths = rows("SELECT context ->> 'path' FROM post_letter WHERE template = 'policy_change'")
    assert sorted(path for (path,) in paths) == [
        f"/my/changes/{done.number}",
        f"/my/changes/{second.number}",
    ]


def test_two_workers_at_once_write_each_letter_once() -> None:
    members = [people.member().subject for _ in range(12)]
    asks()
    found = at_once([campaign_letters.tell, campaign_letters.tell])
    assert sum(one.noted for one in found) == len(members)
    assert sorted(noted()) == sorted(members)


def test_a_round_that_is_cut_off_between_batches_loses_and_doubles_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    members = [people.member().subject for _ in range(5)]
    asks()
    monkeypatch.setattr(campaign_letters, "AT_ONCE", 2)
    with monkeypatch.context() as cut, pytest.raises(RuntimeError):
        cut.setattr(telling, "postpone", _cut_off_in_the_second)
        campaign_letters.tell()
    assert len(noted()) == 2
    assert campaign_letters.tell() == Told(3, 0)
    assert sorted(noted()) == sorted(members)


def _cut_off_in_the_second(*_: object) -> None:
    if len(noted()) > 2:
        raise RuntimeError


def test_a_thousand_are_told_in_few_statements_and_little_memory() -> None:
    member = people.member()
    ids = [new_subject_id() for _ in range(999)]
    with keeper(), connection.cursor() as cursor:
        for table, columns in {
            "vault_record": "record_id, kind, policy_version, destroy_after, sealed",
            "consent_standing": "age, consents, refusals",
        }.items():
            cursor.execute(
                f"INSERT INTO {table} (subject_id, {columns}) SELECT id, {columns} FROM {table},"
                " unnest(%s::uuid[]) AS id WHERE subject_id = %s",
                [ids, member.subject],
            )
    asks()
    tracemalloc.start()
    with CaptureQueriesContext(connection) as asked:
        assert campaign_letters.tell() == Told(1000, 0)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(set(noted())) == 1000
    assert len(asked) < 5 * 14 + 15
    assert most < 12_000_000
