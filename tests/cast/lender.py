"""A provider of safe numbers: the document that names it, and what it lends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.cast.policies import changed, obeying, policy_of
from tests.cast.sandboxes import Sandbox

IEUM = """
[safe_number]
days = 30
after_delivery = "P3D"

[recipients.safe_number]
company = { ko = "이음안심번호 (모의 서버)", en = "Ieum Safe Numbers (sandbox)" }
purpose = { ko = "받는 분 전화로 이어지는 안심번호를 빌려줌", en = "lending a safe number that leads to the recipient's telephone" }
items = ["phone"]
without_consent = "delivery"
keeps = { ko = "배송이 끝나고 3일까지, 길어도 빌린 날부터 30일까지", en = "until 3 days after the delivery, and at most 30 days" }
entrusted = true

[records.order_recipient.items.safe_number]
required = false
label = { ko = "안심번호", en = "Safe number" }
reason = { ko = "택배회사에 전화번호 대신 알려요.", en = "Told to the courier instead of the telephone." }
"""
"""A named company, the one item that it is given, how long, and where its number is kept."""

GRANTS = """
  { roles = ["system", "clerk"], actions = ["disclose"], purposes = ["delivery"], items = ["phone"], recipient = "safe_number" },
  { roles = ["system"], actions = ["amend"], purposes = ["delivery"], items = ["safe_number"] },
"""

BOX = """
[[forms.{form}.boxes]]
name = "safe_number"
text = {{ ko = "택배회사에 받는 분 전화번호 대신 안심번호를 알려 주세요. 번호를 이어 주는 이음안심번호만 전화번호를 알고, 도착하고 3일 뒤에 번호를 돌려줘요. 고르지 않아도 달라지는 것은 없어요.", en = "Tell the courier a safe number instead of the recipient's telephone. Only Ieum Safe Numbers, which connects the calls, knows the telephone; 3 days after the delivery the number is given back. Nothing else changes if you leave this open." }}
required = false
"""
FORMS = ("checkout_guest", "checkout_member", "checkout_guardian")
FOUR = 'items = ["name", "phone", "postcode", "address"]'


def lending() -> str:
    """The packaged document with a provider of safe numbers, and the wish for one on each order form."""
    text = changed(more=IEUM + "".join(BOX.format(form=form) for form in FORMS))
    head, found, rest = text.partition("[records.order_recipient]\n")
    record, end, rest = rest.partition("[records.order_recipient.items.name]")
    assert found, "the packaged document has no recipients of orders"
    assert FOUR in record, "the packaged document opens other items of them"
    record = record.replace(FOUR, FOUR.replace("]", ', "safe_number"]'))
    record = record.replace("grants = [\n", f"grants = [{GRANTS}", 1)
    return head + found + record + end + rest


@contextmanager
def lent() -> Iterator[None]:
    """The mall obeys :func:`lending`."""
    with obeying(policy_of(lending())):
        yield


def numbers(provider: Sandbox) -> list[dict[str, Any]]:
    """Every number that the provider ever lent, the newest first."""
    found: list[dict[str, Any]] = provider.call("GET", "/sandbox/numbers")[1]["numbers"]
    return found


def leading_to(provider: Sandbox, phone: str) -> list[dict[str, Any]]:
    """The numbers that lead to ``phone`` now."""
    wanted = phone.replace("-", "")
    return [one for one in numbers(provider) if one["number"] == wanted and not one["released"]]
