"""The notice on the board that tells of a new version: what changes, and what everybody is asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from yaksok.mall.board import cleaning
from yaksok.mall.board.cleaning import BODY_MAX
from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.impact import Impact
from yaksok.policy.vocabulary import Language

WORDS_MAX = 3_000
"""The most that the operator's own words may take of a notice; the page has them whole."""

_ASKED = Text(
    ko="아래 사항은 회원 한 분 한 분께 동의를 여쭙습니다. 동의하지 않거나 답하지 않으셔도"
    " 불이익이 없으며, 새 이용은 회원님의 정보에 미치지 않습니다.",
    en="Each member is asked about the following. Saying no, or nothing, has no"
    " disadvantage, and the new use does not touch your data.",
)
_COMPARE = Text(
    ko="바뀐 곳은 개인정보처리방침의 판 비교에서 문장별로 볼 수 있습니다.",
    en="The comparison of versions on the policy page shows each changed sentence.",
)
_MORE = Text(
    ko="- … 이 밖에 {n}가지가 더 있습니다. 판 비교에서 모두 볼 수 있습니다.",
    en="- … and {n} more; see the comparison of versions.",
)


@dataclass(frozen=True, slots=True)
class PolicyNotice:
    """What will hang on the board."""

    title: Text
    body: Text

    def faults(self) -> dict[str, Text]:
        """Why the board would not take it, by field (``body_ko`` …); empty when it would."""
        found = cleaning.faults(self.title, self.body)
        return {name: unfit.text for name, unfit in found.items()}


def notice(after: Policy, changes: Impact) -> PolicyNotice:
    """The notice of ``after``, in both languages. Never longer than the board takes."""
    return PolicyNotice(
        title=Text(
            ko=f"개인정보처리방침 변경 안내 ({after.effective} 시행)",
            en=f"Change of the privacy policy (in force from {after.effective})",
        ),
        body=Text(
            ko=_body(after, changes, Language.KOREAN),
            en=_body(after, changes, Language.ENGLISH),
        ),
    )


def _body(after: Policy, changes: Impact, language: Language) -> str:
    said = after.document.body.changes
    words = _cut(said.in_(language), WORDS_MAX) if said else ""
    asked = _ASKED.in_(language) if changes.points else ""
    closing = _COMPARE.in_(language)
    room = BODY_MAX - sum(len(part) + 2 for part in (words, asked, closing))
    listed = _listed([point.words.in_(language) for point in changes.points], room, language)
    return "\n\n".join(part for part in (words, asked, listed, closing) if part)


def _listed(points: Iterable[str], room: int, language: Language) -> str:
    """The points line by line, as many as there is room for, and how many there are beside them."""
    lines = [f"- {' '.join(point.split())}" for point in points]
    last = _MORE.in_(language)
    left = room - len(last) - 8
    shown: list[str] = []
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            break
        shown.append(line)
    if len(shown) < len(lines):
        shown.append(last.format(n=len(lines) - len(shown)))
    return "\n".join(shown)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
