"""Where personal data comes in: each place declares what it takes, and takes nothing else (P2.15).

A page, an operation of the API, a call-back or a command carries a :class:`Declaration`. Which items
that means is not written there: it follows from the policy. A place that declares nothing can be sent
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from yaksok.kernel.errors import Undeclared, YaksokError
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName, Item, RecordKind

if TYPE_CHECKING:
    from yaksok.policy.compile import Policy

ANSWER = "extra_"
"""What the names of answers begin with that goods ask for themselves (P2.13)."""

Values = Mapping[str, tuple[RecordKind, Item]]
"""Names that stand for an item though no form of the policy asks it: its record, and the item."""

View = TypeVar("View")

_ATTRIBUTE = "collecting"
_NAMES: frozenset[str] = frozenset()
_VALUES: Values = MappingProxyType({})
_COPIES: Mapping[str, tuple[RecordKind, RecordKind]] = MappingProxyType({})


class NotACollectionPoint(YaksokError):
    """Nobody has declared that anything comes in here, or not for this form. A fault of ours (P2.15)."""


@dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    """What one place takes from a person. Used as a decorator, it marks the place.

    ``kept`` and ``compared`` are values that no form of the policy asks: kept on, or held against
    what is kept and forgotten. ``copies`` maps a box to the record it is copied from and the one it
    makes. ``fields`` and ``many`` carry nothing personal, the latter any number of times; ``files``
    are read as text, those of them in ``raw`` byte for byte, each as one character; ``address`` may
    stand in the page's address. ``signed``: a machine sends it, whose signature covers the whole
    body; ``fields`` then says what it may tell. ``observed`` are items that are kept though nobody
    sends them: they come with the connection itself, or from what the mall holds already.
    """

    page: Text
    forms: tuple[FormName, ...] = ()
    kept: Values = field(default_factory=lambda: _VALUES)
    compared: Values = field(default_factory=lambda: _VALUES)
    copies: Mapping[str, tuple[RecordKind, RecordKind]] = field(default_factory=lambda: _COPIES)
    fields: frozenset[str] = _NAMES
    many: frozenset[str] = _NAMES
    files: frozenset[str] = _NAMES
    address: frozenset[str] = _NAMES
    signed: bool = False
    observed: tuple[tuple[RecordKind, Item], ...] = ()
    raw: frozenset[str] = _NAMES

    def __call__(self, place: View) -> View:
        """``place``, marked. What wraps it keeps the mark."""
        setattr(place, _ATTRIBUTE, self)
        return place

    @property
    def keeps(self) -> bool:
        """Whether something of what is sent stays."""
        return bool(self.forms or self.kept or self.observed)

    def names(self, policy: Policy) -> frozenset[str]:
        """Every name that may be sent here, but for answers that goods ask."""
        forms = [policy.forms[name] for name in self.forms if name in policy.forms]
        asked = {one.name for form in forms for one in form.fields}
        boxes = {box.name for form in forms for box in form.boxes}
        plain = self.fields | self.many | self.files
        return frozenset(asked | boxes | self._values(policy).keys() | plain)

    def knows(self, name: str, policy: Policy) -> bool:
        """Whether ``name`` may be sent here."""
        asking = any(policy.forms[form].per_product for form in self.forms if form in policy.forms)
        return name in self.names(policy) or (asking and name.startswith(ANSWER))

    def records(self, policy: Policy) -> tuple[tuple[RecordKind, tuple[Item, ...]], ...]:
        """The items that come in here, by the record they belong to, in the order of the document."""
        pairs = {*self._values(policy).values(), *self.observed}
        for name in self.forms:
            pairs |= set(_of_form(policy, name, self.copies))
        return tuple(
            (kind, tuple(item for item in record.items if (kind, item) in pairs))
            for kind, record in policy.document.body.records.items()
            if any(pair[0] is kind for pair in pairs)
        )

    def _values(self, policy: Policy) -> dict[str, tuple[RecordKind, Item]]:
        """Values whose item the document still has; without it the name is not taken either."""
        records = policy.document.body.records
        return {
            name: (kind, item)
            for name, (kind, item) in (*self.kept.items(), *self.compared.items())
            if kind in records and item in records[kind].items
        }


def collects(
    page: Text,
    *forms: FormName,
    kept: Values = _VALUES,
    compared: Values = _VALUES,
    copies: Mapping[str, tuple[RecordKind, RecordKind]] = _COPIES,
    fields: frozenset[str] = _NAMES,
    address: frozenset[str] = _NAMES,
) -> Declaration:
    """The declaration of a place where something personal comes in and is kept.

    Raises:
        ValueError: it keeps nothing; then it is :func:`takes`.
    """
    found = Declaration(page, forms, kept, compared, copies, fields, address=address)
    if not found.keeps:
        msg = f"{page.en!r} names no form and no value that is kept: declare it with takes()"
        raise ValueError(msg)
    return found


def takes(
    page: Text,
    *,
    compared: Values = _VALUES,
    fields: frozenset[str] = _NAMES,
    many: frozenset[str] = _NAMES,
    files: frozenset[str] = _NAMES,
    address: frozenset[str] = _NAMES,
    signed: bool = False,
    raw: frozenset[str] = _NAMES,
    observed: tuple[tuple[RecordKind, Item], ...] = (),
) -> Declaration:
    """The declaration of a place that keeps nothing personal of what it is sent."""
    return Declaration(
        page,
        compared=compared,
        fields=fields,
        many=many,
        files=files,
        address=address,
        signed=signed,
        raw=raw,
        observed=observed,
    )


def declared(place: object) -> Declaration | None:
    """What ``place`` declares, if it does."""
    found = getattr(place, _ATTRIBUTE, None)
    return found if isinstance(found, Declaration) else None


def admit(
    declaration: Declaration | None,
    policy: Policy,
    counts: Mapping[str, int],
    files: Collection[str] = (),
) -> None:
    """Nothing, when the place may be sent all of this.

    Arguments:
        counts: How often each name came, as text or as a file.
        files: Those that came as a file.

    Raises:
        NotACollectionPoint: the place declares nothing.
        Undeclared: a name is not declared, came twice, or came as a file (P1.5).
    """
    if declaration is None:
        msg = "refused to take anything here: the place is not declared as a collection point"
        raise NotACollectionPoint(msg)
    known = declaration.names(policy)
    strange = {name for name in counts.keys() - known if not declaration.knows(name, policy)}
    strange |= {name for name, count in counts.items() if count > 1} - declaration.many
    strange |= set(files) - declaration.files
    if strange:
        raise Undeclared(frozenset(strange))


class Posted(Mapping[str, str]):
    """What a person sent to one place, and for which forms that place may read it.

    One value a name; :meth:`every` has them all. Says names when it is printed, never values.
    """

    __slots__ = ("_every", "forms")

    def __init__(self, every: Mapping[str, Iterable[str]], forms: Iterable[FormName] = ()) -> None:
        self._every = {name: tuple(values) for name, values in every.items()}
        self.forms = frozenset(forms)

    def __getitem__(self, name: str) -> str:
        return self._every[name][-1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._every)

    def __len__(self) -> int:
        return len(self._every)

    def __repr__(self) -> str:
        return f"Posted({', '.join(sorted(self._every))})"

    def every(self, name: str) -> tuple[str, ...]:
        """All values of ``name``, as they came."""
        return self._every.get(name, ())

    def must_be_for(self, form: FormName) -> None:
        """Nothing, when the place that took this declares ``form``.

        Raises:
            NotACollectionPoint: it does not.
        """
        if form not in self.forms:
            msg = f"refused to read the form {form}: the place that was sent to does not declare it"
            raise NotACollectionPoint(msg)


@dataclass(frozen=True, slots=True)
class CollectionPoint:
    """One place where personal data comes in, as the policy page lists it.

    ``route`` is the address without its language, or the command; ``name`` is how the code calls
    it. ``keeps`` is False where what is typed is only compared with what is kept.
    """

    route: str
    name: str
    page: Text
    forms: tuple[FormName, ...]
    records: tuple[tuple[RecordKind, tuple[Item, ...]], ...]
    keeps: bool

    @property
    def kinds(self) -> tuple[RecordKind, ...]:
        """The records that it fills, or looks into."""
        return tuple(kind for kind, _ in self.records)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item that comes in here, once."""
        return tuple(dict.fromkeys(item for _, items in self.records for item in items))


