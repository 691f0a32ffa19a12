"""Findings as SARIF 2.1.0, which code scanning of GitHub, Visual Studio Code and Azure read.

OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". Columns are in code points, as `columnKind`
says; paths are relative to `%SRCROOT%`, the root of the repository.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from antragsbuch_schema.diagnostics import Located, Severity, Span
from antragsbuch_schema.findings import Report
from antragsbuch_schema.i18n import Language, text
from antragsbuch_schema.places import render as place_name
from antragsbuch_schema.rules import RULES, Rule

from .gitlab import fingerprints
from .ground import Ground
from .lines import Files
from .patches import Patches
from .safe import as_json, as_rows

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REMARK: "note"}
_MESSAGE = str.maketrans({"{": "{{", "}": "}}"})


def render(report: Report, ground: Ground) -> str:
    """A log with one run, ending in a line feed. Findings that a comment in the file hides are there, as suppressed."""
    found = (*report.findings, *report.ignored)
    codes = sorted({located.finding.code for located in found})
    paths = dict.fromkeys((*ground.paths, *(path for located in found for path in _paths(located))))
    numbers = {path: number for number, path in enumerate(paths)}
    page = _Run(ground, {code: number for number, code in enumerate(codes)}, numbers)
    results = (
        page.result(located, fingerprint, position >= len(report.findings))
        for position, (located, fingerprint) in enumerate(zip(found, fingerprints(found, ground), strict=True))
    )
    driver: dict[str, Any] = {
        "name": "Antragsbuch",
        "language": ground.language,
        "rules": [_rule(RULES[code], ground) for code in codes],
    }
    if ground.version:
        driver["version"] = ground.version
    run = {
        "tool": {"driver": driver},
        "language": ground.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": text("the root of the repository")(ground.language)}}},
        "artifacts": [{"location": page.file(path), "roles": ["analysisTarget"]} for path in paths],
        "invocations": [{"executionSuccessful": True}],
    }
    head = as_json({"version": "2.1.0", "$schema": _SCHEMA})[:-1]
    return f'{head}, "runs": [{as_json(run)[:-1]}, "results": {as_rows(results)}}}]}}\n'


class _Run:
    """What the results of one run refer to: rules and files by their number."""

    def __init__(self, ground: Ground, rules: dict[str, int], files: dict[str, int]) -> None:
        self.ground, self.rules, self.numbers = ground, rules, files
        self.files = Files(ground.sources)
        self.patches = Patches(self.files)

    def file(self, path: str) -> dict[str, Any]:
        """Where a file is: a relative address, and its number."""
        # a path with a colon in its first part, or beginning with two slashes, would be another kind of address
        uri = quote(self.ground.file(path), safe="/", errors="surrogatepass")
        return {"uri": uri, "uriBaseId": _ROOT, "index": self.numbers[path]}

    def result(self, located: Located, fingerprint: str, ignored: bool) -> dict[str, Any]:
        """One finding."""
        finding, language = located.finding, self.ground.language
        help_ = f"\n{finding.help(language)}" if finding.help is not None else ""
        location: dict[str, Any] = {"physicalLocation": self.at(located.path, located.span)}
        if finding.place:
            location["logicalLocations"] = [{"fullyQualifiedName": place_name(finding.place), "kind": "property"}]
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": self.rules[finding.code],
            "level": _LEVELS[finding.severity],
            "message": _message(finding.message(language) + help_),
            "locations": [location],
            "partialFingerprints": {"antragsbuch/v1": fingerprint},
        }
        if located.related:
            result["relatedLocations"] = [
                {"id": number, "physicalLocation": self.at(path, span), "message": _message(message(language))}
                for number, (path, span, message) in enumerate(located.related, 1)
            ]
        if patch := self.patches.of(located):
            assert finding.fix is not None, "a patch comes from a fix"
            changes = [{"deletedRegion": _region(step.span), "insertedContent": {"text": step.new}} for step in patch]
            result["fixes"] = [
                {
                    "description": _message(finding.fix.message(language)),
                    "artifactChanges": [{"artifactLocation": self.file(located.path), "replacements": changes}],
                }
            ]
        if ignored:
            result["suppressions"] = [{"kind": "inSource"}]
        return result

    def at(self, path: str, span: Span) -> dict[str, Any]:
        """A place in a file."""
        return {"artifactLocation": self.file(path), "region": _region(span)}


def _rule(rule: Rule, ground: Ground) -> dict[str, Any]:
    what, why = (text(words)(ground.language) if words else "" for words in (rule.what, rule.why))
    entry: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(what),
        "fullDescription": _message(why or what),
        "help": {**_message(_plain_help(rule, ground.language)), "markdown": _markdown_help(rule, ground.language)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    if (page := ground.page(rule.code)) is not None:
        entry["helpUri"] = page
    return entry


def _parts(rule: Rule, language: Language) -> Iterable[tuple[str, str]]:
    """The examples of a rule with their headings."""
    if rule.wrong:
        yield text("Wrong")(language), rule.wrong
    if rule.right:
        yield text("Right")(language), rule.right


def _plain_help(rule: Rule, language: Language) -> str:
    paragraphs = [text(words)(language) for words in (rule.what, rule.why) if words]
    paragraphs += [f"{head}:\n\n{example}" for head, example in _parts(rule, language)]
    return "\n\n".join([*paragraphs, rule.source] if rule.source else paragraphs)


def _markdown_help(rule: Rule, language: Language) -> str:
    paragraphs = [text(words)(language) for words in (rule.what, rule.why) if words]
    paragraphs += [f"{head}:\n\n```toml\n{example.rstrip()}\n```" for head, example in _parts(rule, language)]
    return "\n\n".join([*paragraphs, rule.source] if rule.source else paragraphs).translate(_MESSAGE)


def _message(words: str) -> dict[str, Any]:
    """A plain text message: braces are doubled (3.11.5), and what would be a link (3.11.6) is taken apart."""
    return {"text": words.translate(_MESSAGE).replace("](", "] (") or "-"}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _paths(located: Located) -> Iterable[str]:
    yield located.path
    for path, _span, _message in located.related:
        yield path
