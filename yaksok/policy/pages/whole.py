"""Everything that is published of one policy, rendered and ready to be kept for good."""

from collections.abc import Callable
from typing import Literal

from yaksok.policy import text
from yaksok.policy.children import children
from yaksok.policy.compile import Policy
from yaksok.policy.pages.shapes import AnyPage
from yaksok.policy.pages.stored import to_json
from yaksok.policy.terms.page import terms
from yaksok.policy.vocabulary import Language

Which = Literal["policy", "children", "terms"]
"""The pages that a version consists of."""

MAKERS: dict[Which, Callable[[Policy, Language], AnyPage]] = {
    "policy": text.page,
    "children": children,
    "terms": terms,
}
"""What makes each of them."""


def pages(policy: Policy) -> dict[tuple[str, Language], str]:
    """Every page of ``policy`` in every language, as JSON, by name and language."""
    return {
        (name, language): to_json(make(policy, language))
        for name, make in MAKERS.items()
        for language in Language
    }
