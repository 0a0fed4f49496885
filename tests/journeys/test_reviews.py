"""Reviews: written by who received the goods, read by everybody, gone when the writer says so or leaves."""

from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from tests.cast import people
from tests.cast.at_once import at_once
from tests.cast.people import Member
from tests.cast.policies import changed, obeying, policy_of, without_table
from tests.cast.sandboxes import Sandbox
from tests.cast.shoppers import EN, KO, rows
from tests.cast.trades import order_of
from yaksok.database.roles import keeper
from yaksok.journeys import leave, my_page, port, reading_reviews, review_desk, reviews, tell
from yaksok.journeys.held import held
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound, Refused, Undeclared
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.orders import finding
from yaksok.mall.orders.states import OrderState
from yaksok.mall.reviews.words import Hidden
from yaksok.policy.in_force import policy
from yaksok.policy.notice import notice
from yaksok.policy.vocabulary import FormName, Item, Purpose, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

GRANT = '  { roles = ["visitor"], actions = ["open"], purposes = ["member_service"], items = ["body"] },\n'


def received(member: Member) -> tuple[UUID, UUID, str]:
    """Order, variant and product of something that ``member`` received."""
    order = order_of(member, OrderState.DELIVERED)
    with keeper():
        (line, *_) = finding.lines_of(member.subject, order.id)
    return order.id, line.variant, line.product_slug


def posting(words: str, stars: str = "5", **other: str) -> dict[str, str]:
    told = notice(policy(), FormName.REVIEW, KO)
    return {"body": words, "stars": stars, "notice": told.hash, **other}


def writes(member: Member, words: str = "차 맛이 맑아요.", stars: str = "5") -> tuple[UUID, str]:
    order, variant, slug = received(member)
    return reviews.write(member.actor, order, variant, posting(words, stars), language=KO), slug


def public(slug: str) -> list[tuple[int, str]]:
    return [(one.stars, one.words) for one in reading_reviews.page(slug, 1).reviews]


def count(slug: str) -> int:
    figures = reading_reviews.figures(slug)
    assert figures
    return figures.count


def sealed() -> int:
    return int(rows("SELECT count(*) FROM vault_record WHERE kind = 'review'")[0][0])


def test_who_received_the_goods_writes_and_everybody_reads() -> None:
    member = people.member()
    order, variant, slug = received(member)
    own = reviews.mine(member.actor, KO)
    assert [(one.order, one.variant) for one in own.to_write] == [(order, variant)]
    begun = reviews.begin(member.actor, order, variant, language=KO)
    assert (begun.review, [field.item for field in begun.form.fields]) == (None, [Item.BODY])
    words = f"향이 {people.mark()} 좋아요.\n또 살게요."
    reviews.write(member.actor, order, variant, posting(words, "4"), language=KO)
    page = reading_reviews.page(slug, "1")
    assert [(one.stars, one.words, one.edited) for one in page.reviews] == [(4, words, False)]
    assert page.reviews[0].month.day == 1
    assert page.figures.average == "4.0"
    assert reading_reviews.figures(slug) == page.figures
    own = reviews.mine(member.actor, KO)
    assert (own.to_write, [one.words for one in own.written]) == ((), [words])


def test_nothing_that_says_who_wrote_it_is_shown_or_lies_beside_it() -> None:
    member = people.member()
    words = people.mark()
    _, slug = writes(member, words)
    shown = repr(reading_reviews.page(slug, 1))
    known = [*member.person.canaries(), str(member.subject), member.subject.hex]
    assert not [value for value in known if value in shown]
    for table in ("reviews_review", "reviews_figures", "audit_entry", "vault_record"):
        text = str(rows(f"SELECT t::text FROM {table} t"))
        assert text != "[]"
        assert words not in text
    with transaction.atomic(), connection.cursor() as cursor:  # as pages about goods do
        cursor.execute("SELECT * FROM reviews_figures")
        assert cursor.fetchall() == [(slug, 5, 1)]
        with pytest.raises(Exception, match="permission"):
            cursor.execute("SELECT * FROM reviews_review")


def test_readers_leave_one_line_in_the_log_and_none_in_the_writers_trail() -> None:
    first, second = people.member(), people.member()
    _, slug = writes(first)
    writes(second)
    before = len(my_page.trail(first.actor))
    for _ in range(3):
        reading_reviews.page(slug, 1)
    entries = rows(
        "SELECT actor_role, subjects, trail, promise FROM audit_entry WHERE reason = 'published'"
    )
    assert entries == [("visitor", 2, None, "P1.4")] * 3
    assert len(my_page.trail(first.actor)) == before


