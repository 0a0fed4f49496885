"""A form of the policy as a page shows it: what was typed stays, what is secret does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.translation import gettext as _

from yaksok.policy.forms import Box, Field, Form
from yaksok.policy.reproduction import MARK
from yaksok.policy.resident_number import synthetic
from yaksok.policy.vocabulary import Item, Language, RecordKind

EXAMPLE = 2002
"""Which of the made-up numbers is shown as an example."""

NO_CHOICES: Mapping[str, Sequence[str]] = MappingProxyType({})
INPUT_MODES = {"postal-code": "numeric", "tel": "tel", "email": "email"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One field as it is shown, with the reason it is asked and what is wrong with it."""

    name: str
    kind: RecordKind
    label: str
    reason: str
    required: bool
    max_length: int
    widget: str
    autocomplete: str
    input_mode: str
    value: str
    problem: str
    hint: str
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def described_by(self) -> str:
        """Ids of the sentences that a screen reader says after the label."""
        said = [f"why-{self.name}"]
        said += [f"hint-{self.name}"] if self.hint else []
        said += [f"wrong-{self.name}"] if self.problem else []
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class AskedBox:
    """One box as it is shown; ticked only if the person had ticked it."""

    name: str
    label: str
    required: bool
    ticked: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole form: its fields, its boxes and what is wrong with it as a whole."""

    fields: tuple[Asked, ...]
    boxes: tuple[AskedBox, ...]
    problems: Mapping[str, str]

    def of(self, *kinds: RecordKind) -> tuple[Asked, ...]:
        """The fields of some records."""
        return tuple(field for field in self.fields if field.kind in kinds)

    def box(self, name: str) -> AskedBox | None:
        """The box ``name`` if the form has it."""
        return next((box for box in self.boxes if box.name == name), None)

    @property
    def whole(self) -> str:
        """What is wrong with the form as a whole."""
        return str(self.problems.get("", ""))

    @property
    def asks_who(self) -> bool:
        """Whether it asks who somebody is or where, and not only for an account."""
        return not {Item.NAME, Item.ADDRESS, Item.PHONE}.isdisjoint(one.name for one in self.fields)

    @property
    def wrong(self) -> tuple[tuple[str, str, str], ...]:
        """Name, label and sentence of everything that is wrong, in the order of the page."""
        asked: tuple[Asked | AskedBox, ...] = (*self.fields, *self.boxes)
        return tuple((one.name, one.label, one.problem) for one in asked if one.problem)


def sheet(
    form: Form,
    language: Language,
    values: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    *,
    choices: Mapping[str, Sequence[str]] = NO_CHOICES,
) -> Sheet:
    """``form`` with what was typed and what is wrong. A secret is never shown again.

    Arguments:
        choices: By the name of a field what can be chosen for it; months of birth, by their year.
    """
    values, problems = values or {}, problems or {}
    return Sheet(
        tuple(
            replace(
                _asked(field, language, values, problems),
                options=_by_year(choices.get(field.name, ())),
            )
            for field in form.fields
        ),
        tuple(_box(box, language, values, problems) for box in form.boxes),
        problems,
    )


def _asked(
    field: Field, language: Language, values: Mapping[str, str], problems: Mapping[str, str]
) -> Asked:
    secret = field.widget == "password"
    section = {RecordKind.ORDER_PAYER: "billing ", RecordKind.ORDER_RECIPIENT: "shipping "}
    prefix = "" if field.autocomplete in {"off", "new-password"} else section.get(field.kind, "")
    return Asked(
        name=field.name,
        kind=field.kind,
        label=field.label[language],
        reason=field.reason[language],
        required=field.required,
        max_length=field.max_length,
        widget=field.widget,
        autocomplete=prefix + field.autocomplete,
        input_mode=INPUT_MODES.get(field.autocomplete, "text"),
        value="" if secret else values.get(field.name, ""),
        problem=str(problems.get(field.name, "")),
        hint=_hint(field, language),
    )


def _by_year(months: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """``2013-05`` and the like, in groups of one year."""
    years = dict.fromkeys(month[:4] for month in months)
    return tuple(
        (year, tuple(month for month in months if month.startswith(year))) for year in years
    )


def _hint(field: Field, language: Language) -> str:
    """What must be said before somebody types: of a resident number, that a real one is forbidden."""
    if field.item is not Item.RRN:
        return ""
    example = _("보기: %(number)s") % {"number": synthetic(EXAMPLE)}
    return f"{MARK.in_(language)}. {example}"


def _box(
    box: Box, language: Language, values: Mapping[str, str], problems: Mapping[str, str]
) -> AskedBox:
    ticked = bool(values.get(box.name))
    return AskedBox(
        box.name, box.label[language], box.required, ticked, str(problems.get(box.name, ""))
    )
