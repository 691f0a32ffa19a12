"""`antrag receive`: what the hook `pre-receive` of a hub asks; it refuses a push, and says what to mend."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, ngettext, use

from .common import COUNCIL, say
from .findings import rendered
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.receiving import Refusal
    from antragsbuch.store.runner import Git

_SHOWN = 20
"""How many findings are shown of one refusal: who pushes sees all of them with `antrag validate`."""
_MANY = 500
"""From so many files on it is said that they are being checked: it takes a while."""


def arguments(parser: Parser) -> None:
    """None: git gives the references on standard input."""


def run(options: argparse.Namespace) -> int:
    """Read `old new ref` lines; exit status 1, and words on stderr, where the push may not come in."""
    from antragsbuch.store.pushed import read_updates
    from antragsbuch.store.receiving import judge
    from antragsbuch.store.runner import Git, discover_hub

    updates = read_updates(sys.stdin.buffer.read())
    git = Git(discover_hub(Path.cwd()))
    if options.lang is None and not os.environ.get("ANTRAGSBUCH_LANG"):
        _speak(git)
    refusals = judge(git, updates, _tell)
    for refusal in refusals:
        _say(refusal)
    if refusals:
        say(_("Nothing of this push was taken over."))
    return 1 if refusals else 0


def _speak(git: Git) -> None:
    """Who pushes is somewhere else: the language of the server says nothing, that of the register does."""
    from antragsbuch.store.objects import Objects
    from antragsbuch_schema.validate import directory_of

    objects = Objects(git)
    try:
        words = directory_of(objects.content(objects.head(), COUNCIL)).data.get("language")
    finally:
        objects.close()
    if words in ("de", "en"):
        use("de" if words == "de" else "en")


def _tell(files: int) -> None:
    if files >= _MANY:
        say(ngettext("{count} file is checked ...", "{count} files are checked ...", files).format(count=files))


def _say(refusal: Refusal) -> None:
    say(f"antrag: {refusal.ref}: {refusal.reason} {refusal.remedy}".rstrip())
    shown = refusal.findings[:_SHOWN]
    sys.stderr.write(rendered(shown, refusal.sources.get, "full", colour=False))
    if rest := len(refusal.findings) - len(shown):
        say(ngettext("... and {count} more finding.", "... and {count} more findings.", rest).format(count=rest))
