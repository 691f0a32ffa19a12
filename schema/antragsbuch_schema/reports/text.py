"""Findings for a person at a prompt: each with an excerpt of the file, or each on one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from antragsbuch_schema.diagnostics import Located, Severity, Span
from antragsbuch_schema.i18n import Language, Text, counted, joined, text

from .ground import Paint, Sources
from .safe import shown

Detail = Literal["full", "concise"]

_ROOM = 100
COLOURS: Mapping[Severity, str] = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.REMARK: "36;1"}


def render(
    findings: Iterable[Located],
    sources: Sources,
    language: Language,
    *,
    form: Detail = "full",
    colour: bool = False,
    room: int = _ROOM,
    unicode: bool = False,
) -> str:
    """The findings as text, each ending in a line feed.

    `full` shows for each the lines of the file, cut to `room` cells with their numbers, with a caret under what is
    meant, what a safe fix would change, and how to get it; `concise` is one line for each,
    `path:line:column: severity[code] message`. Nothing of a file reaches the terminal as it is.
    """
    paint = _painted if colour else _plain
    if form == "concise":
        return "".join(concise(located, language, paint) + "\n" for located in findings)
    # only here: what reads a file anew to show a fix takes longer to load than a line takes to print
    from .full import render as full

    return full(findings, sources, language, paint, room, unicode)


def summary(findings: Iterable[Located], files: int, language: Language) -> str:
    """What was found in one line: `2 errors, 1 warning; 3 files checked. 1 can be mended with --fix.`"""
    found = list(findings)
    checked = counted("{count} file", "{count} files", files)
    if not found:
        return text("No findings; {files} checked.", files=checked)(language)
    sentences = [text("{findings}; {files} checked.", findings=_by_severity(found), files=checked)]
    fixes = [located.finding.fix for located in found if located.finding.fix is not None]
    safe = sum(fix.safe for fix in fixes)
    if safe:
        sentences.append(counted("{count} can be mended with --fix.", "{count} can be mended with --fix.", safe))
    if unsafe := len(fixes) - safe:
        sentences.append(
            counted("{count} more with --unsafe-fixes.", "{count} more with --unsafe-fixes.", unsafe)
            if safe
            else counted(
                "{count} can be mended with --unsafe-fixes.", "{count} can be mended with --unsafe-fixes.", unsafe
            )
        )
    return joined(sentences, " ")(language)


def counts(findings: Iterable[Located], language: Language) -> str:
    """`2 errors, 1 warning`."""
    return _by_severity(list(findings))(language)


def concise(located: Located, language: Language, paint: Paint | None = None) -> str:
    """One finding as one line: `path:line:column: severity[code] message`."""
    head = f"{where(located.path, located.span)}: {title(located, language, paint or _plain)}"
    return f"{head} {shown(located.finding.message(language))}"


def where(path: str, span: Span) -> str:
    """`path:line:column`."""
    return f"{shown(path)}:{span.line}:{span.column}"


def title(located: Located, language: Language, paint: Paint) -> str:
    """`warning[GR001]`, with `[*]` behind it for what `--fix` mends."""
    finding = located.finding
    mark = " [*]" if finding.fix is not None and finding.fix.safe else ""
    return paint(f"{text(finding.severity.label)(language)}[{finding.code}]{mark}", COLOURS[finding.severity])


def _plain(words: str, code: str) -> str:
    return words


def _painted(words: str, code: str) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if words else ""


def _by_severity(findings: list[Located]) -> Text:
    found = {severity: sum(located.finding.severity is severity for located in findings) for severity in Severity}
    return joined([_counted(severity, count) for severity, count in sorted(found.items(), reverse=True) if count])


def _counted(severity: Severity, count: int) -> Text:
    match severity:
        case Severity.ERROR:
            return counted("{count} error", "{count} errors", count)
        case Severity.WARNING:
            return counted("{count} warning", "{count} warnings", count)
        case Severity.REMARK:
            return counted("{count} remark", "{count} remarks", count)
