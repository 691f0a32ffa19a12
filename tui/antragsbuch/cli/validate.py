"""`antrag validate`: check motions, each finding with its line."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language

from .common import COUNCIL, Refused, motion_files, read_file, root_of, say
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch_schema.diagnostics import Located
    from antragsbuch_schema.validate import Report


def arguments(parser: Parser) -> None:
    """Which files, and how to say what was found."""
    parser.examples = (
        "antrag validate              # every motion, the council's file, and what holds between them\n"
        "antrag validate motions/V    # only these; what holds between all motions is checked too\n"
        "antrag validate --output-format json > findings.json\n"
        "antrag validate - --stdin-filename motions/V/2200/2292-HHA.toml < motion.toml"
    )
    parser.add_argument("paths", nargs="*", metavar=_("PATH"), help=_("files or folders; - is standard input"))
    parser.add_argument(
        "--output-format",
        choices=("full", "concise", "json"),
        help=_("otherwise full on a terminal, concise in a pipe"),
    )
    parser.add_argument("--fail-on", choices=("error", "warning"), default="error", help=_("what exit status 1 means"))
    parser.add_argument("--today", metavar=_("DATE"), help=_("the day for which findings count"))
    parser.add_argument("--stdin-filename", metavar=_("PATH"), default="-", help=_("the path that - stands for"))


def run(options: argparse.Namespace) -> int:
    """Check, print, and say by the exit status whether it is clean."""
    root = root_of(options.directory)
    day = _day(options.today) or _day_of(root)
    if options.paths == ["-"]:
        report, sources = _standard_input(root, options.stdin_filename, day)
    else:
        report, sources = _files(root, Path(options.directory or "."), options.paths, day)
    form = options.output_format or ("full" if sys.stdout.isatty() else "concise")
    sys.stdout.write(rendered(report.findings, sources, form, _colour()))
    if form != "json":
        from antragsbuch_schema.reports.text import summary

        say(summary(report.findings, report.files, language()))
    return 1 if _fails(report, options.fail_on) else 0


def rendered(findings: Sequence[Located], sources: Mapping[str, bytes], form: str, colour: bool) -> str:
    """The findings in one of the forms; `sources` are the bytes of the files that they are about."""
    if form == "json":
        from antragsbuch_schema.reports.as_json import render as as_json

        return as_json(findings, language())
    from antragsbuch_schema.reports.text import render

    texts = {path: data.decode("utf-8", "replace") for path, data in sources.items()}
    return render(findings, texts.get, language(), form="full" if form == "full" else "concise", colour=colour)


def _files(root: Path, base: Path, names: list[str], day: dt.date) -> tuple[Report, dict[str, bytes]]:
    """The whole register is read, since rules hold between motions; only what was named is reported."""
    from antragsbuch_schema.validate import Report, validate_register

    council = root / COUNCIL
    wanted = [_inside(root, base, name) for name in names]
    every = motion_files(root)
    report = validate_register(_read(root, every), read_file(council), day, os.cpu_count() or 1)
    if wanted:
        paths = [COUNCIL, *motion_files(root)]
        chosen = {path for path in paths if any(_below(path, name) for name in wanted)}
        report = Report.of((found for found in report.findings if found.path in chosen), len(chosen))
    sources = {path: (root / path).read_bytes() for path in {found.path for found in report.findings}}
    return report, sources


def _standard_input(root: Path, path: str, day: dt.date) -> tuple[Report, dict[str, bytes]]:
    from antragsbuch_schema.validate import Report, directory_of, validate_file

    data = sys.stdin.buffer.read()
    found = validate_file(path, data, directory_of(read_file(root / COUNCIL)), day)
    return Report.of(found, 1), {path: data}


def _read(root: Path, paths: Iterator[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path, read_file(root / path)


def _inside(root: Path, base: Path, name: str) -> str:
    """A path that was named, relative to the register. Raises `Refused` where it is not in it or not there."""
    path = base / name
    if not path.exists():
        raise Refused(_("There is no {path}.").format(path=name))
    absolute = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
    if not absolute.is_relative_to(root):
        raise Refused(_("{path} is not in the register {root}.").format(path=name, root=root))
    return absolute.relative_to(root).as_posix()


def _below(path: str, name: str) -> bool:
    return name == "." or path == name or path.startswith(name + "/")


def _day(typed: str | None) -> dt.date | None:
    from antragsbuch_schema.german import parse_date

    if typed is None:
        return None
    day = parse_date(typed, dt.date.today())
    if day is None:
        raise Refused(_("{typed} is no date; write it like 15.11.2023").format(typed=typed))
    return day


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


def _colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
