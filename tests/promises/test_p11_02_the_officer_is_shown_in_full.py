"""P11.2: the manager is shown with all six details."""

import dataclasses

from tests.cast.policies import packaged_policy, with_blank
from yaksok.policy.entries import Officer
from yaksok.policy.lints.run import lint
from yaksok.policy.text import page
from yaksok.policy.vocabulary import Language

SIX = ("position", "name", "email", "address", "phone", "fax")


def test_none_of_the_six_may_be_blank():
    assert Officer.__struct_fields__ == SIX
    for name in SIX:
        found = lint(with_blank("manager", name))
        assert [(one.rule, one.keys) for one in found] == [("L-CPO", ("officers", "manager", name))]


def test_the_page_shows_all_six():
    for language in Language:
        card = page(packaged_policy(), language).officers[0]
        assert set(dataclasses.asdict(card)) == set(SIX)
        assert all(dataclasses.asdict(card).values())
