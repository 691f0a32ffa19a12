"""Keys: how they are written, which command they run, and what a configuration can change."""

from __future__ import annotations

import itertools

import pytest

from antragsbuch import i18n, keymap
from antragsbuch.commands import BY_SCREEN, Command


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


@pytest.mark.parametrize(
    ("name", "character", "written"),
    [
        ("D", "D", "D"),
        ("question_mark", "?", "?"),
        ("space", " ", "space"),
        ("enter", "\r", "enter"),
        ("ctrl+d", "\x04", "ctrl+d"),
        ("ctrl+i", "\t", "tab"),
        ("escape", "\x1b", "escape"),
        ("f1", None, "f1"),
    ],
)
def test_a_key_is_written_as_a_person_types_it(name: str, character: str | None, written: str) -> None:
    assert keymap.key_of(name, character) == written
    assert keymap.is_key(written)


@pytest.mark.parametrize("wrong", ["", " ", "hyper+x", "entr", "ctrl+", "a b c", "ctrl+ü ö x"])
def test_what_is_no_key_is_refused(wrong: str) -> None:
    assert not keymap.is_key(wrong)


@pytest.mark.parametrize("screen", BY_SCREEN)
def test_no_key_of_a_screen_stands_for_two_commands(screen: str) -> None:
    assert keymap.clashes(BY_SCREEN[screen]) == []


def test_a_command_has_the_same_keys_on_every_screen() -> None:
    seen: dict[str, set[str]] = {}
    for command in itertools.chain.from_iterable(BY_SCREEN.values()):
        seen.setdefault(command.id, set()).add(command.keys[0])
    # first has two keys in the editor, where g begins the way to a section
    assert {name: keys for name, keys in seen.items() if len(keys) > 1 and name != "first"} == {}


def test_a_key_has_the_same_meaning_on_every_screen() -> None:
    seen: dict[str, set[str]] = {}
    for command in itertools.chain.from_iterable(BY_SCREEN.values()):
        for key in command.keys:
            seen.setdefault(key, set()).add(command.id)
    # q leaves the screen, and on the first one the program
    assert {key: names for key, names in seen.items() if len(names) > 1} in ({}, {"q": {"back", "quit"}})


def test_every_terminal_sends_the_first_key_of_a_command() -> None:
    """The others are aliases: ctrl+s stops the output of some terminals, alt and ctrl+enter do not arrive."""
    bad = {f"ctrl+{letter}" for letter in "hijmsqz[?"} | {"ctrl+enter", "shift+enter"}
    for command in itertools.chain.from_iterable(BY_SCREEN.values()):
        first = command.keys[0]
        assert first not in bad and not first.startswith("alt+"), command.id


def test_two_keys_after_another_run_a_command() -> None:
    section = Command("section-budget", "budget", "To the budget.", ("g h",))
    table = keymap.KeyTable.of([section, Command("down", "down", "Down.", ("j",))])
    assert table.begins("g") and not table.begins("j")
    assert table.command("h", before="g") is section
    assert table.command("h") is None


def test_the_configuration_gives_a_command_other_keys() -> None:
    holding, complaints = keymap.checked({"review": ("f5", "ctrl+x")})
    assert complaints == []
    (review,) = [c for c in keymap.with_keys(BY_SCREEN["register"], holding) if c.id == "review"]
    assert review.keys == ("f5", "ctrl+x")


def test_a_clash_is_named_and_the_default_stays() -> None:
    holding, complaints = keymap.checked({"review": ("h",)})
    assert holding == {}
    assert len(complaints) == 1
    assert "h stands for" in complaints[0] and "review" in complaints[0] and "history" in complaints[0]


def test_two_commands_may_change_places() -> None:
    holding, complaints = keymap.checked({"review": ("h",), "history": ("c",)})
    assert complaints == [] and holding == {"review": ("h",), "history": ("c",)}


def test_a_key_that_begins_two_can_not_be_a_command_itself() -> None:
    one, two = Command("one", "one", "One.", ("g",)), Command("two", "two", "Two.", ("g h",))
    assert [(key, first.id) for key, first, _second in keymap.clashes([one, two])] == [("g", "one")]


def test_an_unknown_command_is_named_with_the_nearest() -> None:
    _holding, (complaint,) = keymap.checked({"revew": ("f5",)})
    assert "revew" in complaint and "review" in complaint


def test_what_is_no_key_is_named() -> None:
    holding, (complaint,) = keymap.checked({"review": ("hyper+x",)})
    assert holding == {} and "hyper+x" in complaint and "review" in complaint
