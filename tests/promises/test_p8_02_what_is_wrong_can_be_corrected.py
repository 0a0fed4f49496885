"""P8.2: a member corrects at any time, at once, and whoever received it before is told."""

import pytest

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.journeys import correct
from yaksok.policy import forms
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item, Language
from yaksok.privacy.rights import register

pytestmark = pytest.mark.django_db

NEW = {
    Item.ADDRESS: "서울특별시 중구 새로 34, 5층",
    Item.EMAIL: "new.address@mail.example",
    Item.NAME: "새이름",
    Item.PHONE: "010-2345-6789",
    Item.POSTCODE: "04524",
}


def test_each_field_of_the_form_takes_effect_at_once() -> None:
    member = people.member().agrees("prefill")
    fields = forms.form(policy(), FormName.CORRECT).fields
    assert len(fields) >= 7
    for field in fields:
        done = correct.correct(
            member.actor,
            {field.name: NEW[field.item]},
            stepped_up=True,
            language=Language.KOREAN,
        )
        assert done.changed == ((field.kind, field.item),)
        held = correct.begin(member.actor, stepped_up=True)
        assert held[field.name] == NEW[field.item]
    with keeper():
        lines = register.of(member.subject)
    assert [line.outcome for line in lines] == [register.Outcome.DONE] * len(fields)
