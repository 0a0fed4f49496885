"""P9.2: without a guardian the mall takes no data of a child."""

import pytest

from tests.cast.policies import CHILD, NOT_KNOWN, packaged_policy, permitted
from yaksok.kernel.errors import Invalid
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import Action, FormName, Item, Language, RecordKind

NOT_COLLECTED_FROM_A_PERSON = {RecordKind.STAFF_ACCOUNT, RecordKind.STATUTORY}


def test_nothing_of_a_child_or_of_somebody_of_unknown_age_is_sealed():
    for facts in (CHILD, NOT_KNOWN):
        sealed = {
            request.kind
            for request in permitted(packaged_policy(), facts)
            if request.action is Action.SEAL
        }
        assert sealed == NOT_COLLECTED_FROM_A_PERSON


def test_no_form_that_collects_goes_through_without_the_age():
    for name in (FormName.SIGN_UP, FormName.CHECKOUT_GUEST, FormName.CHECKOUT_MEMBER):
        shown = form(packaged_policy(), name)
        box = next(box for box in shown.boxes if box.attests is Item.AGE_CLASS)
        assert box.required
        with pytest.raises(Invalid) as refused:
            read(shown, {}, Language.KOREAN)
        assert box.name in refused.value.problems
