"""How others seal the same three items: what each can do, and what it cannot.

A peer that is not installed is named with the reason. Nothing is estimated.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

ONE_KEY = "one key for everybody: erasing one person leaves what backups hold"


@dataclass(frozen=True, slots=True)
class Peer:
    """Seals three items as its makers show it; ``without`` says what it has no way to do."""

    name: str
    package: str
    seal: Callable[[], object]
    open: Callable[[], object]
    without: str

    @property
    def version(self) -> str:
        """The version that is measured."""
        return version(self.package)


@dataclass(frozen=True, slots=True)
class Missing:
    """A peer that cannot be measured here, and why."""

    name: str
    why: str


def peers(values: Sequence[str]) -> Iterator[Peer | Missing]:
    """Every peer, ready to seal and open ``values``."""
    for name, package, ready in (
        ("cryptography.Fernet", "cryptography", _fernet),
        ("Tink, a keyset per subject", "tink", _tink),
        ("django-fernet-encrypted-fields", "django-fernet-encrypted-fields", _django),
    ):
        try:
            version(package)
            seal, opening, without = ready(values)
        except (ImportError, PackageNotFoundError) as error:
            yield Missing(name, f"not measured: {type(error).__name__}: {error}; cure: make bench")
            continue
        if opening() != list(values):
            yield Missing(name, "not measured: it does not give back what it was given")
            continue
        yield Peer(name, package, seal, opening, without)


Ready = tuple[Callable[[], object], Callable[[], object], str]


def _fernet(values: Sequence[str]) -> Ready:
    from cryptography.fernet import Fernet

    fernet = Fernet(Fernet.generate_key())

    def seal() -> list[bytes]:
        return [fernet.encrypt(value.encode()) for value in values]

    tokens = seal()
    return seal, lambda: [fernet.decrypt(token).decode() for token in tokens], ONE_KEY


def _tink(values: Sequence[str]) -> Ready:
    import tink
    from tink import aead, proto_keyset_format

    aead.register()
    template = aead.aead_key_templates.AES256_GCM
    kek = tink.new_keyset_handle(template).primitive(aead.Aead)

    def seal() -> tuple[bytes, list[bytes]]:
        handle = tink.new_keyset_handle(template)
        primitive = handle.primitive(aead.Aead)
        keyset = proto_keyset_format.serialize_encrypted(handle, kek, b"subject")
        return keyset, [primitive.encrypt(value.encode(), b"subject") for value in values]

    keyset, sealed = seal()

    def opening() -> list[str]:
        handle = proto_keyset_format.parse_encrypted(keyset, kek, b"subject")
        primitive = handle.primitive(aead.Aead)
        return [primitive.decrypt(one, b"subject").decode() for one in sealed]

    return (
        seal,
        opening,
        "no search by value; storing, rotating and destroying keysets is left to you",
    )


def _django(values: Sequence[str]) -> Ready:
    from django.db import connection
    from django.test.utils import override_settings
    from encrypted_fields.fields import EncryptedCharField

    field = EncryptedCharField(max_length=200)
    with override_settings(SALT_KEY="benchmark"):  # the key is derived once and kept

        def seal() -> list[str]:
            return [field.get_prep_value(value) for value in values]

        stored = seal()

    def opening() -> list[str]:
        return [field.from_db_value(one, None, connection) for one in stored]

    return seal, opening, f"{ONE_KEY}; no search by value"
