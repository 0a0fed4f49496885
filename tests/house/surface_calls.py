"""Which functions of surfaces and journeys lead to which others, read from the source."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("journeys", "web", "api", "cli")

Graph = Mapping[str, set[str]]
"""By dotted name of a function or class: the dotted names it mentions."""


def graph() -> dict[str, set[str]]:
    """The graph of the mall as it stands in the tree."""
    found: dict[str, set[str]] = {}
    for folder in FOLDERS:
        for path in (ROOT / "yaksok" / folder).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found |= of_module(module, path.read_text("utf-8"))
    return found


def of_module(module: str, source: str) -> dict[str, set[str]]:
    """The part of the graph that one module's source makes."""
    tree = ast.parse(source)
    tops = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    names = dict(_imported(tree)) | {node.name: f"{module}.{node.name}" for node in tops}
    return {f"{module}.{node.name}": set(_mentioned(node, names)) for node in tops}


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield one.asname or one.name, f"{node.module}.{one.name}"


def _mentioned(node: ast.AST, names: Mapping[str, str]) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id in names:
            yield names[one.id]
        of = one.value if isinstance(one, ast.Attribute) else None
        if isinstance(one, ast.Attribute) and isinstance(of, ast.Name) and of.id in names:
            yield f"{names[of.id]}.{one.attr}"


def reached(calls: Graph, start: str, without: frozenset[str] = frozenset()) -> set[str]:
    """Everything that ``start`` leads to, not going through ``without``."""
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        if here in seen or here in without:
            continue
        seen.add(here)
        ahead += calls.get(here, ())
    return seen
