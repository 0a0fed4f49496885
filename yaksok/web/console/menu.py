"""What the console offers, in groups, and to which role; a page that is not here is not in the menu."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from yaksok.kernel.actor import Actor, Role

ALL = frozenset({Role.AUDITOR, Role.CLERK, Role.OFFICER})
ANSWERING = frozenset({Role.CLERK, Role.OFFICER})
ADVERTISING = frozenset({Role.AUDITOR, Role.MARKETER, Role.OFFICER})
OFFICERS = frozenset({Role.OFFICER})
CALLING = frozenset({Role.CLERK})
READING = frozenset({Role.AUDITOR, Role.OFFICER})


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: the ``here`` of its context, its address by name, its label, who is shown it."""

    here: str
    view: str
    label: Lazy
    roles: frozenset[Role] = ALL


GROUPS: tuple[tuple[Lazy, tuple[Entry, ...]], ...] = (
    (
        _("주문과 손님"),
        (
            Entry("orders", "console:orders", _("주문 목록")),
            Entry("sheets", "console:sheets", _("택배 파일")),
            Entry("desk", "console:desk", _("문의")),
            Entry("call", "console:call", _("전화 받기"), ANSWERING),
            Entry("reviews", "console:reviews", _("후기"), ANSWERING),
            Entry("roster", "console:roster", _("당번표")),
        ),
    ),
    (
        _("알리는 일"),
        (
            Entry("board", "console:board", _("공지사항")),
            Entry("post", "console:post", _("보낼 편지")),
            Entry("advertising", "console:advertising", _("광고"), ADVERTISING),
            Entry("calls", "console:calls", _("광고 전화"), CALLING),
            Entry("coupons", "console:coupons", _("쿠폰"), ADVERTISING),
        ),
    ),
    (
        _("지키는 일"),
        (
            Entry("rights", "console:rights", _("권리 요구 목록")),
            Entry("rights_book", "console:rights_book", _("열람등요구 처리대장"), READING),
            Entry("guardians", "console:guardians", _("법정대리인 동의"), OFFICERS),
            Entry("policy", "console:policy", _("처리방침"), READING),
            Entry("sharing", "console:sharing", _("제공 프로그램"), READING),
            Entry("provisions", "console:provisions", _("제3자 제공대장"), READING),
            Entry("entrustments", "console:entrustments", _("처리위탁대장"), READING),
            Entry("demands", "console:demands", _("법적 요구"), READING),
            Entry("retention", "console:retention", _("보존 일정"), READING),
            Entry("destructions", "console:destructions", _("파기대장"), READING),
            Entry("legal", "console:legal", _("법정 보존 기록"), READING),
            Entry("holds", "console:holds", _("법에 따른 보존"), READING),
            Entry("terms_cases", "console:terms_cases", _("회원 자격 절차"), READING),
            Entry("ad_consents", "console:ad_consents", _("광고 수신동의 대장"), READING),
            Entry("statistics", "console:statistics", _("통계"), READING),
        ),
    ),
)
"""The menu from top to bottom. Showing a page is not permission: each page asks for itself."""


def of(actor: Actor) -> Iterator[tuple[Lazy, list[tuple[Entry, str]]]]:
    """The groups that ``actor`` has a page in, each page with its address."""
    for label, entries in GROUPS:
        theirs = [(entry, reverse(entry.view)) for entry in entries if actor.role in entry.roles]
        if theirs:
            yield label, theirs
