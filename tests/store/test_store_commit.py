"""A commit: what it holds, what it says, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from antragsbuch.store.commit import commit, commit_contents
from antragsbuch.store.errors import ChangedInHead, NothingToCommit
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, empty, motion, motion_id, numbered, register


def test_a_commit_holds_the_saved_file_and_nothing_else(clone: Repository) -> None:
    before = clone.head()
    with clone.open() as register:
        opened = register.open(PATH)
        register.save(opened, motion(title="Neu"))
        made = commit(register, [PATH], "2292 (V) HHA: Titel", expected={PATH: opened.blob})
    assert made.paths == (PATH,)
    assert made.notes == ()
    assert clone.head() == made.oid
    assert clone.git("rev-parse", "HEAD^") == before
    assert clone.git("diff", "--name-only", before, "HEAD") == PATH
    assert clone.at(PATH) == motion(title="Neu")
    assert clone.message() == "2292 (V) HHA: Titel"
    assert clone.git("log", "-1", "--format=%an <%ae> %cn") == "Erika Beispiel <erika@example.org> Erika Beispiel"
    assert clone.git("reflog", "-1", "--format=%gs") == "commit: 2292 (V) HHA: Titel"
    assert clone.changed() == ""
    clone.check()


def test_reason_and_trailers_stand_together(clone: Repository) -> None:
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        commit(register, [PATH], "Titel\n\nMotion: 2292 (V) HHA", reason="wie in der\nSitzung gesagt")
    assert clone.message() == "Titel\n\nMotion: 2292 (V) HHA\nReason: wie in der Sitzung gesagt"


def test_the_first_commit_of_a_repository(isolated: Path, tmp_path: Path) -> None:
    repository = empty(tmp_path / "new")
    repository.write("motions/council.toml", COUNCIL)
    repository.write(PATH, motion())
    with repository.open() as register:
        assert register.open(PATH).head is None
        commit(register, ["motions/council.toml", PATH], "Begin")
    assert repository.git("ls-tree", "-r", "--name-only", "HEAD").splitlines() == [PATH, "motions/council.toml"]
    assert repository.changed() == ""


def test_a_file_committed_by_others_since_it_was_opened_stops_the_commit(clone: Repository) -> None:
    with clone.open() as register:
        opened = register.open(PATH)
        clone.write(PATH, motion(title="Theirs"))
        clone.commit("Theirs")
        clone.write(PATH, motion(title="Ours"))
        head = clone.head()
        with pytest.raises(ChangedInHead) as caught:
            commit(register, [PATH], "Ours", expected={PATH: opened.blob})
    (change,) = caught.value.changes
    assert change.base == motion().encode()
    assert change.ours == motion(title="Ours").encode()
    assert change.theirs == motion(title="Theirs").encode()
    assert change.blob == clone.git("rev-parse", f"HEAD:{PATH}")
    assert clone.head() == head


def test_a_commit_by_others_to_another_file_does_not_matter(clone: Repository) -> None:
    with clone.open() as register:
        opened = register.open(PATH)
        clone.write(OTHER_PATH, motion("3185 (V) HHA"))
        clone.commit("Another")
        register.save(opened, motion(title="Ours"))
        commit(register, [PATH], "Ours", expected={PATH: opened.blob})
    assert clone.subjects() == ["Ours", "Another", "Begin the register"]
    assert clone.at(OTHER_PATH) == motion("3185 (V) HHA")


def test_nothing_to_commit_is_said(clone: Repository) -> None:
    with clone.open() as register, pytest.raises(NothingToCommit):
        commit(register, [PATH], "Nothing")
    assert clone.subjects() == ["Begin the register"]


def test_what_others_have_staged_or_not_saved_stays_byte_for_byte(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.write("README", "one\n")
    clone.commit("More")
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Staged"))
    clone.git("add", OTHER_PATH)
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Dirty"))
    clone.write("README", "two\n")
    staged, status = clone.git("rev-parse", f":{OTHER_PATH}"), clone.changed()
    with clone.open() as register:
        register.save(register.open(PATH), motion(title="Neu"))
        commit(register, [PATH], "Mine")
    assert clone.git("rev-parse", f":{OTHER_PATH}") == staged
    assert clone.changed() == status
    assert clone.read(OTHER_PATH) == motion("3185 (V) HHA", title="Dirty")
    assert clone.at(OTHER_PATH) == motion("3185 (V) HHA")


def test_a_version_that_somebody_staged_of_the_same_file_stays_staged(clone: Repository) -> None:
    clone.write(PATH, motion(title="Staged"))
    clone.git("add", PATH)
    staged = clone.git("rev-parse", f":{PATH}")
    with clone.open() as register:
        register.save(register.open(PATH), motion(title="Mine"))
        commit(register, [PATH], "Mine")
    assert clone.at(PATH) == motion(title="Mine")
    assert clone.git("rev-parse", f":{PATH}") == staged


def test_a_renamed_motion_leaves_its_old_path_in_the_same_commit(clone: Repository) -> None:
    with clone.open() as register:
        opened = register.open(PATH)
        text = motion("2293 (V) HHA", id=motion_id("2292 (V) HHA"))
        register.rename(opened, "motions/V/2200/2293-HHA.toml", text)
        commit(register, ["motions/V/2200/2293-HHA.toml"], "Number")
    assert clone.git("ls-tree", "-r", "--name-only", "HEAD").splitlines() == [
        "motions/V/2200/2293-HHA.toml",
        "motions/council.toml",
    ]
    assert clone.message() == f"Number\n\nRenamed-From: {PATH}"
    assert clone.changed() == ""


def test_a_deleted_motion_and_its_empty_folder_go(clone: Repository) -> None:
    with clone.open() as register:
        register.delete(register.open(PATH))
        commit(register, [PATH], "Delete")
    assert clone.git("ls-tree", "-r", "--name-only", "HEAD") == "motions/council.toml"
    assert not (clone.root / "motions/V").exists()
    assert clone.changed() == ""
    clone.check()


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_many_motions_in_one_commit(isolated: Path, tmp_path: Path, name: str) -> None:
    empty(tmp_path / "clone").git("init", "--quiet", f"--object-format={name}", str(tmp_path / name))
    clone = register(tmp_path / name)
    # so many that the pipes to and from git would fill up, one large and two the same
    files = dict(numbered(number) for number in range(1, 1701))
    files["motions/V/0/1-HHA.toml"] = motion("1 (V) HHA", proposal="Satz. " * 5000)
    files["motions/other/a.toml"] = files["motions/other/b.toml"] = "# the same\n"
    clone.write("motions/V/100/100-HHA.toml", "# old\n")
    clone.commit("Before")
    for path, text in files.items():
        clone.write(path, text)
    (clone.root / PATH).unlink()
    with clone.open() as opened:
        made = commit(opened, [*files, PATH], "Many")
    assert len(made.paths) == 1703
    assert clone.changed() == ""
    assert len(clone.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()) == 1703
    assert all(clone.at(path) == text for path, text in list(files.items())[::400])
    assert list((clone.root / ".git/antragsbuch").iterdir()) == [clone.root / ".git/antragsbuch/lock"]
    clone.check()


def test_contents_that_are_committed_directly_reach_a_work_tree_that_is_unchanged(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit("Second")
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Not saved"))
    new = {PATH: motion(title="Neu").encode(), OTHER_PATH: motion("3185 (V) HHA", title="Neu").encode()}
    with clone.open() as register:
        made = commit_contents(register, new, "Both")
    assert clone.read(PATH) == motion(title="Neu")
    assert clone.read(OTHER_PATH) == motion("3185 (V) HHA", title="Not saved")
    assert made.notes == (f"{OTHER_PATH} was changed meanwhile and left as it is.",)
    assert clone.changed() == f" M {OTHER_PATH}"


def test_the_mode_of_a_file_stays(clone: Repository) -> None:
    (clone.root / PATH).chmod(0o755)
    clone.commit("Executable")
    with clone.open() as register:
        register.save(register.open(PATH), motion(title="Neu"))
        commit(register, [PATH], "Neu")
    assert clone.git("ls-tree", "HEAD", PATH).startswith("100755 ")
    assert clone.changed() == ""


def test_a_group_can_write_where_the_repository_is_shared(clone: Repository) -> None:
    clone.git("config", "core.sharedRepository", "group")
    with clone.open() as register:
        register.save(register.open(PATH), motion(title="Neu"))
        commit(register, [PATH], "Neu")
        assert (register.folder / "lock").stat().st_mode & 0o060 == 0o060
        assert register.folder.stat().st_mode & 0o070 == 0o070
