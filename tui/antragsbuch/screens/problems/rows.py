"""The findings as rows. Pure functions from findings to what is listed. No Textual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from antragsbuch.i18n import language
from antragsbuch.widgets.line import Line, Look, Piece, cut, fit
from antragsbuch_schema import places
from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.folding import fold

Grouping = Literal["motion", "rule"]

_SIGNS: dict[Severity, tuple[str, Look]] = {
    Severity.ERROR: ("!", "error"),
    Severity.WARNING: ("?", "warning"),
    Severity.REMARK: ("·", "dim"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line; a heading has no finding."""

    line: Line
    located: Located | None = None


def wanted(findings: Sequence[Located], least: Severity, words: str) -> list[Located]:
    """The findings that are at least as bad as `least` and hold every one of `words`."""
    asked = fold(words).split()
    return [
        located
        for located in findings
        if located.finding.severity >= least and all(word in _searched(located) for word in asked)
    ]


def rows_of(findings: Sequence[Located], names: dict[str, str], grouping: Grouping, cells: int) -> list[Row]:
    """The findings below their headings, laid out for `cells` cells. `names` are the references by path."""
    if grouping == "motion":
        return [
            row
            for path, group in groupby(findings, key=lambda located: located.path)
            for row in _below(names.get(path, path), list(group), names, grouping, cells)
        ]
    ordered = sorted(findings, key=lambda located: (-located.finding.severity, located.finding.code))
    return [
        row
        for code, group in groupby(ordered, key=lambda located: located.finding.code)
        for row in _below(code, list(group), names, grouping, cells)
    ]


def message(located: Located) -> str:
    """What a finding says, in the language of the person."""
    return located.finding.message(language())


def at(located: Located) -> str:
    """Where it is, as other tools say it: file, line and column."""
    return f"{located.path}:{located.span.line}:{located.span.column}"


def _below(heading: str, group: list[Located], names: dict[str, str], grouping: Grouping, cells: int) -> list[Row]:
    return [
        Row((Piece(heading, "strong"), Piece(f"  {len(group)}", "dim"))),
        *(Row(_line(located, names, grouping, cells), located) for located in group),
    ]


def _line(located: Located, names: dict[str, str], grouping: Grouping, cells: int) -> Line:
    sign, look = _SIGNS[located.finding.severity]
    first = located.finding.code if grouping == "motion" else names.get(located.path, located.path)
    wide = 7 if grouping == "motion" else 18
    place = places.render(located.finding.place)
    place_cells = min(30, max(12, (cells - wide) // 4))
    room = max(10, cells - wide - place_cells - 6)
    return (
        Piece(f"  {sign} ", look),
        Piece(fit(first, wide)),
        Piece(fit(cut(message(located), room), room)),
        Piece(" " + fit(place, place_cells), "dim"),
    )


def _searched(located: Located) -> str:
    return fold(f"{located.finding.code} {located.path} {places.render(located.finding.place)} {message(located)}")
