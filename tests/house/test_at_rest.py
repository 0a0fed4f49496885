"""What each process of the mall does without while nobody asks for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from yaksok.kernel.sparing import kept_out

OPENSSL = {"_hashlib", "_ssl"}
WEB = "import yaksok.settings.wsgi; from django.urls import reverse; reverse('storefront:home')"
FORMS_AND_DOORS = {"cryptography", "email_validator", "httpx", "phonenumbers", "rich"}


def imported(statement: str, data: Path) -> set[str]:
    """Every module that a new process has after ``statement``."""
    told = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys, json; print(json.dumps([*sys.modules]))"],
        env={
            **os.environ,
            "YAKSOK_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "yaksok.settings.main",
        },
        capture_output=True,
        check=True,
        text=True,
    )
    return set(json.loads(told.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import yaksok.cli.supervisor", {*OPENSSL, "django", "psycopg", "http.client"}),
        ("import dev.sandbox_payment.__main__", OPENSSL),
        ("import dev.sandbox_courier.__main__", OPENSSL),
        ("import dev.sandbox_mail.__main__", {*OPENSSL, "email.policy"}),
        ("import dev.sandbox_sms.__main__", OPENSSL),
        ("import dev.sandbox_push.__main__", {*OPENSSL, "cryptography"}),
        ("import dev.sandbox_safe_number.__main__", OPENSSL),
        (WEB, {*FORMS_AND_DOORS, "ninja", "pydantic", "PIL"}),
        (
            "import yaksok.jobs.worker, django; django.setup(); import yaksok.jobs.tasks",
            {*FORMS_AND_DOORS, "ninja", "PIL"},
        ),
    ],
    ids=["supervisor", "payment", "courier", "mail", "sms", "push", "safe_number", "web", "jobs"],
)
def test_a_process_at_rest_goes_without(statement: str, absent: set[str], tmp_path: Path) -> None:
    assert imported(statement, tmp_path) & absent == set()


def test_the_api_comes_when_it_is_asked(tmp_path: Path) -> None:
    ask = f"{WEB}; from django.urls import resolve; assert resolve('/api/v1/goods').namespace == 'api'"
    assert {"ninja", "pydantic"} <= imported(ask, tmp_path)


def test_the_addresses_of_the_api_can_be_written(tmp_path: Path) -> None:
    write = f"{WEB}; assert reverse('api:goods_detail', args=['cup']) == '/api/v1/goods/cup'"
    assert "ninja" in imported(write, tmp_path)


def test_what_is_kept_out_can_be_imported_afterwards() -> None:
    name = "this"
    sys.modules.pop(name, None)
    with kept_out(name), pytest.raises(ImportError):
        __import__(name)
    assert name not in sys.modules


def test_what_is_there_already_is_not_kept_out() -> None:
    with kept_out("json"):
        assert sys.modules["json"] is json
    assert sys.modules["json"] is json
