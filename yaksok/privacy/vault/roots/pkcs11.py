"""Root keys in a hardware security module, by PKCS#11: they are made there and never come out."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from yaksok.privacy.vault.roots.port import Unfit, Unreachable
from yaksok.privacy.vault.roots.provider import Provider
from yaksok.privacy.vault.roots.settings import Settings

NONCE_BYTES = 12
TAG_BITS = 128
KEY_BITS = 256
LABEL = "yaksok-root-"
WAITS = (0.02, 0.1, 0.4)
"""Seconds before a token that failed without a reason is tried again."""

_ONE_AT_A_TIME = threading.RLock()
"""A log-in counts for the whole process, and so does a log-out; no two sessions overlap.

Nor do those of two processes: SoftHSM fails when somebody else writes into its folder.
"""


class Token(Provider):
    """AES-256-GCM keys in one token, one a version; sensitive, not extractable.

    Each key's label is ``yaksok-root-000007``, its id the mall's 16 bytes, so that several malls may
    share a token. Destroying is C_DestroyObject, after which the object is looked for. Where the
    token itself is a directory (SoftHSM) or is backed up, copies live as long as those backups.
    """

    name = "pkcs11"
    prefix = "pkcs11"

    def __init__(self, directory: Path, settings: Settings, kept: timedelta = timedelta(0)) -> None:
        super().__init__(directory, kept)
        self._module = settings.needed("PKCS11_MODULE", "/usr/lib/softhsm/libsofthsm2.so")
        self._label = settings.needed("PKCS11_TOKEN", "yaksok")
        self._pin = settings.secret("PKCS11_PIN")
        self._refused = False
        self._process = os.getpid()

    @contextmanager
    def _session(self) -> Iterator[Any]:
        pkcs11 = _client()
        if self._refused:  # a token locks itself after a few wrong PINs
            raise self._wrong_pin()
        with _ONE_AT_A_TIME, self._marks.one_at_a_time("token"):
            try:
                session = self._opened(pkcs11)
            except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
                self._refused = True
                raise self._wrong_pin() from None
            except pkcs11.PinLocked:
                msg = f'token "{self._label}" is locked after wrong PINs'
                raise Unfit(msg, cure="let its security officer unlock it") from None
            except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
                msg = f'token "{self._label}" does not answer ({type(error).__name__})'
                cure = f"look whether {self._module} is installed and the token is plugged in"
                raise Unreachable(msg, cure=cure) from None
            try:
                yield session
            except pkcs11.PKCS11Error as error:
                msg = f'token "{self._label}" failed ({type(error).__name__})'
                raise Unreachable(msg, cure="look at the token's own log") from None
            finally:
                session.close()

    def _opened(self, pkcs11: ModuleType) -> Any:  # noqa: ANN401 - the client is known at run time
        library = pkcs11.lib(self._module)
        if self._process != os.getpid():  # a forked child must begin anew
            library.reinitialize()
            self._process = os.getpid()
        for patience in WAITS:
            try:
                return library.get_token(token_label=self._label).open(rw=True, user_pin=self._pin)
            except (pkcs11.GeneralError, pkcs11.NoSuchToken):
                time.sleep(patience)  # SoftHSM says so while somebody else writes into its folder
                library.reinitialize()
        return library.get_token(token_label=self._label).open(rw=True, user_pin=self._pin)

    def _wrong_pin(self) -> Unfit:
        msg = f'token "{self._label}" refuses the PIN; it is not tried again'
        return Unfit(msg, cure="correct YAKSOK_ROOT_PKCS11_PIN_FILE, then start anew")

    def _found(self, session: Any) -> dict[int, Any]:  # noqa: ANN401 - keys get their methods at run time
        pkcs11 = _client()
        mine = {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.SECRET_KEY,
            pkcs11.Attribute.ID: self.tenant,
        }
        keys = [(str(key.label), key) for key in session.get_objects(mine)]
        return {
            int(label.removeprefix(LABEL)): key for label, key in keys if label.startswith(LABEL)
        }

    def _key(self, session: Any, version: int) -> Any:  # noqa: ANN401 - as above
        pkcs11 = _client()
        key = self._found(session).get(version)
        if key is None:
            msg = f'token "{self._label}" has no key {LABEL}{version:06d} of this mall'
            raise Unfit(msg, cure="plug in the token that this mall was sealed with")
        shows = key[pkcs11.Attribute.EXTRACTABLE] or not key[pkcs11.Attribute.SENSITIVE]
        if shows:
            msg = f"key {LABEL}{version:06d} can be taken out of its token"
            raise Unfit(msg, cure="close the epoch under a key that the token made itself")
        return key

    def _make(self, version: int) -> None:
        pkcs11 = _client()
        with self._session() as session:
            session.generate_key(
                pkcs11.KeyType.AES,
                KEY_BITS,
                id=self.tenant,
                label=f"{LABEL}{version:06d}",
                store=True,
                capabilities=pkcs11.MechanismFlag.ENCRYPT | pkcs11.MechanismFlag.DECRYPT,
                template={
                    pkcs11.Attribute.SENSITIVE: True,
                    pkcs11.Attribute.EXTRACTABLE: False,
                    pkcs11.Attribute.PRIVATE: True,
                },
            )

    def _living(self) -> tuple[int, ...]:
        with self._session() as session:
            return tuple(sorted(self._found(session)))

    def _seal(self, version: int, plain: bytes, label: bytes) -> bytes:
        pkcs11 = _client()
        nonce = os.urandom(NONCE_BYTES)
        with self._session() as session:
            sealed = self._key(session, version).encrypt(
                plain,
                mechanism=pkcs11.Mechanism.AES_GCM,
                mechanism_param=pkcs11.GCMParams(nonce, label, TAG_BITS),
            )
        return nonce + bytes(sealed)

    def _open(self, version: int, sealed: bytes, label: bytes) -> bytes:
        pkcs11 = _client()
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        if len(body) <= TAG_BITS // 8:
            raise self._foreign(version)
        with self._session() as session:
            key = self._key(session, version)
            try:
                plain = key.decrypt(
                    body,
                    mechanism=pkcs11.Mechanism.AES_GCM,
                    mechanism_param=pkcs11.GCMParams(nonce, label, TAG_BITS),
                )
            except (
                pkcs11.EncryptedDataInvalid,
                pkcs11.EncryptedDataLenRange,
                pkcs11.GeneralError,  # what SoftHSM says when a tag does not fit
                pkcs11.FunctionFailed,
            ):
                raise self._foreign(version) from None
            return bytes(plain)

    def _end(self, version: int) -> tuple[str, datetime | None]:
        with self._session() as session:
            key = self._found(session).get(version)
            if key is None:
                return "the token does not have it any more", None
            key.destroy()
        with self._session() as session:
            if version in self._found(session):
                msg = f"token kept key {LABEL}{version:06d} when told to destroy it"
                raise Unreachable(msg, cure="let its security officer destroy the object")
        return f'C_DestroyObject in token "{self._label}"; looked for and not found', None

    def _look(self) -> str:
        pkcs11 = _client()
        with self._session() as session:
            mechanisms = session.token.slot.get_mechanisms()
            if pkcs11.Mechanism.AES_GCM not in mechanisms:
                msg = f'token "{self._label}" does not know AES-GCM'
                raise Unfit(msg, cure="use a token that does")
            return f'token "{self._label}" of {session.token.slot.manufacturer_id}'.strip()


def _client() -> ModuleType:
    try:
        import pkcs11
    except ImportError:
        msg = "the PKCS#11 client is not installed"
        raise Unfit(msg, cure="pip install yaksok[pkcs11]") from None
    return pkcs11
