"""Many threads that read for the first time, at the same moment: a server's first requests."""

import subprocess
import sys

import pytest

FIRST = """
import sys, threading
from yaksok.policy.document import parse
from yaksok.policy.in_force import packaged
from yaksok.policy.law.page import page_tables
from yaksok.policy.law.tables import tables
from yaksok.privacy.disclosure.layouts import parsed

sys.setswitchinterval(1e-6)
text = packaged().read_text("utf-8")
read = {
    "document": lambda: parse(text),
    "laws": lambda: tables.__wrapped__("kr"),
    "page": page_tables.__wrapped__,
    "layouts": lambda: parsed("", "none.toml"),
}[sys.argv[1]]
together, done = threading.Barrier(8), []

def first():
    together.wait()
    read()
    done.append(1)

threads = [threading.Thread(target=first) for _ in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print(len(done))
"""


@pytest.mark.parametrize("what", ["document", "laws", "page", "layouts"])
def test_the_first_reads_may_come_together(what: str) -> None:
    said = subprocess.run(
        (sys.executable, "-c", FIRST, what), capture_output=True, check=False, timeout=60
    )
    assert (said.returncode, said.stdout) == (0, b"8\n"), said.stderr.decode()
