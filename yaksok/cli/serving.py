"""The web server's own process: ``python -m yaksok.cli.serving --port 8080``."""

import argparse
import signal
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from yaksok.database.service_user import end_with_parent
from yaksok.kernel.hardening import harden

WORKERS = 2
THREADS = 4
"""Measured: two workers of four blocking threads serve a plain page with 162 µs of CPU."""


def _application(_: str) -> Callable[..., Any]:
    """What each worker runs; a worker ends with the server, however that ends."""
    from yaksok.settings.wsgi import application

    return application


def serve(port: int, workers: int = WORKERS, threads: int = THREADS) -> None:
    """Answer on loopback until told to end."""
    in_the_worker = end_with_parent(signal.SIGTERM)

    def load(target: str) -> Callable[..., Any]:
        in_the_worker()
        harden()
        return _application(target)

    Granian(
        "yaksok.settings.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        http=HTTPModes.http1,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve(target_loader=load)


def main() -> None:
    """Entry of the child process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--threads", type=int, default=THREADS)
    chosen = parser.parse_args()
    harden()
    serve(chosen.port, chosen.workers, chosen.threads)


if __name__ == "__main__":
    main()
