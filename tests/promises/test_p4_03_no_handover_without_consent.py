"""P4.3: a company receives data of those who agreed, and of nobody else."""

from tests.cast.policies import PERSON, with_advertiser
from yaksok.kernel.actor import Actor
from yaksok.policy.decide import Facts, Permit, Refusal, Request, decide
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind

REQUEST = Request(
    Action.DISCLOSE,
    RecordKind.MEMBERSHIP,
    frozenset({Item.EMAIL}),
    Purpose.MEMBER_SERVICE,
    Actor.system("campaign"),
    PERSON,
    "advertiser",
)


def answer(*consents: str) -> Permit | Refusal:
    return decide(
        with_advertiser(), REQUEST, Facts(AgeClass.ADULT, frozenset(consents), frozenset())
    )


def test_silence_is_no():
    got = answer()
    assert isinstance(got, Refusal)
    assert got.promise == "P4.3"


def test_consent_to_one_company_is_not_consent_to_another():
    assert isinstance(answer("disclose:courier"), Refusal)


def test_whoever_agreed_is_handed_over():
    assert answer("disclose:advertiser") == Permit("P4.3")
