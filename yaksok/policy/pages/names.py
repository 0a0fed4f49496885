"""What the words of the policy are called on a page."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import EndEvent, Item, Language, NoConsentCase, RecordKind

_ITEMS = {
    Item.ACCESS_POINT: Text(ko="접속 시각과 주소", en="time and address of a log-in"),
    Item.ADDRESS: Text(ko="주소", en="address"),
    Item.AGE_CLASS: Text(ko="나이 확인", en="age check"),
    Item.ANSWER: Text(ko="답변", en="answer"),
    Item.BODY: Text(ko="내용", en="what you wrote"),
    Item.CALL_PHONE: Text(ko="광고 전화를 받을 번호", en="phone for advertising calls"),
    Item.DOCUMENT: Text(ko="요구 문서", en="document of the demand"),
    Item.BIRTH_MONTH: Text(ko="태어난 해와 달", en="year and month of birth"),
    Item.EMAIL: Text(ko="이메일", en="e-mail"),
    Item.EXTRA: Text(ko="상품별 추가 정보", en="answers for a product"),
    Item.GUARDIAN_EVIDENCE: Text(ko="법정대리인 확인 기록", en="proof of the guardian"),
    Item.LOGIN_ID: Text(ko="아이디", en="ID"),
    Item.NAME: Text(ko="이름", en="name"),
    Item.PASSWORD: Text(ko="비밀번호", en="password"),
    Item.PHONE: Text(ko="전화번호", en="phone"),
    Item.POSTCODE: Text(ko="우편번호", en="postcode"),
    Item.PUSH_ENDPOINT: Text(ko="알림을 받을 브라우저", en="browser that gets notifications"),
    Item.RRN: Text(ko="주민등록번호", en="resident registration number"),
    Item.SAFE_NUMBER: Text(ko="안심번호", en="safe number"),
    Item.TOTP_SECRET: Text(ko="두 번째 확인 수단", en="second factor"),
}

_ENDS = {
    EndEvent.CASE_CLOSED: Text(ko="절차가 끝난 뒤", en="after the case is closed"),
    EndEvent.ANSWERED: Text(ko="답을 드린 뒤", en="after the answer"),
    EndEvent.CAME_OF_AGE: Text(ko="만 나이가 찬 뒤", en="after coming of age"),
    EndEvent.DELIVERED: Text(ko="배송 뒤", en="after delivery"),
    EndEvent.DEMAND_CLOSED: Text(ko="요구에 답한 뒤", en="after the demand was answered"),
    EndEvent.EMPLOYMENT_ENDED: Text(ko="일을 그만둔 뒤", en="after leaving work"),
    EndEvent.GUARDIANSHIP_ENDED: Text(
        ko="법정대리인의 동의가 끝난 뒤", en="after the guardian's consent ends"
    ),
    EndEvent.LAW_PERIOD_ENDED: Text(ko="법이 정한 기간 뒤", en="after the period of law"),
    EndEvent.MEMBERSHIP_ENDED: Text(ko="탈퇴 뒤", en="after leaving"),
    EndEvent.RECORDED: Text(ko="기록한 뒤", en="after it was recorded"),
}

_CASES = {
    NoConsentCase.DELIVERY: Text(
        ko="배송에 필요한 최소한 (이용약관 제15조 제3항 제1호)",
        en="the least that delivery needs (terms, article 15(3)1)",
    ),
    NoConsentCase.STATISTICS: Text(
        ko="알아볼 수 없는 형태의 통계 (이용약관 제15조 제3항 제2호)",
        en="figures in which nobody can be recognised (terms, article 15(3)2)",
    ),
}

_COUNTRIES = {
    "AT": Text(ko="오스트리아", en="Austria"),
    "BE": Text(ko="벨기에", en="Belgium"),
    "CN": Text(ko="중국", en="China"),
    "DE": Text(ko="독일", en="Germany"),
    "ES": Text(ko="스페인", en="Spain"),
    "FR": Text(ko="프랑스", en="France"),
    "GB": Text(ko="영국", en="the United Kingdom"),
    "IE": Text(ko="아일랜드", en="Ireland"),
    "IT": Text(ko="이탈리아", en="Italy"),
    "JP": Text(ko="일본", en="Japan"),
    "KR": Text(ko="대한민국", en="the Republic of Korea"),
    "NL": Text(ko="네덜란드", en="the Netherlands"),
    "PL": Text(ko="폴란드", en="Poland"),
    "SE": Text(ko="스웨덴", en="Sweden"),
    "SG": Text(ko="싱가포르", en="Singapore"),
    "US": Text(ko="미국", en="the United States"),
}

_AT_ONCE = {
    EndEvent.CASE_CLOSED: Text(ko="절차가 끝나면 바로", en="at once when the case is closed"),
    EndEvent.ANSWERED: Text(ko="답을 드리면 바로", en="at once after the answer"),
    EndEvent.CAME_OF_AGE: Text(
        ko="스스로 동의할 나이가 되면 바로", en="at once when the child is of age"
    ),
    EndEvent.DELIVERED: Text(ko="배송이 끝나면 바로", en="at once after delivery"),
    EndEvent.DEMAND_CLOSED: Text(
        ko="요구에 답하면 바로", en="at once when the demand was answered"
    ),
    EndEvent.EMPLOYMENT_ENDED: Text(ko="일을 그만두면 바로", en="at once after leaving work"),
    EndEvent.GUARDIANSHIP_ENDED: Text(
        ko="법정대리인의 동의가 끝나면 바로", en="at once when the guardian's consent ends"
    ),
    EndEvent.LAW_PERIOD_ENDED: Text(
        ko="법이 정한 기간이 끝나면 바로", en="at once after the period of law"
    ),
    EndEvent.MEMBERSHIP_ENDED: Text(ko="탈퇴하면 바로", en="at once when you leave"),
    EndEvent.RECORDED: Text(ko="기록한 바로 뒤", en="at once after it was recorded"),
}


def item_name(item: Item, language: Language) -> str:
    """What ``item`` is called."""
    return _ITEMS[item].in_(language)


def kind_name(policy: Policy, kind: RecordKind, language: Language) -> str:
    """What the document calls the record ``kind``."""
    record = policy.document.body.records.get(kind)
    return record.label.in_(language) if record else kind.value


def case_name(case: NoConsentCase, language: Language) -> str:
    """What the case is in which no consent is asked."""
    return _CASES[case].in_(language)


def country_name(code: str, language: Language) -> str:
    """What the country ``code`` is called; a code that nobody named here stands for itself."""
    name = _COUNTRIES.get(code)
    return name.in_(language) if name else code


def end_name(policy: Policy, kind: RecordKind, language: Language) -> str:
    """When a record of ``kind`` ends, in few words: ``배송 뒤 3개월``."""
    rule = policy.retention[kind]
    if not any(rule.period):
        return _AT_ONCE[rule.event].in_(language)
    event, period = _ENDS[rule.event].in_(language), rule.period.words().in_(language)
    return f"{event} {period}" if language is Language.KOREAN else f"{period} {event}"


def listed(words: list[str]) -> str:
    """``words`` in a row, each of them once."""
    return ", ".join(dict.fromkeys(words))
