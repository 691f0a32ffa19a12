"""Findings in the Reviewdog Diagnostic Format, which reviewdog puts as comments on what a pull request changed.

Columns count bytes of UTF-8 from 1 on, the end is exclusive (reviewdog, `proto/rdf/reviewdog.proto`). Without the text
of the file there are lines only.
"""

from __future__ import annotations

from typing import Any

from antragsbuch_schema.diagnostics import Located, Severity, Span
from antragsbuch_schema.findings import Report

from .ground import Ground
from .lines import Files, Rows
from .patches import Patches
from .safe import as_json, as_rows

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.REMARK: "INFO"}


def render(report: Report, ground: Ground) -> str:
    """A `DiagnosticResult`, ending in a line feed. Fixes, safe or not, are suggestions for a reviewer to take."""
    files = Files(ground.sources)
    patches = Patches(files)
    diagnostics = (_diagnostic(located, files, patches, ground) for located in report.findings)
    result: dict[str, Any] = {"source": {"name": "antragsbuch"}}
    if report.worst is not None:
        result["severity"] = _SEVERITIES[report.worst]
    return f'{as_json(result)[:-1]}, "diagnostics": {as_rows(diagnostics)}}}\n'


def _diagnostic(located: Located, files: Files, patches: Patches, ground: Ground) -> dict[str, Any]:
    finding, language = located.finding, ground.language
    rows = files.rows(located.path)
    help_ = f"\n{finding.help(language)}" if finding.help is not None else ""
    result: dict[str, Any] = {
        "message": finding.message(language) + help_,
        "location": {"path": ground.file(located.path), "range": _range(rows, located.span)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    if (page := ground.page(finding.code)) is not None:
        result["code"]["url"] = page
    if patch := patches.of(located):
        result["suggestions"] = [{"range": _range(rows, step.span), "text": step.new} for step in patch]
    if located.related:
        result["related_locations"] = [
            {
                "message": message(language),
                "location": {"path": ground.file(path), "range": _range(files.rows(path), span)},
            }
            for path, span, message in located.related
        ]
    return result


def _range(rows: Rows, span: Span) -> dict[str, Any]:
    start = rows.byte_column(span.line, span.column)
    end = rows.byte_column(span.end_line, span.end_column)
    if start is None or end is None:
        return {"start": {"line": span.line}, "end": {"line": span.end_line}}
    return {"start": {"line": span.line, "column": start}, "end": {"line": span.end_line, "column": end}}
