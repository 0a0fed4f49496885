"""From a table of the document to the promises that rest on it."""

from collections.abc import Iterator

from yaksok.policy.clauses.clause import Clause
from yaksok.policy.compile import GUEST_PROMISE, Policy
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Action, Held, Item, Profile, RecordKind
from yaksok.policy.wording import clauses

_NAMED: dict[Path, str] = {
    ("mall",): "{mall}",
    ("services",): "{member_services}",
    ("officers",): "{designated_under}",
    ("officers", "manager"): "{manager}",
    ("officers", "handler"): "{handler}",
    ("recipients", "courier"): "{courier}",
    ("cookie",): "{cookie}",
}
"""Tables whose words stand in a sentence, and by which parameter."""

_OF_TABLES: dict[str, tuple[str, ...]] = {
    "": ("P1.8",),
    "advertising": ("P1.10", "P4.8", "P5.5", "P9.7"),
    "children": ("P9.1", "P9.2"),
    "consents": ("P2.12",),
    "cookie": ("P6.1", "P6.3"),
    "forms": ("P1.5", "P2.12"),
    "legal_demands": ("P4.1",),
    "mall": ("P10.1",),
    "officers": ("P11.1", "P11.2", "P11.3"),
    "programmes": ("P4.2", "P4.3", "P4.4"),
    "purposes": ("P1.6", "P3.5"),
    "push_services": ("P4.1", "P4.16"),
    "questions": ("P2.13", "P2.14"),
    "recipients": ("P4.1", "P4.4", "P4.16"),
    "services": ("P1.4",),
    "statistics": ("P4.14", "P4.15"),
    "storage": ("P6.6",),
    "transport": ("P7.2",),
    "upkeep": ("P7.14", "P7.16"),
}


def behind(policy: Policy, path: Path) -> tuple[str, ...]:
    """The ids of the promises that the table at ``path`` keeps or words, in the order of the page."""
    found = set(_behind(policy, tuple(str(step) for step in path)))
    return tuple(clause.id for clause in clauses() if clause.id in found)


def _behind(policy: Policy, path: tuple[str, ...]) -> Iterator[str]:
    top = path[0] if path else ""
    yield from _OF_TABLES.get(top, ())
    for named, parameter in _NAMED.items():
        if path[: len(named)] == named:
            yield from (c.id for c in clauses() if parameter in _sentence(c, policy.profile))
    if top == "claims" and len(path) > 1:
        claim = policy.document.body.claims.get(path[1])
        yield from claim.promises if claim else ()
    if top == "records" and len(path) > 1 and path[1] in set(RecordKind):
        kind = RecordKind(path[1])
        yield from _of_item(policy, kind, path[3]) if len(path) > 3 else _of_record(policy, kind)  # noqa: PLR2004 - records.KIND.items.ITEM


def _sentence(clause: Clause, profile: Profile) -> str:
    return clause.words(profile)[0]


def _of_record(policy: Policy, kind: RecordKind) -> Iterator[str]:
    yield from ("P2.1", "P3.5", GUEST_PROMISE.get(kind, "P1.6"))
    for (_, action, of, _, recipient), rule in policy.rules.items():
        if of is kind:
            yield rule.permit.promise
            yield from (rule.child_promise,) if rule.child_promise else ()
            yield from ("P4.9",) if recipient and action is Action.DISCLOSE else ()
    record = policy.document.body.records.get(kind)
    if record and record.statutory:
        yield "P3.10"


def _of_item(policy: Policy, kind: RecordKind, name: str) -> Iterator[str]:
    yield "P2.1"
    record = policy.document.body.records.get(kind)
    entry = record.items.get(Item(name)) if record and name in set(Item) else None
    if entry is None:
        return
    yield "P2.2" if entry.required else "P2.3"
    yield from ("P2.12",) if entry.consent or not entry.required else ()
    yield from ("P2.9",) if entry.held is Held.VERIFIER else ()
    yield from ("P2.13", "P2.14") if entry.per_product else ()
    yield from ("P2.5",) if entry.statute else ()
