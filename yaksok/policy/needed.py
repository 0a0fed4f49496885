"""Items without which the mall cannot do what the record is for. All others can leave the document."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from yaksok.policy.document import Document, DocumentError
from yaksok.policy.vocabulary import Item, RecordKind

NEEDED: Mapping[RecordKind, Mapping[Item, str]] = MappingProxyType(
    {
        RecordKind.INQUIRY: {
            Item.BODY: "it is what somebody asks (P10.1)",
            Item.ANSWER: "the asker reads it there (P10.3)",
        },
        RecordKind.CHILDHOOD: {
            Item.BIRTH_MONTH: "the guardian's say ends by it",
        },
        RecordKind.GUARDIAN: {
            Item.NAME: "whoever answers must be the one who was named (P9.2)",
            Item.GUARDIAN_EVIDENCE: "the consent must be shown to be the guardian's",
        },
        RecordKind.MEMBERSHIP: {
            Item.LOGIN_ID: "a member logs in by it",
            Item.PASSWORD: "a member logs in by it",
            Item.AGE_CLASS: "who is under age is met otherwise (P9.2)",
        },
        RecordKind.ORDER_PAYER: {
            Item.PASSWORD: "a guest sees the order by it (P5.6)",
        },
        RecordKind.ORDER_RECIPIENT: {
            Item.NAME: "the courier finds the recipient by it (P4.13)",
            Item.ADDRESS: "the goods go there (P4.13)",
            Item.PHONE: "the courier calls it (P4.13)",
        },
        RecordKind.STAFF_ACCOUNT: {
            Item.LOGIN_ID: "staff log in by it",
            Item.PASSWORD: "staff log in by it",
            Item.TOTP_SECRET: "staff log in by it",
        },
    }
)
"""For each record kind the items that it cannot be without, and why."""


def faults(document: Document) -> Iterator[DocumentError]:
    """Every item that a declared record of ``document`` lacks and needs."""
    for kind, record in document.body.records.items():
        for item, why in NEEDED.get(kind, {}).items():
            if item not in record.items:
                cure = f"add [records.{kind}.items.{item}]: {why}"
                yield document.error(("records", kind.value, "items"), f"has no {item}", cure)
