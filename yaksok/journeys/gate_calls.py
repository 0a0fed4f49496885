"""Which act of the mall asks the gate for what, read from the source, and which would be refused.

A document that drops a grant does not fail when it is published: the journey that needed the grant
is refused on the day it takes effect. Here that is known before.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from yaksok.policy.compile import Key, Policy
from yaksok.policy.vocabulary import Action, Channel, Item, Purpose, RecordKind
from yaksok.privacy.disclosure import handover
from yaksok.privacy.disclosure.numbers import SAFE_NUMBERS
from yaksok.privacy.post.letters import Template
from yaksok.privacy.post.purposes import ADDRESSES, OF_THEIR_OWN, PURPOSES

_HERE = Path(__file__).parent
_JOBS = _HERE.parent / "jobs" / "tasks.py"

_CALLS: Mapping[str, Action] = MappingProxyType(
    {
        "destroying.destroy": Action.ERASE,
        "gate.amend": Action.AMEND,
        "gate.erase": Action.ERASE,
        "gate.find": Action.FIND,
        "gate.foresee": Action.OPEN,
        "gate.open_items": Action.OPEN,
        "gate.open_many": Action.OPEN,
        "gate.open_published": Action.OPEN,
        "gate.seal": Action.SEAL,
        "gate.seal_all": Action.SEAL,
        "gate.show_masks": Action.OPEN,
        "gate.sift": Action.OPEN,
        "handover.deliver": Action.DISCLOSE,
        "handover.plan": Action.DISCLOSE,
        "outbox.Note": Action.OPEN,
        "outbox.note": Action.OPEN,
        "outbox.seal_now": Action.OPEN,
    }
)
"""What is looked for, and what it asks of the gate."""

_KIND_AT = {"gate.amend": 1, "gate.find": 0, "gate.seal": 1, "outbox.Note": 2}
_ITEMS_AT = {"gate.find": 1, "gate.foresee": 1, "gate.open_items": 1, "gate.sift": 1}
_ITEMS_AT |= {"gate.open_many": 1, "gate.open_published": 1, "gate.show_masks": 1}
_WORDS = {
    "Channel": Channel,
    "Item": Item,
    "Purpose": Purpose,
    "RecordKind": RecordKind,
    "Template": Template,
}

Def = ast.FunctionDef | ast.AsyncFunctionDef
Known = frozenset[Item] | frozenset[Purpose] | frozenset[RecordKind] | frozenset[Template]


@dataclass(frozen=True, slots=True)
class Ask:
    """One call. What is not written in the source but comes with the data is None.

    ``acts`` are the functions of the journey that lead to it, ``jobs`` the jobs that call those.
    """

    journey: str
    line: int
    acts: tuple[str, ...]
    jobs: tuple[str, ...]
    action: Action
    kinds: frozenset[RecordKind] | None
    purposes: frozenset[Purpose] | None
    items: frozenset[Item] | None = None
    recipient: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """An act that was permitted to somebody and is permitted to nobody any more.

    ``sure`` is false where the source leaves open which of the ``lost`` it needs: that depends on
    the data, and it goes on with what is left.
    """

    ask: Ask
    lost: tuple[tuple[RecordKind, Purpose], ...]
    sure: bool


def stopped(before: Policy, after: Policy) -> tuple[Stop, ...]:
    """What stops when ``after`` follows ``before``, first what surely does."""
    found = (_stop(ask, before, after) for ask in asks())
    return tuple(sorted((one for one in found if one), key=lambda one: not one.sure))


@cache
def asks() -> tuple[Ask, ...]:
    """Every call of the journeys that asks the gate for something."""
    jobs = _jobs()
    return tuple(
        ask
        for path in sorted(_HERE.glob("*.py"))
        for ask in of_source(path.stem, path.read_text("utf-8"), jobs)
    )


def of_source(journey: str, source: str, jobs: Mapping[str, str] | None = None) -> Iterator[Ask]:
    """The calls in the source of one journey. ``jobs`` maps ``journey.act`` to the job's name."""
    tree = ast.parse(source)
    tops = [node for node in tree.body if isinstance(node, Def)]
    constants = _assigned(tree.body)
    for top in tops:
        names = constants | _assigned(list(ast.walk(top)))
        for node in ast.walk(top):
            called = _called(node)
            if not isinstance(node, ast.Call) or called not in _CALLS:
                continue
            acts = _leading(top.name, tops)
            named = [(jobs or {}).get(f"{journey}.{act}", "") for act in acts]
            yield _ask(journey, node, called, names, tree, acts, tuple(n for n in named if n))


