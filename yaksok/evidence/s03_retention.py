"""Section 3: what is kept, how it ends, and that what was destroyed stays destroyed."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yaksok.database.roles import keeper
from yaksok.evidence import acts
from yaksok.evidence.counting import MOST, counts
from yaksok.evidence.outcome import Outcome, Words, counted, kept_if, with_number
from yaksok.evidence.where import CASES, CONSENTS, DESTROYED, LOG, VAULT
from yaksok.kernel import clock
from yaksok.kernel.actor import Role
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Purpose, RecordKind
from yaksok.privacy.retention import rows
from yaksok.privacy.vault.sealing import WITHOUT_RECEIPT

A_DAY = timedelta(days=1)
UNREADABLE_AFTER = timedelta(days=6)
"""An epoch lives five days at most; one day more for the round that closes it."""

HEARD_FOR = timedelta(days=30)
"""How long a member is heard before they can lose their membership (P3.4)."""

OF_A_MEMBER = frozenset(
    {
        RecordKind.ADDRESS_BOOK,
        RecordKind.MARKETING_CONTACT,
        RecordKind.MEMBERSHIP,
        RecordKind.REVIEW,
    }
)


def records_said(count: int) -> Words:
    """``3 records`` in the reader's language."""
    return with_number(ngettext_lazy("기록 %(n)d건", "기록 %(n)d건", count), count)


def p3_05_nothing_outlives_its_date() -> Outcome:
    """P3.5: no record and no row is kept beyond the day on which it was to be destroyed, plus one."""
    (late,) = counts(
        "SELECT count(*) FROM vault_record WHERE destroy_after < now() - interval '1 day'"
    )
    with keeper():
        late += sum(one.rows for one in rows.outlived(clock.now() - A_DAY))
    return kept_if(
        late == 0,
        records_said(late),
        _("지울 날짜에서 하루가 넘은 기록과 행을 모두 세었어요. 0이어야 해요."),
    )


def p3_07_each_record_lives_by_its_key() -> Outcome:
    """P3.7: no sealed record is left without its key, and no key without its record."""
    orphans, strays = counts(
        "SELECT count(*) FILTER (WHERE k.record_id IS NULL), count(*) FILTER (WHERE r.record_id IS NULL)"
        " FROM vault_record r FULL JOIN vault_record_key k"
        " ON r.subject_id = k.subject_id AND r.record_id = k.record_id"
    )
    return kept_if(
        orphans == 0 and strays == 0,
        records_said(orphans + strays),
        _("열쇠 없이 남은 기록과 기록 없이 남은 열쇠를 세었어요. 0이어야 해요."),
    )


def p3_01_members_are_all_there() -> Outcome:
    """P3.1: whoever can log in has their data: no clock took it away, and none will.

    Who grew up and was asked to answer for themself has a day until when, and is left out.

    Cost:
        5 000 look-ups by key, and one walk through the records that have a day.
    """
    (lost, accounts), (dated,) = (
        counts(
            "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM vault_record AS r"
            "  WHERE r.subject_id = c.subject_id AND r.kind IN ('membership', 'staff_account'))),"
            " count(*) FROM (SELECT subject_id FROM accounts_credential ORDER BY subject_id DESC"
            "  LIMIT %s) AS c",
            MOST,
        ),
        counts(
            "SELECT count(*) FROM vault_record AS r WHERE destroy_after IS NOT NULL"
            " AND kind = 'membership' AND NOT EXISTS (SELECT 1 FROM guardians_ward AS w"
            "  WHERE w.subject_id = r.subject_id AND w.of_age_at IS NOT NULL)"
        ),
    )
    return counted(
        lost + dated,
        accounts,
        _("로그인할 수 있는데 회원 정보가 사라졌거나 지울 날짜가 잡힌 분이 있는지 세었어요."),
        VAULT,
    )


def p3_02_it_served_the_service() -> Outcome:
    """P3.2: what is kept of members was used for what its record is kept for, by a grant."""
    found = acts.with_any(OF_A_MEMBER)
    kept_for = {kind.value: {*purposes} for kind, purposes in policy().purposes.items()}
    wrong = [
        a
        for a in found
        if not a.allowed or any(a.purpose not in kept_for.get(kind, ()) for kind in a.kinds)
    ]
    return counted(
        acts.number(wrong),
        acts.number(found),
        _(
            "회원의 기록으로 한 일을 감사 기록에서 세어, 보유하는 목적 말고 다른 일에 썼는지 봤어요."
        ),
        LOG,
    )


def p3_03_whoever_left_is_gone() -> Outcome:
    """P3.3: of those whose membership was destroyed nothing is left but what a law keeps or an order needs.

    Cost:
        5 000 look-ups by key.
    """
    left, gone = counts(
        "SELECT count(*) FILTER (WHERE"
        "  EXISTS (SELECT 1 FROM accounts_credential AS c WHERE c.subject_id = e.subject_id)"
        "  OR EXISTS (SELECT 1 FROM accounts_session AS s WHERE s.subject_id = e.subject_id)"
        "  OR EXISTS (SELECT 1 FROM vault_record AS r WHERE r.subject_id = e.subject_id"
        "   AND r.kind <> 'statutory' AND NOT EXISTS (SELECT 1 FROM retention_waiting AS w"
        "    WHERE w.subject_id = r.subject_id AND w.record_id = r.record_id)"
        "   AND NOT EXISTS (SELECT 1 FROM retention_held AS h"
        "    WHERE h.subject_id = r.subject_id AND h.record_id = r.record_id))), count(*)"
        " FROM (SELECT subject_id FROM vault_erasure WHERE kind = 'membership'"
        "  ORDER BY subject_id DESC LIMIT %s) AS e",
        MOST,
    )
    return counted(
        left,
        gone,
        _("탈퇴한 분의 로그인 수단이나, 법이 지키게 하지 않았는데 남은 기록이 있는지 세었어요."),
        VAULT,
    )


