"""What scanners for SQL injection send, in every field and address of every page and operation.

No answer is a fault of the mall, none is late, and no row of any table is another than before. ``make
test`` sends a short list, ``YAKSOK_FULL`` the long one.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import connections

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from yaksok.policy.in_force import policy
from yaksok.web.collecting import Place, places

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SHORT = (
    "' OR '1'='1' -- ",
    "1; SELECT pg_sleep(9); -- ",
    "\\'); DROP TABLE vault.vault_record; -- ",
    "ʼ OR 1=1 -- ",
)
LONG = (
    *SHORT,
    "1' AND 1=CAST((SELECT version()) AS int) -- ",
    "1) UNION ALL SELECT NULL,NULL,NULL,NULL,NULL -- ",
    "' UNION SELECT sealed::text FROM vault.vault_record -- ",
    "1 AND (SELECT 4711 FROM pg_sleep(9))",
    "'||(SELECT pg_sleep(9))||'",
    "1' ORDER BY 99 -- ",
    "'; SET ROLE yaksok_keeper; SELECT * FROM vault.vault_record; -- ",
    "'; COPY (SELECT 1) TO PROGRAM 'sleep 9'; -- ",
    "$$; SELECT pg_sleep(9); $$",
    "E'\\x27; SELECT pg_sleep(9)",
    "％27 OR 1=1",
    "%27%20OR%201%3D1",
    "{{7*7}}${7*7}",
    '"; DELETE FROM mall.orders_order; -- ',
    "admin'/*",
    "1/**/OR/**/1=1",
    "*)(objectClass=*",
    "' AND SLEEP(9)='",
    "'; WAITFOR DELAY '0:0:9' -- ",
)
STRINGS = LONG if os.environ.get("YAKSOK_FULL") else SHORT
SLEEP_SECONDS = 9.0
"""What the strings would have the database wait."""
PARAMETERS = (
    "q",
    "page",
    "sort",
    "state",
    "next",
    "number",
    "orderId",
    "paymentKey",
    "amount",
    "after",
)
MEANT = {
    ("member", "member:download"): {"privacy.rights_request"},
    ("member", "member:explain"): {"privacy.rights_request"},
    ("officer", "console:policy_begin"): {"privacy.published_draft"},
}
"""What a press of a button alone makes, and where: a line that the member's copy or explanation was
given, which the law wants counted; a draft that the officer begins. Anywhere else nothing moves."""
ALWAYS = {"mall.accounts_session"}
"""When somebody was last seen."""
STORED = re.compile(r"pg_sleep|vault_record; --|OR '+1'+='+1", re.IGNORECASE)
"""A string of the list, in a row of any table."""
TOLD_APART = frozenset({"guard_tally", "audit_entry", "vault_worker"})
"""Count and log attempts and say which process lives, as they must; what they may hold is proved elsewhere."""


def addresses(string: str) -> Iterator[tuple[Place, str]]:
    """Every address of the mall, the string in place of each parameter, in its path and its query."""
    for place in places():
        path = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", lambda _: quote(string, safe=""), place.route)
        path = path.replace("^", "").replace("$", "").replace("\\Z", "")
        query = "&".join(f"{name}={quote(string)}" for name in PARAMETERS)
        yield place, f"{path if path.startswith('/') else '/' + path}?{query}"


def state() -> dict[str, str]:
    """Of each table its rows, as one number that changes with any of them."""
    found = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename), tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for table, name in cursor.fetchall():
            if name in TOLD_APART or name.startswith("procrastinate"):
                continue
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            rows = "\n".join(str(row) for row in cursor.fetchall())
            assert not STORED.search(rows), f"{table} holds what a scanner sent"
            found[table] = hashlib.sha256(rows.encode()).hexdigest()
    return found


def forget_attempts() -> None:
    """Have no limit on attempts keep a string from where it is to be tried."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE guard_tally")


def visitors() -> dict[str, Visitor]:
    """Who may try: nobody, a member, the officer."""
    return {
        "visitor": Visitor(),
        "member": browser_of(people.member().agrees(), stepped_up=True),
        "officer": browser_of(people.officer()),
    }


def sent(visitor: Visitor, place: Place, address: str, string: str) -> Iterator[object]:
    """Read the address; and where it takes something, post the string in every field of it."""
    yield visitor.get(
        address, headers={"accept-language": string.encode("ascii", "ignore").decode()}
    )
    declaration = place.declaration
    if declaration is None:
        return
    path = address.partition("?")[0]
    names = sorted(declaration.names(policy()))
    if declaration.signed or place.route.startswith("/api"):
        body = dict.fromkeys(names, string)
        yield visitor.post(path, body, content_type="application/json")
    else:
        yield visitor.send(path, **dict.fromkeys(names, string))


def moved(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The tables with another row than before, but for what always moves."""
    return {table for table in before if before[table] != after[table]} - ALWAYS


@pytest.mark.timeout(1_200)  # the long list asks some 22 000 times
def test_no_string_of_a_scanner_moves_a_row_or_the_clock(shelves) -> None:
    asked = 0
    pressed: set[tuple[str, str]] = set()
    answers: dict[int, int] = {}
    for who, visitor in visitors().items():
        visitor.raise_request_exception = False
        before = state()
        assert len(before) > 25
        for string in STRINGS:
            forget_attempts()
            for place, address in addresses(string):
                if place.name.endswith(("log_out", "log_out_everywhere")):
                    continue
                press = (who, place.name)
                if press in MEANT:
                    assert not moved(before, state()), (press, "something moved before it")
                for answer in _timed(sent(visitor, place, address, string)):
                    asked += 1
                    status = answer.status_code  # type: ignore[attr-defined]  # Django's
                    answers[status] = answers.get(status, 0) + 1
                    assert status < 500, (who, address, string, status)
                if press in MEANT:
                    after = state()
                    changed = moved(before, after)
                    assert changed <= MEANT[press], (press, changed)
                    before = after
                    pressed |= {press} if changed else set()
        changed = moved(before, state())
        assert not changed, (who, changed)
    assert pressed == MEANT.keys(), "each exception is one that is needed"
    print(f"\n{asked} requests with {len(STRINGS)} strings at {len(places())} addresses: {answers}")
    assert {200, 400, 404} <= answers.keys(), "some addresses take the string, some refuse it"


def _timed(requests: Iterator[object]) -> Iterator[object]:
    while True:
        began = time.monotonic()
        try:
            answer = next(requests)
        except StopIteration:
            return
        assert time.monotonic() - began < SLEEP_SECONDS, "the database waited"
        yield answer


def test_the_state_tells_when_a_row_changes() -> None:
    before = state()
    who = people.member()
    assert {table for table, rows in state().items() if before[table] != rows} >= {
        "vault.vault_record",
        "mall.accounts_credential",
    }
    assert who.person.login_id
