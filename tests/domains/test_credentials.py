"""A password is kept as an Argon2id verifier: it can be checked, never read (P2.9)."""

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from typing import Literal

import pytest
from argon2 import PasswordHasher
from django.db import connection

from yaksok.database.roles import keeper
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.mall.accounts import credentials, verifiers

pytestmark = pytest.mark.django_db

PASSWORD = "quiet lantern over water 73"


@pytest.fixture(autouse=True)
def _in_a_journey(db: None) -> Iterator[None]:
    with keeper():
        yield


def proves(subject: SubjectId | None, password: str) -> bool:
    return verifiers.matches(credentials.of(subject), password)


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT verifier FROM accounts_credential")
        (verifier,) = cursor.fetchone()
    return str(verifier)


def test_only_the_right_password_proves_the_person() -> None:
    subject = new_subject_id()
    credentials.keep(subject, verifiers.verifier_of(PASSWORD))
    assert proves(subject, PASSWORD)
    assert not proves(subject, PASSWORD + " ")
    assert not proves(new_subject_id(), PASSWORD)


def test_a_mall_takes_32_mib_and_three_passes() -> None:
    asked = "from yaksok.mall.accounts.verifiers import verifier_of as of; print(of('a'))"
    said = subprocess.run(
        (sys.executable, "-c", asked), capture_output=True, check=True, timeout=60
    )
    assert said.stdout.startswith(b"$argon2id$v=19$m=32768,t=3,p=1$")


def test_it_is_kept_as_a_salted_argon2id_verifier() -> None:
    credentials.keep(new_subject_id(), verifiers.verifier_of(PASSWORD))
    assert stored().startswith("$argon2id$")
    assert PASSWORD not in stored()
    assert verifiers.verifier_of(PASSWORD) != verifiers.verifier_of(PASSWORD)


def test_a_password_typed_in_two_ways_is_one() -> None:
    subject = new_subject_id()
    sentence = "약속을 지켜요 73"
    credentials.keep(subject, verifiers.verifier_of(unicodedata.normalize("NFD", sentence)))
    assert proves(subject, unicodedata.normalize("NFC", sentence))


class Counting(PasswordHasher):
    """Notes the parameters of what it is asked to verify."""

    asked: list[str]

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the name of the library
        """Verify, and note the algorithm and parameters."""
        self.asked.append(str(hash).rsplit("$", 2)[0])
        return super().verify(hash, password)


def test_nobody_takes_as_much_work_as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting(verifiers.PASSES, verifiers.MEMORY_KIB, verifiers.LANES)
    counting.asked = []
    monkeypatch.setattr(verifiers, "_hasher", counting)
    subject = new_subject_id()
    credentials.keep(subject, verifiers.verifier_of(PASSWORD))
    assert not proves(None, PASSWORD)
    assert not proves(subject, "wrong")
    nobody, somebody = counting.asked
    assert nobody == somebody


def test_nobody_is_never_proved() -> None:
    assert not proves(None, "the password of nobody")


def test_a_verifier_of_older_parameters_is_recognised() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    assert verifiers.matches(old, PASSWORD)
    assert verifiers.is_outdated(old)
    assert not verifiers.is_outdated(verifiers.verifier_of(PASSWORD))


def test_forgotten_it_proves_nobody() -> None:
    subject = new_subject_id()
    credentials.keep(subject, verifiers.verifier_of(PASSWORD))
    credentials.forget(subject)
    assert not proves(subject, PASSWORD)
