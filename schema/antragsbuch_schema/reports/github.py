"""Findings as workflow commands of GitHub Actions, which become annotations at the lines of a pull request.

GitHub, "Workflow commands": `::error file=...,line=...,endLine=...,col=...,endColumn=...,title=...::message`. It takes
columns only where a finding begins and ends on the same line, and shows ten of each severity for a step.
"""

from __future__ import annotations

from antragsbuch_schema.diagnostics import Located, Severity, Span
from antragsbuch_schema.findings import Report
from antragsbuch_schema.i18n import text

from .ground import Ground
from .safe import as_data, as_property

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REMARK: "notice"}


def render(report: Report, ground: Ground) -> str:
    """One command for each finding, each on its line; columns count code points, the end is exclusive."""
    return "".join(_command(located, ground) for located in report.findings)


def _command(located: Located, ground: Ground) -> str:
    finding, span, language = located.finding, located.span, ground.language
    properties = {
        "title": f"Antragsbuch ({finding.code})",
        "file": ground.file(located.path),
        "line": str(span.line),
        "endLine": str(span.end_line),
    }
    if span.line == span.end_line:
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    # the log shows the message alone, so the place stands in it too
    lines = [f"{_where(located.path, span, ground)}: {finding.code} {finding.message(language)}"]
    lines += [f"{_where(path, at, ground)}: {message(language)}" for path, at, message in located.related]
    if finding.help is not None:
        lines.append(text("help: {words}", words=finding.help)(language))
    if finding.fix is not None:
        lines.append(text("fix: {words}", words=finding.fix.message)(language))
    head = ",".join(f"{name}={as_property(value)}" for name, value in properties.items())
    message = as_data("\n".join(lines))
    return f"::{_COMMANDS[finding.severity]} {head}::{message}\n"


def _where(path: str, span: Span, ground: Ground) -> str:
    return f"{ground.file(path)}:{span.line}:{span.column}"
