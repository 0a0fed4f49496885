"""Rules about the code itself that no linter knows."""

import ast
import re
import subprocess
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_NAMES = {"utils", "helpers", "common", "base", "misc", "manager"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_VIEW = 25
REVEAL = {
    "yaksok/journeys/access_points.py",
    "yaksok/journeys/ad_addresses.py",
    "yaksok/journeys/answer_inquiry.py",
    "yaksok/journeys/call_desk.py",
    "yaksok/journeys/check_out.py",
    "yaksok/journeys/coming_of_age.py",
    "yaksok/journeys/correct.py",
    "yaksok/journeys/guardian_answer.py",
    "yaksok/journeys/guardian_order.py",
    "yaksok/journeys/guardian_paper.py",
    "yaksok/journeys/guardian_portal.py",
    "yaksok/journeys/held.py",
    "yaksok/journeys/inquiries.py",
    "yaksok/journeys/legal_screen.py",
    "yaksok/journeys/my_page.py",
    "yaksok/journeys/phone_desk.py",
    "yaksok/journeys/placing_order.py",
    "yaksok/journeys/reading_reviews.py",
    "yaksok/journeys/recipient_acts.py",
    "yaksok/journeys/recipient_page.py",
    "yaksok/journeys/repeating.py",
    "yaksok/journeys/review_desk.py",
    "yaksok/journeys/reviews.py",
    "yaksok/journeys/rights_ask.py",
    "yaksok/journeys/rights_desk.py",
    "yaksok/journeys/rights_guest.py",
    "yaksok/journeys/rights_paper.py",
    "yaksok/journeys/safe_numbers.py",
    "yaksok/journeys/staff_door.py",
    "yaksok/journeys/terms_cases.py",
    "yaksok/privacy/disclosure/demands.py",
    "yaksok/privacy/disclosure/label.py",
    "yaksok/privacy/disclosure/portion.py",
    "yaksok/privacy/post/outbox.py",
    "yaksok/privacy/post/wire.py",
    "yaksok/privacy/post/wire_push.py",
    "yaksok/privacy/post/wire_sms.py",
    "yaksok/privacy/retention/destroying.py",
}
"""Where a value leaves its mask: to its owner's own page, to be compared, to a wire, to a law's copy."""
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|nosec|fmt:\s*off|mypy:|ruff:)")
REASONED = re.compile(
    r"#\s*(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w-]+(,\s*[\w-]+)*\])\s+(#|-|–)\s*\w"
)


def sources(*folders: str) -> list[Path]:
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [ROOT / name for name in tracked if name.endswith(".py") and (ROOT / name).exists()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


PRODUCT = [path for path in sources("yaksok", "dev", "tools") if "migrations" not in path.parts]
EVERYTHING = sources("yaksok", "dev", "tools", "tests", "benchmarks")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_no_file_is_too_long() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in PRODUCT}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{named(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1 - _documented(node)
        for path in PRODUCT
        for node in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def _documented(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return 0
    return (first.end_lineno or 0) - first.lineno + 1


def test_no_view_is_too_long() -> None:
    lengths = {
        f"{named(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1 - _documented(node)
        for path in sources("yaksok/web")
        for node in functions(path)
        if any("require_" in ast.unparse(one) for one in node.decorator_list)
    }
    assert len(lengths) > 20
    assert {name: length for name, length in lengths.items() if length > LONGEST_VIEW} == {}


def test_every_place_that_reveals_a_value_is_known() -> None:
    places = {named(path) for path in sources("yaksok") if ".reveal()" in path.read_text("utf-8")}
    assert places - {"yaksok/kernel/personal.py"} == REVEAL


def test_every_module_says_what_it_holds() -> None:
    assert {named(path) for path in PRODUCT if path.stem.lower() in NO_NAMES} == set()
    folders = {part for path in PRODUCT for part in path.relative_to(ROOT).parts[:-1]}
    assert folders & NO_NAMES == set()


def test_every_suppression_has_its_reason() -> None:
    bare = [
        f"{named(path)}:{line}: {comment}"
        for path in EVERYTHING
        for line, comment in comments(path)
        if SUPPRESSION.search(comment) and not REASONED.search(comment)
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("comment", "fine"),
    [
        ("# noqa: S608 - constants of the code", True),
        ("# type: ignore[call-overload]  # typeshed knows no dict of these", True),
        ("# noqa", False),
        ("# noqa: S608", False),
        ("# type: ignore", False),
        ("# type: ignore[arg-type]", False),
    ],
)
def test_the_rule_about_suppressions_bites(comment: str, *, fine: bool) -> None:
    assert bool(REASONED.search(comment)) is fine


def test_every_ignored_rule_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    rules = [line for line in lines if re.match(r'\s+"[A-Z]+\d*",', line)]
    assert rules
    assert [line for line in rules if not re.search(r"#\s*\w", line)] == []


def test_nothing_is_left_to_do_later() -> None:
    words = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b")
    assert [named(path) for path in EVERYTHING if words.search(path.read_text("utf-8"))] == []


def test_the_map_leads_somewhere() -> None:
    paths = re.findall(r"`([^`\s]+)`", (ROOT / "docs/map.md").read_text("utf-8"))
    places = [path for path in paths if "/" in path or (ROOT / path).suffix or path == "Makefile"]
    assert len(places) > 30
    assert [path for path in places if not (ROOT / path).exists()] == []


def test_every_layer_is_on_the_map() -> None:
    text = (ROOT / "docs/map.md").read_text("utf-8")
    packages = {path.parent.name for path in (ROOT / "yaksok").glob("*/__init__.py")}
    assert {name for name in packages if f"yaksok/{name}" not in text} - {"kernel"} == set()


def test_decisions_are_small_and_numbered() -> None:
    files = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert files
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    mentioned = {
        int(number)
        for path in [*EVERYTHING, *files]
        for number in re.findall(r"\bdecision (\d{4})\b", path.read_text("utf-8"))
    }
    assert mentioned <= {int(path.name[:4]) for path in files}
    for path in files:
        text = path.read_text("utf-8")
        assert re.match(r"\d{4}-[a-z0-9-]+\.md", path.name)
        assert text.startswith(f"# {path.name[:4]}: "), path.name
        assert "gave up" in text, f"{path.name} does not say what was given up"
        assert len(text.splitlines()) <= 60, f"{path.name} is longer than a page"


def test_requirements_are_locked_with_hashes_and_name_no_host() -> None:
    for name in ("base", "bench", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,]+\])?==", text, re.MULTILINE)
        assert len(pinned) > 20
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_what_we_declare_is_what_we_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {_package(line) for line in project["dependencies"]}
    extras = {
        _package(line) for group in project["optional-dependencies"].values() for line in group
    }
    base, dev = _listed("base"), _listed("dev")
    builds = {"hatchling", "editables", "babel"}  # these do not run
    held = {"python-dateutil"}  # a dependency's dependency, held to what an extra takes
    assert base - needed - extras <= builds | held
    assert needed - base == set()
    assert extras - base - dev - _listed("bench") == set()


def _listed(name: str) -> set[str]:
    lines = (ROOT / f"requirements/{name}.in").read_text("utf-8").splitlines()
    return {_package(line) for line in lines if line and line[0] != "-"}


def _package(line: str) -> str:
    return re.split(r"[\[<>=!~ ]", line, maxsplit=1)[0].lower()
