"""By phone, fax, post and mail: the same rights, nothing read out, a second look before paper leaves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.requests import KO, SECRET, called, guest_order, objection
from yaksok.database.roles import keeper
from yaksok.journeys import (
    correct,
    phone_desk,
    rights_ask,
    rights_desk,
    rights_guest,
    rights_identity,
    rights_paper,
    rights_stop,
    rights_work,
)
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Throttled
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.remedies import elsewhere
from yaksok.policy.vocabulary import Item, Language, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.post import letters, tokens
from yaksok.privacy.post.letters_rights import RIGHTS
from yaksok.privacy.post.models import Letter
from yaksok.privacy.post.templates import Template
from yaksok.privacy.rights import cases, due, register
from yaksok.privacy.rights.words import Asker, Check, Kind, Outcome, State, Step, Way, is_shown
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def history(who: people.Colleague, number: str) -> list[Step]:
    return [done.step for done in rights_desk.case(who.actor, number)[1]]


def sees(who: people.Colleague, line: register.Request, found: Check) -> register.Request:
    """``who`` sees a document, and a second person after them."""
    rights_identity.seen(who.actor, line.number, found)
    return rights_identity.seen(people.clerk().actor, line.number, found)


def last_letter() -> Letter:
    with keeper():
        letter = Letter.objects.order_by("id").last()
    assert letter
    return letter


@pytest.mark.parametrize("way", ["phone", "fax", "post", "mail"])
def test_each_way_has_the_same_deadline_and_the_same_acts(
    way: str, standing_clock: FixedClock
) -> None:
    standing_clock.move_to(datetime(2026, 11, 25, 2, tzinfo=UTC))
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.CORRECT, member, way=way)
    assert line.channel == Way(way)
    assert (
        line.due_at
        == rights_ask.ask(
            member.actor,
            {"kind": "correct", "body": "x", "notice": rights_ask.begin(KO).notice.hash},
            language=KO,
        ).due_at
    )
    done = rights_work.do(
        clerk.actor, line.number, {"email": "new.one@mail.example", "book_name": ""}, language=KO
    )
    assert (done.state, done.items) == (State.WORKED, (Item.EMAIL,))
    assert correct.begin(member.actor, stepped_up=True)["email"] == "new.one@mail.example"
    answered = rights_work.answer(clerk.actor, line.number, "고쳤습니다", language=KO)
    assert (answered.state, answered.outcome) == (State.ANSWERED, Outcome.DONE)
    assert last_letter().template == Template.RIGHTS_ANSWERED
    mine = rights_ask.mine(member.actor, stepped_up=True, language=KO)
    assert [one.answer for one in mine if one.line.number == line.number] == ["고쳤습니다"]
    assert sum(one.line.kind is Kind.CORRECT for one in mine) == 2, "one line for one request"


def test_nothing_is_done_before_it_is_shown_who_asks() -> None:
    clerk, officer, member = people.clerk(), people.officer(), people.member()
    line = called(clerk, Kind.DELETE, key=member.person.login_id)
    assert line.subject == member.subject
    assert line.state is State.RECEIVED
    for act in (
        lambda: rights_work.do(clerk.actor, line.number, {}, language=KO),
        lambda: rights_work.answer(officer.actor, line.number, "", language=KO),
        lambda: rights_paper.copy(officer.actor, line.number),
    ):
        with pytest.raises(Refused):
            act()
    with keeper():
        assert RecordKind.MEMBERSHIP in {one.kind for one in gate.holdings(member.subject)}


def test_the_clerk_does_not_learn_whether_there_is_such_a_person() -> None:
    clerk, member = people.clerk(), people.member()
    known = called(clerk, Kind.SEE, key=member.person.email)
    unknown = called(clerk, Kind.SEE, key="nobody@mail.example")
    seen = []
    for line in (known, unknown):
        row, steps = rights_desk.case(clerk.actor, line.number)
        seen.append((row.line.kind, row.line.state, row.line.channel, row.days_left, len(steps)))
    assert seen[0] == seen[1]
    for line in (known, unknown):
        assert rights_identity.send_link(clerk.actor, line.number).state is State.RECEIVED


def test_keys_cannot_be_tried_through() -> None:
    clerk = people.clerk()
    for n in range(rights_desk.KEYS):
        rights_desk._sought(clerk.actor, f"guess_{n}")
    with pytest.raises(Throttled):
        rights_desk._sought(clerk.actor, "guess_more")


def test_what_the_caller_says_is_compared_and_no_value_comes_back() -> None:
    clerk, member, other = people.clerk(), people.member(), people.stranger()
    line = called(clerk, Kind.SEE, key=member.person.login_id)
    wrong = {
        "said_login_id": member.person.login_id,
        "said_email": other.person.email,
    }
    somebody_else = {
        "said_login_id": other.person.login_id,
        "said_email": other.person.email,
    }
    said = []
    for words in (wrong, somebody_else):
        with pytest.raises(Invalid) as refused:
            rights_identity.compare(clerk.actor, line.number, words, language=KO)
        said.append(refused.value.problems)
    assert said[0] == said[1] == {"order_number": phone_desk.NOT_SHOWN.ko}
    right = {"said_login_id": member.person.login_id, "said_email": member.person.email}
    shown = rights_identity.compare(clerk.actor, line.number, right, language=KO)
    assert shown.state is State.IDENTIFIED
    assert history(clerk, line.number) == [
        Step.RECEIVED,
        Step.CHECK_FAILED,
        Step.CHECK_FAILED,
        Step.CHECKED,
    ]


def test_a_link_to_the_address_on_file_shows_who_asks() -> None:
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.STOP, key=member.person.login_id)
    letter = last_letter()
    assert letter.template == Template.RIGHTS_LINK
    assert letter.subject_id == member.subject
    with keeper():
        token = tokens.token_of(member.subject, letter.id, RIGHTS)
    assert rights_guest.by_link(token, KO) == "", "the data of a member is seen where they log in"
    assert rights_desk.case(clerk.actor, line.number)[0].line.checks == {Check.LINK}


@pytest.mark.parametrize(
    ("asker", "checks", "enough"),
    [
        (Asker.SELF, set(), False),
        (Asker.SELF, {Check.POWER_OF_ATTORNEY}, False),
        *[(Asker.SELF, {one}, True) for one in Check if one is not Check.POWER_OF_ATTORNEY],
        (Asker.PROXY, {Check.DOCUMENT}, False),
        (Asker.PROXY, {Check.POWER_OF_ATTORNEY}, False),
        (Asker.PROXY, {Check.VALUES, Check.LINK}, False),
        (Asker.PROXY, {Check.DOCUMENT, Check.POWER_OF_ATTORNEY}, True),
        (Asker.GUARDIAN, {Check.DOCUMENT, Check.POWER_OF_ATTORNEY}, True),
    ],
)
def test_what_shows_who_asks(asker: Asker, checks: set[Check], enough: bool) -> None:  # noqa: FBT001 - a case of the table
    assert is_shown(asker, frozenset(checks)) is enough


def test_a_proxy_needs_a_power_of_attorney() -> None:
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.SEE, member, asker="proxy")
    assert line.state is State.RECEIVED, "what the person knows, the proxy may have been told"
    sees(clerk, line, Check.DOCUMENT)
    shown = sees(clerk, line, Check.POWER_OF_ATTORNEY)
    assert shown.state is State.IDENTIFIED
    with pytest.raises(Refused):
        rights_identity.seen(clerk.actor, line.number, Check.LOGGED_IN)


def test_what_one_person_saw_shows_nothing_before_a_second_one_saw_it() -> None:
    clerk, other = people.clerk(), people.clerk()
    line = called(clerk, Kind.DELETE, key="nobody@mail.example")
    seen = rights_identity.seen(clerk.actor, line.number, Check.DOCUMENT)
    assert (seen.state, seen.checks) == (State.RECEIVED, frozenset())
    assert rights_desk.seen_once(clerk.actor, line.number) == {Check.DOCUMENT: True}
    assert rights_desk.seen_once(other.actor, line.number) == {Check.DOCUMENT: False}
    with pytest.raises(Refused, match=r"P10\.4"):
        rights_identity.seen(clerk.actor, line.number, Check.DOCUMENT)
    with pytest.raises(Refused, match=r"P8\.5"):
        rights_work.do(clerk.actor, line.number, {}, language=KO)
    shown = rights_identity.seen(other.actor, line.number, Check.DOCUMENT)
    assert (shown.state, shown.checks) == (State.IDENTIFIED, frozenset({Check.DOCUMENT}))
    assert rights_desk.seen_once(other.actor, line.number) == {}
    steps = [(one.step, one.staff) for one in rights_desk.case(clerk.actor, line.number)[1]]
    assert steps[1:] == [(Step.SEEN, clerk.subject), (Step.CHECKED, other.subject)]


def test_the_id_is_deleted_on_the_phone_and_the_request_ends_with_it() -> None:
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.DELETE, member)
    done = rights_work.do(clerk.actor, line.number, {}, language=KO)
    assert done.state is State.ANSWERED
    with keeper():
        assert gate.holdings(member.subject) == ()
        (entered,) = register.of(member.subject)
    assert (entered.kind, entered.channel, entered.outcome) == (Kind.DELETE, "phone", "done")


def test_stopping_and_withdrawing_by_phone_stand_with_their_way() -> None:
    clerk, member = people.clerk(), people.member().agrees("prefill")
    line = called(clerk, Kind.WITHDRAW, member)
    rights_work.do(clerk.actor, line.number, {"consent": "prefill"}, language=KO)
    with keeper():
        assert "prefill" not in ledger.standing(member.subject).consents
        assert ledger.receipts(member.subject)[0].channel == "phone"
    stopping = called(clerk, Kind.STOP, member)
    rights_work.do(clerk.actor, stopping.number, {}, language=KO)
    assert rights_stop.standing(member.actor).stopped
    answered = rights_work.answer(clerk.actor, stopping.number, "멈췄습니다", language=KO)
    assert answered.state is State.ANSWERED
    assert last_letter().template == Template.RIGHTS_ANSWERED, (
        "the result reaches them all the same"
    )


def test_a_guest_by_phone() -> None:
    clerk, bought = people.clerk(), guest_order(OrderState.DELIVERED)
    said = {
        "order_number": bought.order.number,
        "said_name": bought.payer.name,
        "said_phone": bought.payer.phone,
    }
    line = called(clerk, Kind.CORRECT, **said)
    assert line.state is State.IDENTIFIED
    done = rights_work.do(clerk.actor, line.number, {"payer_name": "새이름"}, language=KO)
    assert done.items == (Item.NAME,)
    gone = called(clerk, Kind.DELETE, **{**said, "said_name": "새이름"})
    rights_work.do(clerk.actor, gone.number, {}, language=KO)
    with pytest.raises(Invalid):
        rights_guest.by_secret(bought.order.number, SECRET, address_key="x")


def test_paper_leaves_after_a_second_person_has_looked() -> None:
    clerk, second, member = people.clerk(), people.officer(), people.member()
    line = called(
        clerk,
        Kind.SEE,
        member,
        paper="1",
        name="받는이",
        postcode="03154",
        address="서울특별시 종로구 편지로 9, 1층",
    )
    for act in (
        lambda: rights_paper.copy(clerk.actor, line.number),
        lambda: rights_paper.let_go(clerk.actor, line.number),
        lambda: rights_work.answer(clerk.actor, line.number, "", language=KO),
    ):
        with pytest.raises(Refused, match=r"P10\.4"):
            act()
    assert rights_paper.let_go(second.actor, line.number).second == second.subject
    copy = rights_paper.copy(clerk.actor, line.number)
    assert copy.envelope[Item.NAME] == "받는이"
    values = {item.value for record in copy.holding.records for item in record.items}
    assert member.person.email in values
    assert "118" in copy.elsewhere
    assert rights_work.answer(clerk.actor, line.number, "", language=KO).state is State.ANSWERED
    assert Step.COPY_SEALED in history(clerk, line.number)
    again = rights_paper.take_over(people.clerk().actor, called(clerk, Kind.SEE, member).number)
    assert again.second is None
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT actor_id FROM audit_entry WHERE event = 'rights:copy:made'")
        assert cursor.fetchall() == [(clerk.subject,)], "the trail names who printed it"


def test_paper_without_an_address_is_not_taken() -> None:
    with pytest.raises(Invalid) as wrong:
        called(people.clerk(), Kind.SEE, people.member(), paper="1")
    assert set(wrong.value.problems) == {"address"}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_refusal_has_a_reason_of_the_law_and_names_where_to_turn(kind: Kind) -> None:
    officer, member = people.officer(), people.member()
    line = called(officer, kind, member)
    with pytest.raises(Refused, match="no such reason"):
        rights_work.refuse(officer.actor, line.number, "we would rather not", "", language=KO)
    grounds = due.grounds(kind)
    assert "not_proven" in grounds
    ground = min(grounds)
    refused = rights_work.refuse(officer.actor, line.number, ground, "", language=KO)
    assert (refused.state, refused.ground) == (State.REFUSED, ground)
    letter = last_letter()
    assert letter.template == Template.RIGHTS_REFUSED
    for language in Language:
        written = letters.write(
            Template.RIGHTS_REFUSED, language, letter.context, "https://mall.example/x"
        )
        assert elsewhere(policy().document.body, language) in written.text
        assert grounds[ground].article in written.text


def test_a_withdrawal_is_refused_for_no_reason_but_who_asks() -> None:
    assert set(due.grounds(Kind.WITHDRAW)) == {"not_proven"}


def test_only_the_officer_refuses_puts_off_and_decides() -> None:
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.SEE, member)
    for act in (
        lambda: rights_work.refuse(clerk.actor, line.number, "access_barred", "", language=KO),
        lambda: rights_work.extend(clerk.actor, line.number),
        lambda: rights_work.decide_appeal(clerk.actor, line.number, "", granted=True, language=KO),
    ):
        with pytest.raises(Refused, match=r"P7\.13"):
            act()


def test_a_deadline_is_put_off_once_in_time_and_the_person_is_told(
    standing_clock: FixedClock,
) -> None:
    standing_clock.move_to(datetime(2026, 11, 24, 2, tzinfo=UTC))
    officer, member = people.officer(), people.member()
    line = called(officer, Kind.SEE, member)
    later = rights_work.extend(officer.actor, line.number)
    assert later.due_at == datetime(2026, 12, 14, 15, tzinfo=UTC)
    assert last_letter().template == Template.RIGHTS_EXTENDED
    with pytest.raises(Refused):
        rights_work.extend(officer.actor, line.number)
    with pytest.raises(Refused):
        rights_work.extend(officer.actor, called(officer, Kind.CORRECT, member).number)
    late = called(officer, Kind.PORT, member)
    standing_clock.move(timedelta(days=11))
    with pytest.raises(Refused):
        rights_work.extend(officer.actor, late.number)


def test_an_objection_is_decided_by_somebody_else() -> None:
    first, other, member = people.officer(), people.officer(), people.member()
    line = called(first, Kind.DELETE, member)
    rights_work.refuse(first.actor, line.number, "kept_by_law", "", language=KO)
    rights_ask.appeal(member.actor, line.id, objection("아니에요"), language=KO)
    with pytest.raises(Refused, match=r"P10\.4"):
        rights_work.decide_appeal(first.actor, line.number, "", granted=False, language=KO)
    granted = rights_work.decide_appeal(other.actor, line.number, "", granted=True, language=KO)
    assert (granted.state, granted.ground) == (State.IDENTIFIED, "")
    rights_work.do(other.actor, line.number, {}, language=KO)
    with keeper():
        assert gate.holdings(member.subject) == ()


def test_an_objection_that_fails_says_why_again() -> None:
    first, other, member = people.officer(), people.officer(), people.member()
    line = called(first, Kind.DELETE, member)
    rights_work.refuse(first.actor, line.number, "kept_by_law", "", language=KO)
    rights_ask.appeal(member.actor, line.id, objection(), language=KO)
    upheld = rights_work.decide_appeal(
        other.actor, line.number, "다시 보았습니다", granted=False, language=KO
    )
    assert upheld.state is State.UPHELD
    assert last_letter().template == Template.RIGHTS_REFUSED
    (mine,) = rights_ask.mine(member.actor, stepped_up=True, language=KO)
    assert mine.answer == "다시 보았습니다"
    assert not mine.may_appeal


def test_somebody_of_whom_nothing_is_held_is_told_so() -> None:
    officer = people.officer()
    line = called(officer, Kind.SEE, key="nobody@mail.example")
    sees(officer, line, Check.DOCUMENT)
    with pytest.raises(NotFound):
        rights_work.do(officer.actor, line.number, {}, language=KO)
    answered = rights_work.answer(officer.actor, line.number, "없습니다", language=KO)
    assert answered.outcome == Outcome.NOTHING_HELD


def test_the_queue_is_in_the_order_of_the_days_and_marks_what_is_late(
    standing_clock: FixedClock,
) -> None:
    standing_clock.move_to(datetime(2026, 11, 24, 2, tzinfo=UTC))
    clerk, member = people.clerk(), people.member()
    first = called(clerk, Kind.SEE, member)
    standing_clock.move(timedelta(days=3))
    called(clerk, Kind.SEE, member)
    standing_clock.move_to(datetime(2026, 12, 5, 0, tzinfo=UTC))
    rows = rights_desk.queue(clerk.actor)
    assert [row.days_left for row in rows] == sorted(row.days_left for row in rows)
    assert [row.line.number for row in rows if row.overdue] == [first.number]
    assert rights_desk.queue(clerk.actor, late_only=True)[0].age == 10
    with keeper():
        assert cases.overdue() == 1


def test_the_desk_is_for_those_who_work_there() -> None:
    member = people.member()
    line = called(people.clerk(), Kind.SEE, member)
    tries: tuple[Callable[[people.Colleague], object], ...] = (
        lambda who: rights_desk.words(who.actor, line.number),
        lambda who: rights_identity.send_link(who.actor, line.number),
        lambda who: rights_work.do(who.actor, line.number, {}, language=KO),
        lambda who: rights_paper.take_over(who.actor, line.number),
    )
    for who in (people.newcomer(), people.auditor()):
        for act in tries:
            with pytest.raises(Refused):
                act(who)
    assert rights_desk.queue(people.auditor().actor)
    with pytest.raises(Refused):
        rights_desk.queue(member.actor)


def test_the_register_shows_dates_and_outcomes_to_officer_and_audit() -> None:
    member = people.member()
    called(people.clerk(), Kind.SEE, member)
    correct.correct(member.actor, {}, stepped_up=True, language=KO)
    since = datetime(2020, 1, 1, tzinfo=UTC)
    for who in (people.officer(), people.auditor()):
        found = rights_desk.book(who.actor, since=since)
        assert {line.kind for line in found} >= {Kind.SEE, Kind.CORRECT}
        assert not any(value in repr(found) for value in member.person.canaries())
    assert all(
        line.kind is Kind.SEE
        for line in rights_desk.book(people.officer().actor, since=since, kind=Kind.SEE)
    )
    with pytest.raises(Refused):
        rights_desk.book(people.clerk().actor, since=since)


def test_the_words_are_opened_deliberately_and_stand_in_the_trail() -> None:
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.SEE, member, body="무엇을 아시나요")
    assert rights_desk.words(clerk.actor, line.number)[Item.BODY] == "무엇을 아시나요"
    with keeper():
        trail = gate.history(member.subject, actor=member.actor)
    assert "clerk" in {entry.actor_role for entry in trail if entry.event == "vault:items:opened"}


def test_a_line_and_all_that_hangs_on_it_ends_three_years_after_the_answer(
    standing_clock: FixedClock,
) -> None:
    officer, member = people.officer(), people.member()
    line = called(officer, Kind.SEE, member)
    done = rights_work.answer(officer.actor, line.number, "", language=KO)
    assert done.answered_at
    standing_clock.move_to(register.KEPT_FOR.after(done.answered_at))
    with keeper():
        assert register.sweep() == 1
        assert cases.by_number(line.number) is None
        assert cases.history(done) == ()
