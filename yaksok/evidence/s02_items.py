"""Section 2: what is asked, and what is not."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yaksok.evidence.counting import counts
from yaksok.evidence.outcome import Outcome, Words, kept_if, with_number
from yaksok.policy import never_opened
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item, Profile


def items_said(count: int) -> Words:
    """``3 items`` in the reader's language."""
    return with_number(ngettext_lazy("%(n)d개 항목", "%(n)d개 항목", count), count)


def _asked_on(form: FormName) -> frozenset[Item]:
    records = policy().document.body.records.values()
    return frozenset(
        item for record in records for item, entry in record.items.items() if form in entry.asked_on
    )


def p2_01_each_item_has_its_reason() -> Outcome:
    """P2.1: every item of the document says why it is needed, in both languages."""
    entries = [e for r in policy().document.body.records.values() for e in r.items.values()]
    told = all(e.reason.ko.strip() and e.reason.en.strip() for e in entries)
    return kept_if(
        told,
        items_said(len(entries)),
        _("처리방침 문서의 모든 항목에 이유가 적혀 있는지 두 언어로 확인했어요."),
    )


def p2_05_no_resident_number() -> Outcome:
    """P2.5: no record has a resident registration number; in the reproduction, nobody opens one."""
    if policy().profile is Profile.AS_WRITTEN:
        opening = [
            rule.items
            for key, rule in policy().rules.items()
            if Item.RRN in rule.items and key[1] not in never_opened.ALLOWED
        ]
        return kept_if(
            not opening,
            items_said(len(opening)),
            _(
                "주민등록번호를 봉인하고 파기하는 것 말고 다른 일을 허락하는 규칙을 세었어요. 0이어야 해요."
            ),
        )
    found = sum(Item.RRN in items for items in policy().items.values())
    return kept_if(
        found == 0,
        items_said(found),
        _("쓸 수 있는 항목 전체에서 주민등록번호 항목을 세었어요. 0이어야 해요."),
    )


def p2_09_passwords_are_verifiers_only() -> Outcome:
    """P2.9: every stored password is an Argon2id verifier."""
    total, other = counts(
        "SELECT count(*), count(*) FILTER (WHERE verifier NOT LIKE '$argon2id$%')"
        " FROM accounts_credential"
    )
    return kept_if(
        other == 0,
        _("되돌릴 수 없는 형태가 아닌 비밀번호 0개") if not other else items_said(other),
        _("저장된 비밀번호의 형식을 모두 살펴봤어요.") if total else _("저장된 비밀번호가 없어요."),
    )


def p2_11_guests_are_asked_for_no_account() -> Outcome:
    """P2.11: the guest's order form asks for no ID."""
    asked = _asked_on(FormName.CHECKOUT_GUEST)
    return kept_if(
        Item.LOGIN_ID not in asked,
        items_said(len(asked)),
        _("비회원 주문서가 묻는 항목에 회원 아이디가 없는지 확인했어요."),
    )
