"""JSON Schemas of both files, for the editors and checkers of others.

They help while a file is written by hand; the judge is `antrag validate`, for no rule about what a motion must not
contradict can be said in a schema. Stricter than the models in one point: a key that no model knows is refused,
for under an editor it is a slip of the keyboard.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from .council import Council
from .council_fields import COUNCIL
from .fields import Field, Fields, Kind
from .i18n import text
from .model import Table
from .motion import Motion
from .motion_fields import MOTION

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest dialect that all of tombi, taplo and check-jsonschema read alike."""

_INIT_KEYS = {"motion": ["id", "title", "public"], "council": ["format", "name", "public"]}


def motion_schema() -> dict[str, Any]:
    """The JSON Schema of a motion."""
    return _schema(Motion, MOTION, "motion", "Motion")


def council_schema() -> dict[str, Any]:
    """The JSON Schema of `council.toml`."""
    return _schema(Council, COUNCIL, "council", "Council")


def rendered(schema: dict[str, Any]) -> str:
    """The schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


class _Generator(GenerateJsonSchema):
    """pydantic's schema without what TOML does not have (null) and without titles made from names."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", ...) is None:
            del made["default"]
        return made

    def time_schema(self, schema: core_schema.TimeSchema) -> JsonSchemaValue:
        # "time" is a time with an offset, which a local time of TOML is not
        return {"type": "string", "format": "time-local"}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _schema(model: type[Table], fields: Fields, key: str, title: str) -> dict[str, Any]:
    made = model.model_json_schema(schema_generator=_Generator)
    for table in _tables(made):
        table.pop("title", None)
        table["additionalProperties"] = False
        table["x-tombi-table-keys-order"] = "schema"
        for name, value in table["properties"].items():
            if "$ref" in value:
                # taplo ignores what stands beside a reference
                table["properties"][name] = {"$ref": value["$ref"]}
    _describe_choices(made, made, fields)
    return {
        "$schema": DIALECT,
        "title": title,
        "x-tombi-toml-version": "v1.0.0",
        "x-taplo": {"initKeys": _INIT_KEYS[key]},
        **made,
    }


def _tables(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    yield from schema["$defs"].values()


def _describe_choices(table: dict[str, Any], whole: dict[str, Any], fields: Fields) -> None:
    """Say what the codes of each choice mean, in the words of both languages."""
    for field in fields:
        value = table["properties"][field.name]
        if field.kind is Kind.CHOICE:
            value["x-taplo"] = {"docs": {"enumValues": _meanings(field)}}
        elif field.fields:
            reference = value.get("items", value)["$ref"]
            _describe_choices(whole["$defs"][reference.rpartition("/")[2]], whole, field.fields)


def _meanings(field: Field) -> list[str]:
    return [f"{text(choice.label)('de')} ({text(choice.label)('en')})" for choice in field.choices]
