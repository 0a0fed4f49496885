"""Write into the log what happens to a handover: names of items, the recipient, never a value."""

from uuid import UUID

from yaksok.kernel.actor import Actor
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure.register import Entry


def note(event: Event, entry: Entry, actor: Actor, trail: UUID | None, reason: str = "") -> None:
    """One entry about ``entry``, under the person's trail as long as there is one."""
    log.record(
        event,
        actor=actor,
        trail=trail,
        kinds=[entry.kind],
        items=entry.items,
        purpose=entry.purpose,
        promise=entry.promise,
        recipient=entry.recipient,
        reason=reason or entry.message,
    )
