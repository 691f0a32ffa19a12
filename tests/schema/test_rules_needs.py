"""What a rule says that it needs: a rule that is not asked about a file would have found nothing in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from antragsbuch_schema.fields import Field, Fields, Kind, field_at, tables_in
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.rules import RULES, Context, Directory, findings
from antragsbuch_schema.rules.needs import UNCLEAR_IDS, Needs
from antragsbuch_schema.rules.view import Motion
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.plain import read_plain
from antragsbuch_schema.toml.reader import Document, read
from antragsbuch_schema.toml.writer import write
from support.mutations import mutated
from support.rule_cases import COUNCIL
from support.sample_motion import sample

REAL = Path(__file__).parent.parent.parent / "motions/V/2200/2292-HHA.toml"
EXAMPLES = [text for rule in RULES.values() for text in (rule.wrong, rule.right) if text]
NAMED = sorted({need for rule in RULES.values() for need in rule.needs} - {UNCLEAR_IDS})
LINES = re.compile(r"^.*\n?", re.MULTILINE)


def _spliced(number: int) -> str:
    """The parts of several examples in one file, so that what several rules look at stands together."""
    chosen = [EXAMPLES[(number * factor + 7) % len(EXAMPLES)] for factor in (1, 3, 11)]
    tops = "".join(text.partition("\n[")[0] for text in chosen if not text.lstrip().startswith("["))
    return "\n".join((tops, *(sign + below for text in chosen for _top, sign, below in [text.partition("\n[")])))


def _documents() -> Iterator[tuple[str, Document]]:
    seeds = [*EXAMPLES, REAL.read_text(encoding="utf-8"), write(sample(), MOTION)]
    files = [*(seed.encode() for seed in seeds), *(_spliced(number).encode() for number in range(600))]
    files += [mutated(seeds, number) for number in range(1500)]
    for data in files:
        try:
            yield data.decode("utf-8", "replace"), read_plain(data, MOTION) or read(data)
        except TomlError:
            continue


def test_a_rule_that_is_not_asked_would_find_nothing() -> None:
    council = Directory(tomllib.loads(COUNCIL))
    context = Context(council, "motions/V/2200/2292-HHA.toml")
    asked = 0
    for source, document in _documents():
        said = {dated.finding.code for dated in findings(Motion(document.data, document), context)}
        for rule in RULES.values():
            if rule.check is None or not (rule.needs or not rule.in_plain) or rule.code in said:
                continue
            asked += 1
            assert not list(rule.check(Motion(document.data, document), context)), (rule.code, source)
    assert asked > 100_000


@pytest.mark.parametrize("need", NAMED)
def test_a_need_is_a_field(need: str) -> None:
    path, _sign, word = need.partition("=")
    field = _field(path.split("."), MOTION)
    assert field is not None
    assert not word or (word in {choice.code for choice in field.choices} or word in ("true", "false"))
    assert (word in ("true", "false")) == (bool(word) and field.kind is Kind.BOOLEAN)


def _met(needs: set[str], data: dict[str, Any]) -> set[str]:
    known = Needs(needs, MOTION)
    met = known.met_by(data)
    return {need for need in {*needs, UNCLEAR_IDS} if known.bits([need]) & met}


def test_what_a_file_meets() -> None:
    needs = {"budget", "budget.amounts.old", "consultations.outcome=deferred", "public=false", "public"}
    assert _met(needs, {}) == set()
    assert _met(needs, {"public": True}) == {"public"}
    assert _met(needs, {"public": False}) == {"public", "public=false"}
    amounts = [{"id": "a1"}, {"id": "a2", "old": 1}]
    assert _met(needs, {"budget": {"amounts": amounts}}) == {"budget", "budget.amounts.old"}
    steps = [{"id": "c1", "outcome": "deferred"}, {"id": "c2", "outcome": "noted"}]
    assert _met(needs, {"consultations": steps}) == {"consultations.outcome=deferred"}
    assert _met(needs, {"consultations": [*steps, {"id": "c1"}]}) == {"consultations.outcome=deferred", UNCLEAR_IDS}
    assert _met(needs, {"consultations": [{}]}) == {UNCLEAR_IDS}


@pytest.mark.parametrize("value", [0, "deferred", [], {}, [[]], [1, "a"], None])
def test_values_of_any_type_are_looked_at(value: object) -> None:
    needs = {"consultations.outcome=deferred", "public=false"}
    data = {"public": value, "consultations": value, "budget": [value], "proposals": [value, {"id": value}]}
    assert _met(needs, data) <= {UNCLEAR_IDS}
    deferred = {"consultations.outcome=deferred"} if value == "deferred" else set()
    assert _met(needs, {"consultations": [{"id": "c1", "outcome": value, "votes": value}]}) == deferred


def _field(path: list[str], fields: Fields) -> Field | None:
    for key in path[:-1]:
        fields = tables_in(fields)[key].fields
    return field_at((path[-1],), fields)
