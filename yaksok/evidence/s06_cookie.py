"""Section 6: what a visitor's browser is made to keep, which is nothing."""

from http import HTTPStatus

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yaksok.evidence.outcome import Outcome, kept_if, with_number
from yaksok.evidence.visiting import visit

PUBLIC_PAGES = (
    "storefront:home",
    "storefront:search",
    "storefront:basket",
    "storefront:lookup",
    "storefront:sign_up",
    "storefront:log_in",
)


def p6_02_no_cookie_before_log_in() -> Outcome:
    """P6.2: the pages a visitor sees set no cookie. The pages are asked for, now."""
    visits = [visit(reverse(name)) for name in PUBLIC_PAGES]
    cookies = sum(len(one.cookies) for one in visits)
    return kept_if(
        cookies == 0 and all(one.status == HTTPStatus.OK for one in visits),
        with_number(ngettext_lazy("쿠키 %(n)d개", "쿠키 %(n)d개", cookies), cookies),
        _("로그인하지 않은 사람에게 보이는 화면들을 방금 열어 쿠키를 세었어요."),
    )
