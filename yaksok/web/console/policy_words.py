"""The policy studio in words: keys of the document, acts of the mall, what a draft would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yaksok.journeys.gate_calls import Stop
from yaksok.policy.compile import Policy
from yaksok.policy.impact import Impact
from yaksok.policy.lineage import Use
from yaksok.policy.pages.names import item_name, kind_name
from yaksok.policy.table_fields import TableField
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.web import wording
from yaksok.web.language import current

KEYS: Mapping[str, Lazy] = {
    "achieved_when": gettext_lazy("목적이 이루어지는 때"),
    "address": gettext_lazy("주소"),
    "adults_only": gettext_lazy("혼자 동의할 수 있는 나이만"),
    "age": gettext_lazy("나이"),
    "asked_on": gettext_lazy("묻는 화면"),
    "basis": gettext_lazy("근거"),
    "changes": gettext_lazy("바뀐 점"),
    "company": gettext_lazy("회사"),
    "consent": gettext_lazy("따로 받는 동의"),
    "country": gettext_lazy("나라"),
    "effective": gettext_lazy("시행일"),
    "email": gettext_lazy("이메일"),
    "end": gettext_lazy("끝"),
    "entrusted": gettext_lazy("처리위탁"),
    "event": gettext_lazy("기준이 되는 일"),
    "guarded": gettext_lazy("법정대리인이 허락한 어린이도"),
    "fax": gettext_lazy("팩스"),
    "items": gettext_lazy("항목"),
    "keeps": gettext_lazy("보유 기간"),
    "label": gettext_lazy("이름표"),
    "labels": gettext_lazy("맨 위의 표시"),
    "name": gettext_lazy("이름"),
    "period": gettext_lazy("기간"),
    "phone": gettext_lazy("전화번호"),
    "position": gettext_lazy("직책"),
    "profile": gettext_lazy("따르는 법"),
    "purpose": gettext_lazy("목적"),
    "purposes": gettext_lazy("목적"),
    "reason": gettext_lazy("까닭"),
    "refusing": gettext_lazy("동의하지 않으면"),
    "remedies": gettext_lazy("도움을 청할 곳"),
    "required": gettext_lazy("필수"),
    "text": gettext_lazy("글"),
    "version": gettext_lazy("판의 이름"),
}
"""What a key of the document means."""

JOURNEYS: Mapping[str, Lazy] = {
    "access_points": gettext_lazy("로그인한 때와 주소 남기기"),
    "ad_addresses": gettext_lazy("광고를 받을 연락처"),
    "ad_browsers": gettext_lazy("알림을 받을 브라우저"),
    "ad_letters": gettext_lazy("광고 동의에 대한 메일"),
    "advertise": gettext_lazy("광고 보내기"),
    "answer_inquiry": gettext_lazy("문의에 답하기"),
    "call_desk": gettext_lazy("광고 전화 걸기"),
    "campaign_letters": gettext_lazy("처리방침 변경 안내 메일"),
    "check_out": gettext_lazy("주문서 미리 채우기"),
    "child_account": gettext_lazy("어린이가 계정 만들기"),
    "coming_of_age": gettext_lazy("만 14세가 된 분께 여쭙기"),
    "consents": gettext_lazy("동의 철회"),
    "correct": gettext_lazy("회원 정보 고치기"),
    "desk_letters": gettext_lazy("문의에 답했다는 메일"),
    "desk_queue": gettext_lazy("문의 목록"),
    "dispatch": gettext_lazy("택배회사에 넘기기"),
    "dispatch_queue": gettext_lazy("보낼 주문의 목록"),
    "guardian_answer": gettext_lazy("법정대리인의 답"),
    "guardian_asked": gettext_lazy("어린이가 보호자 알려 주기"),
    "guardian_order": gettext_lazy("법정대리인의 주문"),
    "guardian_paper": gettext_lazy("종이·팩스·전화로 온 법정대리인의 답"),
    "guardian_portal": gettext_lazy("법정대리인 화면"),
    "guardianship": gettext_lazy("법정대리인께 보내는 메일"),
    "held": gettext_lazy("갖고 있는 정보 내려받기와 설명"),
    "inquire": gettext_lazy("문의하기"),
    "inquiries": gettext_lazy("문의와 답 보기"),
    "legal_demands": gettext_lazy("법에 따른 요구에 답하기"),
    "legal_screen": gettext_lazy("법정 보존 기록 보기"),
    "log_in": gettext_lazy("회원 로그인"),
    "marketing_consent": gettext_lazy("광고 수신 동의"),
    "membership_end": gettext_lazy("회원 탈퇴"),
    "my_page": gettext_lazy("내 정보 보기"),
    "order_view": gettext_lazy("주문 보기"),
    "phone_desk": gettext_lazy("전화·팩스·우편 문의 받기"),
    "placing_order": gettext_lazy("주문하기"),
    "reading_reviews": gettext_lazy("구매 후기 보기"),
    "received": gettext_lazy("정보를 받아 간 곳 알리기"),
    "recipient_acts": gettext_lazy("받는 분의 거부와 삭제"),
    "recipient_page": gettext_lazy("받는 분의 화면"),
    "repeating": gettext_lazy("같은 주문 다시 보내기"),
    "restock": gettext_lazy("재입고 알림"),
    "review_desk": gettext_lazy("구매 후기 가리기"),
    "reviews": gettext_lazy("구매 후기 쓰기"),
    "rights_ask": gettext_lazy("개인정보에 대해 요구하기"),
    "rights_desk": gettext_lazy("전화·팩스·우편으로 온 권리 행사 받기"),
    "rights_guest": gettext_lazy("비회원의 권리 행사"),
    "rights_letters": gettext_lazy("권리 행사 결과 메일"),
    "rights_paper": gettext_lazy("종이 사본 만들기"),
    "rights_work": gettext_lazy("권리 행사 처리"),
    "safe_numbers": gettext_lazy("안심번호 빌리고 돌려주기"),
    "sign_up": gettext_lazy("회원 가입"),
    "staff_door": gettext_lazy("직원 계정과 로그인"),
    "sweep": gettext_lazy("기한이 된 정보의 파기"),
    "tell": gettext_lazy("주문과 회원 안내 메일"),
    "terms_cases": gettext_lazy("회원 자격에 관한 절차"),
    "terms_letters": gettext_lazy("회원 자격 절차의 메일"),
    "usage_notice": gettext_lazy("해마다 보내는 이용 내역 안내"),
}
"""Journeys that ask the gate for something."""

FORMS: Mapping[str, Lazy] = {
    "advertising": gettext_lazy("광고 수신 동의"),
    "answer": gettext_lazy("문의에 답하기"),
    "call_note": gettext_lazy("전화·팩스·우편 문의 받기"),
    "checkout_guardian": gettext_lazy("법정대리인의 주문서"),
    "checkout_guest": gettext_lazy("비회원 주문서"),
    "checkout_member": gettext_lazy("회원 주문서"),
    "child_account": gettext_lazy("어린이가 계정 만들기"),
    "child_guardian": gettext_lazy("어린이가 보호자 알려 주기"),
    "coming_of_age": gettext_lazy("만 14세가 된 분께 여쭙기"),
    "correct": gettext_lazy("회원 정보 고치기"),
    "correct_guest": gettext_lazy("비회원 주문 정보 고치기"),
    "guardian_correct": gettext_lazy("법정대리인이 자녀의 정보 고치기"),
    "inquiry": gettext_lazy("문의하기"),
    "inquiry_member": gettext_lazy("1:1 상담메일 쓰기"),
    "lookup": gettext_lazy("비회원 주문 조회"),
    "review": gettext_lazy("구매 후기 쓰기"),
    "rights_answer": gettext_lazy("권리 행사에 답하기"),
    "rights_ask": gettext_lazy("개인정보에 대해 요구하기"),
    "rights_intake": gettext_lazy("전화·팩스·우편으로 온 권리 행사 받기"),
    "sign_up": gettext_lazy("회원 가입"),
    "terms_case": gettext_lazy("회원 자격에 관한 절차"),
}


@dataclass(frozen=True, slots=True)
class Stopping:
    """One journey that stops, its acts and jobs by their names in the code."""

    title: str
    acts: str
    jobs: str
    lost: tuple[str, ...]
    sure: bool


def key(field: TableField) -> str:
    """What the key of ``field`` means, step by step; empty if it speaks for itself."""
    steps = [str(step) for step in field.path if step not in {"ko", "en"}]
    words = [str(KEYS[step]) for step in steps if step in KEYS]
    return " · ".join(words) if len(words) == len(steps) else ""


def choices(field: TableField, policy: Policy) -> list[tuple[str, str, bool]]:
    """The words that may be chosen: as the document writes them, as people say it, whether chosen."""
    chosen = field.values if field.kind == "some" else (field.value,)
    return [(one, _said(field, one, policy), one in chosen) for one in field.choices]


def _said(field: TableField, word: str, policy: Policy) -> str:
    language = current()
    step = next(str(one) for one in reversed(field.path))
    if step in {"purposes", "purpose"}:
        entry = policy.document.body.purposes.get(Purpose(word))
        return entry.text.in_(language) if entry else _("문서에 없는 목적")
    if step in {"items", "attests", *RecordKind}:
        return item_name(Item(word), language)
    if step == "asked_on":
        return str(FORMS[word])
    return ""


def stopping(stops: Iterable[Stop], policy: Policy) -> list[Stopping]:
    """What stops, journey by journey."""
    found: dict[tuple[str, bool], list[Stop]] = {}
    for one in stops:
        found.setdefault((one.ask.journey, one.sure), []).append(one)
    return [
        Stopping(
            wording.said(JOURNEYS, journey),
            ", ".join(sorted({f"{journey}.{act}" for one in some for act in one.ask.acts})),
            ", ".join(sorted({job for one in some for job in one.ask.jobs})),
            tuple(dict.fromkeys(_pair(pair, policy) for one in some for pair in one.lost)),
            sure,
        )
        for (journey, sure), some in found.items()
    ]


def ended(uses: Iterable[Use], policy: Policy) -> list[str]:
    """Uses that nobody may make any more, in a line for each purpose or recipient and record."""
    language = current()
    lines: dict[tuple[str, RecordKind], list[str]] = {}
    for way, kind, item in uses:
        lines.setdefault((way, kind), []).append(item_name(item, language))
    return [
        f"{_way(way, policy)}: {kind_name(policy, kind, language)} ({', '.join(items)})"
        for (way, kind), items in lines.items()
    ]


def forms(impact: Impact) -> list[tuple[str, str, str]]:
    """Forms that change: their name, fields that come, fields that go."""
    return [
        (str(FORMS[one.form]), ", ".join(one.added), ", ".join(one.removed)) for one in impact.forms
    ]


def periods(impact: Impact, policy: Policy) -> list[tuple[str, str, str]]:
    """Records that end otherwise: which, how until now, how from then on."""
    return [(kind_name(policy, kind, current()), *ends) for kind, ends in impact.periods.items()]


def purpose(one: Purpose, policy: Policy) -> str:
    """A purpose in the words of the document."""
    entry = policy.document.body.purposes.get(one)
    return entry.text.in_(current()) if entry else one.value


def _pair(pair: tuple[RecordKind, Purpose], policy: Policy) -> str:
    kind, why = pair
    return f"{kind_name(policy, kind, current())} · {purpose(why, policy)}"


def _way(way: str, policy: Policy) -> str:
    what, _sign, name = way.partition(":")
    body = policy.document.body
    if what == "recipient":
        third = body.recipients.get(name)
        return third.company.in_(current()) if third else name
    said = purpose(Purpose(name), policy) if name in set(Purpose) else name
    return _("%(purpose)s (본인만)") % {"purpose": said} if what == "own" else said


def other(language: Language) -> Language:
    """The language that the page is not in."""
    return next(one for one in Language if one is not language)
