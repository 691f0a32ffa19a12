"""What one run of `antrag validate` was asked for, and what can't be asked for together."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _

from .common import Refused, day

if TYPE_CHECKING:
    from antragsbuch_schema.policy import Policy

FORMATS = (
    "full",
    "concise",
    "narrated",
    "json",
    "jsonl",
    "github",
    "gitlab",
    "sarif",
    "junit",
    "rdjson",
    "markdown",
)
"""Every form of a report, those of `antragsbuch_schema.reports.forms`, named here for the help."""
PEOPLE = ("full", "concise", "narrated")
"""The forms behind which a summary stands; the others are for programs, or have their own."""
VARIABLE = "ANTRAGSBUCH_OUTPUT_FORMAT"
INPUT = "-"


class Request(NamedTuple):
    """The options of one run, understood.

    `form` is that of standard output, "" for nothing there; `annotate` adds annotations for GitHub. `reports` are forms
    and files. `staged` and `rev` say what is checked instead of the work tree.
    """

    paths: tuple[str, ...]
    since: str | None
    staged: bool
    rev: str | None
    today: dt.date | None
    name: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    baseline: str | None
    update_baseline: bool
    form: str
    annotate: bool
    reports: tuple[tuple[str, str], ...]
    statistics: bool
    quiet: bool
    color: str
    fix: bool
    unsafe: bool
    diff: bool
    fail_on: str
    exit_zero: bool

    @property
    def of_input(self) -> bool:
        """Whether standard input is checked."""
        return self.paths == (INPUT,)

    @property
    def of_all(self) -> bool:
        """Whether every file of the register is checked."""
        return not (self.paths or self.since or self.staged)

    def policy(self) -> Policy:
        """The rules that are asked for. Raises `Refused` for a word that names none."""
        from antragsbuch_schema.diagnostics import Severity
        from antragsbuch_schema.policy import UnknownRule, policy

        try:
            return policy(self.select, self.ignore, Severity[self.fail_on.upper()])
        except UnknownRule as error:
            hint = (
                _("Did you mean {word}?").format(word=", ".join(error.meant))
                if error.meant
                else _("antrag rule lists them all.")
            )
            raise Refused(_("There is no rule {code}.").format(code=error.word) + " " + hint) from error


def request_of(options: argparse.Namespace) -> Request:
    """The request that options make. Raises `Refused` for what makes no sense, with the reason."""
    reports = tuple(_report(each) for each in options.report)
    form, annotate = _form(options, reports)
    request = Request(
        paths=tuple(options.paths),
        since=options.since,
        staged=options.staged,
        rev=options.rev,
        today=day(options.today) if options.today else None,
        name=options.stdin_filename or INPUT,
        select=_words(options.select),
        ignore=_words(options.ignore),
        baseline=options.baseline,
        update_baseline=options.update_baseline,
        form=form,
        annotate=annotate,
        reports=reports,
        statistics=options.statistics,
        quiet=options.quiet,
        color=options.color,
        fix=options.fix or options.unsafe_fixes,
        unsafe=options.unsafe_fixes,
        diff=options.diff,
        fail_on=options.fail_on,
        exit_zero=options.exit_zero,
    )
    for wrong, why in _impossible(request, named=options.stdin_filename is not None):
        if wrong:
            raise Refused(why)
    return request


def _impossible(request: Request, *, named: bool) -> list[tuple[bool, str]]:
    """What can't be asked for together, and why."""
    writes = request.fix and not request.diff
    elsewhere = bool(request.rev or request.staged)
    return [
        (INPUT in request.paths and len(request.paths) > 1, _("Standard input is checked alone, without other files.")),
        (
            request.of_input and bool(elsewhere or request.since),
            _("Standard input has no history: --since, --staged and --rev are about files of the register."),
        ),
        (named and not request.of_input, _("--stdin-filename says what - stands for; - is missing.")),
        (request.of_input and writes, _("Standard input can't be mended; name the file, or add --diff.")),
        (bool(request.rev) and request.staged, _("--rev checks a commit and --staged the index; choose one.")),
        (writes and elsewhere, _("Only files of the work tree can be mended; add --diff to see what would be.")),
        (request.update_baseline and not request.baseline, _("--update-baseline needs --baseline FILE.")),
        (
            request.update_baseline and elsewhere,
            _("A baseline is brought up to date from the work tree, not from --rev or --staged."),
        ),
        (
            request.diff and bool(request.reports or request.statistics or request.baseline),
            _("--diff shows what would be mended and no findings: without --report, --statistics and --baseline."),
        ),
        (
            request.statistics and request.form not in (*PEOPLE, "json", ""),
            _("--statistics is a table or JSON, not {form}.").format(form=request.form),
        ),
    ]


def _form(options: argparse.Namespace, reports: tuple[tuple[str, str], ...]) -> tuple[str, bool]:
    """The form of standard output, and whether GitHub's annotations are added."""
    printed = [form for form, file in reports if file == INPUT]
    if len(printed) > 1 or (printed and options.output_format):
        raise Refused(_("Standard output can hold one report; give the others files."))
    if printed:
        return printed[0], False
    if options.output_format:
        return str(options.output_format), False
    if wanted := os.environ.get(VARIABLE, ""):
        if wanted not in FORMATS:
            raise Refused(_unknown_form(wanted, VARIABLE))
        return wanted, False
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "full", True
    return ("full" if sys.stdout.isatty() else "concise"), False


def _report(written: str) -> tuple[str, str]:
    form, _equals, file = written.partition("=")
    if form not in FORMATS:
        raise Refused(_unknown_form(form, "--report"))
    if not file:
        raise Refused(_("--report {form}: name a file behind it, such as {form}={form}.txt").format(form=form))
    return form, file


def _unknown_form(form: str, where: str) -> str:
    import difflib

    near = difflib.get_close_matches(form, FORMATS, 1)
    hint = _("Did you mean {word}?").format(word=near[0]) if near else ", ".join(FORMATS)
    return _("{where}: there is no form {form}.").format(where=where, form=form) + " " + hint


def _words(listed: list[str]) -> tuple[str, ...]:
    """The words of an option that takes several at once and may stand several times."""
    return tuple(word.strip() for each in listed for word in each.split(",") if word.strip())
