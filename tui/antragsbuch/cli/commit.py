"""`antrag commit`: commit changed motions with a message that says what changed."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from antragsbuch.i18n import _
from antragsbuch_schema.i18n import Language

from .common import Refused, motion_argument, out, register_here, say
from .findings import say_findings
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.proposal import Entry
    from antragsbuch.store.register import Register


def arguments(parser: Parser) -> None:
    """Which motions, and what to say."""
    parser.examples = _(
        "antrag commit                # every changed motion, with a message made from the changes\n"
        'antrag commit 3185 --reason "Niederschrift vom 17.12."\n'
        "antrag commit --edit         # with a last look at the message in $EDITOR\n"
        "antrag commit --dry-run      # only show the message"
    )
    motion_argument(parser, "*")
    parser.add_argument("-m", "--message", help=_("message; otherwise made from the changes"))
    parser.add_argument("-e", "--edit", action="store_true", help=_("edit the message in $EDITOR first"))
    parser.add_argument("--reason", default="", help=_("why; becomes a trailer"))
    parser.add_argument("--dry-run", action="store_true", help=_("commit nothing; print the message"))


def run(options: argparse.Namespace) -> int:
    """Commit what was named, or everything that changed; nothing with an error is committed."""
    from antragsbuch.store.merging import commit_with_merge
    from antragsbuch.store.proposal import expected_of

    with register_here() as register:
        entries = _entries(register, options.motions)
        if not entries:
            raise Refused(_("Nothing to commit: the work tree holds what HEAD holds."))
        errors = [error for entry in entries for error in entry.errors]
        if errors:
            say_findings(errors, {entry.path: entry.new or b"" for entry in entries})
            raise Refused(_("Nothing was committed: mend the errors first."))
        message = _message(register, entries, options)
        if options.dry_run:
            out(message.rstrip("\n"))
            return 0
        introduce(register)
        paths = [path for entry in entries for path in entry.paths]
        done = commit_with_merge(
            register,
            paths,
            message,
            reason=options.reason,
            expected=expected_of(entries),
            reviewed={entry.path: entry.new for entry in entries},
        )
        for note in done.notes:
            say(note)
        say(_("Committed {commit}: {subject}").format(commit=done.oid[:10], subject=message.splitlines()[0]))
    return 0


def _entries(register: Register, names: Sequence[str]) -> list[Entry]:
    """What is to be committed: all that differs from HEAD, or what was named of it."""
    from antragsbuch.store.errors import NotFound
    from antragsbuch.store.find import means
    from antragsbuch.store.proposal import propose

    today = dt.date.today()
    if not names:
        return propose(register, today)
    paths: set[str] = set()
    for name in names:
        try:
            paths.add(register.find(name))
        except NotFound:
            # a motion that was removed is known by what it was
            removed = [change.path for change in register.status().changed if change.kind == "removed"]
            gone = {path for path in removed if means(name, path, register.committed(path) or b"")}
            if not gone:
                raise
            paths |= gone
    return propose(register, today, paths)


def _message(register: Register, entries: Sequence[Entry], options: argparse.Namespace) -> str:
    """What was given, or what is made from the changes; edited where that is asked for. Never empty."""
    message: str = options.message or suggestion(register, entries)
    if options.edit:
        from antragsbuch.hand_off import editor_command, hand_off
        from antragsbuch.store.drafts import default_state_dir

        command = editor_command(os.environ, register.git.config)
        back = hand_off(message, command, ".txt", default_state_dir() / "editor")
        if back.text is None:
            raise Refused(_("{reason}. Nothing was committed.").format(reason=back.reason))
        message = back.text
    if not message.strip():
        raise Refused(_("The message is empty. Nothing was committed."))
    return message


def suggestion(register: Register, entries: Sequence[Entry]) -> str:
    """The message that is made from the changes, in the language of the register."""
    from antragsbuch_schema.message import suggest

    spoken: Language = "en" if register.council().get("language") == "en" else "de"
    return suggest([(entry.name, list(entry.changes), entry.kind) for entry in entries], spoken)


def introduce(register: Register) -> None:
    """Ask once who the person is, where git does not know it and somebody is there to answer."""
    if register.identity() is not None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    say(_("git does not know you yet. Name and address go into this clone's configuration."))
    register.set_identity(_answer(_("Your name:")), _answer(_("Your e-mail address:")))


def _answer(question: str) -> str:
    sys.stderr.write(question + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()
