"""P2.2: required are the items that the document calls required, and no others."""

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.kernel.errors import Invalid
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import FormName, Language

ASKED = (FormName.SIGN_UP, FormName.CHECKOUT_GUEST, FormName.CHECKOUT_MEMBER, FormName.LOOKUP)


def test_a_blank_form_misses_exactly_the_required_items():
    policy = packaged_policy()
    for name in ASKED:
        declared = {
            item
            for part in policy.document.body.forms[name].parts
            for item, entry in policy.document.body.records[part.record].items.items()
            if entry.required and name in entry.asked_on
        }
        shown = form(policy, name)
        with pytest.raises(Invalid) as refused:
            read(shown, {}, Language.KOREAN)
        missing = {field.item for field in shown.fields if field.name in refused.value.problems}
        assert missing == declared
        assert declared


def test_what_is_made_optional_is_no_longer_missed():
    label = 'label = { ko = "주문하는 분 전화번호"'
    policy = policy_of(changed((f"required = true\n{label}", f"required = false\n{label}")))
    with pytest.raises(Invalid) as refused:
        read(form(policy, FormName.CHECKOUT_GUEST), {}, Language.KOREAN)
    assert "payer_phone" not in refused.value.problems
    assert "payer_name" in refused.value.problems
