"""Root keys in the transit engine of OpenBao or HashiCorp Vault, by its official client."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from yaksok.privacy.vault.roots.port import Unfit, Unreachable
from yaksok.privacy.vault.roots.provider import Provider
from yaksok.privacy.vault.roots.settings import Settings

if TYPE_CHECKING:
    from hvac import Client

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
KEY_TYPE = "aes256-gcm96"
SECONDS = 5


class Transit(Provider):
    """One transit key a version, so that each can be destroyed alone.

    The key is not exportable and has no plaintext backup; one that has is refused. Destroying sets
    ``deletion_allowed``, deletes the key with all it ever wrapped, and reads it back to see it gone.
    Snapshots of the server's storage keep it as long as they live: ``YAKSOK_ROOT_KEPT_DAYS``.

    The token needs, on ``transit/keys/yaksok-*``: create, read, update, delete, list; on
    ``transit/encrypt/yaksok-*`` and ``transit/decrypt/yaksok-*``: update. It is read from its file at
    every use, so an agent may renew it.
    """

    name = "transit"
    prefix = "transit"

    def __init__(self, directory: Path, settings: Settings, kept: timedelta = timedelta(0)) -> None:
        super().__init__(directory, kept)
        self._settings = settings
        self._url = settings.needed("TRANSIT_URL", "https://bao.example:8200").rstrip("/")
        self._mount = settings.text("TRANSIT_MOUNT", "transit")
        self._namespace = settings.text("TRANSIT_NAMESPACE") or None
        self._authority = settings.text("TRANSIT_CA")
        address = urlsplit(self._url)
        if address.scheme != "https" and address.hostname not in LOOPBACK:
            msg = f"YAKSOK_ROOT_TRANSIT_URL is {address.scheme}://: keys would travel in plain text"
            raise Unfit(msg, cure="write https://…")
        settings.secret("TRANSIT_TOKEN")

    def _name(self, version: int) -> str:
        return f"{self._family()}{version:06d}"

    def _family(self) -> str:
        return f"yaksok-{self.tenant.hex()}-"

    @contextmanager
    def _client(self) -> Iterator["Client"]:
        hvac = _library()
        client = hvac.Client(
            url=self._url,
            token=self._settings.secret("TRANSIT_TOKEN"),
            namespace=self._namespace,
            verify=self._authority or True,
            timeout=SECONDS,
            allow_redirects=True,
        )
        client.session.trust_env = False  # no proxy and no password file gets between
        try:
            yield client
        except (hvac.exceptions.Forbidden, hvac.exceptions.Unauthorized):
            msg = f"the transit engine at {self._place()} refuses this token"
            raise Unfit(
                msg, cure="renew the token, and give it the rights of docs/roots.md"
            ) from None
        except (OSError, hvac.exceptions.VaultError) as error:
            msg = f"the transit engine at {self._place()} does not answer ({type(error).__name__})"
            raise Unreachable(msg, cure="look whether it runs and is unsealed") from None
        finally:
            client.session.close()

    def _place(self) -> str:
        return f"{urlsplit(self._url).netloc}/{self._mount}"

    def _read(self, client: "Client", version: int) -> dict[str, Any] | None:
        try:
            answer = client.secrets.transit.read_key(self._name(version), mount_point=self._mount)
        except _library().exceptions.InvalidPath:
            return None
        data: dict[str, Any] = answer["data"]
        return data

    def _make(self, version: int) -> None:
        with self._client() as client:
            client.secrets.transit.create_key(
                self._name(version),
                exportable=False,
                allow_plaintext_backup=False,
                key_type=KEY_TYPE,
                mount_point=self._mount,
            )
            self._refuse_exportable(client, version)

    def _refuse_exportable(self, client: "Client", version: int) -> None:
        key = self._read(client, version)
        if key is None:
            msg = f"the transit engine at {self._place()} has no key of root version {version}"
            raise Unfit(msg, cure="name the server and mount that this mall was sealed with")
        if key.get("exportable") or key.get("allow_plaintext_backup"):
            msg = f"the transit key of root version {version} can be taken out of its server"
            raise Unfit(msg, cure="close the epoch under a key that cannot")

    def _living(self) -> tuple[int, ...]:
        with self._client() as client:
            try:
                answer = client.secrets.transit.list_keys(mount_point=self._mount)
            except _library().exceptions.InvalidPath:
                return ()  # an empty list is answered like this
        family = self._family()
        names = [str(name) for name in answer["data"]["keys"]]
        return tuple(sorted(int(n.removeprefix(family)) for n in names if n.startswith(family)))

    def _seal(self, version: int, plain: bytes, label: bytes) -> bytes:
        with self._client() as client:
            self._refuse_exportable(client, version)
            answer = client.secrets.transit.encrypt_data(
                self._name(version),
                plaintext=b64encode(plain).decode(),
                associated_data=b64encode(label).decode(),
                mount_point=self._mount,
            )
        return str(answer["data"]["ciphertext"]).encode("ascii")

    def _open(self, version: int, sealed: bytes, label: bytes) -> bytes:
        with self._client() as client:
            try:
                answer = client.secrets.transit.decrypt_data(
                    self._name(version),
                    ciphertext=sealed.decode("ascii", "replace"),
                    associated_data=b64encode(label).decode(),
                    mount_point=self._mount,
                )
            except (_library().exceptions.InvalidRequest, _library().exceptions.InvalidPath):
                self._refuse_exportable(client, version)  # says so when there is no such key
                raise self._foreign(version) from None
        return b64decode(answer["data"]["plaintext"])

    def _end(self, version: int) -> tuple[str, datetime | None]:
        with self._client() as client:
            if self._read(client, version) is None:
                return "the server does not have it any more", None
            engine = client.secrets.transit
            engine.update_key_configuration(
                self._name(version), deletion_allowed=True, mount_point=self._mount
            )
            engine.delete_key(self._name(version), mount_point=self._mount)
            if self._read(client, version) is not None:
                msg = f"the transit engine at {self._place()} kept a key when told to delete it"
                raise Unreachable(msg, cure="look at the server's own log")
        return f"deleted at {self._place()}; read back and not found", None

    def _look(self) -> str:
        with self._client() as client:
            client.auth.token.lookup_self()
            state = client.sys.read_health_status(method="GET")
        version = state.get("version", "?") if isinstance(state, dict) else "?"
        return f"transit at {self._place()}, server {version}"


def _library() -> ModuleType:
    try:
        import hvac.exceptions
    except ImportError:
        msg = "the client of OpenBao and Vault is not installed"
        raise Unfit(msg, cure="pip install yaksok[transit]") from None
    library: ModuleType = hvac
    return library