def test_the_writer_changes_it_at_once() -> None:
    member = people.member()
    order, variant, slug = received(member)
    first = reviews.write(member.actor, order, variant, posting("처음", "1"), language=KO)
    again = reviews.write(
        member.actor, order, variant, posting("다시 보니 좋아요", "5"), language=KO
    )
    assert first == again
    assert public(slug) == [(5, "다시 보니 좋아요")]
    assert reading_reviews.page(slug, 1).reviews[0].edited
    assert (sealed(), count(slug)) == (1, 1)


def test_the_writer_deletes_it_at_once() -> None:
    member, other = people.member(), people.stranger()
    review, slug = writes(member)
    kept, _ = writes(other, "다른 사람의 글")
    for actor in (other.actor, Actor.visitor(), people.clerk().actor):
        with pytest.raises(NotFound):
            reviews.delete(actor, review)
    reviews.delete(member.actor, review)
    with pytest.raises(NotFound):
        reviews.delete(member.actor, review)
    assert public(slug) == [(5, "다른 사람의 글")]
    assert rows("SELECT id FROM reviews_review") == [(kept,)]
    assert sealed() == 1
    assert len(reviews.mine(member.actor, KO).to_write) == 1


def test_what_did_not_arrive_is_not_reviewed() -> None:
    member = people.member()
    for state in (state for state in OrderState if state is not OrderState.DELIVERED):
        order = order_of(member, state)
        with keeper():
            (line, *_) = finding.lines_of(member.subject, order.id)
        with pytest.raises(NotFound):
            reviews.write(member.actor, order.id, line.variant, posting("좋아요"), language=KO)
    assert reviews.mine(member.actor, KO).to_write == ()
    assert sealed() == 0


def test_somebody_elses_goods_are_not_reviewed() -> None:
    member, other = people.member(), people.stranger()
    order, variant, _ = received(member)
    for actor in (
        other.actor,
        Actor.visitor(),
        Actor.guest(new_subject_id()),
        people.officer().actor,
    ):
        with pytest.raises(NotFound):
            reviews.write(actor, order, variant, posting("좋아요"), language=KO)
    for place in ((uuid4(), variant), (order, uuid4())):
        with pytest.raises(NotFound):
            reviews.begin(member.actor, *place, language=KO)
    assert sealed() == 0


def test_a_line_is_reviewed_once_however_often_it_is_sent_at_once() -> None:
    member = people.member()
    order, variant, slug = received(member)
    write = partial(reviews.write, member.actor, order, variant, posting("좋아요"), language=KO)
    assert len(set(at_once([write] * 4))) == 1
    assert (sealed(), public(slug)) == (1, [(5, "좋아요")])


WRONG = (
    ({"body": ""}, {"body"}),
    ({"body": "가" * 2001}, {"body"}),
    ({"body": "좋아요\x00"}, {"body"}),
    ({"body": "제 번호는 900101-1234567"}, {"body"}),
    ({"body": "문의는 010-1234-5678"}, {"body"}),
    ({"body": "a.b@mail.example 로 주세요"}, {"body"}),
    ({"stars": ""}, {"stars"}),
    ({"stars": "0"}, {"stars"}),
    ({"stars": "6"}, {"stars"}),
    ({"stars": "4.5"}, {"stars"}),
    ({"stars": "٥"}, {"stars"}),
    ({"body": "", "stars": "x"}, {"body", "stars"}),
    ({"notice": "0" * 64}, {""}),
    ({"notice": ""}, {""}),
)


def test_what_cannot_be_published_is_named_and_kept_nowhere() -> None:
    member = people.member()
    order, variant, _ = received(member)
    for sent, wrong in WRONG:
        with pytest.raises(Invalid) as refused:
            reviews.write(member.actor, order, variant, posting("좋아요") | sent, language=KO)
        assert set(refused.value.problems) == wrong, sent
    with pytest.raises(Undeclared):
        reviews.write(member.actor, order, variant, posting("좋아요", name="한새"), language=KO)
    assert sealed() == 0


def test_figures_are_exact_and_pages_go_on() -> None:
    writers = [people.member() for _ in range(3)]
    for n, (who, stars) in enumerate(zip(writers, "554", strict=True)):
        _, slug = writes(who, str(n), stars)
    figures = reading_reviews.page(slug, 1).figures
    assert (figures.count, figures.average) == (3, "4.7")
    assert [(bar.stars, bar.count, bar.percent) for bar in figures.bars] == [
        (5, 2, 66), (4, 1, 33), (3, 0, 0), (2, 0, 0), (1, 0, 0),
    ]  # fmt: skip
    assert [words for _, words in public(slug)] == ["2", "1", "0"]
    with pytest.MonkeyPatch.context() as small:
        small.setattr(reading_reviews, "PAGE_SIZE", 2)
        second = reading_reviews.page(slug, "2")
        assert ([one.words for one in second.reviews], second.pages) == (["0"], 2)
        assert reading_reviews.page(slug, "99").number == 2
        assert reading_reviews.page(slug, "-1").number == 1
    empty = reading_reviews.page("nothing", "x")
    assert (empty.reviews, empty.figures.count, empty.figures.average) == ((), 0, "")


