"""How an explanation looks in a terminal: a table for each table, and one for each record kind.

Words of the policy's vocabulary (roles, purposes, items) stand as they do in the document; all else
is in the reader's language.
"""

from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _
from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table as Grid
from rich.text import Text as Line

from yaksok.journeys.explained import Column, End, Explanation, ItemHeld, Record, Table, Use
from yaksok.kernel.holdings import GATE, ROWS, Nature
from yaksok.policy.vocabulary import Held, Language

AT_ONCE = "P0D"


def shown(explanation: Explanation, language: Language) -> Iterator[RenderableType]:
    """The parts of ``explanation``, from top to bottom."""
    with translation.override(language.value):
        yield Line(
            _("처리방침 %(version)s (%(profile)s), 시행일 %(day)s")
            % {
                "version": explanation.version,
                "profile": explanation.profile,
                "day": explanation.effective,
            },
            style="bold",
        )
        yield from _records(explanation.records, language)
        personal = [table for table in explanation.tables if table.about]
        yield from (_table(table, language) for table in personal)
        if others := [table for table in explanation.tables if not table.about]:
            yield _impersonal(others, language)
        yield Line(_summary(explanation))


def _grid(title: str, **headings: int) -> Grid:
    """An empty table. Each heading comes with its share of the width."""
    grid = Grid(
        title=escape(title), title_justify="left", title_style="bold", expand=True, box=SIMPLE_HEAD
    )
    for heading, share in headings.items():
        grid.add_column(heading, overflow="fold", ratio=share)
    return grid


def _add(grid: Grid, *cells: str) -> None:
    grid.add_row(*(escape(cell) for cell in cells))


def _records(records: Iterable[Record], language: Language) -> Iterator[Grid]:
    for record in records:
        title = _("기록 %(kind)s: %(label)s — 누구의 것: %(about)s; 근거: %(basis)s; 끝: %(end)s")
        grid = _grid(
            title
            % {
                "kind": record.kind,
                "label": record.label.in_(language),
                "about": ", ".join(record.about),
                "basis": record.basis,
                "end": _end(record.end, language),
            },
            **{
                _("항목"): 4,
                _("보관"): 7,
                _("묻는 곳"): 6,
                _("누가 무엇을, 무엇을 위해"): 9,
                _("지키는 약속"): 3,
            },
        )
        for one in record.items:
            _add(
                grid,
                f"{one.item}\n{one.label.in_(language)}",
                "\n".join(_held(one, language)),
                "\n".join(f"{asked.form}: {asked.field}" for asked in one.asked) or _("묻지 않음"),
                "\n".join(_uses(one.uses)) or _("아무도 읽을 수 없음"),
                ", ".join(one.promises),
            )
            grid.add_section()
        yield grid


def _end(end: End, language: Language) -> str:
    at_once = _("%(event)s 때 바로")
    later = _("%(event)s부터 %(period)s")
    words = (at_once if end.period == AT_ONCE else later) % {
        "event": end.event,
        "period": end.words.in_(language),
    }
    if end.earlier:
        words += " " + _("(늘어난 기간에 동의하지 않은 사람은 처음 알린 대로)")
    return words


def _held(one: ItemHeld, language: Language) -> Iterator[str]:
    yield _("필수") if one.required else _("선택")
    yield _("봉인") if one.held is Held.SEALED else _("되돌릴 수 없는 확인값")
    yield from one.places
    if one.findable:
        yield _("찾기 색인: 시기와 함께 없어짐")
    yield _("가림 규칙: %(rule)s") % {"rule": one.mask}
    if one.consent:
        yield _("따로 받는 동의: %(name)s") % {"name": one.consent}
    for copy in one.copies:
        yield _("법정 보존: %(law)s, %(period)s") % {
            "law": copy.title.in_(language),
            "period": copy.words.in_(language),
        }


def _uses(uses: tuple[Use, ...]) -> Iterator[str]:
    """``guest, member: amend, open → order, rights (own only)``: who may do the same, together."""
    purposes: dict[tuple[str, str, str], list[str]] = {}
    for use in uses:
        purposes.setdefault((use.role, _limits(use), use.action), []).append(use.purpose)
    actions: dict[tuple[str, str, str], list[str]] = {}
    for (role, limits, action), some in purposes.items():
        actions.setdefault((role, limits, ", ".join(some)), []).append(action)
    roles: dict[tuple[str, str, str], list[str]] = {}
    for (role, limits, why), acts in actions.items():
        roles.setdefault((", ".join(acts), why, limits), []).append(role)
    for (acting, why, limits), who in roles.items():
        yield f"{', '.join(who)}: {acting} → {why}{limits}"


def _limits(use: Use) -> str:
    limits = [
        *([_("본인 것만")] if use.own else []),
        *([_("돌보는 아이의 것만")] if use.ward else []),
        *([_("교육받은 사람만")] if use.trained else []),
        *(_("동의: %(name)s") % {"name": name} for name in use.consents),
        *([_("받는 곳: %(name)s") % {"name": use.recipient}] if use.recipient else []),
    ]
    return f" ({', '.join(limits)})" if limits else ""


def _table(table: Table, language: Language) -> Grid:
    title = _("테이블 %(name)s: %(label)s — 누구의 것: %(about)s; 약속: %(promises)s")
    grid = _grid(
        title
        % {
            "name": f"{table.schema}.{table.name}",
            "label": table.label.in_(language),
            "about": ", ".join(table.about),
            "promises": ", ".join(table.promises),
        },
        **{_("열"): 4, _("무엇"): 5, _("누구에게 이르는 열"): 3, _("어떻게 없어지는지"): 5},
    )
    rows: dict[tuple[str, str, str], list[str]] = {}
    for column in table.columns:
        row = (_nature(column), column.whose or "-", _ending(table, column, language))
        rows.setdefault(row, []).append(column.name)
    for row, names in rows.items():
        _add(grid, ", ".join(names), *row)
    return grid


def _nature(column: Column) -> str:
    word = {
        Nature.FACT: _("그 사람에 관한 사실"),
        Nature.ID: _("사람에게 이르는 난수"),
        Nature.NOTHING: _("개인정보 아님"),
        Nature.VALUE: _("값"),
    }[column.nature]
    kinds: dict[str, list[str]] = {}
    for name in column.carries:
        kind, _dot, item = name.partition(".")
        kinds.setdefault(kind, []).append(item)
    return "\n".join([word, *(f"{kind}: {', '.join(some)}" for kind, some in kinds.items())])


def _ending(table: Table, column: Column, language: Language) -> str:
    if column.kept is not None and column.until is not None:
        return f"{column.kept.in_(language)}; {column.until.in_(language)}"
    if table.ended_by == GATE:
        return _("기록과 함께 파기하고, 시기가 닫히면 되살릴 수 없음")
    return _("탈퇴하면 삭제") if table.ended_by == ROWS else _("쓰임이 끝나면 삭제")


def _impersonal(tables: Iterable[Table], language: Language) -> Grid:
    grid = _grid(_("누구에 관한 것도 없는 테이블"), **{_("테이블"): 2, _("까닭"): 3})
    for table in tables:
        _add(grid, f"{table.schema}.{table.name}", table.label.in_(language))
    return grid


def _summary(explanation: Explanation) -> str:
    return _(
        "테이블 %(tables)d개, 그중 사람에 관한 것 %(personal)d개; 열 %(columns)d개;"
        " 기록 %(records)d종, 항목 %(items)d개"
    ) % {
        "tables": len(explanation.tables),
        "personal": sum(1 for table in explanation.tables if table.about),
        "columns": sum(len(table.columns) for table in explanation.tables),
        "records": len(explanation.records),
        "items": len(explanation.items),
    }
