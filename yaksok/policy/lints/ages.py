"""Ways into the mall that do not ask for the age, as both laws see it."""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault
from yaksok.policy.vocabulary import FormName, Item, Minors

WAYS_IN = (
    FormName.SIGN_UP,
    FormName.CHECKOUT_GUARDIAN,
    FormName.CHECKOUT_GUEST,
    FormName.CHECKOUT_MEMBER,
)
"""Forms on which a person becomes known to the mall."""


def unasked(case: Case, wording: Text) -> Iterator[Fault]:
    """A fault for each form that does not ask, and each record that takes children unasked."""
    body = case.body
    for name in WAYS_IN:
        form = body.forms.get(name)
        if form is None or not form.parts:
            continue
        if not any(box.required and box.attests is Item.AGE_CLASS for box in form.boxes):
            cure = 'add a box with required = true and attests = "age_class"'
            yield Fault(("forms", name.value, "boxes"), "takes people of any age", cure, wording)
        for part in form.parts:
            record = body.records.get(part.record)
            if record is None or body.children.minors is Minors.GUARDIAN or record.adults_only:
                continue
            cure = (
                'write adults_only = true, or meet children by their guardian: minors = "guardian"'
            )
            keys = ("records", part.record.value, "adults_only")
            yield Fault(keys, "takes data of children whom nobody speaks for", cure)
