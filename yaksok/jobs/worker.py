"""``python -m yaksok.jobs.worker``: runs the jobs until it is told to stop.

It waits for a database that is away, and begins again where the clock stands.
"""

import asyncio
import contextlib
import logging
import os
import signal

import django
import procrastinate
import psycopg
from django.conf import settings
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from yaksok.database.address import one_login
from yaksok.kernel.hardening import harden

AWAY_SECONDS = 1.0
POLL_SECONDS = 2.0
CHATTY = ("procrastinate", "psycopg.pool")
ABORT_SECONDS = 60.0
AT_ONCE = 2
LAST_SECONDS = 10.0
"""How long a job may go on after the worker was told to stop; then it is cut off, which does no harm."""


async def work() -> None:
    """Run jobs until SIGTERM or SIGINT; begin again whenever the database comes back."""
    import structlog  # after the settings, which see to what it imports

    from yaksok.jobs import tasks
    from yaksok.jobs.queue import connector

    log = structlog.get_logger(__name__)
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    while not told.is_set():
        with tasks.app.replace_connector(connector()) as app:
            try:
                await until(told, app)
            except (ConnectorException, psycopg.Error, OSError) as error:
                log.warning("jobs.database.away", exception=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), AWAY_SECONDS)


async def until(told: asyncio.Event, app: procrastinate.App) -> None:
    """Work until told to stop, or until the queue's connection is lost."""
    from yaksok.jobs.tasks import publish_the_first_version, settle_what_was_cut_off

    async with app.open_async():
        for act in (publish_the_first_version, settle_what_was_cut_off):
            with contextlib.suppress(AlreadyEnqueued):
                await act.defer_async()
        working = asyncio.create_task(
            app.run_worker_async(
                name="yaksok",
                concurrency=AT_ONCE,
                fetch_job_polling_interval=POLL_SECONDS,
                abort_job_polling_interval=ABORT_SECONDS,
                shutdown_graceful_timeout=LAST_SECONDS,
                listen_notify=False,
                delete_jobs="always",
                install_signal_handlers=False,
            )
        )
        stopping = asyncio.create_task(told.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working


def main() -> None:
    """Set Django up and work."""
    harden()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    one_login(settings.DATABASES)
    django.setup()
    # An act takes milliseconds now and then; a connection kept between is a process of 17 MB.
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    for name in CHATTY:  # not every tick of the clock, not every try to connect
        logging.getLogger(name).setLevel(logging.ERROR)
    asyncio.run(work())


if __name__ == "__main__":
    main()
