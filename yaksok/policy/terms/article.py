"""What an article of the terms is made of."""

from dataclasses import dataclass

from yaksok.policy.entries import Text

P = Text
"""One paragraph in both languages. It may name parameters of the document in braces; cases stand on
lines of their own."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``number`` never changes: article 7 and article 15(3) are named by the policy."""

    number: int
    title: Text
    paragraphs: tuple[Text, ...]
