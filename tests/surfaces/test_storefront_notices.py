"""The notice board as everybody sees it."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.kernel import clock
from yaksok.kernel.ids import new_id
from yaksok.mall.board.kinds import NoticeKind
from yaksok.mall.board.posting import post
from yaksok.mall.board.reading import PAGE_SIZE, Notice
from yaksok.policy.entries import Text

pytestmark = pytest.mark.django_db

BODY = Text(
    ko="<script>alert(1)</script>\n둘째 줄\n\n- 하나 & 둘\n- <b>셋</b>",
    en="Text in English",
)


def posted(title: str, kind: NoticeKind = NoticeKind.NEWS, **more: object) -> Notice:
    with keeper():
        return post(kind, None, Text(ko=title, en=f"{title} in English"), BODY, **more)  # type: ignore[arg-type]  # each test names what it gives


def test_the_list_leads_to_the_notice_in_the_language_of_the_page():
    notice = posted("새 소식")
    text = Visitor().text("/notices")
    assert "새 소식" in text
    assert f'href="/notices/{notice.id}"' in text
    text = Visitor().text("/en/notices")
    assert f'href="/en/notices/{notice.id}"' in text
    assert "새 소식 in English" in text
    text = Visitor().text(f"/en/notices/{notice.id}")
    assert "Text in English" in text
    assert f'href="/notices/{notice.id}" lang="ko"' in text


def test_what_somebody_wrote_is_text_and_nothing_else():
    notice = posted("<i>기울임</i>")
    text = Visitor().text(f"/notices/{notice.id}")
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;<br>둘째 줄</p>" in text
    assert "<ul><li>하나 &amp; 둘</li><li>&lt;b&gt;셋&lt;/b&gt;</li></ul>" in text
    for page in (text, Visitor().text("/notices"), Visitor().text("/")):
        assert "<i>" not in page
        assert "<script>" not in page
        assert "&lt;i&gt;기울임&lt;/i&gt;" in page


def test_both_may_be_kept_by_the_edge_and_set_no_cookie():
    notice = posted("새 소식")
    for path in ("/notices", f"/notices/{notice.id}", f"/en/notices/{notice.id}"):
        answer = Visitor().get(path)
        assert answer["Cache-Control"].startswith("public")
        assert not answer.cookies
        assert browser_of(people.member()).get(path)["Cache-Control"] == "no-store"


def test_what_is_not_there_or_not_yet_is_not_found():
    later = posted("내일", visible_from=clock.now() + timedelta(hours=1))
    for path in (f"/notices/{later.id}", f"/notices/{new_id()}", "/notices/1", "/notices/"):
        assert Visitor().get(path).status_code == 404, path
    assert "내일" not in Visitor().text("/notices")
    assert "내일" not in Visitor().text("/")


def test_a_correction_and_what_it_corrects_lead_to_each_other():
    first = posted("처음")
    second = posted("다시", corrects=first.id)
    assert f'href="/notices/{second.id}">다시</a>' in Visitor().text(f"/notices/{first.id}")
    assert f'href="/notices/{first.id}">처음</a>' in Visitor().text(f"/notices/{second.id}")
    assert Visitor().text("/notices").count("바로잡은 공지가 있음") == 1


def test_a_notice_of_the_policy_or_the_terms_leads_there():
    for kind, path in (
        (NoticeKind.POLICY, "/policy"),
        (NoticeKind.SHARING, "/policy"),
        (NoticeKind.TERMS, "/terms"),
    ):
        text = Visitor().text(f"/notices/{posted('새 판', kind).id}")
        main = text[text.index("<main") : text.index("</main>")]
        assert f'href="{path}"' in main


def test_pages_follow_each_other():
    for n in range(PAGE_SIZE + 1):
        posted(f"소식 {n}")
    first = Visitor().text("/notices")
    assert 'href="?page=2" rel="next"' in first
    assert "소식 0<" not in first
    assert "소식 0<" in Visitor().text("/notices?page=2")
    assert "소식 0<" in Visitor().text("/notices?page=999999")
    assert 'aria-current="page">1<' in Visitor().text("/notices?page=nonsense")


def test_home_shows_the_newest_and_without_any_the_policy():
    assert "시행되고 있어요" in Visitor().text("/")
    posted("먼저")
    newest = posted("나중")
    text = Visitor().text("/")
    assert f'href="/notices/{newest.id}">나중</a>' in text
    assert "먼저" not in text


def test_every_page_leads_to_the_board():
    for path in ("/", "/policy", "/notices"):
        assert '<a href="/notices">공지사항</a>' in Visitor().text(path)
    assert '<a href="/en/notices">Notices</a>' in Visitor().text("/en/")


def test_an_empty_board_says_so():
    assert "아직 공지가 없어요" in Visitor().text("/notices")


def test_nothing_can_be_sent_there():
    notice = posted("새 소식")
    for path in ("/notices", f"/notices/{notice.id}"):
        assert Visitor().send(path, title_ko="x").status_code in {400, 405}
