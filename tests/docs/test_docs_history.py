"""`docs/history.md` holds: its commands are run one after the other, and say what stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from support.commands import Cli
from support.lines import BERLIN, commit_on
from support.repositories import PATH, Repository, empty, motion

GUIDE = Path(__file__).parent.parent.parent / "docs/history.md"
_COMMIT = re.compile(r"\b[0-9a-f]{10}\b")
ONE = "Die Verwaltung führt eine Konferenz durch.\nSie berichtet danach."
TWO = "Die Verwaltung führt eine Konferenz durch.\nSie berichtet dem Ausschuss."


def register_of_the_guide(folder: Path) -> Repository:
    """The register that the guide tells of: a motion in four commits on four days."""
    repository = empty(folder)
    repository.write("motions/council.toml", BERLIN)
    repository.write(PATH, motion(proposal=ONE))
    commit_on(repository, "2023-11-16", "2292 angelegt")
    repository.write(PATH, motion(proposal=TWO))
    commit_on(repository, "2023-12-01", "Bericht an den Ausschuss\n\nReason: Wunsch der Fraktion")
    repository.write(PATH, motion(proposal=TWO, yes=45))
    commit_on(repository, "2023-12-19", "Abstimmung der Regionsversammlung")
    repository.write(PATH, motion(proposal=TWO, yes=46))
    commit_on(repository, "2023-12-20", "Abstimmung berichtigt\n\nReason: Niederschrift")
    return repository


def examples() -> list[tuple[str, str]]:
    """Each command of the guide with what it says, both outputs together."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"^```console\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for example in block.split("$ ")[1:]:
            command, _line, said = example.partition("\n")
            found.append((command, said))
    return found


def test_the_examples_of_the_guide(isolated: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = register_of_the_guide(tmp_path / "clone")
    monkeypatch.setenv("COLUMNS", "79")
    assert len(examples()) >= 8
    for command, said in examples():
        program, *words = shlex.split(command)
        assert program == "antrag"
        ran = cli(*words, at=repository.root, status=None)
        assert _COMMIT.sub("0123456789", ran.out + ran.err) == _COMMIT.sub("0123456789", said), command
