"""P3.9: after leaving, no role opens, finds, changes or hands over anything, for any purpose.

What a law keeps was not destroyed: it lies apart, and the officer's legal screen alone reaches it
(P3.10).
"""

import itertools
from contextlib import suppress

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import leave, my_page
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import NotFound, Refused, Shredded
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


KINDS = (
    RecordKind.MEMBERSHIP,
    RecordKind.ORDER_PAYER,
    RecordKind.ORDER_RECIPIENT,
    RecordKind.STATUTORY,
)
"""All that the mall ever held of the two persons below, and what a law keeps of it."""

ON_THE_LEGAL_SCREEN = {(RecordKind.STATUTORY, Purpose.STATUTORY_RECORD, Role.OFFICER)}
"""The one way to what a law keeps; ``journeys.legal_screen`` alone goes it, with a second person."""


def ways(subject: SubjectId) -> set[tuple[RecordKind, Purpose, Role]]:
    """How anybody at all may open something of ``subject``."""
    found = set()
    for kind, purpose, role in itertools.product(KINDS, Purpose, Role):
        recipient = "courier" if purpose is Purpose.DELIVERY and role is Role.SYSTEM else None
        items = [Item.EMAIL] if kind is RecordKind.MEMBERSHIP else [Item.NAME]
        with suppress(Refused, Shredded, NotFound), keeper():
            gate.open_items(
                subject,
                items,
                kind=kind,
                purpose=purpose,
                actor=Actor(role, subject, trained=True, job="any"),
                recipient=recipient,
            )
            found.add((kind, purpose, role))
    return found


def test_no_way_is_left_to_anything_of_the_person(standing_clock: FixedClock) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    assert len(ways(member.subject)) > 5, "before, the people of the mall have their ways"
    assert (RecordKind.ORDER_RECIPIENT, Purpose.DELIVERY, Role.SYSTEM) in ways(order.recipient)
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    assert ways(member.subject) == ON_THE_LEGAL_SCREEN
    assert ways(order.recipient) == ON_THE_LEGAL_SCREEN


def test_nobody_finds_or_changes_the_person() -> None:
    member = people.member()
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    with keeper():
        for item, value in (
            (Item.LOGIN_ID, member.person.login_id),
            (Item.EMAIL, member.person.email),
        ):
            assert (
                gate.find(
                    RecordKind.MEMBERSHIP,
                    item,
                    value,
                    purpose=Purpose.MEMBER_SERVICE,
                    actor=Actor.visitor(),
                )
                is None
            )
    with pytest.raises((Refused, Shredded)), keeper():
        gate.amend(
            member.subject,
            RecordKind.MEMBERSHIP,
            {Item.EMAIL: "new.address@mail.example"},
            purpose=Purpose.RIGHTS,
            actor=member.actor,
        )
    page = my_page.view(member.actor, stepped_up=True, language=Language.KOREAN)
    assert page.records == ()
    assert page.trail == ()
