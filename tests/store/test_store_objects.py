"""Reading committed objects, also damaged ones, and in every kind of repository."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from antragsbuch.store.commit import commit
from antragsbuch.store.errors import GitError, InvalidFile
from antragsbuch.store.objects import parse_commit
from antragsbuch.store.register import open_register
from support.repositories import COUNCIL, PATH, Repository, motion


def test_a_tree_is_walked_to_its_files(clone: Repository) -> None:
    clone.write("motions/V/link.toml", "x")
    (clone.root / "motions/V/link.toml").unlink()
    (clone.root / "motions/V/link.toml").symlink_to("2200")
    clone.commit("Link")
    with clone.open() as register:
        objects, head = register.objects, register.objects.head()
        assert sorted(objects.walk(head, "motions")) == [PATH, "motions/V/link.toml", "motions/council.toml"]
        assert objects.content(head, PATH) == motion().encode()
        assert objects.content(head, "motions/V/link.toml") is None
        assert objects.content(head, "motions/V") is None
        assert objects.content(head, f"{PATH}/deeper") is None
        assert objects.walk(head, "nothing") == {}
        assert objects.walk(None, "motions") == {}


def test_new_commits_and_packs_are_seen_by_a_reader_that_runs(clone: Repository) -> None:
    with clone.open() as register:
        before = register.objects.head()
        clone.write(PATH, motion(title="Neu"))
        after = clone.commit("New")
        clone.git("gc", "-q", "--prune=now")
        assert register.objects.head() == after != before
        assert register.committed(PATH) == motion(title="Neu").encode()


def test_a_damaged_object_is_said_and_the_rest_stays_readable(clone: Repository) -> None:
    blob = clone.git("rev-parse", f"HEAD:{PATH}")
    file = clone.root / ".git/objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    for damage in (b"", b"rubbish", file.read_bytes()[:20]):
        file.write_bytes(damage)
        with clone.open() as register:
            with pytest.raises(GitError, match=r"git fsck") as caught:
                register.committed(PATH)
            assert "Traceback" not in caught.value.message
            assert register.committed("motions/council.toml") == COUNCIL.encode()


def test_a_reader_that_was_killed_is_started_again(clone: Repository) -> None:
    with clone.open() as register:
        assert register.committed(PATH) == motion().encode()
        process = register.objects._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        assert register.committed(PATH) == motion().encode()


def test_a_closed_register_leaves_no_process(clone: Repository) -> None:
    register = clone.open()
    register.committed(PATH)
    process = register.objects._process
    assert process is not None
    register.close()
    assert process.poll() == 0


def test_a_repository_with_sha256_works_as_well(isolated: Path, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "sha256")
    repository.root.mkdir()
    done = subprocess.run(["git", "init", "-q", "--object-format=sha256"], cwd=repository.root, check=False)
    if done.returncode:
        pytest.skip("this git makes no such repository")
    repository.write("motions/council.toml", COUNCIL)
    repository.write(PATH, motion())
    with open_register(repository.root) as register:
        commit(register, [PATH, "motions/council.toml"], "Begin")
        saved = register.save(register.open(PATH), motion(title="Neu"))
        made = commit(register, [PATH], "Neu", expected={PATH: saved.blob})
    assert len(made.oid) == 64
    assert repository.at(PATH) == motion(title="Neu")
    assert repository.changed() == ""
    repository.check()


@pytest.mark.parametrize("setting", ["core.autocrlf", "attributes"])
def test_windows_line_ends_are_committed_as_git_would(clone: Repository, setting: str) -> None:
    if setting == "attributes":
        clone.write(".git/info/attributes", "*.toml text eol=crlf\n")
    else:
        clone.git("config", "core.autocrlf", "true")
    clone.write(PATH, motion(title="Neu").replace("\n", "\r\n"))
    with clone.open() as register:
        commit(register, [PATH], "Neu")
    assert clone.at(PATH) == motion(title="Neu")
    assert (clone.root / PATH).read_bytes() == motion(title="Neu").replace("\n", "\r\n").encode()
    assert clone.changed() == ""


def test_windows_line_ends_stay_where_git_does_not_convert(clone: Repository) -> None:
    text = motion(title="Neu").replace("\n", "\r\n")
    clone.write(PATH, text)
    with clone.open() as register:
        commit(register, [PATH], "Neu")
    assert clone.at(PATH) == text
    assert clone.changed() == ""


def test_what_cannot_be_read_back_is_not_committed(clone: Repository) -> None:
    for broken in ("title = \n", motion() + "\n<<<<<<< HEAD\n", "a = 1\na = 2\n", "x = \ud800"):
        clone.write(PATH, broken.encode("utf-8", "surrogatepass"))
        with clone.open() as register, pytest.raises(InvalidFile, match="line"):
            commit(register, [PATH], "Broken")
    assert clone.subjects() == ["Begin the register"]


def test_a_commit_without_time_zone_or_encoding_is_read() -> None:
    commit = parse_commit(
        "0" * 40,
        b"tree 1\nparent 2\nparent 3\nauthor J\xfcrgen <j@x> 1700000000 -0330\ncommitter X <x@y> 5\n"
        b"encoding ISO-8859-1\ngpgsig -----BEGIN\n line\n -----END\n\nM\xfcll\n\nparent 4\n",
    )
    assert commit.parents == ("2", "3")
    assert (commit.author.name, commit.author.offset) == ("Jürgen", -210)
    assert (commit.committer.time, commit.committer.offset) == (5, 0)
    assert commit.message == "Müll\n\nparent 4\n"
    assert commit.signed
