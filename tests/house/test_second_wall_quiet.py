"""What holds when the first wall has a hole: no log, no statistic, no memory gives values away."""

import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, connections

from tests.domains.test_vault_gate import a_member
from tests.house.test_second_wall import admin as admin
from tests.house.test_second_wall import here as here
from yaksok.database.address import APP, OWNER, Address, password_of
from yaksok.database.layout import DataDirectory
from yaksok.database.roles import keeper
from yaksok.journeys.explain import explain
from yaksok.kernel.holdings import Nature
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item
from yaksok.privacy.vault import closing
from yaksok.settings.logs import configure

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.xdist_group("roles of the server"),
    pytest.mark.usefixtures("alone_with_the_roles"),
]


ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary-wall-5183"


# Logs, statistics, activity


def test_neither_statement_nor_value_nor_detail_reaches_the_log(
    admin: psycopg.Connection, here: Address
) -> None:
    data = DataDirectory.from_environment()
    log = data.logs / "postgresql.log"
    admin.execute("CREATE TABLE public.one_of_each (value text PRIMARY KEY)")
    admin.execute("GRANT SELECT, INSERT ON public.one_of_each TO yaksok_keeper, yaksok_owner")
    try:
        for login in (OWNER, APP):
            with psycopg.connect(**here.entry(login, password_of(data, login))) as line:
                for parameters in ([CANARY], None):
                    wanted = "%s" if parameters else f"'{CANARY}'"
                    for statement in (
                        f"INSERT INTO public.one_of_each VALUES ({wanted})",
                        f"INSERT INTO public.one_of_each VALUES ({wanted})",
                        f"SELECT {wanted}::int",
                        f"SELEKT {wanted}",
                    ):
                        with pytest.raises(psycopg.Error), line.transaction():
                            line.execute(
                                "SET LOCAL ROLE yaksok_keeper" if login == APP else "SELECT 1"
                            )
                            line.execute(statement.encode(), parameters)
                            line.execute(statement.encode(), parameters)
    finally:
        admin.execute("DROP TABLE public.one_of_each")
    assert CANARY.encode() not in log.read_bytes()


def test_the_detail_of_a_double_value_stays_with_the_driver(
    admin: psycopg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    admin.execute("CREATE TABLE public.one_of_each (value text PRIMARY KEY)")
    admin.execute("GRANT SELECT, INSERT ON public.one_of_each TO yaksok_storefront")
    try:
        configure("info")
        with connections["default"].cursor() as cursor:
            cursor.execute("INSERT INTO public.one_of_each VALUES (%s)", [CANARY])
            with pytest.raises(
                IntegrityError, match=CANARY
            ):  # the driver knows; so it could be told
                try:
                    cursor.execute("INSERT INTO public.one_of_each VALUES (%s)", [CANARY])
                except IntegrityError:
                    logging.getLogger("django.request").exception("failed")
                    raise
    finally:
        admin.execute("DROP TABLE public.one_of_each")
    said = capsys.readouterr().err
    assert '"sqlstate": "23505"' in said
    assert CANARY not in said


def test_statistics_keep_no_sample_of_a_value(admin: psycopg.Connection) -> None:
    values = {
        (table.name, column.name)
        for table in explain(policy()).tables
        for column in table.columns
        if column.nature is Nature.VALUE
    }
    values |= {("vault_record_key", "wrapped"), ("vault_record_key", "commitment")}
    with keeper():
        for number in range(12):
            a_member({Item.LOGIN_ID: f"sample{number}", Item.EMAIL: f"sample{number}@mail.example"})
    closing.close()
    admin.execute("ANALYZE")
    sampled = set(admin.execute("SELECT tablename, attname FROM pg_stats").fetchall())
    assert ("vault_record", "kind") in sampled, "the samples of what tells nobody are there"
    assert len(values) >= 6
    assert values & sampled == set()


def test_one_role_does_not_see_what_another_asks(here: Address) -> None:
    data = DataDirectory.from_environment()
    app = here.entry(APP, password_of(data, APP))
    with psycopg.connect(**app) as asking, psycopg.connect(**app) as watching:
        asking.execute("SET ROLE yaksok_keeper")
        asking.execute(f"SELECT 1 /* {'x' * 120} {CANARY} */".encode())
        seen = watching.execute("SELECT query FROM pg_stat_activity").fetchall()
    assert "<insufficient privilege>" in {query for (query,) in seen}
    assert not [query for (query,) in seen if query and CANARY in query]


# Processes

VICTIM = """
import sys, time
sys.path.insert(0, {root!r})
value = "canary" + "-memory-7714"
if {hard}:
    import os
    from yaksok.kernel import hardening
    hardening.harden()
    assert hardening.standing()["no_core"] and hardening.standing()["closed"]
print("ready", flush=True)
time.sleep(60)
"""

THIEF = """
import re, sys
found = 0
with open(f"/proc/{sys.argv[1]}/maps") as maps, open(f"/proc/{sys.argv[1]}/mem", "rb") as memory:
    for line in maps:
        begin, end, rights = re.match("([0-9a-f]+)-([0-9a-f]+) (..)", line).groups()
        if rights != "rw" or "[v" in line:
            continue
        memory.seek(int(begin, 16))
        found += memory.read(int(end, 16) - int(begin, 16)).count(b"canary-memory-7714")
print(found)
"""


@pytest.mark.parametrize("hard", [False, True])
def test_a_neighbour_of_the_same_user_does_not_read_the_memory(*, hard: bool) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can be two processes of a third user")
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    source = place / "hardening.py"
    source.write_text((ROOT / "yaksok/kernel/hardening.py").read_text("utf-8"), "utf-8")
    source.chmod(0o644)
    program = VICTIM.replace("from yaksok.kernel import hardening", "import hardening")
    nobody = {"user": 65534, "group": 65534, "extra_groups": [], "cwd": "/"}
    victim = subprocess.Popen(
        ["/usr/bin/python3", "-c", program.format(root=str(place), hard=hard)],
        stdout=subprocess.PIPE,
        **nobody,  # type: ignore[call-overload]  # typeshed knows no dict of these
    )
    try:
        assert victim.stdout is not None
        assert victim.stdout.readline() == b"ready\n"
        thief = subprocess.run(
            ["/usr/bin/python3", "-c", THIEF, str(victim.pid)],
            capture_output=True,
            check=False,
            text=True,
            **nobody,  # type: ignore[call-overload]  # as above
        )
    finally:
        victim.kill()
        victim.wait()
        assert victim.stdout is not None
        victim.stdout.close()
        shutil.rmtree(place)
    if not hard:
        assert int(thief.stdout) > 0, thief.stderr
    else:
        assert "PermissionError" in thief.stderr


def test_every_process_of_the_mall_begins_hard() -> None:
    for module, place in (
        ("yaksok/cli/supervisor.py", "def main"),
        ("yaksok/cli/serving.py", "def main"),
        ("yaksok/cli/serving.py", "in_the_worker()"),
        ("yaksok/jobs/worker.py", "def main"),
        ("yaksok/cli/main.py", "def main"),
        ("yaksok/cli/seed.py", "def main"),
    ):
        text = (ROOT / module).read_text("utf-8")
        assert re.search(r"^\s+harden\(\)$", text[text.index(place) :], re.MULTILINE), module


def test_a_hard_process_has_no_core_and_is_not_swapped() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from yaksok.kernel import hardening as h; h.harden(); print(h.standing())",
        ],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    ).stdout
    assert "'no_core': True, 'closed': True" in said
    if os.geteuid() == 0:
        assert "'locked': True" in said
