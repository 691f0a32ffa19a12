"""Findings as a JUnit report: every file that was checked is a test case, a file with errors one that failed.

There is no standard; this is what Jenkins, GitLab and GitHub's actions read: `testsuites`, `testsuite`, `testcase`, and
in it `error` (the file can't be read), `failure` (a finding as grave as `Ground.fails`) or `system-out` (others only).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.findings import Report
from antragsbuch_schema.i18n import text

from .ground import Ground
from .safe import as_xml
from .text import concise, counts

_NAME = "antragsbuch"


def render(report: Report, ground: Ground) -> str:
    """XML 1.0 in UTF-8, ending in a line feed. Columns in the texts count code points."""
    found: dict[str, list[Located]] = {path: [] for path in sorted(ground.paths)}
    for located in report.findings:
        found.setdefault(located.path, []).append(located)
    outcomes: Counter[str] = Counter()
    cases = []
    for path, findings in found.items() if found else [(text("all files")(ground.language), [])]:
        outcome = _outcome(findings, ground)
        outcomes[outcome] += 1
        cases.append(_case(path, findings, outcome, ground))
    numbers = f'tests="{len(cases)}" failures="{outcomes["failure"]}" errors="{outcomes["error"]}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="{_NAME}" {numbers}>\n'
        f'  <testsuite name="{_NAME}" {numbers} skipped="0">\n' + "".join(cases) + "  </testsuite>\n</testsuites>\n"
    )


def _outcome(findings: Sequence[Located], ground: Ground) -> str:
    """The element that says how the file fared; empty where there is nothing to say."""
    grave = [located.finding for located in findings if located.finding.severity >= ground.fails]
    if any(finding.code.startswith("TO") and finding.severity is Severity.ERROR for finding in grave):
        return "error"
    return "failure" if grave else "system-out" if findings else ""


def _case(path: str, findings: Sequence[Located], outcome: str, ground: Ground) -> str:
    file = as_xml(ground.file(path))
    head = f'    <testcase classname="{_NAME}" name="{as_xml(path)}" file="{file}"'
    if not outcome:
        return head + "/>\n"
    tag = outcome
    if outcome != "system-out":
        worst = max(findings, key=lambda located: located.finding.severity).finding
        message = as_xml(counts(findings, ground.language))
        tag = f'{outcome} message="{message}" type="{as_xml(worst.code)}"'
    lines = "".join(as_xml(line) + "\n" for located in findings for line in _lines(located, ground))
    return f"{head}>\n      <{tag}>{lines}</{outcome}>\n    </testcase>\n"


def _lines(located: Located, ground: Ground) -> list[str]:
    lines = [concise(located, ground.language)]
    for path, span, message in located.related:
        lines.append(f"  {path}:{span.line}:{span.column}: {message(ground.language)}")
    if located.finding.help is not None:
        lines.append("  " + text("help: {words}", words=located.finding.help)(ground.language))
    return lines
