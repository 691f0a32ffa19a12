"""The past in `antrag show` and `antrag list`."""

from __future__ import annotations

import pytest

from support.commands import Cli
from support.lines import BERLIN, commit_on
from support.repositories import OTHER_PATH, PATH, Repository, motion

NEW_PATH = "motions/V/2200/2293-HHA.toml"


@pytest.fixture
def line(clone: Repository, cli: Cli) -> Repository:
    """A title that changed, a motion that came and went, one that was renamed."""
    clone.write("motions/council.toml", BERLIN)
    clone.write(PATH, motion(title="Erst so"))
    commit_on(clone, "2024-01-02", "First")
    clone.write(PATH, motion(title="Dann so"))
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    commit_on(clone, "2024-01-09", "Second")
    (clone.root / PATH).unlink()
    (clone.root / OTHER_PATH).unlink()
    clone.write(NEW_PATH, motion("2293 (V) HHA", id=motion()[6:14], title="Zuletzt"))
    commit_on(clone, "2024-01-16", "Third")
    return clone


@pytest.mark.parametrize(
    ("at", "title"),
    [("2.1.2024", "Erst so"), ("@2024-01-08", "Erst so"), ("9. Januar 2024", "Dann so"), ("HEAD~2", "Erst so"),
     ("HEAD", "Zuletzt"), ("17.1.2024", "Zuletzt")],
)  # fmt: skip
def test_a_motion_as_it_was_under_its_name_of_today(line: Repository, cli: Cli, at: str, title: str) -> None:
    assert cli("show", "2293", "--at", at, "--json", at=line.root).json["title"] == title
    assert title in cli("show", "2293", "--at", at, at=line.root).out


def test_a_motion_that_is_gone_under_the_name_that_it_had(line: Repository, cli: Cli) -> None:
    assert cli("show", "3185", "--at", "9.1.2024", "--as", "toml", at=line.root).out == motion(
        "3185 (V) HHA", title="Plan"
    )  # fmt: skip
    assert cli("show", "2292", "--at", "2.1.2024", "--json", at=line.root).json["title"] == "Erst so"
    err = cli("show", "3185", "--at", "2.1.2024", at=line.root, status=2).err
    assert "There was no motion 3185 in " in err
    assert "There was no motion 77 in " in cli("show", "77", "--at", "HEAD", at=line.root, status=2).err


def test_days_and_versions_that_are_not_there(line: Repository, cli: Cli) -> None:
    assert (
        "Up to 2001-01-01 there was no commit." in cli("show", "2293", "--at", "1.1.2001", at=line.root, status=2).err
    )
    assert "There is no version nonsense" in cli("show", "2293", "--at", "nonsense", at=line.root, status=2).err
    assert "There is no version --help" in cli("show", "2293", "--at=--help", at=line.root, status=2).err


def test_the_register_as_of_a_day(line: Repository, cli: Cli) -> None:
    def titles(*words: str) -> list[str]:
        return [row["title"] for row in cli("list", *words, "--json", at=line.root).json]

    assert titles("--at", "9.1.2024") == ["Dann so", "Plan"]
    assert titles("--at", "HEAD~2") == ["Erst so"]
    assert titles("--at", "9.1.2024", "plan") == ["Plan"]
    assert titles("--at", "9.1.2024", "--reverse", "-n", "1") == ["Plan"]
    assert cli("list", "--at", "9.1.2024", at=line.root).out.count("\n") == 2
    refused = cli("list", "--at", "9.1.2024", "has:error", at=line.root, status=2)
    assert "found by words only" in refused.err
