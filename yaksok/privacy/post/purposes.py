"""In which records addresses lie, and for which purpose one is opened to send a letter."""

from collections.abc import Mapping

from yaksok.policy.vocabulary import Channel, Item, Purpose, RecordKind
from yaksok.privacy.post.templates import Template

PURPOSES: dict[RecordKind, Purpose] = {
    RecordKind.INQUIRY: Purpose.COMPLAINT,
    RecordKind.GUARDIAN: Purpose.GUARDIAN_CONSENT,
    RecordKind.MARKETING_CONTACT: Purpose.ADVERTISING,
    RecordKind.MEMBERSHIP: Purpose.MEMBER_SERVICE,
    RecordKind.ORDER_PAYER: Purpose.ORDER,
}
"""Records in which an address for letters lies, and for which purpose it is opened."""

OF_RIGHTS = frozenset(
    {
        Template.ADVERTISING_RESULT,
        Template.EMAIL_PROOF,
        Template.GOODBYE,
        Template.GUARDIAN_PORTAL,
        Template.GUARDIAN_WITHDRAWN,
        Template.LEGAL_DEMAND_TOLD,
        Template.RECIPIENTS_ANSWERED,
        Template.RIGHTS_ANSWERED,
        Template.RIGHTS_EXTENDED,
        Template.RIGHTS_LINK,
        Template.RIGHTS_RECEIVED,
        Template.RIGHTS_REFUSED,
        Template.TERMS_KEPT,
        Template.TERMS_LOST,
        Template.TERMS_NOTICED,
        Template.TERMS_WARNED,
    }
)
"""Letters by which a right is used, is answered, or is made known: they reach whoever stopped all else."""

OF_THEIR_OWN: dict[Template, Purpose] = {
    Template.RESTOCKED: Purpose.RESTOCK_NOTICE,
    **dict.fromkeys(sorted(OF_RIGHTS), Purpose.RIGHTS),
}
"""Letters that serve a purpose of their own, for which address and words are opened."""

ADDRESSES: Mapping[Channel, Item] = {
    Channel.EMAIL: Item.EMAIL,
    Channel.PUSH: Item.PUSH_ENDPOINT,
    Channel.SMS: Item.PHONE,
}
"""By which item each wire reaches a person. There is no wire for the other channels."""


def purpose_of(template: Template, kind: RecordKind) -> Purpose:
    """For which purpose items of a record of ``kind`` are opened to send ``template``."""
    return OF_THEIR_OWN.get(template) or PURPOSES[kind]
