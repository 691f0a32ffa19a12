"""Where each rule points in its wrong motion, to the column, and what it says in both languages.

`rules/findings.txt` lists for each finding its code, its lines and columns, what is marked there, and its messages.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

from antragsbuch_schema.diagnostics import Located, Span
from antragsbuch_schema.rules import RULES, Rule, Scope
from support.rule_cases import council_file, files_of, found, report_on


class Expected(NamedTuple):
    code: str
    span: str
    marked: str
    english: str
    german: str


def _expected() -> list[Expected]:
    lines = (Path(__file__).parent / "rules/findings.txt").read_text(encoding="utf-8").splitlines()
    result = []
    for head, english, german in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        code, span, marked = head.split(" ", 2)
        words = [line.removeprefix(name) for line, name in ((english, "  en: "), (german, "  de: "))]
        result.append(Expected(code, span, ast.literal_eval(marked), *words))
    return result


EXPECTED = _expected()


def sources(rule: Rule) -> dict[str, str]:
    if rule.scope is Scope.COUNCIL:
        return {"motions/council.toml": council_file(rule.wrong).decode()}
    return {path: data.decode() for path, data in files_of(rule.wrong)}


def _spelled(span: Span) -> str:
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


def marked(located: Located, source: str) -> str:
    """What the span of a finding covers on its first line."""
    row = source.split("\n")[located.span.line - 1]
    end = located.span.end_column - 1 if located.span.end_line == located.span.line else None
    return row[located.span.column - 1 : end]


@pytest.mark.parametrize("code", sorted({expected.code for expected in EXPECTED}))
def test_a_finding_stands_at_its_place(code: str) -> None:
    rule = RULES[code]
    files = sources(rule)
    actual = [
        Expected(
            code,
            _spelled(located.span),
            marked(located, files[located.path]),
            located.finding.message("en"),
            located.finding.message("de"),
        )
        for located in found(report_on(rule, rule.wrong), code)
    ]
    assert actual == [expected for expected in EXPECTED if expected.code == code]


def test_every_rule_with_an_example_is_listed() -> None:
    assert {expected.code for expected in EXPECTED} == {rule.code for rule in RULES.values() if rule.wrong}
