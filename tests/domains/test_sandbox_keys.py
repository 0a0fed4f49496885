"""The sandboxes of the key providers do what the services do, so that tests against them mean something."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import boto3
import hvac
import pytest
from botocore.exceptions import ClientError

from tests.cast.roots import TRANSIT_TOKEN
from tests.cast.sandboxes import Sandbox

TEXT = b64encode(b"thirty-two bytes or fewer, it is").decode()


@pytest.fixture
def transit(transit_sandbox: Sandbox) -> Iterator[Any]:
    client = hvac.Client(url=transit_sandbox.url, token=TRANSIT_TOKEN)
    yield client.secrets.transit
    client.session.close()


@pytest.fixture
def name() -> str:
    return f"key-{uuid4()}"


def encrypted(transit: Any, name: str) -> str:
    return str(transit.encrypt_data(name, plaintext=TEXT)["data"]["ciphertext"])


def test_versions_of_a_key_encrypt_and_older_ones_still_decrypt(transit: Any, name: str) -> None:
    transit.create_key(name, key_type="aes256-gcm96")
    old = encrypted(transit, name)
    transit.rotate_key(name)
    new = encrypted(transit, name)
    assert old.startswith("vault:v1:")
    assert new.startswith("vault:v2:")
    for one in (old, new):
        assert transit.decrypt_data(name, ciphertext=one)["data"]["plaintext"] == TEXT


def test_what_is_below_the_least_version_does_not_decrypt_and_can_be_trimmed(
    transit: Any, name: str
) -> None:
    transit.create_key(name, key_type="aes256-gcm96")
    old = encrypted(transit, name)
    transit.rotate_key(name)
    with pytest.raises(hvac.exceptions.InvalidRequest, match="may still decrypt"):
        transit.trim_key(name, min_version=2)
    transit.update_key_configuration(name, min_decryption_version=2)
    with pytest.raises(hvac.exceptions.InvalidRequest, match="too old"):
        transit.decrypt_data(name, ciphertext=old)
    transit.trim_key(name, min_version=2)
    transit.rotate_key(name)
    assert set(transit.read_key(name)["data"]["keys"]) == {"2", "3"}
    forged = old.replace("vault:v1:", "vault:v2:")
    with pytest.raises(hvac.exceptions.InvalidRequest, match="authentication failed"):
        transit.decrypt_data(name, ciphertext=forged)


def test_a_key_is_deleted_only_when_that_was_allowed(transit: Any, name: str) -> None:
    transit.create_key(name, key_type="aes256-gcm96")
    old = encrypted(transit, name)
    with pytest.raises(hvac.exceptions.InvalidRequest, match="not allowed"):
        transit.delete_key(name)
    transit.update_key_configuration(name, deletion_allowed=True)
    transit.delete_key(name)
    with pytest.raises(hvac.exceptions.InvalidPath):
        transit.read_key(name)
    encrypted(transit, name)  # the engine makes a key that is not there: a trap of the API
    with pytest.raises(hvac.exceptions.InvalidRequest, match="authentication failed"):
        transit.decrypt_data(name, ciphertext=old)


def test_nobody_without_the_token(transit_sandbox: Sandbox, name: str) -> None:
    client = hvac.Client(url=transit_sandbox.url, token="another-token")
    with pytest.raises(hvac.exceptions.Forbidden):
        client.secrets.transit.read_key(name)
    client.session.close()


@pytest.fixture
def kms(kms_sandbox: Sandbox) -> Any:
    return boto3.client("kms", region_name="ap-northeast-2", endpoint_url=kms_sandbox.url)


def code_of(caught: pytest.ExceptionInfo[ClientError]) -> str:
    return str(caught.value.response["Error"]["Code"])


def test_a_context_and_a_key_are_part_of_the_lock(kms: Any) -> None:
    one, other = (kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(2))
    context = {"mall": "a"}
    blob = kms.encrypt(KeyId=one, Plaintext=b"x", EncryptionContext=context)["CiphertextBlob"]
    opened = kms.decrypt(KeyId=one, CiphertextBlob=blob, EncryptionContext=context)
    assert opened["Plaintext"] == b"x"
    with pytest.raises(ClientError) as caught:
        kms.decrypt(KeyId=one, CiphertextBlob=blob, EncryptionContext={"mall": "b"})
    assert code_of(caught) == "InvalidCiphertextException"
    with pytest.raises(ClientError) as caught:
        kms.decrypt(KeyId=other, CiphertextBlob=blob, EncryptionContext=context)
    assert code_of(caught) == "IncorrectKeyException"


def test_a_key_that_waits_for_its_deletion_is_of_no_use(kms: Any) -> None:
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    with pytest.raises(ClientError) as caught:
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=6)
    assert code_of(caught) == "ValidationException"
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    for act in (
        lambda: kms.encrypt(KeyId=key, Plaintext=b"x"),
        lambda: kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7),
    ):
        with pytest.raises(ClientError) as caught:
            act()
        assert code_of(caught) == "KMSInvalidStateException"


def test_aliases_come_in_pages(kms: Any) -> None:
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    names = {f"alias/test/{uuid4()}" for _ in range(7)}
    for one in names:
        kms.create_alias(AliasName=one, TargetKeyId=key)
    first = kms.list_aliases()
    assert first["Truncated"]
    pages = kms.get_paginator("list_aliases").paginate()
    assert names <= {alias["AliasName"] for page in pages for alias in page["Aliases"]}


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("Authorization", "", "IncompleteSignature"),
        ("X-Amz-Date", "20200101T000000Z", "InvalidSignatureException"),
        ("X-Amz-Target", "TrentService.CreateKey", "InvalidSignatureException"),
    ],
)
def test_a_request_that_was_changed_on_its_way_is_refused(
    kms: Any, header: str, value: str, code: str
) -> None:
    def change(request: Any, **_: Any) -> None:
        del request.headers[header]
        request.headers[header] = value

    kms.meta.events.register_last("before-send.kms", change)
    with pytest.raises(ClientError) as caught:
        kms.list_aliases()
    assert code_of(caught) == code
