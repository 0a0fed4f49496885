"""Sealed bytes open in their own place only, and not at all when one bit differs."""

from dataclasses import replace
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from yaksok.kernel.errors import Tampered
from yaksok.kernel.ids import new_id
from yaksok.privacy.vault import crypto, padding, records

KEK = AESGCM(crypto.new_key())
EPOCH = 7


def a_place(kind: str = "membership") -> crypto.Place:
    return crypto.Place(b"tenant-0123456789", uuid4(), uuid4(), kind)


def sealed(place: crypto.Place, items: dict[str, str]) -> records.Sealed:
    return records.seal(place, new_id(), items, KEK, EPOCH)


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.text(max_size=300), max_size=6))
def test_any_text_comes_back_as_it_was(items: dict[str, str]) -> None:
    record = sealed(a_place(), items)
    assert records.unseal(record, KEK).items == items


@pytest.mark.parametrize(
    "text", ["홍길동", "각", "👩‍👩‍👧‍👦", "", "뷁" * 20_000, "a\x00b", "\u200b"]
)
def test_rare_text_comes_back(text: str) -> None:
    record = sealed(a_place(), {"name": text})
    assert records.unseal(record, KEK).items["name"] == text


@given(st.data())
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    record = sealed(a_place(), {"name": "길동", "phone": "010-0000-0000"})
    part = data.draw(st.sampled_from(["sealed", "wrapped", "commitment"]))
    stored = {
        "sealed": record.sealed,
        "wrapped": record.key.wrapped,
        "commitment": record.key.commitment,
    }
    bit = data.draw(st.integers(0, len(stored[part]) * 8 - 1))
    changed = bytearray(stored[part])
    changed[bit // 8] ^= 1 << (bit % 8)
    stored[part] = bytes(changed)
    broken = replace(
        record,
        sealed=stored["sealed"],
        key=crypto.SealedKey(stored["wrapped"], stored["commitment"]),
    )
    with pytest.raises(Tampered):
        records.unseal(broken, KEK)


@pytest.mark.parametrize("other", ["subject", "record", "kind", "tenant"])
def test_a_record_moved_to_another_place_does_not_open(other: str) -> None:
    place = a_place()
    record = sealed(place, {"name": "길동"})
    elsewhere = {
        "subject": replace(place, subject=uuid4()),
        "record": replace(place, record=uuid4()),
        "kind": replace(place, kind="statutory"),
        "tenant": replace(place, tenant=b"tenant-9876543210"),
    }[other]
    with pytest.raises(crypto.WrongEpoch):
        records.unseal(replace(record, place=elsewhere), KEK)


def test_a_sealed_body_put_under_another_key_is_refused() -> None:
    place = a_place()
    mine, other = sealed(place, {"name": "길동"}), sealed(place, {"name": "순이"})
    with pytest.raises(Tampered):
        records.unseal(replace(mine, sealed=other.sealed), KEK)


def test_a_key_of_another_epoch_is_named_as_such() -> None:
    record = sealed(a_place(), {"name": "길동"})
    with pytest.raises(crypto.WrongEpoch, match="epoch 8"):
        records.unseal(replace(record, epoch=EPOCH + 1), KEK)


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x02" + b"x" * 60, b"\x01" + b"x" * 20])
def test_a_body_of_another_format_is_a_typed_error(broken: bytes) -> None:
    record = sealed(a_place(), {"name": "길동"})
    with pytest.raises(Tampered):
        records.unseal(replace(record, sealed=broken), KEK)


def test_errors_hold_no_value() -> None:
    record = sealed(a_place(), {"name": "canary-4711"})
    with pytest.raises(Tampered) as caught:
        records.unseal(replace(record, sealed=record.sealed[:-1] + b"\x00"), KEK)
    assert "canary" not in repr(caught.value)
    assert caught.value.__cause__ is None


@given(st.binary(max_size=5_000))
def test_padding_gives_back_what_it_was_given(content: bytes) -> None:
    padded = padding.pad(content)
    assert padding.unpad(padded) == content
    assert len(padded) == padding.bucket(len(content) + 1)


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_short_records_have_one_size(one: str, other: str) -> None:
    place = a_place()
    sizes = {len(sealed(place, {"n": text}).sealed) for text in (one[:8], other[:8])}
    assert len(sizes) == 1


def test_what_is_too_large_is_refused_with_its_size() -> None:
    with pytest.raises(ValueError, match=str(padding.LARGEST)):
        padding.pad(b"x" * padding.LARGEST)
