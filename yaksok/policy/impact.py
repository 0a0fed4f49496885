"""What a new document changes for people, forms and periods, before it is published."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Body, Text
from yaksok.policy.lineage import Use, added, uses
from yaksok.policy.pages.names import item_name, kind_name
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import FormName, Item, Language, Profile, RecordKind

FACTS_ONLY = frozenset({"version", "effective", "changes", "mall", "officers"})
"""Tables that say who and where. A change in them takes nothing from anybody."""

LEAD_DAYS = 7
ADVERSE_LEAD_DAYS = 30
"""How long a change hangs on the board first; one that asks for more, or keeps longer, hangs longer.

Practice under the standard terms of the Fair Trade Commission; marked M in the law tables.
"""


class Point(msgspec.Struct, frozen=True):
    """One thing that every member is asked: its name as a consent, and its words."""

    name: str
    words: Text
    uses: tuple[Use, ...]


class FormChange(msgspec.Struct, frozen=True):
    """A form with other fields than before."""

    form: FormName
    added: tuple[str, ...]
    removed: tuple[str, ...]


class Impact(msgspec.Struct, frozen=True):
    """What follows when ``after`` succeeds ``before``.

    ``ended`` are uses that nobody may make any more. ``lead_days`` is the least number of days
    between notice and effect. ``tables`` are the top tables of the document that differ.
    """

    points: tuple[Point, ...]
    ended: tuple[Use, ...]
    forms: tuple[FormChange, ...]
    services_started: tuple[str, ...]
    services_ended: tuple[str, ...]
    recipients_added: tuple[str, ...]
    recipients_removed: tuple[str, ...]
    periods: Mapping[RecordKind, tuple[str, str]]
    tables: tuple[str, ...]
    lead_days: int

    @property
    def adverse(self) -> bool:
        """Whether people are asked for something."""
        return bool(self.points)


def impact(before: Policy, after: Policy) -> Impact:
    """What changes, if ``after`` (compiled with the lineage of ``before``) is published."""
    old, new = before.document.body, after.document.body
    points = _points(before, after)
    tables = tuple(
        name for name in new.__struct_fields__ if getattr(old, name) != getattr(new, name)
    )
    return Impact(
        points=points,
        ended=tuple(sorted(uses(old) - uses(new))),
        forms=_forms(before, after),
        services_started=tuple(sorted(new.services.keys() - old.services.keys())),
        services_ended=tuple(sorted(old.services.keys() - new.services.keys())),
        recipients_added=tuple(sorted(new.recipients.keys() - old.recipients.keys())),
        recipients_removed=tuple(sorted(old.recipients.keys() - new.recipients.keys())),
        periods=MappingProxyType(_periods(old, new)),
        tables=tables,
        lead_days=_lead(after.profile, tables, adverse=bool(points)),
    )


def _lead(profile: Profile, tables: tuple[str, ...], *, adverse: bool) -> int:
    if profile is Profile.AS_WRITTEN or not set(tables) - FACTS_ONLY:
        return 0
    return ADVERSE_LEAD_DAYS if adverse else LEAD_DAYS


def _points(before: Policy, after: Policy) -> tuple[Point, ...]:
    asked = added(before.lineage, after.lineage)
    by_point: dict[str, list[Use]] = defaultdict(list)
    for use, name in after.lineage.points.items():
        if name in asked:
            by_point[name].append(use)
    return tuple(
        Point(name, question(after, name), tuple(sorted(by_point.get(name, ()))))
        for name in sorted(asked)
    )


def question(policy: Policy, name: str) -> Text:
    """The words in which a member is asked about the point ``name``."""
    what, _, key = name.rpartition("/")[2].partition(":")
    return Text(
        ko=_asked(policy, name, what, key, Language.KOREAN),
        en=_asked(policy, name, what, key, Language.ENGLISH),
    )


def _asked(policy: Policy, name: str, what: str, key: str, language: Language) -> str:
    body = policy.document.body
    korean = language is Language.KOREAN
    if what == "period":
        kind = RecordKind(key)
        label, end = kind_name(policy, kind, language), body.records[kind].end.reason
        said = end.in_(language)
        return f"{label}: 더 오래 보관 ({said})" if korean else f"{label}: kept longer ({said})"
    items = _items(policy, name, language)
    if what == "recipient":
        third = body.recipients[key]
        company, why = third.company.in_(language), third.purpose.in_(language)
        keeps = third.keeps.in_(language)
        if korean:
            return f"{company}에 제공: {items}. 목적: {why}. 보유: {keeps}"
        return f"Given to {company}: {items}. Why: {why}. Kept there: {keeps}"
    purpose = next(entry for p, entry in body.purposes.items() if p.value == key)
    why = purpose.text.in_(language)
    return f"새로 이용: {items}. 목적: {why}" if korean else f"New use: {items}. Why: {why}"


def _items(policy: Policy, name: str, language: Language) -> str:
    """``membership (e-mail, phone), payer (name)``."""
    kinds: dict[RecordKind, list[Item]] = defaultdict(list)
    for (_, kind, item), point in sorted(policy.lineage.points.items()):
        if point == name and item not in kinds[kind]:
            kinds[kind].append(item)
    return ", ".join(
        f"{kind_name(policy, kind, language)}"
        f" ({', '.join(item_name(item, language) for item in items)})"
        for kind, items in kinds.items()
    )


def _forms(before: Policy, after: Policy) -> tuple[FormChange, ...]:
    changes = []
    for form in FormName:
        old = _fields(before, form)
        new = _fields(after, form)
        if old != new:
            changes.append(FormChange(form, tuple(sorted(new - old)), tuple(sorted(old - new))))
    return tuple(changes)


def _fields(policy: Policy, form: FormName) -> frozenset[str]:
    shown = policy.forms.get(form)
    if shown is None:
        return frozenset()
    fields = (*shown.fields, *shown.per_product)
    return frozenset({field.name for field in fields} | {box.name for box in shown.boxes})


def _periods(old: Body, new: Body) -> dict[RecordKind, tuple[str, str]]:
    periods = {}
    for kind in old.records.keys() & new.records.keys():
        was, is_now = old.records[kind].end, new.records[kind].end
        if (was.event, Period.parse(was.period)) != (is_now.event, Period.parse(is_now.period)):
            periods[kind] = (f"{was.event} + {was.period}", f"{is_now.event} + {is_now.period}")
    return periods
