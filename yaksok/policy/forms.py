"""The forms that the document declares, and the only way to read what is posted to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yaksok.kernel.errors import Invalid, Undeclared
from yaksok.policy import fields
from yaksok.policy.collecting import Posted
from yaksok.policy.document import Document
from yaksok.policy.entries import BoxEntry, ItemEntry, Part, Text
from yaksok.policy.vocabulary import FormName, Item, Language, RecordKind

if TYPE_CHECKING:
    from yaksok.policy.compile import Policy
    from yaksok.policy.facts import Facts

TICKED = "yes"
"""The value of a ticked box in what :func:`read` returns. A box that is not ticked is absent."""

SAME_AS_PAYER = "same_as_payer"
CORRECTING = frozenset({FormName.CORRECT, FormName.CORRECT_GUEST, FormName.GUARDIAN_CORRECT})
"""Forms on which a field that is not posted stays as it is."""

NEW_PASSWORD = frozenset({FormName.CHILD_ACCOUNT, FormName.SIGN_UP})
"""Forms on which somebody chooses a password to log in with."""

_TICKS = frozenset({"1", "on", "true", TICKED})
_NOTHING: frozenset[str] = frozenset()

_WIDGETS = {
    Item.ANSWER: "textarea",
    Item.BODY: "textarea",
    Item.BIRTH_MONTH: "month",
    Item.CALL_PHONE: "tel",
    Item.EMAIL: "email",
    Item.EXTRA: "textarea",
    Item.PASSWORD: "password",
    Item.PHONE: "tel",
}
_AUTOCOMPLETE = {
    Item.ADDRESS: "street-address",
    Item.CALL_PHONE: "tel",
    Item.EMAIL: "email",
    Item.LOGIN_ID: "username",
    Item.NAME: "name",
    Item.PHONE: "tel",
    Item.POSTCODE: "postal-code",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One input: an item of a record, and why it is asked. ``either``: this item, or that one.

    ``widget`` is text, email, tel, password, month or textarea; ``max_length`` is in characters.
    """

    name: str
    item: Item
    kind: RecordKind
    label: dict[Language, str]
    reason: dict[Language, str]
    required: bool
    max_length: int
    widget: str
    autocomplete: str
    either: Item | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One box. It is never ticked for the person. ``attests`` is the item it stands for, if any."""

    name: str
    label: dict[Language, str]
    required: bool
    attests: Item | None


@dataclass(frozen=True, slots=True)
class Form:
    """A form as the document declares it. ``per_product`` are fields that only some goods ask."""

    name: FormName
    fields: tuple[Field, ...]
    boxes: tuple[Box, ...]
    per_product: tuple[Field, ...] = ()

    def asking(
        self, name: str, label: Text, reason: Text, *, required: bool, max_length: int
    ) -> Form:
        """The form with the question of one product (P2.13), posted as ``name``.

        Raises:
            Undeclared: the document lets no product ask anything.
        """
        if not self.per_product:
            raise Undeclared(frozenset({name}))
        question = replace(
            self.per_product[0],
            name=name,
            label=label.as_dict(),
            reason=reason.as_dict(),
            required=required,
            max_length=max_length,
        )
        return replace(self, fields=(*self.fields, question))

    def of(self, kind: RecordKind) -> dict[str, Item]:
        """The field names of one record, and the item that each gives."""
        return {field.name: field.item for field in self.fields if field.kind is kind}


def form(policy: Policy, name: FormName) -> Form:
    """The form ``name`` of the policy; without fields when the document declares none."""
    return policy.forms.get(name) or Form(name, (), ())


def for_person(policy: Policy, name: FormName, facts: Facts) -> Form:
    """The form ``name`` with only what this person agreed to give (P1.9, P1.11).

    An optional item that is asked apart is there while its consent stands. What a later version
    added is there for those who said yes to it, and for those who came after it.
    """
    shown = form(policy, name)
    kept = tuple(f for f in shown.fields if is_agreed(policy, f.kind, f.item, facts))
    return replace(shown, fields=kept)


def is_agreed(policy: Policy, kind: RecordKind, item: Item, facts: Facts) -> bool:
    """Whether the person agreed that ``item`` of ``kind`` is asked, or nobody has to."""
    consent = policy.document.body.records[kind].items[item].consent
    if consent is not None and consent not in facts.consents:
        return False
    points = policy.arrivals.get((kind, item))
    return points is None or any(facts.agrees_to(point) for point in points)


def build(document: Document) -> dict[FormName, Form]:
    """Every form of ``document``."""
    forms: dict[FormName, Form] = {}
    for name, entry in document.body.forms.items():
        asked = [
            (_field(name, part, item, declared), declared.per_product)
            for part in entry.parts
            for item, declared in document.body.records[part.record].items.items()
            if name in declared.asked_on
        ]
        forms[name] = Form(
            name,
            tuple(field for field, per_product in asked if not per_product),
            tuple(_box(box) for box in entry.boxes),
            tuple(field for field, per_product in asked if per_product),
        )
    return forms


def _field(form: FormName, part: Part, item: Item, entry: ItemEntry) -> Field:
    autocomplete = _AUTOCOMPLETE.get(item, "off")
    if item is Item.PASSWORD and form in NEW_PASSWORD:
        autocomplete = "new-password"
    return Field(
        name=entry.field or f"{part.prefix}{item}",
        item=item,
        kind=part.record,
        label=entry.label.as_dict(),
        reason=entry.reason.as_dict(),
        required=entry.required,
        max_length=fields.MAX_LENGTH[item],
        widget=_WIDGETS.get(item, "text"),
        autocomplete=autocomplete,
        either=entry.either,
    )


def _box(entry: BoxEntry) -> Box:
    return Box(entry.name, entry.text.as_dict(), entry.required, entry.attests)


def read(
    form: Form,
    posted: Mapping[str, str],
    language: Language,
    *,
    also: frozenset[str] = _NOTHING,
) -> dict[str, str]:
    """What a person posted to ``form``, cleaned: field name to value, ticked box to ``"yes"``.

    What was not given is absent. On the correction form a field that is not posted stays as it is,
    and an optional one posted empty comes back as ``""``: take it away.

    Arguments:
        also: Names that carry nothing personal (``attempt``, ``lines``). They are let through to
            the caller and not returned.

    Raises:
        NotACollectionPoint: it came from a place that does not declare this form (P2.15).
        Undeclared: a name is neither declared by the policy nor in ``also`` (P1.5).
        Invalid: some values cannot be taken; a sentence for each field in ``language``.
    """
    if isinstance(posted, Posted):
        posted.must_be_for(form.name)
    known = {field.name for field in form.fields} | {box.name for box in form.boxes}
    if strange := posted.keys() - known - also:
        raise Undeclared(frozenset(strange))
    posted = _same_as_payer(form, posted)
    values: dict[str, str] = {}
    problems: dict[str, str] = {}
    for field in form.fields:
        try:
            _take(form, field, posted, values)
        except fields.Unfit as unfit:
            problems[field.name] = unfit.text.in_(language)
    for field in _lacking(form, values):
        problems.setdefault(field.name, fields.ONE_OF_TWO.in_(language))
    for box in form.boxes:
        if posted.get(box.name, "") in _TICKS:
            values[box.name] = TICKED
        elif box.required:
            problems[box.name] = fields.UNTICKED.in_(language)
    if problems:
        raise Invalid(problems)
    return values


def _take(form: Form, field: Field, posted: Mapping[str, str], values: dict[str, str]) -> None:
    correcting = form.name in CORRECTING
    if correcting and field.name not in posted:
        return
    value = fields.clean(field.item, posted.get(field.name, ""))
    if len(value) > field.max_length:
        raise fields.Unfit(fields.too_long(field.max_length))
    if not value and field.required:
        raise fields.Unfit(fields.REQUIRED)
    if value and field.item is Item.PASSWORD and form.name is not FormName.LOOKUP:
        _check_secret(form, value, values)
    if value or correcting:
        values[field.name] = value


def _lacking(form: Form, values: Mapping[str, str]) -> list[Field]:
    """Fields of which one of two had to be filled in, and neither was."""
    if form.name in CORRECTING:
        return []
    given = {(field.kind, field.item) for field in form.fields if field.name in values}
    return [
        field
        for field in form.fields
        if field.either and given.isdisjoint({(field.kind, field.item), (field.kind, field.either)})
    ]


def _check_secret(form: Form, value: str, values: Mapping[str, str]) -> None:
    signing_up = form.name in NEW_PASSWORD
    fields.check_new_secret(value, fields.PASSWORD_MIN if signing_up else fields.SECRET_MIN)
    login_id = values.get(Item.LOGIN_ID.value)
    if login_id is not None and value.casefold() == login_id:
        raise fields.Unfit(fields.SAME_AS_ID)


def _same_as_payer(form: Form, posted: Mapping[str, str]) -> Mapping[str, str]:
    """``posted`` with the payer's name and phone put where the recipient's are asked."""
    offered = any(box.name == SAME_AS_PAYER for box in form.boxes)
    if not offered or posted.get(SAME_AS_PAYER, "") not in _TICKS:
        return posted
    payer = {
        field.item: field.name for field in form.fields if field.kind is RecordKind.ORDER_PAYER
    }
    copied = {
        field.name: posted.get(payer[field.item], "")
        for field in form.fields
        if field.kind is RecordKind.ORDER_RECIPIENT and field.item in payer
    }
    return {**posted, **copied}
