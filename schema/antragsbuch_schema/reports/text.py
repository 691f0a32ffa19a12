"""Findings for a person at a prompt: each with an excerpt of the file, or each on one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from antragsbuch_schema.diagnostics import Located, Severity, Span
from antragsbuch_schema.display import display
from antragsbuch_schema.i18n import Language, Text, counted, joined, text
from antragsbuch_schema.places import render as place_name

from .cells import cropped, width

Form = Literal["full", "concise"]
Sources = Callable[[str], str | None]
"""The text of the file at a path; None where it is not at hand. The `get` of a dict will do."""

_CONTEXT = 1
_ROOM = 100
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.REMARK: "36;1"}
_QUIET = "2"
_STRONG = "1"


def render(
    findings: Iterable[Located],
    sources: Sources,
    language: Language,
    *,
    form: Form = "full",
    colour: bool = False,
    room: int = _ROOM,
) -> str:
    """The findings as text, each ending in a line feed.

    `full` shows for each the lines of the file, `room` cells of them, with a caret under what is meant; `concise` is
    one line for each, `path:line:column: severity[code] message`. Nothing of a file reaches the terminal as it is.
    """
    paint = _painted if colour else _plain
    if form == "concise":
        return "".join(_concise(located, language, paint) for located in findings)
    return "".join(_full(located, sources, language, paint, room) for located in findings)


def summary(findings: Iterable[Located], files: int, language: Language) -> str:
    """What was found in one line: `2 errors, 1 warning; 3 files checked. 1 can be mended with --fix.`"""
    found = list(findings)
    checked = counted("{count} file", "{count} files", files)
    if not found:
        return text("No findings; {files} checked.", files=checked)(language)
    counts = {severity: sum(located.finding.severity is severity for located in found) for severity in Severity}
    parts = [_counted(severity, count) for severity, count in sorted(counts.items(), reverse=True) if count]
    sentences = [text("{findings}; {files} checked.", findings=joined(parts), files=checked)]
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


def _concise(located: Located, language: Language, paint: _Paint) -> str:
    finding = located.finding
    where = f"{display(located.path)}:{located.span.line}:{located.span.column}"
    return f"{where}: {_title(located, language, paint)} {_line(finding.message, language)}\n"


def _full(located: Located, sources: Sources, language: Language, paint: _Paint, room: int) -> str:
    finding = located.finding
    lines = [f"{_title(located, language, paint)} {paint(_line(finding.message, language), _STRONG)}"]
    spans = [located.span, *(span for _path, span, _message in located.related)]
    gutter = len(str(max(span.line for span in spans) + _CONTEXT))
    place = display(place_name(finding.place))
    where = f"{display(located.path)}:{located.span.line}:{located.span.column}"
    lines.append(f"{' ' * gutter}{paint('-->', _QUIET)} {where}" + (f"  {paint(place, _QUIET)}" if place else ""))
    lines += _excerpt(sources(located.path), located.span, gutter, paint, room, "^", _COLOURS[finding.severity])
    for path, span, message in located.related:
        where = f"{display(path)}:{span.line}:{span.column}"
        lines.append(f"{' ' * gutter}{paint(':::', _QUIET)} {where}: {_line(message, language)}")
        lines += _excerpt(sources(path), span, gutter, paint, room, "-", _QUIET, context=0)
    notes = []
    if finding.help is not None:
        notes.append((text("help"), finding.help))
    if finding.fix is not None:
        kind = text("fix") if finding.fix.safe else text("unsafe fix")
        notes.append((kind, finding.fix.message))
    for kind, message in notes:
        label = paint(f"{kind(language)}:", _STRONG)
        lines.append(f"{' ' * gutter} {paint('=', _QUIET)} {label} {_line(message, language)}")
    return "\n".join(lines) + "\n\n"


def _excerpt(
    source: str | None,
    span: Span,
    gutter: int,
    paint: _Paint,
    room: int,
    caret: str,
    colour: str,
    context: int = _CONTEXT,
) -> list[str]:
    """The lines around a span, cut around it, with a line of carets under its first line."""
    rows = source.removeprefix("\ufeff").split("\n") if source is not None else []
    if not 0 < span.line <= len(rows):
        return []
    bar = paint("|", _QUIET)
    empty = f"{' ' * gutter} {bar}"
    lines = [empty]
    for number in range(max(1, span.line - context), min(len(rows), span.line + context) + 1):
        row = rows[number - 1].removesuffix("\r")
        if number != span.line:
            if row.strip() or number < span.line:
                shown, _start, _end = cropped(display(row), 0, 0, room)
                lines.append(f"{paint(f'{number:>{gutter}}', _QUIET)} {bar} {shown}".rstrip())
            continue
        end = len(row) if span.end_line > span.line else min(span.end_column - 1, len(row))
        start = min(span.column - 1, len(row))
        # what is hidden is shown in more letters than it has: the caret is measured in what is shown
        shown_start, shown_end = len(display(row[:start])), len(display(row[: max(end, start)]))
        shown, first, last = cropped(display(row), shown_start, shown_end, room)
        lines.append(f"{paint(f'{number:>{gutter}}', _QUIET)} {bar} {shown}".rstrip())
        carets = caret * max(1, width(shown[first:last]))
        lines.append(f"{empty} {' ' * width(shown[:first])}{paint(carets, colour)}")
    return lines


def _title(located: Located, language: Language, paint: _Paint) -> str:
    """`warning[GR001]`, with `[*]` behind it for what `--fix` mends."""
    finding = located.finding
    mark = " [*]" if finding.fix is not None and finding.fix.safe else ""
    return paint(f"{text(finding.severity.label)(language)}[{finding.code}]{mark}", _COLOURS[finding.severity])


def _line(message: Text, language: Language) -> str:
    return display(message(language))


_Paint = Callable[[str, str], str]


def _plain(words: str, code: str) -> str:
    return words


def _painted(words: str, code: str) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if words else ""


def _counted(severity: Severity, count: int) -> Text:
    match severity:
        case Severity.ERROR:
            return counted("{count} error", "{count} errors", count)
        case Severity.WARNING:
            return counted("{count} warning", "{count} warnings", count)
        case Severity.REMARK:
            return counted("{count} remark", "{count} remarks", count)
