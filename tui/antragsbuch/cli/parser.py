"""The argument parser of every command: examples first, words in the reader's language, a hint on a typo."""

from __future__ import annotations

import argparse
import gettext
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, NoReturn

from antragsbuch.i18n import _, language
from antragsbuch_schema.display import display, display_lines
from antragsbuch_schema.i18n import N_

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_LOCALE = Path(__file__).parent.parent / "locale"

# what argparse itself says; it looks these up in the catalogue that `speaking` binds
ARGPARSE_WORDS = (
    N_("usage: "),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("ignored explicit argument %r"),
)
_BEFORE = ("-C", "--lang")


@contextmanager
def speaking() -> Iterator[None]:
    """Let argparse say its own messages in the language of the process, from this program's catalogue."""
    before = os.environ.get("LANGUAGE")
    domain = gettext.textdomain()
    gettext.bindtextdomain("antragsbuch", _LOCALE)
    gettext.textdomain("antragsbuch")
    os.environ["LANGUAGE"] = language()
    try:
        yield
    finally:
        # an editor and git speak as the person has set them
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help at most 79 columns wide, with room for long option names."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=max(40, min(79, get_terminal_size().columns - 1)))


class Parser(argparse.ArgumentParser):
    """An argument parser whose help begins with examples and whose errors name the nearest right word.

    `examples` are lines `command  # what it does`, shown before everything else.
    """

    def __init__(
        self,
        prog: str | None = None,
        usage: str | None = None,
        description: str | None = None,
        epilog: str | None = None,
        examples: str = "",
    ) -> None:
        super().__init__(prog, usage, description, epilog, formatter_class=Formatter, allow_abbrev=False)
        self.examples = examples
        self._positionals.title = _("arguments")
        self._optionals.title = _("options")

    def format_help(self) -> str:
        """Examples, then what argparse writes."""
        whole = super().format_help()
        if not self.examples:
            return whole
        lines = "\n".join("  " + line.strip() for line in self.examples.strip().splitlines())
        heading = _("Examples:")
        return f"{heading}\n{lines}\n\n{whole}"

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Write the help; unlike argparse, say so where it can't be written."""
        (file or sys.stdout).write(self.format_help())

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """As argparse does; what a command does not know is its own error, so that its own options are suggested."""
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(_("unrecognized arguments: %s") % " ".join(rest), rest[0])
        return found, rest

    def error(self, message: str, word: str = "") -> NoReturn:
        """Say what is wrong and what was most likely meant; exit status 2. `word` is what was not understood."""
        quoted = re.search(r"'([^']+)'", message)
        wrong = word or (quoted[1] if quoted else "")
        sys.stderr.write(f"{self.prog}: {display_lines(message)}\n")
        if wrong.partition("=")[0] in _BEFORE:
            sys.stderr.write(_("{option} stands before the command.").format(option=display(wrong)) + "\n")
        elif hint := self._hint(wrong):
            sys.stderr.write(_("Did you mean {word}?").format(word=hint) + "\n")
        sys.stderr.write(_("Help: {command}").format(command=f"{self.prog} --help") + "\n")
        raise SystemExit(2)

    def _hint(self, wrong: str) -> str:
        import difflib

        words: list[str] = []
        for action in self._actions:
            words += action.option_strings
            words += map(str, action.choices or ())
        return next(iter(difflib.get_close_matches(wrong.partition("=")[0], words, 1, 0.6)), "")
