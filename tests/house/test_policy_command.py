"""``yaksok policy`` as a person types it: lint, clock and schema."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.cast.policies import changed, source
from yaksok.cli.findings import COLUMNS, width
from yaksok.policy.entries import Body
from yaksok.policy.schema import schema_text

PLAIN = ("YAKSOK_TEST_RUN", "YAKSOK_DATA", "YAKSOK_KEYS", "YAKSOK_POLICY", "DATABASE_URL")
NO_MALL = "/nonexistent/yaksok"
"""Where no mall was ever opened, whatever this machine has where root's malls lie."""


def policy(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    named = {name: value for name, value in os.environ.items() if name not in PLAIN}
    return subprocess.run(
        [sys.executable, "-m", "yaksok.cli.main", "policy", *words],
        env=named | {"YAKSOK_DATA": NO_MALL} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A document with one error and one warning."""
    own = tmp_path / "own.toml"
    text = changed(
        ('fax = "02-000-0009"', 'fax = "-"'), ('audit_every = "P1Y"', 'audit_every = "P3Y"')
    )
    own.write_text(text, "utf-8")
    return own


def test_the_document_of_a_mall_that_was_never_opened_is_the_packaged_one(tmp_path):
    done = policy("lint", "--data", str(tmp_path / "mall"))
    assert done.returncode == 0, done.stderr
    assert "0 errors, 0 warnings: held against lawful_kr" in done.stdout
    assert not (tmp_path / "mall").exists()


def test_it_is_the_one_that_the_mall_would_start_with(tmp_path, bad):
    done = policy("lint", "--data", str(tmp_path / "mall"), YAKSOK_POLICY=str(bad))
    assert done.returncode == 1
    assert "L-CPO" in done.stdout


def test_an_error_ends_with_one_and_says_all_there_is_to_say(bad):
    done = policy("lint", str(bad))
    assert done.returncode == 1
    line = bad.read_text("utf-8").splitlines().index('fax = "-"') + 1
    assert f"error L-CPO  {bad}:{line}: officers.manager.fax" in done.stdout
    assert "law: PIPA 30(1)6, 31" in done.stdout
    assert "cure: write the fax" in done.stdout
    assert "warning L-AUDIT" in done.stdout
    assert "1 error, 1 warning" in done.stdout
    wide = [row for row in done.stdout.splitlines() if width(row) > COLUMNS]
    assert all(str(bad) in row for row in wide)


def test_a_warning_alone_ends_with_none(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(changed(('audit_every = "P1Y"', 'audit_every = "P3Y"')), "utf-8")
    done = policy("lint", str(own))
    assert done.returncode == 0
    assert "0 errors, 1 warning" in done.stdout


def test_the_findings_as_json(bad):
    done = policy("lint", "--json", str(bad))
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert (told["errors"], told["warnings"], told["profile"]) == (1, 1, "lawful_kr")
    assert [row["rule"] for row in told["findings"]] == ["L-CPO", "L-AUDIT"]
    keys = {"rule", "severity", "citation", "line", "key", "fault", "cure", "wording"}
    assert all(set(row) == keys for row in told["findings"])
    assert set(told["findings"][1]["wording"]) == {"ko", "en"}


def test_another_law_finds_other_things(bad):
    told = json.loads(policy("lint", "--json", "--profile", "lawful_eu", str(bad)).stdout)
    assert "L-EU-AUTHORITY" in {row["rule"] for row in told["findings"]}
    assert "GDPR" in " ".join(row["citation"] for row in told["findings"])


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (("format = 2", "format = 9"), "format"),
        (('host_country = "KR"', 'host_contry = "KR"'), "mall.host_contry"),
        (('law = "contract"', 'law = "nowhere"'), "records.order_payer.statutory"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_its_cure(tmp_path, change, at):
    own = tmp_path / "own.toml"
    own.write_text(changed(change), "utf-8")
    done = policy("lint", str(own))
    assert done.returncode == 2
    assert f"{own}:" in done.stderr
    assert at in done.stderr
    assert "cure: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_ends_with_two(tmp_path):
    done = policy("lint", str(tmp_path / "none.toml"))
    assert done.returncode == 2
    assert "cure: give the path" in done.stderr


def test_the_clock_lists_what_is_to_come():
    days = json.loads(policy("clock", "--json", "--until", "2027-12-31").stdout)
    named = {row["name"]: row["day"] for row in days}
    assert named["change.ai_exception"] == "2027-03-09"
    assert named["change.isms_p"] == "2027-07-01"
    assert all(row["breaks"] == [] and row["mark"] in {"T", "W", "M"} for row in days)
    assert [row["day"] for row in days] == sorted(row["day"] for row in days)
    assert json.loads(policy("clock", "--json", "--until", "2026-11-25").stdout) == []


def test_the_clock_says_what_will_break(tmp_path):
    own = tmp_path / "own.toml"
    host = (
        '[processors.host]\ncompany = { ko = "예시 호스팅", en = "Example Hosting" }\n'
        'work = { ko = "서버 운영", en = "running the machines" }\nitems = []\n'
        "contract_until = 2027-05-31\n"
    )
    own.write_text(changed(more=host), "utf-8")
    days = json.loads(policy("clock", "--json", str(own)).stdout)
    broken = {row["day"]: [one["rule"] for one in row["breaks"]] for row in days if row["breaks"]}
    assert broken == {"2027-06-01": ["L-PROCESSOR"]}
    shown = policy("clock", str(own)).stdout
    assert "2027-06-01  runs out  processors.host.contract_until" in shown
    assert "breaks L-PROCESSOR" in shown


def test_the_clock_of_europe_knows_what_is_pending():
    days = json.loads(policy("clock", "--json", "--profile", "lawful_eu").stdout)
    kinds = {row["name"]: row["kind"] for row in days}
    assert kinds["change.digital_omnibus"] == "pending"
    assert kinds["adequate.GB"] == "ends"


def test_the_schema_knows_each_key_of_the_document():
    made = json.loads(policy("schema").stdout)
    assert made == json.loads(schema_text())
    assert list(strangers(made, made, tomllib.loads(source()), ())) == []
    misspelt = tomllib.loads(changed(('host_country = "KR"', 'host_contry = "KR"')))
    assert list(strangers(made, made, misspelt, ())) == [("mall", "host_contry")]
    assert made["$defs"]["Body"]["required"] == [
        field.name for field in msgspec.structs.fields(Body) if field.required
    ]


def strangers(whole: dict[str, Any], shape: dict[str, Any], value: object, here: tuple[str, ...]):
    """The keys of ``value`` that ``shape`` does not allow."""
    if "$ref" in shape:
        shape = whole["$defs"][shape["$ref"].rpartition("/")[2]]
    for one in shape.get("anyOf", []):
        if "$ref" in one:
            shape = whole["$defs"][one["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for one in value:
            yield from strangers(whole, shape["items"], one, here)
    elif isinstance(value, dict):
        known, more = shape.get("properties", {}), shape.get("additionalProperties", False)
        for key, below in value.items():
            if key not in known and more is False:
                yield (*here, key)
            else:
                yield from strangers(whole, known.get(key, more), below, (*here, key))
