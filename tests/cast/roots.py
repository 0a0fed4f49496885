"""The four providers of root keys as tests use them: real SoftHSM, servers on loopback, files."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cast.sandboxes import Sandbox, free_port
from yaksok.privacy.vault.roots import choosing
from yaksok.privacy.vault.roots.marks import make_tenant
from yaksok.privacy.vault.roots.port import Root

PIN = "pin-of-the-cast-4711"
TRANSIT_TOKEN = "token-of-the-cast-4712"
AWS_SECRET = "secret-of-the-cast-4713"
AWS_ID = "AKIACASTCASTCAST"
TOKEN = ("--label", "cast", "--so-pin", "so-pin-4714", "--pin", PIN)
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
NAMES = ("file", "kms", "pkcs11", "transit")


@dataclass(frozen=True)
class Kept:
    """One provider, a key directory of its own, and what its environment says."""

    name: str
    directory: Path
    environ: dict[str, str]
    sandbox: Sandbox | None = None

    def root(self, **changes: str) -> Root:
        """The provider as a process that starts now sees it."""
        return choosing.named(self.name, self.directory, {**self.environ, **changes})


Keeping = Callable[[str], Kept]


@pytest.fixture(scope="session")
def softhsm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A SoftHSM with one token. The library reads its settings once per process, so it is shared."""
    module = next((path for path in MODULES if Path(path).exists()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        pytest.fail("SoftHSM is missing; cure: apt install softhsm2 (make test does it as root)")
    place = tmp_path_factory.mktemp("softhsm")
    (place / "tokens").mkdir(mode=0o700)
    settings = place / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {place / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n",
        encoding="utf-8",
    )
    os.environ["SOFTHSM2_CONF"] = str(settings)
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", *TOKEN],
        check=True,
        capture_output=True,
    )
    return {
        "YAKSOK_ROOT": "pkcs11",
        "YAKSOK_ROOT_PKCS11_MODULE": module,
        "YAKSOK_ROOT_PKCS11_TOKEN": "cast",
        "YAKSOK_ROOT_PKCS11_PIN": PIN,
    }


class KeySandbox(Sandbox):
    """A sandbox that is told its secret when it starts, and nobody else is."""

    def start(self) -> None:
        """Start it and wait until it answers."""
        with pytest.MonkeyPatch.context() as secrets:
            secrets.setenv("YAKSOK_ROOT_TRANSIT_TOKEN", TRANSIT_TOKEN)
            secrets.setenv("AWS_ACCESS_KEY_ID", AWS_ID)
            secrets.setenv("AWS_SECRET_ACCESS_KEY", AWS_SECRET)
            super().start()


@contextlib.contextmanager
def _started(name: str, data: Path) -> Iterator[Sandbox]:
    sandbox = KeySandbox(name, data, port=free_port())
    sandbox.start()
    try:
        yield sandbox
    finally:
        sandbox.stop()


@pytest.fixture(scope="session")
def aws_credentials() -> Iterator[None]:
    """Credentials as AWS's own tools take them, and nothing of this machine's."""
    kept = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_ACCESS_KEY_ID"] = AWS_ID
    os.environ["AWS_SECRET_ACCESS_KEY"] = AWS_SECRET
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    yield
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update({name: kept[name] for name in kept if name.startswith("AWS_")})


@pytest.fixture(scope="session")
def kms_sandbox(
    tmp_path_factory: pytest.TempPathFactory, aws_credentials: None
) -> Iterator[Sandbox]:
    """A server that speaks the KMS API, for the whole session."""
    with _started("sandbox_kms", tmp_path_factory.mktemp("kms")) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def transit_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A server that speaks the transit API, for the whole session."""
    with _started("sandbox_transit", tmp_path_factory.mktemp("transit")) as sandbox:
        yield sandbox


@pytest.fixture
def keeping(request: pytest.FixtureRequest, tmp_path: Path) -> Keeping:
    """Any provider by its name, with the key directory of a mall of its own."""

    def kept(name: str) -> Kept:
        directory = tmp_path / "keys"
        make_tenant(directory)
        if name == "pkcs11":
            return Kept(name, directory, request.getfixturevalue("softhsm"))
        if name == "transit":
            sandbox: Sandbox = request.getfixturevalue("transit_sandbox")
            token = tmp_path / "token"
            token.touch(mode=0o600)
            token.write_text(f"{TRANSIT_TOKEN}\n", encoding="ascii")
            address = {
                "YAKSOK_ROOT_TRANSIT_URL": sandbox.url,
                "YAKSOK_ROOT_TRANSIT_TOKEN_FILE": str(token),
            }
            return Kept(name, directory, {"YAKSOK_ROOT": name, **address}, sandbox)
        if name == "kms":
            sandbox = request.getfixturevalue("kms_sandbox")
            place = {"YAKSOK_ROOT_KMS_REGION": "ap-northeast-2", "YAKSOK_ROOT_KMS_URL": sandbox.url}
            return Kept(name, directory, {"YAKSOK_ROOT": name, **place}, sandbox)
        return Kept(name, directory, {"YAKSOK_ROOT": name})

    return kept


@pytest.fixture(params=NAMES)
def kept(request: pytest.FixtureRequest, keeping: Keeping) -> Kept:
    """Each provider in turn."""
    return keeping(request.param)
