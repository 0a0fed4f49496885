"""Staff open, answer and check; the answer goes to the asker alone, and is never posted anywhere."""

import json

import pytest

from tests.cast import people
from tests.cast.asking import KOREAN, WORDS, answers, asks, ticket_of
from tests.cast.shoppers import rows
from yaksok.database.roles import keeper
from yaksok.journeys import answer_inquiry, inquiries, my_page
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.mall.desk.words import Closing, State, Topic
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import tables
from yaksok.policy.vocabulary import Language
from yaksok.privacy.post.letters_desk import DRAFTS
from yaksok.privacy.post.templates import Template

pytestmark = pytest.mark.django_db

CENTRE = tables().remedy["report_centre"]
ANSWER = "상자의 이름표를 줄였습니다."


def letters() -> list[tuple[str, str, dict[str, str]]]:
    with keeper():
        found = rows(
            "SELECT kind, subject_id::text, context::text FROM post_letter WHERE template = %s",
            [Template.INQUIRY_ANSWERED.value],
        )
    return [(kind, subject, json.loads(context)) for kind, subject, context in found]


def test_opening_needs_training_and_is_written_down_with_the_ticket() -> None:
    received = asks()
    newcomer, clerk = people.newcomer(), people.clerk()
    with pytest.raises(Refused) as refused:
        answer_inquiry.read(newcomer.actor, received.ticket)
    assert refused.value.promise == "P7.14"
    assert answer_inquiry.read(clerk.actor, received.ticket).body == WORDS
    with keeper():
        logged = rows("SELECT actor_id, reason FROM audit_entry WHERE event = 'desk:ticket:opened'")
    assert logged == [(clerk.subject, received.number)]


def test_the_asker_sees_who_opened_it() -> None:
    one = people.member()
    received = asks(one.actor)
    answer_inquiry.read(people.clerk().actor, received.ticket)
    assert "desk:ticket:opened" in {entry.event for entry in my_page.trail(one.actor)}


def test_an_ordinary_answer_leaves_at_once_and_a_privacy_answer_waits() -> None:
    clerk = people.clerk()
    ordinary, privacy = asks(topic=Topic.GOODS), asks(topic=Topic.PRIVACY)
    assert answers(clerk.actor, ordinary.ticket).state is State.ANSWERED
    assert answers(clerk.actor, privacy.ticket).state is State.CHECKING
    seen = inquiries.look_up(privacy.number, privacy.secret, address_key="a")
    assert (seen.answer, seen.token) == ("", "")


def test_nobody_checks_their_own_answer() -> None:
    clerk, second = people.clerk(), people.officer()
    received = asks(topic=Topic.PRIVACY)
    drafted = answers(clerk.actor, received.ticket)
    with pytest.raises(Refused) as refused:
        answer_inquiry.check(
            clerk.actor, received.ticket, drafts=drafted.drafts, good=True, language=KOREAN
        )
    assert refused.value.promise == "P10.4"
    sent = answer_inquiry.check(
        second.actor, received.ticket, drafts=drafted.drafts, good=True, language=KOREAN
    )
    assert (sent.state, sent.drafted_by, sent.checked_by) == (
        State.ANSWERED,
        clerk.subject,
        second.subject,
    )


def test_what_is_given_back_is_written_anew_and_only_what_was_read_is_sent() -> None:
    clerk, second = people.clerk(), people.clerk()
    received = asks(topic=Topic.RIGHTS)
    first = answers(clerk.actor, received.ticket, "첫 번째 답")
    back = answer_inquiry.check(
        second.actor, received.ticket, drafts=first.drafts, good=False, language=KOREAN
    )
    assert back.state is State.OPEN
    answers(clerk.actor, received.ticket, "두 번째 답")
    with pytest.raises(Invalid):
        answer_inquiry.check(
            second.actor, received.ticket, drafts=first.drafts, good=True, language=KOREAN
        )
    answer_inquiry.check(second.actor, received.ticket, drafts=2, good=True, language=KOREAN)
    seen = inquiries.look_up(received.number, received.secret, address_key="a")
    assert seen.answer.startswith("두 번째 답")
    assert "첫 번째" not in seen.answer


def test_every_answer_names_the_outside_office_once() -> None:
    clerk = people.clerk()
    received = asks(topic=Topic.GOODS)
    office = answer_inquiry.complete("", KOREAN).strip()
    answers(clerk.actor, received.ticket, f"{ANSWER}\n\n{office}")
    seen = inquiries.look_up(received.number, received.secret, address_key="a").answer
    assert seen.count(CENTRE.phone) == 1
    assert CENTRE.name.in_(Language.KOREAN) in seen


