"""Findings for a program: JSON, one object for each, in a list or one on each line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from antragsbuch_schema.diagnostics import Located, Span
from antragsbuch_schema.i18n import Language
from antragsbuch_schema.places import render as place_name
from antragsbuch_schema.rules import RULES

from .safe import as_json


def render(findings: Iterable[Located], language: Language) -> str:
    """A JSON list, one object for each finding, ending in a line feed.

    Lines and columns count from 1, columns in code points, the end is exclusive. Codes, names and severities are the
    same in every language; `message` and `help` are in `language`. `fixable` is "safe", "unsafe" or null. What could
    act on a terminal is escaped, so that the text can be shown as it is.
    """
    return as_json([as_object(located, language) for located in findings], indent=2) + "\n"


def render_lines(findings: Iterable[Located], language: Language) -> str:
    """The same objects, each on a line of its own."""
    return "".join(as_json(as_object(located, language)) + "\n" for located in findings)


def as_object(located: Located, language: Language) -> dict[str, Any]:
    """One finding as plain values."""
    finding = located.finding
    return {
        "path": located.path,
        **_span(located.span),
        "place": place_name(finding.place),
        "code": finding.code,
        "name": RULES[finding.code].name,
        "severity": finding.severity.name.lower(),
        "message": finding.message(language),
        "help": finding.help(language) if finding.help is not None else None,
        "fixable": None if finding.fix is None else "safe" if finding.fix.safe else "unsafe",
        "related": [
            {"path": path, **_span(span), "message": message(language)} for path, span, message in located.related
        ],
    }


def _span(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}
