"""Help and palette: commands found by their names, what they say, what they run."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

from antragsbuch import i18n, screens
from antragsbuch.commands import BY_SCREEN
from antragsbuch.commands.matching import best, score
from antragsbuch.keymap import shown
from antragsbuch.screens import SCREENS
from antragsbuch.screens.base import Frame
from support.flows import program
from support.repositories import OTHER_PATH, PATH, Repository, motion, register

KONFERENZ = "Durchführung einer Konferenz"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("strasse", "Straße sperren"),
        ("muller", "Müller"),
        ("LÖSCH", "löschen"),
        ("nf", "nächster Fund"),
        ("fund", "nächster Fund"),
    ],
)
def test_what_is_typed_finds_in_german_too(typed: str, name: str) -> None:
    assert score(typed, name) > 0


def test_the_beginning_comes_before_the_middle() -> None:
    names = ["ein Verlauf", "Verlauf", "vorher lang auf", "anders"]
    assert best("verlauf", [(name, name) for name in names])[:2] == ["Verlauf", "ein Verlauf"]
    assert best("verl", [(name, name) for name in names], limit=1) == ["Verlauf"]


def test_letters_in_another_order_find_nothing() -> None:
    assert score("fualrev", "Verlauf") == 0


def frames() -> dict[str, type[Frame]]:
    """Every screen by its name, those too that are opened by other screens only."""
    for _module, name, _package in pkgutil.walk_packages(screens.__path__, screens.__name__ + "."):
        importlib.import_module(name)
    found, todo = {}, [Frame]
    while todo:
        for frame in todo.pop().__subclasses__():
            todo.append(frame)
            if frame.screen_name:
                found[frame.screen_name] = frame
    return found


@pytest.mark.parametrize("name", BY_SCREEN)
def test_every_command_of_a_screen_has_its_method(name: str) -> None:
    missing = [command.id for command in BY_SCREEN[name] if not callable(getattr(frames()[name], command.method, None))]
    assert missing == []


def test_every_screen_has_commands() -> None:
    assert set(BY_SCREEN) == set(frames())
    assert {name: frames()[name].__name__ for name in SCREENS} == {
        name: path.rpartition(":")[2] for name, path in SCREENS.items()
    }


@pytest.mark.parametrize("name", BY_SCREEN)
def test_the_help_is_reached_from_everywhere(name: str) -> None:
    assert {"help", "repaint"} <= {command.id for command in BY_SCREEN[name]}
    assert any(command.id in ("back", "quit") for command in BY_SCREEN[name])


async def test_the_help_names_every_command_with_its_key_and_why_not(clone: Repository) -> None:
    async with program(clone.root, size=(100, 90)) as flow:
        await flow.see(KONFERENZ)
        commands, frame = flow.frame.commands, flow.frame
        await flow.do("help")
        await flow.on("help")
        await flow.see("Move", "Motion", "Signs")
        for command in commands:
            (line, *_others) = [
                line for line in flow.lines()[3:-2] if line[2:].startswith(f"{shown(command.keys[0])} ")
            ]
            assert command.title[:17] in line, command.id
            reason = frame.why_not(command)
            assert not reason or f"not now: {reason}" in line


async def test_the_help_is_filtered_and_runs_a_command(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("?")
        await flow.on("help")
        await flow.press("/", *"dele", "enter")
        await flow.see("> D")
        await flow.press("enter")
        await flow.on("register")
        await flow.see("Delete 2292 (V) HHA?")


async def test_a_key_finds_its_command_in_the_help(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("?")
        await flow.press("/", "z")
        await flow.see("> z")


async def test_escape_leaves_the_field_then_the_help(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("?")
        await flow.press("/", "z", "escape")
        await flow.on("help")
        await flow.see("Move")
        await flow.press("escape")
        await flow.on("register")


async def test_the_palette_runs_a_command_by_its_german_name(clone: Repository) -> None:
    async with program(clone.root, language="de") as flow:
        await flow.see(KONFERENZ)
        await flow.press(":")
        await flow.on("palette")
        await flow.type("losch")
        await flow.see("> D")
        await flow.press("enter")
        await flow.see("2292 (V) HHA löschen?")


async def test_the_palette_finds_motions_by_number_and_words(isolated: Path, tmp_path: Path) -> None:
    repository = register(
        tmp_path / "two", {PATH: motion(), OTHER_PATH: motion("3185 (V) HHA", title="Plan", proposal="Nichts.")}
    )
    async with program(repository.root) as flow:
        await flow.see("2 motions")
        await flow.press("ctrl+p", *"3185")
        await flow.see("> 3185 (V) HHA")
        await flow.press(*["backspace"] * 4, *"konferenz")
        await flow.see("2292 (V) HHA")
        await flow.miss("3185 (V) HHA")
        await flow.press("escape")
        await flow.on("register")


async def test_a_disabled_command_of_the_palette_says_why(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press(":", *"undo")
        await flow.see("not now: nothing to undo")
        await flow.press("enter")
        await flow.on("register")
        await flow.see("undo: nothing to undo")


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")
