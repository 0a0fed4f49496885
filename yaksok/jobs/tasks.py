"""Every job, and when it runs. A job may be cut off anywhere and begun again: its journey allows it.

Jobs carry no argument but the moment they are due. When one fails, the next one of its kind does the
work; a failed job is not kept.
"""

import functools
from collections.abc import Callable
from datetime import timedelta

import procrastinate
import structlog
from django.db import connections
from procrastinate.jobs import Status
from procrastinate.tasks import Task

from yaksok.jobs.queue import connector
from yaksok.journeys import (
    advertise,
    campaign_letters,
    dispatch,
    forget,
    legal_demands,
    marketing_consent,
    pay,
    programmes,
    received,
    reconfirm,
    restock,
    safe_numbers,
    sweep,
    tell,
    usage_notice,
)
from yaksok.kernel.actor import Actor

STALLED_SECONDS = 60

log = structlog.get_logger(__name__)

app = procrastinate.App(connector=connector())


def every(cron: str) -> Callable[[Callable[[], object]], Callable[..., object]]:
    """Run an act by the clock: minute hour day month weekday [second], UTC.

    However long the worker was away, an act that it missed is done once.
    """

    def put_on_the_clock(act: Callable[[], object]) -> Callable[..., object]:
        return app.periodic(cron=cron)(job(act))

    return put_on_the_clock


def job(act: Callable[[], object]) -> Task[..., None, ...]:
    """An act that the worker does whenever it is deferred; at most one of its kind waits."""

    @functools.wraps(act)
    def run(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue says for when it was due
        try:
            act()
        finally:
            connections.close_all()

    return app.task(name=act.__name__, queueing_lock=act.__name__)(run)


@job
def settle_what_was_cut_off() -> None:
    """Ask about every payment that was under way when the mall ended. Once, as the worker begins."""
    pay.reconcile(timedelta(0))


@job
def publish_the_first_version() -> None:
    """Write the policy that the mall opened with into the register. Once, as the worker begins."""
    from yaksok.journeys import publish  # pages and linter: of no use to the worker afterwards

    publish.found(Actor.system("publish"))


@every("* * * * * */10")
def deliver() -> None:
    """Send what waits for a courier."""
    dispatch.deliver_due()


@every("* * * * * 5-59/10")
def post() -> None:
    """Send letters that wait."""
    tell.send_due()


@every("* * * * * */30")
def ask_about_payments() -> None:
    """Ask the payment provider about payments whose end is not known."""
    pay.reconcile()


@every("* * * * * 15-59/30")
def end_unpaid_orders() -> None:
    """End orders that nobody paid in time."""
    pay.expire()


@every("* * * * * 25")
def tell_what_is_back() -> None:
    """Write to members whose goods are back in stock."""
    restock.tell()


@every("* * * * * 55")
def tell_of_changes() -> None:
    """Write to members whom a new version of the policy asks something."""
    campaign_letters.tell()


@every("* * * * * 10")
def advertise_what_is_due() -> None:
    """Put advertisements whose time has come into the outbox, for whom the policy permits it about."""
    advertise.send_due()


@every("* * * * * 40")
def tell_what_became_of_advertising() -> None:
    """Write to members what became of their consent to advertising, or of its withdrawal."""
    marketing_consent.tell_results()


@every("*/10 * * * * 50")
def ask_about_advertising_again() -> None:
    """Ask members whether they still want what they agreed to two years ago."""
    reconfirm.ask()


@every("50 18 * * *")
def forget_old_advertisements() -> None:
    """Remove advertisements whose time as a record is over; in the small hours in Seoul."""
    advertise.forget_old()


@every("* * * * * 35")
def plan_for_partners() -> None:
    """Plan what running programmes give of members who agreed before they were started."""
    programmes.plan_due()


@every("*/2 * * * * 45")
def tell_what_recipients_answered() -> None:
    """Write to persons what became of their corrections and erasures at those who had their data."""
    received.tell_results()


@every("*/5 * * * * 30")
def give_numbers_back() -> None:
    """Give back safe numbers whose time is over."""
    safe_numbers.give_back()


@every("*/5 * * * * 50")
def tell_of_demands() -> None:
    """Write to persons whose data a law had the mall give out, from the day on which that is allowed."""
    legal_demands.tell_due()


@every("20 1 * * * 5")
def tell_of_the_year() -> None:
    """Write to members whose year is over what was used of theirs (PIPA 20-2). At 10:20 in Seoul."""
    usage_notice.tell()


@every("*/5 * * * * 20")
def destroy_what_is_due() -> None:
    """Destroy records whose day has come, and rows past their use."""
    sweep.sweep()


@every("40 18 * * *")
def destroy_rows_that_are_over() -> None:
    """Destroy what stands outside of the vault and has come to its end; in the small hours in Seoul."""
    sweep.sweep_rows()


@every("*/5 * * * * 40")
def close_the_epoch() -> None:
    """Destroy the keys of the past day, when it is over."""
    forget.close_epoch_if_due()


@app.periodic(cron="* * * * * 50")
@app.task(name="clear_stalled", queueing_lock="clear_stalled")
async def clear_stalled(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Remove jobs of a worker that was killed; the next ones of their kind do the work."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
    for job in stalled:
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        log.info("jobs.stalled.removed", job=job.task_name)
