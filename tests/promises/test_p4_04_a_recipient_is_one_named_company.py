"""P4.4: only to a company that is named."""

import pytest

from tests.cast.policies import ADVERTISER, changed, policy_of, source
from yaksok.policy.document import DocumentError, parse
from yaksok.policy.lints.run import lint

NAME = 'company = { ko = "가나다광고 주식회사", en = "Ganada Advertising Inc." }'


def found(company: str) -> set[str]:
    text = source() + ADVERTISER.replace(NAME, f"company = {company}")
    return {finding.rule for finding in lint(parse(text))}


def test_a_group_of_companies_is_not_a_name():
    assert found('{ ko = "가나다광고와 제휴사", en = "Ganada" }') == {"L-VAGUE"}
    assert found('{ ko = "가나다광고 등", en = "Ganada" }') == {"L-VAGUE"}
    assert found('{ ko = "가나다광고", en = "Ganada and its affiliates" }') == {"L-VAGUE"}


def test_a_name_is_taken():
    assert found('{ ko = "가나다광고 주식회사", en = "Ganada Advertising Inc." }') == set()


def test_a_recipient_without_a_name_is_not_taken():
    with pytest.raises(DocumentError, match="company"):
        policy_of(changed(more=ADVERTISER.replace(NAME, "")))
