"""Section 2: what is asked, and what is not."""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.urls import URLResolver, get_resolver, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yaksok.evidence import acts
from yaksok.evidence.counting import MOST, counts
from yaksok.evidence.outcome import Outcome, Words, counted, kept_if, with_number
from yaksok.evidence.visiting import visit
from yaksok.evidence.where import DOCUMENT, GOODS, LOG, PAGES
from yaksok.kernel import clock
from yaksok.kernel.actor import Role
from yaksok.kernel.errors import Invalid
from yaksok.policy import never_opened
from yaksok.policy.collecting import COMMANDS, Declaration, declared
from yaksok.policy.forms import Field, form, read
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import (
    Action,
    FormName,
    Item,
    Language,
    Profile,
    Purpose,
    RecordKind,
)

A_DAY = timedelta(days=1)
TICKED = re.compile(r"<input[^>]*\schecked[\s/>]")

OF_THE_ORDER = frozenset({Purpose.DELIVERY, Purpose.ORDER, Purpose.PAYMENT, Purpose.RIGHTS})
"""For what an answer to a product is used; its person sees, corrects and ends it by their rights."""

ORDERING = (FormName.CHECKOUT_GUEST, FormName.CHECKOUT_MEMBER, FormName.CHECKOUT_GUARDIAN)


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


def _fields(name: FormName) -> tuple[Field, ...]:
    return form(policy(), name).fields


def _joined() -> list[acts.Acts]:
    """What visitors gave when they joined."""
    return [
        a
        for a in acts.with_any({RecordKind.MEMBERSHIP})
        if a.action is Action.SEAL and a.role == Role.VISITOR
    ]


def _ordered(item: Item, how: Words) -> Outcome:
    """Every order form requires ``item``. By the law's profiles it is not asked before an order.

    The profile that reproduces the old text asks it when somebody joins, as that text says.
    """
    forms = [name for name in ORDERING if name in policy().forms]
    asking = [{f.item for f in _fields(name) if f.required} for name in forms]
    at_sign_up = item in {f.item for f in _fields(FormName.SIGN_UP)}
    joined = _joined()
    if policy().profile is Profile.AS_WRITTEN:
        wrong = int(not at_sign_up)
    else:
        wrong = sum(item not in asked for asked in asking) + at_sign_up
        wrong += acts.number(a for a in joined if item in a.items)
    return counted(wrong, len(forms) + 1 + acts.number(joined), how, LOG)


def p2_02_required_is_what_the_document_requires() -> Outcome:
    """P2.2: each field that must be filled in stands in the document as required, and each of those does."""
    records = policy().document.body.records
    fields = [f for one in policy().forms.values() for f in (*one.fields, *one.per_product)]
    wrong = sum(f.required is not records[f.kind].items[f.item].required for f in fields)
    return counted(
        wrong,
        len(fields),
        _("모든 입력란의 필수 표시를 처리방침 문서의 표와 하나하나 맞춰 봤어요."),
        DOCUMENT,
    )


def p2_03_optional_items_may_stay_blank() -> Outcome:
    """P2.3: every form is read here with nothing filled in; nothing optional is missed."""
    wrong = looked = 0
    for one in policy().forms.values():
        optional = {f.name for f in one.fields if not f.required and f.either is None}
        optional |= {box.name for box in one.boxes if not box.required}
        looked += len(optional)
        try:
            read(one, {}, Language.KOREAN)
        except Invalid as missing:
            wrong += len(optional & missing.problems.keys())
    return counted(
        wrong,
        looked,
        _("모든 양식을 빈칸으로 읽혀 보고, 선택 항목을 비웠다고 막는 곳이 있는지 세었어요."),
        DOCUMENT,
    )


def p2_04_the_name_comes_with_an_order() -> Outcome:
    """P2.4: every order asks the name; nobody gave it when they joined."""
    return _ordered(
        Item.NAME,
        _("모든 주문서가 이름을 받는지, 처리방침과 다르게 가입할 때 받은 기록이 있는지 봤어요."),
    )


def p2_06_the_address_comes_with_an_order() -> Outcome:
    """P2.6: every order asks the address; nobody gave it when they joined."""
    return _ordered(
        Item.ADDRESS,
        _("모든 주문서가 주소를 받는지, 처리방침과 다르게 가입할 때 받은 기록이 있는지 봤어요."),
    )


def p2_07_the_phone_comes_with_an_order() -> Outcome:
    """P2.7: every order asks the phone number; nobody gave it when they joined."""
    return _ordered(
        Item.PHONE,
        _(
            "모든 주문서가 전화번호를 받는지, 처리방침과 다르게 가입할 때 받은 기록이 있는지 봤어요."
        ),
    )


