"""`antrag commit`: commit changed motions with a message that says what changed."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from antragsbuch.i18n import _
from antragsbuch_schema.i18n import Language

from .common import Refused, motion_argument, out, register_here, say
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which motions, and what to say."""
    parser.examples = (
        "antrag commit                # every changed motion, with a message made from the changes\n"
        'antrag commit 3185 --reason "Niederschrift vom 17.12."\n'
        "antrag commit --dry-run      # only show the message"
    )
    motion_argument(parser, several=True)
    parser.add_argument("-m", "--message", help=_("message; otherwise made from the changes"))
    parser.add_argument("--reason", default="", help=_("why; becomes a trailer"))
    parser.add_argument("--dry-run", action="store_true", help=_("commit nothing; print the message"))


def run(options: argparse.Namespace) -> int:
    """Commit what was named, or everything that changed; nothing with an error is committed."""
    from antragsbuch_schema.message import suggest

    from antragsbuch.store.merging import commit_with_merge
    from antragsbuch.store.proposal import expected_of, propose

    from .validate import rendered

    with register_here(options.directory) as register:
        wanted = {register.find(name) for name in options.motions}
        entries = propose(register, dt.date.today(), wanted or None)
        if not entries:
            raise Refused(_("Nothing to commit: the work tree holds what HEAD holds."))
        errors = [error for entry in entries for error in entry.errors]
        if errors:
            say(rendered(errors, {entry.path: entry.new or b"" for entry in entries}, "full", sys.stderr.isatty()))
            raise Refused(_("Nothing was committed: mend the errors first."))
        spoken: Language = "en" if register.council().get("language") == "en" else "de"
        message = options.message or suggest(
            [(entry.name, list(entry.changes), entry.kind) for entry in entries], spoken
        )
        if options.dry_run:
            out(message.rstrip("\n"))
            return 0
        paths = [path for entry in entries for path in entry.paths]
        done = commit_with_merge(register, paths, message, reason=options.reason, expected=expected_of(entries))
        for note in done.notes:
            say(note)
        say(_("Committed {commit}: {subject}").format(commit=done.oid[:10], subject=message.splitlines()[0]))
    return 0
