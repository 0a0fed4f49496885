"""Section 4: that nothing left without a yes, against a no, or for another reason than the two cases."""

import re

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yaksok.evidence import acts
from yaksok.evidence.counting import MOST, counts
from yaksok.evidence.handovers import NEWEST
from yaksok.evidence.outcome import Outcome, counted
from yaksok.evidence.visiting import visit
from yaksok.evidence.where import CONSENTS, DOCUMENT, FIGURES, HANDOVERS, LOG, PAGES
from yaksok.kernel import clock
from yaksok.policy.cells import UNSAID, Use, smallest_of
from yaksok.policy.facts import BEYOND_SCOPE, DISCLOSE, USE
from yaksok.policy.in_force import policy
from yaksok.policy.lints import l_vague
from yaksok.policy.lints.finding import Case
from yaksok.policy.vocabulary import Action, NoConsentCase, Purpose

_KNOWN = " EXISTS (SELECT 1 FROM consent_event AS any_ WHERE any_.subject_id = h.subject_id)"
"""Whoever left takes their answers along; the book stays, and there is nothing to hold it against."""

_TOOK_BACK = (
    " EXISTS (SELECT 1 FROM consent_event AS no WHERE no.subject_id = h.subject_id"
    "  AND {name} = ANY (no.withheld) AND no.at < h.sent_at"
    "  AND NOT EXISTS (SELECT 1 FROM consent_event AS yes WHERE yes.subject_id = h.subject_id"
    "   AND {name} = ANY (yes.given || yes.lifted) AND yes.id > no.id AND yes.at <= h.sent_at))"
)
_THIS_ONE = _TOOK_BACK.format(name="('disclose:' || h.recipient)")
_EVERYBODY = _TOOK_BACK.format(name="'disclose'")
"""Before it was sent the person had said no: to this recipient, or to every one."""

_VANISHED = (
    "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM consent_event AS later"
    "   WHERE later.subject_id = e.subject_id AND later.id > e.id"
    "   AND e.name = ANY (later.given || later.lifted)) AND e.name <> ALL (s.refusals)), count(*)"
    " FROM (SELECT subject_id, id, unnest(withheld) AS name FROM consent_event"
    "  WHERE withheld && %s::text[] ORDER BY subject_id DESC, id DESC LIMIT %s) AS e"
    " JOIN consent_standing AS s USING (subject_id) WHERE e.name = ANY (%s)"
)
"""Refusals in the ledger that nobody took back, and that the gate does not know any more."""

FOREIGN = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|form|link)\b[^>]*?"
    r"\b(?:src|href|action|data)=[\"']?(?:https?:)?//",
    re.IGNORECASE,
)
"""Something that a browser loads from elsewhere, or sends elsewhere, by itself."""


def _by_consent() -> list[str]:
    """Those who receive something only of people who agreed."""
    named = policy().document.body.recipients
    return [name for name, one in named.items() if one.without_consent is None]


def p4_03_whoever_was_given_had_agreed() -> Outcome:
    """P4.3: before each handover to a partner its person had agreed to that partner."""
    without, given = counts(
        "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM consent_event AS yes"  # noqa: S608 - constants
        "  WHERE yes.subject_id = h.subject_id AND yes.at <= h.sent_at"
        f"  AND 'disclose:' || h.recipient = ANY (yes.given))), count(*) {NEWEST}"
        f" WHERE h.sent_at IS NOT NULL AND {_KNOWN}",
        _by_consent(),
        MOST,
    )
    return counted(
        without,
        given,
        _("동의한 분의 것만 받는 회사에 보낸 것 가운데, 보내기 전에 동의가 없었던 것을 세었어요."),
        HANDOVERS,
    )


