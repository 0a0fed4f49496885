"""Sealed bytes open in their own place only, and not at all when one bit differs."""

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yaksok.kernel.errors import Tampered
from yaksok.kernel.ids import new_id
from yaksok.policy.vocabulary import Item
from yaksok.privacy.vault import cipher, crypto, faults, padding, records
from yaksok.privacy.vault.cipher import Kek
from yaksok.settings import checks

KEK = Kek(crypto.new_key())
EPOCH = 7
BOTH = pytest.mark.parametrize("algorithm", list(cipher.ALGORITHMS))


@contextmanager
def sealing_with(algorithm: str) -> Iterator[None]:
    os.environ[cipher.CHOOSES] = algorithm
    cipher.chosen.cache_clear()
    try:
        yield
    finally:
        del os.environ[cipher.CHOOSES]
        cipher.chosen.cache_clear()


def a_place(kind: str = "membership") -> crypto.Place:
    return crypto.Place(b"tenant-0123456789", uuid4(), uuid4(), kind)


def sealed(place: crypto.Place, items: dict[str, str], algorithm: str = "gcm") -> records.Sealed:
    with sealing_with(algorithm):
        return records.seal(place, new_id(), items, KEK, EPOCH)


def with_key(record: records.Sealed, wrapped: bytes) -> records.Sealed:
    return replace(record, key=replace(record.key, wrapped=wrapped))


def flipped(stored: bytes, bit: int) -> bytes:
    changed = bytearray(stored)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


texts = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=40),
    st.text(st.characters(min_codepoint=0x1100, max_codepoint=0x11FF), max_size=40),
    st.text(st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF), max_size=20),
)


@BOTH
@given(st.dictionaries(st.text(min_size=1, max_size=12), texts, max_size=6))
def test_any_text_comes_back_as_it_was(algorithm: str, items: dict[str, str]) -> None:
    record = sealed(a_place(), items, algorithm)
    assert records.unseal(record, KEK).items == items


@pytest.mark.parametrize(
    "text",
    [
        "홍길동",
        "각",
        unicodedata.normalize("NFD", "약속을 지키는 몰"),
        "👩‍👩‍👧‍👦",
        "",
        "뷁" * 21_846,  # 64 KiB
        "x" * 65_536,
        "a\x00b",
        "\u200b",
        "\x80",
    ],
)
@BOTH
def test_rare_text_comes_back(algorithm: str, text: str) -> None:
    record = sealed(a_place(), {"name": text}, algorithm)
    assert records.unseal(record, KEK).items["name"] == text


@given(texts)
def test_a_value_typed_in_two_ways_is_stored_in_one(text: str) -> None:
    ways = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    one, other = (records.normal({Item.NAME: way}) for way in ways)
    assert one == other == {"name": unicodedata.normalize("NFC", text)}


@BOTH
def test_every_single_bit_counts(algorithm: str) -> None:
    record = sealed(a_place(), {"name": "길동", "phone": "010-0000-0000"}, algorithm)
    broken = [
        *(
            replace(record, sealed=flipped(record.sealed, bit))
            for bit in range(len(record.sealed) * 8)
        ),
        *(
            with_key(record, flipped(record.key.wrapped, bit))
            for bit in range(len(record.key.wrapped) * 8)
        ),
        *(
            replace(record, key=replace(record.key, commitment=flipped(record.key.commitment, bit)))
            for bit in range(len(record.key.commitment) * 8)
        ),
    ]
    for one in broken:
        with pytest.raises(faults.Fault):
            records.unseal(one, KEK)


@BOTH
@given(st.data())
def test_any_changed_place_is_refused(algorithm: str, data: st.DataObject) -> None:
    record = sealed(a_place(), {"name": "길동"}, algorithm)
    place = record.place
    part = data.draw(st.sampled_from(["subject", "record", "tenant", "kind"]))
    if part in {"subject", "record"}:
        known: UUID = getattr(place, part)
        bit = data.draw(st.integers(0, 127))
        other: Any = UUID(bytes=flipped(known.bytes, bit))
    elif part == "tenant":
        other = flipped(place.tenant, data.draw(st.integers(0, len(place.tenant) * 8 - 1)))
    else:
        other = data.draw(st.text(max_size=30).filter(lambda kind: kind != place.kind))
    with pytest.raises(faults.Misplaced):
        records.unseal(replace(record, place=replace(place, **{part: other})), KEK)


@BOTH
def test_any_two_rows_exchanged_are_refused(algorithm: str) -> None:
    same = a_place()
    places = [
        same,
        replace(same, subject=uuid4()),
        replace(same, record=uuid4()),
        replace(same, kind="statutory"),
        replace(same, tenant=b"tenant-9876543210"),
    ]
    rows = [sealed(place, {"name": f"값{n}"}, algorithm) for n, place in enumerate(places)]
    for mine in rows:
        for other in rows:
            if other is mine:
                continue
            for moved in (
                replace(mine, key=other.key, sealed=other.sealed),
                replace(mine, key=other.key),
                replace(mine, sealed=other.sealed),
            ):
                with pytest.raises(faults.Misplaced):
                    records.unseal(moved, KEK)


def test_an_older_self_of_the_record_is_refused() -> None:
    place = a_place()
    old, new = sealed(place, {"name": "길동"}), sealed(place, {"name": "순이"})
    with pytest.raises(faults.Altered):
        records.unseal(replace(new, sealed=old.sealed), KEK)
    with pytest.raises(faults.WrongKey):
        records.unseal(with_key(new, old.key.wrapped), KEK)


