"""P2.12: more only when the person wishes; no box is ticked beforehand."""

import dataclasses

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.kernel.errors import Invalid
from yaksok.policy.document import DocumentError
from yaksok.policy.forms import Box, form, read
from yaksok.policy.vocabulary import FormName, Language


def test_sign_up_asks_nothing_optional():
    fields = form(packaged_policy(), FormName.SIGN_UP).fields
    assert fields
    assert all(field.required for field in fields)


def test_a_box_cannot_be_ticked_by_the_document():
    assert not {"ticked", "checked", "default"} & {f.name for f in dataclasses.fields(Box)}
    box = 'name = "save_address"\n'
    with pytest.raises(DocumentError, match="checked"):
        policy_of(changed((box, f"{box}checked = true\n")))


def test_a_box_that_is_not_posted_is_not_ticked():
    shown = form(packaged_policy(), FormName.CHECKOUT_MEMBER)
    with pytest.raises(Invalid) as refused:
        read(shown, {"save_address": "", "age_attested": "no"}, Language.KOREAN)
    assert "age_attested" in refused.value.problems
    assert "save_address" not in refused.value.problems
