"""Where nobody is asked, the document may say no more than what nobody is asked about.

A person's rights, the log-in of staff, a law's copy and the two cases of P4.10 need no consent, and no
change of them is put to anybody. So a grant that leans on one of them is held to what it is: else a
new use could be written as one of them, and reach everybody without a question (P1.8, P4.10).
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from yaksok.kernel.actor import Role
from yaksok.policy.document import Document, DocumentError
from yaksok.policy.entries import Grant, Record
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Action, Item, NoConsentCase, Purpose, RecordKind

SERVES: Mapping[NoConsentCase, tuple[RecordKind | None, Purpose]] = MappingProxyType(
    {
        NoConsentCase.DELIVERY: (RecordKind.ORDER_RECIPIENT, Purpose.DELIVERY),
        NoConsentCase.STATISTICS: (None, Purpose.STATISTICS),
    }
)
"""Of which record, and for which purpose, somebody receives items without consent."""


TOLD_BY = frozenset({Item.ANSWER, Item.EMAIL, Item.PHONE})
"""What is opened to write to a person who uses a right: what it says, and the address of either wire."""

KNOWN_BY = frozenset({Item.NAME, Item.PHONE})
"""What somebody says who uses a right from outside, and what it is compared with; it is shown to nobody.

Neither may end when a person has the use of their data stopped: then they could not see, correct or
delete it any more, nor have the use go on again (PIPA 37, GDPR 18)."""


def faults(document: Document) -> Iterator[DocumentError]:
    """Every grant that would use by such a name what the name does not mean."""
    for kind, record in document.body.records.items():
        for place, grant in enumerate(record.grants):
            here: Path = ("records", kind.value, "grants", place)
            if grant.recipient is not None:
                yield from _given_away(document, here, kind, grant)
            elif set(grant.actions) != {Action.ERASE}:
                yield from _used(document, here, kind, record, grant)


def _given_away(
    document: Document, here: Path, kind: RecordKind, grant: Grant
) -> Iterator[DocumentError]:
    third = document.body.recipients.get(grant.recipient or "")
    if third is None or third.without_consent is None:
        return
    where, why = SERVES[third.without_consent]
    if set(grant.purposes) - {why} or kind is not (where or kind):
        what = f"{where} for {why}" if where else f"items for {why}"
        fault = f"gives {kind} for {', '.join(grant.purposes)} without consent"
        cure = f"give {what} only, or take without_consent from the recipient (P4.10)"
        yield document.error((*here, "recipient"), fault, cure)


def _used(
    document: Document, here: Path, kind: RecordKind, record: Record, grant: Grant
) -> Iterator[DocumentError]:
    keys: Path = (*here, "purposes")
    own = grant.own or grant.ward or kind is RecordKind.RIGHTS_CASE or _answers(grant)
    if Purpose.RIGHTS in grant.purposes and not own:
        cure = "write own = true (of a guardian ward = true), or name the purpose that it serves"
        yield document.error(keys, "has somebody else use a person's rights", cure)
    if Purpose.STAFF_AUTHENTICATION in grant.purposes and kind is not RecordKind.STAFF_ACCOUNT:
        cure = "take it out: it is what staff log in by, and nothing else"
        yield document.error(keys, f"has {kind} used for {Purpose.STAFF_AUTHENTICATION}", cure)
    if Purpose.LEGAL_DEMAND in grant.purposes and kind is not RecordKind.LEGAL_DEMAND:
        cure = "write what a demand reaches into [legal_demands] reach"
        yield document.error(keys, f"has {kind} used for {Purpose.LEGAL_DEMAND}", cure)
    if Purpose.STATUTORY_RECORD in grant.purposes and kind is not RecordKind.STATUTORY:
        kept = {item for copy in record.statutory for item in copy.items}
        making = set(grant.roles) == {Role.SYSTEM} and set(grant.actions) == {Action.OPEN}
        if not making or set(grant.items) - kept:
            cure = "let the system alone open what its statutory copies name, to make them"
            yield document.error(keys, "opens more than a law's copy needs", cure)


def _answers(grant: Grant) -> bool:
    """Whether by this grant the mall can do no more than know the person again, and write to them."""
    opening = set(grant.roles) == {Role.SYSTEM} and set(grant.actions) == {Action.OPEN}
    return opening and set(grant.items) <= TOLD_BY | KNOWN_BY
