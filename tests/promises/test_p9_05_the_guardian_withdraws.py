"""P9.5: a guardian who withdraws is never refused, and what was held of the child is destroyed."""

import ast
import inspect
import textwrap
from collections.abc import Iterator

import pytest

from tests.cast import people
from tests.cast.children import KO, family
from tests.cast.policies import PERSON, SOMEBODY_ELSE, packaged_policy
from yaksok.database.roles import keeper
from yaksok.journeys import guardian_portal, leave, log_in
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.decide import Facts, Permit, Request, decide
from yaksok.policy.facts import BEYOND_SCOPE, DISCLOSE, USE
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

OF_A_CHILD = (RecordKind.CHILDHOOD, RecordKind.MEMBERSHIP)


def test_the_policy_never_says_no_to_it() -> None:
    """Whatever stands for the child: every consent, every refusal, a stop of all use."""
    policy = packaged_policy()
    names = [frozenset(), frozenset({BEYOND_SCOPE, DISCLOSE, USE, "prefill"})]
    for kind in OF_A_CHILD:
        asked = Request(
            Action.ERASE,
            kind,
            frozenset(),
            Purpose.RIGHTS,
            Actor.guardian(SOMEBODY_ELSE),
            PERSON,
        )
        for age in AgeClass:
            for consents in names:
                for refusals in names:
                    for stopped in (False, True):
                        facts = Facts(
                            age, consents, refusals, restricted=stopped, guardian=SOMEBODY_ELSE
                        )
                        assert decide(policy, asked, facts) == Permit("P9.5")


def raised(function: object) -> Iterator[str]:
    """What a function raises by its own words."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]  # functions
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield ast.unparse(node.exc)


def test_no_way_to_refuse_it_is_written_anywhere() -> None:
    """The journey asks one thing, whether the pass is the guardian's, and takes nothing else."""
    taken = inspect.signature(guardian_portal.withdraw).parameters
    assert list(taken) == ["key", "language"]
    for function in (
        guardian_portal.withdraw,
        guardian_portal._withdraw,
        guardian_portal._end_alone,
    ):
        assert list(raised(function)) == []
    assert list(raised(guardian_portal._of)) == ["NotFound(guardianship.GONE)"]


def test_nothing_of_the_child_or_the_guardian_stays() -> None:
    home = family()
    guardian = home.asked.guardian
    with keeper():
        assert len(gate.holdings(home.child)) == len(OF_A_CHILD)
    done = guardian_portal.withdraw(home.opens(), language=KO)
    assert leave.verify(done.text)
    gone = {one.kind: set(one.items) for one in done.gone}
    assert gone[RecordKind.CHILDHOOD] == {Item.BIRTH_MONTH}
    assert gone[RecordKind.MEMBERSHIP] >= {Item.LOGIN_ID, Item.PASSWORD}
    assert RecordKind.GUARDIAN in gone
    with keeper():
        assert gate.holdings(home.child) == gate.holdings(guardian) == ()
        assert ledger.standing(home.child) == ledger.UNKNOWN
    with pytest.raises(Invalid):
        log_in.log_in(home.login_id, home.password, language=KO, address_key=people.mark())


def test_it_is_done_once_and_for_one_child() -> None:
    home, other = family(), family()
    key = home.opens()
    guardian_portal.withdraw(key, language=KO)
    with pytest.raises(NotFound):
        guardian_portal.withdraw(key, language=KO)
    with keeper():
        assert gate.holdings(other.child)
        assert other.asked.confirmed
