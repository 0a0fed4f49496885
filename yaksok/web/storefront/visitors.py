"""Who is at a page of the storefront, in the words that journeys take."""

from yaksok.kernel.actor import Actor
from yaksok.web.admission import MEMBER
from yaksok.web.session import PersonRequest


def actor_of(request: PersonRequest) -> Actor:
    """A member who is logged in, or a visitor; staff shop as visitors."""
    person = request.person
    if person is not None and person.audience == MEMBER:
        return Actor.member(person.subject)
    return Actor.visitor()
