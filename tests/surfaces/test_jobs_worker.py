"""The worker: every job on the clock, alive through restarts of the database and of itself."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from procrastinate.testing import InMemoryConnector

from tests.cast.sandboxes import wait_until
from yaksok.database.address import address_of
from yaksok.database.embedded import Server
from yaksok.database.layout import DataDirectory
from yaksok.database.service_user import ServiceUser
from yaksok.jobs import tasks
from yaksok.jobs.worker import until
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

ACTS = {
    "deliver": (dispatch, "deliver_due"),
    "post": (tell, "send_due"),
    "ask_about_payments": (pay, "reconcile"),
    "end_unpaid_orders": (pay, "expire"),
    "destroy_rows_that_are_over": (sweep, "sweep_rows"),
    "destroy_what_is_due": (sweep, "sweep"),
    "plan_for_partners": (programmes, "plan_due"),
    "tell_of_changes": (campaign_letters, "tell"),
    "give_numbers_back": (safe_numbers, "give_back"),
    "tell_of_demands": (legal_demands, "tell_due"),
    "tell_what_recipients_answered": (received, "tell_results"),
    "tell_what_is_back": (restock, "tell"),
    "advertise_what_is_due": (advertise, "send_due"),
    "ask_about_advertising_again": (reconfirm, "ask"),
    "forget_old_advertisements": (advertise, "forget_old"),
    "tell_of_the_year": (usage_notice, "tell"),
    "tell_what_became_of_advertising": (marketing_consent, "tell_results"),
    "close_the_epoch": (forget, "close_epoch_if_due"),
}
AT_THE_START = {"settle_what_was_cut_off": (pay, "reconcile")}
MOST_MEGABYTES = 90


@pytest.fixture
def _no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that does what is deferred and looks at no clock."""
    monkeypatch.setattr(tasks.app.periodic_registry, "periodic_tasks", {})


@pytest.mark.usefixtures("_no_clock")
@pytest.mark.parametrize("name", ACTS | AT_THE_START)
def test_each_job_walks_its_journey_and_takes_the_time_alone(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(*(ACTS | AT_THE_START)[name], lambda *_: done.append(name))
    with tasks.app.replace_connector(InMemoryConnector()) as app:

        async def run() -> None:
            async with app.open_async():
                await app.configure_task(name=name).defer_async(timestamp=0)
                await app.run_worker_async(wait=False, install_signal_handlers=False)

        asyncio.run(run())
    assert done == [name]


@pytest.mark.usefixtures("_no_clock")
def test_what_was_cut_off_is_settled_at_once_when_the_worker_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ages: list[timedelta] = []
    monkeypatch.setattr(pay, "reconcile", ages.append)
    with tasks.app.replace_connector(InMemoryConnector()) as app:
        monkeypatch.setattr(app, "run_worker_async", partial(app.run_worker_async, wait=False))

        async def run() -> None:
            await until(asyncio.Event(), app)

        asyncio.run(run())
    assert ages == [timedelta(0)]


def test_what_a_killed_worker_left_is_removed() -> None:
    queue = InMemoryConnector()
    with tasks.app.replace_connector(queue) as app:

        async def run() -> None:
            async with app.open_async():
                await app.configure_task(name="deliver").defer_async(timestamp=0)
                worker = await app.job_manager.register_worker()
                assert await app.job_manager.fetch_job(queues=None, worker_id=worker)
                queue.workers[worker] -= timedelta(seconds=tasks.STALLED_SECONDS + 1)
                await tasks.clear_stalled(timestamp=0)

        asyncio.run(run())
    assert queue.jobs == {}


def test_every_job_is_on_the_clock() -> None:
    on_the_clock = {one.task.name for one in tasks.app.periodic_registry.periodic_tasks.values()}
    assert on_the_clock == {*ACTS, "clear_stalled"}


@pytest.fixture
def mall(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A database of its own, ready for a worker."""
    place = Path(tempfile.mkdtemp(prefix="yaksok-jobs-"))
    ServiceUser.choose().let_through(place)
    data = DataDirectory(place / "mall")
    monkeypatch.setenv("YAKSOK_DATA", str(data.root))
    monkeypatch.setenv("YAKSOK_KEYS", os.environ["YAKSOK_KEYS"])
    server = Server(data, fsync="off")
    server.start()
    subprocess.run([sys.executable, "-m", "yaksok.database.prepare"], check=True, timeout=60)
    yield server
    server.stop()
    shutil.rmtree(place)


def working() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "yaksok.jobs.worker"])


def latest(data: DataDirectory) -> int:
    with address_of(data).connect_as_admin() as admin:
        row = admin.execute(
            "SELECT max(defer_timestamp) FROM procrastinate_periodic_defers"
        ).fetchone()
    return int(row[0] or 0) if row else 0


@pytest.mark.processes
def test_it_outlives_the_database_and_its_own_end(mall: Server) -> None:
    data, worker = mall.data, working()
    try:
        first = wait_until(lambda: latest(data), 30)
        mall.stop()
        mall.start()
        second = wait_until(lambda: latest(data) > first and latest(data), 40)
        assert worker.poll() is None
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
        worker = working()
        wait_until(lambda: latest(data) > second, 40)
        status = Path(f"/proc/{worker.pid}/status").read_text("ascii")
        assert int(status.split("VmRSS:")[1].split()[0]) / 1024 <= MOST_MEGABYTES
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
    finally:
        worker.kill()
        worker.wait(10)
