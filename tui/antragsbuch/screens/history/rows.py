"""Entries of the history, their differences and origins as lines. Pure functions. No Textual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _, language
from antragsbuch.widgets.change_lines import Layout, laid_out, usual
from antragsbuch.widgets.change_view import Laid
from antragsbuch.widgets.line import Line, Look, Piece, cut, fit, wrapped
from antragsbuch_schema.i18n import date_text
from antragsbuch_schema.layouts import Row, folded, plain

from .state import Committed, Difference, Item, NotCommitted, Origins

if TYPE_CHECKING:
    from antragsbuch.store.timeline_entries import Entry
    from antragsbuch_schema.change import Change
    from antragsbuch_schema.places import Place

WIDE = 100
"""From this width on a row has room for the time and for longer names."""


class Marks(NamedTuple):
    """What stands before a row: chosen to be compared, new since somebody last looked."""

    marked: bool = False
    new: bool = False


def when(entry: Entry) -> str:
    """The author's date and time, as it was where the author was."""
    return f"{day(entry)} {entry.time:%H:%M}"


def day(entry: Entry) -> str:
    """The author's date."""
    return date_text(entry.time.date(), language())


def called(item: Item) -> str:
    """A version in few words."""
    return _("not committed") if isinstance(item, NotCommitted) else when(item.entry)


def row(item: Item, changes: Sequence[Change] | None, marks: Marks, cells: int, reference: int = 0) -> Line:
    """One entry in a line: when, who, and what changed; with the motion in `reference` cells, where there are any."""
    wide = cells >= WIDE
    who = 20 if wide else 10 if reference else 12
    start: list[Piece] = [
        Piece("=" if marks.marked else " ", "strong"),
        Piece("+" if marks.new else " ", "good"),
    ]
    if isinstance(item, NotCommitted):
        head = fit(_("not committed"), (17 if wide or not reference else 11) + who + 1)
        room = max(4, cells - 4 - len(head))
        return (*start, Piece("* ", "accent"), Piece(head, "accent"), Piece(cut(summary(item, changes), room)))
    entry = item.entry
    time = when(entry) if wide or not reference else day(entry)
    parts = [*start, Piece("! " if entry.lost else "  ", "warning"), Piece(f"{time} ", "dim")]
    parts.append(Piece(fit(cut(entry.author.name, who), who) + " "))
    used = 4 + len(time) + 1 + who + 1
    if reference:
        parts.append(Piece(fit(name_of(entry), reference) + " ", "strong"))
        used += reference + 1
    lead = "".join(f"{word}: " for word in _particular(entry))
    parts += [Piece(lead, "warning"), Piece(cut(summary(item, changes), max(4, cells - used - len(lead))))]
    return tuple(parts)


def name_of(entry: Entry) -> str:
    """What the motion was called then, or its file."""
    return entry.reference or entry.path.rpartition("/")[2]


def _particular(entry: Entry) -> Iterator[str]:
    if entry.lost:
        yield _("lost")
    if entry.merged:
        yield _("merge")


def summary(item: Item, changes: Sequence[Change] | None) -> str:
    """What an entry changed, in one line."""
    entry = item.entry if isinstance(item, Committed) else None
    if changes is None:
        return entry.subject if entry else "…"
    if not changes and entry is not None:
        return (
            entry.subject if entry.merged else _("only the form of the file: {subject}").format(subject=entry.subject)
        )
    if not changes:
        return _("only the form of the file")
    first = changes[0].sentence(language())
    return first if len(changes) == 1 else f"(+{len(changes) - 1}) {first}"


def head(item: Item, difference: Difference | None, cells: int) -> list[Line]:
    """Everything about an entry but its difference: commit, who, when, why, and what became of it."""
    if isinstance(item, NotCommitted):
        return [(Piece(" " + _("Not committed: the work tree beside the last commit."), "strong"),), ()]
    entry = item.entry
    signature = difference.signature if difference else ""
    look: Look = "error" if signature.startswith("!") else "good"
    lines: list[Line] = [
        (
            Piece(f" {entry.commit[:10]} ", "dim"),
            Piece(f"{entry.author.name} <{entry.author.email}>, {when(entry)}"),
            *([Piece(f"  {signature}", look)] if signature else []),
        )
    ]
    if entry.committer.name != entry.author.name:
        lines.append((Piece(" " + _("Committed by {name}").format(name=entry.committer.name), "dim"),))
    lines += [(Piece(" " + part, "strong"),) for part in wrapped(entry.subject, cells - 2)]
    if entry.reason:
        lines += [(Piece(" " + part),) for part in wrapped(_("Reason") + f": {entry.reason}", cells - 2)]
    lines += [(Piece(" " + part, "warning"),) for said in _said_of(entry) for part in wrapped(said, cells - 2)]
    return [*lines, ()]


