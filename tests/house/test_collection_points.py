"""A page, a form field, an API field or a command that takes personal data unsaid fails here (P2.15)."""

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from ninja import Schema
from ninja.operation import Operation

from tests.house.surface_calls import ROOT, graph, of_module, reached
from yaksok.api import shapes, taking, v1
from yaksok.api.urls import urlpatterns as api_addresses
from yaksok.journeys.placing_order import field_of
from yaksok.mall.payments import signing as payment_signing
from yaksok.policy.collecting import ANSWER, COMMANDS, Declaration, declared, takes
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.web.admission import members_only
from yaksok.web.collecting import places
from yaksok.web.session import PersonRequest

SAFE = {"GET", "HEAD", "OPTIONS"}
WRITING = frozenset(
    {
        "yaksok.privacy.disclosure.demands.register",
        "yaksok.privacy.vault.gate.amend",
        "yaksok.privacy.vault.gate.seal",
        "yaksok.privacy.vault.gate.seal_all",
        "yaksok.mall.accounts.credentials.keep",
    }
)
"""What makes or changes something about a person from what somebody gave."""
INVENTED = frozenset({"yaksok.journeys.staff_door.demo"})
"""Writes about a clerk whom the program invents."""
TAKING_AWAY = frozenset({"yaksok.journeys.consents._delete"})
"""Takes items out of records when a consent ends, and puts nothing in."""
LENT = frozenset({"yaksok.journeys.safe_numbers.settled"})
"""Seals a safe number that its provider lent; nothing that anybody posted."""

READERS = {
    "yaksok/api/callbacks.py": "a signature covers the raw body; nothing of it is kept unread",
    "yaksok/web/collecting.py": "the door itself",
    "yaksok/web/origin.py": "the form token, and nothing else",
    "yaksok/web/wellformed.py": "whether it can be read at all; keeps nothing",
}
"""The only modules that look into what was posted."""
READING = {"POST", "FILES", "body", "readline", "readlines"}


# Views


def methods_of(view: object) -> set[str] | None:
    """The methods that a ``require_…`` decorator lets through; None when there is none."""
    here: object | None = view
    while here is not None:
        code = getattr(here, "__code__", None)
        if code and "request_method_list" in code.co_freevars:
            cells = getattr(here, "__closure__", ())
            return set(cells[code.co_freevars.index("request_method_list")].cell_contents)
        here = getattr(here, "__wrapped__", None)
    return None


def views(entries: list[URLPattern | URLResolver] | None = None) -> Iterator[Callable[..., object]]:
    """Every view of the mall but the API's."""
    for entry in get_resolver().url_patterns if entries is None else entries:
        if isinstance(entry, URLPattern):
            yield entry.callback
        elif entry.namespace != "api":
            yield from views(entry.url_patterns)


def named(view: object) -> str:
    return f"{getattr(view, '__module__', '')}.{getattr(view, '__qualname__', '')}"


def fault_of(view: object) -> str:
    """What is wrong with what a view declares; "" when nothing is."""
    methods, declaration = methods_of(view), declared(view)
    if methods is None:
        return "says no method: give it require_safe, require_POST or require_http_methods"
    if methods - SAFE and declaration is None:
        return "can be posted to and declares nothing: give it @collects or @takes"
    if not methods - SAFE and declaration is not None and not declaration.address:
        return "declares what it takes and can only be read"
    return ""


def test_every_view_declares_what_it_takes() -> None:
    found = list(views())
    assert len(found) > 35
    assert {named(view): fault_of(view) for view in found if fault_of(view)} == {}


def test_a_view_that_declares_nothing_is_noticed() -> None:
    def view(_: PersonRequest) -> HttpResponse:
        return HttpResponse()

    page = Text(ko="여기", en="Here")
    assert "says no method" in fault_of(view)
    assert "declares nothing" in fault_of(require_POST(view))
    assert "declares nothing" in fault_of(require_http_methods(["GET", "POST"])(members_only(view)))
    assert fault_of(require_safe(view)) == ""
    marked = require_POST(members_only(takes(page)(view)))
    assert fault_of(marked) == ""
    assert declared(marked) is not None
    assert "only be read" in fault_of(require_safe(takes(page)(view)))


# What leads to the vault


def unwrapped(view: object) -> object:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def commands() -> dict[str, object]:
    """Every command, by its dotted name."""
    found: dict[str, object] = {}
    for path in (ROOT / "yaksok/cli").glob("*.py"):
        module = f"yaksok.cli.{path.stem}"
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(
                "command(" in ast.unparse(one) for one in node.decorator_list
            ):
                found[f"{module}.{node.name}"] = getattr(importlib.import_module(module), node.name)
    return found


def surfaces() -> dict[str, Declaration | None]:
    """Every view, operation and command, by the name of its function, and what it declares."""
    found = {named(unwrapped(view)): declared(view) for view in views()}
    found |= {named(one.view_func): declared(one.view_func) for one in operations()}
    return found | {name: declared(command) for name, command in commands().items()}


