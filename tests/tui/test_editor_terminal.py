"""The editor in a real terminal: killed while typing, typed ahead, and with the person's own editor."""

from __future__ import annotations

import os
import signal
import stat
import sys
import tomllib
from pathlib import Path

import pytest

from antragsbuch.store.drafts import DraftJournal
from support.repositories import PATH, Repository, motion, register
from support.terminal import Terminal

COMMAND = [sys.executable, "-m", "antragsbuch", "--lang", "en"]
TITLE = "Durchführung einer Konferenz"


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with one motion."""
    return register(tmp_path / "clone", {PATH: motion()})


def begin(terminal: Terminal) -> None:
    """Open the one motion, and begin to type in its title."""
    terminal.wait_for(TITLE)
    terminal.settle()
    terminal.press("enter")
    terminal.wait_for("Reference: The number")
    terminal.press("j", "j", "enter")


def leave(terminal: Terminal) -> int:
    """Leave the editor, and then the program; its exit status."""
    terminal.press("q")
    terminal.wait_for("2292 (V) HHA   2023")
    terminal.press("q")
    return terminal.wait_for_end()


@pytest.mark.parametrize("end", ["kill", "hang up", "terminate"])
def test_what_was_typed_is_offered_after_a_violent_end(clone: Repository, end: str) -> None:
    with Terminal(COMMAND, clone.root) as terminal:
        begin(terminal)
        terminal.type(" zur Armut")
        terminal.wait_for("Konferenz zur Armut")
        if end == "hang up":
            terminal.hang_up()
        else:
            os.kill(terminal.process, signal.SIGKILL if end == "kill" else signal.SIGTERM)
        terminal.wait_for_end()
    assert "zur Armut" not in clone.read(PATH)
    (draft,) = DraftJournal(None, clone.root).unfinished()
    assert stat.S_IMODE(draft.file.stat().st_mode) == 0o600
    with Terminal(COMMAND, clone.root) as terminal:
        terminal.wait_for(TITLE)
        terminal.settle()
        terminal.press("enter")
        terminal.wait_for("Typed and not saved")
        terminal.press("r")
        terminal.wait_for("Konferenz zur Armut")
        terminal.press("w")
        terminal.wait_for("Saved in")
        assert leave(terminal) == 0
    assert tomllib.loads(clone.read(PATH))["title"] == f"{TITLE} zur Armut"
    assert DraftJournal(None, clone.root).unfinished() == []


def test_letters_that_are_typed_ahead_are_text(clone: Repository) -> None:
    with Terminal(COMMAND, clone.root) as terminal:
        terminal.wait_for(TITLE)
        terminal.settle()
        terminal.press("enter")
        terminal.wait_for("Reference: The number")
        terminal.send(b"jj\r wqcuvD")
        terminal.wait_for(f"{TITLE} wqcuvD")
        terminal.press("escape")
        terminal.press("w")
        terminal.wait_for("Saved in")
        leave(terminal)
    assert tomllib.loads(clone.read(PATH))["title"] == f"{TITLE} wqcuvD"


def own_editor(folder: Path, script: str) -> dict[str, str]:
    """An editor that runs `script` on its file `$1`."""
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return {"VISUAL": str(path)}


def test_a_text_goes_through_the_persons_own_editor(clone: Repository, tmp_path: Path) -> None:
    env = own_editor(tmp_path, 'ls -l "$1" | cut -c1-10 > mode; sed -i "s/Verwaltung/Region/" "$1"')
    with Terminal(COMMAND, clone.root, env=env) as terminal:
        begin(terminal)
        terminal.press("escape")
        terminal.press("g", "p", "e")
        terminal.wait_for("Die Region führt")
        terminal.press("w")
        terminal.wait_for("Saved in")
        leave(terminal)
    assert (clone.root / "mode").read_text() == "-rw-------\n"
    proposal = tomllib.loads(clone.read(PATH))["proposal"]
    assert proposal == "Die Region führt eine Konferenz durch.\nSie berichtet danach.\n"


def test_an_editor_that_fails_takes_nothing(clone: Repository, tmp_path: Path) -> None:
    env = own_editor(tmp_path, 'echo other > "$1"; exit 3')
    with Terminal(COMMAND, clone.root, env=env) as terminal:
        begin(terminal)
        terminal.press("escape")
        terminal.press("e")
        terminal.wait_for("? /")
        assert TITLE in terminal.text
        leave(terminal)
    assert clone.changed() == ""


def test_the_whole_file_comes_back_as_it_was_typed_valid_or_not(clone: Repository, tmp_path: Path) -> None:
    script = 'if grep -q "# mine" "$1"; then sed -i "s/^date = .*/date = 2023-11-17/" "$1"; '
    script += 'else sed -i "s/^date = .*/date = 17.11. # mine/" "$1"; fi'
    env = own_editor(tmp_path, script)
    with Terminal(COMMAND, clone.root, env=env) as terminal:
        begin(terminal)
        terminal.type("!")
        terminal.press("escape")
        terminal.press("E")
        terminal.wait_for("E edits it again")
        terminal.wait_for("date = 17.11. # mine")
        terminal.press("w")
        terminal.wait_for("is no TOML")
        assert clone.changed() == ""
        terminal.press("E")
        terminal.wait_for("Taken over from your editor")
        terminal.press("w")
        terminal.wait_for("Saved in")
        leave(terminal)
    saved = tomllib.loads(clone.read(PATH))
    assert saved["date"].isoformat() == "2023-11-17"
    assert saved["title"] == f"{TITLE}!"


def test_an_invalid_text_survives_a_kill(clone: Repository, tmp_path: Path) -> None:
    env = own_editor(tmp_path, 'sed -i "s/^date = .*/date = 17.11. # mine/" "$1"')
    with Terminal(COMMAND, clone.root, env=env) as terminal:
        begin(terminal)
        terminal.press("escape")
        terminal.press("E")
        terminal.wait_for("date = 17.11. # mine")
        terminal.settle()
        os.kill(terminal.process, signal.SIGKILL)
        terminal.wait_for_end()
    with Terminal(COMMAND, clone.root, env=env) as terminal:
        terminal.wait_for(TITLE)
        terminal.settle()
        terminal.press("enter")
        terminal.wait_for("Typed and not saved")
        terminal.press("r")
        terminal.wait_for("date = 17.11. # mine")
        terminal.press("X")
        terminal.wait_for("Drop everything")
        terminal.press("y")
        terminal.wait_for("Discarded")
        leave(terminal)
    assert clone.changed() == ""
