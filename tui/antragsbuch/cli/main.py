"""From the words of a command line to an exit status."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import chdir, suppress
from io import TextIOWrapper, UnsupportedOperation
from pathlib import Path

from antragsbuch import __version__, i18n
from antragsbuch.i18n import _
from antragsbuch_schema.display import display
from antragsbuch_schema.i18n import Language

from . import Command, find, main_parser, module_of
from .parser import speaking

_WITH_VALUE = ("-C", "--lang")
_KNOWN = (*_WITH_VALUE, "-h", "--help", "--version")


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line, given without the program's name; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal that can't show a letter shows its code and does not end the program
            stream.reconfigure(errors="backslashreplace")
    i18n.use(_language(arguments))
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # the reader went away (a pager, `head`): what is still buffered has nowhere to go
        _drop_output()
        return 2
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"antrag: {display(f'{place}{error.strerror or error}')}\n")
        _drop_output()
        return 2
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str]) -> int:
    try:
        with speaking():
            options = _parsed(arguments)
    except SystemExit as end:
        # argparse has said all: the help, or what is wrong
        return end.code if isinstance(end.code, int) else 2
    if options.version:
        print(f"antragsbuch {__version__}")
        return 0
    return _carry_out(find(options.command) if options.command else None, options)


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    chosen = _command(arguments)
    parser = main_parser(chosen)
    if chosen is not None and find(chosen) is None:
        for word in arguments[: list(arguments).index(chosen)]:
            if word.startswith("-") and word.partition("=")[0] not in _KNOWN:
                parser.error(_("unrecognized arguments: %s") % word, word)
        parser.error(_("there is no command {name}").format(name=chosen), chosen)
    return parser.parse_args(list(arguments))


def _carry_out(command: Command | None, options: argparse.Namespace) -> int:
    from antragsbuch.store.errors import HookRefused, SigningFailed, StoreError

    from .common import Refused, say

    try:
        with chdir(options.directory or "."):
            if command is None:
                # of what is made until the first list stands hardly anything is garbage: the list switches it on again
                gc.disable()
                from antragsbuch.app import run as program

                return program(None, i18n.language())
            return module_of(command).run(options)
    except StoreError as error:
        say(f"antrag: {error}")
        if isinstance(error, (HookRefused, SigningFailed)) and error.detail:
            # only who refused can say why
            say("\n".join(f"    {line}" for line in error.detail.splitlines()))
    except Refused as error:
        say(f"antrag: {error}")
    return 2


def _drop_output() -> None:
    """Let what is still buffered go nowhere: Python would try once more at its end, and complain."""
    with suppress(UnsupportedOperation), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


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
