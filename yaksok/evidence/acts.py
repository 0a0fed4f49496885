"""The newest acts of the log, held against the document that allows them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from yaksok.database.roles import keeper
from yaksok.evidence.counting import MOST
from yaksok.evidence.once import once
from yaksok.kernel.actor import Role
from yaksok.policy import in_force
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind
from yaksok.privacy.audit.events import Event

ACTIONS = {
    Event.VAULT_ITEMS_OPENED: Action.OPEN,
    Event.VAULT_MASKS_SHOWN: Action.OPEN,
    Event.VAULT_RECORD_AMENDED: Action.AMEND,
    Event.VAULT_RECORD_ERASED: Action.ERASE,
    Event.VAULT_RECORD_SEALED: Action.SEAL,
    Event.VAULT_VALUE_SOUGHT: Action.FIND,
}
"""What each of these events says that was done with the items."""

_NEWEST = (
    "SELECT event, actor_role, kinds, items, purpose, recipient, count(*)"
    " FROM (SELECT at, event, actor_role, kinds, items, purpose, recipient FROM audit_entry"
    "  ORDER BY id DESC LIMIT %s) AS newest"
    " WHERE event = ANY (%s) AND at >= coalesce((SELECT effective_at FROM published_version"
    "  WHERE number = %s), '-infinity') GROUP BY 1, 2, 3, 4, 5, 6"
)


@dataclass(frozen=True, slots=True)
class Acts:
    """So many acts of one sort: what was done, by whom, with which items, why, and for whom."""

    action: Action
    role: str
    kinds: frozenset[str]
    items: frozenset[str]
    purpose: str
    recipient: str
    number: int

    @property
    def allowed(self) -> bool:
        """Whether the document in force has a grant for it. What has an unknown word in it, has none."""
        try:
            role, purpose = Role(self.role), Purpose(self.purpose)
            kinds, items = map(RecordKind, self.kinds), {*map(Item, self.items)}
        except ValueError:
            return False
        rules = policy().rules
        found = [
            rules.get((role, self.action, kind, purpose, self.recipient or None)) for kind in kinds
        ]
        return bool(found) and all(rule is not None and items <= rule.items for rule in found)


def newest() -> tuple[Acts, ...]:
    """What was done with personal data: of the newest 5 000 entries, those under the version in force.

    Cost:
        One walk back along the primary key, about 5 ms, and once for all probes of a round.
    """
    return once("acts", _look)


def _look() -> tuple[Acts, ...]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute(_NEWEST, [MOST, [*ACTIONS], in_force.number()])
        found = cursor.fetchall()
    return tuple(
        Acts(
            Action.DISCLOSE if event == Event.VAULT_ITEMS_OPENED and to else ACTIONS[Event(event)],
            role,
            frozenset(kinds),
            frozenset(items),
            purpose,
            to,
            number,
        )
        for event, role, kinds, items, purpose, to, number in found
    )


def used_for(*purposes: Purpose) -> tuple[Acts, ...]:
    """The acts for one of ``purposes`` that used something: everything but the end of a record."""
    return tuple(
        one for one in newest() if one.purpose in purposes and one.action is not Action.ERASE
    )


def with_any(kinds: Collection[RecordKind]) -> tuple[Acts, ...]:
    """The acts with a record of one of ``kinds``."""
    return tuple(one for one in newest() if not one.kinds.isdisjoint(kinds))


def number(acts: Iterable[Acts]) -> int:
    """How many acts these are."""
    return sum(one.number for one in acts)
