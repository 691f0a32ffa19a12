"""`antrag edit`: a motion in the person's own editor, checked before it is written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, ngettext

from .common import Refused, motion_argument, register_here, say
from .findings import say_findings
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Opened, Register


def arguments(parser: Parser) -> None:
    """Which motion."""
    parser.examples = "antrag edit 2292\nantrag edit motions/council.toml"
    motion_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Edit the motion that was named."""
    with register_here() as register:
        return edit(register, register.find(options.motion))


def edit(register: Register, path: str) -> int:
    """Edit the file at `path` until it is valid, or until the person says what to do with it; the exit status.

    What was typed never gets lost: it is kept as a draft until it is saved or discarded. Off a terminal an invalid
    text is written too, and said to be invalid.
    """
    from antragsbuch.hand_off import editor_command, hand_off
    from antragsbuch.store.drafts import DraftJournal, default_state_dir
    from antragsbuch.store.errors import ReadOnly, StoreError

    if register.read_only:
        raise ReadOnly(register.read_only)
    opened = register.open(path)
    command = editor_command(os.environ, register.git.config)
    text = before = opened.data.decode("utf-8", "surrogateescape")
    with DraftJournal(None, register.root).begin(path, opened.data, opened.blob) as draft:
        while True:
            back = hand_off(text, command, ".toml", default_state_dir() / "editor")
            if back.text is None and text == before:
                draft.finish()
                raise Refused(back.reason)
            if back.text is None:
                # the text of the round before is still there
                say(f"antrag: {back.reason}")
            else:
                text = back.text
            if text == before:
                draft.finish()
                say(_("Nothing was changed."))
                return 0
            draft.replace(text)
            draft.sync()
            wrong = _says_what_is_wrong(register, opened, text)
            answer = _ask() if wrong and sys.stdin.isatty() else "s"
            if answer == "d":
                draft.finish()
                say(_("Discarded what was typed."))
                return 1
            if answer == "s":
                try:
                    _save(register, opened, text)
                except StoreError:
                    say(_("What was typed is kept as a draft; antrag offers it where the motion is opened."))
                    raise
                draft.finish()
                return int(wrong)


def _save(register: Register, opened: Opened, text: str) -> None:
    """Write what was typed, merged with what others have saved meanwhile. Raises `StoreError`."""
    from antragsbuch.store import placing
    from antragsbuch.store.errors import ChangedElsewhere, HeadChange
    from antragsbuch.store.merging import merge_file

    try:
        path = placing.save(register, opened, text, _council(register)).path
    except ChangedElsewhere as elsewhere:
        typed = text.encode("utf-8")
        merge = merge_file(HeadChange(opened.path, opened.data, typed, elsewhere.theirs, None))
        if merge.merged.conflicts or elsewhere.theirs is None:
            raise
        content = merge.content(merge.merged.data) or b""
        theirs = replace(opened, data=elsewhere.theirs)
        path = placing.save(register, theirs, content.decode("utf-8"), _council(register)).path
        count = len(merge.merged.taken)
        say(
            ngettext(
                "{count} change that somebody else saved meanwhile was merged in.",
                "{count} changes that somebody else saved meanwhile were merged in.",
                count,
            ).format(count=count)
        )
    say(_("Saved {path}; not committed yet.").format(path=path))


def _says_what_is_wrong(register: Register, opened: Opened, text: str) -> bool:
    """Print the findings of `text`; whether one is an error."""
    import datetime as dt

    from antragsbuch.store import placing
    from antragsbuch_schema.diagnostics import Severity
    from antragsbuch_schema.validate import validate_file

    council, data = _council(register), text.encode("utf-8", "surrogateescape")
    path = next(iter(placing.goes_to(opened, text, council)), opened.path)
    found = validate_file(path, data, council, dt.date.today())
    say_findings(found, {path: data})
    return any(located.finding.severity == Severity.ERROR for located in found)


def _council(register: Register) -> Mapping[str, Any]:
    """What the council's file says; nothing where it can't be read: that may be what is being mended."""
    from antragsbuch.store.errors import BrokenCouncil

    try:
        return register.council()
    except BrokenCouncil:
        return {}


def _ask() -> str:
    while True:
        say(_("e: edit again, s: save as it is, d: discard what was typed"))
        answer = sys.stdin.readline()
        if not answer:
            return "s"
        if answer.strip().lower() in ("e", "s", "d"):
            return answer.strip().lower()
