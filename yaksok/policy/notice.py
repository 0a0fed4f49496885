"""What a person is told before they give anything, and the hash that a receipt keeps (P3.6)."""

import hashlib
from dataclasses import dataclass

from yaksok.policy.compile import Policy
from yaksok.policy.forms import form
from yaksok.policy.text import kind_name
from yaksok.policy.vocabulary import FormName, Item, Language, RecordKind

_REQUIRED = {
    True: {Language.KOREAN: "필수", Language.ENGLISH: "required"},
    False: {Language.KOREAN: "선택", Language.ENGLISH: "optional"},
}


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """What one record of the form is for: items, purposes, end, who receives it."""

    record: str
    items: tuple[str, ...]
    purposes: tuple[str, ...]
    end: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice beside a form. ``hash`` is the SHA-256 of everything that it says, 64 hex digits."""

    lines: tuple[NoticeLine, ...]
    hash: str


def notice(policy: Policy, name: FormName, language: Language) -> Notice:
    """The notice that belongs to the form ``name``, in ``language``."""
    shown = form(policy, name)
    kinds = dict.fromkeys(field.kind for field in (*shown.fields, *shown.per_product))
    lines = tuple(_line(policy, name, kind, language) for kind in kinds)
    said = [policy.version, policy.hash, name.value, language.value, repr(lines)]
    said += [f"{box.name}: {box.label[language]}" for box in shown.boxes]
    return Notice(lines, hashlib.sha256("\n".join(said).encode()).hexdigest())


def _line(policy: Policy, name: FormName, kind: RecordKind, language: Language) -> NoticeLine:
    body = policy.document.body
    record = body.records[kind]
    shown = form(policy, name)
    asked = [field for field in (*shown.fields, *shown.per_product) if field.kind is kind]
    return NoticeLine(
        record=kind_name(policy, kind, language),
        items=tuple(
            f"{field.label[language]} ({_REQUIRED[field.required][language]}): {field.reason[language]}"
            for field in asked
        ),
        purposes=tuple(body.purposes[purpose].text.in_(language) for purpose in record.purposes),
        end=record.end.reason.in_(language),
        recipients=tuple(
            body.recipients[who].company.in_(language)
            for who in _recipients(policy, kind, {field.item for field in asked})
        ),
    )


def _recipients(policy: Policy, kind: RecordKind, items: set[Item]) -> list[str]:
    return sorted(
        {
            key[4]
            for key, rule in policy.rules.items()
            if key[2] is kind and key[4] is not None and rule.items & items
        }
    )
