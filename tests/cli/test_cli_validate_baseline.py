"""`antrag validate --baseline`: only what is new is shown."""

from __future__ import annotations

import json

import pytest

from support.commands import Cli
from support.repositories import OTHER_PATH, PATH, Repository, motion

TIE = motion(yes=3)
ON = ("validate", "--baseline", "known.json")


def written(clone: Repository) -> list[tuple[str, str, str]]:
    head, *rows = json.loads(clone.read("known.json"))
    assert head == {"format": 1}
    return [(row["path"], row["code"], row["line"]) for row in rows]


@pytest.fixture
def known(clone: Repository, cli: Cli) -> Repository:
    """A register with a baseline of what was wrong in it."""
    clone.write(PATH, TIE)
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit()
    ran = cli(*ON, "--update-baseline", at=clone.root)
    assert not ran.out and "known.json: " in ran.err
    return clone


def test_what_is_known_is_not_shown_but_counted(known: Repository, cli: Cli) -> None:
    assert (PATH, "VO003", "yes = 3") in written(known)
    ran = cli(*ON, at=known.root)
    assert not ran.out and "known by the baseline" in ran.err
    cli("validate", at=known.root, status=1)


def test_moved_lines_stay_known_and_new_findings_are_shown(known: Repository, cli: Cli) -> None:
    known.write(PATH, TIE.replace("[[consultations]]", "# moved\n\n[[consultations]]"))
    assert "VO003" not in cli(*ON, at=known.root).out
    known.write(OTHER_PATH, motion("3185 (V) HHA", yes=1))
    found = cli(*ON, "--json", at=known.root, status=1).json
    assert {row["path"] for row in found if row["code"] == "VO003"} == {OTHER_PATH}


def test_what_is_gone_is_said_and_taken_out(known: Repository, cli: Cli) -> None:
    before = written(known)
    known.write(PATH, motion(yes=45))
    known.write(OTHER_PATH, motion("3185 (V) HHA", yes=1))
    assert "gone; --update-baseline takes" in cli(*ON, at=known.root, status=1).err
    assert written(known) == before
    ran = cli(*ON, "--update-baseline", at=known.root, status=1)
    assert "gone and taken out" in ran.err
    left = written(known)
    # what is new does not come in by itself
    assert (PATH, "VO003", "yes = 3") not in left and set(left) < set(before)
    assert "VO003" in ran.out
    assert "gone" not in cli(*ON, at=known.root, status=1).err


def test_a_part_says_nothing_of_the_rest(known: Repository, cli: Cli) -> None:
    before = known.read("known.json")
    for part in ((OTHER_PATH,), ("--select", "TX"), ("--since", "HEAD")):
        ran = cli(*ON, *part, "--update-baseline", at=known.root)
        assert "gone" not in ran.err
        assert known.read("known.json") == before
    (known.root / "known.json").unlink()
    for part in ((OTHER_PATH,), ("--select", "TX"), ("--since", "HEAD")):
        assert "the whole register" in cli(*ON, *part, "--update-baseline", at=known.root, status=2).err
    assert not (known.root / "known.json").exists()


def test_a_baseline_that_is_not_there_or_none(clone: Repository, cli: Cli) -> None:
    assert "There is no baseline known.json; --update-baseline writes one." in cli(*ON, at=clone.root, status=2).err
    clone.write("known.json", "[\n<<<<<<< HEAD\n")
    for options in ((), ("--update-baseline",)):
        assert "known.json: line 2: no JSON" in cli(*ON, *options, at=clone.root, status=2).err
    assert clone.read("known.json") == "[\n<<<<<<< HEAD\n"


def test_mending_and_bringing_up_to_date_in_one_run(known: Repository, cli: Cli) -> None:
    known.write(PATH, TIE.replace("Durchführung", "Durchführung "))
    (known.root / "known.json").unlink()
    cli(*ON, "--update-baseline", at=known.root)
    assert "TX008" in {code for _path, code, _line in written(known)}
    cli(*ON, "--update-baseline", "--fix", at=known.root)
    assert "TX008" not in {code for _path, code, _line in written(known)}
