"""Who posts and corrects, what is written down about it, and that one draft is one notice."""

from uuid import UUID

import pytest
from django.db import connection

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.journeys import board
from yaksok.journeys.board import Words
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import new_id
from yaksok.mall.board import posting
from yaksok.mall.board.kinds import NoticeKind
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit.events import Event

pytestmark = pytest.mark.django_db

KOREAN, ENGLISH = Language.KOREAN, Language.ENGLISH
MARK = people.mark()
WORDS = Words(
    Text(ko=f"설 배송 {MARK}", en=f"New Year deliveries {MARK}"),
    Text(ko=f"쉬어요 {MARK}", en=f"We rest {MARK}"),
)


def writes(who: Actor, words: Words = WORDS, draft: UUID | None = None) -> UUID:
    return board.write(draft or new_id(), words, actor=who, language=KOREAN)


def entries(event: Event) -> list[tuple[str, UUID, str, str]]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_role, actor_id, reason, audit_entry::text FROM audit_entry"
            " WHERE event = %s ORDER BY id",
            [event.value],
        )
        return list(cursor.fetchall())


@pytest.mark.parametrize("who", [people.clerk, people.newcomer, people.officer])
def test_a_clerk_or_the_officer_posts_and_the_log_knows_who_and_which(who) -> None:
    writer = who()
    id_ = writes(writer.actor)
    shown = board.notice(id_, ENGLISH)
    assert (shown.title, shown.kind) == (WORDS.title.en, NoticeKind.NEWS)
    ((role, actor, reason, whole),) = entries(Event.BOARD_NOTICE_POSTED)
    assert (role, actor, reason) == (writer.actor.role, writer.subject, str(id_))
    assert MARK not in whole


def test_nobody_else_posts() -> None:
    for who in (
        Actor.visitor(),
        people.member().actor,
        people.guest()[1],
        people.auditor().actor,
        Actor.system("sweep"),
    ):
        with pytest.raises(Refused, match=r"P7\.13"):
            writes(who)
        with pytest.raises(Refused, match=r"P7\.13"):
            board.refuse_unless_writer(who)
    assert board.notices(KOREAN, 1).total == 0
    assert entries(Event.BOARD_NOTICE_POSTED) == []


def test_the_same_draft_twice_is_one_notice() -> None:
    clerk, draft = people.clerk().actor, new_id()
    assert writes(clerk, draft=draft) == writes(clerk, draft=draft)
    assert board.notices(KOREAN, 1).total == 1
    assert len(entries(Event.BOARD_NOTICE_POSTED)) == 1


def test_without_the_other_language_nothing_hangs() -> None:
    half = Words(Text(ko="제목", en=""), Text(ko="내용", en=" "))
    with pytest.raises(Invalid) as refused:
        writes(people.clerk().actor, half)
    assert refused.value.problems == {
        "title_en": "이 칸을 채워 주세요.",
        "body_en": "이 칸을 채워 주세요.",
    }
    assert board.latest(KOREAN) is None


def test_a_registration_number_is_refused_without_being_repeated() -> None:
    words = Words(WORDS.title, Text(ko="당첨자 990101-1234567", en="winner 990101-1234567"))
    with pytest.raises(Invalid) as refused:
        board.checked(words, ENGLISH)
    assert set(refused.value.problems) == {"body_ko", "body_en"}
    assert "1234567" not in f"{refused.value} {refused.value.problems}"


def test_only_the_officer_corrects_and_the_former_stays() -> None:
    clerk, officer = people.clerk().actor, people.officer()
    former = writes(clerk)
    better = Words(Text(ko="바로잡아요", en="We correct"), WORDS.body)
    for who in (clerk, people.auditor().actor, people.member().actor):
        with pytest.raises(Refused, match=r"P7\.13"):
            board.correct(former, new_id(), better, actor=who, language=KOREAN)
        with pytest.raises(Refused, match=r"P7\.13"):
            board.to_correct(who, former)
    id_ = board.correct(former, new_id(), better, actor=officer.actor, language=KOREAN)
    shown = board.notice(former, KOREAN)
    assert shown.title == WORDS.title.ko
    assert [line.id for line in shown.corrections] == [id_]
    ((_role, actor, reason, _whole),) = entries(Event.BOARD_NOTICE_CORRECTED)
    assert (actor, reason) == (officer.subject, str(id_))


def test_a_correction_is_of_the_kind_of_what_it_corrects_and_takes_no_key() -> None:
    with keeper():
        policy = posting.post(NoticeKind.POLICY, "policy:2027-01-01", WORDS.title, WORDS.body)
    officer = people.officer().actor
    id_ = board.correct(policy.id, new_id(), WORDS, actor=officer, language=KOREAN)
    assert board.notice(id_, KOREAN).kind is NoticeKind.POLICY
    assert board.notice(policy.id, KOREAN).corrections[0].id == id_
    with pytest.raises(NotFound):
        board.correct(new_id(), new_id(), WORDS, actor=officer, language=KOREAN)


def test_only_staff_read_what_is_not_to_be_seen_yet() -> None:
    writes(people.clerk().actor)
    for who in (people.clerk(), people.officer(), people.auditor()):
        assert board.every(who.actor, KOREAN, 1).total == 1
    with pytest.raises(Refused):
        board.every(people.member().actor, KOREAN, 1)


@pytest.mark.parametrize("page", ["", "0", "-3", "x", "２", "9" * 400, "1e5"])
def test_a_page_number_is_taken_or_is_the_first(page: str) -> None:
    writes(people.clerk().actor)
    assert board.notices(KOREAN, page).number == 1
