"""Two programs on one clone: different motions, different fields of one motion, and the same field."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.repositories import Repository, register
from support.terminal import Terminal

REAL = Path(__file__).parents[2] / "motions"
FIRST, SECOND = "motions/V/2200/2292-HHA.toml", "motions/V/3100/3185-HHA.toml"
PROGRAM = [sys.executable, "-m", "antragsbuch", "--lang", "en"]


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with the two real motions and their council."""
    names = ("V/2200/2292-HHA.toml", "V/3100/3185-HHA.toml", "council.toml")
    return register(tmp_path / "clone", {f"motions/{name}": (REAL / name).read_text() for name in names})


def open_motion(terminal: Terminal, number: str) -> None:
    """Find a motion and open it."""
    terminal.wait_for("2 motions")
    terminal.send(f"/{number}\r\r".encode())
    terminal.wait_for("Date of the paper")


def replace(terminal: Terminal, old: str, new: str) -> None:
    """Replace a word of the motion."""
    terminal.send(f"/{old}\r\r{new}\x1b".encode())
    terminal.wait_for("not saved")


def test_different_motions_at_the_same_moment(clone: Repository) -> None:
    with Terminal(PROGRAM, clone.root) as one, Terminal(PROGRAM, clone.root) as other:
        open_motion(one, "2292")
        open_motion(other, "3185")
        replace(one, "Fachpublikum", "Laienpublikum")
        replace(other, "bundesweit", "landesweit")
        for terminal in (one, other):
            terminal.send(b"c")
        for terminal in (one, other):
            terminal.wait_for("~ 1 change")
        # the other's motion may have been saved by now, and be marked too: each commits its own
        for terminal, mine in ((one, "2292"), (other, "3185")):
            keep_only(terminal, mine)
        one.send(b"C")
        other.send(b"C")
        for terminal in (one, other):
            terminal.wait_for("Committed")
    assert "landesweit" in clone.at(SECOND) and "Laienpublikum" in clone.at(FIRST)
    assert len(clone.git("log", "--format=%H").splitlines()) == 3
    clone.check()


def keep_only(terminal: Terminal, mine: str) -> None:
    """Unmark what another program has saved meanwhile."""
    for number, line in enumerate(line for line in terminal.lines if "HHA  ~" in line):
        if mine not in line and "= " in line:
            terminal.send(b"g" if number == 0 else b"G")
            terminal.send(b" ")
            terminal.wait_for("1 of 2 motions marked")


def test_different_fields_of_one_motion_merge(clone: Repository) -> None:
    with Terminal(PROGRAM, clone.root) as one, Terminal(PROGRAM, clone.root) as other:
        open_motion(one, "3185")
        open_motion(other, "3185")
        replace(one, "bundesweit", "landesweit")
        replace(other, "Eventuell", "Vielleicht")
        one.send(b"cC")
        one.wait_for("Committed")
        other.send(b"c")
        other.wait_for("Vielleicht")
        other.wait_for("~ 1 change")
        other.send(b"C")
        other.wait_for("Committed")
    assert "landesweit" in clone.at(SECOND) and "Vielleicht" in clone.at(SECOND)
    assert len(clone.git("log", "--format=%H", "--", SECOND).splitlines()) == 3
    clone.check()


def test_the_same_field_asks(clone: Repository) -> None:
    with Terminal(PROGRAM, clone.root) as one, Terminal(PROGRAM, clone.root) as other:
        open_motion(one, "3185")
        open_motion(other, "3185")
        replace(one, "bundesweit", "landesweit")
        replace(other, "bundesweit", "europaweit")
        one.send(b"cC")
        one.wait_for("Committed")
        other.send(b"w")
        other.wait_for("Changed by both")
        other.wait_for("europaweit")
        other.wait_for("landesweit")
        # nothing is written until somebody chose
        assert "landesweit" in clone.read(SECOND)
        other.send(b"\r")
        other.wait_for("Everything is chosen")
        other.send(b"w")
        other.wait_for("Saved")
        other.send(b"cC")
        other.wait_for("Committed")
    assert "europaweit" in clone.at(SECOND)
    assert len(clone.git("log", "--format=%H", "--", SECOND).splitlines()) == 3
    clone.check()
