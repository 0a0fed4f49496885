"""P1.4: services for members are named one by one."""

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.policy.document import DocumentError, parse
from yaksok.policy.lints.finding import Severity
from yaksok.policy.lints.run import lint
from yaksok.policy.promises import all_promises
from yaksok.policy.vocabulary import Language, Purpose

SERVICES = 'ko = "로그인, 주문 내역 보기, 주소록"'


def errors(text: str) -> list[str]:
    return [found.rule for found in lint(parse(text)) if found.severity is Severity.ERROR]


def test_and_so_on_is_not_the_name_of_a_service():
    assert errors(changed((SERVICES, 'ko = "로그인 등"'))) == ["L-VAGUE"]
    assert errors(changed((SERVICES, 'ko = "로그인, 찜 목록"'))) == []


def test_a_service_outside_the_list_cannot_be_a_purpose():
    text = changed(('purposes = ["member_service", "order", "rights"]', 'purposes = ["gift_club"]'))
    with pytest.raises(DocumentError, match="gift_club"):
        policy_of(text)


def test_the_page_lists_the_services():
    policy = packaged_policy()
    named = policy.document.body.purposes[Purpose.MEMBER_SERVICE].text
    sentence = next(p for p in all_promises(policy) if p.id == "P1.4")
    assert all(named.in_(language) in sentence.text[language] for language in Language)
