"""`antrag validate`: check motions, each finding with its line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _

from .common import root_here, say, verbatim
from .parser import Parser
from .validating import FORMATS, PEOPLE, Request, request_of

if TYPE_CHECKING:
    from antragsbuch_schema.policy import Policy

    from .validating_check import Outcome


def arguments(parser: Parser) -> None:
    """Which files, which rules, how to say what was found, what to mend, and what is a failure."""
    parser.examples = _(
        "antrag validate              # every motion, the council's file, and what holds between them\n"
        "antrag validate motions/V    # only these; what holds between all motions is checked too\n"
        "antrag validate --fix        # mend what can be mended without changing what a motion says\n"
        "antrag validate --diff       # show what would be mended, and write nothing\n"
        "antrag validate --since main --report sarif=antrag.sarif    # what a branch changed, for CI\n"
        "antrag validate --baseline known.json --fail-on warning     # fail on new findings only\n"
        "antrag validate - --stdin-filename motions/V/2200/2292-HHA.toml < motion.toml"
    )
    parser.add_argument("paths", nargs="*", metavar=_("PATH"), help=_("files or folders; - is standard input"))
    what = parser.add_argument_group(_("what is checked"))
    what.add_argument(
        "--since", metavar=_("REV"), help=_("only what differs from where this revision and the present branch parted")
    )
    what.add_argument("--staged", action="store_true", help=_("what git add has put into the index"))
    what.add_argument("--rev", metavar=_("REV"), help=_("a commit, without checking it out"))
    what.add_argument(
        "--today", metavar=_("DATE"), help=_("the day for which findings count; otherwise that of the commit")
    )
    what.add_argument("--stdin-filename", metavar=_("PATH"), help=_("the path that - stands for"))
    which = parser.add_argument_group(_("which findings"))
    for name, help_text in (
        ("--select", _("only these rules: codes, families such as VO, or names; TO is always shown")),
        ("--ignore", _("not these; the more exact word counts")),
    ):
        which.add_argument(name, action="append", default=[], metavar=_("CODE[,CODE...]"), help=help_text)
    which.add_argument("--baseline", metavar=_("FILE"), help=_("do not show the findings that this file knows"))
    which.add_argument(
        "--update-baseline",
        action="store_true",
        help=_("write FILE where there is none; else take out of it what was not found any more"),
    )
    said = parser.add_argument_group(_("how it is said"))
    said.add_argument(
        "--output-format",
        choices=FORMATS,
        metavar=_("FORMAT"),
        help=_(
            "{formats}; otherwise that of ANTRAGSBUCH_OUTPUT_FORMAT, or full on a terminal and concise in a pipe; in "
            "GitHub Actions full and annotations"
        ).format(formats=", ".join(FORMATS)),
    )
    said.add_argument("--json", action="store_const", const="json", dest="output_format", help=_("as JSON"))
    said.add_argument(
        "--report",
        action="append",
        default=[],
        metavar=_("FORMAT=FILE"),
        help=_("write a report too; again for several; - is standard output"),
    )
    said.add_argument("--statistics", action="store_true", help=_("how often each rule was broken, not where"))
    said.add_argument("-q", "--quiet", action="store_true", help=_("findings only, no summary"))
    said.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help=_("otherwise auto; NO_COLOR counts then")
    )
    mend = parser.add_argument_group(_("mending"))
    mend.add_argument("--fix", action="store_true", help=_("mend what can be mended safely, and write it"))
    mend.add_argument("--unsafe-fixes", action="store_true", help=_("mend what may change the meaning, too"))
    mend.add_argument("--diff", action="store_true", help=_("write nothing; show what would be mended, exit 1 then"))
    status = parser.add_argument_group(_("exit status"))
    status.add_argument(
        "--fail-on",
        choices=("error", "warning", "remark"),
        default="error",
        help=_("what gives exit status 1; otherwise error"),
    )
    status.add_argument("--exit-zero", action="store_true", help=_("exit status 0 whatever was found"))


def run(options: argparse.Namespace) -> int:
    """Check, print, and say by the exit status whether it is clean: 0, or 1 for findings (2 where it can't be done)."""
    from .validating_check import check

    request = request_of(options)
    policy, root = request.policy(), _root(request)
    if request.diff:
        return _show_differences(check(root, request), policy, request)
    from antragsbuch_schema.baseline import of_check
    from antragsbuch_schema.judge import judge

    from .validating_baseline import bring_up_to_date, known_by
    from .validating_reports import print_report, summary, write_reports

    known = known_by(request)
    outcome = check(root, request)
    if request.fix:
        from .mending import mend_files, mendable, mending

        if mend_files(mendable(outcome, policy, request.unsafe), mending(outcome, policy, request.unsafe)):
            # the same day: what was mended may have been all that was not committed
            outcome = check(root, request._replace(today=outcome.day))
    judged = judge(outcome.report, policy, known, outcome.text)
    judged = judged._replace(gone=of_check(judged.gone, None if request.of_all else outcome.paths, policy.wants))
    if request.update_baseline:
        judged = bring_up_to_date(request, known, outcome, judged, policy)
    write_reports(root, request, outcome, judged)
    print_report(root, request, outcome, judged)
    if not request.quiet and request.form in PEOPLE:
        for line in summary(outcome, judged):
            say(line)
    return 1 if judged.fails and not request.exit_zero else 0


def _root(request: Request) -> Path:
    """The register; for a commit or the index, the folder where git is asked, which may be a bare repository."""
    from antragsbuch.store.errors import StoreError

    try:
        return root_here()
    except StoreError:
        if request.rev is None and not request.staged:
            raise
        return Path.cwd()


def _show_differences(outcome: Outcome, policy: Policy, request: Request) -> int:
    """Print what mending would change; whether there is anything is the exit status."""
    from .mending import differences, mendable, mending

    mend = mending(outcome, policy, request.unsafe)
    lines = list(differences(mendable(outcome, policy, request.unsafe), outcome, mend))
    for line in lines:
        verbatim(line)
    if not lines and not request.quiet:
        say(_("Nothing would be mended."))
    return 1 if lines and not request.exit_zero else 0
