"""`antrag restore`."""

from __future__ import annotations

import pytest

from support.commands import Cli
from support.lines import BERLIN, commit_on
from support.repositories import PATH, Repository, motion

FIRST = motion(title="Erst so", proposal="Die Verwaltung führt eine Konferenz durch.")
LAST = "# ein Kommentar\n" + motion(title="Dann so", proposal="Die Verwaltung prüft.", yes=45)


@pytest.fixture
def line(clone: Repository) -> Repository:
    """Two versions, with a comment in the last one."""
    clone.write("motions/council.toml", BERLIN)
    clone.write(PATH, FIRST)
    commit_on(clone, "2024-01-02", "First")
    clone.write(PATH, LAST)
    commit_on(clone, "2024-01-09", "Second")
    return clone


def test_the_whole_motion_as_an_edit(line: Repository, cli: Cli) -> None:
    ran = cli("restore", "2292", "--at", "2.1.2024", at=line.root)
    assert line.read(PATH) == FIRST and line.changed().strip() == f"M {PATH}"
    assert "Title “Dann so” -> “Erst so”\n" in ran.out and "vote removed" in ran.out
    assert ran.err == f"Saved {PATH}; not committed yet.\n"
    assert cli("restore", "2292", "--at", "HEAD~1", at=line.root).err == "Nothing was changed.\n"


def test_one_field_keeps_all_else(line: Repository, cli: Cli) -> None:
    cli("restore", "2292", "--at", "HEAD~1", "--field", "proposal", at=line.root)
    expected = LAST.replace("Die Verwaltung prüft.", "Die Verwaltung führt eine Konferenz durch.")
    assert line.read(PATH) == expected
    cli("restore", "2292", "--at", "HEAD~1", "--field", "titel", at=line.root)
    assert line.read(PATH) == expected.replace("Dann so", "Erst so")


def test_what_was_not_there_goes_and_what_is_gone_comes(line: Repository, cli: Cli) -> None:
    cli("restore", "2292", "--at", "HEAD~1", "--field", "consultations[c1].votes[v1]", at=line.root)
    assert "votes" not in line.read(PATH)
    cli("restore", "2292", "--at", "HEAD", "--field", "consultations[c1].votes[v1]", at=line.root)
    assert "yes = 45" in line.read(PATH) and line.read(PATH).startswith("# ein Kommentar\n")


def test_committed_at_once_with_its_trailers(line: Repository, cli: Cli) -> None:
    first = line.git("rev-parse", "HEAD~1")
    cli("restore", "2292", "--at", first, "--field", "title", "--commit", "--reason", "Versehen", at=line.root)
    assert line.changed() == ""
    assert line.message().splitlines()[0] == "2292 (V) HHA: Titel"
    assert line.git("log", "-1", "--format=%(trailers:key=Restored-From,valueonly)").strip() == first
    assert line.git("log", "-1", "--format=%(trailers:key=Reason,valueonly)").strip() == "Versehen"


def test_edits_that_are_not_committed_are_not_swept_in(line: Repository, cli: Cli) -> None:
    line.write(PATH, LAST.replace("Dann so", "Ganz anders"))
    ran = cli("restore", "2292", "--at", "HEAD~1", "--field", "proposal", "--commit", at=line.root, status=2)
    assert "has changes that are not committed" in ran.err
    assert "Ganz anders" in line.read(PATH) and "prüft" in line.read(PATH)


def test_a_motion_that_is_gone_comes_back(line: Repository, cli: Cli) -> None:
    (line.root / PATH).unlink()
    commit_on(line, "2024-01-16", "Third")
    assert "as a whole first" in cli(
        "restore", "2292", "--at", "HEAD~1", "--field", "title", at=line.root, status=2
    ).err  # fmt: skip
    assert "created" in cli("restore", "2292", "--at", "9.1.2024", "--commit", at=line.root).out
    assert line.at(PATH) == LAST and line.changed() == ""


def test_a_reference_that_comes_back_takes_its_file_along(line: Repository, cli: Cli) -> None:
    (line.root / PATH).unlink()
    line.write("motions/V/2200/2293-HHA.toml", FIRST.replace("2292 (V)", "2293 (V)"))
    commit_on(line, "2024-01-16", "Rename")
    cli("restore", "2293", "--at", "HEAD~1", "--commit", at=line.root)
    assert line.at(PATH) == LAST and line.changed() == ""
    assert not (line.root / "motions/V/2200/2293-HHA.toml").exists()
    assert line.git("log", "-1", "--format=%(trailers:key=Renamed-From,valueonly)").strip() == (
        "motions/V/2200/2293-HHA.toml"
    )


def test_what_cannot_be_brought_back(line: Repository, cli: Cli) -> None:
    assert "is a sentence" in cli(
        "restore", "2292", "--at", "HEAD~1", "--field", "proposal[#1]", at=line.root, status=2
    ).err  # fmt: skip
    assert "Did you mean title?" in cli(
        "restore", "2292", "--at", "HEAD~1", "--field", "titl", at=line.root, status=2
    ).err  # fmt: skip
    cli("restore", "2292", "--at", "HEAD~1", "--field", "consultations[c1].votes[v1]", at=line.root)
    assert "has no place in the motion as it is now" in cli(
        "restore", "2292", "--at", "HEAD", "--field", "consultations[c1].votes[v1].yes", at=line.root, status=2
    ).err  # fmt: skip
    assert "required" in cli("restore", "2292", at=line.root, status=2).err
