"""The program in a real terminal: tmux draws, keys go in as a person types them.

with Tmux(size=(80, 24), folder=clone.root) as terminal:
    terminal.see("2 motions")
    terminal.keys("j", "Enter")
    terminal.type("landesweit")
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

PATIENCE = 20.0
"""Seconds until something that never comes is a failure."""

HAS_TMUX = shutil.which("tmux") is not None


class Tmux:
    """One program in a tmux server of its own."""

    def __init__(self, *, size: tuple[int, int], folder: Path, language: str = "en", socket: Path) -> None:
        self._size, self._folder, self._language, self._socket = size, folder, language, socket
        self._settings = socket.with_suffix(".conf")
        # a program that ends at once leaves its words on the screen
        self._settings.write_text("set -g remain-on-exit on\n")

    def __enter__(self) -> Tmux:
        self._run("new-session", "-d", "-s", "s", "-x", str(self._size[0]), "-y", str(self._size[1]), *self._command())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("kill-server", check=False)

    def start_again(self) -> None:
        """Start the program once more, after it has died."""
        self._run("respawn-pane", "-k", "-t", "s", *self._command())

    def keys(self, *keys: str) -> None:
        """Press keys by tmux's names of them."""
        for key in keys:
            self._run("send-keys", "-t", "s", key)

    def type(self, text: str) -> None:
        """Type a text letter by letter."""
        self._run("send-keys", "-t", "s", "-l", text)

    def screen(self) -> str:
        """What stands on the screen."""
        return self._run("capture-pane", "-t", "s", "-p")

    def see(self, *texts: str) -> None:
        """Wait until all of `texts` stand on the screen."""
        end = time.monotonic() + PATIENCE
        while True:
            shown = self.screen()
            if all(text in shown for text in texts):
                return
            assert time.monotonic() < end, f"never seen: {texts}\n{shown}"
            time.sleep(0.02)

    @property
    def process(self) -> int:
        """The process in the terminal."""
        return int(self._run("display-message", "-p", "-t", "s", "#{pane_pid}"))

    def close_terminal(self) -> None:
        """Take the terminal away, as a lost connection does."""
        self._run("kill-server")

    def _command(self) -> list[str]:
        return [
            "-c", str(self._folder),
            *(part for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "GIT_CONFIG_GLOBAL",
              "GIT_CONFIG_NOSYSTEM") if name in os.environ for part in ("-e", f"{name}={os.environ[name]}")),
            "-e", "TERM=screen-256color",
            f"exec {sys.executable} -m antragsbuch --lang {self._language}",
        ]  # fmt: skip

    def _run(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-f", str(self._settings), "-S", str(self._socket), *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout
