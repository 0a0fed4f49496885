"""Section 4: what a third party gets, and who has got anything."""

from django.utils.translation import gettext_lazy as _

from yaksok.evidence.counting import MOST, counts
from yaksok.evidence.handovers import NEWEST
from yaksok.evidence.outcome import Outcome, counted, kept_if
from yaksok.evidence.s02_items import items_said
from yaksok.evidence.s03_retention import records_said
from yaksok.evidence.where import HANDOVERS
from yaksok.journeys.programmes import alarms
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import NoConsentCase
from yaksok.privacy.disclosure.label import (
    ON_A_LABEL,
    OPENED_FOR_A_LABEL,
    OPENED_WITH_A_SAFE_NUMBER,
)
from yaksok.privacy.disclosure.numbers import SAFE_NUMBERS

PROMISED = ("name", "address", "phone")
TRAVELS_WITH_THEM = ("postcode", "safe_number")
"""Part of the address, and a number that was lent for the parcel in the place of the phone number."""


def p4_01_nobody_else_received_anything() -> Outcome:
    """P4.1: no handover of the register went to somebody whom the policy does not name."""
    known = [*policy().recipients]
    (other,) = counts(
        "SELECT count(*) FROM disclosure_handover WHERE NOT recipient = ANY (%s)", known
    )
    return kept_if(
        other == 0,
        records_said(other),
        _("제공 대장에서 처리방침에 적히지 않은 곳으로 간 것을 세었어요. 0이어야 해요."),
    )


def p4_02_each_programme_was_announced() -> Outcome:
    """P4.2: every programme that was started names a notice that hangs on the board, posted before."""
    (without,) = counts(
        "SELECT count(*) FROM disclosure_programme AS begun WHERE begun.runs AND NOT EXISTS ("
        "SELECT 1 FROM board_notice AS told WHERE told.id = begun.notice AND told.kind = 'sharing'"
        " AND told.visible_from <= begun.at)"
    )
    return kept_if(
        without == 0,
        records_said(without),
        _("공지 없이 시작된 제공 프로그램을 세었어요. 0이어야 해요."),
    )


def p4_05_every_recipient_was_reached() -> Outcome:
    """P4.5: no correction or erasure was given up at somebody who holds the data, and none is late."""
    found = alarms()
    return kept_if(
        not found.any,
        records_said(found.given_up + found.overdue),
        _("받아 간 곳에 끝내 알리지 못했거나 기한이 지난 정정과 삭제를 세었어요. 0이어야 해요."),
    )


def p4_12_a_label_has_three_fields() -> Outcome:
    """P4.12: what the courier is sent has name, address and phone, and no fourth field.

    Of the newest 5 000 handovers each is of three items, the postcode being part of the address; to
    whoever lends safe numbers it is of one.
    """
    named = policy().document.body.recipients
    couriers = [k for k, one in named.items() if one.without_consent is NoConsentCase.DELIVERY]
    other, given = counts(
        "SELECT count(*) FILTER (WHERE cardinality(array_remove(h.items, 'postcode'))"
        f" <> CASE h.recipient WHEN '{SAFE_NUMBERS}' THEN 1 ELSE 3 END), count(*) {NEWEST}",
        couriers,
        MOST,
    )
    return counted(
        other + (ON_A_LABEL != PROMISED),
        given + len(ON_A_LABEL),
        _(
            "택배회사에 보내는 자료의 모양과, 실제로 보낸 것이 모두 세 항목이었는지 제공 대장에서 봤어요."
        ),
        HANDOVERS,
    )


def p4_13_only_what_the_label_needs_is_opened() -> Outcome:
    """P4.13: what is opened for it is those three, the postcode being part of the address."""
    allowed = {*PROMISED, *TRAVELS_WITH_THEM}
    granted = policy().recipients.get("courier", frozenset())
    return kept_if(
        {*OPENED_FOR_A_LABEL, *OPENED_WITH_A_SAFE_NUMBER} | granted <= allowed,
        items_said(len(PROMISED)),
        _(
            "택배회사에 보내려고 여는 항목이 이름, 주소(우편번호 포함), 전화번호를 넘지 않는지 확인했어요."
        ),
    )
