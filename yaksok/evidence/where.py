"""Which book to open when something was found that is not as promised."""

from django.utils.translation import gettext_lazy as _

CASES = _("자격 상실 절차 대장")
CONSENTS = _("동의 원장")
DESTROYED = _("파기 대장")
DOCUMENT = _("처리방침 문서")
FIGURES = _("통계 대장")
GOODS = _("상품 목록")
GUARDIANS = _("법정대리인 대장")
HANDOVERS = _("제공 대장")
LOG = _("감사 기록")
PAGES = _("화면 자체")
REQUESTS = _("권리 요구 대장")
SERVICES = _("회원 서비스와 감사 기록")
SESSIONS = _("로그인 목록")
VAULT = _("보관소")