def p2_08_members_have_an_id() -> Outcome:
    """P2.8: who joins gives an ID; no membership was sealed without one."""
    asked = Item.LOGIN_ID in {f.item for f in _fields(FormName.SIGN_UP) if f.required}
    joined = _joined()
    without = acts.number(a for a in joined if Item.LOGIN_ID not in a.items)
    return counted(
        without + (not asked),
        1 + acts.number(joined),
        _(
            "가입 화면이 아이디를 받는지, 아이디 없이 저장된 회원 정보가 있는지 감사 기록에서 세었어요."
        ),
        LOG,
    )


def p2_10_the_email_was_given() -> Outcome:
    """P2.10: who joins and who orders gives an e-mail address; no payer was sealed without one."""
    forms = [name for name in (FormName.SIGN_UP, *ORDERING) if name in policy().forms]
    silent = sum(Item.EMAIL not in {f.item for f in _fields(name) if f.required} for name in forms)
    payers = [
        a for a in acts.with_any({RecordKind.ORDER_PAYER}) if a.action is Action.SEAL and a.allowed
    ]
    without = acts.number(a for a in payers if Item.EMAIL not in a.items)
    return counted(
        silent + without,
        len(forms) + acts.number(payers),
        _(
            "가입 화면과 주문서가 이메일을 받는지, 이메일 없이 저장된 주문이 있는지 감사 기록에서 세었어요."
        ),
        LOG,
    )


def p2_12_no_box_is_ticked() -> Outcome:
    """P2.12: the forms that anybody sees are asked for now: no box comes ticked."""
    pages = [visit(reverse(f"storefront:{name}")).body for name in ("sign_up", "ask", "lookup")]
    ticked = sum(len(TICKED.findall(page)) for page in pages)
    return counted(
        ticked,
        len(pages),
        _("누구에게나 보이는 입력 화면을 방금 열어 미리 표시된 칸을 세었어요."),
        PAGES,
    )


def p2_13_goods_ask_what_the_document_lets_them() -> Outcome:
    """P2.13: each product that asks something asks what the document names, and no form asks it else."""
    named = policy().document.body.questions
    strange, asking = counts(
        "SELECT count(*) FILTER (WHERE name <> ALL (%s)), count(*) FROM catalogue_question",
        [*named],
    )
    always = sum(f.item is Item.EXTRA for one in policy().forms.values() for f in one.fields)
    return counted(
        strange + always,
        asking + len(policy().forms),
        _(
            "더 묻는 상품의 질문이 모두 처리방침 문서에 이유와 함께 있는지, 상품과 관계없이 늘 묻는 곳이 있는지 봤어요."
        ),
        GOODS,
    )


def p2_14_answers_served_their_order() -> Outcome:
    """P2.14: answers to goods were used for their order, and none outlives its delivery by a day.

    Cost:
        One walk back through the newest 5 000 delivered orders, by index.
    """
    used = acts.with_any({RecordKind.ORDER_EXTRA})
    otherwise = acts.number(a for a in used if not a.allowed or a.purpose not in OF_THE_ORDER)
    (left,) = counts(
        "SELECT count(*) FROM (SELECT subject_id, id FROM orders_order WHERE state = 'delivered'"
        "  AND delivered_at < %s ORDER BY id DESC LIMIT %s) AS o JOIN orders_line AS l"
        " ON l.subject_id = o.subject_id AND l.order_id = o.id JOIN vault_record AS r"
        " ON r.subject_id = l.subject_id AND r.record_id = l.extra_record WHERE NOT EXISTS"
        " (SELECT 1 FROM retention_held AS h WHERE h.subject_id = r.subject_id"
        "  AND h.record_id = r.record_id)",
        clock.now() - A_DAY,
        MOST,
    )
    return counted(
        otherwise + left,
        acts.number(used),
        _(
            "상품이 물은 답을 주문 말고 다른 데 쓴 기록과, 배송이 끝나고 하루가 지나도 남은 답을 세었어요."
        ),
        LOG,
    )


def p2_15_data_comes_in_where_it_is_listed() -> Outcome:
    """P2.15: whatever somebody gave is of a kind that a listed place takes; walks every address."""
    listed = {kind.value for one in _declarations() for kind, _items in one.records(policy())}
    given = [
        a for a in acts.newest() if a.action is Action.SEAL and a.role not in {"system", "staff"}
    ]
    return counted(
        acts.number(a for a in given if not a.kinds <= listed),
        acts.number(given) + len(listed),
        _(
            "모든 주소를 돌며 무엇을 받는 곳인지 뽑고, 감사 기록에서 그 목록에 없는 곳으로 들어온 기록을 세었어요."
        ),
        LOG,
    )


def _declarations() -> Iterator[Declaration]:
    yield from COMMANDS.values()
    entries = [*get_resolver().url_patterns]
    while entries:
        entry = entries.pop()
        if isinstance(entry, URLResolver):
            lazily = getattr(entry, "declarations", None)
            if lazily is None:
                entries += entry.url_patterns
            else:
                yield from (found for _route, _name, found in lazily())
        elif (found := declared(entry.callback)) is not None:
            yield found
