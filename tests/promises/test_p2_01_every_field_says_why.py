"""P2.1: the minimum, and the reason beside each field."""

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.policy.document import DocumentError
from yaksok.policy.forms import form
from yaksok.policy.text import page
from yaksok.policy.vocabulary import FormName, Language

REASON = 'reason = { ko = "로그인할 때 회원을 알아보는 데 써요.", en = "To recognise you when you log in." }'


def test_every_field_of_every_form_has_a_reason_in_both_languages():
    fields = [field for name in FormName for field in form(packaged_policy(), name).fields]
    assert len(fields) >= 20
    assert all(field.reason[language].strip() for field in fields for language in Language)


def test_the_page_gives_the_same_reason_as_the_form():
    policy = packaged_policy()
    field = form(policy, FormName.SIGN_UP).fields[0]
    rows = [row for table in page(policy, Language.KOREAN).records for row in table.items]
    assert field.reason[Language.KOREAN] in {row.reason for row in rows}


def test_a_document_without_a_reason_is_not_taken():
    with pytest.raises(DocumentError, match="reason"):
        policy_of(changed((REASON, "")))
    with pytest.raises(DocumentError, match="blank"):
        policy_of(changed((REASON, 'reason = { ko = " ", en = "" }')))
