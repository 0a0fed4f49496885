"""P4.10: without consent in two cases only."""

import pytest

from tests.cast.policies import ADVERTISER, changed, packaged_policy, permitted, policy_of
from yaksok.policy.document import DocumentError
from yaksok.policy.vocabulary import Action, NoConsentCase


def test_there_are_exactly_two_cases():
    assert set(NoConsentCase) == {NoConsentCase.DELIVERY, NoConsentCase.STATISTICS}


def test_whatever_leaves_without_consent_falls_under_one_of_them():
    policy = packaged_policy()
    cases = {
        policy.document.body.recipients[request.recipient or ""].without_consent
        for request in permitted(policy, actions=[Action.DISCLOSE])
        if request.action is Action.DISCLOSE
    }
    assert cases == {NoConsentCase.DELIVERY}


def test_a_third_case_cannot_be_written():
    with pytest.raises(DocumentError, match="marketing"):
        policy_of(changed(more=without_asking("marketing")))


def test_neither_case_is_a_way_for_an_advertiser():
    for case in NoConsentCase:
        with pytest.raises(DocumentError, match=r"recipients\.advertiser\.items"):
            policy_of(changed(more=without_asking(case)))


def without_asking(case: str) -> str:
    """The advertiser, of whom it is claimed that ``case`` needs no consent."""
    last = "entrusted = false\n"
    assert last in ADVERTISER
    return ADVERTISER.replace(last, f'{last}without_consent = "{case}"\n')