def _said_of(entry: Entry) -> Iterator[str]:
    if entry.old_path:
        yield _("Renamed: {old} became {new}").format(old=entry.old_path, new=entry.path)
    if entry.merged:
        yield _("A merge: in words only what it decided itself; below, all that it brought to its first parent.")
    if entry.lost:
        where = entry.lost_in[:10] if entry.lost_in else ""
        yield _("! Lost: the merge {commit} left this behind, at least in part.").format(commit=where)
    if entry.cut:
        yield _("This clone is shallow: what stood before is not known.")


def shown(items: Sequence[Item], difference: Difference | None, whole: bool, layout: Layout | None, cells: int) -> Laid:
    """What an entry changed, or what differs between two, in lines."""
    if len(items) == 2:
        older, newer = items
        title = _("{older}  compared with  {newer}").format(older=called(older), newer=called(newer))
        lines: list[Line] = [(Piece(" " + title, "strong"),), ()]
    else:
        lines = head(items[0], difference, cells)
    if difference is None:
        return Laid([*lines, (Piece(" …", "dim"),)])
    lines += sentences(difference, cells, always=len(items) == 2)
    if difference.problem:
        lines += [(Piece(" ! " + part, "error"),) for part in wrapped(difference.problem, cells - 4)]
        return Laid(lines)
    rows = difference.rows if whole else folded(difference.rows, marks=False)
    laid = laid_out(rows, layout or usual(cells), cells)
    return Laid([*lines, *laid.lines], [len(lines) + stop for stop in laid.stops])


def sentences(difference: Difference, cells: int, always: bool = False) -> list[Line]:
    """What changed in sentences, where one line of the list could not say it all."""
    changes = difference.changes
    if not changes:
        return [(Piece(" " + _("Nothing that can be said in words changed: layout or comments."), "dim"),), ()]
    if len(changes) == 1 and not always and len(changes[0].sentence(language())) < 40:
        return []
    lines: list[Line] = []
    for change in changes:
        lines += [
            (Piece(" · " if number == 0 else "   ", "accent"), Piece(part))
            for number, part in enumerate(wrapped(change.sentence(language()), cells - 5))
        ]
    return [*lines, ()]


class Blame(NamedTuple):
    """The lines of a text with its origins, and for each line the piece that it is of (None: a heading)."""

    lines: tuple[Line, ...]
    origins: tuple[tuple[Entry | None] | None, ...]


def blame(origins: Origins, cells: int) -> Blame:
    """Every piece beside the date and the person that it comes from; said once for pieces that came together."""
    who = 18 if cells >= WIDE else 10
    width = 10 + 1 + who
    known = {piece.place: piece.origin for piece in origins.pieces}
    lines: list[Line] = []
    found: list[tuple[Entry | None] | None] = []
    last: object = None
    for each in origins.rows:
        origin = _origin(each, known)
        indent = "  " * each.indent
        text = wrapped(plain(each.right or each.left), max(12, cells - width - 5 - len(indent)))
        for number, part in enumerate(text):
            left = " " * width
            if origin is not None and number == 0 and origin != last:
                left = _who(origin[0], who)
            lines.append(
                (
                    Piece(" "),
                    Piece(left, "accent" if origin == (None,) else "dim"),
                    Piece(" │ ", "dim"),
                    Piece(indent + part, "strong" if each.heading else ""),
                )
            )
            found.append(origin)
        last = origin if origin is not None else last
    return Blame(tuple(lines), tuple(found))


def _who(entry: Entry | None, cells: int) -> str:
    if entry is None:
        return fit(_("not committed"), 11 + cells)
    return f"{day(entry)} {fit(cut(entry.author.name, cells), cells)}"


def _origin(row: Row, known: dict[Place, Entry | None]) -> tuple[Entry | None] | None:
    """Where a row comes from, as a tuple of one; None for a heading."""
    if row.place in known:
        return (known[row.place],)
    if row.place and isinstance(row.place[-1], int) and row.place[:-1] in known:
        return (known[row.place[:-1]],)
    return None


def origin_in_words(entry: Entry | None) -> str:
    """Where a piece comes from, in a line."""
    if entry is None:
        return _("not committed yet")
    why = _("Reason") + f": {entry.reason}  " if entry.reason else ""
    return f"{entry.commit[:10]}  {when(entry)}  {entry.author.name}  {why}{entry.subject}"
