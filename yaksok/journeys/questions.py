"""What goods ask besides (P2.13): a product names a question, and the policy in force has its words."""

from collections.abc import Mapping
from dataclasses import dataclass

from yaksok.database.roles import shop
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, RecordKind


@dataclass(frozen=True, slots=True)
class Question:
    """What the buyer of one product is asked, and why. ``max_length`` is in characters."""

    product_slug: str
    name: str
    label: Text
    reason: Text
    required: bool
    max_length: int


def asked(names: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that products ask, in the order of ``names``.

    A product whose question the policy in force does not declare (any more) asks nothing, and so
    does every product when the policy has no place for an answer.

    Arguments:
        names: Question by product, slug to name; an empty name is no question.
    """
    body = policy().document.body
    record = body.records.get(RecordKind.ORDER_EXTRA)
    if record is None or Item.EXTRA not in record.items:
        return ()
    return tuple(
        Question(slug, name, one.label, one.reason, one.required, one.max_length)
        for slug, name in names.items()
        if (one := body.questions.get(name)) is not None
    )


def declared() -> frozenset[str]:
    """The names of every question that goods may ask under the policy in force."""
    with shop():  # asks first which version of the policy that is
        return frozenset(policy().document.body.questions)