def test_whoever_leads_to_a_writing_journey_collects_and_nobody_else() -> None:
    calls, found = graph(), surfaces()
    apart = INVENTED | TAKING_AWAY | LENT
    writing = {name for name in found if reached(calls, name, apart) & WRITING}
    collecting = {name for name, one in found.items() if one is not None and one.keeps}
    assert len(found) > 50
    assert writing == collecting
    assert "yaksok.web.storefront.joining.sign_up" in writing


def test_a_planted_way_to_the_vault_is_noticed() -> None:
    planted = "from yaksok.journeys import correct\ndef view(request):\n    _go(request)\n"
    planted += "def _go(request):\n    correct.correct(request)\n"
    calls = graph() | of_module("yaksok.web.planted", planted)
    assert reached(calls, "yaksok.web.planted.view") & WRITING


def test_every_command_on_the_list_is_there() -> None:
    marked = [one for command in commands().values() if (one := declared(command))]
    assert sorted(map(id, marked)) == sorted(map(id, COMMANDS.values()))


# Who looks into what was posted


def peeks(source: str) -> set[str]:
    """The attributes by which a module looks into what a request carries."""
    return {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in READING
        and "request" in ast.unparse(node.value)
    }


def test_only_the_doors_look_into_what_was_posted() -> None:
    paths = [
        path
        for part in ("web", "api", "journeys")
        for path in Path(ROOT / "yaksok" / part).rglob("*.py")
    ]
    found = {str(path.relative_to(ROOT)) for path in paths if peeks(path.read_text("utf-8"))}
    assert found == set(READERS)


@pytest.mark.parametrize(
    "way", ["request.POST['a']", "self.request.FILES", "request.body", "len(request.POST)"]
)
def test_another_reader_is_noticed(way: str) -> None:
    assert peeks(f"def view(request):\n    return {way}\n")


# The API and the call-backs


def operations() -> list[Operation]:
    """Every operation of the API."""
    paths = [view for router in v1.api._routers for view in router[1].path_operations.values()]
    return [operation for view in paths for operation in view.operations]


def test_every_operation_declares_what_it_takes() -> None:
    found = {
        operation.url_name: declared(operation.view_func)
        for operation in operations()
        if set(operation.methods) - SAFE
    }
    assert found == {name: one for name, (_, one) in taking.OPERATIONS.items()}
    assert len(operations()) > 3
    at = {one.name: one for one in api_addresses if isinstance(one, URLPattern)}
    for name, (route, declaration) in taking.OPERATIONS.items():
        assert declared(at[name].callback) is declaration
        assert str(at[name].pattern) == route
    listed = {place.name for place in places() if place.name.startswith("api:")}
    assert listed == {f"api:{name}" for name in taking.OPERATIONS}


def shapes_of_api() -> dict[str, type[Schema]]:
    return {
        name: one
        for name, one in vars(shapes).items()
        if isinstance(one, type) and issubclass(one, Schema) and one is not Schema
    }


def test_every_field_of_the_api_is_declared() -> None:
    found = shapes_of_api()
    answers = {name: set(one.model_fields) for name, one in found.items() if name.endswith("Out")}
    assert answers == {name: set(fields) for name, fields in taking.ANSWERS.items()}
    asked = {name: one for name, one in found.items() if name.endswith("In")}
    assert set(asked) | set(answers) == set(found)
    takings = {frozenset(one.names(policy())) for _, one in taking.OPERATIONS.values()}
    assert {frozenset(one.model_fields) for one in asked.values()} == takings
    assert all(one.model_config.get("extra") == "forbid" for one in asked.values())


@pytest.mark.django_db
def test_a_field_that_the_api_does_not_declare_is_refused(client: Client) -> None:
    body = {"number": "2222-222-2222-222", "secret": "no secret", "birthday": "1990-canary"}
    answer = client.post("/api/v1/orders/look-up", body, content_type="application/json")
    assert answer.status_code == 400
    assert "canary" not in answer.content.decode()


def test_call_backs_say_what_they_may_tell() -> None:
    by_name = {place.name: place.declaration for place in places()}
    told = by_name["callback_payment"]
    assert told is not None
    assert told.signed
    event, data = (
        msgspec.json.schema(one) for one in (payment_signing._Event, payment_signing._Data)
    )
    names = set(event["$defs"]["_Event"]["properties"]) - {"data"}
    names |= {f"data.{name}" for name in data["$defs"]["_Data"]["properties"]}
    assert told.fields == names
    told = by_name["callback_courier"]
    assert told is not None
    source = (ROOT / "yaksok/mall/shipping/signing.py").read_text("utf-8")
    reading = source[source.index("def _news") : source.index("return News")]
    assert told.fields == set(re.findall(r'"([a-z_]+)"', reading))


def test_answers_that_goods_ask_begin_as_declared() -> None:
    assert field_of("green-tea").startswith(ANSWER)
