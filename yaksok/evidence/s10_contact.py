"""Section 10: whether somebody who asks is heard, by whom, and how soon."""

from http import HTTPStatus

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yaksok.database.roles import keeper
from yaksok.evidence.counting import counts
from yaksok.evidence.outcome import Outcome, Words, attested_if, kept_if, with_number
from yaksok.evidence.visiting import visit
from yaksok.journeys import desk_queue, registers, roster
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Register
from yaksok.privacy.staff.duty import Duty


def p10_01_anybody_may_ask() -> Outcome:
    """P10.1: the page is open without an account and without a cookie, and asks only for the words."""
    page = visit(reverse("storefront:ask"))
    required = [one.name for one in policy().forms[FormName.INQUIRY].fields if one.required]
    return kept_if(
        page.status == HTTPStatus.OK and not page.cookies and required == ["body"],
        with_number(_("꼭 적어야 하는 칸 %(n)d개"), len(required)),
        _(
            "로그인하지 않은 사람에게 보이는 문의 화면을 방금 열어, 쿠키와 꼭 적어야 하는 칸을 세었어요."
        ),
    )


def p10_02_the_phone_is_answered_at_any_hour() -> Outcome:
    """P10.2: the number is free, and the roster of two weeks has somebody in every hour."""
    found = roster.standing(Duty.PHONE)
    with keeper():
        number = policy().document.body.mall.complaints_phone
    free = number.strip().startswith(registers.FREE)
    return attested_if(
        free and found.whole,
        f"{found.hours:g}/{found.of_hours} h",
        _(
            "지난 7일과 앞으로 7일의 당번표에서 전화를 받는 사람이 있는 시간을 세고, 번호가 수신자 부담인지"
            " 확인했어요."
        ),
    )


def p10_03_only_the_asker_reads_the_answer() -> Outcome:
    """P10.3: the words lie sealed, each ticket has a way for its asker alone, and staff answer."""
    open_words, no_way = counts(
        "SELECT count(*) FILTER (WHERE r.record_id IS NULL),"
        " count(*) FILTER (WHERE t.member = (t.secret IS NOT NULL))"
        " FROM desk_ticket t LEFT JOIN vault_record r"
        " ON r.subject_id = t.subject_id AND r.record_id = t.record_id AND r.kind = 'inquiry'"
    )
    sound = open_words == 0 and no_way == 0
    return kept_if(
        sound and Register.TICKETS in registers.proven(),
        with_number(_("봉인되지 않은 문의 %(n)d건"), open_words),
        _(
            "모든 문의가 봉인된 기록에 있고, 읽는 길이 물어본 사람 하나뿐인지 살펴봤어요. 기한이 지난 문의 없이"
            " 직원이 답하고 있어야 해요."
        ),
    )


def p10_04_nobody_waits_too_long() -> Outcome:
    """P10.4: no inquiry is overdue, and half of them were answered within the median that is shown."""
    found = desk_queue.figures()
    said: Words = (
        with_number(_("답까지 중앙값 %(n)d시간"), round(found.median_hours))
        if found.median_hours is not None
        else with_number(_("답을 기다리는 문의 %(n)d건"), found.waiting)
    )
    return attested_if(
        Register.TICKETS in registers.proven(),
        said,
        _(
            "지난 90일 동안 답한 문의에서 접수부터 답까지 걸린 시간의 가운데 값을 내고, 기한이 지난 문의가 있는지"
            " 세었어요."
        ),
    )
