"""The shape of a policy document as a JSON Schema, for editors that complete and check while typing."""

import inspect
import json
from typing import Any

import msgspec

from yaksok.policy.document import FORMAT
from yaksok.policy.entries import Body

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The version of JSON Schema that the schema is written in."""


def schema() -> dict[str, Any]:
    """The schema, made from the same types that read a document.

    It knows keys, words and types. It does not know what one table says of another, nor any law:
    for those there is ``yaksok policy lint``.
    """
    made = msgspec.json.schema(Body)
    definitions = {name: _tidied(shape) for name, shape in sorted(made["$defs"].items())}
    body = definitions[Body.__name__]
    properties = {**body["properties"], "format": {"const": FORMAT}}
    definitions[Body.__name__] = {**body, "properties": properties}
    return {
        "$schema": DIALECT,
        "title": "policy.toml",
        "description": f"The policy of a mall, format {FORMAT}.",
        "$ref": made["$ref"],
        "$defs": definitions,
    }


def _tidied(shape: dict[str, Any]) -> dict[str, Any]:
    """``shape`` with its docstring as a description that an editor can show."""
    said = shape.get("description")
    return shape if said is None else {**shape, "description": inspect.cleandoc(said)}


def schema_text() -> str:
    """The schema as it is written to a file, ending in a line feed."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
