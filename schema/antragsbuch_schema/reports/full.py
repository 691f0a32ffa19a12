"""Findings with excerpts of their files: every place that is meant, what to do, and the lines that a fix changes."""

from __future__ import annotations

from collections.abc import Iterable

from antragsbuch_schema.diagnostics import Fix, Located
from antragsbuch_schema.i18n import Language, Text, joined, text
from antragsbuch_schema.places import render as place_name

from .excerpt import ASCII, LINES, NEAR, QUIET, Frame, Glyphs, Mark, excerpt
from .ground import Paint, Sources
from .lines import Files
from .patches import Patches, Replacement, same_start
from .safe import shown
from .text import COLOURS, title, where

_CONTEXT = 1
_PATCHED = 8
"""A patch of more lines than this is said in words only."""
_GONE, _COME = "31", "32"
_STRONG = "1"


def render(
    findings: Iterable[Located], sources: Sources, language: Language, paint: Paint, room: int, unicode: bool
) -> str:
    """The findings one after the other, an empty line behind each; see `text.render`."""
    files = Files(sources)
    page = _Page(files, Patches(files), language, paint, room, LINES if unicode else ASCII)
    return "".join(page.full(located) for located in findings)


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
        ends = [located.span.line + _CONTEXT, *(span.line for _path, span, _message in located.related)]
        frame = Frame(len(str(max([*ends, *map(_last, patch)]))), self.room, self.glyphs, paint)
        place = shown(place_name(finding.place))
        lines = [
            f"{title(located, language, paint)} {paint(shown(finding.message(language)), _STRONG)}",
            f"{' ' * frame.gutter}{paint(self.glyphs.arrow, QUIET)} {where(located.path, located.span)}"
            + (f"  {paint(place, QUIET)}" if place else ""),
            *self._places(located, frame),
        ]
        if finding.help is not None:
            lines.append(self._note(frame, text("help"), finding.help))
        if finding.fix is not None:
            kind = text("fix") if finding.fix.safe else text("unsafe fix")
            lines.append(self._note(frame, kind, _offer(finding.fix)))
            if sum(len(before) + len(after) for before, after in (step.rows for step in patch)) <= _PATCHED:
                lines += [line for step in patch for line in self._patch(step, frame)]
        return "\n".join(lines) + "\n\n"

    def _places(self, located: Located, frame: Frame) -> list[str]:
        """The excerpts: one for what is meant and what stands near, one for each of the other places."""
        rows = self.files.rows(located.path)
        marks = [Mark(located.span, "^", COLOURS[located.finding.severity], self._until(located), _CONTEXT)]
        away = []
        for path, span, message in located.related:
            words = shown(message(self.language))
            both = rows.line(located.span.line) is not None and rows.line(span.line) is not None
            if both and path == located.path and abs(span.line - located.span.line) <= NEAR:
                marks.append(Mark(span, "-", QUIET, words))
            else:
                also = self.paint(self.glyphs.also, QUIET)
                away.append(f"{' ' * frame.gutter}{also} {where(path, span)}: {words}")
                away += excerpt(self.files.rows(path), [Mark(span, "-", QUIET)], frame)
        return [*excerpt(rows, marks, frame), *away]

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
