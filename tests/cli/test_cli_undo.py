"""`antrag undo`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Cli
from support.repositories import OTHER_PATH, PATH, Repository, motion

RENAMED = "motions/V/2200/2293-HHA.toml"


@pytest.fixture
def line(clone: Repository) -> Repository:
    """A title, a vote, and the vote corrected."""
    clone.write(PATH, motion(title="Konferenz"))
    clone.commit("Title")
    clone.write(PATH, motion(title="Konferenz", yes=45))
    clone.commit("Vote")
    clone.write(PATH, motion(title="Konferenz", yes=46))
    clone.commit("Corrected")
    return clone


def test_the_last_commit_comes_back_to_the_letter(line: Repository, cli: Cli) -> None:
    line.write(PATH, "# layout\n" + line.read(PATH))
    line.commit("Comment")
    cli("undo", "HEAD", at=line.root)
    assert line.at(PATH) == motion(title="Konferenz", yes=46) and line.changed() == ""


def test_a_commit_before_others_by_field(line: Repository, cli: Cli) -> None:
    commit = line.git("rev-parse", "HEAD~2")
    ran = cli("undo", commit, "--reason", "Versehen", at=line.root)
    assert line.at(PATH) == line.read(PATH) == motion(yes=46)
    assert ran.err.endswith(": Zurückgenommen: Title\n")
    message = line.message().splitlines()
    assert message[0] == "Zurückgenommen: Title"
    assert "- Titel Konferenz -> „Durchführung einer Konferenz“" in message
    trailers = line.git("log", "-1", "--format=%(trailers:only,unfold)").splitlines()
    assert trailers == ["Motion: 2292 (V) HHA", "Fields: title", f"Undoes: {commit}", "Reason: Versehen"]
    line.check()


def test_what_was_changed_again_is_a_conflict_in_words(line: Repository, cli: Cli) -> None:
    head, text = line.head(), line.read(PATH)
    ran = cli("undo", "HEAD~1", at=line.root, status=1)
    assert (line.head(), line.read(PATH), ran.out) == (head, text, "")
    assert "nothing was committed" in ran.err
    assert "2292 (V) HHA (motions/V/2200/2292-HHA.toml)" in ran.err
    assert "consultations[c1].votes[v1]" in ran.err
    assert "then: 45 yes, 3 no, accepted" in ran.err and "now: 46 yes, 3 no, accepted" in ran.err
    assert "taken back: not stated" in ran.err


def test_how_a_step_ended_is_one_question(clone: Repository, cli: Cli) -> None:
    role = 'role = "decision"\n'
    for outcome in ('outcome = "as_proposed"', 'outcome = "deferred"\ndeferred_to = 2024-01-09'):
        clone.write(PATH, motion().replace(role, f"{role}{outcome}\n"))
        clone.commit()
    err = cli("undo", "HEAD~1", at=clone.root, status=1).err
    assert "then: outcome as proposed" in err
    assert "now: outcome deferred, deferred to 2024-01-09" in err and "taken back: not stated" in err


def test_only_to_say_what_would_change(line: Repository, cli: Cli) -> None:
    head = line.head()
    assert cli("undo", "HEAD~2", "--dry-run", at=line.root).out == (
        "2292 (V) HHA\n    Title Konferenz -> “Durchführung einer Konferenz”\n"
    )
    assert line.head() == head


def test_twice_is_not_possible(line: Repository, cli: Cli) -> None:
    commit = line.git("rev-parse", "HEAD~2")
    cli("undo", commit, at=line.root)
    assert "is left to take back" in cli("undo", commit, at=line.root, status=2).err


def test_an_undo_can_be_undone(line: Repository, cli: Cli) -> None:
    before = line.read(PATH)
    cli("undo", "HEAD~2", at=line.root)
    cli("undo", "HEAD", at=line.root)
    assert line.at(PATH) == before
    assert line.message().startswith("Zurückgenommen: Zurückgenommen: Title\n")


def test_motions_that_came_went_and_were_renamed(clone: Repository, cli: Cli) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit("New")
    (clone.root / OTHER_PATH).unlink()
    clone.commit("Gone")
    (clone.root / PATH).unlink()
    clone.write(RENAMED, motion("2293 (V) HHA", id=motion()[6:14]))
    renamed = clone.commit("Renamed")
    clone.write(RENAMED, motion("2293 (V) HHA", id=motion()[6:14], yes=45))
    clone.commit("Vote")
    cli("undo", renamed, at=clone.root)
    assert clone.at(PATH) == motion(yes=45) and not (clone.root / RENAMED).exists()
    assert f"Renamed-From: {RENAMED}" in clone.message()
    cli("undo", f"{renamed}~1", at=clone.root)
    assert clone.at(OTHER_PATH) == motion("3185 (V) HHA") and clone.changed() == ""
    cli("undo", f"{renamed}~2", at=clone.root)
    assert not (clone.root / OTHER_PATH).exists() and clone.changed() == ""


def test_dirty_files_are_not_touched(line: Repository, cli: Cli) -> None:
    dirty = motion(title="Ungespeichert", yes=46)
    line.write(PATH, dirty)
    line.write(OTHER_PATH, "id = \n")
    cli("undo", "HEAD~2", at=line.root)
    assert line.at(PATH) == motion(yes=46)
    assert line.read(PATH) == dirty and line.read(OTHER_PATH) == "id = \n"


def test_a_merge_is_taken_back_against_its_first_parent(clone: Repository, cli: Cli) -> None:
    clone.git("switch", "--quiet", "-c", "side")
    clone.write(PATH, motion(title="Seite"))
    clone.commit("On the side")
    clone.git("switch", "--quiet", "main")
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit("On main")
    clone.git("merge", "--quiet", "--no-edit", "side")
    cli("undo", "HEAD", at=clone.root)
    assert clone.at(PATH) == motion() and clone.at(OTHER_PATH) == motion("3185 (V) HHA")


def test_what_cannot_be_taken_back(line: Repository, cli: Cli, tmp_path: Path) -> None:
    line.write("README", "x")
    line.commit("Elsewhere")
    assert "changed no file of the register" in cli("undo", "HEAD", at=line.root, status=2).err
    assert "There is no version nonsense" in cli("undo", "nonsense", at=line.root, status=2).err
    line.write(PATH, "broken = \n")
    line.commit("Break")
    line.write(PATH, motion())
    line.commit("Mend")
    assert "can't be read (line 1)" in cli("undo", "HEAD~1", at=line.root, status=2).err
    line.git("clone", "--quiet", "--depth", "1", f"file://{line.root}", str(tmp_path / "shallow"))
    assert "shallow" in cli("undo", "HEAD", at=tmp_path / "shallow", status=2).err