def p4_04_each_recipient_is_one_named_company() -> Outcome:
    """P4.4: every recipient is a company with a name, and each handover by consent is for a programme."""
    body = policy().document.body
    case = Case(policy().document, policy().profile, body.effective)
    vague = sum(fault.keys[0] in {"recipients", "programmes"} for fault in l_vague.check(case))
    blank = sum(not one.company.ko.strip() for one in body.recipients.values())
    otherwise, given = counts(
        f"SELECT count(*) FILTER (WHERE h.purpose <> 'programme'), count(*) {NEWEST}",
        _by_consent(),
        MOST,
    )
    return counted(
        vague + blank + otherwise,
        len(body.recipients) + given,
        _(
            "받는 곳이 모두 이름 있는 한 회사인지, 회원의 편의 말고 다른 일로 건넨 것이 있는지 세었어요."
        ),
        DOCUMENT,
    )


def p4_06_the_person_was_told() -> Outcome:
    """P4.6: nobody waits beyond the law's day to hear what became of a correction or an erasure.

    Cost:
        Whom nobody told yet, by index; and as many others as are counted.
    """
    untold, followed = counts(
        "SELECT (SELECT count(*) FROM disclosure_handover"
        "  WHERE message IN ('correction', 'erasure') AND NOT told = state AND told = ''"
        "  AND due_at <= %s), (SELECT count(*) FROM (SELECT 1 FROM disclosure_handover"
        "  WHERE message IN ('correction', 'erasure') AND due_at IS NOT NULL LIMIT %s) AS h)",
        clock.now(),
        MOST,
    )
    return counted(
        untold,
        followed,
        _(
            "받은 곳에 알린 정정과 삭제 가운데, 기한이 지나도록 본인에게 결과를 알리지 않은 것을 세었어요."
        ),
        HANDOVERS,
    )


def p4_07_nothing_was_given_after_a_withdrawal() -> Outcome:
    """P4.7: nothing went to a partner after its person had taken the consent back."""
    after, given = counts(
        f"SELECT count(*) FILTER (WHERE {_THIS_ONE}), count(*) {NEWEST}"
        f" WHERE h.sent_at IS NOT NULL AND {_KNOWN}",
        _by_consent(),
        MOST,
    )
    return counted(
        after,
        given,
        _("동의를 철회한 뒤에 보낸 것이 있는지, 동의 원장과 제공 대장의 때를 맞춰 세었어요."),
        HANDOVERS,
    )


def p4_08_what_was_refused_is_refused() -> Outcome:
    """P4.8: each refusal that the person did not take back stands, and no advertising stands beside it.

    Cost:
        One walk through the ledger, at most to the 5 000th refusal.
    """
    names = [BEYOND_SCOPE, USE]
    vanished, made = counts(_VANISHED, names, MOST, names)
    (beside,) = counts(
        "SELECT count(*) FROM (SELECT subject_id FROM consent_channel WHERE stands"
        "  ORDER BY subject_id DESC LIMIT %s) AS c JOIN consent_standing AS s USING (subject_id)"
        " WHERE 'beyond_scope' = ANY (s.refusals)",
        MOST,
    )
    return counted(
        vanished + beside,
        made,
        _(
            "원장에 적힌 거절 가운데 본인이 거두지 않았는데 사라진 것과, 거절했는데 광고를 받게 되어 있는 것을 세었어요."
        ),
        CONSENTS,
    )


def p4_09_no_third_party_against_a_refusal() -> Outcome:
    """P4.9: each refusal of third parties stands, and nothing went to anybody after it."""
    vanished, made = counts(_VANISHED, [DISCLOSE], MOST, [DISCLOSE])
    (against,) = counts(
        f"SELECT count(*) {NEWEST} WHERE h.sent_at IS NOT NULL AND {_EVERYBODY}",
        _by_consent(),
        MOST,
    )
    return counted(
        vanished + against,
        made,
        _("제3자 제공을 거절한 분의 거절이 그대로 있는지, 거절한 뒤에 보낸 것이 있는지 세었어요."),
        CONSENTS,
    )


