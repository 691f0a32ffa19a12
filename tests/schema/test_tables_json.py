"""Motions as JSON Lines, and back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange import tables_json
from antragsbuch_schema.exchange.tables_edits import Applied, Asked
from antragsbuch_schema.exchange.tables_in import Trouble
from antragsbuch_schema.ids import with_ids
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from support.tables import (
    GENERATED,
    STRICT,
    TODAY,
    voted,
)


@settings(max_examples=30)
@given(GENERATED)
def test_out_as_json_and_in_again_changes_nothing(data: Data) -> None:
    found = Applied(dict(data))
    normal = normalise(data, MOTION)
    line = tables_json.to_line(normal, "p", "v")
    assert line.count("\n") == 1
    for back_again in tables_json.json_lines(line.encode(), found.troubles):
        tables_json.applied_json(back_again, found, normal, STRICT)
    assert not found.changed and found.troubles == []


@settings(max_examples=30)
@given(GENERATED.map(lambda data: with_ids(data, MOTION)))
def test_a_motion_comes_back_whole_from_json(data: Data) -> None:
    normal = normalise(data, MOTION)
    found = Applied({"id": data["id"]} if "id" in data else {})
    asked = Asked(add=True, clear=False, today=TODAY)
    for line in tables_json.json_lines(tables_json.to_line(normal, "p", "v").encode(), found.troubles):
        tables_json.applied_json(line, found, {}, asked)
    # an id that stands twice in a list is the only thing that does not
    assert {trouble.reason("en") for trouble in found.troubles} <= {"no id: a letter, then letters and digits"}
    assert found.troubles or same(normalise(found.data, MOTION), normal)


def json_back(line: str, data: Data, asked: Asked = STRICT) -> tuple[Applied, list[Trouble]]:
    found = Applied(dict(data))
    for one in tables_json.json_lines(line.encode(), found.troubles):
        tables_json.applied_json(one, found, normalise(data, MOTION), asked)
    return found, found.troubles


@pytest.mark.parametrize(
    ("motion", "heading"),
    [
        ('{"date": "19.12.2023"}', "date"),
        ('{"title": 5}', "title"),
        ('{"title": null}', "title"),
        ('{"title": "\\ud800"}', "title"),
        ('{"consultations": [{"id": "c1", "role": "x"}]}', "consultations[c1].role"),
        ('{"budget": {"amounts": [{"id": "a1", "change": 1.5}]}}', "budget.amounts[a1].change"),
        ('{"date": {"$toml": "1 y = 2"}}', "date"),
    ],
)
def test_json_that_is_not_understood_is_named(motion: str, heading: str) -> None:
    found, (trouble,) = json_back('{"version": "", "motion": ' + motion + "}", voted())
    assert (trouble.row, trouble.heading) == (1, heading) and not found.changed


def test_json_changes_what_it_says_and_removes_nothing() -> None:
    line = '{"motion": {"date": "2024-11-15", "consultations": [{"id": "c2", "lead": true}], "neu": {"x": [1, 2.5]}}}'
    found, troubles = json_back(line, voted())
    assert troubles == [] and found.data["date"] == dt.date(2024, 11, 15) and found.data["neu"] == {"x": [1, 2.5]}
    assert [step.get("lead") for step in found.data["consultations"]] == [None, True, None]


@pytest.mark.parametrize("line", ["{", "[]", '{"motion": 1}', '{"motion": {"x": NaN}}', "[" * 100_000, '{"a":' * 5_000])
def test_hostile_json_is_named(line: str) -> None:
    found, (trouble,) = json_back(line, voted())
    assert trouble.row == 1 and not found.changed
