"""What a crash has left is finished or undone at the next start, and only what is dead is taken away."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from antragsbuch.store import journal, locks
from antragsbuch.store.commit import commit
from antragsbuch.store.drafts import DraftJournal
from antragsbuch.store.journal import Change, Journal
from antragsbuch.store.objects import Entry, blob_name
from antragsbuch.store.recover import recover
from antragsbuch.store.register import Register
from support.repositories import PATH, Repository, motion
from support.repositories import register as register_of

NEW = motion(title="Neu").encode()
MESSAGE = "Titel\n"


def begun(register: Register, new: bytes | None = NEW) -> Journal:
    """A journal as a writer leaves it that died just after writing it."""
    entry = register.objects.entry(register.objects.head(), PATH)
    after = Entry("100644", blob_name("sha1", new)) if new is not None else None
    note = Journal(
        register.root,
        register.git.layout.git_dir,
        "refs/heads/main",
        register.objects.head(),
        MESSAGE,
        time.time(),
        (Change(PATH, entry, after, new),),
    )
    register.folder.mkdir(exist_ok=True)
    journal.write(register.folder, note, shared=False)
    return note


def commit_behind_the_index(clone: Repository) -> None:
    """The commit that the journal announces, as it stands before index and work tree have followed."""
    blob = clone.git("hash-object", "-w", "--stdin", stdin=NEW)
    env = {"GIT_INDEX_FILE": str(clone.root.parent / "private")}
    clone.git("read-tree", "HEAD", env=env)
    clone.git("update-index", "--cacheinfo", f"100644,{blob},{PATH}", env=env)
    tree = clone.git("write-tree", env=env)
    oid = clone.git("commit-tree", tree, "-p", "HEAD", "-F", "-", stdin=MESSAGE.encode())
    clone.git("update-ref", "refs/heads/main", oid)


def test_a_commit_that_was_made_is_finished(clone: Repository) -> None:
    with clone.open() as register:
        begun(register)
        commit_behind_the_index(clone)
        (note,) = recover(register)
        assert "finished" in note
        assert clone.read(PATH) == NEW.decode()
        assert clone.changed() == ""
        assert recover(register) == []


def test_it_is_found_under_commits_that_others_have_made_since(clone: Repository) -> None:
    with clone.open() as register:
        begun(register)
        commit_behind_the_index(clone)
        clone.write("README", "x")
        clone.git("add", "README")
        clone.git("commit", "-q", "--only", "-m", "Others", "README")
        assert "finished" in recover(register)[0]
    assert clone.changed() == ""


def test_what_was_not_committed_and_is_no_longer_in_the_work_tree_is_kept_as_a_draft(
    clone: Repository, tmp_path: Path
) -> None:
    drafts = DraftJournal(tmp_path / "state", clone.root)
    with clone.open() as register:
        note = begun(register)
        notes = recover(register, drafts)
        assert len(notes) == 2
        assert not journal.there(register.folder)
    (draft,) = drafts.unfinished()
    assert (draft.path, draft.text, draft.base) == (PATH, NEW.decode(), motion().encode())
    base = note.changes[0].base
    assert base is not None
    assert draft.blob == base.oid
    assert clone.read(PATH) == motion()
    assert clone.subjects() == ["Begin the register"]


def test_what_was_not_committed_but_is_saved_needs_no_draft(clone: Repository, tmp_path: Path) -> None:
    drafts = DraftJournal(tmp_path / "state", clone.root)
    with clone.open() as register:
        begun(register)
        clone.write(PATH, NEW)
        (note,) = recover(register, drafts)
    assert "not made" in note
    assert drafts.unfinished() == []
    assert clone.changed() == f" M {PATH}"


def test_a_file_that_was_changed_since_is_left_as_it_is(clone: Repository) -> None:
    with clone.open() as register:
        begun(register)
        commit_behind_the_index(clone)
        clone.write(PATH, motion(title="Anders"))
        assert "left as it is" in recover(register)[1]
    assert clone.read(PATH) == motion(title="Anders")


def test_the_next_commit_recovers_first(clone: Repository) -> None:
    with clone.open() as register:
        begun(register)
        commit_behind_the_index(clone)
        clone.write(PATH, motion(title="Danach"))
        done = commit(register, [PATH], "Danach")
    assert "finished" in done.notes[0]
    assert clone.subjects() == ["Danach", "Titel", "Begin the register"]
    assert clone.changed() == ""


def test_a_journal_of_another_work_tree_is_finished_there(clone: Repository, tmp_path: Path) -> None:
    second = clone.worktree(tmp_path / "second", "other")
    with clone.open() as register:
        begun(register)
        commit_behind_the_index(clone)
    with second.open() as register:
        assert "finished" in recover(register)[0]
    assert clone.read(PATH) == NEW.decode()
    assert second.read(PATH) == motion()
    assert (clone.changed(), second.changed()) == ("", "")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"root": 1}', b"\xff"])
def test_a_journal_that_says_nothing_stops_nobody(clone: Repository, content: bytes) -> None:
    with clone.open() as register:
        begun(register)
        (register.folder / "journal").write_bytes(content)
        assert recover(register) == []
        clone.write(PATH, NEW)
        commit(register, [PATH], "Titel")
    assert clone.changed() == ""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("branch", "../../victim"),
        ("branch", "refs/heads/../../../victim"),
        ("head", "--all"),
        ("changes", [{"path": "../victim.toml", "base": None, "new": None, "body": "x"}]),
        ("changes", [{"path": PATH, "base": ["120000", "0" * 40], "new": None, "body": "x"}]),
        ("changes", [{"path": PATH, "base": ["100644", "0\ndiff --git"], "new": None, "body": "x"}]),
        ("started", "yesterday"),
    ],
)
def test_a_prepared_journal_is_not_believed(clone: Repository, key: str, value: object) -> None:
    victim = clone.root.parent / "victim.lock"
    victim.write_text("")
    with clone.open() as register:
        begun(register)
        file = register.folder / "journal"
        file.write_text(json.dumps({**json.loads(file.read_bytes()), key: value}))
        assert recover(register) == []
    assert victim.exists()
    assert clone.read(PATH) == motion()


def test_a_prepared_journal_leads_to_no_other_repository(clone: Repository, tmp_path: Path) -> None:
    victim = register_of(tmp_path / "victim")
    with clone.open() as register:
        begun(register)
        commit_behind_the_index(clone)
        file = register.folder / "journal"
        note = json.loads(file.read_bytes())
        for git_dir in (victim.root / ".git", clone.root / ".git/worktrees/none"):
            file.write_text(json.dumps({**note, "root": str(victim.root), "git_dir": str(git_dir)}))
            assert recover(register) == []
    assert victim.read(PATH) == motion()
    assert victim.changed() == ""


def test_nothing_is_recovered_while_somebody_writes(clone: Repository) -> None:
    with clone.open() as register:
        begun(register)
        holder = os.open(register.folder / "lock", os.O_RDWR | os.O_CREAT)
        fcntl.flock(holder, fcntl.LOCK_EX)
        assert recover(register) == []
        assert journal.there(register.folder)
        os.close(holder)
        assert len(recover(register)) == 2


def test_a_lock_that_our_dead_git_has_left_is_taken_away(clone: Repository) -> None:
    with clone.open() as register:
        begun(register)
        clone.write(PATH, NEW)
        lock = clone.write(".git/index.lock", "")
        assert len(recover(register)) == 1
    assert not lock.exists()


def test_a_lock_that_is_older_than_our_writing_stays(clone: Repository) -> None:
    with clone.open() as register:
        begun(register)
        clone.write(PATH, NEW)
        lock = clone.write(".git/index.lock", "")
        os.utime(lock, (time.time() - 60, time.time() - 60))
        recover(register)
    assert lock.exists()


def test_a_lock_whose_owner_lives_stays(clone: Repository) -> None:
    with clone.open() as register:
        lock = clone.write(".git/index.lock", "")
        # git waits for the end of its input, in this repository
        git = subprocess.Popen(["git", "hash-object", "--stdin"], cwd=clone.root, stdin=subprocess.PIPE)
        try:
            (found,) = locks.found(register.git.layout, "refs/heads/main")
            assert found.owners == (f"git ({git.pid})",)
            assert locks.remove_dead(register.git.layout, "refs/heads/main", 0) == [lock]
            assert lock.exists()
        finally:
            git.communicate()
        assert locks.remove_dead(register.git.layout, "refs/heads/main", 0) == []
    assert not lock.exists()


def test_a_lock_that_another_program_has_open_stays(clone: Repository) -> None:
    with clone.open() as register:
        lock = clone.write(".git/index.lock", "")
        with lock.open("rb") as file:
            other = subprocess.Popen(["cat", "-"], stdin=subprocess.PIPE, pass_fds=[file.fileno()])
        try:
            assert locks.found(register.git.layout)[0].owners == (f"cat ({other.pid})",)
            assert locks.remove_dead(register.git.layout, "", 0) == [lock]
        finally:
            other.communicate()


def test_what_a_save_left_beside_the_file_is_cleared(clone: Repository) -> None:
    left = clone.write("motions/V/2200/.2292-HHA.toml.antragsbuch-new", "half")
    clone.write(".git/antragsbuch/lock", '{"pid": 1}')
    with clone.open() as register:
        assert register.paths() == [PATH]
        recover(register)
    assert not left.exists()
    assert clone.changed() == ""
