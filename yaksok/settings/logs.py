"""One line of JSON for each thing worth knowing; never what a person typed or who they are.

A record carries the event's name and named facts. Whatever comes from other libraries as free
text is cut to the name of its logger and level, because free text is where values leak.
"""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from yaksok.kernel.sparing import kept_out

with kept_out("rich"):  # wanted for tracebacks that are never written here: 3 MB of each process
    import structlog

FACTS = {
    "attempt": "how often the same thing was tried; a number",
    "count": "how many; a number",
    "event": "a constant sentence of the code; values are never put into it",
    "exception": "the type of an error, without its message",
    "job": "the name of a job, a constant of the code",
    "job_id": "the place of a job in the queue; jobs name nobody",
    "level": "how bad it is; one of five words",
    "logger": "the module that speaks",
    "method": "GET, POST and the like",
    "milliseconds": "how long it took; a number",
    "module": "a module of the code",
    "pid": "the number of a process of the mall",
    "port": "the port that a process of the mall listens on",
    "promise": "the id of a promise, P4.5",
    "route": "the pattern of an address, without what stood in its place",
    "sqlstate": "five letters by which the database names an error, without its message",
    "state": "a word of the code for how something stands",
    "status": "the number of an HTTP answer",
    "timestamp": "when the line was written",
    "where": "module and line of the code",
}
"""Names of facts that may be logged, and why each is never about a person. Anything else is
dropped, and its name is counted."""

OWN = "yaksok"
CHATTY = (
    "PIL",
    "asyncio",
    "boto3",
    "botocore",
    "httpcore",
    "httpx",
    "markdown_it",
    "procrastinate.blueprints",
    "urllib3",
)


def only_facts(_: object, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not in :data:`FACTS`."""
    dropped = [name for name in entry if name not in FACTS]
    for name in dropped:
        del entry[name]
    if dropped:
        entry["count"] = entry.get("count", len(dropped))
    return entry


class Plain(logging.Handler):
    """Turns a record of the standard library into the same line of JSON.

    Our own loggers' messages are constant words and are kept; of an error only its type and the
    place in the code; of other libraries neither message nor arguments.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        own = record.name.split(".", 1)[0] == OWN
        facts: dict[str, Any] = {
            "logger": record.name,
            "where": f"{record.module}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0]:
            facts["exception"] = record.exc_info[0].__name__
            facts["where"] = _deepest(record)
            cause = getattr(record.exc_info[1], "__cause__", None)
            if state := getattr(cause, "sqlstate", None):
                facts["sqlstate"] = state
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        if match is not None:
            facts["route"] = match.route
        status = getattr(record, "status_code", None)
        if status is not None:
            facts["status"] = status
        log = structlog.get_logger()
        # The message of our own code is a constant, because the arguments are not merged into it.
        log.log(record.levelno, str(record.msg) if own else record.name, **facts)


def _deepest(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return f"{record.module}:{record.lineno}"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


class Lines:
    """Writes where standard error leads at this moment.

    A disk without room loses the line, never the request that it tells of.
    """

    def msg(self, line: str) -> None:
        """Write one line."""
        with suppress(OSError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = log = msg


def configure(level: str) -> None:
    """Send every log of this process to standard error, one JSON object a line."""
    least = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_facts,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=lambda *_: Lines(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [Plain()]
    root.setLevel(least)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
