"""`antrag list`: the motions that a filter finds, a line each."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, ngettext

from .common import Refused, json_text, one_line, out, register_here, say, whole_number
from .parser import Parser
from .progress import progress
from .versions import at_argument, called, commit_of

if TYPE_CHECKING:
    from antragsbuch.store.query import Query
    from antragsbuch.store.rows import Row
    from antragsbuch.store.source import RowSource

_WINDOW = 500
"""Rows that are held at once."""
_STATE = 15
"""Cells of the state."""
_ORDERS = ("reference", "date", "title", "state")


def arguments(parser: Parser) -> None:
    """Which motions, in which order and form."""
    parser.examples = _(
        "antrag list                             # every motion\n"
        "antrag list faction:SPD date:2023..     # of a faction, since 2023\n"
        "antrag list has:error                   # what must be mended\n"
        "antrag list --at 19.12.2023             # the register as it was at the end of that day\n"
        "antrag list armut --order date --json\n"
        "antrag list -- -moor                    # without a word"
    )
    parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("words and conditions, as in the filter"))
    parser.add_argument("--order", choices=_ORDERS, default="reference", help=_("what to sort by; otherwise reference"))
    parser.add_argument("--reverse", action="store_true", help=_("the other way round"))
    parser.add_argument("-n", dest="count", type=whole_number, metavar=_("NUMBER"), help=_("only so many"))
    at_argument(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the motions, window by window."""
    from antragsbuch.store.drafts import DraftJournal
    from antragsbuch.store.index import Index
    from antragsbuch.store.source import Order

    if options.at is not None:
        return _as_of(options)
    query = _asked(options.query)
    with register_here() as register:
        index = Index(register)
        try:
            with progress(_("Reading")) as tell:
                index.refresh(progress=tell)
            drafts = [draft.path for draft in DraftJournal(None, register.root).unfinished()]
            source = index.source(query, Order(options.order), descending=options.reverse, drafts=drafts)
            count = source.count() if options.count is None else min(options.count, source.count())
            if options.json:
                _print_json(_rows(source, count))
                return 0
            print_row = _on_terminal if sys.stdout.isatty() else _in_pipe
            for row in _rows(source, count):
                print_row(row)
            _summary(count, index.totals().motions)
        finally:
            index.close()
    return 0


def _as_of(options: argparse.Namespace) -> int:
    """Print the motions of a commit of the past. Only words are looked for: there is no index of it."""
    from antragsbuch.store.past import motions_of

    words = " ".join(options.query)
    if ":" in words or options.order != "reference":
        raise Refused(_("With --at, motions are found by words only, and sorted by reference."))
    with register_here() as register:
        commit = register.objects.commit(commit_of(register, options.at))
        with progress(_("Reading")) as tell:
            past = motions_of(register, commit, dt.date.today(), progress=tell)
        if past is None:
            return 0
        found = past.found(words)
        count = found.count() if options.count is None else min(options.count, found.count())
        rows = list(found.rows(0, found.count()))
        rows = (rows[::-1] if options.reverse else rows)[:count]
        if options.json:
            _print_json(iter(rows))
            return 0
        print_row = _on_terminal if sys.stdout.isatty() else _in_pipe
        for row in rows:
            print_row(row)
        if sys.stderr.isatty():
            say(_("as of {version}").format(version=called(register, commit.oid, "")))
        _summary(count, len(past.rows))
    return 0


def _asked(words: list[str]) -> Query:
    """The query of the words on the command line. Raises `Refused` where one is not understood."""
    from antragsbuch.store.query import parse

    # a word with a blank in it was quoted in the shell: it stands side by side here too
    query = parse(" ".join(_quoted(word) for word in words))
    if query.problems:
        raise Refused("\n".join(problem.message for problem in query.problems))
    return query


def _quoted(word: str) -> str:
    if len(word.split()) < 2 or '"' in word:
        return word
    key, colon, value = word.partition(":")
    return f'{key}:"{value}"' if colon and " " not in key else f'"{word}"'


def _rows(source: RowSource, count: int) -> Iterator[Row]:
    for start in range(0, count, _WINDOW):
        yield from source.rows(start, min(start + _WINDOW, count))


def _on_terminal(row: Row) -> None:
    """Marks, reference, date, state and title, cut to the width of the terminal."""
    from antragsbuch.session import listed

    shown = listed(row)
    start = f"{shown.change or ' '}{shown.problem or ' '} {_cell(shown.reference, 14)}  {_cell(shown.date, 10)}  "
    title = max(20, shutil.get_terminal_size().columns - len(start) - _STATE - 3)
    out((start + f"{_cell(shown.title, title)}  {_cell(shown.state, _STATE)}").rstrip())


def _cell(text: str, cells: int) -> str:
    """A text in just so many cells."""
    from antragsbuch_schema.display import display
    from antragsbuch_schema.reports.cells import cropped, width

    shown, _start, _end = cropped(display(one_line(text)), 0, 0, cells)
    return shown + " " * (cells - width(shown))


def _in_pipe(row: Row) -> None:
    """The same with tabs between, nothing cut, and the path at the end."""
    from antragsbuch.session import listed
    from antragsbuch_schema.display import display

    shown = listed(row)
    fields = (shown.change + shown.problem, shown.reference, shown.date, shown.state, shown.title, shown.path)
    sys.stdout.write("\t".join(display(one_line(field)) for field in fields) + "\n")


def _print_json(rows: Iterator[Row]) -> None:
    """A JSON list, written row by row."""
    before = "[\n"
    for row in rows:
        sys.stdout.write(before + json_text(_as_object(row)))
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def _as_object(row: Row) -> dict[str, object]:
    """A row as plain values; codes, not words, are the same in every language."""
    return {
        "path": row.path,
        "id": row.id,
        "reference": row.reference or None,
        "paper_type": row.paper_type or None,
        "title": row.title,
        "originators": list(row.originators),
        "date": row.date,
        "submitted": row.submitted,
        "public": row.public,
        "state": row.state.value if row.state else None,
        "next": {"organization": row.next.organization, "date": row.next.date} if row.next else None,
        "errors": row.errors,
        "warnings": row.warnings,
        "remarks": row.remarks,
        "change": row.change.value or None,
        "draft": row.draft,
    }


def _summary(shown: int, total: int) -> None:
    """How many there are, for a person who looks on."""
    if not sys.stderr.isatty():
        return
    if shown < total:
        say(_("{count} of {total} motions").format(count=shown, total=total))
    else:
        say(ngettext("{count} motion", "{count} motions", total).format(count=total))
