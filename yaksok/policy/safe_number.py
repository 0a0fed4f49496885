"""Checks what a document says of safe numbers: a provider, its one item, and for how long."""

from collections.abc import Iterator

from yaksok.policy.document import Document, DocumentError
from yaksok.policy.places import Path
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Item, NoConsentCase, RecordKind

PROVIDER = "safe_number"
"""The provider's name among the recipients, and that of the box by which somebody wishes for a number."""

DAYS = range(7, 366)
"""For how many days a number can be lent: no parcel takes longer, and none less than a week is of use."""


def faults(document: Document) -> Iterator[DocumentError]:
    """A wish that nobody could fulfil, a provider who gets more than a telephone, no end."""
    body = document.body
    terms = body.safe_number
    if terms is None:
        for form, entry in body.forms.items():
            for place, box in enumerate(entry.boxes):
                if box.name == PROVIDER:
                    keys: Path = ("forms", form.value, "boxes", place, "name")
                    cure = "add [safe_number] and its provider, or take the box out"
                    yield document.error(keys, "offers what nobody provides", cure)
        return
    provider = body.recipients.get(PROVIDER)
    if provider is None:
        fault = f"{PROVIDER} is not declared"
        yield document.error((PROVIDER,), fault, f"add [recipients.{PROVIDER}]")
    elif provider.items != (Item.PHONE,) or (
        provider.without_consent is not NoConsentCase.DELIVERY or not provider.entrusted
    ):
        cure = 'write items = ["phone"], without_consent = "delivery" and entrusted = true'
        yield document.error(("recipients", PROVIDER), "is no provider of safe numbers", cure)
    recipient = body.records.get(RecordKind.ORDER_RECIPIENT)
    if recipient is not None and Item.SAFE_NUMBER not in recipient.items:
        cure = f"add [records.order_recipient.items.{Item.SAFE_NUMBER}]"
        yield document.error((PROVIDER,), "has no item to be kept in", cure)
    if terms.days not in DAYS:
        cure = f"write {DAYS[0]} to {DAYS[-1]} days"
        yield document.error((PROVIDER, "days"), f"is {terms.days}", cure)
    try:
        Period.parse(terms.after_delivery)
    except ValueError as error:
        keys = (PROVIDER, "after_delivery")
        yield document.error(keys, str(error), "write a calendar period")
