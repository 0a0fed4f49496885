"""Sections 5 and 9: whom advertising would reach."""

from django.utils.translation import gettext_lazy as _

from yaksok.evidence.counting import counts
from yaksok.evidence.outcome import Outcome, kept_if, with_number

TO_CHILDREN = (
    "SELECT count(*) FROM (SELECT subject_id FROM post_letter WHERE template = 'advertisement'"
    " UNION ALL SELECT subject_id FROM campaigns_call) l"
    " LEFT JOIN consent_standing s ON s.subject_id = l.subject_id WHERE s.age IS DISTINCT FROM '14+'"
)
OF_GUESTS = (
    "SELECT count(*) FROM consent_channel c WHERE c.reachable AND NOT EXISTS"
    " (SELECT 1 FROM vault_record r WHERE r.subject_id = c.subject_id AND r.kind = 'membership')"
)


def p5_05_no_guest_is_in_a_list_of_advertising() -> Outcome:
    """P5.5: everybody whom advertising can reach is a member."""
    (guests,) = counts(OF_GUESTS)
    return kept_if(
        guests == 0,
        with_number(_("비회원 %(n)d명"), guests),
        _("광고를 받을 사람 가운데 회원이 아닌 사람을 세었어요. 0이어야 해요."),
    )


def p9_07_no_advertisement_waits_for_a_child() -> Outcome:
    """P9.7: of the advertisements and calls that wait, none goes to a child or to unknown age."""
    (children,) = counts(TO_CHILDREN)
    return kept_if(
        children == 0,
        with_number(_("어린이나 나이를 모르는 분께 가려는 광고 %(n)d통"), children),
        _(
            "보내려고 기다리는 광고 가운데 나이가 확인되지 않은 분께 가는 것을 세었어요. 0이어야 해요."
        ),
    )
