"""P2.3: whatever is optional may stay blank."""

from tests.cast.policies import ORDER_OF_A_GUEST as GUEST
from tests.cast.policies import packaged_policy
from yaksok.policy.entries import Text
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import FormName, Language

BLANK = Text(ko="각인", en="engraving")


def test_an_optional_question_may_stay_blank():
    asked = form(packaged_policy(), FormName.CHECKOUT_GUEST).asking(
        "extra_1", BLANK, BLANK, required=False, max_length=40
    )
    taken = read(asked, {**GUEST, "extra_1": ""}, Language.KOREAN)
    assert taken == {**GUEST, "age_attested": "yes"}


def test_every_optional_item_of_the_correction_form_may_be_taken_away():
    shown = form(packaged_policy(), FormName.CORRECT)
    optional = {field.name: "" for field in shown.fields if not field.required}
    assert optional
    assert read(shown, optional, Language.KOREAN) == optional


def test_optional_boxes_may_stay_unticked():
    shown = form(packaged_policy(), FormName.CHECKOUT_MEMBER)
    taken = read(shown, {k: v for k, v in GUEST.items() if k != "lookup_secret"}, Language.KOREAN)
    assert {box.name for box in shown.boxes if not box.required}.isdisjoint(taken)