@BOTH
def test_a_key_of_another_epoch_is_named_as_such(algorithm: str) -> None:
    record = sealed(a_place(), {"name": "길동"}, algorithm)
    with pytest.raises(faults.WrongEpoch, match="epoch 8"):
        records.unseal(replace(record, epoch=EPOCH + 1), KEK)
    with pytest.raises(faults.WrongEpoch, match="epoch 7"):
        records.unseal(record, Kek(crypto.new_key()))


@given(st.data())
def test_a_row_cut_short_is_named_as_such(data: st.DataObject) -> None:
    record = sealed(a_place(), {"name": "길동"})
    rest = data.draw(st.integers(0, len(record.sealed) - 1))
    with pytest.raises(faults.Truncated):
        records.unseal(replace(record, sealed=record.sealed[:rest]), KEK)
    size = data.draw(st.integers(0, crypto.WRAPPED_BYTES - 1))
    if size != crypto.OLD_WRAPPED_BYTES:
        with pytest.raises(faults.Truncated):
            records.unseal(with_key(record, record.key.wrapped[:size]), KEK)


def test_a_format_or_cipher_that_is_not_known_is_named_as_such() -> None:
    record = sealed(a_place(), {"name": "길동"})
    body, wrapped = record.sealed, record.key.wrapped
    rows = [
        (replace(record, sealed=b"\x01" + body[1:]), faults.OldFormat),
        (replace(record, sealed=b"\x03" + body[1:]), faults.UnknownFormat),
        (replace(record, sealed=body[:1] + b"\x09" + body[2:]), faults.UnknownAlgorithm),
        (with_key(record, wrapped[: crypto.OLD_WRAPPED_BYTES]), faults.OldFormat),
        (with_key(record, wrapped + b"\x00"), faults.UnknownFormat),
        (with_key(record, b"\x09" + wrapped[1:]), faults.UnknownAlgorithm),
    ]
    for broken, fault in rows:
        with pytest.raises(fault):
            records.unseal(broken, KEK)


def test_a_cipher_is_not_taken_for_the_other() -> None:
    record = sealed(a_place(), {"name": "길동"})
    siv = bytes([cipher.GCM_SIV])
    with pytest.raises(faults.Altered):
        records.unseal(replace(record, sealed=record.sealed[:1] + siv + record.sealed[2:]), KEK)
    with pytest.raises(faults.Altered):
        records.unseal(with_key(record, siv + record.key.wrapped[1:]), KEK)


def test_what_opens_but_is_no_record_is_refused() -> None:
    record = sealed(a_place(), {"name": "길동"})
    key = crypto.unwrap(KEK, record.key, record.place.label(), EPOCH)
    for content in (b"\x00" * 64, padding.pad(b"no record"), b"no mark".ljust(64, b"\x01")):
        body = crypto.seal(key, content, record.place.label())
        with pytest.raises(faults.NotARecord):
            records.unseal(replace(record, sealed=body), KEK)


def test_both_ciphers_are_read_whatever_is_chosen() -> None:
    rows = {name: sealed(a_place(), {"name": name}, name) for name in cipher.ALGORITHMS}
    for chosen in cipher.ALGORITHMS:
        with sealing_with(chosen):
            for name, row in rows.items():
                assert records.unseal(row, KEK).items == {"name": name}
                assert row.sealed[1] == row.key.wrapped[0] == cipher.ALGORITHMS[name]


def test_a_nonce_drawn_twice_gives_nothing_away_under_siv(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = a_place()
    monkeypatch.setattr(os, "urandom", lambda size: b"\x07" * size)  # a snapshot brought back
    texts = ("홍길동", "남궁민수")
    one, other = (sealed(place, {"name": text}, "gcm") for text in texts)
    siv_one, siv_other = (sealed(place, {"name": text}, "gcm-siv") for text in texts)
    body = 2 + crypto.SEAT_BYTES + crypto.NONCE_BYTES
    same = sum(a == b for a, b in zip(one.sealed[body:-16], other.sealed[body:-16], strict=True))
    siv = sum(
        a == b for a, b in zip(siv_one.sealed[body:-16], siv_other.sealed[body:-16], strict=True)
    )
    assert same > 30  # GCM: the same stream twice, equal wherever the texts are equal
    assert siv < 8  # SIV: two streams


@pytest.mark.parametrize("name", ["", "aes", "GCM"])
def test_a_cipher_that_does_not_exist_is_refused_with_its_cure(name: str) -> None:
    with sealing_with(name), pytest.raises(cipher.CipherUnavailable, match="cure: set it to gcm"):
        cipher.chosen()


def test_a_mall_that_cannot_seal_does_not_start() -> None:
    for name in cipher.ALGORITHMS:
        with sealing_with(name):
            assert checks.cipher_that_does_not_exist(None) == []
    with sealing_with("aes"):
        (error,) = checks.cipher_that_does_not_exist(None)
        assert error.id == "yaksok.E020"
        assert error.hint is not None
        assert "gcm-siv" in error.hint


def every_fault() -> list[type[faults.Fault]]:
    return faults.Fault.__subclasses__()


def test_every_fault_is_a_tampered_of_its_own_with_cause_and_cure() -> None:
    kinds = every_fault()
    assert len(kinds) == 9
    assert len({kind.cause for kind in kinds}) == 9
    for kind in kinds:
        assert issubclass(kind, Tampered)
        words = str(kind("a record"))
        assert words.startswith("a record ")
        assert kind.cause in words
        assert f"cure: {kind.cure}" in words


def test_errors_hold_no_value() -> None:
    record = sealed(a_place(), {"name": "canary-4711"})
    with pytest.raises(faults.Altered) as caught:
        records.unseal(replace(record, sealed=flipped(record.sealed, 300)), KEK)
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
