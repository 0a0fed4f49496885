"""What each record kind holds under one policy, item by item, read from its compiled tables."""

from collections.abc import Iterable, Mapping

from yaksok.journeys.explained import Asked, Copy, Earlier, End, ItemHeld, Record, Table, Use
from yaksok.kernel.actor import Role
from yaksok.kernel.holdings import About
from yaksok.policy import masks
from yaksok.policy.compile import Key, Policy, Rule
from yaksok.policy.vocabulary import Action, Held, Item, Purpose, RecordKind
from yaksok.privacy.vault.indexing import FINDABLE

PERSONS: Mapping[Role, About] = {
    Role.GUARDIAN: About.GUARDIAN,
    Role.GUEST: About.GUEST,
    Role.MEMBER: About.MEMBER,
    Role.RECIPIENT: About.GUEST,
    Role.STAFF: About.STAFF,
}
"""Roles of somebody whose own data a record is; every other role handles that of somebody else."""


def name_of(kind: RecordKind, item: Item) -> str:
    """An item of a record kind in one word, ``membership.email``."""
    return f"{kind}.{item}"


def records(policy: Policy, tables: Iterable[Table]) -> tuple[Record, ...]:
    """Every record kind of ``policy`` with its items, which lie in ``tables``."""
    places = _places(tables)
    return tuple(_record(policy, kind, places) for kind in policy.document.body.records)


def _places(tables: Iterable[Table]) -> dict[str, list[tuple[str, Table]]]:
    places: dict[str, list[tuple[str, Table]]] = {}
    for table in tables:
        for column in table.columns:
            for name in column.carries:
                place = f"{table.schema}.{table.name}.{column.name}"
                places.setdefault(name, []).append((place, table))
    return places


def _record(
    policy: Policy, kind: RecordKind, places: Mapping[str, list[tuple[str, Table]]]
) -> Record:
    entry = policy.document.body.records[kind]
    rule = policy.retention[kind]
    earlier = policy.lineage.periods.get(kind, ())
    return Record(
        kind=kind,
        label=entry.label,
        about=about(policy, kind),
        basis=entry.basis,
        purposes=entry.purposes,
        consent=entry.consent,
        adults_only=entry.adults_only,
        end=End(
            rule.event,
            rule.period.code(),
            rule.period.words(),
            rule.reason,
            tuple(Earlier(one.point, one.event, one.period.code()) for one in earlier),
        ),
        items=tuple(
            _item(policy, kind, item, places.get(name_of(kind, item), ())) for item in entry.items
        ),
    )


def about(policy: Policy, kind: RecordKind) -> tuple[About, ...]:
    """Whose data a record of ``kind`` is: those who may act on it as their own.

    What a law keeps is out of everybody's reach; it is about those whose records leave it behind.
    """
    if kind is RecordKind.STATUTORY:
        kinds = {one for one, rule in policy.retention.items() if rule.statutory}
    else:
        kinds = {kind}
    roles = {key[0] for key, rule in policy.rules.items() if key[2] in kinds and not rule.ward}
    return tuple(sorted(PERSONS[role] for role in roles & PERSONS.keys()))


def _item(
    policy: Policy, kind: RecordKind, item: Item, places: Iterable[tuple[str, Table]]
) -> ItemHeld:
    record = policy.document.body.records[kind]
    entry = record.items[item]
    uses = tuple(sorted(_uses(policy, kind, item), key=_order))
    places = tuple(places)
    reached = {use.purpose for use in uses if use.action is not Action.ERASE}
    said = {use.promise for use in uses}
    if entry.held is Held.VERIFIER:
        reached = set(record.purposes) - {Purpose.STATUTORY_RECORD}
        said = _of_verifiers(policy, kind, places)
    return ItemHeld(
        kind=kind,
        item=item,
        label=entry.label,
        reason=entry.reason,
        required=entry.required,
        held=entry.held,
        consent=entry.consent,
        statute=entry.statute,
        basis=record.basis,
        purposes=tuple(one for one in record.purposes if one in reached),
        asked=tuple(_asked(policy, kind, item)),
        uses=uses,
        mask=masks.rule(item).__name__.strip("_"),
        findable=item in FINDABLE.get(kind, ()) and entry.held is Held.SEALED,
        places=tuple(place for place, _ in places),
        copies=tuple(
            Copy(copy.law, copy.title, copy.period.code(), copy.period.words())
            for copy in policy.retention[kind].statutory
            if item in copy.items
        ),
        promises=tuple(sorted(said, key=_place)),
    )


def _of_verifiers(
    policy: Policy, kind: RecordKind, places: Iterable[tuple[str, Table]]
) -> set[str]:
    """What was promised about a verifier: where it lies, or, of those who work here, their account."""
    if about(policy, kind) == (About.STAFF,):
        return {rule.permit.promise for key, rule in policy.rules.items() if key[2] is kind}
    return {promise for _, table in places for promise in table.promises}


def _uses(policy: Policy, kind: RecordKind, item: Item) -> Iterable[Use]:
    for key, rule in policy.rules.items():
        if key[2] is kind and item in rule.items:
            yield _use(key, rule, item)


def _use(key: Key, rule: Rule, item: Item) -> Use:
    role, action, _, purpose, recipient = key
    wanted = (rule.consent, rule.needs.get(item), rule.agreed.get(item))
    return Use(
        role=role,
        action=action,
        purpose=purpose,
        recipient=recipient,
        own=rule.own,
        ward=rule.ward,
        trained=rule.trained,
        consents=tuple(one for one in wanted if one is not None),
        promise=rule.permit.promise,
    )


def _place(promise: str) -> tuple[int, ...]:
    """Where a promise stands: ``P3.10`` comes after ``P3.9``."""
    return tuple(int(number) for number in promise.removeprefix("P").split("."))


def _order(use: Use) -> tuple[str, str, str, str]:
    return (use.role, use.action, use.purpose, use.recipient or "")


def _asked(policy: Policy, kind: RecordKind, item: Item) -> Iterable[Asked]:
    body = policy.document.body
    for name, form in policy.forms.items():
        for fields, per_product in ((form.fields, False), (form.per_product, True)):
            for field in fields:
                if field.kind is kind and field.item is item:
                    yield Asked(name, field.name, box=False, per_product=per_product)
        filled = {part.record for part in body.forms[name].parts}
        for box in form.boxes:
            if kind in filled and box.attests is item:
                yield Asked(name, box.name, box=True, per_product=False)
