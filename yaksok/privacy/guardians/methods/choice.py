"""Every way behind the one port, and which of them a guardian is offered."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.privacy.guardians.methods import wire
from yaksok.privacy.guardians.methods.by_letter import ByLetter
from yaksok.privacy.guardians.methods.by_provider import ByCard, Identified
from yaksok.privacy.guardians.methods.by_staff import CallBack, Signed
from yaksok.privacy.guardians.methods.method import Method
from yaksok.privacy.guardians.methods.port import Verifier

VERIFIERS: Mapping[Method, Verifier] = MappingProxyType(
    {
        Method.EMAIL_REPLY: ByLetter(Method.EMAIL_REPLY),
        Method.SMS: ByLetter(Method.SMS),
        Method.PHONE_IDENTITY: Identified(Method.PHONE_IDENTITY),
        Method.CARD: ByCard(),
        Method.EQUIVALENT: Identified(Method.EQUIVALENT),
        Method.SIGNED: Signed(),
        Method.CALL_BACK: CallBack(),
    }
)
"""In the order in which they are offered."""

AT_A_PROVIDER = frozenset({Method.CARD, Method.EQUIVALENT, Method.PHONE_IDENTITY})
BY_STAFF = frozenset({Method.CALL_BACK, Method.SIGNED})


def offered(*, email: bool, phone: bool) -> tuple[Method, ...]:
    """The ways for a guardian who was reached by e-mail or by phone, as this mall can do them."""
    possible = {
        Method.EMAIL_REPLY: email,
        Method.SMS: phone and not email,
        Method.PHONE_IDENTITY: wire.is_set(),
        Method.CARD: wire.is_set(),
        Method.EQUIVALENT: wire.is_set(),
        Method.SIGNED: True,
        Method.CALL_BACK: phone,
    }
    return tuple(method for method in VERIFIERS if possible[method])
