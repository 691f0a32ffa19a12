"""`antrag validate`: check motions, each finding with its line."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language

from .common import COUNCIL, Refused, chosen, coloured, day, read_file, read_input, root_here, say
from .findings import Source, rendered
from .parser import Parser
from .progress import progress

if TYPE_CHECKING:
    from antragsbuch_schema.validate import Checked, Report


def arguments(parser: Parser) -> None:
    """Which files, and how to say what was found."""
    parser.examples = _(
        "antrag validate              # every motion, the council's file, and what holds between them\n"
        "antrag validate motions/V    # only these; what holds between all motions is checked too\n"
        "antrag validate --fix        # mend what can be mended without changing what a motion says\n"
        "antrag validate --json > findings.json\n"
        "antrag validate - --stdin-filename motions/V/2200/2292-HHA.toml < motion.toml"
    )
    parser.add_argument("paths", nargs="*", metavar=_("PATH"), help=_("files or folders; - is standard input"))
    parser.add_argument(
        "--output-format",
        choices=("full", "concise", "json"),
        help=_("otherwise full on a terminal, concise in a pipe"),
    )
    parser.add_argument("--json", action="store_const", const="json", dest="output_format", help=_("as JSON"))
    parser.add_argument(
        "--fail-on", choices=("error", "warning"), default="error", help=_("what gives exit status 1; otherwise error")
    )
    parser.add_argument(
        "--today", metavar=_("DATE"), help=_("the day for which findings count; otherwise that of the commit")
    )
    parser.add_argument("--fix", action="store_true", help=_("mend what can be mended safely, and write it"))
    parser.add_argument("--unsafe-fixes", action="store_true", help=_("mend what may change the meaning, too"))
    parser.add_argument("--stdin-filename", metavar=_("PATH"), default="-", help=_("the path that - stands for"))


def run(options: argparse.Namespace) -> int:
    """Check, print, and say by the exit status whether it is clean."""
    if options.paths == ["-"] and (options.fix or options.unsafe_fixes):
        raise Refused(_("Standard input can't be mended; name the file."))
    root = root_here()
    today = day(options.today) if options.today else _day_of(root)
    if options.paths == ["-"]:
        data = read_input()
        report = _standard_input(root, options.stdin_filename, data, today)
        source: Source = {options.stdin_filename: data}.get
    else:
        if options.fix or options.unsafe_fixes:
            _mend(root, options.paths, today, options.unsafe_fixes)
        report = _files(root, options.paths, today)
        source = lru_cache(1)(lambda path: _bytes(root, path))
    form = options.output_format or ("full" if sys.stdout.isatty() else "concise")
    sys.stdout.write(rendered(report.findings, source, form, coloured(sys.stdout)))
    if form != "json":
        from antragsbuch_schema.reports.text import summary

        say(summary(report.findings, report.files, language()))
    return 1 if _fails(report, options.fail_on) else 0


def _files(root: Path, names: list[str], today: dt.date) -> Report:
    """The whole register is read, since rules hold between motions; only what was named is reported."""
    from antragsbuch.store import worktree
    from antragsbuch_schema.validate import Report

    paths, others = worktree.paths(root), worktree.others(root)
    wanted = set(chosen(root, names, [COUNCIL, *paths, *others]))
    report = (None if others else _known(root, today)) or _checked(root, paths, others, today)
    return Report.of((found for found in report.findings if found.path in wanted), len(wanted))


def _known(root: Path, today: dt.date) -> Report | None:
    """What the index says, once it has taken up what changed; None where the register has none.

    To make one takes longer than to check once, so that is left to those who list and filter.
    """
    from antragsbuch.store.errors import StoreError
    from antragsbuch.store.index import Index, has_index
    from antragsbuch.store.register import open_register

    with suppress(StoreError), open_register(root) as register:
        if has_index(register):
            with closing(Index(register)) as index, progress(_("Checking")) as tell:
                index.refresh(progress=tell, today=today)
                return index.report(today)
    return None


def _checked(root: Path, paths: list[str], others: list[str], today: dt.date) -> Report:
    """What checking every file gives."""
    from antragsbuch.store import worktree
    from antragsbuch_schema.validate import check_files, check_refused, conclude, directory_of

    council = worktree.read(root, COUNCIL)
    directory = directory_of(council)
    refused: dict[str, Checked] = {
        path: check_refused(path, _("it is a link or no plain file; put the file itself in its place"))
        for path in others
    }
    checked: list[Checked] = []
    with progress(_("Checking")) as tell:
        for file in check_files(_read(root, paths, refused), directory, os.cpu_count() or 1):
            checked.append(file)
            tell(len(checked), len(paths))
    return conclude([*checked, *refused.values()], council, directory, today)


def _mend(root: Path, names: list[str], today: dt.date, unsafe: bool) -> None:
    """Mend the files that have something to mend."""
    from antragsbuch.store import worktree
    from antragsbuch_schema.validate import directory_of

    from .mending import mend_files

    found = _files(root, names, today).findings
    fixes = {located.path: None for located in found if located.finding.fix and (unsafe or located.finding.fix.safe)}
    mend_files(fixes, directory_of(worktree.read(root, COUNCIL)), today, unsafe)


def _read(root: Path, paths: list[str], refused: dict[str, Checked]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file that can be read; the others go into `refused`."""
    from antragsbuch_schema.validate import check_refused

    for path in paths:
        try:
            yield path, read_file(root / path)
        except Refused as error:
            refused[path] = check_refused(path, str(error).removeprefix(f"{root / path}: "))


def _bytes(root: Path, path: str) -> bytes | None:
    try:
        return read_file(root / path)
    except Refused:
        return None


def _standard_input(root: Path, path: str, data: bytes, today: dt.date) -> Report:
    from antragsbuch.store import worktree
    from antragsbuch_schema.validate import Report, directory_of, validate_file

    return Report.of(validate_file(path, data, directory_of(worktree.read(root, COUNCIL)), today), 1)


def _day_of(root: Path) -> dt.date:
    """The day of the commit that is checked, so that an old one gives the same answer tomorrow.

    Today where something is changed since, and where there is no git.
    """
    from antragsbuch.store.errors import StoreError
    from antragsbuch.store.register import open_register

    with suppress(StoreError), open_register(root) as register:
        if not register.status().changed and (head := register.objects.head()):
            return dt.datetime.fromtimestamp(register.objects.commit(head).committer.time, dt.UTC).date()
    return dt.date.today()


def _fails(report: Report, fail_on: str) -> bool:
    from antragsbuch_schema.diagnostics import Severity

    least = Severity.ERROR if fail_on == "error" else Severity.WARNING
    return report.worst is not None and report.worst >= least
