"""The law tables are dated: each row says since when, until when, and how far it was checked."""

import datetime
import re

import msgspec
import pytest

from yaksok.policy.law import tables as law
from yaksok.policy.law.tables import (
    LawRow,
    age_of_consent,
    deadline,
    figure,
    guardian_methods,
    in_force,
    notice_lead,
    remedy_names,
    retention_laws,
    row_of,
    rows,
    tables,
)
from yaksok.policy.retention import Period

TODAY = datetime.date(2026, 11, 24)
DAY = datetime.timedelta(days=1)
EVERY = [(country, name) for country in ("kr", "eu") for name in rows(country)]


@pytest.mark.parametrize(("country", "name"), EVERY, ids=[f"{c}-{n}" for c, n in EVERY])
def test_each_row_has_a_day_a_mark_and_words(country, name):
    row = rows(country)[name]
    assert row.mark in {"T", "W", "M"}
    assert row.ended is None or row.effective < row.ended
    article = getattr(row, "article", None)
    assert article is None or article.strip()
    for field in row.__struct_fields__:
        text = getattr(row, field)
        if hasattr(text, "ko"):
            assert re.search("[가-힣]", text.ko)
            assert text.en.isascii() or "§" in text.en
    if isinstance(row, LawRow):
        assert Period.parse(row.period) != Period()


@pytest.mark.parametrize("country", ["kr", "eu"])
def test_what_replaces_a_row_names_one_that_is_there(country):
    every = rows(country)
    for name, row in every.items():
        table = name.partition(".")[0]
        assert row.replaces is None or f"{table}.{row.replaces}" in every
        successor = getattr(row, "successor", None)
        assert successor is None or f"{table}.{successor}" in every


def test_the_figures_of_the_law():
    assert {
        name: retention_laws()[name].period for name in ("advertising", "contract", "supply")
    } == {
        "advertising": "P6M",
        "contract": "P5Y",
        "supply": "P5Y",
    }
    assert retention_laws()["complaint"].period == "P3Y"
    assert retention_laws()["access_point"].period == "P3M"
    assert retention_laws()["staff_access_large"].period == "P2Y"
    assert retention_laws()["de_vouchers"].state == "DE"
    assert deadline("access", TODAY).period == "P10D"
    assert deadline("access", TODAY, "eu").period == "P1M"
    assert deadline("destruction", TODAY).period == "P5D"
    assert notice_lead(TODAY, adverse=False).period == "P7D"
    assert notice_lead(TODAY, adverse=True).period == "P30D"
    assert figure("breach_notice", TODAY).value == 72
    assert figure("intrusion_report", TODAY).value == 24
    assert figure("breach_report", TODAY, "eu").value == 72
    assert len(guardian_methods(TODAY)) == 7


def test_ages_of_consent_by_state():
    states = {"DE": 16, "NL": 16, "IE": 16, "FR": 15, "AT": 14, "ES": 14, "IT": 14, "BE": 13}
    assert {state: age_of_consent(state, TODAY) for state in states} == states
    assert age_of_consent("KR", TODAY) is None


def test_a_row_holds_from_its_first_day_until_the_day_before_it_ended():
    old = tables().upkeep["log_review"]
    assert old.ended is not None
    assert not old.holds(old.effective - DAY)
    assert old.holds(old.effective)
    assert old.holds(old.ended - DAY)
    assert not old.holds(old.ended)
    assert "log_review" not in in_force(tables().upkeep, TODAY)


def test_whoever_asks_for_an_old_name_gets_what_replaced_it():
    table = tables().upkeep
    changed = table["log_review_by_plan"]
    assert row_of(table, "log_review", changed.effective - DAY) == table["log_review"]
    assert row_of(table, "log_review", changed.effective) == changed


def test_a_row_that_replaces_another_wins_whatever_their_order():
    base = tables("eu").figure["breach_report"]
    longer = msgspec.structs.replace(
        base, value=96, effective=datetime.date(2028, 1, 1), replaces="breach_report"
    )
    for table in (
        {"breach_report": base, "longer": longer},
        {"longer": longer, "breach_report": base},
    ):
        assert row_of(table, "breach_report", datetime.date(2027, 12, 31)).value == 72
        assert row_of(table, "breach_report", datetime.date(2028, 1, 1)).value == 96


def test_nobody_is_sent_to_an_office_that_has_ended():
    historic = tables().remedy["historic_report_centre"]
    assert historic.ended is not None
    assert "historic_report_centre" not in in_force(tables().remedy, law.today())
    assert "historic_report_centre" in in_force(tables().remedy, historic.ended - DAY)
    assert "historic_report_centre" in remedy_names()


def test_changes_to_come_are_dated():
    korean = tables().change
    assert korean["ai_exception"].effective == datetime.date(2027, 3, 9)
    assert korean["isms_p"].effective == datetime.date(2027, 7, 1)
    assert tables("eu").change["digital_omnibus"].pending
    assert law.today() >= datetime.date(2026, 1, 1)
