"""Collect the sentences that people read, keep their English, compile it.

``python -m tools.messages`` collects and compiles; ``compile`` only compiles; ``check`` changes
nothing and fails when a sentence is new, gone or without English. Sentences are Korean in the code
(``_("…")``) and in templates (``{% translate %}``, ``{% blocktranslate %}``). Templates are read by
Django itself, so what is collected is exactly what is looked up when a page is made.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import Engine
from django.template.base import FilterExpression, Node, NodeList
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.functional import Promise

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "yaksok"
LOCALE = CODE / "locale"
WORDS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURALS = {"ngettext", "ngettext_lazy"}
WIDTH = 100
CHANGING = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
HEADER = "# English of the mall. Korean is in the code; `make messages` keeps the two together."

Message = str | tuple[str, str]


def in_python(source: str) -> Iterator[Message]:
    """The sentences of one module."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [
            arg.value
            for arg in node.args
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in WORDS and len(texts) == 1:
            yield texts[0]
        elif name in PLURALS and len(texts) > 1:
            yield texts[0], texts[1]


def in_template(source: str, engine: Engine) -> Iterator[Message]:
    """The sentences of one template."""
    for node in _nodes(engine.from_string(source).nodelist):
        if isinstance(node, BlockTranslateNode):
            yield _block(node)
        elif isinstance(node, TranslateNode):
            yield node.filter_expression.var.literal.replace("%", "%%")  # as Django looks it up
        for value in vars(node).values():
            for one in value if isinstance(value, list | tuple) else [value]:
                yield from _in_expression(one)


def _nodes(nodes: NodeList) -> Iterator[Node]:
    for node in nodes:
        yield node
        for name in {*node.child_nodelists, "nodelist_loop", "nodelist_empty"}:
            if below := getattr(node, name, None):
                yield from _nodes(below)
        for _, below in getattr(node, "conditions_nodelists", ()):
            yield from _nodes(below)


def _block(node: BlockTranslateNode) -> Message:
    singular = node.render_token_list(node.singular)[0]
    if node.plural and node.countervar:
        return singular, node.render_token_list(node.plural)[0]
    return singular


def _in_expression(value: object) -> Iterator[str]:
    if not isinstance(value, FilterExpression):
        return
    if isinstance(value.var, Promise):
        yield str(value.var)
    for _, arguments in value.filters:
        yield from (str(argument) for _, argument in arguments if isinstance(argument, Promise))


def collected() -> Catalog:
    """Every sentence of the project, with the files it stands in."""
    catalog = Catalog()
    engine = _engine()
    for path in sorted(CODE.rglob("*")):
        if path.suffix == ".py":
            found = in_python(path.read_text("utf-8"))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found = in_template(path.read_text("utf-8"), engine)
        else:
            continue
        place = path.relative_to(ROOT).as_posix()
        for message in found:
            catalog.add(message, locations=[(place, None)], flags=_flags(message))  # type: ignore[list-item]  # Babel takes no line for none
    return catalog


def _flags(message: Message) -> tuple[str, ...]:
    text = message if isinstance(message, str) else message[0]
    return ("python-format",) if re.search(r"%\(\w+\)s|%%", text) else ()


def _engine() -> Engine:
    import django

    if not settings.configured:
        settings.configure(USE_I18N=False, INSTALLED_APPS=["yaksok.web.design"])
        django.setup()
    libraries = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}
    libraries |= {
        path.stem: ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in CODE.rglob("templatetags/*.py")
        if path.stem != "__init__"
    }
    return Engine(libraries=libraries)


def path_of(language: str) -> Path:
    """The file that holds ``language``."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def known(language: str) -> Catalog:
    """What has been translated so far."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """Collect, keep the translations that still apply, drop the others, write the file."""
    catalog = known(language)
    catalog.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.header_comment, catalog.fuzzy = HEADER, False
    catalog.project, catalog.version = "yaksok", ""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalog,
            width=WIDTH,
            include_lineno=False,
            sort_by_file=True,
            ignore_obsolete=True,
        )
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith(tuple(f'"{c}' for c in CHANGING)))
    )
    return catalog


def compile_all() -> None:
    """Write the ``.mo`` file of every language."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as source:
            catalog = read_po(source, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)


def faults(language: str) -> list[str]:
    """What is wrong with the file of ``language``, a line each; empty when nothing is."""
    held, wanted = known(language), collected()
    keys = {message.id: message for message in wanted if message.id}
    found = [f"new, run make messages: {key}" for key in keys if key not in held]
    for message in held:
        if not message.id:
            continue
        texts = list(message.string) if isinstance(message.string, tuple) else [message.string]
        if message.id not in keys:
            found.append(f"gone, run make messages: {message.id}")
        elif message.fuzzy or not all(texts):
            found.append(f"without {language}: {message.id}")
        else:
            found += [f"{error}: {message.id}" for error in message.check()]
    return found


def main(words: list[str]) -> int:
    """The command."""
    if words == ["check"]:
        found = faults("en")
        sys.stdout.writelines(f"{line}\n" for line in found)
        return 1 if found else 0
    if words != ["compile"]:
        catalog = update("en")
        bare = sum(1 for message in catalog if message.id and not message.string)
        sys.stdout.write(f"{len(catalog)} sentences, {bare} without English\n")
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
