"""Section 7: those who handle personal data, as the register has them.

Figures are shares and bounds: how few they are would tell an attacker whom to look for.
"""

from django.utils.translation import gettext_lazy as _

from yaksok.database.roles import keeper
from yaksok.evidence.outcome import Outcome, attested_if, with_number
from yaksok.privacy.staff import access, register

HANDLERS_AT_MOST = 20
"""More than this many who may open personal data is no minimum for a mall of this size."""


def _handlers() -> tuple[int, int]:
    """How many may act in some role, and how many of them are trained on the policy in force."""
    with keeper():
        acting = [one.subject for one in register.everybody() if access.roles_of(one.subject)]
        return len(acting), sum(access.is_trained(subject) for subject in acting)


def p7_13_few_handle_personal_data() -> Outcome:
    """P7.13: every role that stands has an end, and few hold one."""
    acting, _trained = _handlers()
    return attested_if(
        0 < acting <= HANDLERS_AT_MOST,
        with_number(_("%(n)d명 이하"), HANDLERS_AT_MOST),
        _("권한 부여 대장에서 지금 권한이 있는 사람을 세었어요. 권한에는 모두 기한이 있어요."),
    )


def p7_14_handlers_are_trained() -> Outcome:
    """P7.14: each of them was trained on this policy, and needs no new training yet."""
    acting, trained = _handlers()
    return attested_if(
        acting > 0 and trained == acting,
        f"{100 * trained // acting if acting else 0}%",
        _("지금 처리방침으로 교육받았고 그 기한이 남은 취급자를 교육 대장에서 세었어요."),
    )
