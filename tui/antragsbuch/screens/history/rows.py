"""Versions and their changes as lines. Pure functions. No Textual."""

from __future__ import annotations

from collections.abc import Sequence

from antragsbuch.i18n import _, language
from antragsbuch.store.history import Version
from antragsbuch.widgets.diff_lines import word_lines
from antragsbuch.widgets.line import Line, Piece, cut, fit, wrapped
from antragsbuch_schema.change import Change
from antragsbuch_schema.i18n import date_text

_SAYS_ITSELF = 160
"""Cells up to which the sentence of a change tells its words by itself."""


def when(version: Version) -> str:
    """The author's date and time, as it was where the author was."""
    return f"{date_text(version.time.date(), language())} {version.time:%H:%M}"


def row(version: Version, changes: Sequence[Change] | None, marked: bool, cells: int) -> Line:
    """One version in a line: when, who, and what changed in few words."""
    who = 14 if cells < 100 else 22
    what = version.subject if changes is None else summary(version, changes)
    room = max(10, cells - 22 - who)
    return (
        Piece("=" if marked else " ", "strong"),
        Piece(" " + when(version), "dim"),
        Piece("  " + fit(cut(version.author.name, who), who)),
        Piece(" " + cut(what, room)),
    )


def summary(version: Version, changes: Sequence[Change]) -> str:
    """What a version changed, in one line."""
    if not changes:
        return version.subject if version.blob else _("deleted")
    first = changes[0].sentence(language())
    return first if len(changes) == 1 else f"{first}  (+{len(changes) - 1})"


def whole(version: Version, changes: Sequence[Change] | None, cells: int, folded: bool) -> list[Line]:
    """Everything about one version: the commit, the reason, every change and its words."""
    who = f"{version.author.name} <{version.author.email}>, {when(version)}"
    lines: list[Line] = [(Piece(f" {version.commit[:10]} ", "dim"), Piece(who))]
    lines += [(Piece(" " + part, "strong"),) for part in wrapped(version.subject, cells - 2)]
    for key, value in version.trailers:
        if key == "Reason":
            lines += [(Piece(" " + _("Reason") + f": {part}"),) for part in wrapped(value, cells - 12)]
    lines.append(())
    return lines + (changed(changes, cells, folded) if changes is not None else [(Piece(" …", "dim"),)])


def changed(changes: Sequence[Change], cells: int, folded: bool) -> list[Line]:
    """Every change as a sentence, with the words of a text below it."""
    lines: list[Line] = []
    for change in changes:
        sentence = change.sentence(language())
        lines += [(Piece(" " + part),) for part in wrapped(sentence, cells - 2, 2)]
        says_itself = "[-" in sentence or "{+" in sentence
        if change.pieces and not (says_itself and folded and len(sentence) < _SAYS_ITSELF):
            lines += word_lines(change.pieces, cells, folded, 4)
        lines.append(())
    return lines or [(Piece(" " + _("Nothing that can be said in words changed: layout or comments."), "dim"),)]
