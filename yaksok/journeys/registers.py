"""Which registers prove their claim now, for the page and for the linter. What is unknown proves nothing."""

from datetime import timedelta

from yaksok.database.roles import keeper
from yaksok.journeys import roster
from yaksok.kernel import clock
from yaksok.kernel.actor import Role
from yaksok.mall.desk import book
from yaksok.policy.in_force import policy
from yaksok.policy.lints.finding import Registers
from yaksok.policy.vocabulary import Register
from yaksok.privacy.staff import access, register
from yaksok.privacy.staff.duty import Duty

FREE = "080"
"""What a number begins with that costs the caller nothing."""

LATELY = timedelta(days=365)
"""An answer that is older proves nothing about today."""

ANSWERING = frozenset({Role.CLERK, Role.OFFICER})


def proven() -> frozenset[Register]:
    """The registers that prove their claim at this moment.

    ``roster``: the number is free of charge, and in every hour of the past and the coming week
    somebody is on duty at it. ``tickets``: somebody trained may answer, nobody waits longer than they
    were told, and at least one inquiry was answered in the past year.
    """
    proofs = {Register.ROSTER: _phone_is_staffed, Register.TICKETS: _desk_is_kept}
    return frozenset(name for name, proves in proofs.items() if proves())


def known() -> Registers:
    """What the linter may hold a document against."""
    return Registers(roster_gap=not roster.standing(Duty.PHONE).whole)


def _phone_is_staffed() -> bool:
    with keeper():
        number = policy().document.body.mall.complaints_phone
    return number.strip().startswith(FREE) and roster.standing(Duty.PHONE).whole


def _desk_is_kept() -> bool:
    now = clock.now()
    with keeper():
        figures = book.figures(now, now - LATELY)
        if figures.overdue or not figures.answered:
            return False
        able = (
            one.subject
            for one in register.everybody()
            if ANSWERING & {*access.roles_of(one.subject)}
        )
        return any(access.is_trained(subject) for subject in able)
