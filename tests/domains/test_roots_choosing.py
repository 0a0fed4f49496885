"""Which provider is chosen, what each refuses to work with, and that none gives a secret away."""

import json
import logging
import os
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks

from tests.cast.roots import AWS_SECRET, PIN, TRANSIT_TOKEN, Keeping, Kept
from tests.cast.sandboxes import free_port
from yaksok.cli import checking, doctor
from yaksok.database.layout import DataDirectory
from yaksok.journeys import root_keys
from yaksok.kernel.errors import Shredded, YaksokError
from yaksok.kernel.keyring import UnsafeKey
from yaksok.privacy.vault.roots import choosing
from yaksok.privacy.vault.roots.key_file import KeyFile
from yaksok.privacy.vault.roots.port import Unfit
from yaksok.settings.logs import configure

KEY = b"key-of-an-epoch-never-to-be-seen"
LABEL = b"kek:1"


def test_the_key_file_is_the_default(tmp_path: Path) -> None:
    assert isinstance(choosing.chosen(tmp_path, {}), KeyFile)
    assert isinstance(choosing.chosen(tmp_path, {"YAKSOK_ROOT": " "}), KeyFile)


def test_a_provider_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="choose one of file, kms, pkcs11, transit"):
        choosing.chosen(tmp_path, {"YAKSOK_ROOT": "drawer"})


@pytest.mark.parametrize(
    ("environ", "cure"),
    [
        ({"YAKSOK_ROOT": "kms"}, "YAKSOK_ROOT_KMS_REGION"),
        ({"YAKSOK_ROOT": "pkcs11"}, "YAKSOK_ROOT_PKCS11_MODULE"),
        ({"YAKSOK_ROOT": "transit"}, "YAKSOK_ROOT_TRANSIT_URL"),
        (
            {"YAKSOK_ROOT": "transit", "YAKSOK_ROOT_TRANSIT_URL": "https://bao.example"},
            "YAKSOK_ROOT_TRANSIT_TOKEN",
        ),
        (
            {"YAKSOK_ROOT": "transit", "YAKSOK_ROOT_TRANSIT_URL": "http://bao.example"},
            "write https",
        ),
        (
            {
                "YAKSOK_ROOT": "kms",
                "YAKSOK_ROOT_KMS_REGION": "eu-central-1",
                "YAKSOK_ROOT_KMS_URL": "http://kms.example",
            },
            "write https",
        ),
        (
            {
                "YAKSOK_ROOT": "kms",
                "YAKSOK_ROOT_KMS_REGION": "eu-central-1",
                "YAKSOK_ROOT_KMS_WINDOW_DAYS": "3",
            },
            "from 7 to 30",
        ),
        ({"YAKSOK_ROOT_KEPT_DAYS": "-1"}, "from 0 to 400"),
        ({"YAKSOK_ROOT_KEPT_DAYS": "soon"}, "from 0 to 400"),
    ],
)
def test_settings_that_cannot_work_say_what_to_write(
    environ: dict[str, str], cure: str, tmp_path: Path
) -> None:
    with pytest.raises(Unfit, match=cure):
        choosing.chosen(tmp_path, environ)


def test_a_secret_that_others_can_read_is_refused(keeping: Keeping) -> None:
    kept = keeping("transit")
    Path(kept.environ["YAKSOK_ROOT_TRANSIT_TOKEN_FILE"]).chmod(0o644)
    with pytest.raises(UnsafeKey, match="chmod 600"):
        kept.root()


def test_a_token_is_read_anew_so_that_an_agent_may_renew_it(keeping: Keeping) -> None:
    kept = keeping("transit")
    root, place = kept.root(), Path(kept.environ["YAKSOK_ROOT_TRANSIT_TOKEN_FILE"])
    place.write_text("of-yesterday", encoding="ascii")
    with pytest.raises(Unfit, match="refuses this token"):
        root.check()
    place.write_text(TRANSIT_TOKEN, encoding="ascii")
    assert "transit at" in root.check()


