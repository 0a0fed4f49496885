"""Whose work something is at the console: a role, somebody known, and training that is current."""

from collections.abc import Container

from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import SubjectId


def trained(actor: Actor, roles: Container[Role], what: str) -> SubjectId:
    """Who of the staff acts, when it is the work of their role and their training is current.

    Arguments:
        what: The work as an infinitive, for the error: ``"answer an inquiry"``.

    Refuses:
        Refused: it is another role's work (P7.13), or the training is over (P7.14).
    """
    if actor.role not in roles or actor.subject is None:
        msg = f"refused to {what} as {actor.role}: it is not their work"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")
    must_be_trained(actor, what)
    return actor.subject


def must_be_trained(actor: Actor, what: str) -> None:
    """Nothing, when the training of ``actor`` is current. Refuses like :func:`trained`."""
    if not actor.trained:
        msg = f"refused to {what}: the actor has no current training"
        raise Refused(msg, promise="P7.14", advice="take the training")
