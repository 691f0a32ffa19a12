"""`docs/export.md` holds: its commands are run one after the other, and say what stands there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from support.commands import Cli
from support.repositories import Repository, empty, motion

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs/export.md").read_text(encoding="utf-8")
FORMS = ("text", "markdown", "html")


@pytest.fixture
def repository(isolated: Path, tmp_path: Path) -> Repository:
    """The register of this project, and a motion that is not public."""
    made = empty(tmp_path / "clone")
    shutil.copytree(ROOT / "motions", made.root / "motions", dirs_exist_ok=True)
    closed = motion("4001 (V) HHA").replace("public = true", "public = false").replace("2023-12-19", "2024-06-18")
    made.write("motions/V/4000/4001-HHA.toml", closed)
    made.commit("Register")
    return made


def examples() -> list[tuple[list[str], str]]:
    """Each command of the guide for a document, with what it says."""
    found: list[tuple[list[str], str]] = []
    for block in re.findall(r"^```console\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL):
        for example in block.split("$ ")[1:]:
            command, _line, said = example.partition("\n")
            if (words := shlex.split(command))[:2] == ["antrag", "export"] and words[2] in FORMS:
                found.append((words[1:], said))
    return found


def test_the_examples_of_the_guide(repository: Repository, cli: Cli) -> None:
    assert len(examples()) >= 10
    for words, said in examples():
        ran = cli(*words, at=repository.root, status=2 if "antrag: " in said else 0)
        assert ran.out + ran.err == said, words
    for words, _said in examples():
        if "-o" in words:
            assert (repository.root / words[words.index("-o") + 1]).stat().st_size > 300


@pytest.mark.parametrize("command", re.findall(r"^\| `(antrag export [^`]+)` \|", GUIDE, re.MULTILINE))
def test_the_ways_to_choose_motions(repository: Repository, cli: Cli, command: str) -> None:
    made = cli(*shlex.split(command)[1:], at=repository.root).out
    assert made.startswith("<!DOCTYPE html>") and "2292 (V) HHA" in made
