"""The line that says how far something is."""

from __future__ import annotations

import io

import pytest

from antragsbuch.cli import progress as module
from antragsbuch.cli.progress import progress


class Terminal(io.StringIO):
    """What calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for."""
    monkeypatch.setattr(module, "_SILENT", -1.0)
    monkeypatch.setattr(module, "_EVERY", -1.0)


def test_on_a_terminal_there_is_a_line_that_goes_away(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    with progress("Checking") as tell:
        tell(9, 10)
        tell(7, 0)
        assert stream.getvalue() == "\rChecking 9/10\rChecking 7   "
    assert stream.getvalue().endswith("\r" + " " * len("Checking 7") + "\r")


def test_elsewhere_there_is_none(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with progress("Checking") as tell:
        tell(1, 10)
    assert stream.getvalue() == ""


def test_what_takes_a_moment_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    with progress("Checking") as tell:
        tell(1, 10)
    assert stream.getvalue() == ""


def test_the_line_goes_away_after_a_mistake_too(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    with pytest.raises(KeyError), progress("Checking") as tell:
        tell(1, 2)
        raise KeyError
    assert stream.getvalue().endswith("\r            \r")
