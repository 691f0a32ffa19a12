"""Which folders are a register, and what is said of those that are none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from antragsbuch.i18n import use
from antragsbuch.store import runner
from antragsbuch.store.commit import commit
from antragsbuch.store.errors import (
    BrokenCouncil,
    CannotCommit,
    ForeignOwner,
    GitMissing,
    NoIdentity,
    NotARegister,
    ReadOnly,
)
from antragsbuch.store.identity import Identity
from antragsbuch.store.register import open_register
from support.repositories import COUNCIL, PATH, Repository, empty, motion


def test_a_folder_outside_of_git_is_refused_with_the_way_to_make_a_register(isolated: Path, tmp_path: Path) -> None:
    with pytest.raises(NotARegister, match=r"not in a git repository.*antrag init"):
        open_register(tmp_path)


def test_a_repository_without_council_is_refused_with_the_way_to_make_a_register(
    isolated: Path, tmp_path: Path
) -> None:
    repository = empty(tmp_path / "other")
    repository.write("motions/x.toml", "")
    with pytest.raises(NotARegister, match=r"council\.toml.*antrag init"):
        repository.open()


def test_a_bare_repository_is_refused(clone: Repository, tmp_path: Path) -> None:
    clone.git("clone", "--quiet", "--bare", str(clone.root), str(tmp_path / "bare.git"))
    with pytest.raises(NotARegister, match="bare"):
        open_register(tmp_path / "bare.git")


def test_the_git_directory_itself_is_refused(clone: Repository) -> None:
    with pytest.raises(NotARegister, match="inside a git directory"):
        open_register(clone.root / ".git")


def test_a_folder_that_is_not_there_is_refused(isolated: Path, tmp_path: Path) -> None:
    with pytest.raises(NotARegister, match="no folder"):
        open_register(tmp_path / "nowhere")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder to somebody else")
def test_a_repository_of_somebody_else_is_refused_with_gits_own_remedy(clone: Repository) -> None:
    for path in (clone.root, clone.root / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(ForeignOwner, match=r"git config --global --add safe\.directory") as caught:
        clone.open()
    assert str(clone.root) in caught.value.message


def test_git_dir_and_work_tree_of_the_environment_are_honoured(
    clone: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone.root / ".git").rename(tmp_path / "elsewhere.git")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(clone.root))
    clone.write(PATH, motion(title="Neu"))
    with open_register(tmp_path) as register:
        assert register.paths() == [PATH]
        commit(register, [PATH], "Neu")
    assert clone.at(PATH) == motion(title="Neu")


def test_a_second_work_tree_commits_to_its_own_branch(clone: Repository, tmp_path: Path) -> None:
    second = clone.worktree(tmp_path / "second", "other")
    second.write(PATH, motion(title="Zweiter"))
    with second.open() as register:
        assert register.status().branch == "other"
        commit(register, [PATH], "Second")
    assert second.at(PATH) == motion(title="Zweiter")
    assert clone.at(PATH, "main") == motion()
    assert (second.changed(), clone.changed()) == ("", "")


def test_a_missing_git_is_said(clone: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitMissing, match=r"not installed.*2\.38"):
        clone.open()


def test_an_old_git_is_said(clone: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\necho git version 2.37.9\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(GitMissing, match=r"2\.37.*2\.38"):
        clone.open()


def test_messages_come_in_german_too(isolated: Path, tmp_path: Path) -> None:
    use("de")
    with pytest.raises(NotARegister, match="liegt in keinem git-Repository"):
        open_register(tmp_path)


def test_a_newer_format_is_read_but_not_written(clone: Repository) -> None:
    clone.write("motions/council.toml", COUNCIL.replace("format = 1", "format = 2"))
    with clone.open() as register:
        opened = register.open(PATH)
        with pytest.raises(ReadOnly, match="format 2"):
            register.save(opened, motion(title="Neu"))
        with pytest.raises(ReadOnly, match="format 2"):
            commit(register, ["motions/council.toml"], "Neu")
    assert clone.read(PATH) == motion()


def test_a_broken_council_is_said_with_its_line_and_the_motions_stay_open(clone: Repository) -> None:
    clone.write("motions/council.toml", COUNCIL + "\nname = \n")
    with clone.open() as register:
        assert register.open(PATH).data == motion().encode()
        with pytest.raises(BrokenCouncil, match=f"line {len(COUNCIL.splitlines()) + 2}"):
            register.council()


def test_without_name_nothing_is_committed_until_one_is_set(clone: Repository, isolated: Path) -> None:
    (isolated / "gitconfig").write_text("")
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        assert register.identity() is None
        with pytest.raises(NoIdentity, match=r"user\.name"):
            commit(register, [PATH], "Neu")
        register.set_identity("-n Schmidt", "schmidt@example.org")
        assert register.identity() == Identity("-n Schmidt", "schmidt@example.org")
        commit(register, [PATH], "Neu")
    assert clone.git("log", "-1", "--format=%an <%ae>") == "-n Schmidt <schmidt@example.org>"


def test_an_address_from_the_environment_counts(
    clone: Repository, isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (isolated / "gitconfig").write_text("[user]\n\tname = Erika\n")
    monkeypatch.setenv("EMAIL", "e@example.org")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Kanzlei")
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        assert register.identity() == ("Kanzlei", "e@example.org")
        commit(register, [PATH], "Neu")
    assert clone.git("log", "-1", "--format=%an <%ae> %cn <%ce>") == "Kanzlei <e@example.org> Erika <e@example.org>"


def test_an_author_alone_is_not_enough(clone: Repository, isolated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (isolated / "gitconfig").write_text("")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Kanzlei")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "k@example.org")
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        assert register.identity() is None
        with pytest.raises(NoIdentity):
            commit(register, [PATH], "Neu")


def test_a_shallow_clone_commits_and_is_known_as_shallow(clone: Repository, tmp_path: Path) -> None:
    clone.write(PATH, motion(title="Zwei"))
    clone.commit("Two")
    clone.git("clone", "--quiet", "--depth=1", f"file://{clone.root}", str(tmp_path / "shallow"))
    shallow = Repository(tmp_path / "shallow")
    shallow.write(PATH, motion(title="Drei"))
    with shallow.open() as register:
        assert register.status().shallow
        assert "shallow" in register.notes[0]
        commit(register, [PATH], "Three")
    assert shallow.subjects() == ["Three", "Two"]


def test_on_no_branch_it_reads_but_does_not_commit(clone: Repository) -> None:
    clone.git("checkout", "--quiet", "--detach")
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        assert register.status().detached
        assert register.open(PATH).head_data == motion().encode()
        with pytest.raises(CannotCommit, match="git switch"):
            commit(register, [PATH], "Neu")
    assert clone.subjects() == ["Begin the register"]


@pytest.mark.parametrize("operation", ["merge", "rebase", "cherry-pick"])
def test_in_the_middle_of_something_it_reads_but_does_not_commit(clone: Repository, operation: str) -> None:
    clone.git("checkout", "--quiet", "-b", "side")
    clone.write(PATH, motion(title="Side"))
    clone.commit("Side")
    clone.git("checkout", "--quiet", "main")
    clone.write(PATH, motion(title="Main"))
    head = clone.commit("Main")
    clone.fails(operation, "side")
    with clone.open() as register:
        assert register.status().operation == operation
        assert b"<<<<<<<" in register.open(PATH).data
        with pytest.raises(CannotCommit, match=f"git {operation} --continue"):
            commit(register, [PATH], "Neu")
    assert clone.git("rev-parse", "main") == head


def test_every_call_of_git_has_the_safe_prefix(clone: Repository) -> None:
    options = runner.Git(runner.discover(clone.root)).run("config", "--list", "--show-scope").decode()
    assert "command\tcore.hookspath=/dev/null" in options
    assert "command\tcore.fsmonitor=false" in options
    assert "command\tprotocol.ext.allow=never" in options
