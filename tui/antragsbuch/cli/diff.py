"""`antrag diff`: what differs between two versions of the register, in words."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _, language, ngettext

from .common import fields_of, motion_argument, one_line, out, out_json, register_here, say, verbatim
from .differences import as_json, in_words
from .parser import Parser
from .versions import Span, span

if TYPE_CHECKING:
    from antragsbuch.store.pairs import Pair
    from antragsbuch.store.register import Register
    from antragsbuch_schema.change import Change
    from antragsbuch_schema.layouts import Row
    from antragsbuch_schema.toml.errors import TomlError

    from .painting import Look

_INDENT = "    "


class Compared(NamedTuple):
    """A file that differs: its two versions, how people call it, and its changes or why it can't be read."""

    pair: Pair
    name: str
    changes: tuple[Change, ...] | TomlError


def arguments(parser: Parser) -> None:
    """Which versions, of which motions, and how they are shown."""
    parser.examples = _(
        "antrag diff                            # what is not committed yet\n"
        "antrag diff --since Tuesday            # what changed on that day and after it\n"
        "antrag diff @19.12.2023                # from the end of a day to the work tree\n"
        "antrag diff HEAD~5..HEAD 3185 --words  # one motion, the words that came and went in one line\n"
        "antrag diff v1..v2 --side-by-side\n"
        "antrag diff v1..v2 --format html > synopse.html"
    )
    motion_argument(parser, "*")
    parser.add_argument("--from", dest="old", metavar=_("DATE|REV"), help=_("older version; otherwise HEAD"))
    parser.add_argument("--to", dest="new", metavar=_("DATE|REV"), help=_("newer version; otherwise the work tree"))
    parser.add_argument("--since", metavar=_("DATE"), help=_("from the begin of a day to the work tree"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--words", action="store_true", help=_("both versions in one line: [-what went-]{+what came+}"))
    how.add_argument("-y", "--side-by-side", action="store_true", help=_("both versions beside each other"))
    how.add_argument("--short", action="store_true", help=_("only a sentence for each change"))
    how.add_argument("--stat", action="store_true", help=_("only how much changed"))
    how.add_argument("--json", action="store_true", help=_("as JSON"))
    how.add_argument("--format", choices=("text", "html"), default="text", help=_("html: a Synopse to print"))
    parser.add_argument("--whole", action="store_true", help=_("the whole motion, not only what changed"))
    parser.add_argument("--exit-code", action="store_true", help=_("exit status 1 if something differs"))


def run(options: argparse.Namespace) -> int:
    """Print the changes of every file that differs; exit status 2 where one can't be read from the disk."""
    from .pager import paged
    from .painting import look

    with register_here() as register:
        versions, names = span(register, options.motions, options)
        pairs = _wanted(register, _pairs(register, versions), names)
        failed = [pair for pair in pairs if pair.failed]
        found = [compared for pair in pairs if not pair.failed and (compared := _compared(pair)) is not None]
        for pair in failed:
            say(f"antrag: {pair.failed}")
        if options.json:
            out_json([_as_object(compared) for compared in found])
        elif options.format == "html":
            verbatim(_page(found, versions, options.whole))
        else:
            # what standard output is, is looked at before the pager stands between
            how = look()
            with paged(register.git.config):
                _print(found, versions, options, how)
    if failed:
        return 2
    return 1 if found and options.exit_code else 0


def _compared(pair: Pair) -> Compared:
    from antragsbuch.store.comparing import compare, name_of

    return Compared(pair, name_of(pair.new, pair.old) or pair.path, compare(pair.path, pair.old, pair.new))


def _print(found: Sequence[Compared], versions: Span, options: argparse.Namespace, how: Look) -> None:
    from antragsbuch_schema.display import display

    from .painting import put

    if options.stat:
        _print_stat(found)
        return
    if options.side_by_side and found:
        out(_("left: {old}; right: {new}").format(old=one_line(versions.old_words), new=one_line(versions.new_words)))
    for number, compared in enumerate(found):
        if number and not options.short:
            out("")
        put([how.paint(display(one_line(compared.name)), "head")])
        for line in in_words(compared.changes):
            out(_INDENT + one_line(line))
        if not options.short:
            put(_rows_as_lines(compared, options, how))


def _rows_as_lines(compared: Compared, options: argparse.Namespace, how: Look) -> Iterator[str]:
    from . import painting

    rows = _rows(compared, options.whole)
    if rows:
        yield ""
    if options.side_by_side:
        cells = how.cells or shutil.get_terminal_size().columns - 1
        yield from painting.side_by_side(rows, how, cells)
    elif options.words:
        yield from painting.in_words(rows, how, _INDENT)
    else:
        yield from painting.unified(rows, how, _INDENT)


def _rows(compared: Compared, whole: bool) -> list[Row]:
    """The rows to show: those that changed, or all; nothing of a file that came or went as a whole, which one
    sentence tells, unless the whole is asked for."""
    from antragsbuch.store.comparing import data_of
    from antragsbuch_schema.layout_rows import layout
    from antragsbuch_schema.layouts import folded
    from antragsbuch_schema.toml.errors import TomlError

    pair = compared.pair
    old, new = data_of(pair.old), data_of(pair.new)
    if isinstance(old, TomlError) or isinstance(new, TomlError):
        return []
    if whole:
        return layout(old, new, fields_of(pair.path), language())
    if old is None or new is None:
        return []
    rows = layout(old, new, fields_of(pair.path), language())
    return folded(rows, marks=False) if any(row.changed for row in rows) else []


def _print_stat(found: Sequence[Compared]) -> None:
    """A line for each file: how many changes, how many words came and went."""
    from antragsbuch_schema.display import display
    from antragsbuch_schema.reports.cells import width

    names = [display(one_line(compared.name)) for compared in found]
    cells = max(map(width, names), default=0)
    total = [0, 0, 0]
    for compared, name in zip(found, names, strict=True):
        changes = compared.changes if isinstance(compared.changes, tuple) else ()
        added, removed = _words(changes)
        total = [total[0] + len(changes), total[1] + added, total[2] + removed]
        count = ngettext("{count} change", "{count} changes", len(changes)).format(count=len(changes))
        words = _(", words: +{added} -{removed}").format(added=added, removed=removed) if added or removed else ""
        out(f"{name}{' ' * (cells - width(name))}  {count}{words}")
    motions = ngettext("{count} file", "{count} files", len(found)).format(count=len(found))
    count = ngettext("{count} change", "{count} changes", total[0]).format(count=total[0])
    out(
        _("{files}, {changes}, words: +{added} -{removed}").format(
            files=motions, changes=count, added=total[1], removed=total[2]
        )
    )


def _words(changes: Sequence[Change]) -> tuple[int, int]:
    """How many words came and went in texts."""
    from antragsbuch_schema.phrases import word_count

    counts = {"added": 0, "removed": 0, "same": 0}
    for change in changes:
        for piece in change.pieces:
            counts[piece.kind] += word_count(piece.text)
    return counts["added"], counts["removed"]


def _as_object(compared: Compared) -> dict[str, object]:
    pair = compared.pair
    row: dict[str, object] = {"path": pair.path, "name": compared.name, "changes": as_json(compared.changes)}
    return {**row, "old_path": pair.old_path} if pair.old_path else row


def _page(found: Sequence[Compared], versions: Span, whole: bool) -> str:
    from antragsbuch_schema.exchange.synopse import Part, synopse

    parts = [Part(compared.name, list(in_words(compared.changes)), _rows(compared, whole)) for compared in found]
    heading = _("Synopse: {old} and {new}").format(old=versions.old_words, new=versions.new_words)
    if len(found) == 1:
        heading = _("Synopse of {name}").format(name=found[0].name)
    return synopse(parts, heading, versions.old_words, versions.new_words, language())


def _pairs(register: Register, versions: Span) -> list[Pair]:
    from antragsbuch.store.pairs import Pair, against_head, differing

    if versions.old is not None and (versions.new or versions.old != register.objects.head()):
        return differing(register, versions.old, versions.new)
    if versions.old is not None or register.objects.head() is None:
        return against_head(register)
    # before the first commit there was nothing
    from antragsbuch.store import worktree

    paths = [*register.paths(), worktree.COUNCIL]
    return [Pair(path, None, worktree.read_if_there(register.root, path)) for path in sorted(paths)]


def _wanted(register: Register, pairs: Sequence[Pair], names: Sequence[str]) -> list[Pair]:
    """Those of `pairs` that were named, or all. A motion that is gone is still known by what it was."""
    from antragsbuch.store.errors import NotFound
    from antragsbuch.store.find import means

    paths: set[str] = set()
    for name in names:
        try:
            paths.add(register.find(name))
        except NotFound:
            gone = {pair.path for pair in pairs if pair.new is None and means(name, pair.path, pair.old or b"")}
            if not gone:
                raise
            paths |= gone
    return [pair for pair in pairs if not names or pair.path in paths or pair.old_path in paths]
