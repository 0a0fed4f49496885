"""Sections 9 and 11: each probe finds what is so, and notices what breaks its sentence."""

from datetime import timedelta

import pytest

from tests.cast.planting import Patch, Row, handed, named, nothing, notices, row, run, seen
from yaksok.evidence import s09_children as s09
from yaksok.evidence import s11_officer as s11
from yaksok.kernel import clock
from yaksok.kernel.ids import new_id
from yaksok.policy import in_force
from yaksok.policy.decide import Permit, Refusal
from yaksok.policy.in_force import policy

pytestmark = pytest.mark.django_db

CHILD, GUARDIAN = new_id(), new_id()


def family(_: Patch) -> None:
    """A child with a guardian whom the gate knows."""
    row("guardians_asking", subject_id=GUARDIAN, confirmed_at=clock.now())
    row("guardians_ward", subject_id=CHILD, guardian_id=GUARDIAN)
    row("consent_standing", subject_id=CHILD, age="under14", guardian_id=GUARDIAN)
    row("vault_record", subject_id=GUARDIAN, kind="guardian")
    row("vault_record", subject_id=CHILD, kind="membership")


def alone(_: Patch) -> None:
    run("UPDATE consent_standing SET guardian_id = NULL")


def turned_away(kind: str) -> None:
    row("rights_request", kind=kind, asker="guardian", state="refused")


def grown_up(_: Patch) -> None:
    row("consent_standing", subject_id=handed("courier"), age="14+")


def published(_: Patch, content: str = "", number: int | None = None) -> None:
    """A page of the policy that names the officer, unless it says something else."""
    name = policy().document.body.officers.manager.name.ko
    row(
        "published_text",
        number=in_force.number() if number is None else number,
        page="policy",
        language="ko",
        content=content or f"책임자는 {name}입니다.",
    )


def published_without(patch: Patch) -> None:
    published(patch, "책임자를 정하지 않았습니다.", 99)
    patch.setattr(in_force, "number", lambda: 99)


TABLE: tuple[Row, ...] = (
    (
        s09.p9_01_a_child_is_told_first,
        nothing,
        lambda patch: patch.setattr(s09, "visit", seen("<main><input></main>")),
    ),
    (s09.p9_02_nothing_of_a_child_without_a_guardian, family, alone),
    (
        s09.p9_02_nothing_of_a_child_without_a_guardian,
        family,
        lambda _: row("guardians_asking", expires_at=clock.now() - timedelta(days=2)),
    ),
    (s09.p9_03_guardians_see, family, alone),
    (s09.p9_03_guardians_see, family, lambda _: turned_away("see")),
    (s09.p9_04_guardians_correct, family, lambda _: turned_away("correct")),
    (s09.p9_05_guardians_withdraw, family, lambda _: turned_away("withdraw")),
    (
        s09.p9_05_guardians_withdraw,
        family,
        lambda patch: patch.setattr(s09, "decide", lambda *_: Refusal("no", "P9.5", "no")),
    ),
    (
        s09.p9_06_no_child_was_shared,
        grown_up,
        lambda _: run("UPDATE consent_standing SET age = 'unknown'"),
    ),
    (
        s09.p9_06_no_child_was_shared,
        grown_up,
        lambda patch: patch.setattr(s09, "decide", lambda *_: Permit("P4.13")),
    ),
    (
        s11.p11_01_an_officer_is_designated,
        published,
        published_without,
    ),
    (
        s11.p11_04_an_office_outside_is_named,
        nothing,
        lambda patch: patch.setattr(s11, "elsewhere", lambda *_: ""),
    ),
)


@pytest.mark.parametrize("case", TABLE, ids=named)
def test_it_notices(case: Row, monkeypatch: Patch) -> None:
    notices(case, monkeypatch)
