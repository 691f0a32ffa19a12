"""Several programs on one clone at the same moment: every commit that was acknowledged is in the history."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from pathlib import Path

import pytest

from antragsbuch.store import lock
from antragsbuch.store.commit import commit
from antragsbuch.store.errors import RepositoryBusy
from antragsbuch.store.recover import recover
from support.repositories import OTHER_PATH, PATH, Repository, motion, numbered, register
from support.writers import EDITS, run

WRITERS = 8


def test_eight_writers_on_one_motion_lose_no_edit(isolated: Path, tmp_path: Path) -> None:
    repository = register(tmp_path / "clone", {PATH: motion(yes=0)})
    told = run(repository.root, [PATH] * WRITERS)
    assert len(told) == WRITERS * EDITS
    assert sorted(told) == sorted(repository.git("rev-list", "HEAD").splitlines()[:-1])
    assert f"yes = {WRITERS * EDITS}\n" in repository.at(PATH)
    assert repository.changed() == ""
    repository.check()


def test_eight_writers_on_their_own_motions_all_commit(isolated: Path, tmp_path: Path) -> None:
    files = dict(numbered(number) for number in range(1, WRITERS + 1))
    repository = register(tmp_path / "clone", dict(files))
    told = run(repository.root, list(files))
    assert sorted(told) == sorted(repository.git("rev-list", "HEAD").splitlines()[:-1])
    for path in files:
        assert repository.at(path) == repository.read(path) == motion("1 (V) HHA", title=f"Stand {EDITS - 1}")
        assert len(repository.git("log", "--format=%H", "--", path).splitlines()) == EDITS + 1
    assert repository.changed() == ""
    repository.check()


def test_two_work_trees_commit_to_their_branches_at_once(clone: Repository, tmp_path: Path) -> None:
    second = clone.worktree(tmp_path / "second", "other")

    def work(repository: Repository) -> None:
        with repository.open() as opened:
            for number in range(5):
                saved = opened.save(opened.open(PATH), motion(title=f"{repository.root.name} {number}"))
                commit(opened, [PATH], f"{number}", expected={PATH: saved.blob})

    threads = [threading.Thread(target=work, args=(repository,)) for repository in (clone, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(clone.subjects()) == len(second.subjects()) == 6
    assert clone.at(PATH) == motion(title="clone 4")
    assert second.at(PATH) == motion(title="second 4")


def test_git_that_moves_the_branch_at_the_last_moment_loses_nothing(clone: Repository) -> None:
    clone.write(PATH, motion(title="Mine"))

    def intrude(_contents: object) -> None:
        if len(clone.subjects()) == 1:
            clone.write(OTHER_PATH, motion("3185 (V) HHA"))
            clone.commit("In between", [OTHER_PATH])

    with clone.open() as opened:
        commit(opened, [PATH], "Mine", validate=intrude)
    assert clone.subjects() == ["Mine", "In between", "Begin the register"]
    assert clone.changed() == ""


def test_who_waits_too_long_is_told_who_writes(clone: Repository) -> None:
    with clone.open() as opened:
        opened.folder.mkdir()
        holder = os.open(opened.folder / "lock", os.O_RDWR | os.O_CREAT)
        os.write(holder, json.dumps({"pid": 4711, "user": "kanzlei", "since": "09:12:00"}).encode())
        fcntl.flock(holder, fcntl.LOCK_EX)
        with (
            pytest.raises(RepositoryBusy, match=r"kanzlei \(process 4711\), since 09:12:00"),
            lock.held(opened.folder, wait=0.05),
        ):
            pass
        os.close(holder)
        with lock.held(opened.folder, wait=0.05) as held:
            assert held.crashed


def test_a_name_in_the_lock_that_is_no_name_does_no_harm(clone: Repository) -> None:
    with clone.open() as opened:
        opened.folder.mkdir()
        (opened.folder / "lock").write_bytes(b"\xff\x00 [1")
        holder = os.open(opened.folder / "lock", os.O_RDWR)
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(RepositoryBusy, match="another process"), lock.held(opened.folder, wait=0):
            pass
        os.close(holder)


def test_an_index_lock_of_somebody_else_delays_the_index_not_the_commits(clone: Repository) -> None:
    foreign = clone.write(".git/index.lock", "")
    os.utime(foreign, (1, 1))
    with clone.open() as opened:
        for title in ("Eins", "Zwei"):
            saved = opened.save(opened.open(PATH), motion(title=title))
            made = commit(opened, [PATH], title, expected={PATH: saved.blob})
            assert "index is in use" in made.notes[-1]
        assert clone.at(PATH) == motion(title="Zwei")
        assert foreign.exists(), "it is older than our commits: not ours to remove"
        foreign.unlink()
        assert recover(opened) == []
    assert clone.subjects() == ["Zwei", "Eins", "Begin the register"]
    assert clone.changed() == ""
    assert [file.name for file in (clone.root / ".git/antragsbuch").iterdir()] == ["lock"]
