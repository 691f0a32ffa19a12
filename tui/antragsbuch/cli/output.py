"""Where a command puts what it made: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from antragsbuch.i18n import _
from antragsbuch.whole_files import write_whole

from .common import Refused, completed_by, document
from .parser import Parser

_FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "fish": "(__fish_complete_path (commandline -ct))"}


def output_arguments(parser: Parser) -> None:
    """The options `-o/--output` and `--force`."""
    file = parser.add_argument(
        "-o", "--output", metavar=_("FILE"), help=_("write into FILE; otherwise, or with -, to standard output")
    )
    completed_by(file, _FILES)
    parser.add_argument("--force", action="store_true", help=_("overwrite FILE where it is there already"))


def check_output(options: argparse.Namespace, *, is_text: bool = True) -> None:
    """Refuse a target that can't be, before the work is done. Raises `Refused`."""
    if options.output in (None, "-"):
        if not is_text and sys.stdout.isatty():
            raise Refused(_("This form is no text for a terminal: -o FILE writes it into a file."))
        return
    path = Path(options.output)
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise Refused(_("{path} is a folder or no plain file; nothing is written there.").format(path=path))
    if not options.force and os.path.lexists(path):
        raise _is_there(path)
    if not path.parent.is_dir():
        raise Refused(_("There is no folder {path}.").format(path=path.parent))


def deliver(options: argparse.Namespace, data: bytes, *, is_text: bool = True) -> None:
    """Write `data` where `output_arguments` said: every byte, or on a terminal a safe view of the text.

    A file appears with all its content, and one that is there is replaced only with `--force`. Raises `Refused`, and
    `OSError` where the file system refuses.
    """
    check_output(options, is_text=is_text)
    if options.output in (None, "-"):
        document(data)
        return
    path = Path(options.output)
    try:
        write_whole(path, data, replace=options.force)
    except FileExistsError as error:
        raise _is_there(path) from error


def _is_there(path: Path) -> Refused:
    return Refused(_("{path} is there already; --force overwrites it.").format(path=path))
