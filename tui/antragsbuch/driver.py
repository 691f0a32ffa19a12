"""The terminal driver: Textual's own for Linux and macOS, made to survive bad bytes and a lost connection.

Textual 8.2.8 decodes its input strictly (one Latin-1 umlaut or an old mouse report ends the input thread), spins at
the end of its input, and ends without a word at SIGHUP and SIGTERM. Here bad bytes become U+FFFD, and a connection
that is lost makes the program end as if the person had left it: `lost` of the app is called on its event loop.

Escape and the key after it often come together: tmux holds escape back for half a second, a slow line sends both in
one packet. Textual takes them for one key with alt, and typing goes on where the person had left it. Here escape is
escape, whatever follows; a key with alt means the same as escape and that key. Pastes are put together in
`incoming` and come as one event.
"""

from __future__ import annotations

import os
import re
import selectors
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

import textual
from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from .incoming import ESCAPE, Input, Pasted

if TYPE_CHECKING:
    from textual.app import App

ESCAPE_DELAY = 0.1
"""Seconds that an escape at the end of the input waits for the rest of a sequence."""

VERIFIED = "8.2."
"""The versions of Textual that this driver was written against; with another its own driver is used."""
_METADATA = re.compile(r"textual-([0-9.]+)\.dist-info")


class Endable(Protocol):
    """An app that can be told that its terminal is gone."""

    def lost(self, why: str) -> None:
        """End in order; `why` is "SIGHUP", "SIGTERM" or "EOF"."""


class QuietFile:
    """A terminal to write to that does not fail when it is gone: Textual's writer thread would stop for good."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.gone = False

    def write(self, text: str) -> int:
        """Write `text`, or drop it if the terminal is gone."""
        if not self.gone:
            try:
                return self._file.write(text)
            except OSError:
                self.gone = True
        return len(text)

    def flush(self) -> None:
        """Bring what was written to the terminal, if it is there."""
        if not self.gone:
            try:
                self._file.flush()
            except OSError:
                self.gone = True

    def fileno(self) -> int:
        """The file descriptor of the terminal."""
        return self._file.fileno()


class TerminalDriver(LinuxDriver):
    """`LinuxDriver` that replaces bytes that are no UTF-8 and reports the end of the connection."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file: Any = QuietFile(self._file)

    def start_application_mode(self) -> None:
        """Start, and listen for the signals that end the program."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        for number in (signal.SIGHUP, signal.SIGTERM):
            self._loop.add_signal_handler(number, self._lost, number.name)

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was."""
        super().stop_application_mode()
        for number in (signal.SIGHUP, signal.SIGTERM):
            self._loop.remove_signal_handler(number)

    def _lost(self, why: str) -> None:
        app: Any = self._app
        app.lost(why)

    def run_input_thread(self) -> None:
        """Read the keys until the driver stops or the input ends."""
        parser = XTermParser(self._debug)
        keys = Input()
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            while not self.exit_event.is_set():
                if selector.select(ESCAPE_DELAY):
                    data = self._read()
                    if not data:
                        self._loop.call_soon_threadsafe(self._lost, "EOF")
                        return
                    # nothing yet of a letter whose other bytes are still to come; nothing means the end to the parser
                    self._take(parser, keys.feed(data))
                elif keys.waiting:
                    self._take(parser, keys.waited())
                for message in parser.tick():
                    self.process_message(message)
        finally:
            selector.close()
            try:
                for _message in parser.feed(""):
                    pass
            except (EOFError, ParseError):
                pass

    def _take(self, parser: XTermParser, parts: Sequence[str | Pasted]) -> None:
        for part in parts:
            if isinstance(part, Pasted):
                self.process_message(events.Paste(part.text))
            elif part == ESCAPE:
                self.process_message(events.Key("escape", ESCAPE))
            else:
                for message in parser.feed(part):
                    self.process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""


def driver_class() -> type[Driver] | None:
    """The driver to use, or None for Textual's own choice."""
    return (
        TerminalDriver if _version_of_textual().startswith(VERIFIED) and not os.environ.get("TEXTUAL_DRIVER") else None
    )


def _version_of_textual() -> str:
    """The version as the folder of its metadata names it: to read these takes longer than all else of this module."""
    known = textual.__dict__.get("__version__")
    if known is None and textual.__file__:
        with os.scandir(Path(textual.__file__).parent.parent) as entries:
            for entry in entries:
                if match := _METADATA.fullmatch(entry.name):
                    return match[1]
    return str(known or textual.__version__)
