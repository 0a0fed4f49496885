"""Root keys in AWS KMS, by its official client."""

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from yaksok.kernel.errors import Shredded
from yaksok.privacy.vault.roots.port import Unfit, Unreachable
from yaksok.privacy.vault.roots.provider import END_OF_NAME, Provider
from yaksok.privacy.vault.roots.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECONDS = 5
SHORTEST, LONGEST = 7, 30
"""Days that AWS lets pass at least and at most before a key is really deleted."""
KEY_ID = re.compile(rb"[0-9a-f-]{36}|mrk-[0-9a-f]{32}")
"""Never an ARN: what a row names must be a key of the mall's own account."""
GONE = {"PendingDeletion", "PendingReplicaDeletion"}
STRANGE = {"InvalidCiphertextException", "IncorrectKeyException"}
NOT_HERE = {"NotFoundException"}
NOT_ALLOWED = {
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}


class Failed(Exception):
    """KMS answered with an error. ``code`` is its name; messages of the service are not kept."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Kms(Provider):
    """One symmetric KMS key a version, with an alias that names mall and version.

    KMS deletes no key at once: a waiting time of 7 to 30 days passes, in which an administrator of
    the account can take the key back. So the receipt says when it will be final, and every date that
    a person is told includes the waiting time.

    Credentials come the way AWS's own tools take them: environment, files, the machine's role. They
    need CreateKey, CreateAlias, ListAliases, TagResource, DescribeKey, Encrypt, Decrypt and
    ScheduleKeyDeletion; nobody needs CancelKeyDeletion.
    """

    name = "kms"
    prefix = "kms"

    def __init__(self, directory: Path, settings: Settings, kept: timedelta = timedelta(0)) -> None:
        super().__init__(directory, kept)
        self._region = settings.needed("KMS_REGION", "ap-northeast-2")
        self._url = settings.text("KMS_URL") or None
        self._window = settings.number("KMS_WINDOW_DAYS", SHORTEST, least=SHORTEST, most=LONGEST)
        self.own_delay = timedelta(days=self._window)
        self._ids: dict[int, str] = {}
        self._service: Any = None
        address = urlsplit(self._url or "https://")
        if address.scheme != "https" and address.hostname not in LOOPBACK:
            msg = f"YAKSOK_ROOT_KMS_URL is {address.scheme}://: keys would travel in plain text"
            raise Unfit(msg, cure="write https://…, or leave it unset")

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """The client. Its errors become ours, and :class:`Failed` where the caller must choose."""
        try:
            from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
        except ImportError:
            msg = "the client of AWS is not installed"
            raise Unfit(msg, cure="pip install yaksok[kms]") from None
        try:
            if self._service is None:
                self._service = self._connected()
            yield self._service
        except NoCredentialsError:
            msg = "there are no credentials for AWS KMS"
            raise Unfit(msg, cure="give the machine a role, or set AWS_PROFILE") from None
        except ClientError as error:
            raise self._told(str(error.response.get("Error", {}).get("Code", ""))) from None
        except (BotoCoreError, OSError) as error:
            msg = f"AWS KMS in {self._region} does not answer ({type(error).__name__})"
            raise Unreachable(msg, cure="look at the network and at AWS's health page") from None

    def _connected(self) -> Any:  # noqa: ANN401 - boto3's clients have no types
        """A client, which takes a third of a second to make, and is kept."""
        import boto3
        from botocore.config import Config

        config = Config(
            connect_timeout=SECONDS, read_timeout=SECONDS, retries={"total_max_attempts": 2}
        )
        session = boto3.Session()
        return session.client(
            "kms", region_name=self._region, endpoint_url=self._url, config=config
        )

    def _told(self, code: str) -> Exception:
        if code in NOT_ALLOWED:
            msg = f"AWS KMS in {self._region} refuses these credentials ({code})"
            return Unfit(msg, cure="give them the rights that docs/roots.md lists")
        if code in STRANGE | NOT_HERE or code in {"KMSInvalidStateException", "DisabledException"}:
            return Failed(code)
        msg = f"AWS KMS in {self._region} could not serve ({code})"
        return Unreachable(msg, cure="try again; look at AWS's health page")

    def _family(self) -> str:
        return f"alias/yaksok/{self.tenant.hex()}/"

    def _context(self, version: int, label: bytes) -> dict[str, str]:
        return {
            "mall": self.tenant.hex(),
            "version": str(version),
            "label": b64encode(label).decode(),
        }

    def _all(self, client: Any) -> dict[int, str]:  # noqa: ANN401 - as above
        family = self._family()
        pages = client.get_paginator("list_aliases").paginate()
        aliases = [one for page in pages for one in page["Aliases"]]
        listed = {
            int(one["AliasName"].removeprefix(family)): str(one["TargetKeyId"])
            for one in aliases
            if one["AliasName"].startswith(family) and "TargetKeyId" in one
        }
        return {**self._ids, **listed}  # what was made a moment ago may not be listed yet

    def _make(self, version: int) -> None:
        with self._client() as client:
            made = client.create_key(
                KeyUsage="ENCRYPT_DECRYPT",
                KeySpec="SYMMETRIC_DEFAULT",
                Description=f"yaksok root {version}",
                Tags=[{"TagKey": "yaksok-mall", "TagValue": self.tenant.hex()}],
            )
            key = str(made["KeyMetadata"]["KeyId"])
            client.create_alias(AliasName=f"{self._family()}{version:06d}", TargetKeyId=key)
        self._ids[version] = key

    def _living(self) -> tuple[int, ...]:
        with self._client() as client:
            return tuple(
                sorted(
                    version
                    for version, key in self._all(client).items()
                    if self._described(client, key).get("KeyState") not in {None, *GONE}
                )
            )

    def _described(self, client: Any, key: str) -> dict[str, Any]:  # noqa: ANN401 - as above
        try:
            found: dict[str, Any] = client.describe_key(KeyId=key)["KeyMetadata"]
        except client.exceptions.NotFoundException:
            return {}
        return found

    def _seal(self, version: int, plain: bytes, label: bytes) -> bytes:
        try:
            with self._client() as client:
                key = self._all(client).get(version)
                if key is None:
                    raise self._missing(version)
                context = self._context(version, label)
                answer = client.encrypt(KeyId=key, Plaintext=plain, EncryptionContext=context)
        except Failed as failed:
            raise self._unusable(version, failed) from None
        return key.encode("ascii") + END_OF_NAME + bytes(answer["CiphertextBlob"])

    def _open(self, version: int, sealed: bytes, label: bytes) -> bytes:
        key, _, body = sealed.partition(END_OF_NAME)
        if not KEY_ID.fullmatch(key) or not body:
            raise self._foreign(version)
        try:
            with self._client() as client:
                answer = client.decrypt(
                    KeyId=key.decode("ascii"),
                    CiphertextBlob=body,
                    EncryptionContext=self._context(version, label),
                )
        except Failed as failed:
            raise self._unusable(version, failed) from None
        return bytes(answer["Plaintext"])

    def _unusable(self, version: int, failed: Failed) -> Exception:
        if failed.code in STRANGE:
            return self._foreign(version)
        if failed.code in NOT_HERE:
            return self._missing(version)
        if failed.code == "DisabledException":
            msg = f"the KMS key of root version {version} is disabled"
            return Unfit(msg, cure="enable it: aws kms enable-key")
        msg = (
            f"the KMS key of root version {version} is about to be deleted: what it wrapped is gone"
        )
        return Shredded(msg)

    def _missing(self, version: int) -> Unfit:
        msg = f"AWS KMS in {self._region} has no key of root version {version}"
        return Unfit(msg, cure="name the account and region that this mall was sealed with")

    def _end(self, version: int) -> tuple[str, datetime | None]:
        with self._client() as client:
            key = self._all(client).get(version)
            state = self._described(client, key) if key else {}
            if not key or not state:
                return "the service does not have it any more", None
            if state["KeyState"] not in GONE:
                with suppress(client.exceptions.KMSInvalidStateException):  # another was first
                    client.schedule_key_deletion(KeyId=key, PendingWindowInDays=self._window)
                state = self._described(client, key)
            if state.get("KeyState") not in GONE:
                msg = f"AWS KMS in {self._region} did not schedule a deletion"
                raise Unreachable(msg, cure="look at the key in the account's console")
        return f"key {key} is scheduled to be deleted; it can decrypt no more", state[
            "DeletionDate"
        ]

    def _look(self) -> str:
        with self._client() as client:
            client.list_aliases(Limit=1)
        return f"AWS KMS in {self._region}; a deleted key is final after {self._window} days"
