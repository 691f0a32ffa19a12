"""The JSON Schemas that other editors and checkers read."""

import datetime as dt
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.json_schema import council_schema, motion_schema, rendered
from antragsbuch_schema.motion_fields import MOTION
from support.field_data import tables

ROOT = Path(__file__).parents[2]
COMMITTED = {"motion": motion_schema, "council": council_schema}
TABLES: dict[str, Fields] = {"motion": MOTION, "council": COUNCIL}
names = pytest.mark.parametrize("name", COMMITTED)


def committed(name: str) -> Any:
    return json.loads((ROOT / f"schema/{name}.schema.json").read_text(encoding="utf-8"))


def plain(value: Any) -> Any:
    """Data as a JSON Schema sees them: dates and times as texts."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def refused(name: str, data: dict[str, Any]) -> list[str]:
    """The paths at which the committed schema refuses data."""
    validator = Draft7Validator(committed(name), format_checker=FormatChecker())
    return ["/".join(map(str, error.absolute_path)) for error in validator.iter_errors(plain(data))]


def inside(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from inside(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from inside(value)


@names
def test_the_committed_schema_is_what_the_models_say(name: str) -> None:
    text = (ROOT / f"schema/{name}.schema.json").read_text(encoding="utf-8")
    assert text == rendered(COMMITTED[name]()), "stale: run python tools/schemas.py"


@names
def test_the_schema_is_one_and_keeps_to_what_toml_editors_understand(name: str) -> None:
    schema = committed(name)
    Draft7Validator.check_schema(schema)
    assert schema["x-tombi-toml-version"] == "v1.0.0"
    for part in inside(schema):
        assert part.get("type") != "null"
        assert "anyOf" not in part
        assert "oneOf" not in part
        assert set(part) == {"$ref"} or "$ref" not in part
        if part.get("type") == "object" and "properties" in part:
            assert part["additionalProperties"] is False
            assert part["x-tombi-table-keys-order"] == "schema"
            assert "title" not in part or part is schema
        if "enum" in part:
            assert len(part["x-taplo"]["docs"]["enumValues"]) == len(part["enum"])


@names
def test_every_field_is_explained(name: str) -> None:
    schema = committed(name)
    for table in (schema, *schema["$defs"].values()):
        for key, value in table["properties"].items():
            explained = schema["$defs"][value["$ref"].rpartition("/")[2]] if "$ref" in value else value
            assert explained["description"], key


@names
@given(st.data())
def test_what_the_models_take_the_schema_takes(name: str, data: st.DataObject) -> None:
    assert refused(name, data.draw(tables(TABLES[name]))) == []


def test_what_is_wrong_is_refused_where_it_stands() -> None:
    vote = {"id": "v1", "yes": -1}
    step = {"id": "c1", "role": "Vorbereitung", "date": "19.12.2023", "outcom": "amended", "votes": [vote]}
    wrong = refused("motion", {"id": "7", "title": "", "consultations": [step]})
    assert sorted(wrong) == [
        "consultations/0",
        "consultations/0/date",
        "consultations/0/role",
        "consultations/0/votes/0/yes",
        "id",
        "title",
    ]
    assert refused("council", {}) == ["", ""]


@pytest.mark.parametrize("config", ["tombi.toml", ".taplo.toml"])
def test_the_settings_of_other_tools_name_schemas_that_are_there(config: str) -> None:
    settings = tomllib.loads((ROOT / config).read_text(encoding="utf-8"))
    rules = settings.get("schemas") or [{**rule, **rule["schema"]} for rule in settings["rule"]]
    assert [rule["path"] for rule in rules] == ["schema/council.schema.json", "schema/motion.schema.json"]
    for rule in rules:
        assert (ROOT / rule["path"]).is_file()
        assert [path for pattern in rule["include"] for path in ROOT.glob(pattern)]
