"""Write to each member, once, about a version of the policy that asks them something (P1.8).

The letter says what changes and from when, and that saying no, or nothing, has no disadvantage. It
leaves at once after the version is published; nothing new touches anybody before it takes effect.
"""

from collections.abc import Iterable
from datetime import timedelta

from yaksok.database.roles import keeper, retrying
from yaksok.journeys.rounds import Told, until_nobody
from yaksok.journeys.speaking import day
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import campaigns, telling
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import Template
from yaksok.privacy.published import obeying, register
from yaksok.privacy.vault import gate

MALL = Actor.system("campaign_letters")
KIND, PURPOSE, ITEMS = RecordKind.MEMBERSHIP, Purpose.MEMBER_SERVICE, frozenset({Item.EMAIL})
AT_ONCE = 200
"""Members of one transaction."""

AGAIN = timedelta(days=1)
"""After that a member is looked at again whom the policy did not permit to be written to."""


def tell() -> Told:
    """Note the letters that are due. A job; safe at any time, by several workers at once.

    That a member is told is written down in the transaction that notes their letter, so each is
    written to once whatever is cut off. Guests are not asked, and who left has no row any more.

    Records:
        Event.VAULT_ACCESS_REFUSED with the number of those passed over, for each promise.

    Cost:
        Some seven statements for 200 members; memory holds one batch.
    """
    return until_nobody(_some)


@retrying
def _some() -> Told | None:
    """One batch; None when nobody is left to be told."""
    with keeper():
        pairs = telling.due(AT_ONCE)
        if not pairs:
            return None
        subjects = {subject for subject, _ in pairs}
        found = gate.sift(subjects, ITEMS, kind=KIND, purpose=PURPOSE, actor=MALL)
        told = telling.told([pair for pair in pairs if pair[0] in found.permitted])
        spoken = telling.languages({subject for subject, _ in told})
        letters = _letters(told)
        outbox.note_all(
            [
                outbox.Note(
                    subject,
                    Template.POLICY_CHANGE,
                    KIND,
                    found.permitted[subject],
                    language := spoken.get(subject, Language.KOREAN),
                    letters[number, language],
                )
                for subject, number in told
            ]
        )
        others = [pair for pair in pairs if pair[0] not in found.permitted]
        telling.postpone(others, clock.now() + AGAIN)
        return Told(len(told), len(others))


def _letters(told: Iterable[telling.Pair]) -> dict[tuple[int, Language], dict[str, str]]:
    """What the letters about each version say, in every language."""
    return {
        (number, language): _words(number, language)
        for number in {number for _, number in told}
        for language in Language
    }


def _words(number: int, language: Language) -> dict[str, str]:
    from yaksok.policy.impact import question  # of no use to the worker while nothing changes

    policy, version = obeying.compiled(number), register.version(number)
    at = version.effective_at if version else clock.now()
    said = policy.document.body.changes
    points = sorted({question(policy, p).in_(language) for p in campaigns.points(number)})
    listed = "\n".join(f"- {point}" for point in points)
    return {
        "what": f"{said.in_(language)}\n\n{listed}" if said else listed,
        "day": day(at, language),
        "path": f"/my/changes/{number}",
    }
