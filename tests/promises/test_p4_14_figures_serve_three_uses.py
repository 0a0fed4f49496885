"""P4.14: without consent, figures go out for statistics, academic and market research, for nothing else."""

import pytest

from yaksok.kernel.errors import Refused
from yaksok.policy.cells import Use, use_of
from yaksok.policy.vocabulary import NoConsentCase, Purpose


def test_each_of_the_three_uses_is_one():
    assert [use_of(use.value) for use in Use] == list(Use)
    assert len(Use) == 3


def test_no_other_word_is_a_use():
    others = {"", "advertising", "sale", "statistics ", *Purpose, *NoConsentCase} - {*Use}
    for word in others:
        with pytest.raises(Refused) as refused:
            use_of(word)
        assert refused.value.promise == "P4.14"
