"""Section 8: whether people can see, correct and delete what is held, and are answered in time."""

from http import HTTPStatus

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yaksok.evidence.counting import counts
from yaksok.evidence.outcome import Outcome, Words, kept_if, with_number
from yaksok.evidence.visiting import visit
from yaksok.journeys import explain
from yaksok.kernel import clock
from yaksok.kernel.actor import Role
from yaksok.policy.beyond_asking import KNOWN_BY, TOLD_BY
from yaksok.policy.in_force import policy
from yaksok.policy.never_opened import ITEMS as NEVER_OPENED
from yaksok.policy.vocabulary import Action, FormName, Held, Purpose, RecordKind

FOR_A_RIGHT = TOLD_BY | KNOWN_BY
"""What the mall opens by a person's rights: to write to them, and to see that it is they who ask."""

CLOSED = frozenset({RecordKind.STATUTORY})
"""What only a law keeps; nobody reads it, the person included."""


def p8_01_everything_can_be_seen() -> Outcome:
    """P8.1: every sealed item that can be about a member opens for them; nobody waits too long."""
    found = explain.held_by(explain.explain(policy()), Role.MEMBER)
    hidden = [
        one
        for one in found.items
        if one.held is Held.SEALED
        and one.kind not in CLOSED
        and one.item not in NEVER_OPENED
        and not any(u.action is Action.OPEN and u.own for u in one.uses)
    ]
    late = _late("see", "port", "explain")
    return kept_if(
        not hidden and late == 0,
        with_number(_("볼 수 있는 항목 %(n)d개"), len(found.items) - len(hidden)),
        _(
            "회원에 관해 보관될 수 있는 모든 항목이 본인에게 열리는지, 기한이 지난 열람 요구가 있는지 확인했어요."
        ),
    )


def p8_02_everything_can_be_corrected() -> Outcome:
    """P8.2: each item that a person gives on the correction form is theirs to change."""
    fields = policy().forms[FormName.CORRECT].fields
    closed = [
        one
        for one in fields
        if one.item
        not in getattr(
            policy().rules.get((Role.MEMBER, Action.AMEND, one.kind, Purpose.RIGHTS, None)),
            "items",
            frozenset(),
        )
    ]
    late = _late("correct")
    return kept_if(
        bool(fields) and not closed and late == 0,
        with_number(_("고칠 수 있는 칸 %(n)d개"), len(fields) - len(closed)),
        _(
            "정정 화면의 모든 칸을 본인이 고칠 수 있는지, 기한이 지난 정정 요구가 있는지 확인했어요."
        ),
    )


def p8_03_the_id_can_be_deleted() -> Outcome:
    """P8.3: a member erases the membership themself, and no request to delete is late."""
    rule = policy().rules.get(
        (Role.MEMBER, Action.ERASE, RecordKind.MEMBERSHIP, Purpose.RIGHTS, None)
    )
    late = _late("delete")
    return kept_if(
        rule is not None and rule.own and late == 0,
        _overdue(late),
        _("회원이 스스로 아이디를 지울 수 있는지, 기한이 지난 삭제 요구가 있는지 확인했어요."),
    )


def p8_04_the_page_is_a_click_away() -> Outcome:
    """P8.4: the page stands on the mall's pages under its name, and asks for a log-in."""
    address = reverse("member:mypage")
    pages = [reverse(f"storefront:{name}") for name in ("home", "policy", "rights")]
    without = [page for page in pages if f'href="{address}"' not in visit(page).body]
    door = visit(address)
    return kept_if(
        not without and door.status == HTTPStatus.FOUND,
        with_number(_("살펴본 화면 %(n)d개"), len(pages)),
        _("첫 화면, 처리방침, 권리 화면을 방금 열어 '회원가입/변경'으로 가는 길이 있는지 봤어요."),
    )


def p8_05_only_the_person_can() -> Outcome:
    """P8.5: by a person's rights only they act; the mall may write to them, the desk read requests."""
    others = [
        key
        for key, rule in policy().rules.items()
        if key[3] is Purpose.RIGHTS
        and key[1] is not Action.ERASE
        and not (rule.own or rule.ward or key[2] is RecordKind.RIGHTS_CASE)
        and not (key[0] is Role.SYSTEM and key[1] is Action.OPEN and rule.items <= FOR_A_RIGHT)
    ]
    (unproven,) = counts(
        "SELECT count(*) FROM rights_request WHERE state IN ('identified', 'worked', 'answered')"
        " AND number <> '' AND cardinality(checks) = 0 AND outcome <> 'nothing_held'"
    )
    return kept_if(
        not others and unproven == 0,
        with_number(_("본인 확인 없이 처리한 요구 %(n)d건"), unproven),
        _(
            "본인의 권리라는 이름으로 다른 사람이 열 수 있는 항목이 있는지, 본인 확인 없이 처리한 요구가 있는지 살펴봤어요."
        ),
    )


def _late(*kinds: str) -> int:
    """Requests of these kinds whose last day has gone by without an answer."""
    (late,) = counts(
        "SELECT count(*) FROM rights_request"
        " WHERE answered_at IS NULL AND kind = ANY (%s) AND due_at <= (%s::text[])[1]::timestamptz",
        [*kinds],
        [clock.now().isoformat()],
    )
    return late


def _overdue(late: int) -> Words:
    return with_number(_("기한이 지난 요구 %(n)d건"), late)
