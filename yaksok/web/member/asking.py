"""The correction form of the policy, as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from yaksok.journeys.consents import Consent, Consents
from yaksok.policy.forms import Field, Form
from yaksok.policy.in_force import policy
from yaksok.web import wording
from yaksok.web.language import current


@dataclass(frozen=True, slots=True)
class Shown:
    """One field with what is held or was typed, and what is wrong with it."""

    name: str
    label: str
    reason: str
    required: bool
    widget: str
    max_length: int
    autocomplete: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one record."""

    label: str
    fields: tuple[Shown, ...]


def groups(
    form: Form, values: Mapping[str, str], problems: Mapping[str, str] | None = None
) -> tuple[Group, ...]:
    """The form's fields, record by record, filled with ``values``."""
    fields = form.fields
    return tuple(
        Group(
            wording.kind(kind),
            tuple(_shown(one, values, problems or {}) for one in fields if one.kind is kind),
        )
        for kind in dict.fromkeys(one.kind for one in fields)
    )


def behind_a_consent(form: Form, allowed: Consents) -> tuple[Consent, ...]:
    """Consents that do not stand and for which ``form``, as the policy has it, would ask more."""
    records = policy().document.body.records
    names = {records[one.kind].items[one.item].consent for one in policy().forms[form.name].fields}
    return tuple(one for one in allowed.consents if one.name in names and not one.stands)


def _shown(field: Field, values: Mapping[str, str], problems: Mapping[str, str]) -> Shown:
    return Shown(
        name=field.name,
        label=field.label[current()],
        reason=field.reason[current()],
        required=field.required,
        widget=field.widget,
        max_length=field.max_length,
        autocomplete=field.autocomplete,
        value=values.get(field.name, ""),
        problem=str(problems.get(field.name, "")),
    )
