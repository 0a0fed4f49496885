"""P4.6: the person is told what became of the correction at each recipient, within the law's days."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast.partners import KO, agreeing, deliver, last, sharing
from tests.cast.people import Member
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import correct, received, tell
from yaksok.journeys.received import Outcome
from yaksok.kernel import clock
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.post.letters import Template
from yaksok.privacy.post.models import Letter

pytestmark = pytest.mark.django_db


def corrects(member: Member, name: str = "고친이름") -> None:
    correct.correct(member.actor, {"name": name}, stepped_up=True, language=KO)


def letters(member: Member) -> list[str]:
    """The words of the letters that wait for ``member``."""
    with keeper():
        found = Letter.objects.filter(
            subject_id=member.subject, template=Template.RECIPIENTS_ANSWERED
        )
        return [one.context["what"] for one in found.order_by("id")]


def test_a_letter_says_what_each_recipient_answered(
    partner: Sandbox, mail_sandbox: Sandbox
) -> None:
    with sharing():
        member = agreeing()
        deliver()
        corrects(member)
        assert received.tell_results() == 0, "nobody has answered yet"
        deliver()
        assert received.tell_results() == 1
        assert received.tell_results() == 0, "it is told once"
        assert letters(member) == ["- 다온문구 (모의 서버): 고쳤다고 답했어요"]
        tell.send_due()
        newest = mail_sandbox.call("GET", "/sandbox/letters")[1]
        (text,) = [one["text"] for one in newest if "받아 갔던 곳이" in one["subject"]]
    assert "다온문구 (모의 서버): 고쳤다고 답했어요" in text
    assert "고친이름" not in text


def test_before_the_laws_day_the_letter_says_who_has_not_answered(partner: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, sharing():
        member = agreeing()
        deliver()
        partner.faults(down=True)
        corrects(member)
        due = last(member).due_at
        assert due is not None
        assert timedelta(days=10) <= due - clock.now() <= timedelta(days=16)
        standing.move_to(due - timedelta(days=3))
        assert received.tell_results() == 0
        standing.move_to(due - timedelta(days=1))
        assert received.tell_results() == 1
        assert "아직 답하지 않았어요" in letters(member)[0]
        standing.move_to(datetime.now(UTC) + timedelta(seconds=30))
        partner.healthy()
        with keeper():
            Handover.objects.filter(subject_id=member.subject).update(next_try=clock.now())
        deliver()
        assert received.tell_results() == 1
        assert "고쳤다고 답했어요" in letters(member)[1]


def test_the_page_lists_each_recipient_with_its_answer(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        corrects(member)
        deliver()
        (shown,) = received.view(member.actor, KO)
    assert shown.company == "다온문구 (모의 서버)"
    (given,) = shown.given
    assert [one.outcome for one in given.followed] == [Outcome.DONE]
