"""Where else to turn: the sentence that goes with every answer and every refusal (P11.5)."""

from yaksok.policy.entries import Body, Text
from yaksok.policy.law.tables import tables
from yaksok.policy.vocabulary import Language


def elsewhere(body: Body, language: Language) -> str:
    """The office outside the mall that a dissatisfied person can turn to, by name and number.

    The first one that the document names, or who does its work today; in Europe the authority.
    """
    if body.european is not None:
        authority, url = body.european.authority.in_(language), body.european.authority_url
        return _SENTENCE.in_(language).format(office=f"{authority} ({url})")
    known = tables().remedy
    named = next((known[name] for name in body.remedies), known["report_centre"])
    office = known.get(named.successor or "", named)
    called = f"{office.name.in_(language)} ({office.phone})"
    return _SENTENCE.in_(language).format(office=called)


_SENTENCE = Text(
    ko="답이나 처리가 만족스럽지 않으면 이곳에 도움을 청할 수 있어요: {office}",
    en="If you are not satisfied with an answer, you can turn to: {office}",
)
