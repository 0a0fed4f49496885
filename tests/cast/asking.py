"""Inquiries of the cast: what somebody posts to a form of the desk, and what staff do about it."""

from yaksok.database.roles import keeper
from yaksok.journeys import answer_inquiry, inquire, phone_desk
from yaksok.journeys.inquire import Received
from yaksok.kernel.actor import Actor
from yaksok.mall.desk import book
from yaksok.mall.desk.book import Ticket, TicketId
from yaksok.mall.desk.words import Topic
from yaksok.policy.vocabulary import Language

WORDS = "택배 상자에 제 이름이 크게 적혀 있었어요. 줄여 주세요."
KOREAN = Language.KOREAN


def posted(actor: Actor, *, topic: Topic = Topic.OTHER, **fields: str) -> dict[str, str]:
    """What whoever asks posts to the form that is theirs."""
    boxes = {} if actor.subject else {"age_attested": "on"}
    told = inquire.begin(actor, KOREAN).notice.hash
    return {"body": WORDS, "notice": told, "topic": topic.value, **boxes, **fields}


def asks(
    actor: Actor | None = None,
    *,
    topic: Topic = Topic.OTHER,
    address_key: str = "198.51.100.7",
    **fields: str,
) -> Received:
    """An inquiry: of a visitor, or of a member."""
    who = actor or Actor.visitor()
    sent = posted(who, topic=topic, **fields)
    return inquire.ask(sent, who, language=KOREAN, address_key=address_key)


def note(
    actor: Actor, *, topic: Topic = Topic.OTHER, way: str = "phone", **said: str
) -> dict[str, str]:
    """What a clerk posts after a call."""
    told = phone_desk.begin(actor, KOREAN).notice.hash
    sent = {"body": WORDS, "notice": told, "topic": topic.value, "way": way, "language": "ko"}
    return {**sent, "age_attested": "on", **said}


def answers(actor: Actor, ticket: TicketId, words: str = "상자의 이름표를 줄였습니다.") -> Ticket:
    """An answer by ``actor``."""
    return answer_inquiry.answer(actor, ticket, {"answer": words}, language=KOREAN)


def ticket_of(received: Received) -> Ticket:
    """The ticket as it stands."""
    with keeper():
        return book.by_id(received.ticket)
