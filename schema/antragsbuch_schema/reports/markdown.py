"""Findings as a table in Markdown, for the summary of a job (`GITHUB_STEP_SUMMARY`, one mebibyte at most)."""

from __future__ import annotations

from antragsbuch_schema.diagnostics import Located
from antragsbuch_schema.findings import Report
from antragsbuch_schema.i18n import counted, text

from .ground import Ground
from .safe import as_markdown
from .text import summary

LIMIT = 100
"""So many findings are shown, the worst of them."""
_WIDTH = 300
"""A message is cut after so many characters."""


def render(report: Report, ground: Ground) -> str:
    """Counts, and the worst findings by file; columns count code points. How many are left out is said."""
    language = ground.language
    lines = ["### Antragsbuch", "", as_markdown(summary(report.findings, report.files, language)), ""]
    worst = sorted(report.findings, key=lambda located: -located.finding.severity)[:LIMIT]
    if worst:
        head = (text("File"), text("Line"), text("Severity"), text("Code"), text("Finding"))
        lines.append(f"| {' | '.join(words(language) for words in head)} |")
        lines.append("| --- | ---: | --- | --- | --- |")
        lines += _rows(sorted(worst, key=lambda located: (located.path, located.span.line)), ground)
        lines.append("")
    if left := len(report.findings) - len(worst):
        more = counted("{count} more finding is not shown here.", "{count} more findings are not shown here.", left)
        lines += [as_markdown(more(language)), ""]
    return "\n".join(lines)


def _rows(findings: list[Located], ground: Ground) -> list[str]:
    """The rows of the table; a file is named once."""
    rows, last = [], None
    for located in findings:
        finding, span = located.finding, located.span
        page = ground.page(finding.code)
        code = as_markdown(finding.code)
        message = finding.message(ground.language)
        cells = (
            "" if located.path == last else as_markdown(ground.file(located.path)),
            f"{span.line}:{span.column}",
            text(finding.severity.label)(ground.language),
            f"[{code}](<{page}>)" if page else code,
            as_markdown(message if len(message) <= _WIDTH else message[:_WIDTH] + " ..."),
        )
        rows.append(f"| {' | '.join(cells)} |")
        last = located.path
    return rows
