"""The state of the program: pure transitions, and what may be imported where."""

from __future__ import annotations

import base64
import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from antragsbuch import clipboard, config, i18n
from antragsbuch.commands import BY_SCREEN
from antragsbuch.commands import conditions as c
from antragsbuch.new_motion import copy_of
from antragsbuch.screens import frame_lines
from antragsbuch.screens.register import state as s
from antragsbuch.screens.register import words
from antragsbuch.state import AppState, Loudness, Note, RegisterState, Situation
from antragsbuch.theme import DARK, LIGHT, chosen
from antragsbuch.widgets.line import plain


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


# --- what may be imported


@pytest.mark.parametrize(
    "module",
    [
        "antragsbuch.state",
        "antragsbuch.messages",
        "antragsbuch.commands",
        "antragsbuch.keymap",
        "antragsbuch.config",
        "antragsbuch.session",
        "antragsbuch.clipboard",
        "antragsbuch.new_motion",
        "antragsbuch.screens.register.state",
        "antragsbuch.screens.register.jobs",
    ],
)
def test_the_core_of_the_program_knows_no_terminal_library(module: str) -> None:
    code = f"import sys, {module}; print([name for name in ('textual', 'rich') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- the list


def test_rows_are_loaded_only_when_all_were_read_or_some_are_there() -> None:
    empty = s.ListState()
    assert not s.searched(empty, "", 0, 0, complete=False).loaded
    assert s.searched(empty, "", 2, 2, complete=False).loaded
    assert s.searched(empty, "", 0, 0, complete=True).loaded


def test_marking_twice_is_not_marking() -> None:
    once = s.toggled(s.ListState(), "a.toml")
    assert once.marked == {"a.toml"}
    assert s.toggled(once, "a.toml") == s.ListState()


def test_what_is_deleted_is_no_longer_marked_and_comes_back_in_order() -> None:
    state = s.ListState(marked=frozenset({"a", "b"}))
    state = s.deleted(state, (s.Removed("a", b"A"),))
    state = s.deleted(state, (s.Removed("b", b"B"),))
    assert state.marked == frozenset()
    assert [removed[0].path for removed in state.removed] == ["a", "b"]
    assert [removed[0].path for removed in s.restored(state).removed] == ["a"]


def test_views_and_panes_come_round() -> None:
    state = s.ListState()
    for _view in s.VIEWS:
        state = s.next_view(state)
    for _pane in s.PANES:
        state = s.next_panes(state)
    assert state == s.ListState()


def test_numbers_have_the_separators_of_the_language() -> None:
    state = s.searched(s.ListState(), "spd", 2, 3185)
    assert words.counts(state) == "2 of 3,185"
    i18n.use("de")
    assert words.counts(state) == "2 von 3.185"
    assert words.counts(s.searched(state, "", 1, 1)) == "1 Antrag"


# --- a new motion


def test_a_copy_has_the_text_but_nothing_of_what_became_of_the_other() -> None:
    other = {
        "id": "a1",
        "reference": "2292 (V) HHA",
        "title": "Titel",
        "date": dt.date(2023, 1, 1),
        "facts": "Text",
        "withdrawal": {"reason": "x"},
        "consultations": [
            {"id": "c1", "organization": "Rat", "date": dt.date(2023, 2, 2), "outcome": "rejected", "votes": [{}]}
        ],
        "own_key": "kept",
    }
    assert copy_of(other, "b2") == {
        "id": "b2",
        "title": "Titel",
        "facts": "Text",
        "consultations": [{"id": "c1", "organization": "Rat"}],
        "own_key": "kept",
    }


def test_a_copy_of_a_motion_with_odd_values() -> None:
    assert copy_of({"consultations": "none"}, "b2") == {"id": "b2", "consultations": "none"}


# --- commands


@pytest.mark.parametrize(
    ("command", "situation", "reason"),
    [
        ("open", Situation(), "no motion here"),
        ("open", Situation(motion=True), None),
        ("review", Situation(changed=0), "nothing is changed since the last commit"),
        ("review", Situation(changed=1), None),
        ("add", Situation(read_only="as of 2023"), "as of 2023"),
        ("delete", Situation(), "no motion here"),
        ("delete", Situation(marked=2), None),
        ("history", Situation(motion=True), "it has not been committed yet"),
    ],
)
def test_a_command_says_why_it_can_not_run(command: str, situation: Situation, reason: str | None) -> None:
    (found,) = [one for one in BY_SCREEN["register"] if one.id == command]
    assert found.enabled(situation) == reason


