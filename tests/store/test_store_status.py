"""What differs from HEAD, by the bytes that stand in the work tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from antragsbuch.store.status import FileChange
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, empty, motion, motion_id


def changes(repository: Repository) -> list[FileChange]:
    with repository.open() as register:
        return list(register.status().changed)


def test_a_clean_clone_has_no_changes_and_says_its_branch(clone: Repository) -> None:
    with clone.open() as register:
        status = register.status()
        assert register.branch() == "refs/heads/main"
    assert (status.branch, status.upstream, status.ahead, status.behind, status.changed) == ("main", "", 0, 0, ())
    assert (status.operation, status.detached, status.shallow, status.bare) == ("", False, False, False)


def test_ahead_and_behind_of_the_upstream_branch(clone: Repository, tmp_path: Path) -> None:
    second = clone.clone(tmp_path / "second")
    clone.commit("One more here")
    for number in range(2):
        second.write(PATH, motion(title=f"Neu {number}"))
        second.commit("Two more there")
    second.git("fetch", "-q")
    with second.open() as register:
        status = register.status()
    assert (status.upstream, status.ahead, status.behind) == ("origin/main", 2, 1)


def test_each_kind_of_change_is_named(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.write("motions/V/3100/3186-HHA.toml", motion("3186 (V) HHA"))
    clone.commit("More")
    clone.write(PATH, motion(title="Neu"))
    (clone.root / OTHER_PATH).unlink()
    (clone.root / "motions/V/3100/3186-HHA.toml").rename(clone.root / "motions/V/3100/3187-HHA.toml")
    clone.write("motions/new/m1.toml", motion("", id="m1"))
    clone.write("motions/council.toml", COUNCIL + "\n")
    clone.write("motions/notes.txt", "no motion")
    clone.write("motions/.hidden.toml", "no motion")
    clone.write("README.toml", "not below motions")
    assert changes(clone) == [
        FileChange(PATH, "changed"),
        FileChange(OTHER_PATH, "removed"),
        FileChange("motions/V/3100/3187-HHA.toml", "renamed", "motions/V/3100/3186-HHA.toml"),
        FileChange("motions/council.toml", "changed"),
        FileChange("motions/new/m1.toml", "added"),
    ]


def test_what_is_staged_counts_by_the_work_tree(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.git("add", "-A")
    clone.git("rm", "-q", "--cached", PATH)
    assert changes(clone) == [FileChange(OTHER_PATH, "added")]


def test_a_file_that_is_committed_staged_as_changed_and_put_back_is_no_change(clone: Repository) -> None:
    clone.write(PATH, motion(title="Staged"))
    clone.git("add", PATH)
    clone.write(PATH, motion())
    assert changes(clone) == []


def test_a_motion_that_got_its_number_keeps_its_id_and_is_a_rename(clone: Repository) -> None:
    draft = "motions/new/mabc1234.toml"
    clone.write(draft, motion("", id="mabc1234"))
    clone.commit("Draft")
    with clone.open() as register:
        register.rename(register.open(draft), OTHER_PATH, motion("3185 (V) HHA", id="mabc1234"))
    assert changes(clone) == [FileChange(OTHER_PATH, "renamed", draft)]


def test_two_motions_with_one_id_are_not_paired_twice(clone: Repository) -> None:
    text = motion(id=motion_id("2292 (V) HHA"))
    (clone.root / PATH).unlink()
    clone.write("motions/V/1.toml", text)
    clone.write("motions/V/2.toml", text)
    found = changes(clone)
    assert [change.kind for change in found] == ["renamed", "added"]


def test_before_the_first_commit_everything_is_new(isolated: Path, tmp_path: Path) -> None:
    repository = empty(tmp_path / "new")
    repository.write("motions/council.toml", COUNCIL)
    repository.write(PATH, motion())
    with repository.open() as register:
        status = register.status()
    assert status.branch == "main"
    assert [change.kind for change in status.changed] == ["added", "added"]


def test_looking_takes_no_lock(clone: Repository) -> None:
    clone.write(".git/index.lock", "")
    clone.write(PATH, motion(title="Neu"))
    assert changes(clone) == [FileChange(PATH, "changed")]


@pytest.mark.parametrize("setting", ["core.autocrlf", "attributes"])
def test_windows_line_ends_are_no_change_where_git_converts_them(clone: Repository, setting: str) -> None:
    if setting == "attributes":
        clone.write(".git/info/attributes", "*.toml text eol=crlf\n")
    else:
        clone.git("config", "core.autocrlf", "true")
    clone.write(PATH, motion().replace("\n", "\r\n"))
    assert changes(clone) == []


def test_what_is_no_file_does_not_stop_the_list(clone: Repository) -> None:
    (clone.root / PATH).unlink()
    clone.write(f"{PATH}/deeper.toml", motion("9 (V) HHA"))
    clone.write("motions/V/odd\nname.toml", motion("8 (V) HHA"))
    (clone.root / "motions/V/link.toml").symlink_to("nowhere")
    assert [change.kind for change in changes(clone)] == ["changed", "added", "added", "added"]
