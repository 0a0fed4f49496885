"""What became of a message to a third party, in the words of a page."""

from collections.abc import Mapping

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

OUTCOMES: Mapping[str, Lazy] = {
    "done": _("했다고 답함"),
    "failed": _("끝내 답하지 않음"),
    "not_held": _("갖고 있지 않다고 답함"),
    "not_sent": _("보낼 것이 없어 보내지 않음"),
    "refused": _("하지 않겠다고 답함"),
    "waiting": _("답을 기다리는 중"),
}
"""What somebody answered to a correction or an erasure."""

STATES: Mapping[str, Lazy] = {
    "acknowledged": _("받았다고 답함"),
    "filed": _("파일로 넘겼고 답을 기다리는 중"),
    "given_up": _("보내지 못함"),
    "planned": _("보낼 예정"),
    "sending": _("답을 기다리는 중"),
    "taken": _("받았고, 처리한 뒤 알려 주기로 함"),
}
"""Where a handover stands."""
