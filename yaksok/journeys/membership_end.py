"""The end of a membership, whoever brings it about: one transaction after which nobody is left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.journeys import guardianship, leaving
from yaksok.journeys.leaving import Fate, Fates
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.waiting import book as waits
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind
from yaksok.privacy.disclosure import handover
from yaksok.privacy.retention import certificate, destroying, holdings, waiting
from yaksok.privacy.retention.certificate import Certificate, Gone, Kept
from yaksok.privacy.rights import cases as rights
from yaksok.privacy.vault import gate

MALL = Actor.system("leave")


@dataclass(frozen=True, slots=True)
class Held:
    """One record with what was given in it and what will become of it.

    ``waits`` for an open order; ``copied`` when a law may keep something of it, from ``began``.
    """

    record: RecordId
    kind: RecordKind
    given: frozenset[Item]
    waits: bool
    copied: bool
    began: datetime | None

    def stays(self) -> dict[Item, tuple[str, datetime | None]]:
        """The items that a law keeps, by which law and until when."""
        kept: dict[Item, tuple[str, datetime | None]] = {}
        for copy in policy().retention[self.kind].statutory if self.copied else ():
            until = copy.due(self.began) if self.began else None
            if until is None or until > clock.now():
                kept |= dict.fromkeys(copy.items & self.given, (copy.law, until))
        return kept


def records(fates: Fates) -> list[Held]:
    """Every record that ends because the membership does, with its fate."""
    found = []
    for person, fate in fates.people.items():
        given = _given(person, {**fate.now, **fate.waiting})
        for record, kind in {**fate.now, **fate.waiting}.items():
            waits = record in fate.waiting
            began = None if waits else fate.began.get(record)
            copied = waits or record in fate.began
            found.append(Held(record, kind, given.get(record, frozenset()), waits, copied, began))
    return found


def end(subject: SubjectId, *, actor: Actor, reason: str) -> Certificate:
    """Destroy all that the mall holds because ``subject`` is a member, and sign what was done.

    What a law keeps is sealed anew; what an open order needs waits for it. Belongs to the transaction
    that is open; whoever calls locks the membership first.

    Arguments:
        actor: The member, or whoever decided; the mall itself erases what the policy does not let
            the member erase with their own hand.
        reason: A closed word for the register: ``"left"``, ``"membership_lost"``.
    """
    number = certificate.new_number()
    fates = leaving.fates(subject)
    before = records(fates)
    waits.forget(subject)  # before the letters: who is told just now is told before this
    copies: list[destroying.Copy] = []
    for person, fate in fates.people.items():
        hand = actor if person == subject else MALL
        copies += _destroy(person, fate, hand, reason, number)
        waiting.hold(person, fate.waiting, owner=subject, since=clock.now())
    if guardian := guardianship.guardian_of(subject):
        guardianship.forget(guardian)
    if all(one.kind is not RecordKind.GUARDIAN for one in gate.holdings(subject)):
        holdings.erase_rows(
            subject
        )  # a guardian who has an order erased still decides for the child
    rights.close_open(subject, actor=actor)
    return certificate.issue(
        number,
        erased_at=clock.now(),
        unreadable_by=gate.unreadable_by(),
        gone=_gone(before),
        kept=[*_kept(copies), *_waiting(before)],
    )


def _destroy(
    person: SubjectId, fate: Fate, actor: Actor, reason: str, number: UUID
) -> Iterator[destroying.Copy]:
    handover.recall(person, fate.now, actor=MALL)  # whoever received it before erases it too
    hands: dict[tuple[Actor, Purpose], dict[RecordId, RecordKind]] = {}
    for record, kind in fate.now.items():
        hands.setdefault(_hand(kind, actor), {})[record] = kind
    for (who, purpose), some in hands.items():
        gone = destroying.destroy(
            person,
            some,
            actor=who,
            purpose=purpose,
            reason=reason,
            certificate=number,
            began={record: at for record, at in fate.began.items() if record in some},
        )
        yield from gone.copies


def _hand(kind: RecordKind, actor: Actor) -> tuple[Actor, Purpose]:
    """Who erases a record of ``kind``: the person by their right, else the mall."""
    rules = policy().rules
    if (actor.role, Action.ERASE, kind, Purpose.RIGHTS, None) in rules:
        return actor, Purpose.RIGHTS
    if (Role.SYSTEM, Action.ERASE, kind, Purpose.RIGHTS, None) in rules:
        return MALL, Purpose.RIGHTS
    return MALL, destroying.end_purpose(kind)


def _given(
    person: SubjectId, some: Mapping[RecordId, RecordKind]
) -> dict[RecordId, frozenset[Item]]:
    """Which items each record holds, those included that nobody may open."""
    given: dict[RecordId, frozenset[Item]] = {}
    for kind in sorted(set(some.values())):
        names = [(person, record) for record, its in some.items() if its is kind]
        for start in range(0, len(names), destroying.PAGE):
            found = gate.given(names[start : start + destroying.PAGE], kind=kind)
            given |= {name[1]: items for name, items in found.items()}
    return given


def _gone(before: Iterable[Held]) -> list[Gone]:
    """By kind: items that are erased, the password with the membership."""
    items: dict[RecordKind, set[Item]] = {}
    for one in before:
        if not one.waits:
            items.setdefault(one.kind, set()).update(one.given - one.stays().keys())
    if RecordKind.MEMBERSHIP in items:
        items[RecordKind.MEMBERSHIP].add(Item.PASSWORD)
    return [Gone(kind, tuple(sorted(some))) for kind, some in sorted(items.items()) if some]


def _kept(copies: Iterable[destroying.Copy]) -> list[Kept]:
    """What was put aside: by kind and law the items, until the last of their dates."""
    rows: dict[tuple[RecordKind, str], tuple[set[Item], datetime]] = {}
    for copy in copies:
        items, until = rows.get((copy.kind, copy.law), (set[Item](), copy.until))
        rows[copy.kind, copy.law] = (items | copy.items, max(until, copy.until))
    return [
        Kept(kind, tuple(sorted(items)), name, until)
        for (kind, name), (items, until) in sorted(rows.items())
    ]


def _waiting(before: Iterable[Held]) -> list[Kept]:
    """What waits for an open order."""
    items: dict[RecordKind, set[Item]] = {}
    for one in before:
        if one.waits:
            items.setdefault(one.kind, set()).update(one.given)
    return [Kept(kind, tuple(sorted(some)), "", None) for kind, some in sorted(items.items())]
