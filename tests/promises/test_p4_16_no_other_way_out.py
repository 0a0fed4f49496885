"""P4.16: no page loads, links in or posts to anything but the mall and the payment window."""

import pytest
from django.test import override_settings

from tests.cast import people
from tests.surfaces.visits import Visitor, addresses, browser_of
from yaksok.web.headers import content_policy

pytestmark = pytest.mark.django_db

PUBLIC = ("/policy", "/terms", "/lookup", "/log-in", "/sign-up", "/certificate/verify", "/nothing")
OWN = ("/my", "/my/orders", "/my/trail", "/my/leave", "/console")


def test_the_browser_is_forbidden_to_load_from_elsewhere() -> None:
    with override_settings(YAKSOK_PAYMENT_URL="https://pay.example"):
        directives = dict(part.split(" ", 1) for part in content_policy().split("; "))
    assert directives.pop("form-action") == "'self' https://pay.example"
    assert set(directives.values()) <= {"'none'", "'self'"}


@pytest.mark.parametrize("path", PUBLIC + OWN)
def test_a_page_names_no_other_origin(path: str) -> None:
    for browser in (Visitor(), browser_of(people.member()), browser_of(people.clerk())):
        answer = browser.get(path)
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        for address in addresses(answer.content.decode()):
            assert address.startswith(("/", "?", "mailto:", "tel:")), address
            assert not address.startswith("//"), address
