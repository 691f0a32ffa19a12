"""From the words of a command line to an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from antragsbuch import __version__, i18n
from antragsbuch_schema.i18n import Language

from . import Command, find, main_parser, module_of
from .parser import speak

_WITH_VALUE = ("-C", "--lang")


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line, given without the program's name; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal that can't show a letter shows its code and does not end the program
            stream.reconfigure(errors="backslashreplace")
    i18n.use(_language(arguments))
    speak()
    options = main_parser(_command(arguments)).parse_args(list(arguments))
    if options.version:
        print(f"antragsbuch {__version__}")
        return 0
    command = find(options.command) if options.command else None
    try:
        return _carry_out(command, options)
    except BrokenPipeError:
        # the reader went away (a pager, `head`): what is still buffered has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return 130


def _carry_out(command: Command | None, options: argparse.Namespace) -> int:
    from antragsbuch.store.errors import StoreError
    from antragsbuch_schema.toml.errors import TomlError

    from .common import Refused, say

    try:
        if command is None:
            from antragsbuch.app import run as program

            return program(Path(options.directory) if options.directory else None, i18n.language())
        status = module_of(command).run(options)
        sys.stdout.flush()
        return status
    except (StoreError, Refused) as error:
        say(f"antrag: {error}")
    except TomlError as error:
        say(f"antrag: {error.message(i18n.language())}")
    return 2


def _language(arguments: Sequence[str]) -> Language:
    """The language of `--lang`, wherever it stands, or that of the environment."""
    for position, argument in enumerate(arguments):
        value = argument[7:] if argument.startswith("--lang=") else "".join(arguments[position + 1 : position + 2])
        if argument.startswith("--lang") and value in ("de", "en"):
            return "de" if value == "de" else "en"
    return i18n.language_of(os.environ)


def _command(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of one."""
    words = iter(arguments)
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None
