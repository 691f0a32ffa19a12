"""`antrag import csv`, `xlsx`, `jsonl`: tables that were exported come back, each change shown first."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language, ngettext

from .common import Refused, confirm_writing, out, out_json, read_file, read_input, register_here, say
from .parser import Parser
from .progress import progress

if TYPE_CHECKING:
    from antragsbuch.store.table_import import AnyLine, Plan
    from antragsbuch_schema.exchange.tables_in import Sheet, Trouble

FORMS = ("csv", "xlsx", "jsonl")
_ENDINGS = {".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx"}
_FIRST = 4_096
_ALIKE = 10
"""Of what is wrong in the same way in one column, so much is shown."""


def arguments(parser: Parser) -> None:
    """What only tables have."""
    group = parser.add_argument_group(_("tables"))
    group.add_argument("--add", action="store_true", help=_("new rows make new motions, steps, votes, budget lines"))
    group.add_argument("--clear", action="store_true", help=_("a cell that was emptied takes its value away"))


def forms_of(names: Sequence[str]) -> list[tuple[str, str]]:
    """Form and name of each table, where these are tables; nothing where they are something else.

    The form is the first word, or is told by the ending; JSON Lines of ours by their first line too. Raises `Refused`
    where some are tables and some are not.
    """
    if names[0] in FORMS and not Path(names[0]).exists():
        if not names[1:]:
            raise Refused(_("Say which files: antrag import {form} FILE").format(form=names[0]))
        return [(names[0], name) for name in names[1:]]
    found = [(_form(name), name) for name in names]
    if any(form for form, _name in found) and not all(form for form, _name in found):
        raise Refused(_("Import tables and documents one after the other."))
    return found if found[0][0] else []


def _form(name: str) -> str:
    ending = Path(name).suffix.lower()
    if ending == ".jsonl" and Path(name).is_file():
        with Path(name).open("rb") as file:
            return "jsonl" if b'"motion": {' in file.readline(_FIRST) else ""
    return _ENDINGS.get(ending, "")


def run(forms: Sequence[tuple[str, str]], options: argparse.Namespace) -> int:
    """Show, ask, write; 1 where something is not taken over."""
    from antragsbuch.store import table_import
    from antragsbuch_schema.exchange.tables_edits import Asked

    asked = Asked(options.add, options.clear, dt.date.today())
    with register_here() as register:
        troubles: list[Trouble] = []
        lines: list[AnyLine] = []
        for form, name in forms:
            lines += _lines(form, name, troubles)
        with progress(_("Comparing")) as tell:
            plan = table_import.plan(register, lines, asked, tell)
        plan.troubles[:0] = troubles
        if options.json:
            out_json(_as_json(plan))
        else:
            _show(plan)
        if options.dry_run or not plan.changes:
            return 0 if plan.complete else 1
        if not options.yes:
            confirm_writing(len(plan.changes))
        with progress(_("Writing")) as tell:
            table_import.carry_out(register, plan, tell)
        say(_("It stands in the work tree; antrag commit commits it."))
        return 0 if plan.complete else 1


def _lines(form: str, name: str, troubles: list[Trouble]) -> Iterator[AnyLine]:
    """The rows of a file. Raises `Refused` where it is none that can be read."""
    from antragsbuch_schema.exchange import tables_json
    from antragsbuch_schema.exchange.tables_csv import MAX_BYTES, TableError

    data = read_input(MAX_BYTES) if name == "-" else read_file(Path(name), MAX_BYTES)
    try:
        if form == "jsonl":
            yield from tables_json.json_lines(data, troubles, name)
        elif form == "csv":
            yield from _csv(data, name, troubles)
        else:
            yield from _xlsx(data, name, troubles)
    except TableError as error:
        raise Refused(
            _("{path} is not taken over: {reason}").format(path=name, reason=error.message(language()))
        ) from error


def _csv(data: bytes, name: str, troubles: list[Trouble]) -> Iterator[AnyLine]:
    from antragsbuch_schema.exchange import tables_csv
    from antragsbuch_schema.exchange.tables_in import Sheet, lines

    source = tables_csv.source(data)
    if source.old_encoding:
        say(_("{path}: read as Windows-1252, for it is no UTF-8.").format(path=name))
    yield from lines(Sheet(tables_csv.rows(source), source.style, name), troubles)


def _xlsx(data: bytes, name: str, troubles: list[Trouble]) -> Iterator[AnyLine]:
    """The rows of every sheet that is one of ours; another one is named, and is no reason to stop."""
    from antragsbuch_schema.exchange.tables_csv import TableError
    from antragsbuch_schema.exchange.tables_in import Trouble, lines
    from antragsbuch_schema.exchange.tables_xlsx_in import workbook

    book = workbook(data)
    failed: list[TableError] = []
    count = 0
    for sheet in book.tables():
        named: Sheet = replace(sheet, name=f"{name}, {sheet.name}")
        count += 1
        try:
            yield from lines(named, troubles)
        except TableError as error:
            failed.append(error)
            troubles.append(Trouble("note", error.message, named.name))
        if formulas := book.formulas.get(sheet.name, 0):
            said = ngettext(
                "{sheet}: {count} cell holds a formula; the value that was stored with it counts.",
                "{sheet}: {count} cells hold formulas; the values that were stored with them count.",
                formulas,
            )
            say(said.format(sheet=named.name, count=formulas))
    if len(failed) == count:
        raise failed[0]


# --- in words


def _show(plan: Plan) -> None:
    """Every change by motion, what is not taken over, and how much of each there is."""
    from antragsbuch.store.comparing import compare, name_of

    from .differences import in_words

    total = 0
    for change in plan.changes:
        differences = compare(change.path, change.before, change.after)
        lines = list(in_words(differences))
        total += len(lines)
        name = name_of(change.before, change.after)
        out(f"{change.old_path} -> {change.path}" if change.old_path else change.path + (f" ({name})" if name else ""))
        for line in lines:
            out(f"  {line}")
    for kept in plan.kept:
        reason = (
            _("changed here too since the table was made, and kept")
            if kept.reason == "both"
            else _("not taken over: the version that the table was made from is not known here")
        )
        what = "; ".join(sentence(language()) for sentence in kept.sentences)
        say(f"{kept.path}: {reason}: " + (f"{kept.place} ({what})" if what else kept.place))
    _show_troubles(plan.troubles)
    _summary(plan, total)


def _show_troubles(troubles: Sequence[Trouble]) -> None:
    """What is not taken over; of many of a kind in one column a few, for the JSON has them all."""
    from antragsbuch_schema.exchange.tables_in import letters

    seen: dict[tuple[str, int, str], int] = {}
    for trouble in troubles:
        reason = trouble.reason(language())
        like = (trouble.sheet, trouble.column, reason if trouble.column else trouble.kind)
        seen[like] = seen.get(like, 0) + 1
        if seen[like] <= _ALIKE:
            say(_place(trouble) + reason)
    for (sheet, column, reason), count in seen.items():
        if count > _ALIKE:
            where = ", ".join(part for part in (sheet, letters(column)) if part)
            more = _("and {count} more of this kind").format(count=count - _ALIKE)
            say(f"{where}: {more}" + (f" ({reason})" if column else ""))


def _place(trouble: Trouble) -> str:
    """Where it stands: file or sheet, cell or row, heading."""
    where = trouble.cell if trouble.column or not trouble.row else _("row {row}").format(row=trouble.row)
    heading = f" ({trouble.heading})" if trouble.heading else ""
    return ", ".join(part for part in (trouble.sheet, where + heading) if part) + ": "


def _summary(plan: Plan, total: int) -> None:
    if not plan.changes and plan.complete:
        out(_("Nothing differs from what the register says."))
        return
    new = sum(change.before is None for change in plan.changes)
    changed = len(plan.changes) - new
    parts = [
        ngettext("{count} motion changed", "{count} motions changed", changed).format(count=changed),
        ngettext("{count} new motion", "{count} new motions", new).format(count=new),
        ngettext("{count} change", "{count} changes", total).format(count=total),
    ]
    left = len({(trouble.sheet, trouble.row) for trouble in plan.troubles if trouble.kind == "not understood"})
    rows = len({(trouble.sheet, trouble.row) for trouble in plan.troubles if trouble.kind == "new"})
    emptied = sum(trouble.kind == "emptied" for trouble in plan.troubles)
    if left:
        parts.append(ngettext("{count} row not understood", "{count} rows not understood", left).format(count=left))
    if rows:
        parts.append(ngettext("{count} new row left", "{count} new rows left", rows).format(count=rows))
    if emptied:
        parts.append(ngettext("{count} emptied cell left", "{count} emptied cells left", emptied).format(count=emptied))
    if plan.kept:
        count = len(plan.kept)
        parts.append(ngettext("{count} conflict", "{count} conflicts", count).format(count=count))
    out(", ".join(parts))


def _as_json(plan: Plan) -> dict[str, Any]:
    from antragsbuch.store.comparing import compare

    from .differences import as_json

    return {
        "changes": [
            {
                "path": change.path,
                "old_path": change.old_path or None,
                "new": change.before is None,
                "changes": as_json(compare(change.path, change.before, change.after)),
            }
            for change in plan.changes
        ],
        "unchanged": plan.unchanged,
        "kept": [
            {
                "path": kept.path,
                "reason": kept.reason,
                "place": kept.place,
                "de": [sentence("de") for sentence in kept.sentences],
                "en": [sentence("en") for sentence in kept.sentences],
            }
            for kept in plan.kept
        ],
        "left": [
            {
                "kind": trouble.kind,
                "table": trouble.sheet or None,
                "row": trouble.row or None,
                "cell": trouble.cell if trouble.column else None,
                "heading": trouble.heading or None,
                "de": trouble.reason("de"),
                "en": trouble.reason("en"),
            }
            for trouble in plan.troubles
        ],
    }
