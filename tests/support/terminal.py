"""A program in a real pseudo-terminal: keys go in, bytes come out and are counted, and the screen can be read.

    with Terminal(["antrag"], folder) as terminal:
        terminal.wait_for("2292")
        spent = terminal.press("j")
        assert terminal.line(5).startswith("~")

Nothing sleeps blindly: every wait ends when the output has been quiet for a moment, or when what was waited for is
on the screen; a program that never gets there fails the test with its last screen.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

QUIET = 0.25
"""Seconds without output after which a program is taken to have finished what a key began."""
PATIENCE = 30.0
"""Seconds after which a wait fails."""

_KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f", "space": " ",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~", "f1": "\x1bOP",
}  # fmt: skip
# pyte prints the end of private sequences that it does not know; they change nothing on the screen
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*[up$]p?|\x1b\[[0-9;]*[ $'][a-zA-Z]|\x1bP[^\x1b]*\x1b\\"
)


class Terminal:
    """One program in a pseudo-terminal of `columns` by `rows` cells. Ends with the `with` block."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        truecolor: bool = False,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self.output = bytearray()
        """Every byte since the start."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("TEXTUAL", "TMUX"))}
        environment.update(TERM="xterm-256color", COLORTERM="truecolor" if truecolor else "", **(env or {}))
        for name in ("NO_COLOR", "COLUMNS", "LINES"):
            if name not in (env or {}):
                environment.pop(name, None)
        self.started = time.perf_counter()
        """When the process was started, on the clock of `time.perf_counter`."""
        self.last_output = self.started
        """When the last bytes came, on the same clock."""
        self._process, self._descriptor = pty.fork()
        if self._process == 0:
            _become(command, folder, environment, columns, rows)
        self._ended = False

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # what goes in

    def press(self, *keys: str, quiet: float = QUIET) -> int:
        """Press keys, by name (`enter`, `ctrl+d`, `j`), and wait until all is quiet; the bytes that came."""
        before = len(self.output)
        self._write("".join(map(_sequence, keys)).encode())
        self.settle(quiet)
        return len(self.output) - before

    def type(self, text: str, quiet: float = QUIET) -> int:
        """Type a text as it stands, and wait until all is quiet; the bytes that came."""
        return self.press(*text, quiet=quiet)

    def send(self, data: bytes) -> None:
        """Send raw bytes, without waiting."""
        self._write(data)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, and wait until all is quiet."""
        self._screen.resize(rows, columns)
        _set_size(self._descriptor, columns, rows)
        self.settle()

    # what comes out

    def settle(self, quiet: float = QUIET) -> int:
        """Wait until nothing has come for `quiet` seconds; the bytes that came."""
        before, deadline = len(self.output), time.monotonic() + PATIENCE
        while self._read(quiet):
            self._in_time(deadline, "a moment without output")
        return len(self.output) - before

    def wait_for(self, wanted: str | Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until a text is on the screen, or until a condition holds. Fails after `patience` seconds."""
        deadline = time.monotonic() + patience
        while not (wanted in self.text if isinstance(wanted, str) else wanted()):
            self._in_time(deadline, repr(wanted))
            if not self._read(0.05) and self._ended:
                raise AssertionError(f"ended without {wanted!r}; the last screen:\n{self.text}")

    def wait_for_end(self, patience: float = PATIENCE) -> int:
        """Wait until the program has ended; its exit status, negative for a signal."""
        deadline = time.monotonic() + patience
        while not self._ended:
            self._in_time(deadline, "the end")
            self._read(0.05)
        return self._status

    @property
    def lines(self) -> list[str]:
        """The screen as text, a line a row, without blanks at the end."""
        return [line.rstrip() for line in self._screen.display]

    def line(self, number: int) -> str:
        """One line of the screen, from 0."""
        return self.lines[number]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    # the end

    def hang_up(self) -> None:
        """Close the terminal under the program, as a lost connection does; wait for its end."""
        os.close(self._descriptor)
        self._descriptor = -1
        self._reap()

    def kill(self) -> None:
        """End the program at once."""
        os.kill(self._process, signal.SIGKILL)
        self._reap()

    @property
    def process(self) -> int:
        """The id of the process."""
        return self._process

    def close(self) -> None:
        """End the program if it still runs."""
        if not self._ended:
            os.kill(self._process, signal.SIGKILL)
            self._reap()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._descriptor, data) :]

    def _read(self, seconds: float) -> bool:
        """Take in what comes within `seconds`; whether anything came."""
        if self._ended or not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:
            data = b""
        if not data:
            self._reap()
            return False
        self.output += data
        self.last_output = time.perf_counter()
        # a sequence can be cut in two by the read
        data = _UNKNOWN.sub(b"", self._rest + data)
        cut = data.rfind(b"\x1b", -32)
        complete = cut < 0 or re.match(rb"\x1b(?:\[[0-9;:?<>= ]*[@-~$]|[^\[P]|P.*\x1b\\)", data[cut:]) is not None
        self._rest = b"" if complete else data[cut:]
        self._stream.feed(data if complete else data[:cut])
        return True

    def _reap(self) -> None:
        if not self._ended:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
            self._ended = True

    def _in_time(self, deadline: float, wanted: str) -> None:
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {wanted}; the screen:\n{self.text}")


def _sequence(key: str) -> str:
    if key.startswith("ctrl+"):
        return chr(ord(key[5:].upper()) & 0x1F)
    return _KEYS.get(key, key)


def _become(command: Sequence[str], folder: Path, environment: Mapping[str, str], columns: int, rows: int) -> None:
    """In the child: never comes back."""
    try:
        _set_size(0, columns, rows)
        os.chdir(folder)
        os.execvpe(command[0], list(command), dict(environment))
    finally:
        os._exit(127)


def _set_size(descriptor: int, columns: int, rows: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
