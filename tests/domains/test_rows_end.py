"""Rows outside of the vault come to the end that their table declares."""

import pytest

from yaksok.privacy.retention import rows

pytestmark = pytest.mark.django_db


def test_whatever_is_kept_says_what_ends_it() -> None:
    assert rows.unended() == ()
