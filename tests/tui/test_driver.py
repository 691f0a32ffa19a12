"""The terminal driver: bad bytes, lost connections, and the version of Textual that it was written against."""

from __future__ import annotations

import hashlib
import inspect
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import textual
from textual.drivers.linux_driver import LinuxDriver

from antragsbuch.driver import VERIFIED, TerminalDriver, driver_class
from support.repositories import register
from support.terminal import Terminal

COMMAND = [sys.executable, "-m", "antragsbuch", "--lang", "en"]
READY = "Durchführung einer Konferenz"


@pytest.fixture
def folder(isolated: Path, tmp_path: Path) -> Path:
    return register(tmp_path / "clone").root


def test_the_driver_replaces_the_loop_that_it_was_written_against() -> None:
    """Another Textual may read its input otherwise: then look at `TerminalDriver.run_input_thread` again."""
    assert textual.__version__.startswith(VERIFIED)
    source = inspect.getsource(LinuxDriver.run_input_thread).encode()
    assert hashlib.sha256(source).hexdigest() == "d796af6d69db337d6fa6bd463984f7d17188d991dbb22f60efb92a8a9619507c"
    assert driver_class() is TerminalDriver


def test_another_version_gets_the_driver_of_textual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textual, "__version__", "9.0.0", raising=False)
    assert driver_class() is None


def test_the_version_is_known_without_reading_metadata() -> None:
    """Which takes a tenth of the time until the first list is on the screen."""
    code = "import sys, antragsbuch.driver as d; print(d.driver_class().__name__, 'importlib.metadata' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["TerminalDriver", "False"]


@pytest.mark.parametrize("bad", [b"\xff", b"\xc4", b"\x1b[M\xa0\xb0\xff", b"\xe2\x82"])
def test_a_byte_that_is_no_utf8_does_not_end_the_input(folder: Path, bad: bytes) -> None:
    with Terminal(COMMAND, folder) as terminal:
        terminal.wait_for(READY)
        terminal.send(bad)
        terminal.settle()
        terminal.press("?")
        terminal.wait_for("Help")
        terminal.send(b"qq")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_in_order(folder: Path, number: signal.Signals, status: int) -> None:
    with Terminal(COMMAND, folder) as terminal:
        terminal.wait_for(READY)
        os.kill(terminal.process, number)
        assert terminal.wait_for_end() == status
        # the terminal is given back: alternate screen left, cursor shown
        assert b"\x1b[?1049l" in terminal.output[-200:] and b"\x1b[?25h" in terminal.output[-200:]
        assert b"Traceback" not in terminal.output


def test_a_closed_terminal_ends_it_in_order(folder: Path) -> None:
    with Terminal(COMMAND, folder) as terminal:
        terminal.wait_for(READY)
        terminal.hang_up()
        assert terminal.wait_for_end() in (129, 1)


def test_without_a_terminal_it_says_so(folder: Path) -> None:
    done = subprocess.run(COMMAND, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr and done.stdout == ""