def test_who_stopped_the_use_of_their_data_is_not_read_and_stops_nobody() -> None:
    member, other = people.member(), people.stranger()
    _, slug = writes(member, "멈춘 사람")
    writes(other, "다른 사람")
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_standing SET refusals = array_append(refusals, 'use') WHERE subject_id = %s",
            [member.subject],
        )
    assert public(slug) == [(5, "다른 사람")]
    refused = rows(
        "SELECT subjects, trail FROM audit_entry WHERE event = 'vault:access:refused' AND reason = 'published'"
    )
    assert refused == [(1, None)]
    clerk = people.clerk()
    assert {one.words for one in review_desk.newest(clerk.actor, hidden=False, language=KO)} == {
        "",
        "다른 사람",
    }


def test_staff_hide_for_a_reason_and_the_writer_is_told(mail_sandbox: Sandbox) -> None:
    member, clerk = people.member(), people.clerk()
    review, slug = writes(member, "가려질 글", "1")
    tell.send_due()
    (listed,) = review_desk.newest(clerk.actor, hidden=False, language=KO)
    assert (listed.id, listed.words) == (review, "가려질 글")
    for why in ("", "bad_taste", "Abuse"):
        with pytest.raises(Invalid):
            review_desk.hide(clerk.actor, review, why, language=KO)
    assert review_desk.hide(clerk.actor, review, "abuse", language=KO)
    assert not review_desk.hide(clerk.actor, review, "abuse", language=KO)
    assert public(slug) == []
    assert count(slug) == 0
    (mine,) = reviews.mine(member.actor, EN).written
    assert mine.why_hidden == "insults or abuse"
    tell.send_due()
    letter = mail_sandbox.call("GET", "/sandbox/letters")[1][0]
    assert letter["subject"] == "쓰신 후기를 상품 화면에서 가렸어요"
    assert "욕설이나 비방" in letter["text"]
    assert "가려질 글" not in letter["text"]
    seen = [one.event for one in my_page.trail(member.actor)]
    assert "reviews:review:hidden" in seen


def test_a_hidden_review_that_is_changed_waits_for_staff() -> None:
    member, clerk = people.member(), people.clerk()
    order, variant, slug = received(member)
    review = reviews.write(member.actor, order, variant, posting("나쁜 말"), language=KO)
    review_desk.hide(clerk.actor, review, Hidden.ABUSE, language=KO)
    reviews.write(member.actor, order, variant, posting("고운 말"), language=KO)
    assert public(slug) == []
    (listed,) = review_desk.newest(clerk.actor, hidden=True, language=KO)
    assert (listed.changed_since, listed.words) == (True, "고운 말")
    assert review_desk.show(clerk.actor, review)
    assert not review_desk.show(clerk.actor, review)
    assert public(slug) == [(5, "고운 말")]


def test_a_hidden_review_that_is_deleted_and_written_anew_waits_for_staff() -> None:
    member, clerk = people.member(), people.clerk()
    order, variant, slug = received(member)
    review = reviews.write(member.actor, order, variant, posting("나쁜 말"), language=KO)
    review_desk.hide(clerk.actor, review, Hidden.ABUSE, language=KO)
    reviews.delete(member.actor, review)
    assert (sealed(), reviews.mine(member.actor, KO).written) == (0, ()), (
        "the right to delete stays"
    )
    anew = reviews.write(member.actor, order, variant, posting("또 나쁜 말"), language=KO)
    assert (public(slug), count(slug), reviews.waits(member.actor, anew)) == ([], 0, True)
    (mine,) = reviews.mine(member.actor, EN).written
    assert mine.why_hidden == "one was hidden here before, so staff look at the new one first"
    (listed,) = review_desk.newest(clerk.actor, hidden=True, language=KO)
    assert (listed.id, listed.again) == (anew, True)
    assert Hidden.AGAIN not in dict(review_desk.reasons(KO))
    with pytest.raises(Invalid):
        review_desk.hide(clerk.actor, anew, Hidden.AGAIN, language=KO)
    assert review_desk.hide(clerk.actor, anew, Hidden.ABUSE, language=KO)
    reviews.delete(member.actor, anew)
    third = reviews.write(member.actor, order, variant, posting("고운 말"), language=KO)
    assert public(slug) == []
    assert review_desk.show(clerk.actor, third)
    assert public(slug) == [(5, "고운 말")]
    reviews.delete(member.actor, third)
    reviews.write(member.actor, order, variant, posting("다시 고운 말"), language=KO)
    assert public(slug) == [(5, "다시 고운 말")], "what was shown again is not looked at twice"


