"""Section 3: what was destroyed stays destroyed."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yaksok.database.roles import keeper
from yaksok.evidence.counting import counts
from yaksok.evidence.outcome import Outcome, Words, kept_if, with_number
from yaksok.kernel import clock
from yaksok.privacy.retention import rows

A_DAY = timedelta(days=1)


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