def test_of_several_conditions_the_first_gives_the_reason() -> None:
    check = c.every(c.with_register, c.with_motion)
    assert check(Situation(register=False)) == "no register is open"
    assert check(Situation()) == "no motion here"


# --- the lines of the frame


def test_the_top_line_says_what_is_not_in_order_and_nothing_else() -> None:
    calm = RegisterState(name="Region", branch="main")
    assert plain(frame_lines.standing(calm)).strip() == "main"
    busy = RegisterState("Region", "main", operation="rebase", ahead=1, changed=("a", "b"), errors=1, public=False)
    text = plain(frame_lines.standing(busy))
    for part in ("in the middle of: rebase", "1 to push", "2 changed", "1 error", "confidential"):
        assert part in text


def test_a_long_name_gives_way_to_how_it_stands() -> None:
    state = AppState(RegisterState("R" * 200, "main", changed=("a",)))
    line = plain(frame_lines.top(state, 80))
    assert len(line) == 80 and line.endswith("main   1 changed ") and "…" in line


def test_the_bottom_line_keeps_the_help_however_narrow() -> None:
    commands = BY_SCREEN["register"]
    for cells in (20, 40, 80):
        line = plain(frame_lines.bottom(commands, Situation(), cells))
        assert "? help" in line and len(line.rstrip()) <= cells


def test_a_disabled_command_is_dim() -> None:
    pieces = frame_lines.bottom(BY_SCREEN["register"], Situation(), 80)
    looks = {piece.text.strip(): piece.look for piece in pieces}
    assert looks["open"] == "dim" and looks["find"] == ""


@pytest.mark.parametrize(("loudness", "start"), [("plain", " x"), ("error", " ! x"), ("warning", " ? x")])
def test_a_message_says_how_bad_it_is_without_colour(loudness: Loudness, start: str) -> None:
    assert plain(frame_lines.message(Note("x", loudness))) == start


# --- clipboard, configuration, theme


def test_copying_is_one_sequence_of_the_terminal() -> None:
    sent = clipboard.sequence("Ü", {})
    assert sent.through == ""
    assert sent.sequence == f"\x1b]52;c;{base64.b64encode('Ü'.encode()).decode()}\x07"


def test_copying_is_wrapped_for_tmux_and_screen() -> None:
    plain_one = clipboard.sequence("x", {}).sequence
    tmux = clipboard.sequence("x", {"TMUX": "/tmp/tmux-1/default"})
    assert tmux.through == "tmux" and "\x1bPtmux;\x1b" + plain_one in tmux.sequence
    screen = clipboard.sequence("x" * 2000, {"STY": "1", "TERM": "screen"})
    pieces = screen.sequence.split("\x1bP")[1:]
    assert screen.through == "screen" and len(pieces) > 1
    assert "".join(piece.removesuffix("\x1b\\") for piece in pieces) == clipboard.sequence("x" * 2000, {}).sequence


def test_too_much_for_a_terminal_is_refused() -> None:
    with pytest.raises(clipboard.TooLong):
        clipboard.sequence("x" * (clipboard.LIMIT + 1), {})


def test_a_configuration_is_read(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert config.load(file) == config.Config()
    file.write_text('theme = "light"\nmouse = false\n[keys]\nreview = ["f5"]\nhelp = "f2"\n')
    assert config.load(file) == config.Config("light", False, {"review": ("f5",), "help": ("f2",)})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("theme = 3", "theme has the wrong type"),
        ("mouse = 'no'", "mouse has the wrong type"),
        ("colour = 1", "colour is not known"),
        ("keys = 3", "keys has the wrong type"),
        ("[keys]\nreview = 3", "keys.review has the wrong type"),
        ("theme = ", "config.toml: "),
    ],
)
def test_a_mistake_in_the_configuration_is_named_and_the_rest_holds(tmp_path: Path, text: str, part: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    found = config.load(file)
    assert any(part in complaint for complaint in found.complaints)
    assert (found.theme, found.mouse, found.keys) == ("auto", True, {})


@pytest.mark.parametrize(
    ("wanted", "environment", "theme"),
    [
        ("auto", {}, DARK.name),
        ("auto", {"COLORFGBG": "0;15"}, LIGHT.name),
        ("auto", {"COLORFGBG": "15;default;0"}, DARK.name),
        ("light", {}, LIGHT.name),
        ("dark", {"COLORFGBG": "0;15"}, DARK.name),
        ("dracula", {}, "dracula"),
        ("dracula", {"NO_COLOR": "1"}, DARK.name),
        ("nonsense", {}, DARK.name),
    ],
)
def test_the_theme_follows_the_terminal(wanted: str, environment: dict[str, str], theme: str) -> None:
    assert chosen(wanted, environment) == theme
