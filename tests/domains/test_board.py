"""The board: words are cleaned, a key hangs once, and what hangs is never changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, connections

from yaksok.database.roles import keeper, shop
from yaksok.kernel import clock
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import new_id
from yaksok.mall.board import cleaning, reading
from yaksok.mall.board.kinds import NoticeKind
from yaksok.mall.board.paragraphs import Part, parts
from yaksok.mall.board.posting import KeyTaken, post
from yaksok.mall.board.reading import PAGE_SIZE, Notice
from yaksok.policy import fields
from yaksok.policy.entries import Text
from yaksok.policy.fields import Unfit
from yaksok.policy.vocabulary import Language

pytestmark = pytest.mark.django_db

KOREAN, ENGLISH = Language.KOREAN, Language.ENGLISH
BODY = Text(ko="첫 문단\n\n- 하나\n- 둘", en="First paragraph\n\n- one\n- two")


def posted(title: str = "알림", key: str | None = None, **more: object) -> Notice:
    with keeper():
        return post(
            NoticeKind.NEWS,
            key,
            Text(ko=title, en=f"{title} in English"),
            BODY,
            **more,  # type: ignore[arg-type]  # each test names what it gives
        )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  두   칸 \t", "두 칸"),
        ("두\r\n줄", "두 줄"),
        ("종\x07소리", "종소리"),
        ("뒤집\u202e힌 글", "뒤집힌 글"),
        ("보이지\u200b않는 \ufeff사이", "보이지않는 사이"),
        ("새\u2028줄", "새 줄"),
        ("\u1100\u1161", "가"),
        ("<b>굵게</b> & \"'", "<b>굵게</b> & \"'"),
        ("한 집 👨\u200d👩\u200d👧", "한 집 👨\u200d👩\u200d👧"),
    ],
)
def test_a_title_is_one_clean_line(typed: str, kept: str) -> None:
    assert cleaning.title(typed) == kept


def test_a_body_keeps_its_paragraphs() -> None:
    typed = "\r\n 하나 \r\n\r\n\r\n \r\n둘\x00\r\n-  셋\r\n\r\n"
    assert cleaning.body(typed) == "하나\n\n둘\n- 셋"


@pytest.mark.parametrize("typed", ["", " \r\n\t ", "\u200b\ufeff", "\u200d\u200d", "\x00\x01"])
def test_nothing_is_not_a_text(typed: str) -> None:
    for clean in (cleaning.title, cleaning.body):
        with pytest.raises(Unfit) as refused:
            clean(typed)
        assert refused.value.text == fields.REQUIRED


def test_the_longest_is_taken_and_one_more_is_not() -> None:
    for clean, most in ((cleaning.title, 120), (cleaning.body, 8_000)):
        assert len(clean("가" * most + "\n")) == most
        for typed in ("가" * (most + 1), "가" * 10_000, "\x00" * 1_000_000):
            with pytest.raises(Unfit) as refused:
                clean(typed)
            assert refused.value.text == fields.too_long(most)


@pytest.mark.parametrize("typed", ["990101-1234567", "9 9 0 1 0 1 1 2 3 4 5 6 7"])
def test_a_registration_number_is_refused(typed: str) -> None:
    for clean in (cleaning.title, cleaning.body):
        with pytest.raises(Unfit) as refused:
            clean(f"당첨: {typed} 님")
        assert refused.value.text == fields.RRN
    assert cleaning.title("990231-1234567") == "990231-1234567"  # no such day, so nobody's


def test_a_number_does_not_hide_behind_a_sign_that_is_cleaned_away() -> None:
    with pytest.raises(Unfit) as refused:
        cleaning.title("990101\x07-\u200b1234567")
    assert refused.value.text == fields.RRN


def test_every_fault_has_its_field() -> None:
    wrong = cleaning.faults(Text(ko="제목", en=" "), Text(ko="가" * 10_000, en="fine"))
    assert {name: unfit.text for name, unfit in wrong.items()} == {
        "title_en": fields.REQUIRED,
        "body_ko": fields.too_long(8_000),
    }


def test_paragraphs_and_lists_are_told_apart() -> None:
    assert parts("머리\n- 하나\n- 둘\n꼬리\n\n-셋\n끝") == (
        Part(is_list=False, lines=("머리",)),
        Part(is_list=True, lines=("하나", "둘")),
        Part(is_list=False, lines=("꼬리",)),
        Part(is_list=False, lines=("-셋", "끝")),
    )


def test_it_hangs_in_both_languages(standing_clock: FixedClock) -> None:
    notice = posted("새 소식 ")
    assert notice.title == Text(ko="새 소식", en="새 소식 in English")
    assert notice.posted_at == notice.visible_from == clock.now()
    korean, english = (reading.notice(notice.id, one) for one in (KOREAN, ENGLISH))
    assert (korean.title, korean.body) == ("새 소식", BODY.ko)
    assert (english.title, english.body) == ("새 소식 in English", BODY.en)
    assert reading.as_posted(notice.id) == notice


def test_one_key_hangs_once_and_the_transaction_goes_on() -> None:
    with keeper():
        first = post(NoticeKind.POLICY, "policy:2027-01-01", BODY, BODY, number=2)
        with pytest.raises(KeyTaken, match="policy:2027-01-01"):
            post(NoticeKind.POLICY, "policy:2027-01-01", BODY, BODY, number=3)
        other = post(NoticeKind.POLICY, "policy:2027-02-01", BODY, BODY, number=3)
    assert reading.by_key("policy:2027-01-01") == first
    assert reading.by_key("policy:2027-02-01") == other
    assert reading.by_key("policy:2027-03-01") is None


def test_any_number_may_have_no_key() -> None:
    assert posted().id != posted().id


def test_words_that_do_not_fit_are_not_posted() -> None:
    with pytest.raises(Unfit), keeper():
        post(NoticeKind.NEWS, None, Text(ko="제목", en=""), BODY)
    assert reading.latest(KOREAN, 1) == ()


def test_before_its_time_nobody_finds_it(standing_clock: FixedClock) -> None:
    later = clock.now() + timedelta(days=1)
    notice = posted("내일", "programme:tomorrow", visible_from=later)
    assert reading.by_key("programme:tomorrow") is None
    assert reading.posted_as("programme:tomorrow") == notice.id
    assert reading.notices(KOREAN, 1).total == 0
    assert reading.latest(KOREAN, 3) == ()
    with pytest.raises(NotFound):
        reading.notice(notice.id, KOREAN)
    assert [line.id for line in reading.every(KOREAN, 1).lines] == [notice.id]
    standing_clock.move_to(later)
    assert reading.by_key("programme:tomorrow") == notice
    assert reading.notice(notice.id, KOREAN).at == later
    assert reading.notices(KOREAN, 1).total == 1


def test_a_correction_names_what_it_corrects_and_the_other_way_round() -> None:
    first = posted("처음", "programme:one")
    second = posted("둘째", corrects=first.id)
    third = posted("셋째", corrects=second.id)
    shown = reading.notice(second.id, KOREAN)
    assert shown.corrects is not None
    assert shown.corrects.id == first.id
    assert [line.id for line in shown.corrections] == [third.id]
    marks = {line.id: (line.correction, line.corrected) for line in reading.latest(KOREAN, 3)}
    assert marks == {
        first.id: (False, True),
        second.id: (True, True),
        third.id: (True, False),
    }
    assert reading.by_key("programme:one") == first


def test_a_correction_of_nothing_is_not_found() -> None:
    with pytest.raises(NotFound):
        posted("다시", corrects=new_id())


def test_pages_hold_what_they_should_and_end(standing_clock: FixedClock) -> None:
    made: list[UUID] = []
    for n in range(PAGE_SIZE + 3):
        standing_clock.move(timedelta(minutes=1))
        made.append(posted(f"소식 {n}").id)
    newest = made[::-1]
    first, second = reading.notices(KOREAN, 1), reading.notices(KOREAN, 2)
    assert [line.id for line in first.lines] == newest[:PAGE_SIZE]
    assert [line.id for line in second.lines] == newest[PAGE_SIZE:]
    assert (second.total, second.number, second.pages) == (PAGE_SIZE + 3, 2, 2)
    assert reading.notices(KOREAN, 999_999) == second
    assert reading.notices(KOREAN, -1) == first
    assert [line.id for line in reading.latest(KOREAN, 2)] == newest[:2]


def test_an_empty_board_has_one_empty_page() -> None:
    page = reading.notices(ENGLISH, 7)
    assert (page.lines, page.total, page.number, page.pages) == ((), 0, 1, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE board_notice SET title_ko = '다른 말'",
        "UPDATE board_notice SET visible_from = now() + interval '1 year'",
        "DELETE FROM board_notice",
        "TRUNCATE board_notice",
    ],
)
def test_nobody_changes_what_hangs(statement: str) -> None:
    notice = posted()
    for role in (keeper, shop):
        with pytest.raises(ProgrammingError, match="permission denied"), role():
            connection.cursor().execute(statement)
    assert reading.as_posted(notice.id) == notice


def test_a_page_for_everybody_reads_and_does_not_post() -> None:
    notice = posted()
    with shop():
        assert reading.notice(notice.id, KOREAN).id == notice.id
    with pytest.raises(ProgrammingError, match="permission denied"), shop():
        post(NoticeKind.NEWS, None, BODY, BODY)


def test_a_kind_that_nobody_knows_is_refused_by_the_table_too() -> None:
    with pytest.raises(Exception, match="board_notice_kind"), keeper():
        connection.cursor().execute(
            "INSERT INTO board_notice SELECT %s, 'gossip', NULL, NULL, 'a', 'a', 'a', 'a', now(), now(), NULL",
            [new_id()],
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_posts_and_the_other_is_told() -> None:
    gate = Barrier(2)

    def once(number: int) -> str:
        try:
            with keeper():
                gate.wait(10)
                notice = post(NoticeKind.POLICY, "policy:2027-01-01", BODY, BODY, number=number)
            return str(notice.id)
        except KeyTaken as error:
            return error.key
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(once, (1, 2)))
    hangs = reading.by_key("policy:2027-01-01")
    assert hangs is not None
    assert results == sorted([str(hangs.id), "policy:2027-01-01"])
