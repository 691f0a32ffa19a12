"""Findings for a person at a prompt: each with an excerpt of the file, or each on one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from antragsbuch_schema.diagnostics import Fix, Located, Severity
from antragsbuch_schema.i18n import Language, Text, counted, joined, text
from antragsbuch_schema.places import render as place_name

from .excerpt import ASCII, LINES, NEAR, QUIET, Frame, Glyphs, Mark, Paint, excerpt
from .ground import Sources
from .lines import Files
from .patches import Patches, Replacement, same_start
from .safe import shown

Detail = Literal["full", "concise"]

_CONTEXT = 1
_ROOM = 100
_PATCHED = 8
"""A patch of more lines than this is said in words only."""
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.REMARK: "36;1"}
_GONE, _COME = "31", "32"
_STRONG = "1"


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

    `full` shows for each the lines of the file, `room` cells of them, with a caret under what is meant, what a safe
    fix would change, and how to get it; `concise` is one line for each,
    `path:line:column: severity[code] message`. Nothing of a file reaches the terminal as it is.
    """
    paint = _painted if colour else _plain
    if form == "concise":
        return "".join(concise(located, language, paint) + "\n" for located in findings)
    files = Files(sources)
    page = _Page(files, Patches(files), language, paint, room, LINES if unicode else ASCII)
    return "".join(page.full(located) for located in findings)


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
    title = _title(located, language, paint or _plain)
    return f"{_where(located.path, located)}: {title} {shown(located.finding.message(language))}"


class _Page:
    """What every finding of one report is set with."""

    def __init__(
        self, files: Files, patches: Patches, language: Language, paint: Paint, room: int, glyphs: Glyphs
    ) -> None:
        self.files, self.patches = files, patches
        self.language, self.paint, self.room, self.glyphs = language, paint, room, glyphs

    def full(self, located: Located) -> str:
        """One finding with its excerpts, its help and its fix."""
        finding, paint, language = located.finding, self.paint, self.language
        patch = self.patches.of(located) if finding.fix is not None and finding.fix.safe else ()
        near = [
            (span, message)
            for path, span, message in located.related
            if path == located.path and abs(span.line - located.span.line) <= NEAR
        ]
        far = [entry for entry in located.related if (entry[1], entry[2]) not in near or entry[0] != located.path]
        spans = [located.span, *(span for _path, span, _message in located.related)]
        rows = self.files.rows(located.path)
        last = max(max(span.line for span in spans) + _CONTEXT, *(_last(step) for step in patch), 0)
        frame = Frame(len(str(last)), self.room, self.glyphs, paint)
        margin = " " * frame.gutter
        place = shown(place_name(finding.place))
        lines = [
            f"{_title(located, language, paint)} {paint(shown(finding.message(language)), _STRONG)}",
            f"{margin}{paint(self.glyphs.arrow, QUIET)} {_where(located.path, located)}"
            + (f"  {paint(place, QUIET)}" if place else ""),
        ]
        marks = [
            Mark(located.span, "^", _COLOURS[finding.severity], self._until(located), _CONTEXT),
            *(Mark(span, "-", QUIET, shown(message(language))) for span, message in near),
        ]
        shown_lines = excerpt(rows, marks, frame)
        lines += shown_lines
        for path, span, message in far if shown_lines else located.related:
            where = f"{shown(path)}:{span.line}:{span.column}"
            lines.append(f"{margin}{paint(self.glyphs.also, QUIET)} {where}: {shown(message(language))}")
            lines += excerpt(self.files.rows(path), [Mark(span, "-", QUIET)], frame)
        if finding.help is not None:
            lines.append(self._note(frame, text("help"), finding.help))
        if finding.fix is not None:
            kind = text("fix") if finding.fix.safe else text("unsafe fix")
            lines.append(self._note(frame, kind, _offer(finding.fix)))
            if sum(len(before) + len(after) for before, after in (step.rows for step in patch)) <= _PATCHED:
                lines += [line for step in patch for line in self._patch(step, frame)]
        return "\n".join(lines) + "\n\n"

    def _note(self, frame: Frame, kind: Text, message: Text) -> str:
        label = self.paint(f"{kind(self.language)}:", _STRONG)
        return f"{' ' * frame.gutter} {self.paint('=', QUIET)} {label} {shown(message(self.language))}"

    def _until(self, located: Located) -> str:
        """What is said beside the first line of a place of several lines."""
        last = located.span.end_line
        return text("to line {line}", line=last)(self.language) if last > located.span.line else ""

    def _patch(self, step: Replacement, frame: Frame) -> list[str]:
        """The lines of a file without and with a fix, each cut around what changes."""
        before, after = step.rows
        lines = []
        pairs = list(zip(before, after, strict=False)) if len(before) == len(after) else []
        for sign, rows, colour in (("-", before, _GONE), ("+", after, _COME)):
            for number, row in enumerate(rows):
                start, end = 0, 0
                if pairs:
                    pair = pairs[number]
                    start = same_start(*pair)
                    end = len(row) - min(same_start(pair[0][::-1], pair[1][::-1]), min(map(len, pair)) - start)
                words, _first, _last = frame.cropped(
                    shown(row), len(shown(row[:start])), len(shown(row[: max(start, end)]))
                )
                head = f"{step.span.line + number:>{frame.gutter}}"
                lines.append(f"{self.paint(head, QUIET)} {self.paint(f'{sign} {words}'.rstrip(), colour)}")
        return lines


def _offer(fix: Fix) -> Text:
    """What a fix does, and which option puts it in."""
    return joined([fix.message, Text("({option})", {"option": "--fix" if fix.safe else "--unsafe-fixes"})], " ")


def _last(step: Replacement) -> int:
    return step.span.line + max(map(len, step.rows))


def _where(path: str, located: Located) -> str:
    return f"{shown(path)}:{located.span.line}:{located.span.column}"


def _title(located: Located, language: Language, paint: Paint) -> str:
    """`warning[GR001]`, with `[*]` behind it for what `--fix` mends."""
    finding = located.finding
    mark = " [*]" if finding.fix is not None and finding.fix.safe else ""
    return paint(f"{text(finding.severity.label)(language)}[{finding.code}]{mark}", _COLOURS[finding.severity])


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
