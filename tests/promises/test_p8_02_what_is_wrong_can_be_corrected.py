"""P8.2: a member corrects at any time, at once, and whoever received it before is told."""

import pytest

from tests.cast import people
from tests.cast.requests import SECRET, called, guest_order
from yaksok.database.roles import keeper
from yaksok.journeys import correct, rights_guest, rights_work
from yaksok.policy import forms
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item, Language
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind

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


def test_a_guest_corrects_at_once_too() -> None:
    bought = guest_order()
    note = rights_guest.by_secret(bought.order.number, SECRET, address_key="198.51.100.9")
    for field in forms.form(policy(), FormName.CORRECT_GUEST).fields:
        new = NEW[field.item]
        done = rights_guest.correct(note, {field.name: new}, language=Language.KOREAN)
        assert done.changed == (field.item,)
        assert rights_guest.view(note, Language.KOREAN).values[field.name] == new


def test_by_phone_it_takes_the_same_way() -> None:
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.CORRECT, member)
    new = {"email": NEW[Item.EMAIL]}
    rights_work.do(clerk.actor, line.number, new, language=Language.KOREAN)
    assert correct.begin(member.actor, stepped_up=True)["email"] == NEW[Item.EMAIL]
