"""Section 6: what a visitor's browser is made to keep, which is nothing."""

import re
from datetime import timedelta
from http import HTTPStatus

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yaksok.evidence.counting import MOST, counts
from yaksok.evidence.outcome import Outcome, counted, kept_if, with_number
from yaksok.evidence.s05_guests import order_forms
from yaksok.evidence.visiting import Visit, visit
from yaksok.evidence.where import PAGES, SESSIONS
from yaksok.kernel import clock
from yaksok.mall.accounts.sessions import AT_MOST, IDLE, Audience
from yaksok.policy.in_force import policy

PUBLIC_PAGES = (
    "storefront:home",
    "storefront:search",
    "storefront:basket",
    "storefront:lookup",
    "storefront:sign_up",
    "storefront:log_in",
)

SWEPT_AFTER = timedelta(days=1)
"""A session that is over proves nothing; by this time its row is gone as well."""

FORGETTING = timedelta(hours=1)
"""Who walks away from a shared computer is logged out within this at the latest."""

KEEPING = re.compile(r"localStorage|indexedDB|document\.cookie")
"""Words of a script that keeps something in a browser beyond its tabs."""


def p6_01_one_cookie_knows_a_member() -> Outcome:
    """P6.1: the document names one cookie that browsers keep to this mall, and each session has an account.

    Cost:
        5 000 look-ups by key.
    """
    bound = policy().document.body.cookie.name.startswith("__Host-")
    strange, sessions = counts(
        "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM accounts_credential AS c"
        "  WHERE c.subject_id = s.subject_id)), count(*)"
        " FROM (SELECT subject_id FROM accounts_session ORDER BY seen_at DESC LIMIT %s) AS s",
        MOST,
    )
    return counted(
        strange + (not bound),
        1 + sessions,
        _("처리방침이 밝힌 쿠키가 이 몰에만 묶인 것인지, 계정이 없는 로그인이 남아 있는지 봤어요."),
        SESSIONS,
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


def _public() -> list[Visit]:
    return [visit(reverse(name)) for name in PUBLIC_PAGES]


def p6_03_nothing_outlives_the_browser() -> Outcome:
    """P6.3: pages are asked for now: no cookie with a date, no tag that tells browsers apart, no store."""
    pages = _public()
    dated = sum(
        bool(cookie["max-age"] or cookie["expires"])
        for page in pages
        for cookie in page.cookies.values()
    )
    tagged = sum("ETag" in page.headers for page in pages)
    keeping = sum(bool(KEEPING.search(page.body)) for page in pages)
    return counted(
        dated + tagged + keeping,
        len(pages),
        _(
            "화면들을 방금 열어, 브라우저를 닫아도 남는 쿠키나 저장, 브라우저를 가려내는 꼬리표를 세었어요."
        ),
        PAGES,
    )


def p6_04_log_out_leaves_nothing() -> Outcome:
    """P6.4: no session is left that ended a day ago, and a member's page may be kept by nobody."""
    page = visit(reverse("member:mypage"))
    kept = "no-store" not in page.headers.get("Cache-Control", "")
    left, sessions = counts(
        "SELECT count(*) FILTER (WHERE opened_at < %s), count(*)"
        " FROM (SELECT opened_at FROM accounts_session ORDER BY seen_at LIMIT %s) AS s",
        clock.now() - AT_MOST - SWEPT_AFTER,
        MOST,
    )
    return counted(
        left + kept,
        1 + sessions,
        _(
            "끝난 지 하루가 넘은 로그인이 남아 있는지, 회원 화면이 브라우저에 남지 않게 막혀 있는지 봤어요."
        ),
        SESSIONS,
    )


def p6_05_who_forgets_is_logged_out() -> Outcome:
    """P6.5: a log-in that nobody uses ends within the hour, and none that ended so a day ago is left."""
    late = sum(span > FORGETTING for span in IDLE.values())
    left, sessions = counts(
        "SELECT count(*) FILTER (WHERE seen_at < %s), count(*) FROM (SELECT seen_at"
        "  FROM accounts_session WHERE audience = 'member' ORDER BY seen_at LIMIT %s) AS s",
        clock.now() - IDLE[Audience.MEMBER] - SWEPT_AFTER,
        MOST,
    )
    return counted(
        late + left,
        len(IDLE) + sessions,
        _(
            "로그아웃을 잊어도 저절로 로그아웃되는지, 그렇게 끝난 로그인이 하루 넘게 남아 있는지 봤어요."
        ),
        SESSIONS,
    )


def p6_06_guests_need_no_cookie() -> Outcome:
    """P6.6: basket, order form and look-up are asked for now without a cookie: they open and set none."""
    ways = ("storefront:basket", "storefront:lookup", "storefront:ask", "storefront:search")
    pages = [visit(reverse(name)) for name in ways] + order_forms()
    wrong = sum(page.status != HTTPStatus.OK or bool(page.cookies) for page in pages)
    return counted(
        wrong,
        len(pages),
        _(
            "장바구니와 주문서, 주문 조회, 문의 화면을 방금 쿠키 없이 열어, 열리지 않거나 쿠키를 주는 곳을 세었어요."
        ),
        PAGES,
    )
