"""The page that people read, as values for a template. Rendered from the same objects that decide."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Officer, Text
from yaksok.policy.law.page import contents
from yaksok.policy.law.tables import tables
from yaksok.policy.pages.european import european_tables
from yaksok.policy.pages.labels import labels
from yaksok.policy.pages.measures import cookie_tables, safeguard_tables
from yaksok.policy.pages.names import item_name, kind_name
from yaksok.policy.pages.purposes import purpose_tables
from yaksok.policy.pages.records import apart, questions, record_tables
from yaksok.policy.pages.retention import retention_tables
from yaksok.policy.pages.rights import child_tables, contact_tables, rights_tables
from yaksok.policy.pages.rows import Line, table
from yaksok.policy.pages.shapes import (
    Cell,
    OfficerCard,
    Page,
    RecordTable,
    RemedyRow,
    Section,
    Sentence,
    Table,
)
from yaksok.policy.pages.sharing import sharing_tables
from yaksok.policy.promises import SECTIONS, Promise, all_promises
from yaksok.policy.vocabulary import Language, Register

__all__ = ["item_name", "kind_name", "page", "render"]

_UNMET = {
    Language.KOREAN: "지금은 지키지 못하고 있습니다: ",
    Language.ENGLISH: "Not met at present: ",
}

_ELSEWHERE = {
    "changes": Text(ko="방침의 변경", en="Changes"),
    "t-officers": Text(ko="11. 책임자와 담당자", en="11. Officer and handler"),
    "t-remedies": Text(ko="11. 몰 밖에서 도움을 청할 곳", en="11. Help outside the mall"),
}
"""Places on the page that are no table of a section."""


def render(policy: Policy, language: Language) -> tuple[Section, ...]:
    """The eleven sections, each sentence with its honest state, each table where it belongs."""
    return _sections(policy, language, record_tables(policy, language))


def page(policy: Policy, language: Language, proven: frozenset[Register] = frozenset()) -> Page:
    """Everything that the policy page shows; nothing in it changes any more.

    ``proven`` are the registers that prove their claim now. What is kept for good knows of none.
    """
    body = policy.document.body
    records = record_tables(policy, language)
    known = tables().remedy
    sections = _sections(policy, language, records, proven)
    part = european_tables(policy, language)
    titles = {t.key: f"{s.number}. {t.title}" for s in sections for t in s.tables}
    titles |= {one.key: one.title for one in part}
    return Page(
        version=policy.version,
        effective=policy.effective.isoformat(),
        profile=policy.profile.value,
        language=language,
        mall=body.mall.name.in_(language),
        labels=labels(policy, language),
        sections=sections,
        records=records,
        officers=(
            _officer(body.officers.manager, language),
            _officer(body.officers.handler, language),
        ),
        remedies=tuple(
            RemedyRow(known[name].called(language), known[name].phone, known[name].url)
            for name in body.remedies
        ),
        part=part,
        index=_index(policy, titles, language),
        changes=body.changes.in_(language) if body.changes else "",
    )


def _sections(
    policy: Policy,
    language: Language,
    records: tuple[RecordTable, ...],
    proven: frozenset[Register] = frozenset(),
) -> tuple[Section, ...]:
    promises = all_promises(policy, proven)
    placed: dict[int, tuple[Table, ...]] = {
        1: purpose_tables(policy, language),
        2: (*apart(records, language), *questions(policy, language)),
        3: retention_tables(policy, language),
        4: sharing_tables(policy, language),
        6: cookie_tables(policy, language),
        7: safeguard_tables(policy, language),
        8: rights_tables(policy, language),
        9: child_tables(policy, language),
        10: contact_tables(policy, language),
    }
    return tuple(
        Section(
            number,
            module.TITLE[language.value],
            tuple(_sentence(one, language) for one in promises if one.section == number),
            placed.get(number, ()),
        )
        for number, module in enumerate(SECTIONS, start=1)
    )


def _sentence(promise: Promise, language: Language) -> Sentence:
    text = promise.text[language]
    if promise.unmet:
        return Sentence(promise.id, _UNMET[language] + text, "unmet", promise.derived)
    return Sentence(promise.id, text, promise.state.value, promise.derived)


def _officer(officer: Officer, language: Language) -> OfficerCard:
    return OfficerCard(
        position=officer.position.in_(language),
        name=officer.name.in_(language),
        email=officer.email,
        address=officer.address.in_(language),
        phone=officer.phone,
        fax=officer.fax,
    )


def _index(policy: Policy, titles: dict[str, str], language: Language) -> Table:
    titles = titles | {anchor: title.in_(language) for anchor, title in _ELSEWHERE.items()}
    columns = (
        Text(ko="법이 정한 내용", en="What the law wants"),
        Text(ko="근거", en="Law"),
        Text(ko="있는 곳", en="Where"),
    )
    title = Text(ko="법이 정한 내용이 있는 곳", en="Where each thing stands that the law wants")
    body = policy.document.body
    absent = set() if body.remedies else {"t-remedies"}
    lines: list[Line] = [
        (
            f"{row.law}{number}",
            (
                row.title.in_(language),
                row.article.in_(language),
                Cell(
                    "",
                    links=tuple((at, titles.get(at, at)) for at in row.anchors if at not in absent),
                ),
            ),
        )
        for number, row in enumerate(contents(policy.profile, body.mall.country), start=1)
    ]
    return table("contents", title, columns, lines, language)
