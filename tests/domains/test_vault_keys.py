"""Root keys in files: private, durable, destroyed for good."""

import os
from pathlib import Path

import pytest

from yaksok.kernel import keyring
from yaksok.kernel.errors import Shredded
from yaksok.privacy.vault.roots.key_file import KeyFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def test_it_wraps_and_unwraps(folder: Path) -> None:
    root = KeyFile.create(folder)
    version = root.new_version()
    wrapped = root.wrap(version, b"k" * 32, b"kek:1")
    assert root.unwrap(version, wrapped, b"kek:1") == b"k" * 32
    assert KeyFile.create(folder).unwrap(version, wrapped, b"kek:1") == b"k" * 32


def test_a_label_is_part_of_the_lock(folder: Path) -> None:
    root = KeyFile.create(folder)
    version = root.new_version()
    wrapped = root.wrap(version, b"k" * 32, b"kek:1")
    with pytest.raises(keyring.UnsafeKey):
        root.unwrap(version, wrapped, b"index:1")


def test_a_destroyed_version_is_gone_and_its_number_is_never_reused(folder: Path) -> None:
    root = KeyFile.create(folder)
    version = root.new_version()
    key = (folder / f"root-{version:06d}.key").read_bytes()
    wrapped = root.wrap(version, b"k" * 32, b"kek:1")
    receipt = root.destroy(version)
    assert receipt.version == version
    with pytest.raises(Shredded):
        root.unwrap(version, wrapped, b"kek:1")
    assert all(key not in path.read_bytes() for path in folder.iterdir())
    assert root.destroy(version).version == version
    assert root.new_version() == version + 1


def test_a_key_that_others_can_read_is_refused(folder: Path) -> None:
    root = KeyFile.create(folder)
    version = root.new_version()
    path = folder / f"root-{version:06d}.key"
    path.chmod(0o640)
    with pytest.raises(keyring.UnsafeKey, match="chmod 600"):
        root.wrap(version, b"k", b"l")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_somebody_else_is_refused(folder: Path) -> None:
    root = KeyFile.create(folder)
    version = root.new_version()
    os.chown(folder / f"root-{version:06d}.key", 65534, -1)
    with pytest.raises(keyring.UnsafeKey, match="chown 0"):
        root.wrap(version, b"k", b"l")


def test_a_missing_key_says_what_to_bring_back(folder: Path) -> None:
    root = KeyFile.create(folder)
    version = root.new_version()
    (folder / f"root-{version:06d}.key").unlink()
    with pytest.raises(keyring.UnsafeKey, match="bring it back"):
        root.wrap(version, b"k", b"l")


def test_files_are_private(folder: Path) -> None:
    root = KeyFile.create(folder)
    root.new_version()
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_named_keys_are_made_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAKSOK_KEYS", str(folder))
    first = keyring.named_key("throttle")
    assert len(first) == keyring.KEY_BYTES
    assert keyring.named_key("throttle") == first
    assert keyring.named_key("letters") != first
