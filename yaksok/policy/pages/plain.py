"""A page as one row of paragraphs, each with its key: for comparing and for printing."""

from collections.abc import Iterator

from yaksok.policy.pages.shapes import (
    AnyPage,
    ChildrensPage,
    OfficerCard,
    Page,
    Paragraph,
    RecordTable,
    Table,
    TermsPage,
)

_BETWEEN = " · "


def plain(page: AnyPage) -> tuple[Paragraph, ...]:
    """The paragraphs of ``page`` in reading order; no key stands twice."""
    if isinstance(page, Page):
        return tuple(_policy(page))
    if isinstance(page, ChildrensPage):
        return tuple(_children(page))
    return tuple(_terms(page))


def _policy(page: Page) -> Iterator[Paragraph]:
    for section in page.sections:
        place = f"{section.number}. {section.title}"
        yield Paragraph(f"s{section.number}", place, place, heading=True)
        for sentence in section.sentences:
            yield Paragraph(sentence.id, sentence.text, place, sentence.id)
        for table in section.tables:
            yield from _table(table, place)
        if section.number == 2:  # noqa: PLR2004 - the section of the items
            for record in page.records:
                yield from _record(record, place)
    last = f"{page.sections[-1].number}. {page.sections[-1].title}"
    for which, officer in zip(("manager", "handler"), page.officers, strict=True):
        yield Paragraph(f"officers/{which}", _officer(officer), last, officer.position)
    for remedy in page.remedies:
        text = _BETWEEN.join((remedy.name, remedy.phone, remedy.url))
        yield Paragraph(f"remedies/{remedy.url}", text, last, remedy.name)
    for table in page.part:
        yield from _table(table, table.title)


def _table(table: Table, place: str) -> Iterator[Paragraph]:
    for row in table.rows:
        yield Paragraph(
            row.key, _BETWEEN.join(c.text for c in row.cells if c.text), place, table.title
        )
    if not table.rows and table.empty:
        yield Paragraph(f"{table.key}/empty", table.empty, place, table.title)
    if table.note:
        yield Paragraph(f"{table.key}/note", table.note, place, table.title)


def _record(record: RecordTable, place: str) -> Iterator[Paragraph]:
    for item in record.items:
        text = _BETWEEN.join((record.name, item.name, item.reason))
        yield Paragraph(f"records/{record.key}/{item.key}", text, place, record.name)
    if record.consent:
        yield Paragraph(f"records/{record.key}/consent", record.consent, place, record.name)


def _officer(card: OfficerCard) -> str:
    return _BETWEEN.join((card.position, card.name, card.email, card.address, card.phone, card.fax))


def _children(page: ChildrensPage) -> Iterator[Paragraph]:
    yield Paragraph("lead", page.lead, page.title, page.title)
    for block in page.blocks:
        yield Paragraph(block.key, block.question, block.question, heading=True)
        for number, line in enumerate(block.lines, start=1):
            yield Paragraph(f"{block.key}/{number}", line, block.question, str(number))


def _terms(page: TermsPage) -> Iterator[Paragraph]:
    for chapter in page.chapters:
        for article in chapter.articles:
            key = f"art-{article.number}"
            place = f"{article.number}. {article.title}"
            yield Paragraph(key, place, place, heading=True)
            for number, text in enumerate(article.paragraphs, start=1):
                yield Paragraph(f"{key}-{number}", text, place, f"{article.number} ({number})")
    yield from _table(page.company, page.company.title)
