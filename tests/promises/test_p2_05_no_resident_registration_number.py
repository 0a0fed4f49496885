"""P2.5: no resident registration number is taken, wherever it is typed."""

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.kernel.errors import Invalid
from yaksok.policy.document import DocumentError, parse
from yaksok.policy.entries import Text
from yaksok.policy.forms import form, read
from yaksok.policy.lints.run import lint
from yaksok.policy.vocabulary import FormName, Item, Language

WRITTEN = (
    "900101-1234567",
    "9001011234567",
    "９００１０１－１２３４５６７",
    "900101 1234567",
    "90.01.01-1234567",
    "9 0 0 1 0 1 1 2 3 4 5 6 7",
    "900101\u200b-\u200b1234567",
    "991231-5234567",
    "000229-4234567",
)
ORDINARY = (
    "010-1234-5678",
    "1234-5678-9012-3456",
    "서울 종로구 약속로 90, 101동 1234호",
    "2026-11-24",
)
ASKING = """
[records.membership.items.rrn]
required = true
label = { ko = "번호", en = "number" }
reason = { ko = "그냥", en = "just so" }
asked_on = ["sign_up"]
"""
MEMO = Text(ko="메모", en="memo")


def refused(value: str) -> set[str]:
    """Which free-text fields of the order form do not take ``value``."""
    shown = form(packaged_policy(), FormName.CHECKOUT_GUEST).asking(
        "extra_1", MEMO, MEMO, required=False, max_length=500
    )
    free = [
        field.name for field in shown.fields if field.item in {Item.NAME, Item.ADDRESS, Item.EXTRA}
    ]
    posted = dict.fromkeys(free, f"약속로 {value} 앞")
    with pytest.raises(Invalid) as error:
        read(shown, posted, Language.ENGLISH)
    assert value not in repr(error.value.problems)
    return {name for name in free if name in error.value.problems}


def test_every_free_text_refuses_every_way_of_writing_it():
    everywhere = {"payer_name", "recipient_name", "recipient_address", "extra_1"}
    for value in WRITTEN:
        assert refused(value) == everywhere, value


def test_ordinary_numbers_pass():
    for value in ORDINARY:
        assert refused(value) == set(), value


def test_nothing_of_this_document_asks_for_it():
    policy = packaged_policy()
    assert not [kind for kind, items in policy.items.items() if Item.RRN in items]
    assert not [
        field for form in policy.forms.values() for field in form.fields if field.item is Item.RRN
    ]


def test_a_lawful_document_cannot_ask_for_it():
    for statute in ("", 'statute = "a law"'):
        with pytest.raises(DocumentError) as error:
            policy_of(changed(more=f"{ASKING}{statute}\n"))
        assert error.value.key.startswith("records.membership.items.rrn")


def test_a_document_that_asks_for_it_is_refused():
    text = changed(('label = { ko = "아이디"', 'label = { ko = "주민등록번호"'))
    assert [found.rule for found in lint(parse(text))] == ["L-RRN"]
