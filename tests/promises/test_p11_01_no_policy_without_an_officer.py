"""P11.1: there is no policy without a privacy officer."""

import pytest

from tests.cast.policies import packaged_policy, policy_of, without_table
from yaksok.policy.document import DocumentError
from yaksok.policy.promises import all_promises
from yaksok.policy.vocabulary import Language


def test_a_document_without_the_officer_is_not_taken():
    with pytest.raises(DocumentError, match=r"officers\.manager"):
        policy_of(without_table("officers.manager"))


def test_the_page_names_the_officer():
    policy = packaged_policy()
    sentence = next(p for p in all_promises(policy) if p.id == "P11.1")
    name = policy.document.body.officers.manager.name
    assert all(name.in_(language) in sentence.text[language] for language in Language)