def point(
    policy: Policy, route: str, name: str, declaration: Declaration
) -> CollectionPoint | None:
    """The place as ``policy`` has it; None when nothing personal comes in."""
    records = declaration.records(policy)
    if not records:
        return None
    forms = tuple(form for form in declaration.forms if form in policy.forms)
    return CollectionPoint(route, name, declaration.page, forms, records, declaration.keeps)


def _of_form(
    policy: Policy, name: FormName, copies: Mapping[str, tuple[RecordKind, RecordKind]]
) -> Iterator[tuple[RecordKind, Item]]:
    form = policy.forms.get(name)
    if form is None:
        return
    records = policy.document.body.records
    asked = [(one.kind, one.item) for one in (*form.fields, *form.per_product)]
    yield from asked
    for box in form.boxes:
        if box.attests:
            yield from ((k, box.attests) for k, _ in asked if box.attests in records[k].items)
        if box.name in copies:
            source, made = copies[box.name]
            yield from (
                (made, item)
                for kind, item in asked
                if kind is source and made in records and item in records[made].items
            )


COMMANDS: Mapping[str, Declaration] = MappingProxyType(
    {
        "yaksok staff add": collects(
            Text(ko="직원 등록 (관리 명령)", en="Enrolling staff (command)"),
            kept={
                "login_id": (RecordKind.STAFF_ACCOUNT, Item.LOGIN_ID),
                "name": (RecordKind.STAFF_ACCOUNT, Item.NAME),
            },
        ),
    }
)
"""Commands that write about a person. A command that does so and is not here fails the build."""
