"""docs/validation.md holds: its files are checked, and its commands say what the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from antragsbuch_schema.rules import RULES
from support.commands import Cli
from support.repositories import Repository, register

PAGE = Path(__file__).parents[2] / "docs/validation.md"
TEXT = PAGE.read_text(encoding="utf-8")
_BLOCK = re.compile(r"<!-- (file|run)(?:: (\S+))? -->\n```\w+\n(.*?)```\n", re.DOTALL)


def session(repository: Repository, cli: Cli, block: str) -> str:
    """The block with what its commands say now behind them."""
    said = []
    for line in block.splitlines():
        if line.startswith("$ antrag "):
            ran = cli(*shlex.split(line)[2:], "--today", "2024-01-15", at=repository.root, status=None)
            said += [line, *(ran.out + ran.err).splitlines()]
        elif line.startswith("$ cat "):
            said += [line, *repository.read(line.split()[2]).splitlines()]
    return "\n".join(said) + "\n"


def test_the_commands_say_what_the_page_shows(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = register(tmp_path / "r", {})
    runs = 0
    for match in _BLOCK.finditer(TEXT):
        kind, path, block = match.groups()
        if kind == "file":
            repository.write(path, block)
        else:
            assert session(repository, cli, block) == block
            runs += block.count("$ ")
    assert runs >= 9


def test_every_code_of_the_page_is_one() -> None:
    assert set(re.findall(r"\b[A-Z]{2}[0-9]{3}\b", TEXT)) <= set(RULES)


def test_every_option_is_on_the_page(cli: Cli) -> None:
    options = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", cli("validate", "--help").out, re.MULTILINE))
    assert len(options) > 15
    assert {option for option in options if option not in TEXT} <= {"--help"}


def test_the_pages_that_it_names_are_there() -> None:
    assert all((PAGE.parent / name).is_file() for name in re.findall(r"\]\(([\w-]+\.md)\)", TEXT))