def p4_10_two_cases_and_no_third() -> Outcome:
    """P4.10: whatever went without a consent went by one of the two cases, and there are but two."""
    body = policy().document.body
    cases = {one.without_consent for one in body.recipients.values()} - {None}
    otherwise, given = counts(
        "SELECT count(*) FILTER (WHERE h.promise NOT IN ('P4.3', 'P4.13', 'P4.14')"
        f"  OR (h.promise = 'P4.3') <> (h.recipient = ANY (%s))), count(*) {NEWEST}",
        _by_consent(),
        [*body.recipients],
        MOST,
    )
    beyond = len(NoConsentCase) - 2 + len(cases - set(NoConsentCase))
    return counted(
        otherwise + beyond,
        given + len(body.recipients),
        _("제공 대장의 모든 제공이 동의, 배송, 통계 가운데 하나로 나갔는지 맞춰 봤어요."),
        HANDOVERS,
    )


def p4_11_the_courier_was_told_of_parcels() -> Outcome:
    """P4.11: each handover of the last week to the courier is of a parcel that there is."""
    strange, given = counts(
        "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM shipping_number AS n"  # noqa: S608 - constants
        f"  WHERE n.number = h.reference)), count(*) {NEWEST}"
        " WHERE h.sent_at IS NOT NULL AND h.planned_at > %s - interval '7 days'",
        _by_case(NoConsentCase.DELIVERY),
        MOST,
        clock.now(),
    )
    return counted(
        strange,
        given,
        _("지난 이레 동안 택배회사에 알려 준 것 가운데 보낼 소포가 없는 것을 세었어요."),
        HANDOVERS,
    )


def _by_case(case: NoConsentCase) -> list[str]:
    named = policy().document.body.recipients
    return [name for name, one in named.items() if one.without_consent is case]


def p4_14_figures_served_three_uses() -> Outcome:
    """P4.14: whatever figures were given out were given for one of the three uses."""
    other, given = counts(
        "SELECT count(*) FILTER (WHERE use <> ALL (%s)), count(*)"
        " FROM (SELECT use FROM figures_release ORDER BY at DESC LIMIT %s) AS given",
        [*Use],
        MOST,
    )
    return counted(
        other,
        given,
        _("내보낸 통계 가운데 통계 작성, 학술 연구, 시장 조사가 아닌 것을 세었어요."),
        FIGURES,
    )


def p4_15_figures_show_nobody() -> Outcome:
    """P4.15: no table shows a sum of fewer persons than promised, and no record was opened for one."""
    least = min(UNSAID, smallest_of(policy().document.body))
    small, tables = counts(
        "SELECT count(*) FILTER (WHERE smallest < %s), count(*)"
        " FROM (SELECT smallest FROM figures_table ORDER BY made_at DESC LIMIT %s) AS made",
        least,
        MOST,
    )
    opened = [a for a in acts.used_for(Purpose.STATISTICS) if a.action is not Action.SEAL]
    return counted(
        small + acts.number(opened),
        tables,
        _("너무 적은 사람을 합친 통계표와, 통계를 낸다고 누군가의 기록을 연 것을 세었어요."),
        LOG,
    )


def p4_16_no_page_reaches_elsewhere() -> Outcome:
    """P4.16: pages of every sort are asked for now: they load nothing from elsewhere and are told not to."""
    names = ("home", "search", "basket", "sign_up", "log_in", "ask", "lookup")
    pages = [visit(reverse(f"storefront:{name}")) for name in names]
    reaching = sum(len(FOREIGN.findall(one.body)) for one in pages)
    unguarded = sum(
        "default-src 'self'" not in one.headers.get("Content-Security-Policy", "")
        and "default-src 'none'" not in one.headers.get("Content-Security-Policy", "")
        for one in pages
    )
    return counted(
        reaching + unguarded,
        len(pages),
        _("화면들을 방금 열어, 다른 곳에서 불러오거나 다른 곳으로 보내는 것이 있는지 세었어요."),
        PAGES,
    )