def test_each_beginning_of_an_answer_and_of_a_refusal_gets_it_too() -> None:
    for language in Language:
        for _name, _title, words in answer_inquiry.beginnings(language):
            assert CENTRE.phone in answer_inquiry.complete(words, language)


def test_the_letter_goes_to_the_asker_and_says_nothing() -> None:
    one, clerk, who = people.member(), people.clerk(), people.person()
    answers(clerk.actor, asks(one.actor).ticket)
    written = asks(email=who.email)
    answers(clerk.actor, written.ticket)
    answers(clerk.actor, asks().ticket)
    owner = ticket_of(written).subject
    assert sorted((kind, subject) for kind, subject, _ in letters()) == sorted(
        [("membership", str(one.subject)), ("inquiry", str(owner))]
    )
    assert all(set(context) == {"number", "path"} for _, _, context in letters())
    draft = DRAFTS[Template.INQUIRY_ANSWERED]
    assert draft.context == {"number", "path"}
    assert not draft.opened


def test_an_answer_holds_no_resident_number_and_no_second_answer_is_taken() -> None:
    clerk = people.clerk()
    received = asks()
    with pytest.raises(Invalid) as refused:
        answers(clerk.actor, received.ticket, "900101-1234568 번호로 확인했습니다.")
    assert set(refused.value.problems) == {"answer"}
    answers(clerk.actor, received.ticket)
    with pytest.raises(Invalid):
        answers(clerk.actor, received.ticket, "또 하나")


def test_a_complaint_about_privacy_is_never_closed_without_an_answer() -> None:
    clerk = people.clerk()
    privacy, spam = asks(topic=Topic.PRIVACY), asks()
    with pytest.raises(Refused) as refused:
        answer_inquiry.close(clerk.actor, privacy.ticket, Closing.SPAM, language=KOREAN)
    assert refused.value.promise == "P10.1"
    done = answer_inquiry.close(clerk.actor, spam.ticket, Closing.SPAM, language=KOREAN)
    assert (done.state, done.closing) == (State.CLOSED, "spam")
    with pytest.raises(Invalid):
        answers(clerk.actor, spam.ticket)


def test_untrained_staff_neither_check_nor_close() -> None:
    clerk, newcomer = people.clerk(), people.newcomer()
    privacy, other = asks(topic=Topic.PRIVACY), asks()
    answers(clerk.actor, privacy.ticket)
    for act in (
        lambda: answer_inquiry.check(
            newcomer.actor, privacy.ticket, drafts=1, good=True, language=KOREAN
        ),
        lambda: answer_inquiry.close(newcomer.actor, other.ticket, Closing.SPAM, language=KOREAN),
        lambda: answers(newcomer.actor, other.ticket),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.promise == "P7.14"


def test_the_asker_rates_an_answer_once_and_with_a_figure_only() -> None:
    received = asks()
    with pytest.raises(NotFound):
        inquiries.rate(Actor.visitor(), received.ticket, "0" * 64, "5")
    answers(people.clerk().actor, received.ticket)
    token = inquiries.look_up(received.number, received.secret, address_key="a").token
    for wrong in ("0", "6", "", "so so", "٣"):
        with pytest.raises(Invalid):
            inquiries.rate(Actor.visitor(), received.ticket, token, wrong)
    inquiries.rate(Actor.visitor(), received.ticket, token, "4")
    inquiries.rate(Actor.visitor(), received.ticket, token, "1")
    assert ticket_of(received).score == 4


def test_a_members_answer_is_rated_by_that_member_alone() -> None:
    one = people.member()
    received = asks(one.actor)
    answers(people.clerk().actor, received.ticket)
    token = inquiries.one(one.actor, received.ticket).token
    for actor in (Actor.visitor(), people.stranger().actor):
        with pytest.raises(NotFound):
            inquiries.rate(actor, received.ticket, token, "5")
    inquiries.rate(one.actor, received.ticket, token, "5")
    assert ticket_of(received).score == 5


def test_the_answer_is_in_the_language_in_which_was_asked() -> None:
    assert policy().document.body.remedies
    assert CENTRE.name.in_(Language.ENGLISH) in answer_inquiry.complete("x", Language.ENGLISH)
