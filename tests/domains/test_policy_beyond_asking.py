"""What nobody is asked about cannot be the name under which something new reaches everybody."""

import pytest

from tests.cast.policies import (
    ADVERTISER,
    MEMBERS_ARE_FOR,
    changed,
    granting,
    policy_of,
)
from yaksok.policy.document import DocumentError


def by_case(case: str, items: str = "") -> str:
    """The advertiser, without a programme, as somebody to whom ``case`` lets items go without consent."""
    company, _, _ = ADVERTISER.partition("[programmes.")
    text = company.replace('items = ["email"]', f"items = [{items}]")
    return text.replace("entrusted = false\n", f'entrusted = true\nwithout_consent = "{case}"\n')


def given(kind: str, purpose: str, items: str) -> tuple[str, str]:
    """A grant by which the advertiser is given ``items``."""
    return granting(
        kind,
        f'  {{ roles = ["system"], actions = ["disclose"], purposes = ["{purpose}"],'
        f' items = [{items}], recipient = "advertiser" }},\n',
    )


@pytest.mark.parametrize(
    ("kind", "purpose", "case", "items"),
    [
        ("membership", "member_service", "delivery", '"name", "phone"'),
        ("address_book", "delivery", "delivery", '"name", "phone", "address"'),
        ("order_recipient", "order", "delivery", '"name"'),
        ("membership", "order", "statistics", ""),
    ],
)
def test_without_consent_data_leaves_for_the_case_alone(
    kind: str, purpose: str, case: str, items: str
) -> None:
    with pytest.raises(DocumentError, match="without consent") as refused:
        policy_of(changed(given(kind, purpose, items), more=by_case(case, items)))
    assert refused.value.key.endswith(".recipient")


@pytest.mark.parametrize(
    ("grant", "purpose"),
    [
        ('roles = ["clerk"], actions = ["open"], purposes = ["rights"]', None),
        ('roles = ["officer"], actions = ["open", "erase"], purposes = ["rights"]', None),
        (
            'roles = ["clerk"], actions = ["open"], purposes = ["staff_authentication"]',
            "staff_authentication",
        ),
        (
            'roles = ["system"], actions = ["open"], purposes = ["statutory_record"]',
            "statutory_record",
        ),
    ],
)
def test_a_purpose_that_is_never_asked_is_no_way_to_use_members_data(
    grant: str, purpose: str | None
) -> None:
    wider = MEMBERS_ARE_FOR if purpose is None else f'{MEMBERS_ARE_FOR[:-1]}, "{purpose}"]'
    text = changed(
        (MEMBERS_ARE_FOR, wider),
        granting("membership", f'  {{ {grant}, items = ["email", "phone"] }},\n'),
    )
    with pytest.raises(DocumentError, match=r"membership\.grants\[0\]\.purposes"):
        policy_of(text)


COPY = (
    'actions = ["open"], purposes = ["statutory_record"], items = ["name", "postcode", "address"]'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (COPY, COPY.replace('["name"', '["name", "phone"')),
        (f'roles = ["system"], {COPY}', f'roles = ["system", "clerk"], {COPY}'),
        (COPY, COPY.replace('["open"]', '["open", "find"]')),
    ],
)
def test_a_laws_copy_is_made_by_the_system_of_what_it_names(before: str, after: str) -> None:
    with pytest.raises(DocumentError, match="more than a law's copy needs"):
        policy_of(changed((before, after)))


RIGHTS_OF = (
    'roles = ["system"], actions = ["open"], purposes = ["rights"], items = ["email", "phone"]'
)
"""By which the mall writes to a guardian who uses a right, whatever they stopped."""


@pytest.mark.parametrize(
    "after",
    [
        RIGHTS_OF.replace('"phone"]', '"phone", "guardian_evidence"]'),
        RIGHTS_OF.replace('["system"]', '["system", "clerk"]'),
        RIGHTS_OF.replace('["system"]', '["visitor"]'),
        RIGHTS_OF.replace('["open"]', '["open", "amend"]'),
        RIGHTS_OF.replace('["open"]', '["seal"]'),
    ],
)
def test_a_right_lets_the_mall_know_and_write_to_a_person_and_no_more(after: str) -> None:
    with pytest.raises(DocumentError, match="somebody else use a person's rights"):
        policy_of(changed((RIGHTS_OF, after)))


@pytest.mark.parametrize("items", ['["email"]', '["phone"]', '["name", "email", "phone"]'])
def test_either_wire_and_what_a_person_is_known_by_may_be_opened_for_a_right(items: str) -> None:
    policy_of(changed((RIGHTS_OF, RIGHTS_OF.replace('["email", "phone"]', items))))
