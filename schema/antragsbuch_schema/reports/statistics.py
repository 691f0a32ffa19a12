"""How often each rule was broken, and how much of it can be mended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.findings import Report
from antragsbuch_schema.i18n import Language, counted, text
from antragsbuch_schema.rules import RULES

from .cells import width
from .safe import as_json


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings of one code and severity there are, and how many of them have a safe or an unsafe fix."""

    count: int
    code: str
    name: str
    severity: Severity
    safe: int
    unsafe: int


def counts(report: Report) -> list[Count]:
    """The counts of a report, the most frequent first."""
    groups: defaultdict[tuple[str, Severity], list[Located]] = defaultdict(list)
    for located in report.findings:
        groups[located.finding.code, located.finding.severity].append(located)
    found = []
    for (code, severity), group in groups.items():
        fixes = [located.finding.fix for located in group if located.finding.fix is not None]
        safe = sum(fix.safe for fix in fixes)
        found.append(Count(len(group), code, RULES[code].name, severity, safe, len(fixes) - safe))
    return sorted(found, key=lambda entry: (-entry.count, entry.code, -entry.severity))


def statistics(report: Report, language: Language) -> str:
    """A table for a person: count, code, severity, name, and what can be mended; empty where nothing was found."""
    rows = [
        (str(entry.count), entry.code, text(entry.severity.label)(language), entry.name, _mended(entry, language))
        for entry in counts(report)
    ]
    columns = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        number, *cells = row
        padded = [cell + " " * (column - width(cell)) for cell, column in zip(cells, columns[1:], strict=True)]
        lines.append("  ".join([number.rjust(columns[0]), *padded]).rstrip() + "\n")
    return "".join(lines)


def statistics_json(report: Report) -> str:
    """The same as a JSON list, ending in a line feed: count, code, name, severity, and the fixes by safety."""
    return (
        as_json(
            [
                {
                    "count": entry.count,
                    "code": entry.code,
                    "name": entry.name,
                    "severity": entry.severity.name.lower(),
                    "fixable": {"safe": entry.safe, "unsafe": entry.unsafe},
                }
                for entry in counts(report)
            ],
            indent=2,
        )
        + "\n"
    )


def _mended(entry: Count, language: Language) -> str:
    parts = []
    if entry.safe:
        parts.append(counted("{count} with --fix", "{count} with --fix", entry.safe)(language))
    if entry.unsafe:
        parts.append(counted("{count} with --unsafe-fixes", "{count} with --unsafe-fixes", entry.unsafe)(language))
    return ", ".join(parts)