def test_another_purchase_is_not_looked_at_first_and_leaving_forgets_it() -> None:
    member, clerk = people.member(), people.clerk()
    review, _ = writes(member, "나쁜 말")
    review_desk.hide(clerk.actor, review, Hidden.ABUSE, language=KO)
    reviews.delete(member.actor, review)
    other, _ = writes(member, "다른 상품은 좋아요")
    assert not reviews.waits(member.actor, other)
    looks = "SELECT count(*) FROM reviews_second_look"
    assert rows(looks)[0][0] == 1
    leave.confirm(member.actor, member.person.password, language=KO)
    assert rows(looks)[0][0] == 0


def test_only_trained_staff_of_the_desk_hide() -> None:
    review, _ = writes(people.member())
    for actor in (
        people.newcomer().actor,
        people.auditor().actor,
        Actor(Role.MARKETER, new_subject_id(), trained=True),
        people.member().actor,
        Actor.visitor(),
    ):
        for act in (
            partial(review_desk.hide, actor, review, "abuse", language=KO),
            partial(review_desk.show, actor, review),
            partial(review_desk.newest, actor, hidden=False, language=KO),
        ):
            with pytest.raises(Refused):
                act()
    with pytest.raises(NotFound):
        review_desk.hide(people.clerk().actor, uuid4(), "abuse", language=KO)


def test_leaving_takes_every_review_along_and_the_plan_says_so() -> None:
    member, other = people.member(), people.stranger()
    words = people.mark()
    _, slug = writes(member, words)
    writes(other, "남는 글")
    plan = leave.plan(member.actor, language=KO)
    ours = [one for one in plan.rows if one.kind == "구매 후기" or one.label == "쓴 후기의 별점"]
    assert [one.goes_now for one in ours] == [True, True]
    assert plan.now_count + plan.kept_count == len(plan.rows)
    done = leave.confirm(member.actor, member.person.password, language=KO)
    assert RecordKind.REVIEW in {one.kind for one in done.gone}
    assert public(slug) == [(5, "남는 글")]
    assert (sealed(), rows("SELECT count(*) FROM reviews_review")) == (1, [(1,)])


def test_it_is_shown_explained_and_taken_along() -> None:
    member = people.member()
    words = f"{people.mark()} 좋아요"
    writes(member, words)
    page = my_page.view(member.actor, stepped_up=True, language=KO)
    (record,) = [one for one in page.records if one.kind is RecordKind.REVIEW]
    assert [one.value for one in record.items] == [words]
    assert "reviews_review" in {one.table for one in page.rows}
    whole = held(member.actor, stepped_up=True)
    (lying,) = [one for one in whole.records if one.about.kind is RecordKind.REVIEW]
    assert [one.value for one in lying.items] == [words]
    assert "reviews_review" in {one.about.name for one in whole.tables}
    taken = port.as_json(whole, clock.now())
    assert words in str(taken)


def test_the_rights_desk_deletes_it_like_any_other_record() -> None:
    member = people.member()
    _, slug = writes(member)
    with keeper():
        (record,) = [one for one in gate.holdings(member.subject) if one.kind is RecordKind.REVIEW]
        gate.erase(
            member.subject,
            actor=member.actor,
            purpose=Purpose.RIGHTS,
            reason="withdrawn",
            only=[record.record],
        )
    assert (public(slug), rows("SELECT count(*) FROM reviews_review")) == ([], [(0,)])


def test_a_policy_without_the_service_or_the_grant_publishes_nothing() -> None:
    member = people.member()
    _, slug = writes(member)
    order, variant, _ = received(member)
    with obeying(policy_of(without_table("services.reviews"))):
        assert reading_reviews.figures(slug) is None
        with pytest.raises(NotFound):
            reading_reviews.page(slug, 1)
        with pytest.raises(NotFound):
            reviews.write(member.actor, order, variant, posting("좋아요"), language=KO)
    with obeying(policy_of(changed((GRANT, "")))):
        assert reading_reviews.page(slug, 1).reviews == ()
    assert public(slug) == [(5, "차 맛이 맑아요.")]


def test_a_child_publishes_nothing() -> None:
    member = people.member()
    order, variant, _ = received(member)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_standing SET age = 'under14'")
    with pytest.raises(Refused) as refused:
        reviews.write(member.actor, order, variant, posting("좋아요"), language=KO)
    assert refused.value.promise == "P9.2"
    assert sealed() == 0