def _ask(
    journey: str,
    call: ast.Call,
    called: str,
    names: Mapping[str, list[ast.expr]],
    tree: ast.Module,
    acts: tuple[str, ...],
    jobs: tuple[str, ...],
) -> Ask:
    at = _KIND_AT.get(called)
    kinds = _kinds(_argument(call, "kind", at), names)
    if called == "gate.seal_all":
        kinds = _sealed(tree, names)
    purposes = _purposes(_argument(call, "purpose", None), names)
    items = _items(_argument(call, "items", _ITEMS_AT.get(called)), names)
    recipient = None
    if called.startswith("outbox."):
        items = _of_wire(_argument(call, "channel", None), names)
        purposes = _of_letter(_argument(call, "template", 1), kinds, names)
    if called.startswith("handover."):
        recipient = _recipient(_argument(call, "recipient", None))
    action = _CALLS[called]
    return Ask(journey, call.lineno, acts, jobs, action, kinds, purposes, items, recipient)


def _recipient(said: ast.expr | None) -> str:
    """To whom a handover of the mall's own goes: the courier, unless it names who lends safe numbers."""
    lends = said is not None and ast.unparse(said) == "numbers.SAFE_NUMBERS"
    return SAFE_NUMBERS if lends else handover.COURIER


def _stop(ask: Ask, before: Policy, after: Policy) -> Stop | None:
    was, is_now = _permitted(ask, before), _permitted(ask, after)
    lost = tuple(sorted(was - is_now))
    if not lost:
        return None
    sure = ask.kinds is not None and ask.purposes is not None
    return Stop(ask, lost, sure)


def _permitted(ask: Ask, policy: Policy) -> set[tuple[RecordKind, Purpose]]:
    """The kinds and purposes for which the policy lets anybody do what ``ask`` does."""
    return {(key[2], key[3]) for key in policy.rules if _fits(ask, key, policy)}


def _fits(ask: Ask, key: Key, policy: Policy) -> bool:
    _, action, kind, purpose, recipient = key
    return (
        action is ask.action
        and recipient == ask.recipient
        and (ask.kinds is None or kind in ask.kinds)
        and (ask.purposes is None or purpose in ask.purposes)
        and (not ask.items or ask.items <= policy.rules[key].items)
    )


def _jobs() -> dict[str, str]:
    """Which job calls which act of which journey."""
    tree = ast.parse(_JOBS.read_text("utf-8"))
    return {
        _dotted(node.func): top.name
        for top in tree.body
        if isinstance(top, Def)
        for node in ast.walk(top)
        if isinstance(node, ast.Call)
    }


def _leading(name: str, tops: list[Def]) -> tuple[str, ...]:
    """The public functions of a module that lead to its function ``name``, itself if it is public."""
    calls = {top.name: set(_calls_in(top)) for top in tops}
    seen, ahead = {name}, [name]
    while ahead:
        here = ahead.pop()
        fresh = [top for top, mentioned in calls.items() if here in mentioned and top not in seen]
        seen.update(fresh)
        ahead += fresh
    return tuple(sorted(one for one in seen if not one.startswith("_"))) or (name,)


def _calls_in(top: Def) -> Iterator[str]:
    for node in ast.walk(top):
        if isinstance(node, ast.Call):
            yield from (one.id for one in (node.func, *node.args) if isinstance(one, ast.Name))


