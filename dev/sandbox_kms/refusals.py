"""How the service says no: an error's name, which clients turn into their own exceptions."""

from enum import StrEnum
from http import HTTPStatus

from dev.serving.exchange import Declined


class Refusal(StrEnum):
    """The errors that this sandbox knows, as the service names them."""

    ALREADY_EXISTS = "AlreadyExistsException"
    DISABLED = "DisabledException"
    INCOMPLETE_SIGNATURE = "IncompleteSignature"
    INCORRECT_KEY = "IncorrectKeyException"
    INVALID_ALIAS_NAME = "InvalidAliasNameException"
    INVALID_CIPHERTEXT = "InvalidCiphertextException"
    INVALID_SIGNATURE = "InvalidSignatureException"
    KMS_INVALID_STATE = "KMSInvalidStateException"
    NOT_FOUND = "NotFoundException"
    UNKNOWN_OPERATION = "UnknownOperationException"
    UNRECOGNIZED_CLIENT = "UnrecognizedClientException"
    UNSUPPORTED_OPERATION = "UnsupportedOperationException"
    VALIDATION = "ValidationException"


def refused(name: Refusal) -> Declined:
    """The error called ``name``, to be raised."""
    return Declined(HTTPStatus.BAD_REQUEST, name, name)
