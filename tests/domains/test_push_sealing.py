"""How a notification is sealed (RFC 8291), who vouches for it (RFC 8292), and what is an address for one."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from dev.sandbox_push import opening
from yaksok.kernel import clock, keyring
from yaksok.policy import fields, masks, push_address
from yaksok.policy.vocabulary import Item
from yaksok.privacy.post import push_sealing, push_voucher


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


# The example of RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SERVER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
BROWSER_PUBLIC = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_it_is_sealed_as_the_standard_has_it() -> None:
    sealed = push_sealing.seal_record(
        PLAIN + push_sealing.END,
        raw(BROWSER_PUBLIC),
        raw(SECRET),
        once=int.from_bytes(raw(SERVER_PRIVATE)),
        salt=raw(SALT),
    )
    assert b64(sealed) == MESSAGE


def test_the_sandbox_opens_as_the_standard_has_it() -> None:
    number = int.from_bytes(raw(BROWSER_PRIVATE))
    assert opening.point_of(number) == raw(BROWSER_PUBLIC)
    assert opening.open_message(raw(MESSAGE), number, raw(SECRET)) == PLAIN


NUMBER = int.from_bytes(raw(BROWSER_PRIVATE))


@given(st.binary(max_size=push_sealing.LONGEST).filter(lambda said: not said.endswith(b"\x00")))
def test_the_browser_reads_it_and_its_length_tells_a_kilobyte_at_most(said: bytes) -> None:
    sealed = push_sealing.seal(said, raw(BROWSER_PUBLIC), raw(SECRET))
    assert opening.open_message(sealed, NUMBER, raw(SECRET)) == said
    assert len(sealed) <= push_sealing.MOST
    steps = {
        len(push_sealing.seal(b"", raw(BROWSER_PUBLIC), raw(SECRET))) + 1024 * n for n in range(4)
    }
    assert len(sealed) in steps | {push_sealing.MOST}


def test_no_two_messages_look_alike_and_nobody_else_opens_one() -> None:
    one, other = (push_sealing.seal(PLAIN, raw(BROWSER_PUBLIC), raw(SECRET)) for _ in range(2))
    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]
    for number, secret in ((NUMBER, b"x" * 16), (NUMBER - 1, raw(SECRET))):
        with pytest.raises(opening.NotForUs):
            opening.open_message(one, number, secret)
    changed = one[:-1] + bytes([one[-1] ^ 1])
    with pytest.raises(opening.NotForUs):
        opening.open_message(changed, NUMBER, raw(SECRET))


def test_more_than_is_carried_is_not_sealed() -> None:
    assert (
        len(push_sealing.seal(b"x" * push_sealing.LONGEST, raw(BROWSER_PUBLIC), raw(SECRET)))
        == 4096
    )
    with pytest.raises(push_sealing.TooLong):
        push_sealing.seal(b"x" * (push_sealing.LONGEST + 1), raw(BROWSER_PUBLIC), raw(SECRET))


def test_the_voucher_says_who_writes_to_whom_and_until_when() -> None:
    header = push_voucher.voucher("https://push.example")
    token, key = header.removeprefix("vapid t=").split(", k=")
    head, said, signature = token.split(".")
    assert json.loads(raw(head)) == {"typ": "JWT", "alg": "ES256"}
    read = json.loads(raw(said))
    assert (read["aud"], read["sub"]) == ("https://push.example", "mailto:hello@yaksok.example")
    ahead = read["exp"] - clock.now().timestamp()
    assert 0 < ahead <= timedelta(days=1).total_seconds()
    assert key == push_voucher.public_key()
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(key))
    both = raw(signature)
    der = encode_dss_signature(int.from_bytes(both[:32]), int.from_bytes(both[32:]))
    public.verify(der, f"{head}.{said}".encode(), ec.ECDSA(SHA256()))  # raises if it is not ours


def test_the_key_is_one_of_the_mall_and_stays() -> None:
    key = push_voucher.public_key()
    assert key == push_voucher.public_key()
    assert len(raw(key)) == 65
    assert keyring.directory().joinpath(f"{push_voucher.KEY}.key").stat().st_mode & 0o077 == 0


ENDPOINT = "https://push.example/p/abc"


def said(endpoint: str = ENDPOINT, point: str = BROWSER_PUBLIC, secret: str = SECRET) -> str:
    return f"{endpoint} {point} {secret} {BROWSER_PUBLIC}"


def test_an_address_is_read() -> None:
    found = push_address.read(said())
    assert found is not None
    assert (found.endpoint, found.origin) == (ENDPOINT, "https://push.example")
    assert (found.point, found.secret) == (raw(BROWSER_PUBLIC), raw(SECRET))
    assert fields.clean(Item.PUSH_ENDPOINT, f" {said()} ") == said()
    assert masks.mask(Item.PUSH_ENDPOINT, said()) == "push.example/***"
    assert "abc" not in repr(found)


OFF_CURVE = b64(raw(BROWSER_PUBLIC)[:-1] + bytes([raw(BROWSER_PUBLIC)[-1] ^ 1]))


@pytest.mark.parametrize(
    "typed",
    [
        ENDPOINT,
        said() + " more",
        said("ftp://push.example/p"),
        said("https://push.example"),
        said("https://user:word@push.example/p"),
        said("https://push.example/p#fragment"),
        said("https://push.example\\@inside/p"),
        said("javascript:alert(1)"),
        said("https://푸시.example/p"),
        said(point=SECRET),
        said(point=OFF_CURVE),
        said(point=b64(b"\x04" + b"\x00" * 64)),
        said(point=b64(b"\x02" + raw(BROWSER_PUBLIC)[1:33])),
        said(secret=b64(b"x" * 15)),
        said(secret="not+base64=="),
        said("https://push.example/" + "a" * 1500),
    ],
)
def test_what_is_no_address_is_not_taken(typed: str) -> None:
    with pytest.raises(fields.Unfit):
        fields.clean(Item.PUSH_ENDPOINT, typed)
