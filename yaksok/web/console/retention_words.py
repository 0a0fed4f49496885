"""Reasons, methods and hands of the destruction register, as the console says them."""

from collections.abc import Mapping

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import retention_laws
from yaksok.policy.text import kind_name
from yaksok.policy.vocabulary import Language, RecordKind
from yaksok.privacy.retention import holdings
from yaksok.web import wording
from yaksok.web.language import current

REASONS: Mapping[str, Lazy] = {
    "asked": _("본인이 요구함"),
    "employment_ended": _("직원이 그만둠"),
    "guardian_unknown": _("법정대리인이 확인되지 않음"),
    "guardian_withdrew": _("법정대리인이 철회함"),
    "left": _("탈퇴"),
    "membership_lost": _("회원 자격 상실"),
    "order_done": _("기다리던 주문이 끝남"),
    "period_over": _("보유 기간이 끝남"),
    "recipient_objected": _("받는 분이 거절함"),
    "review_deleted": _("본인이 후기를 지움"),
    "unreachable": _("받는 브라우저가 없어짐"),
    "withdrawn": _("동의 철회"),
}
METHODS: Mapping[str, Lazy] = {
    "key_destroyed": _("열쇠를 없애고 행을 지움"),
    "rows_deleted": _("행을 지움"),
    "rows_emptied": _("사람을 가리키는 칸을 비움"),
}
EXECUTORS: Mapping[str, Lazy] = {
    "leave": _("자동 (탈퇴)"),
    "member": _("본인"),
    "guest": _("본인 (비회원)"),
    "guardian": _("법정대리인"),
    "retention_sweep": _("자동 (매일 파기)"),
    "row_sweep": _("자동 (매일 파기)"),
    "staff_door": _("운영자"),
    "sweep": _("자동 (매일 파기)"),
}
ORDINARY: Lazy = _("개인정보 보호법 제21조")
"""The law by which what nothing keeps any longer is destroyed."""


def what(name: str) -> str:
    """A record kind or a table, as people call it."""
    if name in set(RecordKind):
        return kind_name(policy(), RecordKind(name), current())
    for one in holdings.about_persons():
        if one.table == name:
            return one.ko if current() is Language.KOREAN else one.en
    return name


def law(name: str) -> str:
    """The law whose period was over; else the one that has everything destroyed in the end."""
    row = retention_laws().get(name)
    return row.title.in_(current()) if row else str(ORDINARY)


def reason(word: str) -> str:
    """Why something was destroyed."""
    return wording.said(REASONS, word)


def method(word: str) -> str:
    """How."""
    return wording.said(METHODS, word)


def executor(word: str) -> str:
    """By whose hand."""
    return wording.said(EXECUTORS, word)