def test_a_wrong_pin_is_tried_once(keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    root = keeping("pkcs11").root(YAKSOK_ROOT_PKCS11_PIN="0000000")
    with pytest.raises(Unfit, match="refuses the PIN"):
        root.check()
    tried: list[object] = []
    monkeypatch.setattr(type(root), "_opened", lambda *_: tried.append(1))
    with pytest.raises(Unfit, match="it is not tried again"):
        root.check()
    assert tried == []


def test_credentials_that_are_not_ours(keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = keeping("kms")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another-secret")
    with pytest.raises(Unfit, match="refuses these credentials"):
        kept.root().check()
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    with pytest.raises(Unfit, match="no credentials"):
        kept.root().check()


def test_a_transit_key_that_can_be_exported_is_refused(keeping: Keeping) -> None:
    kept = keeping("transit")
    root = kept.root()
    name = f"yaksok-{root.tenant.hex()}-000001"
    assert kept.sandbox is not None
    status, _, _ = kept.sandbox.call(
        "POST",
        f"/v1/transit/keys/{name}",
        {"exportable": True},
        X_Vault_Token=TRANSIT_TOKEN,
    )
    assert status == 200
    with pytest.raises(Unfit, match="can be taken out"):
        root.wrap(1, KEY, LABEL)


def test_a_hardware_key_that_can_be_taken_out_is_refused(keeping: Keeping) -> None:
    import pkcs11

    kept = keeping("pkcs11")
    root = kept.root()
    token = pkcs11.lib(kept.environ["YAKSOK_ROOT_PKCS11_MODULE"]).get_token(token_label="cast")
    with token.open(rw=True, user_pin=PIN) as session:
        session.generate_key(
            pkcs11.KeyType.AES,
            256,
            id=root.tenant,
            label="yaksok-root-000001",
            store=True,
            template={pkcs11.Attribute.EXTRACTABLE: True, pkcs11.Attribute.SENSITIVE: False},
        )
    with pytest.raises(Unfit, match="can be taken out"):
        root.wrap(1, KEY, LABEL)


def test_our_hardware_keys_do_not_come_out(keeping: Keeping) -> None:
    import pkcs11

    kept = keeping("pkcs11")
    root = kept.root()
    root.new_version()
    token = pkcs11.lib(kept.environ["YAKSOK_ROOT_PKCS11_MODULE"]).get_token(token_label="cast")
    with token.open(user_pin=PIN) as session:
        (key,) = session.get_objects({pkcs11.Attribute.ID: root.tenant})
        with pytest.raises(pkcs11.AttributeSensitive):
            _ = key[pkcs11.Attribute.VALUE]


def aws(kept: Kept, operation: str, version: int) -> dict[str, object]:
    import boto3

    client = boto3.client(
        "kms", region_name="ap-northeast-2", endpoint_url=kept.environ["YAKSOK_ROOT_KMS_URL"]
    )
    pages = client.get_paginator("list_aliases").paginate()
    name = f"alias/yaksok/{kept.root().tenant.hex()}/{version:06d}"
    key = next(
        one["TargetKeyId"] for page in pages for one in page["Aliases"] if one["AliasName"] == name
    )
    answer: dict[str, object] = getattr(client, operation)(KeyId=key)
    return answer


def test_a_deletion_taken_back_by_an_administrator_opens_nothing_here(keeping: Keeping) -> None:
    kept = keeping("kms")
    root = kept.root()
    version = root.new_version()
    wrapped = root.wrap(version, KEY, LABEL)
    receipt = root.destroy(version)
    assert receipt.effective_at - receipt.at > timedelta(days=6, hours=23)
    aws(kept, "cancel_key_deletion", version)
    aws(kept, "enable_key", version)
    with pytest.raises(Shredded):
        kept.root().unwrap(version, wrapped, LABEL)


def test_after_the_window_nobody_can_take_it_back(keeping: Keeping) -> None:
    kept = keeping("kms")
    root = kept.root(YAKSOK_ROOT_KMS_WINDOW_DAYS="30")
    version, other = root.new_version(), root.new_version()
    root.destroy(version)
    assert kept.sandbox is not None
    kept.sandbox.call("POST", "/sandbox/later", {"days": 29})
    assert aws(kept, "describe_key", version)
    kept.sandbox.call("POST", "/sandbox/later", {"days": 2})
    with pytest.raises(StopIteration):
        aws(kept, "cancel_key_deletion", version)
    assert kept.root().versions() == (other,)
    assert kept.root().destroy(version).version == version


def test_a_disabled_key_is_no_destroyed_one(keeping: Keeping) -> None:
    kept = keeping("kms")
    root = kept.root()
    version = root.new_version()
    wrapped = root.wrap(version, KEY, LABEL)
    aws(kept, "disable_key", version)
    with pytest.raises(Unfit, match="enable it"):
        root.unwrap(version, wrapped, LABEL)


def test_no_secret_and_no_key_reaches_a_log_or_an_error(
    kept: Kept, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers, level = logging.root.handlers, logging.root.level
    configure("debug")
    for name in ("boto3", "botocore", "urllib3"):
        logging.getLogger(name).setLevel(logging.DEBUG)  # as if somebody asked for everything
    said: list[str] = []
    try:
        root = kept.root()
        version = root.new_version()
        wrapped = root.wrap(version, KEY, LABEL)
        assert root.unwrap(version, wrapped, LABEL) == KEY
        wrong: dict[str, str] = {
            "YAKSOK_ROOT_PKCS11_TOKEN": "unplugged",
            "YAKSOK_ROOT_TRANSIT_URL": f"http://127.0.0.1:{free_port()}",
            "YAKSOK_ROOT_KMS_URL": f"http://127.0.0.1:{free_port()}",
        }
        for act in (
            lambda: root.unwrap(version, wrapped[:-1] + b"!", LABEL),
            lambda: root.unwrap(version, wrapped, b"index:1"),
            lambda: kept.root(**wrong).unwrap(version + 1, wrapped, LABEL),
            lambda: root.wrap(version + 7, KEY, LABEL),
        ):
            with pytest.raises(YaksokError) as caught:
                act()
            said += [str(caught.value), repr(caught.value), str(caught.value.__dict__)]
        said += [repr(root), str(root.destroy(version))]
    finally:
        logging.root.handlers, logging.root.level = handlers, level
        for name in ("boto3", "botocore", "urllib3"):
            logging.getLogger(name).setLevel(logging.WARNING)
    out, err = capfd.readouterr()
    everything = "\n".join([out, err, *said])
    for secret in (
        PIN,
        TRANSIT_TOKEN,
        AWS_SECRET,
        KEY.decode(),
        b64encode(KEY).decode(),
        KEY.hex(),
    ):
        assert secret not in everything


def test_what_is_logged_at_debug_would_be_seen_by_that_test(
    capfd: pytest.CaptureFixture[str],
) -> None:
    handlers, level = logging.root.handlers, logging.root.level
    configure("debug")
    try:
        logging.getLogger("yaksok.planted").debug(PIN)
    finally:
        logging.root.handlers, logging.root.level = handlers, level
    assert PIN in capfd.readouterr().err


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAKSOK_ROOT", "transit")
    monkeypatch.setenv("YAKSOK_ROOT_TRANSIT_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("YAKSOK_ROOT_TRANSIT_TOKEN", TRANSIT_TOKEN)


@pytest.mark.usefixtures("away")
def test_a_mall_whose_provider_is_away_does_not_start(capsys: pytest.CaptureFixture[str]) -> None:
    assert "yaksok.E010" in {found.id for found in run_checks(tags=["yaksok"])}
    assert checking.main() == 1
    said = capsys.readouterr().err
    assert "does not answer" in said
    assert "cure: look whether it runs and is unsealed" in said
    assert TRANSIT_TOKEN not in said


@pytest.mark.usefixtures("away")
def test_the_doctor_names_the_provider_and_the_cure(tmp_path: Path) -> None:
    found = {one.name: one for one in doctor.examine(tmp_path / "mall")}["root"]
    assert not found.ok
    assert found.seen.startswith("transit: ")
    assert found.cure == "look whether it runs and is unsealed"
    assert TRANSIT_TOKEN not in json.dumps([found.seen, found.cure])


def test_the_doctor_sees_a_provider_that_answers(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in kept.environ.items():
        monkeypatch.setenv(name, value)
    found = root_keys.tried(DataDirectory(Path(os.environ["YAKSOK_DATA"])))
    assert found.ok, found.seen
    assert found.provider == kept.name
