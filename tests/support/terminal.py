"""A real pseudo-terminal with the program in it: what it sends, what stands on the screen, how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

PATIENCE = 20.0
"""Seconds until something that never comes is a failure."""
QUIET = 0.4
"""Seconds without a byte after which a program is taken to have painted all that it wanted to."""


class Terminal:
    """The program in a terminal of its own. `sent` is everything that it wrote."""

    def __init__(
        self,
        arguments: Sequence[str] = (),
        *,
        folder: Path,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = bytearray()
        self.status: int | None = None
        home = folder / ".home"
        home.mkdir(exist_ok=True)
        set_up = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "ANTRAGSBUCH_LANG": "en",
            "GIT_CONFIG_NOSYSTEM": "1",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            **(environment or {}),
        }
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-m", "antragsbuch", *arguments], set_up)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._file >= 0:
            os.close(self._file)

    def lines(self) -> list[str]:
        """The screen."""
        return [line.rstrip() for line in self.screen.display]

    def press(self, keys: str | bytes) -> None:
        """Type keys as the terminal sends them."""
        os.write(self._file, keys if isinstance(keys, bytes) else keys.encode())

    def wait(self, condition: Callable[[list[str]], bool]) -> list[str]:
        """Read until the screen fulfils `condition`."""
        end = time.monotonic() + PATIENCE
        while not condition(self.lines()):
            if not self._read(end - time.monotonic()):
                raise AssertionError("it never came to that:\n" + "\n".join(self.lines()))
        return self.lines()

    def wait_for(self, text: str) -> list[str]:
        """Read until `text` stands on the screen."""
        return self.wait(lambda lines: any(text in line for line in lines))

    def settle(self) -> int:
        """Read until nothing more comes; how many bytes came."""
        before = len(self.sent)
        while self._read(QUIET):
            pass
        return len(self.sent) - before

    def kill(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        os.close(self._file)
        self._file = -1

    def ended(self) -> int:
        """Wait for the end of the program; its exit status, or minus the signal that killed it."""
        end = time.monotonic() + PATIENCE
        while self.status is None:
            if self._file >= 0:
                self._read(0.05)
            else:
                select.select([], [], [], 0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > end:
                raise AssertionError("the program did not end")
        return self.status

    def _read(self, timeout: float) -> bool:
        ready, _out, _err = select.select([self._file], [], [], max(0.0, timeout))
        if not ready:
            return False
        try:
            data = os.read(self._file, 65536)
        except OSError:
            return False
        self.sent += data
        self._stream.feed(data)
        return bool(data)
