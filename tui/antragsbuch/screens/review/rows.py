"""The rows of the review: a motion, below it its changes and what is wrong with it. Pure functions. No Textual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from antragsbuch.i18n import _, language, ngettext
from antragsbuch.store.proposal import Entry
from antragsbuch.widgets.line import Line, Look, Piece, wrapped
from antragsbuch_schema.change import Change
from antragsbuch_schema.diagnostics import Located

from .state import ReviewState

_SIGNS = {"added": "+", "changed": "~", "removed": "-", "renamed": "~"}
INDENT = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; `follows` marks the further lines of a long sentence, which can't be chosen."""

    line: Line
    entry: Entry
    change: Change | None = None
    finding: Located | None = None
    follows: bool = False

    @property
    def is_motion(self) -> bool:
        """Whether this is the line of a motion, not of one of its changes."""
        return self.change is None and self.finding is None and not self.follows


def rows_of(state: ReviewState, cells: int) -> list[Row]:
    """Every row, laid out for `cells` cells."""
    rows: list[Row] = []
    for entry in state.entries:
        rows.append(Row(_motion(entry, entry.path in state.marked), entry))
        if entry.unreadable is not None:
            reason = _("can't be read, line {line}: {reason}").format(
                line=entry.unreadable.line, reason=entry.unreadable.message(language())
            )
            rows += _sentence(entry, "! " + reason, cells, look="error")
        for finding in entry.errors:
            words = f"! {finding.finding.code}  {finding.finding.message(language())}"
            rows += _sentence(entry, words, cells, finding=finding, look="error")
        for change in entry.changes:
            rows += _sentence(entry, change.sentence(language()), cells, change=change)
    return rows


def headings(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of the rows that the cursor steps over."""
    return frozenset(number for number, row in enumerate(rows) if row.follows)


def _motion(entry: Entry, marked: bool) -> Line:
    mark = Piece("= " if marked else "  ", "strong")
    count = len(entry.changes)
    what = {
        "added": _("new"),
        "removed": _("deleted"),
        "renamed": _("renamed, {count} changes").format(count=count),
    }.get(entry.kind) or ngettext("{count} change", "{count} changes", count).format(count=count)
    parts = [mark, Piece(entry.name, "strong"), Piece(f"  {_SIGNS[entry.kind]} {what}")]
    errors = len(entry.errors) + (entry.unreadable is not None)
    if errors:
        blocked = ngettext("{count} error", "{count} errors", errors).format(count=errors)
        parts.append(Piece("   ! " + blocked, "error"))
        parts.append(Piece(_(": not committed until it is mended")))
    return tuple(parts)


def _sentence(
    entry: Entry,
    text: str,
    cells: int,
    change: Change | None = None,
    finding: Located | None = None,
    look: Look = "",
) -> list[Row]:
    parts = wrapped(text, max(20, cells - INDENT - 3))
    return [
        Row((Piece(" " * INDENT), Piece(part, look)), entry, change, finding, number > 0)
        for number, part in enumerate(parts)
    ]
