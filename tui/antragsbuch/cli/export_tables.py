"""`antrag export csv`, `xlsx`, `jsonl`: motions as tables for a spreadsheet, or line by line for a program."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language
from antragsbuch_schema.display import display

from .common import Refused, register_here
from .export_selection import Chosen, Selection, selection, selection_arguments
from .output import check_output, deliver, output_arguments
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch_schema.exchange.tables import Column, Table
    from antragsbuch_schema.exchange.tables_cells import Cell
    from antragsbuch_schema.i18n import Language

_TABLES = ("motions", "consultations", "votes", "budget")


def arguments(parser: Parser) -> None:
    """Which table of which motions, with which columns, and where to."""
    form = (parser.prog or "").rpartition(" ")[2]
    if form == "jsonl":
        parser.examples = _(
            "{command} -o antraege.jsonl             # everything, one motion a line\n"
            "{command} --filter faction:SPD | jq .motion.title"
        ).format(command=parser.prog)
    elif form == "xlsx":
        parser.examples = _(
            "{command} -o antraege.xlsx               # motions, consultations, votes and budget\n"
            "{command} votes -o abstimmungen.xlsx     # one table\n"
            "{command} motions budget 2292 3185 -o haushalt.xlsx"
        ).format(command=parser.prog)
    else:
        parser.examples = _(
            "{command} -o antraege.csv                # the motions, as a German spreadsheet opens them\n"
            "{command} votes --filter date:2023.. -o abstimmungen.csv\n"
            "{command} motions --columns title,date,originators\n"
            "{command} consultations --plain          # commas, ISO dates, codes\n"
            "{command} --list-columns                 # what columns there are"
        ).format(command=parser.prog)
    selection_arguments(parser)
    if form != "jsonl":
        parser.epilog = _("Before the motions: {tables}.").format(tables=", ".join(_TABLES))
        parser.add_argument(
            "--columns",
            metavar=_("NAMES"),
            help=_("only these columns, with commas between; the keys are always there"),
        )
        parser.add_argument("--list-columns", action="store_true", help=_("name the columns and write nothing"))
    if form == "csv":
        parser.add_argument(
            "--plain", action="store_true", help=_("as RFC 4180 has it: commas, ISO dates, decimal point, codes")
        )
    output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the tables; 1 where a motion could not be read."""
    from antragsbuch_schema.exchange.tables import TABLES, called

    tables: list[Table] = []
    while options.form != "jsonl" and options.motions and (table := called(options.motions[0])):
        tables.append(table)
        options.motions = options.motions[1:]
    if options.form != "jsonl":
        if options.list_columns:
            _list_columns(tables or list(TABLES))
            return 0
        if options.form == "csv" and len(tables) > 1:
            raise Refused(_("A CSV file holds one table; several make an XLSX workbook: antrag export xlsx"))
    check_output(options, is_text=options.form != "xlsx")
    wanted: list[tuple[Table, Sequence[Column]]] = []
    if options.form != "jsonl":
        wanted = _wanted(tables or list(TABLES if options.form == "xlsx" else TABLES[:1]), options.columns)
    with register_here() as register:
        found = selection(register, options)
    deliver(options, _content(options, found, wanted), is_text=options.form != "xlsx")
    return 0 if found.complete else 1


def _content(options: argparse.Namespace, found: Selection, wanted: Sequence[tuple[Table, Sequence[Column]]]) -> bytes:
    if options.form == "jsonl":
        from antragsbuch_schema.exchange.tables_json import to_line

        return "".join(to_line(one.data, one.path, _version(one)) for one in found.motions).encode()
    if options.form == "xlsx":
        return _workbook(found, wanted)
    from antragsbuch_schema.exchange.tables_cells import PLAIN, Style
    from antragsbuch_schema.exchange.tables_csv import to_csv

    ((table, columns),) = wanted
    style = PLAIN if options.plain else Style(language(), german=True)
    return b"".join(to_csv(columns, _rows(found, table, columns, style.language), style))


def _workbook(found: Selection, wanted: Sequence[tuple[Table, Sequence[Column]]]) -> bytes:
    from antragsbuch_schema.exchange.tables_xlsx import Workbook

    try:
        book = Workbook(language())
    except ImportError as error:
        raise Refused(_("To write XLSX, openpyxl is needed: pip install 'antragsbuch[tables]'")) from error
    for table, columns in wanted:
        book.add(table, columns, _rows(found, table, columns, language()))
    return book.content()


def _rows(found: Selection, table: Table, columns: Sequence[Column], words: Language | None) -> Iterator[list[Cell]]:
    """The cells of every row; `words` is the language of words in them, None for codes."""
    from antragsbuch_schema.exchange.tables import rows, value_of
    from antragsbuch_schema.exchange.tables_cells import cell

    for one in found.motions:
        version = _version(one)
        for row in rows(table, one.data):
            yield [cell(value_of(column, row, one.data, version), column.field, words) for column in columns]


def _version(one: Chosen) -> str:
    """The version that a table is made from; marked where it does not hold all of it."""
    from antragsbuch_schema.exchange.tables import OPEN

    return one.version + (OPEN if one.closed else "")


def _wanted(tables: Sequence[Table], typed: str | None) -> list[tuple[Table, Sequence[Column]]]:
    """The columns of each table: all, or the keys and those that were named. Raises `Refused` for an unknown one."""
    from antragsbuch_schema.exchange.tables import by_heading
    from antragsbuch_schema.suggest import closest, same_name

    if typed is None:
        return [(table, table.columns) for table in tables]
    names = [name.strip() for name in typed.split(",") if name.strip()]
    for name in names:
        if not any(same_name(name) in by_heading(table) for table in tables):
            known = [
                word for table in tables for column in table.columns for word in (column.name, column.heading("de"))
            ]
            meant = closest(name, known)
            hint = " " + _("Did you mean {word}?").format(word=meant[0]) if meant else ""
            raise Refused(_("There is no column {name}; --list-columns names them.").format(name=name) + hint)
    found: list[tuple[Table, Sequence[Column]]] = []
    for table in tables:
        chosen = [by_heading(table)[same_name(name)] for name in names if same_name(name) in by_heading(table)]
        found.append((table, tuple(dict.fromkeys((*table.keys, *chosen)))))
    return found


def _list_columns(tables: Sequence[Table]) -> None:
    """Table, name and heading of every column, with tabs between."""
    for table in tables:
        for column in table.columns:
            print(f"{table.name}\t{column.name}\t{display(column.heading(language()))}")
