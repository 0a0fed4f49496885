"""Nothing that can hold or carry personal data is there without a word about it.

Columns, fields of forms, fields of the API, keys of the log, arguments of jobs: what nobody declared
fails here. Each check is shown one that was planted.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import procrastinate
import pytest
from django.apps import apps
from django.db import connection, models
from django.http import HttpRequest
from ninja import NinjaAPI, Schema
from procrastinate.testing import InMemoryConnector

from tests.cast.policies import packaged_policy
from yaksok.api.taking import ANSWERS, OPERATIONS
from yaksok.api.v1 import api
from yaksok.database.roles import keeper
from yaksok.jobs import tasks
from yaksok.journeys import explain as journey
from yaksok.journeys.explain import explain
from yaksok.journeys.explain_records import name_of
from yaksok.journeys.explained import Explanation
from yaksok.kernel.holdings import Holding, Impersonal, Nature
from yaksok.mall.accounts.models import Credential
from yaksok.policy.clauses.ids import ALL_IDS
from yaksok.policy.compile import Policy
from yaksok.policy.forms import Field
from yaksok.policy.vocabulary import FormName, Item, RecordKind
from yaksok.privacy.retention import holdings
from yaksok.settings.logs import FACTS

ROOT = Path(__file__).resolve().parents[2]

GOODS = frozenset({"category", "lang", "page", "q", "slug", "sort"})
"""What may stand in an address of the API: words about goods, and a language."""

MOMENT = frozenset({"timestamp"})
"""All that a job may be given: when it was due."""

LEVELS = frozenset({"critical", "debug", "error", "exception", "info", "warning", "warn", "bind"})
SPEAKS = r"get_?[lL]ogger\(__name__\)"


# Columns of models


def unsaid() -> set[str]:
    """Columns without a word on what they hold, and declared ones that are in no model."""
    made = {f"{table}.{name}" for table, (_, names) in journey.columns().items() for name in names}
    said: set[str] = set()
    for one in holdings.declared():
        if isinstance(one, Impersonal):
            said |= {name for name in made if name.startswith(f"{one.table}.")}
        else:
            said |= {f"{one.table}.{name}" for name, end in one.columns.items() if end.nature}
    return made ^ said


@contextmanager
def planted_column(name: str) -> Iterator[None]:
    """A model of the mall with one more field."""
    fields = list(Credential._meta.local_fields)
    models.TextField(default="").contribute_to_class(Credential, name)
    try:
        yield
    finally:
        Credential._meta.local_fields = fields
        apps.clear_cache()
        delattr(Credential, name)


def test_every_column_of_every_model_says_what_it_holds() -> None:
    assert unsaid() == set()


def test_a_planted_column_is_reported() -> None:
    with planted_column("birthday"):
        assert unsaid() == {"accounts_credential.birthday"}
        with pytest.raises(LookupError, match=r"accounts_credential\.birthday"):
            explain(packaged_policy())
    assert unsaid() == set()


def test_a_column_that_ends_but_does_not_say_what_it_holds_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def silent(one: Holding | Impersonal) -> Holding | Impersonal:
        if isinstance(one, Impersonal) or one.table != "staff_training":
            return one
        return replace(one, columns={c: replace(e, nature=None) for c, e in one.columns.items()})

    as_if = tuple(silent(one) for one in holdings.declared())
    monkeypatch.setattr(holdings, "declared", lambda: as_if)
    columns = ("subject_id", "id", "policy", "completed_at")
    assert unsaid() == {f"staff_training.{name}" for name in columns}


def test_a_table_without_a_declaration_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = tuple(one for one in holdings.declared() if one.table != "guard_tally")
    monkeypatch.setattr(holdings, "declared", lambda: fewer)
    with pytest.raises(LookupError, match="guard_tally"):
        explain(packaged_policy())


def test_every_table_about_a_person_says_of_whom_and_by_which_promise() -> None:
    for one in holdings.about_persons():
        assert one.about, one.table
        assert one.promises, one.table
        assert set(one.promises) <= ALL_IDS, one.table
        assert set(one.of_another) | one.carries.keys() <= one.columns.keys(), one.table


def test_every_table_about_nobody_says_why_in_both_languages() -> None:
    for one in explain(packaged_policy()).tables:
        if one.why is not None:
            assert any("가" <= sign <= "힣" for sign in one.why.ko), one.name
            assert one.why.en.isascii(), one.name
            assert one.why.en.strip(), one.name


def test_values_lie_sealed_or_as_what_cannot_be_turned_back_and_nowhere_else() -> None:
    values = {
        f"{table.schema}.{table.name}.{column.name}"
        for table in explain(packaged_policy()).tables
        for column in table.columns
        if column.nature is Nature.VALUE
    }
    assert values == {
        "mall.accounts_credential.verifier",
        "mall.orders_secret.verifier",
        "vault.vault_blind_index.digest",
        "vault.vault_record.sealed",
    }


def test_the_log_can_hold_no_value() -> None:
    (log,) = (one for one in explain(packaged_policy()).tables if one.schema == "audit")
    assert {column.name for column in log.columns} >= {"trail", "items", "purpose", "promise"}
    assert Nature.VALUE not in {column.nature for column in log.columns}
    assert {c.name for c in log.columns if c.nature is Nature.ID} == {"trail", "actor_id"}


@pytest.mark.django_db
def test_what_is_explained_is_what_the_database_has() -> None:
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname || '.' || c.relname || '.' || a.attname"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE c.relkind IN ('r', 'p')"
            " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
        )
        there = {name for (name,) in cursor.fetchall()}
    said = {
        f"{table.schema}.{table.name}.{column.name}"
        for table in explain(packaged_policy()).tables
        for column in table.columns
    }
    assert said == there


# Fields of forms


def unexplained(policy: Policy, explanation: Explanation) -> set[str]:
    """Fields, and boxes that stand for an item, which no item of the explanation is asked by."""
    asked = {(asked.form, asked.field): item for item in explanation.items for asked in item.asked}
    found = set()
    for name, form in policy.forms.items():
        for field in (*form.fields, *form.per_product):
            item = asked.get((name, field.name))
            if item is None or (item.kind, item.item) != (field.kind, field.item):
                found.add(f"{name}.{field.name}")
    return found


def test_every_field_of_every_form_is_an_item_that_is_explained() -> None:
    policy = packaged_policy()
    assert sum(len(form.fields) for form in policy.forms.values()) > 20
    assert unexplained(policy, explain(policy)) == set()


def test_a_planted_field_is_reported() -> None:
    policy = packaged_policy()
    form = policy.forms[FormName.SIGN_UP]
    planted: Field = replace(form.fields[0], name="birthday", item=Item.EXTRA)
    more = replace(form, fields=(*form.fields, planted))
    forms = {**policy.forms, FormName.SIGN_UP: more}
    wider = msgspec.structs.replace(policy, forms=forms)
    assert unexplained(wider, explain(policy)) == {"sign_up.birthday"}
    moved = replace(form.fields[0], kind=RecordKind.ORDER_PAYER)
    forms = {**policy.forms, FormName.SIGN_UP: replace(form, fields=(moved,))}
    wider = msgspec.structs.replace(policy, forms=forms)
    assert unexplained(wider, explain(policy)) == {f"sign_up.{moved.name}"}


def test_every_item_lies_somewhere() -> None:
    explanation = explain(packaged_policy())
    assert explanation.items
    assert [name_of(one.kind, one.item) for one in explanation.items if not one.places] == []


# Fields of the API


def undeclared(
    page: Mapping[str, Any], answers: Mapping[str, Collection[str]], address: Collection[str]
) -> set[str]:
    """What the API takes or says that is in neither list."""
    found = set()
    for name, schema in page["components"]["schemas"].items():
        known = answers.get(name, ())
        found |= {f"{name}.{one}" for one in schema.get("properties", {}) if one not in known}
    for path, acts in page["paths"].items():
        for act in acts.values():
            for one in act.get("parameters", ()):
                if one["name"] not in address:
                    found.add(f"{path}?{one['name']}")
    return found


def known_shapes() -> dict[str, Collection[str]]:
    _, look_up = OPERATIONS["look_up"]
    return {**ANSWERS, "LookUpIn": look_up.names(packaged_policy())}


def test_every_field_of_the_api_is_declared() -> None:
    page = api.get_openapi_schema()
    assert {"OrderOut", "LookUpIn"} <= page["components"]["schemas"].keys()
    assert undeclared(page, known_shapes(), GOODS) == set()


def test_a_planted_field_of_the_api_is_reported() -> None:
    class OrderOut(Schema):
        number: str
        birthday: str

    def order(request: HttpRequest, slug: str, email: str) -> OrderOut:
        raise NotImplementedError(request, slug, email)

    planted = NinjaAPI(urls_namespace="planted", docs_url=None)
    planted.get("/order", response=OrderOut)(order)
    found = undeclared(planted.get_openapi_schema(path_prefix="/"), known_shapes(), GOODS)
    assert {one.rpartition("/")[2] for one in found} == {"OrderOut.birthday", "order?email"}


# Keys of the log


def keys_of(source: str) -> set[str]:
    """The names of facts that a module hands to its log."""
    tree = ast.parse(source)
    speakers = {
        ast.unparse(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and re.search(SPEAKS, ast.unparse(node.value))
        for target in node.targets
    }
    return {
        word.arg or "**"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and ast.unparse(node.func.value) in speakers
        for word in node.keywords
        if word.arg not in {"exc_info", "stack_info"}
    }


def test_every_key_of_the_log_is_declared_with_its_meaning() -> None:
    assert [key for key, meaning in FACTS.items() if len(meaning) < len("a number")] == []
    sources = {path: path.read_text("utf-8") for path in (ROOT / "yaksok").rglob("*.py")}
    spoken = {path.name: keys_of(source) for path, source in sources.items()}
    assert set().union(*spoken.values()), "nothing is logged at all"
    assert {name: keys - FACTS.keys() for name, keys in spoken.items() if keys - FACTS.keys()} == {}


def test_a_planted_key_of_the_log_is_reported() -> None:
    planted = textwrap.dedent(
        """
        log = structlog.get_logger(__name__)
        notes = logging.getLogger(__name__)
        log.info("somebody came in", email=email, count=1)
        notes.warning("and went", **everything)
        """
    )
    assert keys_of(planted) - FACTS.keys() == {"email", "**"}


# Arguments of jobs


def arguments(jobs: Iterable[tuple[str, Callable[..., object]]]) -> set[str]:
    """What jobs can be given, beyond the moment they are due."""
    return {
        f"{name}({argument})"
        for name, act in jobs
        for argument in inspect.signature(act, follow_wrapped=False).parameters
        if argument not in MOMENT
    }


def jobs_of(app: procrastinate.App) -> list[tuple[str, Callable[..., object]]]:
    """The jobs of ours, by name."""
    return [
        (task.name, task.func)
        for task in app.tasks.values()
        if not task.name.startswith(("builtin:", "procrastinate."))
    ]


def test_no_job_is_given_anything_about_anybody() -> None:
    jobs = jobs_of(tasks.app)
    assert len({name for name, _ in jobs}) > 5
    assert arguments(jobs) == set()


def test_a_planted_argument_of_a_job_is_reported() -> None:
    app = procrastinate.App(connector=InMemoryConnector())

    @app.task(name="greet")
    def greet(timestamp: int, email: str) -> None:
        raise NotImplementedError(timestamp, email)

    assert arguments(jobs_of(app)) == {"greet(email)"}
