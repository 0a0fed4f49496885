"""Unsafe settings do not boot, and logs hold no values."""

import json
import logging
import os
import re
from pathlib import Path

import pytest
from django import conf
from django.core.checks import run_checks
from django.test import RequestFactory

from yaksok.database.layout import DataDirectory
from yaksok.settings.logs import Plain, configure

MARKER = "해솔-9d17"


def errors() -> set[str | None]:
    return {found.id for found in run_checks(tags=["yaksok"])}


def test_the_settings_as_they_come_are_safe() -> None:
    assert errors() == set()


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("YAKSOK_ORIGIN", "http://mall.example", "yaksok.E004"),
        ("INSTALLED_APPS", ["django.contrib.sessions"], "yaksok.E003"),
        ("MIDDLEWARE", ["django.middleware.csrf.CsrfViewMiddleware"], "yaksok.E003"),
    ],
)
def test_an_unsafe_setting_is_an_error(settings, name: str, value: object, error: str) -> None:
    setattr(settings, name, value)
    assert errors() == {error}


def test_a_mall_that_owns_its_tables_does_not_boot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(conf.settings.DATABASES["default"], "USER", "yaksok_owner")
    assert errors() == {"yaksok.E005"}


def test_debug_is_for_this_machine_only(settings) -> None:
    settings.DEBUG = True
    assert errors() == set()
    settings.YAKSOK_ORIGIN = "https://mall.example"
    assert errors() == {"yaksok.E001"}


def test_a_key_that_others_can_read_is_an_error(settings, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys/root.key").touch(mode=0o600)
    settings.YAKSOK_KEYS = tmp_path / "keys"
    assert errors() == set()
    (tmp_path / "keys/root.key").chmod(0o640)
    assert errors() == {"yaksok.E002"}
    (tmp_path / "keys/root.key").chmod(0o600)
    if os.geteuid() == 0:  # only root can give a file away
        os.chown(tmp_path / "keys/root.key", 65534, -1)
        assert errors() == {"yaksok.E002"}


def test_importing_the_settings_makes_no_file(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "none")
    assert directory.known_credential("django-key") == ""
    assert not directory.root.exists()


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]):
    configure("info")
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    configure("info")


def test_of_another_library_only_its_name_is_logged(lines) -> None:
    logging.getLogger("somebody").warning("could not send to %s", MARKER)
    (entry,) = lines()
    assert entry["logger"] == "somebody"
    assert MARKER not in json.dumps(entry, ensure_ascii=False)


def test_of_an_error_only_its_kind_and_place_are_logged(lines) -> None:
    try:
        int(MARKER)
    except ValueError:
        logging.getLogger("django.request").exception("failed on %s", MARKER)
    (entry,) = lines()
    assert entry["exception"] == "ValueError"
    assert re.search(r"\btest_settings:\d+$", entry["where"])
    assert MARKER not in json.dumps(entry, ensure_ascii=False)


def test_of_a_request_the_route_is_logged_not_the_address(lines) -> None:
    from django.urls import ResolverMatch

    request = RequestFactory().get(f"/orders/{MARKER}?q={MARKER}")
    request.resolver_match = ResolverMatch(print, (), {}, route="orders/<str:number>")
    logging.getLogger("django.request").warning(
        "Not Found: %s", request.path, extra={"request": request, "status_code": 404}
    )
    (entry,) = lines()
    assert (entry["route"], entry["status"]) == ("orders/<str:number>", 404)
    assert MARKER not in json.dumps(entry, ensure_ascii=False)


def test_a_fact_that_nobody_named_is_dropped(lines) -> None:
    import structlog

    structlog.get_logger().info("sealed", name=MARKER, count=2)
    (entry,) = lines()
    assert (entry["event"], entry["count"]) == ("sealed", 2)
    assert "name" not in entry


def test_every_handler_is_ours() -> None:
    assert [type(handler) for handler in logging.getLogger().handlers if type(handler) is Plain]
