"""Section 4: each probe finds what is so, and notices the row that breaks its sentence."""

from datetime import timedelta

import pytest

from tests.cast.planting import (
    OPENED,
    Patch,
    Row,
    acted,
    handed,
    named,
    nothing,
    notices,
    row,
    run,
    said,
    seen,
)
from yaksok.evidence import s04_agreed as s04
from yaksok.evidence import s04_sharing
from yaksok.kernel import clock
from yaksok.kernel.ids import new_id

pytestmark = pytest.mark.django_db

YES = ["disclose:payment_provider"]
"""In the packaged document nobody else needs a yes."""

LABEL = {"recipient": "courier", "purpose": "delivery", "promise": "P4.13"}
WHO = new_id()


def agreed(_: Patch) -> None:
    said(WHO, ago=timedelta(hours=3), given=YES)
    handed(subject_id=WHO)


def not_agreed(_: Patch) -> None:
    said(handed(), given=["ads_email"])


def refused(*names: str) -> None:
    said(WHO, withheld=[*names])
    row("consent_standing", subject_id=WHO, age="14+", consents=[], refusals=[*names])


def forgotten(_: Patch) -> None:
    """The gate knows no refusal any more."""
    run("UPDATE consent_standing SET refusals = %s", [])


def sent_against_it(_: Patch) -> None:
    """It was sent after the person had refused everybody."""
    said(WHO, ago=timedelta(minutes=5), withheld=["disclose"])
    handed(subject_id=WHO)


def told(_: Patch) -> None:
    handed("courier", message="correction", due_at=clock.now(), told="acknowledged")


def brought(_: Patch) -> None:
    row("shipping_number", number="a-parcel")
    handed(**LABEL, reference="a-parcel")


TABLE: tuple[Row, ...] = (
    (s04.p4_03_whoever_was_given_had_agreed, agreed, not_agreed),
    (
        s04.p4_04_each_recipient_is_one_named_company,
        agreed,
        lambda _: handed(purpose="advertising"),
    ),
    (
        s04.p4_06_the_person_was_told,
        told,
        lambda _: run("UPDATE disclosure_handover SET told = ''"),
    ),
    (
        s04.p4_07_nothing_was_given_after_a_withdrawal,
        agreed,
        lambda _: said(WHO, withheld=YES),
    ),
    (s04.p4_08_what_was_refused_is_refused, lambda _: refused("beyond_scope"), forgotten),
    (
        s04.p4_08_what_was_refused_is_refused,
        lambda _: refused("beyond_scope"),
        lambda _: row("consent_channel", subject_id=WHO, stands=True),
    ),
    (s04.p4_09_no_third_party_against_a_refusal, lambda _: refused("disclose"), forgotten),
    (s04.p4_09_no_third_party_against_a_refusal, lambda _: refused("disclose"), sent_against_it),
    (
        s04.p4_10_two_cases_and_no_third,
        lambda _: handed(**LABEL),
        lambda _: handed(**{**LABEL, "promise": "P4.3"}),
    ),
    (
        s04.p4_11_the_courier_was_told_of_parcels,
        brought,
        lambda _: handed(**LABEL, reference="of-no-parcel"),
    ),
    (
        s04_sharing.p4_12_a_label_has_three_fields,
        lambda _: handed(**LABEL, items=["name", "postcode", "address", "phone"]),
        lambda _: handed(**LABEL, items=["name", "address", "phone", "email"]),
    ),
    (
        s04.p4_14_figures_served_three_uses,
        lambda _: row("figures_release", use="research"),
        lambda _: row("figures_release", use="advertising"),
    ),
    (
        s04.p4_15_figures_show_nobody,
        lambda _: row("figures_table", smallest=10),
        lambda _: row("figures_table", smallest=2),
    ),
    (
        s04.p4_15_figures_show_nobody,
        lambda _: row("figures_table", smallest=10),
        acted(OPENED, "officer", "membership", "statistics", "email"),
    ),
    (
        s04.p4_16_no_page_reaches_elsewhere,
        nothing,
        lambda patch: patch.setattr(
            s04,
            "visit",
            seen(
                '<script src="https://elsewhere.example/pixel.js"></script>',
                Content_Security_Policy="default-src 'self'",
            ),
        ),
    ),
    (
        s04.p4_16_no_page_reaches_elsewhere,
        nothing,
        lambda patch: patch.setattr(s04, "visit", seen("<p>")),
    ),
)


@pytest.mark.parametrize("case", TABLE, ids=named)
def test_it_notices(case: Row, monkeypatch: Patch) -> None:
    notices(case, monkeypatch)


def test_who_agreed_anew_after_a_withdrawal_is_given(monkeypatch: Patch) -> None:
    said(WHO, ago=timedelta(hours=5), given=YES)
    said(WHO, ago=timedelta(hours=4), withheld=YES)
    agreed(monkeypatch)
    found = s04.p4_07_nothing_was_given_after_a_withdrawal()
    assert str(found.figure).startswith("어긋난 것 0건")


def test_who_was_not_told_is_found_behind_however_many_who_were(monkeypatch: Patch) -> None:
    monkeypatch.setattr(s04, "MOST", 1)
    told(monkeypatch)
    told(monkeypatch)
    handed("courier", message="erasure", due_at=clock.now(), told="")
    found = s04.p4_06_the_person_was_told()
    assert str(found.figure).startswith("어긋난 것 1건")


def test_a_refusal_that_the_person_took_back_is_not_missed() -> None:
    said(WHO, withheld=["beyond_scope"])
    said(WHO, lifted=["beyond_scope"])
    row("consent_standing", subject_id=WHO, age="14+", consents=[], refusals=[])
    found = s04.p4_08_what_was_refused_is_refused()
    assert str(found.figure).startswith("어긋난 것 0건")
