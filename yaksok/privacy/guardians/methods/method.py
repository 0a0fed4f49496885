"""The seven ways that the law knows. There is no eighth."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Method(StrEnum):
    """How it was made sure that the guardian agreed (Decree of the PIPA, article 17-2(1))."""

    CALL_BACK = "call_back"
    """No. 6: by an address to read, and then by phone."""
    CARD = "card"
    """No. 2: a tick on the site, and the guardian's card data."""
    EMAIL_REPLY = "email_reply"
    """No. 5: an e-mail, and a reply that agrees."""
    EQUIVALENT = "equivalent"
    """No. 7: another way that is as sure; here an electronic certificate of the guardian's."""
    PHONE_IDENTITY = "phone_identity"
    """No. 3: a tick on the site, and identification by the guardian's own phone."""
    SIGNED = "signed"
    """No. 4: a signed paper, handed over, by post or by fax."""
    SMS = "sms"
    """No. 1: a tick on the site, and a text message to the guardian that it was confirmed."""


LAW: Mapping[Method, str] = MappingProxyType(
    {
        Method.CALL_BACK: "phone",
        Method.CARD: "site_and_card",
        Method.EMAIL_REPLY: "mail_reply",
        Method.EQUIVALENT: "equivalent",
        Method.PHONE_IDENTITY: "site_and_identity",
        Method.SIGNED: "paper",
        Method.SMS: "site_and_message",
    }
)
"""The entry of the law table beside each."""
