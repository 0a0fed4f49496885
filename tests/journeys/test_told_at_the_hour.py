"""A version takes effect while somebody gives their data: they agreed to what they were shown (P1.9)."""

from datetime import timedelta

import pytest

from tests.cast import people, shoppers
from tests.cast.shelves import Shop
from tests.journeys.test_publish import MALL, WIDER, following
from yaksok.database.roles import keeper
from yaksok.database.selecting import rows
from yaksok.journeys import check_out, placing_order, publish, sign_up
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.orders.finding import Order
from yaksok.policy import in_force
from yaksok.policy.notice import NOTICE_CHANGED
from yaksok.policy.vocabulary import Language
from yaksok.privacy.consent import ledger
from yaksok.privacy.published import obeying

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SAID = {"": NOTICE_CHANGED.ko}


def about_to_change() -> publish.Published:
    """A version, in force in 40 days, that uses members' e-mail for more."""
    first = publish.found(MALL)
    in_force.configure_from(None)
    return publish.publish(following(40, *WIDER), base=first, actor=MALL)


def kept() -> int:
    """How many records there are."""
    with keeper():
        return int(rows("SELECT count(*) FROM vault_record")[0][0])


def test_who_was_shown_the_old_notice_does_not_join_under_the_new(
    standing_clock: FixedClock,
) -> None:
    about_to_change()
    before = kept()
    who, shown = people.person(), sign_up.begin(Language.KOREAN).notice.hash
    standing_clock.move(
        timedelta(days=41)
    )  # this process has asked for the version a moment before
    assert sign_up.begin(Language.KOREAN).notice.hash == shown
    with pytest.raises(Invalid) as told:
        sign_up.sign_up(people.joining(who), notice=shown, language=Language.KOREAN)
    assert told.value.problems == SAID
    assert kept() == before
    subject = people.signs_up(who)  # the same form, under the notice that is shown now
    with keeper():
        (receipt,) = ledger.receipts(subject)
    assert receipt.policy_version == in_force.policy().version
    assert receipt.notice != shown


def test_who_was_shown_the_old_notice_does_not_order_under_the_new(
    standing_clock: FixedClock, monkeypatch: pytest.MonkeyPatch, shelves: Shop
) -> None:
    about_to_change()
    before = kept()

    def a_moment_later(plan: placing_order.Plan, verifier: str | None) -> tuple[Order, object]:
        standing_clock.move(timedelta(days=41))
        return placing_order.place_in_one(plan, verifier)

    monkeypatch.setattr(check_out, "place_in_one", a_moment_later)
    with pytest.raises(Invalid) as told:
        shoppers.order([(shelves["TEA-G"], 1)])
    assert told.value.problems == SAID
    assert kept() == before


def test_whoever_read_an_older_version_agreed_to_nothing_newer(
    standing_clock: FixedClock,
) -> None:
    """Another thread of the process takes the new version in the middle of a transaction."""
    before = in_force.policy().version
    done = about_to_change()
    standing_clock.move(timedelta(days=41))
    with keeper():
        assert in_force.number() == done.number
        for version, points in ((before, set()), (done.version, set(done.points))):
            subject = new_subject_id()
            ledger.receive(
                subject, given={}, notice="0" * 64, policy_version=version, language=Language.KOREAN
            )
            assert ledger.standing(subject).consents == points


def test_a_thread_that_asked_earlier_does_not_bring_the_old_version_back(
    standing_clock: FixedClock,
) -> None:
    done = about_to_change()
    standing_clock.move(timedelta(days=41))
    with keeper():
        obeying.take(1)  # its question was answered before the hour
        assert in_force.number() == done.number
    standing_clock.move(timedelta(days=-41))
    with keeper():  # a clock that really goes back is another matter
        assert in_force.number() == 1
