"""Plan the handovers of a running programme: for one person who agrees, or for all who did before."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import RecordId, SubjectId, new_id
from yaksok.policy.facts import DISCLOSE, disclosure_to
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure import handover, programmes
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.noting import note
from yaksok.privacy.disclosure.register import Message, State, entry_of
from yaksok.privacy.vault import gate

REFERENCE_BYTES = 16
"""A partner knows a person by so many random bytes; no two partners by the same."""
SPREADER = Actor.system("programme")


@dataclass(frozen=True, slots=True)
class Share:
    """What a recipient is given of one kind of record, and for which purpose."""

    kind: RecordKind
    purpose: Purpose
    items: frozenset[Item]


def shares(recipient: str) -> tuple[Share, ...]:
    """What the policy in force lets the mall itself hand to ``recipient``, by kind of record."""
    return tuple(
        Share(kind, purpose, rule.items)
        for (role, action, kind, purpose, to), rule in policy().rules.items()
        if role is Role.SYSTEM and action is Action.DISCLOSE and to == recipient
    )


def plan_one(subject: SubjectId, recipient: str) -> int:
    """Plan what ``recipient`` is given of somebody who just agreed; how many handovers that is.

    Belongs to the transaction in which they agree. Nothing is planned while no programme runs, and
    nothing twice.

    Refuses:
        Refused: the policy says no, such as of a child (P9.6).
    """
    name = programmes.of_recipient(policy().document.body, recipient)
    if name is None or not programmes.runs(name):
        return 0
    held = {one.kind: one.record for one in gate.holdings(subject)}
    planned = 0
    for share in shares(recipient):
        if share.kind not in held or _live(subject, recipient, share.kind):
            continue
        record = held[share.kind]
        items = share.items & gate.given([(subject, record)], kind=share.kind)[subject, record]
        if not items:
            continue
        handover.plan(
            subject,
            record,
            secrets.token_urlsafe(REFERENCE_BYTES),
            kind=share.kind,
            purpose=share.purpose,
            actor=SPREADER,
            items=items,
            recipient=recipient,
        )
        planned += 1
    return planned


def plan_all(name: str, limit: int) -> int:
    """Plan what the programme ``name`` gives of those who agreed before it was started; how many.

    Whoever was tried before this start and given up is tried again under the same reference. Nothing
    is opened, and each is decided again when it is sent. Call it until it returns less than ``limit``,
    which is at most 200.

    Records:
        Event.DISCLOSURE_HANDOVER_PLANNED for each.
    """
    programme, _ = programmes.named(name)
    last = programmes.last_of(name)
    if last is None or not programmes.runs(name):
        return 0
    recipient, at = programme.recipient, clock.now()
    again = Handover.objects.filter(
        recipient=recipient,
        message=Message.HANDOVER,
        state=State.GIVEN_UP,
        recalled_at=None,
        planned_at__lt=last.at,
    )
    done = again.update(
        state=State.PLANNED, reason="", attempts=0, planned_at=at, next_try=at, leased_until=None
    )
    for share in shares(recipient):
        names = _agreed(recipient, share.kind, limit)
        for (subject, record), given in gate.given(names, kind=share.kind).items():
            _write(subject, record, recipient, share, share.items & given)
            done += 1
    return done


def agreed_count(recipient: str) -> int:
    """How many agreed that ``recipient`` is given something, and refused nothing of it."""
    name = disclosure_to(recipient)
    found = rows(
        "SELECT count(*) FROM consent_standing"
        " WHERE %s = ANY (consents) AND NOT refusals && %s::text[]",
        [name, [DISCLOSE, name]],
    )
    return int(found[0][0])


def _live(subject: SubjectId, recipient: str, kind: RecordKind) -> bool:
    """Whether a handover stands already. One that was given up is made ready to be tried again."""
    rows_ = Handover.objects.filter(
        Q(recalled_at=None),
        subject_id=subject,
        recipient=recipient,
        kind=kind,
        message=Message.HANDOVER,
    )
    rows_.filter(state=State.GIVEN_UP).update(
        state=State.PLANNED, reason="", attempts=0, next_try=clock.now(), leased_until=None
    )
    return rows_.exists()


def _agreed(recipient: str, kind: RecordKind, limit: int) -> list[tuple[SubjectId, RecordId]]:
    """Adults who agreed and did not refuse, of whom nothing was planned yet, with their record."""
    name = disclosure_to(recipient)
    found = rows(
        "SELECT member.subject_id, member.record_id"  # noqa: S608 - constants of the code
        f" FROM ({gate.newest_records(kind)}) AS member (subject_id, record_id)"
        " JOIN consent_standing AS standing ON standing.subject_id = member.subject_id"
        " WHERE standing.age = %s AND %s = ANY (standing.consents)"
        " AND NOT standing.refusals && %s::text[]"
        " AND NOT EXISTS (SELECT 1 FROM disclosure_handover AS done"
        " WHERE done.subject_id = member.subject_id AND done.recipient = %s AND done.kind = %s"
        " AND done.message = 'handover' AND done.recalled_at IS NULL)"
        " LIMIT %s",
        [AgeClass.ADULT.value, name, [DISCLOSE, name], recipient, kind.value, limit],
    )
    return [(SubjectId(subject), RecordId(record)) for subject, record in found]


def _write(
    subject: SubjectId, record: RecordId, recipient: str, share: Share, items: frozenset[Item]
) -> UUID:
    at = clock.now()
    row = Handover.objects.create(
        subject_id=subject,
        id=new_id(),
        recipient=recipient,
        message=Message.HANDOVER,
        kind=share.kind,
        record_id=record,
        items=sorted(items),
        purpose=share.purpose,
        promise="P4.3",
        reference=secrets.token_urlsafe(REFERENCE_BYTES),
        state=State.PLANNED,
        planned_at=at,
        next_try=at,
    )
    note(Event.DISCLOSURE_HANDOVER_PLANNED, entry_of(row), SPREADER, gate.trail_of(subject))
    return row.id
