"""The terminal driver: bad bytes, lost connections, and the version of Textual that it was written against."""

from __future__ import annotations

import hashlib
import inspect
import signal
from pathlib import Path

import pytest
import textual
from textual.drivers.linux_driver import LinuxDriver

from antragsbuch.driver import VERIFIED, TerminalDriver, driver_class
from support.repositories import register
from support.terminal import Terminal

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
    monkeypatch.setattr(textual, "__version__", "9.0.0")
    assert driver_class() is None


@pytest.mark.parametrize("bad", [b"\xff", b"\xc4", b"\x1b[M\xa0\xb0\xff", b"\xe2\x82"])
def test_a_byte_that_is_no_utf8_does_not_end_the_input(folder: Path, bad: bytes) -> None:
    with Terminal(folder=folder) as terminal:
        terminal.wait_for(READY)
        terminal.press(bad)
        terminal.settle()
        terminal.press("?")
        terminal.wait_for("Help")
        terminal.press("qq")
        assert terminal.ended() == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_in_order(folder: Path, number: signal.Signals, status: int) -> None:
    with Terminal(folder=folder) as terminal:
        terminal.wait_for(READY)
        terminal.kill(number)
        assert terminal.ended() == status
        # the terminal is given back: alternate screen left, cursor shown, mouse off
        assert terminal.sent.rstrip().endswith(b"\x1b[?1004l") or b"\x1b[?1049l" in terminal.sent[-200:]
        assert b"Traceback" not in terminal.sent


def test_a_closed_terminal_ends_it_in_order(folder: Path) -> None:
    with Terminal(folder=folder) as terminal:
        terminal.wait_for(READY)
        terminal.hang_up()
        assert terminal.ended() in (129, 1)
