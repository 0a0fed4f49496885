"""P1.4: services for members are named one by one."""

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.policy.document import DocumentError, parse
from yaksok.policy.lints.finding import Severity
from yaksok.policy.lints.run import lint
from yaksok.policy.promises import all_promises
from yaksok.policy.vocabulary import Language

SERVICE = 'text = { ko = "주문 내역 보기", en'


def errors(text: str) -> list[str]:
    return [found.rule for found in lint(parse(text)) if found.severity is Severity.ERROR]


def test_and_so_on_is_not_the_name_of_a_service():
    assert "L-VAGUE" in errors(changed((SERVICE, 'text = { ko = "주문 내역 보기 등", en')))
    assert "L-VAGUE" not in errors(changed((SERVICE, 'text = { ko = "찜 목록", en')))


def test_a_service_outside_the_list_is_not_taken():
    text = changed(("[services.order_list]", "[services.gift_club]"))
    with pytest.raises(DocumentError, match="gift_club"):
        policy_of(text)


def test_the_page_lists_the_services():
    policy = packaged_policy()
    services = policy.document.body.services.values()
    sentence = next(p for p in all_promises(policy) if p.id == "P1.4")
    assert services
    for language in Language:
        assert all(one.text.in_(language) in sentence.text[language] for one in services)
