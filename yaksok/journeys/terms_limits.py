"""What a limited membership cannot do while a case about it is open (terms, article 7; P3.4)."""

from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.privacy.retention import cases


def is_open(actor: Actor) -> bool:
    """Whether a case about the membership of who asks is not closed; then the membership is limited."""
    if actor.role is not Role.MEMBER or actor.subject is None:
        return False
    with keeper():
        return any(one.is_open for one in cases.of(actor.subject))


def must_not_be_limited(actor: Actor) -> None:
    """Nothing, unless the membership is limited under article 7 of the terms.

    Refuses:
        Refused: it is; orders can be placed without an account, or when it is put right.
    """
    if is_open(actor):
        msg = "refused to place an order: the membership is limited (terms, article 7)"
        raise Refused(msg, promise="P3.4", advice="ask the privacy officer")
