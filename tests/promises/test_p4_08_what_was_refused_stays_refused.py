"""P4.8: who refuses any use beyond what they were told is not used further, whoever asks or tries."""

import ast
import contextlib
from datetime import timedelta
from pathlib import Path

import pytest

import yaksok
from tests.cast import people
from tests.cast.people import Member
from tests.journeys.test_publish import MALL, WIDER, following
from tests.surfaces.visits import browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import consents, publish, refusals
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import NotFound, Refused
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate
from yaksok.web.collecting import places

pytestmark = pytest.mark.django_db
JOURNEYS = Path(yaksok.__file__).parent


def refusing() -> Member:
    member = people.member()
    refusals.refuse(member.actor, BEYOND_SCOPE, stands=True, language=Language.KOREAN)
    return member


def stands(member: Member) -> bool:
    with keeper():
        return BEYOND_SCOPE in ledger.standing(member.subject).refusals


def test_a_later_campaign_does_not_reach_them_even_if_they_agree(
    standing_clock: FixedClock,
) -> None:
    member, other = refusing(), people.stranger()
    first = publish.found(MALL)
    done = publish.publish(following(40, *WIDER), base=first, actor=MALL)
    for one in (member, other):
        yes = dict.fromkeys(done.points, True)
        consents.answer(one.actor, done.number, yes, language=Language.KOREAN)
    standing_clock.move(timedelta(days=41))
    assert used(other)
    with pytest.raises(Refused) as refused:
        used(member)
    assert refused.value.promise == "P4.8"


def used(member: Member) -> object:
    """The member's e-mail, opened for the new purpose."""
    with keeper():
        return gate.open_items(
            member.subject,
            [Item.EMAIL],
            kind=RecordKind.MEMBERSHIP,
            purpose=Purpose.DELIVERY,
            actor=MALL,
        )


def test_nobody_of_staff_lifts_it_by_the_journey() -> None:
    member = refusing()
    for actor in people.everybody_but_the_person():
        if actor.role in refusals.PERSONS:
            with contextlib.suppress(NotFound):  # somebody else lifts what is theirs at most
                refusals.refuse(actor, BEYOND_SCOPE, stands=False, language=Language.KOREAN)
            continue
        with pytest.raises(Refused):
            refusals.refuse(actor, BEYOND_SCOPE, stands=False, language=Language.KOREAN)
    assert stands(member)


def test_no_route_of_the_console_lifts_it() -> None:
    member = refusing()
    tried = 0
    for colleague in (people.officer(), people.clerk()):
        browser = browser_of(colleague)
        for place in places():
            if not place.name.startswith("console:") or place.name == "console:log_out":
                continue
            fields = dict.fromkeys(place.declaration.fields if place.declaration else (), "no")
            path = place.route.replace("<uuid:", "<").split("<")[0]
            subject = f"{member.subject}"
            for values in (
                {**fields, "refusal": BEYOND_SCOPE, "stands": "no", "subject": subject},
                dict.fromkeys(fields, BEYOND_SCOPE),
                dict.fromkeys(fields, subject),
            ):
                browser.send(path, **values)
                tried += 1
    assert tried > 40
    assert stands(member)


def test_no_other_code_can_lift_a_refusal() -> None:
    lifting = {
        path.relative_to(JOURNEYS.parent).as_posix(): ast.unparse(one.value)
        for path in JOURNEYS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("decide")
        for one in node.keywords
        if one.arg == "lifted"
    }
    assert lifting == {
        "yaksok/journeys/refusals.py": "() if stands else (name,)",
        "yaksok/journeys/rights_stop.py": "() if stops else (USE,)",  # the other one, a person's too
    }
    writing = {
        path.relative_to(JOURNEYS.parent).as_posix()
        for path in JOURNEYS.rglob("*.py")
        if "refusals = ARRAY" in path.read_text("utf-8")
    }
    assert writing == {"yaksok/privacy/consent/ledger.py"}


def test_the_person_lifts_it_with_one_press() -> None:
    member = refusing()
    answer = browser_of(member).send("/my/refusals", refusal=BEYOND_SCOPE, stands="no")
    assert answer.status_code == 302
    assert not stands(member)
