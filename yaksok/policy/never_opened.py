"""What no document can have opened: the resident registration number, whatever the profile.

It can be sealed and erased. Nobody reads, changes, seeks or receives it, the person included.
"""

from collections.abc import Iterator

from yaksok.policy.document import Document, DocumentError
from yaksok.policy.entries import Record
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Action, FormName, Item, Profile, RecordKind

ITEMS = frozenset({Item.RRN})
"""Items of that kind."""

ALLOWED = frozenset({Action.ERASE, Action.SEAL})
"""What a grant may do with them."""


def faults(document: Document) -> Iterator[DocumentError]:
    """Every place where ``document`` would have the number seen by somebody, or asked in earnest."""
    for kind, record in document.body.records.items():
        yield from _record(document, kind, record)
    for table, parties in (
        ("recipients", document.body.recipients),
        ("processors", document.body.processors),
    ):
        for name, party in parties.items():
            if Item.RRN in party.items:
                keys: Path = (table, name, "items")
                yield document.error(keys, "would be given rrn", "take it out: nobody receives it")


def _record(document: Document, kind: RecordKind, record: Record) -> Iterator[DocumentError]:
    here: Path = ("records", kind.value)
    for place, grant in enumerate(record.grants):
        actions = [action.value for action in grant.actions if action not in ALLOWED]
        if Item.RRN in grant.items and actions:
            fault = f"would let somebody {actions[0]} rrn"
            cure = "take rrn out: it is sealed and erased, and nothing else (PIPA 24-2)"
            yield document.error((*here, "grants", place, "items"), fault, cure)
    for copy in record.statutory:
        if Item.RRN in copy.items:
            cure = "take rrn out: making the copy would open it"
            yield document.error((*here, "statutory"), "would keep rrn", cure)
    entry = record.items.get(Item.RRN)
    if entry and FormName.CORRECT in entry.asked_on:
        cure = "ask it at sign-up or with an order: correcting would show what is held"
        keys: Path = (*here, "items", Item.RRN.value, "asked_on")
        yield document.error(keys, "would be shown to be corrected", cure)
    if entry and entry.asked_on and document.body.profile is not Profile.AS_WRITTEN:
        cure = (
            'take it out: only profile = "as_written" asks for one, and takes synthetic ones only'
        )
        keys = (*here, "items", Item.RRN.value, "asked_on")
        yield document.error(keys, f"asks for it under {document.body.profile}", cure)