def p3_04_nobody_lost_it_unheard() -> Outcome:
    """P3.4: each membership that was lost was lost by two persons, after a notice and 30 whole days."""
    unheard, lost = counts(
        "SELECT count(*) FILTER (WHERE (noticed_at IS NOT NULL AND explain_until - noticed_at >= %s"
        "  * interval '1 day' AND closed_at >= explain_until AND proposed_by IS NOT NULL"
        "  AND decided_by IS NOT NULL AND proposed_by <> decided_by) IS NOT TRUE), count(*)"
        " FROM (SELECT * FROM retention_case WHERE stage = 'lost' ORDER BY closed_at DESC LIMIT %s)"
        " AS ended",
        HEARD_FOR.days,
        MOST,
    )
    return counted(
        unheard,
        lost,
        _("회원 자격을 잃은 일 가운데 알림과 30일, 두 사람의 결정 중 하나라도 빠진 것을 세었어요."),
        CASES,
    )


def p3_06_each_record_has_its_receipt() -> Outcome:
    """P3.6: whoever has a record was shown what it is for.

    Cost:
        5 000 look-ups by key.
    """
    untold, sealed = counts(
        "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM consent_event AS e"
        "  WHERE e.subject_id = r.subject_id)), count(*)"
        " FROM (SELECT subject_id FROM vault_record WHERE kind <> ALL (%s)"
        "  ORDER BY subject_id DESC, record_id DESC LIMIT %s) AS r",
        [*WITHOUT_RECEIPT],
        MOST,
    )
    return counted(
        untold,
        sealed,
        _("목적을 알려 드렸다는 영수증 없이 저장된 기록을 세었어요."),
        CONSENTS,
    )


def p3_08_what_was_erased_is_unreadable_by_now() -> Outcome:
    """P3.8: of what was destroyed more than six days ago, the keys of that time are destroyed too."""
    (readable,), (destroyed,) = (
        counts(
            "SELECT count(*) FROM vault_epoch AS e WHERE destroyed_at IS NULL AND EXISTS"
            " (SELECT 1 FROM retention_destruction AS d WHERE d.at >= e.opened_at AND d.at < %s"
            "  AND d.at < coalesce(e.closed_at, 'infinity'))",
            clock.now() - UNREADABLE_AFTER,
        ),
        counts(
            "SELECT count(*) FROM (SELECT 1 FROM retention_destruction ORDER BY at DESC LIMIT %s) AS d",
            MOST,
        ),
    )
    return counted(
        readable,
        destroyed,
        _(
            "파기한 지 엿새가 지났는데 그때의 열쇠가 남아 백업에서 읽을 수 있는 것이 있는지 세었어요."
            " 바이트까지 뒤지는 시험은 판을 낼 때마다 따로 해요."
        ),
        VAULT,
    )


def p3_09_what_was_destroyed_did_not_come_back() -> Outcome:
    """P3.9: no record that was erased has a row, a key or an entry to find it by again.

    Cost:
        5 000 look-ups by key.
    """
    back, erased = counts(
        "SELECT count(*) FILTER (WHERE"
        "  EXISTS (SELECT 1 FROM vault_record AS r WHERE r.subject_id = e.subject_id"
        "   AND r.record_id = e.record_id)"
        "  OR EXISTS (SELECT 1 FROM vault_record_key AS k WHERE k.subject_id = e.subject_id"
        "   AND k.record_id = e.record_id)"
        "  OR EXISTS (SELECT 1 FROM vault_blind_index AS b WHERE b.subject_id = e.subject_id"
        "   AND b.record_id = e.record_id)), count(*)"
        " FROM (SELECT subject_id, record_id FROM vault_erasure"
        "  ORDER BY subject_id DESC, record_id DESC LIMIT %s) AS e",
        MOST,
    )
    return counted(
        back,
        erased,
        _("파기한 기록 가운데 열쇠나 행, 찾는 실마리가 다시 생긴 것을 세었어요."),
        DESTROYED,
    )


def p3_10_what_a_law_keeps_is_apart() -> Outcome:
    """P3.10: each copy for a law has its law and its day, and only an officer opened one, for that law."""
    opened = [
        a
        for a in acts.with_any({RecordKind.STATUTORY})
        if a.action in {Action.OPEN, Action.DISCLOSE}
    ]
    otherwise = acts.number(
        a for a in opened if (a.role, a.purpose) != (Role.OFFICER, Purpose.STATUTORY_RECORD)
    )
    loose, copies = counts(
        "SELECT count(*) FILTER (WHERE r.record_id IS NULL OR r.kind <> 'statutory'"
        "  OR r.destroy_after IS NULL AND NOT EXISTS (SELECT 1 FROM retention_held AS h"
        "   WHERE h.subject_id = r.subject_id AND h.record_id = r.record_id)), count(*)"
        " FROM (SELECT subject_id, record_id FROM retention_copy"
        "  ORDER BY subject_id DESC, record_id DESC LIMIT %s) AS c"
        " LEFT JOIN vault_record AS r USING (subject_id, record_id)",
        MOST,
    )
    return counted(
        otherwise + loose,
        copies + acts.number(opened),
        _(
            "법이 보존하게 한 기록 가운데 지울 날짜가 없는 것과, 그 법 말고 다른 일로 열어 본 것을 세었어요."
        ),
        VAULT,
    )