def _called(node: ast.AST) -> str:
    return _dotted(node.func) if isinstance(node, ast.Call) else ""


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return ""


def _argument(call: ast.Call, name: str, place: int | None) -> ast.expr | None:
    named = next((one.value for one in call.keywords if one.arg == name), None)
    if named is None and place is not None and place < len(call.args):
        return call.args[place]
    return named


def _assigned(nodes: list[ast.stmt] | list[ast.AST]) -> dict[str, list[ast.expr]]:
    """What each name is set to, several times perhaps; a loop over written words sets it to each."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for name, value in _pairs(target, node.value):
                    found.setdefault(name, []).append(value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found.setdefault(node.target.id, []).append(node.value)
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, []).append(node.iter)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=False):
            yield from _pairs(one, its)


def _resolved(
    node: ast.expr | None, names: Mapping[str, list[ast.expr]], depth: int = 0
) -> set[str] | None:
    """The words of the vocabulary that ``node`` stands for, as ``Item.NAME``; None if data decide."""
    if node is None or depth > 4:  # noqa: PLR2004 - names of names of names
        return None
    match node:
        case ast.Attribute(value=ast.Name(id=word)) if word in _WORDS:
            return {f"{word}.{node.attr}"}
        case ast.Name(id=name) if name in names:
            parts = names[name]
        case ast.Set() | ast.List() | ast.Tuple():
            parts = node.elts
        case ast.IfExp():
            parts = [node.body, node.orelse]
        case ast.Call(func=ast.Name(id="frozenset" | "set" | "list" | "tuple"), args=[inner]):
            parts = [inner]
        case _:
            return None
    found = [_resolved(one, names, depth + 1) for one in parts]
    if any(one is None for one in found):
        return None
    return set().union(*(one for one in found if one))


def _members(words: set[str] | None, of: str) -> frozenset[str] | None:
    if not words or any(not word.startswith(f"{of}.") for word in words):
        return None
    return frozenset(word.partition(".")[2] for word in words)


def _kinds(
    node: ast.expr | None, names: Mapping[str, list[ast.expr]]
) -> frozenset[RecordKind] | None:
    found = _members(_resolved(node, names), "RecordKind")
    return frozenset(RecordKind[name] for name in found) if found else None


def _purposes(
    node: ast.expr | None, names: Mapping[str, list[ast.expr]]
) -> frozenset[Purpose] | None:
    found = _members(_resolved(node, names), "Purpose")
    return frozenset(Purpose[name] for name in found) if found else None


def _items(node: ast.expr | None, names: Mapping[str, list[ast.expr]]) -> frozenset[Item] | None:
    found = _members(_resolved(node, names), "Item")
    return frozenset(Item[name] for name in found) if found else None


def _sealed(tree: ast.Module, names: Mapping[str, list[ast.expr]]) -> frozenset[RecordKind] | None:
    """The kinds of all the ``Sealing(subject, kind, …)`` of a module."""
    made = [
        _kinds(_argument(node, "kind", 1), names)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sealing"
    ]
    return frozenset().union(*(one for one in made if one)) or None


def _of_wire(node: ast.expr | None, names: Mapping[str, list[ast.expr]]) -> frozenset[Item]:
    """The item by which a letter reaches the person: e-mail, unless a channel is written there."""
    named = _members(_resolved(node, names), "Channel")
    return frozenset(ADDRESSES[Channel[name]] for name in named or ("EMAIL",))


def _of_letter(
    node: ast.expr | None,
    kinds: frozenset[RecordKind] | None,
    names: Mapping[str, list[ast.expr]],
) -> frozenset[Purpose]:
    """For which purposes the address is opened to send a letter, wherever it may lie."""
    named = _members(_resolved(node, names), "Template")
    own = {OF_THEIR_OWN.get(Template[name]) for name in named or ()}
    if named and None not in own:
        return frozenset(one for one in own if one)
    return frozenset(PURPOSES[kind] for kind in kinds or PURPOSES)
