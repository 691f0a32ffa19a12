"""`antrag edit`: a motion in the person's own editor, checked before it is written."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from antragsbuch.i18n import _

from .common import Refused, motion_argument, register_here, say
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register


def arguments(parser: Parser) -> None:
    """Which motion."""
    parser.examples = "antrag edit 2292"
    motion_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Edit until it is valid, or until the person says what to do with it.

    What was typed never gets lost: off a terminal an invalid text is written too, and said to be invalid.
    """
    from platformdirs import user_state_path

    from antragsbuch.hand_off import editor_command, hand_off

    with register_here(options.directory) as register:
        opened = register.open(register.find(options.motion))
        text = opened.data.decode("utf-8", "replace")
        command = editor_command(os.environ, register.git.config.get("core.editor"))
        while True:
            back = hand_off(text, command, ".toml", user_state_path("antragsbuch") / "edit")
            if back.text is None:
                raise Refused(back.reason)
            text = back.text
            if text.encode("utf-8") == opened.data:
                say(_("Nothing was changed."))
                return 0
            errors = _errors(register, opened.path, text)
            answer = _ask() if errors and sys.stdin.isatty() else "s"
            if answer == "s":
                register.save(opened, text)
                say(_("Saved {path}; not committed yet.").format(path=opened.path))
                return 1 if errors else 0
            if answer == "d":
                say(_("Discarded what was typed."))
                return 1


def _errors(register: Register, path: str, text: str) -> bool:
    """Print the findings of `text`; whether one is an error."""
    import datetime as dt

    from antragsbuch_schema.diagnostics import Severity
    from antragsbuch_schema.validate import validate_file

    from .validate import rendered

    data = text.encode("utf-8")
    found = validate_file(path, data, register.council(), dt.date.today())
    if found:
        say(rendered(found, {path: data}, "full", sys.stderr.isatty()))
    return any(located.finding.severity == Severity.ERROR for located in found)


def _ask() -> str:
    while True:
        say(_("e: edit again, s: save as it is, d: discard what was typed"))
        answer = sys.stdin.readline()
        if not answer:
            return "s"
        if answer.strip().lower() in ("e", "s", "d"):
            return answer.strip().lower()
