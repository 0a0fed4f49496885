"""What a person is told before they give anything, and the hash that a receipt keeps (P3.6)."""

import hashlib
from dataclasses import dataclass

from yaksok.kernel.errors import Invalid
from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.forms import Field, form
from yaksok.policy.text import item_name
from yaksok.policy.vocabulary import FormName, Language, RecordKind

NOTICE_CHANGED = Text(
    ko="그사이 안내가 바뀌었어요. 바뀐 안내를 읽고 다시 눌러 주세요.",
    en="The notice has changed meanwhile. Read the new one and send the form again.",
)
"""What to do when the hash that comes back is not that of the notice in force."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record that the form makes: what goes in, why, how it ends, who gets it, what a law keeps."""

    kind: RecordKind
    label: str
    items: tuple[str, ...]
    purposes: tuple[str, ...]
    end: str
    recipients: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice beside a form. ``hash`` is the SHA-256 of everything that it says, 64 hex digits."""

    version: str
    rows: tuple[Row, ...]
    hash: str

    def must_be_of(self, policy: Policy, language: Language) -> None:
        """Nothing, while ``policy`` is the one that this notice tells of.

        To be asked in the transaction that keeps what was given: a version can take effect between
        the moment at which the form was read and that one.

        Raises:
            Invalid: it is another one; the person must be told anew.
        """
        if policy.version != self.version:
            raise Invalid({"": NOTICE_CHANGED.in_(language)})


def notice(policy: Policy, name: FormName, language: Language, *, asking: bool = False) -> Notice:
    """The notice that belongs to the form ``name``, in ``language``.

    ``asking``: the goods on the form ask something of their own (P2.13), so it says that too.
    """
    shown = form(policy, name)
    asked = (*shown.fields, *(shown.per_product if asking else ()))
    kinds = dict.fromkeys(field.kind for field in asked)
    rows = tuple(_row(policy, kind, name, asked, language) for kind in kinds)
    said = [policy.version, policy.hash, name.value, language.value, repr(rows)]
    said += [f"{field.name}: {field.reason[language]}" for field in asked]
    said += [f"{box.name}: {box.label[language]}" for box in shown.boxes]
    return Notice(policy.version, rows, hashlib.sha256("\x1f".join(said).encode()).hexdigest())


def _row(
    policy: Policy, kind: RecordKind, name: FormName, asked: tuple[Field, ...], language: Language
) -> Row:
    body = policy.document.body
    record = body.records[kind]
    given = [field.item for field in asked if field.kind is kind]
    boxes = form(policy, name).boxes
    given += [box.attests for box in boxes if box.attests in record.items and box.attests]
    receiving = {key[4] for key in policy.rules if key[2] is kind and key[4] is not None}
    return Row(
        kind=kind,
        label=record.label.in_(language),
        items=tuple(record.items[item].label.in_(language) for item in dict.fromkeys(given)),
        purposes=tuple(body.purposes[purpose].text.in_(language) for purpose in record.purposes),
        end=record.end.reason.in_(language),
        recipients=tuple(
            _with_items(
                body.recipients[who].company.in_(language),
                [item_name(item, language) for item in body.recipients[who].items if item in given],
            )
            for who in sorted(receiving)
        ),
        kept=tuple(
            f"{copy.title.in_(language)}, {copy.period.words().in_(language)}"
            for copy in policy.retention[kind].statutory
        ),
    )


def _with_items(company: str, items: list[str]) -> str:
    return f"{company}: {', '.join(items)}"
