"""The marks at the top of the page: what it is about in one glance, made from the document."""

from collections.abc import Callable

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.lineage import NEVER_ASKED
from yaksok.policy.pages.names import country_name, end_name, item_name, listed
from yaksok.policy.pages.shapes import Label as Mark
from yaksok.policy.pages.sharing import abroad, by_consent
from yaksok.policy.vocabulary import Label, Language, Minors, RecordKind

_TITLES = {
    Label.CHILDREN: (Text(ko="어린이", en="Children"), "t-children"),
    Label.ENTRUSTMENT: (Text(ko="처리위탁", en="Entrusted work"), "t-entrustment"),
    Label.ITEMS: (Text(ko="수집 항목", en="What we ask"), "t-by-law"),
    Label.OFFICER: (Text(ko="보호책임자", en="Privacy officer"), "t-officers"),
    Label.OVERSEAS: (Text(ko="국외 이전", en="Abroad"), "t-overseas"),
    Label.PROVISION: (Text(ko="제3자 제공", en="Third parties"), "t-provision"),
    Label.PURPOSE: (Text(ko="처리 목적", en="Purposes"), "t-purposes"),
    Label.RETENTION: (Text(ko="보유 기간", en="How long"), "t-retention"),
    Label.RIGHTS: (Text(ko="나의 권리", en="Your rights"), "t-rights"),
}

_INSIDE = frozenset({RecordKind.LEGAL_DEMAND, RecordKind.STAFF_ACCOUNT, RecordKind.STATUTORY})
"""Records that nobody fills who buys here."""

_NOBODY = Text(ko="없음", en="nobody")
_NOWHERE = Text(ko="보내지 않음", en="nothing goes abroad")


def labels(policy: Policy, language: Language) -> tuple[Mark, ...]:
    """The marks that the document lists, each with its line."""
    return tuple(
        Mark(
            label.value,
            _TITLES[label][0].in_(language),
            _LINES[label](policy, language),
            _TITLES[label][1],
        )
        for label in policy.document.body.labels
    )


def _purpose(policy: Policy, language: Language) -> str:
    purposes = policy.document.body.purposes
    return listed([e.text.in_(language) for p, e in purposes.items() if p not in NEVER_ASKED])


def _items(policy: Policy, language: Language) -> str:
    fields = [f for form in policy.forms.values() for f in form.fields if f.required]
    wanted = listed([item_name(f.item, language) for f in fields if f.kind not in _INSIDE])
    return wanted or _NOBODY.in_(language)


def _retention(policy: Policy, language: Language) -> str:
    together: dict[str, list[str]] = {}
    for kind, record in policy.document.body.records.items():
        if kind not in _INSIDE:
            end = end_name(policy, kind, language)
            together.setdefault(end, []).append(record.label.in_(language))
    return "; ".join(f"{listed(names)}: {end}" for end, names in together.items())


def _provision(policy: Policy, language: Language) -> str:
    names = [one.company.in_(language) for one in by_consent(policy).values()]
    return listed(names) or _NOBODY.in_(language)


def _entrustment(policy: Policy, language: Language) -> str:
    body = policy.document.body
    names = [one.company.in_(language) for one in body.recipients.values() if one.entrusted]
    names += [one.company.in_(language) for one in body.processors.values()]
    return listed(names) or _NOBODY.in_(language)


def _overseas(policy: Policy, language: Language) -> str:
    names = [country_name(code, language) for code in abroad(policy)]
    return listed(names) or _NOWHERE.in_(language)


def _children(policy: Policy, language: Language) -> str:
    children = policy.document.body.children
    refused = Text(
        ko=f"만 {children.age}세 미만에게서는 아무것도 받지 않음",
        en=f"nothing is taken from anybody under {children.age}",
    )
    asked = Text(
        ko=f"만 {children.age}세 미만은 법정대리인의 동의",
        en=f"under {children.age} a guardian must agree",
    )
    return (refused if children.minors is Minors.REFUSED else asked).in_(language)


def _rights(_: Policy, language: Language) -> str:
    return Text(
        ko="열람, 정정, 삭제, 처리정지, 동의 철회",
        en="see, correct, delete, stop, withdraw consent",
    ).in_(language)


def _officer(policy: Policy, language: Language) -> str:
    manager = policy.document.body.officers.manager
    return f"{manager.name.in_(language)} {manager.phone}"


_LINES: dict[Label, Callable[[Policy, Language], str]] = {
    Label.CHILDREN: _children,
    Label.ENTRUSTMENT: _entrustment,
    Label.ITEMS: _items,
    Label.OFFICER: _officer,
    Label.OVERSEAS: _overseas,
    Label.PROVISION: _provision,
    Label.PURPOSE: _purpose,
    Label.RETENTION: _retention,
    Label.RIGHTS: _rights,
}
