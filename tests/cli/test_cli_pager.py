"""What is long goes through the pager of the person, where a terminal reads it."""

from __future__ import annotations

import sys

import pytest

from antragsbuch.cli.pager import paged, pager_command
from antragsbuch.store.config import parse
from support.commands import Cli, on_a_terminal
from support.repositories import PATH, Repository, motion


@pytest.mark.parametrize(
    ("environment", "configured", "command"),
    [
        ({}, "", ["less"]),
        ({"PAGER": "more -s"}, "", ["more", "-s"]),
        ({"PAGER": "more"}, "global\0core.pager\nless -S\0", ["less", "-S"]),
        ({"PAGER": "more", "GIT_PAGER": "most"}, "global\0core.pager\nless -S\0", ["most"]),
        ({"GIT_PAGER": ""}, "", []),
        ({"GIT_PAGER": "cat"}, "", []),
        ({}, "local\0core.pager\n/bin/evil\0", ["less"]),
        ({"PAGER": 'x "'}, "", []),
    ],
)
def test_which_pager(environment: dict[str, str], configured: str, command: list[str]) -> None:
    assert pager_command(environment, parse(configured.encode())) == command


def test_a_terminal_gets_the_pager_and_colours(clone: Repository) -> None:
    clone.write(PATH, motion(title="Konferenz", yes=45))
    pager = f"{sys.executable} -c \"import sys; print('PAGED', sys.stdin.read())\""
    said = on_a_terminal("diff", at=clone.root, env={"GIT_PAGER": pager, "TERM": "xterm"})
    assert said.startswith("PAGED ") and "\x1b[32m" in said and "Yes: 45" in said
    assert "PAGED" not in on_a_terminal("diff", at=clone.root, env={"GIT_PAGER": "cat", "TERM": "xterm"})
    missing = on_a_terminal("diff", at=clone.root, env={"GIT_PAGER": "/no/such", "TERM": "xterm"})
    assert "Yes: 45" in missing and "PAGED" not in missing


def test_a_pager_that_is_left_early_is_no_error(clone: Repository) -> None:
    for number in range(30):
        clone.write(PATH, motion(title=f"Titel {number}"))
        clone.commit()
    assert "rror" not in on_a_terminal("log", at=clone.root, env={"GIT_PAGER": "true", "TERM": "xterm"})


def test_a_pipe_gets_no_pager(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_PAGER", "/bin/false")
    assert "Begin the register" in cli("log", at=clone.root).out
    before = sys.stdout
    with paged(None):
        assert sys.stdout is before
