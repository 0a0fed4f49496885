"""P2.13: a product asks its question only when it is ordered, and says why."""

import pytest

from tests.cast.policies import obeying, packaged_policy, policy_of, without_table
from yaksok.journeys.questions import asked
from yaksok.kernel.errors import Invalid, Undeclared
from yaksok.policy.entries import Text
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import FormName, Item, Language, RecordKind

ENGRAVING = Text(ko="새길 문구", en="Engraving")
WHY = Text(ko="반지 안쪽에 새겨 드려요.", en="We engrave it inside the ring.")


def test_without_the_product_the_question_is_not_there():
    shown = form(packaged_policy(), FormName.CHECKOUT_GUEST)
    assert all(field.item is not Item.EXTRA for field in shown.fields)
    with pytest.raises(Undeclared):
        read(shown, {"extra_1": "forever"}, Language.KOREAN)


def test_with_the_product_it_is_asked_with_its_reason():
    shown = form(packaged_policy(), FormName.CHECKOUT_GUEST).asking(
        "extra_1", ENGRAVING, WHY, required=True, max_length=40
    )
    field = shown.fields[-1]
    assert (field.name, field.kind, field.required) == ("extra_1", RecordKind.ORDER_EXTRA, True)
    assert field.reason[Language.KOREAN] == WHY.ko
    with pytest.raises(Invalid) as refused:
        read(shown, {}, Language.KOREAN)
    assert "extra_1" in refused.value.problems


def test_what_goods_ask_is_what_the_document_says():
    with obeying(packaged_policy()) as policy:
        entry = policy.document.body.questions["engraving"]
        (question,) = asked({"oak-box": "engraving", "stool": "", "table": "monogram"})
    assert (question.product_slug, question.label, question.reason) == (
        "oak-box",
        entry.label,
        entry.reason,
    )
    with obeying(policy_of(without_table("questions.engraving"))):
        assert asked({"oak-box": "engraving"}) == ()


def test_a_document_without_the_item_lets_no_product_ask():
    policy = policy_of(without_table("records.order_extra.items.extra"))
    with pytest.raises(Undeclared):
        form(policy, FormName.CHECKOUT_GUEST).asking(
            "extra_1", ENGRAVING, WHY, required=False, max_length=40
        )
