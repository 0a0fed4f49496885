"""Ask again, every two years to the day, whether advertising is still wanted. Silence pauses it.

The question leaves thirty days before the consent lapses. From the day on which it lapses the gate
knows that it did, whether a job ran or not; nothing is deleted, and a yes sets it going again. Nobody
is asked twice for one period, and saying no is one click without a log-in.
"""

from datetime import timedelta

from yaksok.journeys import ad_letters
from yaksok.journeys.ad_letters import Round
from yaksok.journeys.rounds import Told
from yaksok.journeys.speaking import day
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.policy.vocabulary import Language
from yaksok.privacy.consent import reminding
from yaksok.privacy.consent.reminding import Due
from yaksok.privacy.post.letters import Template

MALL = Actor.system("reconfirm")
ASK_BEFORE = timedelta(days=30)
PATH = "/my/advertising"


def ask() -> Told:
    """Note the letters that ask. A job; safe at any time."""
    return ad_letters.send(Round(Template.ADVERTISING_AGAIN, _due, reminding.asked, _words), MALL)


def _due(limit: int) -> list[Due]:
    return reminding.lapsing(clock.now() + ASK_BEFORE, limit)


def _words(due: Due, language: Language) -> dict[str, str]:
    return {
        "what": ad_letters.text_of(due.name, language),
        "day": day(due.since, language),
        "until": day(due.lapses_at or due.since, language),
        "consent": due.name,
        "path": PATH,
    }
