"""How the closed words of the policy and the log are said to a person."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from yaksok.policy.in_force import policy
from yaksok.policy.text import item_name, kind_name
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.web.language import current

WHO = {
    "auditor": _("감사위원"),
    "clerk": _("주문·문의 담당자"),
    "guardian": _("법정대리인"),
    "guest": _("본인 (비회원)"),
    "marketer": _("광고 담당자"),
    "member": _("본인"),
    "officer": _("개인정보 보호책임자"),
    "recipient": _("본인 (받는 분)"),
    "staff": _("직원"),
    "system": _("몰의 자동 처리"),
    "visitor": _("본인 (로그인 전)"),
}

EVENTS = {
    "campaign:call:concluded": _("부탁하신 광고 전화를 걸고 어떻게 되었는지 적었어요"),
    "consent:answer:given": _("동의나 거절을 정했어요"),
    "consent:notice:received": _("안내문을 보여 드리고 답을 받았어요"),
    "desk:caller:verified": _("전화하신 분이 본인인지 확인했어요"),
    "desk:ticket:answered": _("문의에 답했어요"),
    "desk:ticket:checked": _("보내기 전에 다른 직원이 답을 확인했어요"),
    "desk:ticket:closed": _("문의를 답 없이 마쳤어요"),
    "desk:ticket:opened": _("답하려고 문의 내용을 열었어요"),
    "desk:ticket:received": _("문의를 받았어요"),
    "disclosure:demand:approved": _("법에 따른 요구를 두 번째 사람이 확인했어요"),
    "disclosure:demand:closed": _("법에 따른 요구에 답했어요"),
    "disclosure:demand:registered": _("법에 따른 요구를 문서로 받았어요"),
    "disclosure:demand:dated": _("법에 따른 요구를 알려 드릴 날을 정했어요"),
    "disclosure:demand:told": _("법에 따른 요구가 있었음을 알려 드렸어요"),
    "disclosure:handover:acknowledged": _("받는 곳이 받았다고 답했어요"),
    "disclosure:handover:given_up": _("받는 곳에 보내지 않았거나 보내지 못했어요"),
    "disclosure:handover:planned": _("받는 곳에 보낼 준비를 했어요"),
    "disclosure:handover:sent": _("받는 곳에 보냈어요"),
    "guardian:answer:refused": _("법정대리인이 아닌 사람의 답을 받지 않았어요"),
    "guardian:child:grew": _("스스로 동의할 나이가 되어 법정대리인의 권한이 끝났어요"),
    "guardian:consent:confirmed": _("법정대리인의 동의를 확인했어요"),
    "guardian:consent:withdrawn": _("법정대리인이 동의를 거두었어요"),
    "member:password:changed": _("비밀번호를 바꿨어요"),
    "member:session:closed": _("로그아웃했어요"),
    "member:session:opened": _("로그인했어요"),
    "member:session:stepped_up": _("비밀번호를 다시 확인했어요"),
    "order:secret:proved": _("주문번호와 비밀번호로 주문을 봤어요"),
    "post:letter:sent": _("메일을 보냈어요"),
    "retention:case:moved": _("회원 자격에 관한 절차가 다음 단계로 갔어요"),
    "retention:hold:moved": _("법에 따른 보존을 요청하거나 풀었어요"),
    "retention:look:moved": _("법정 보존 기록을 보려고 요청하거나 보았어요"),
    "retention:record:destroyed": _("보관 기간이 끝나 지웠어요"),
    "reviews:review:hidden": _("후기를 가리고 까닭을 알려 드렸어요"),
    "reviews:review:shown": _("가린 후기를 다시 보이게 했어요"),
    "rights:copy:made": _("본인의 정보를 사본으로 만들어 드렸어요"),
    "rights:identity:seen": _("한 직원이 신분증이나 위임장을 봤어요. 두 번째 직원이 봐야 확인돼요"),
    "rights:identity:failed": _("본인임을 확인하지 못해 아무것도 알리지 않았어요"),
    "rights:identity:shown": _("본인임을 확인했어요"),
    "rights:request:answered": _("요청에 답했어요"),
    "rights:request:appealed": _("이의를 제기하셨어요"),
    "rights:request:extended": _("답하는 날을 늦췄어요"),
    "rights:request:received": _("요청을 받았어요"),
    "rights:request:refused": _("요청을 들어드리지 못한 까닭을 알렸어요"),
    "rights:source:told": _("정보가 어디서 왔는지 알려 드렸어요"),
    "vault:access:refused": _("약속에 어긋나는 열람을 막았어요"),
    "vault:items:opened": _("값을 열었어요"),
    "vault:masks:shown": _("가린 값을 목록에 보였어요"),
    "vault:record:amended": _("고쳤어요"),
    "vault:record:erased": _("지웠어요"),
    "vault:record:sealed": _("봉인해 보관했어요"),
    "vault:value:sought": _("아이디나 이메일로 찾았어요"),
}

WAYS = {
    "fax": _("팩스로"),
    "link": _("광고에 있는 링크로"),
    "mail": _("이메일로"),
    "phone": _("전화로"),
    "post": _("우편으로"),
    "web": _("이 웹사이트에서"),
}

NOTICES = {
    "news": _("소식"),
    "policy": _("개인정보처리방침"),
    "sharing": _("개인정보 제공"),
    "terms": _("이용약관"),
}
"""What a notice is about."""


def said(table: Mapping[str, Lazy], word: str) -> str:
    """A word as a person reads it; one that the table does not know is shown as it is."""
    return str(table.get(word, word))


def kind(name: str) -> str:
    """The name of a record kind as the policy in force has it."""
    return kind_name(policy(), RecordKind(name), current())


def item(name: str, of: str = "") -> str:
    """The name of an item, as the policy has it for the record kind ``of`` if there is one."""
    record = policy().document.body.records.get(RecordKind(of)) if of else None
    if record is not None and name in record.items:
        return record.items[Item(name)].label.in_(current())
    return item_name(Item(name), current())


def items(names: Iterable[str], of: str = "") -> str:
    """Several items, separated by commas."""
    return ", ".join(dict.fromkeys(item(name, of) for name in names))


def purpose(name: str) -> str:
    """A purpose as the policy in force has it."""
    purposes = policy().document.body.purposes
    return purposes[Purpose(name)].text.in_(current()) if name in purposes else name


def recipient(name: str) -> str:
    """The company behind a recipient's name."""
    recipients = policy().document.body.recipients
    return recipients[name].company.in_(current()) if name in recipients else name


def box(name: str) -> str:
    """What a box of a form says, as the policy in force has it."""
    said_by = (box for form in policy().forms.values() for box in form.boxes if box.name == name)
    found = next(said_by, None)
    return found.label[current()] if found else name


def channel(name: str) -> str:
    """By which way something was told or answered."""
    return said(WAYS, name)


def masks(values: Mapping[str, str], of: str) -> list[tuple[str, str]]:
    """Masked values of one record with the names of their items."""
    return [(item(name, of), mask) for name, mask in values.items()]
