"""The argument parser of every command: examples first, words in the reader's language, a hint on a typo."""

from __future__ import annotations

import argparse
import difflib
import gettext
import os
import re
import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import NoReturn

from antragsbuch.i18n import _, language
from antragsbuch_schema.i18n import N_

_LOCALE = Path(__file__).parent.parent / "locale"

# what argparse itself says; it looks these up in the catalogue that `speak` binds
ARGPARSE_WORDS = (
    N_("usage: "),
    N_("%(prog)s: error: %(message)s\n"),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("ignored explicit argument %r"),
)


def speak() -> None:
    """Bind argparse's own messages to this program's catalogue, in the language that was chosen."""
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain("antragsbuch", _LOCALE)
    gettext.textdomain("antragsbuch")


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
        self._positionals.title = _("positional arguments")
        self._optionals.title = _("options")

    def format_help(self) -> str:
        """Examples, then what argparse writes."""
        whole = super().format_help()
        if not self.examples:
            return whole
        lines = "\n".join("  " + line.strip() for line in self.examples.strip().splitlines())
        return f"{_('Examples:')}\n{lines}\n\n{whole}"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and what was most likely meant; exit status 2."""
        hint = self._hint(message)
        sys.stderr.write(f"{self.prog}: {message}\n")
        if hint:
            sys.stderr.write(_("Did you mean {word}?").format(word=hint) + "\n")
        sys.stderr.write(_("Help: {command}").format(command=f"{self.prog} --help") + "\n")
        raise SystemExit(2)

    def _hint(self, message: str) -> str:
        unknown = re.search(r"'([^']+)'|(--?[\w-]+)\s*$", message)
        if unknown is None:
            return ""
        words = [option for action in self._actions for option in action.option_strings]
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                words += list(action.choices)
        close = difflib.get_close_matches(unknown[1] or unknown[2], words, 1, 0.6)
        return close[0] if close else ""
