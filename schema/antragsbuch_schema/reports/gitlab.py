"""Findings as a Code Quality report of GitLab: a merge request shows which of them came and which went.

GitLab, "Code Quality report format": a list of `description`, `check_name`, `fingerprint`, `severity` and `location`.
`check_name` is not shown, so the description begins with the code. Two reports are compared by fingerprint, so it
must not move with the lines, and of two findings with the same one only one is shown.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import Any

from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.findings import Report

from .ground import Ground
from .safe import as_rows

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.REMARK: "info"}
_GRAVE = {"TO": "critical", "PU": "blocker"}
"""Errors of these families weigh more: what can't be read is not checked, what is confidential must not get out."""


def render(report: Report, ground: Ground) -> str:
    """The report, ending in a line feed; columns count code points, the end is exclusive."""
    prints = fingerprints(report.findings, ground)
    return as_rows(_issue(*pair, ground) for pair in zip(report.findings, prints, strict=True)) + "\n"


def fingerprints(findings: tuple[Located, ...], ground: Ground) -> list[str]:
    """A name for each finding that stays when lines move: of path, code and message, and of which one of equals it is.

    The message counts in English, so that the language of a report changes no name.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    result = []
    for located in findings:
        key = (ground.file(located.path), located.finding.code, located.finding.message("en"))
        seen[key] += 1
        result.append(sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return result


def _issue(located: Located, fingerprint: str, ground: Ground) -> dict[str, Any]:
    finding, span = located.finding, located.span
    severity = _SEVERITIES[finding.severity]
    if finding.severity is Severity.ERROR:
        severity = _GRAVE.get(finding.code[:2], severity)
    return {
        "description": f"{finding.code}: {finding.message(ground.language)}",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {
            "path": ground.file(located.path),
            "positions": {
                "begin": {"line": span.line, "column": span.column},
                "end": {"line": span.end_line, "column": span.end_column},
            },
        },
    }
