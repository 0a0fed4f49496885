"""Section 6: the one cookie."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "쿠키", "en": "Cookies"}

CLAUSES = (
    Clause(
        "P6.1",
        "회원임을 확인하는 데 쿠키 하나({cookie})를 씁니다.",
        "One cookie ({cookie}) is used to know a member.",
        rule="yaksok.web.session.Sessions",
        proof="test_p6_01_one_cookie_knows_a_member.py",
        probe="yaksok.evidence.s06_cookie.p6_01_one_cookie_knows_a_member",
    ),
    Clause(
        "P6.2",
        "이 쿠키는 로그인한 회원을 확인하는 수단일 뿐이며, 난수 말고는 아무것도 담지 않습니다.",
        "It only shows that a member has logged in, and holds nothing but a random number.",
        rule="yaksok.web.session.hand_over",
        proof="test_p6_02_the_cookie_proves_a_log_in_and_nothing_more.py",
        probe="yaksok.evidence.s06_cookie.p6_02_no_cookie_before_log_in",
    ),
    Clause(
        "P6.3",
        "브라우저를 닫아도 남는 쿠키는 쓰지 않으며, 회원의 정보를 쇼핑몰의 이익을 위해 쓰는 데 쿠키를 이용하지 않습니다.",
        "No cookie outlives the browser, and none serves to make use of your data for our own ends.",
        rule="yaksok.web.session.hand_over",
        proof="test_p6_03_no_cookie_outlives_the_browser.py",
        probe="yaksok.evidence.s06_cookie.p6_03_nothing_outlives_the_browser",
    ),
    Clause(
        "P6.4",
        "로그아웃하면 쿠키는 저절로 지워지고 컴퓨터에 남지 않습니다.",
        "When you log out it is deleted by itself and does not stay on the computer.",
        rule="yaksok.journeys.log_in.log_out",
        proof="test_p6_04_log_out_leaves_nothing.py",
        probe="yaksok.evidence.s06_cookie.p6_04_log_out_leaves_nothing",
    ),
    Clause(
        "P6.5",
        "여럿이 쓰는 컴퓨터에서는 이용을 마치고 꼭 로그아웃하시기 바랍니다.",
        "On a shared computer, please log out when you have finished.",
        rule="yaksok.mall.accounts.sessions.IDLE",
        proof="test_p6_05_log_out_is_on_every_page.py",
        probe="yaksok.evidence.s06_cookie.p6_05_who_forgets_is_logged_out",
    ),
    Clause(
        "P6.6",
        "비회원에게는 쿠키를 쓰지 않습니다. 장바구니도 쿠키 없이 동작합니다.",
        "Guests get no cookie. The basket works without one.",
        rule="yaksok.journeys.basket.price",
        proof="test_p6_06_guests_need_no_cookie.py",
        probe="yaksok.evidence.s06_cookie.p6_06_guests_need_no_cookie",
        derived=True,
    ),
)
