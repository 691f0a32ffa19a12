"""A motion with fifteen mistakes: fifteen findings, each at its place and in its words, and nothing else."""

from __future__ import annotations

import tomllib

import pytest

from antragsbuch_schema.diagnostics import Located
from antragsbuch_schema.places import render
from antragsbuch_schema.validate import validate_register
from support.fifteen import MOTION, PATH, PLANTED, Planted
from support.rule_cases import COUNCIL, TODAY


def report() -> list[Located]:
    return list(validate_register([(PATH, MOTION.encode())], COUNCIL.encode(), TODAY).findings)


def as_planted(located: Located) -> Planted:
    span, finding = located.span, located.finding
    assert span.line == span.end_line
    row = MOTION.split("\n")[span.line - 1]
    return Planted(
        finding.code,
        finding.severity,
        span.line,
        span.column,
        span.end_column,
        row[span.column - 1 : span.end_column - 1],
        render(finding.place),
        finding.message("en"),
        finding.message("de"),
        tuple((other.line, other.column, other.end_column) for _path, other, _message in located.related),
    )


def test_fifteen_mistakes_are_fifteen_findings() -> None:
    assert [as_planted(located) for located in report()] == list(PLANTED)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.code)
def test_what_is_expected_stands_there(planted: Planted) -> None:
    row = MOTION.split("\n")[planted.line - 1]
    assert row[planted.column - 1 : planted.end_column - 1] == planted.marked


def test_each_mistake_is_of_another_kind() -> None:
    assert len({planted.code for planted in PLANTED}) == len(PLANTED) == 15


def test_some_places_stand_behind_signs_of_every_width() -> None:
    rows = MOTION.split("\n")
    before = [rows[planted.line - 1][: planted.column - 1] for planted in PLANTED]
    wide = [text for text in before if any(ord(sign) > 0xFFFF for sign in text)]
    assert len(wide) == 4 and all("€" in text and set(text) & set("üßÜ") for text in wide)


def test_the_motion_itself_can_be_read() -> None:
    assert tomllib.loads(MOTION)["consultations"][2]["votes"][1]["no"] == 1
