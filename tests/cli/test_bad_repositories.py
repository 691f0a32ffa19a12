"""Repositories in a bad state: each command says in a line what is wrong and what helps, and nothing is changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from support.bad_input import fingerprint
from support.commands import SCRIPT, Cli
from support.flows import program
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, empty, motion

READING = ["validate", "list", "show 2292", "log", "log 2292", "diff", "fmt --check"]
WRITING = ["commit", "fmt", "new --title x"]


def refused(ran_err: str, *parts: str) -> None:
    """One line, with the name of the program before it, that holds all `parts`."""
    assert ran_err.startswith("antrag: ") and ran_err.count("\n") == 1, ran_err
    assert all(part in ran_err for part in parts), ran_err


def all_refuse(cli: Cli, folder: Path, *parts: str, commands: list[str] | None = None) -> None:
    for command in [*READING, *WRITING] if commands is None else commands:
        refused(cli(*command.split(), at=folder, status=2).err, *parts)


def all_read(cli: Cli, repository: Repository) -> None:
    """Whatever only reads works."""
    before = fingerprint(repository)
    for command in READING:
        cli(*command.split(), at=repository.root)
    assert fingerprint(repository) == before


async def the_program_says(folder: Path, *parts: str) -> None:
    """The full-screen program opens and tells why there is nothing to see."""
    async with program(folder, size=(160, 30)) as flow:
        await flow.until(lambda: all(part in " ".join(flow.lines()) for part in parts), f"to see {parts}")
        await flow.rest()


@pytest.fixture
def changed(clone: Repository) -> Repository:
    """A register with a change that is not committed."""
    clone.write(PATH, motion(yes=45))
    return clone


async def test_no_repository(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    all_refuse(cli, tmp_path, "is not in a git repository", "antrag init")
    await the_program_says(tmp_path, "is not in a git repository", "antrag init")
    assert list(tmp_path.iterdir()) == []


async def test_no_register(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = empty(tmp_path / "other")
    before = fingerprint(repository)
    all_refuse(cli, repository.root, "is no register: it has no file motions/council.toml", "antrag init")
    await the_program_says(repository.root, "is no register", "antrag init")
    assert fingerprint(repository) == before


async def test_bare(clone: Repository, tmp_path: Path, cli: Cli) -> None:
    clone.git("clone", "--quiet", "--bare", str(clone.root), str(tmp_path / "bare"))
    before = sorted(path.name for path in (tmp_path / "bare").rglob("*"))
    all_refuse(cli, tmp_path / "bare", "is a bare repository", "Make a clone of it")
    await the_program_says(tmp_path / "bare", "is a bare repository", "Make a clone of it")
    assert sorted(path.name for path in (tmp_path / "bare").rglob("*")) == before


def test_inside_of_the_git_directory(clone: Repository, cli: Cli) -> None:
    all_refuse(cli, clone.root / ".git/refs", "inside a git directory", commands=["list", "diff", "log", "commit"])


async def test_shallow(clone: Repository, tmp_path: Path, cli: Cli) -> None:
    clone.write(PATH, motion(title="Konferenz"))
    clone.commit("Shorten")
    clone.git("clone", "--quiet", "--depth", "1", f"file://{clone.root}", str(tmp_path / "shallow"))
    shallow = Repository(tmp_path / "shallow")
    all_read(cli, shallow)
    assert [row["subject"] for row in cli("log", "2292", "--json", at=shallow.root).json] == ["Shorten"]
    shallow.write(PATH, motion(title="Konferenz", yes=45))
    cli("commit", at=shallow.root)
    assert shallow.changed() == ""
    async with program(shallow.root) as flow:
        await flow.see("2292 (V) HHA")


async def test_detached(changed: Repository, cli: Cli) -> None:
    changed.git("switch", "--quiet", "--detach")
    all_read(cli, changed)
    before = fingerprint(changed)
    refused(cli("commit", at=changed.root, status=2).err, "HEAD is on no branch", "git switch")
    assert fingerprint(changed) == before
    async with program(changed.root) as flow:
        await flow.see("2292 (V) HHA", "no branch")


def conflicting(repository: Repository) -> None:
    """Two branches that change the same title."""
    repository.git("switch", "--quiet", "-c", "side")
    repository.write(PATH, motion(title="Seite"))
    repository.commit("Side")
    repository.git("switch", "--quiet", "main")
    repository.write(PATH, motion(title="Haupt"))
    repository.commit("Main")


@pytest.mark.parametrize(("command", "name"), [("merge side", "merge"), ("rebase side", "rebase")])
async def test_in_the_middle_of_something(clone: Repository, cli: Cli, command: str, name: str) -> None:
    conflicting(clone)
    clone.fails(*command.split())
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    before = fingerprint(clone)
    ran = cli("validate", "--json", at=clone.root, status=1)
    assert "TO002" in {row["code"] for row in ran.json}
    for arguments in (["list"], ["log"], ["diff"], ["show", "3185"]):
        cli(*arguments, at=clone.root)
    refused(cli("commit", "3185", at=clone.root, status=2).err, f"A {name} is not finished", f"git {name} --continue")
    assert fingerprint(clone) == before
    async with program(clone.root, size=(120, 30)) as flow:
        await flow.see("3185 (V) HHA", name)
    assert fingerprint(clone) == before


async def test_of_somebody_else(changed: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        for path in (changed.root, *changed.root.rglob("*")):
            os.chown(path, 12345, 12345, follow_symlinks=False)
    else:
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    before = fingerprint(changed)
    asked = ["list", "show 2292", "log", "diff", "commit", "new --title x", "edit 2292"]
    all_refuse(cli, changed.root, "belongs to somebody else", "safe.directory", commands=asked)
    # checking files asks git only for the day
    cli("validate", at=changed.root)
    await the_program_says(changed.root, "belongs to somebody", "safe.directory")
    assert fingerprint(changed) == before


def test_without_a_name(changed: Repository, cli: Cli, isolated: Path) -> None:
    (isolated / "gitconfig").write_text("")
    all_read(cli, changed)
    before = fingerprint(changed)
    refused(cli("commit", at=changed.root, status=2).err, "does not know your name", "git config --global user.name")
    assert fingerprint(changed) == before


@pytest.mark.parametrize("broken", [b"format = \n", b"\xff", b"<<<<<<< HEAD\n", b"\0", b"a." * 20_000 + b"a = 1"])
async def test_a_broken_file_of_the_council(clone: Repository, cli: Cli, broken: bytes) -> None:
    clone.write("motions/council.toml", broken)
    before = fingerprint(clone)
    found = cli("validate", "--json", at=clone.root, status=1).json
    assert "motions/council.toml" in {row["path"] for row in found}
    for arguments in (["list"], ["log"], ["diff"], ["show", "2292", "--as", "toml"], ["show", "2292", "--json"]):
        cli(*arguments, at=clone.root)
    for arguments in (["show", "2292"], ["new", "--title", "x"]):
        refused(cli(*arguments, at=clone.root, status=2).err, "motions/council.toml can't be read", "antrag validate")
    assert "Nothing was committed" in cli("commit", at=clone.root, status=2).err
    assert "motions/council.toml:1:" in cli("fmt", at=clone.root, status=2).err
    await the_program_says(clone.root, "motions/council.toml can't be read")
    assert fingerprint(clone) == before


@pytest.mark.parametrize(
    "council", ["", "format = 'x'\n", "format = 1\nterms = 7\nfactions = [[1]]\nreference = 'x'\n"]
)
async def test_a_file_of_the_council_that_says_other_things(clone: Repository, cli: Cli, council: str) -> None:
    clone.write("motions/council.toml", council)
    before = fingerprint(clone)
    cli("validate", at=clone.root, status=1)
    for arguments in (["list"], ["log"], ["diff"], ["show", "2292"], ["doctor"]):
        cli(*arguments, at=clone.root)
    async with program(clone.root) as flow:
        await flow.see("2292 (V) HHA")
        await flow.rest()
    assert fingerprint(clone) == before


async def test_a_newer_format_can_be_read_but_not_written(changed: Repository, cli: Cli, tmp_path: Path) -> None:
    changed.write("motions/council.toml", COUNCIL.replace("format = 1", "format = 9"))
    changed.write(OTHER_PATH, motion("3185 (V) HHA").replace("public = true", "public=true"))
    before = fingerprint(changed)
    for command in ("list", "show 2292", "log", "diff"):
        cli(*command.split(), at=changed.root)
    for command in ("commit 2292", "fmt 3100", "new --title x", "edit 2292", "validate --unsafe-fixes"):
        words = [word.replace("3100", "motions/V/3100") for word in command.split()]
        ran = cli(*words, at=changed.root, status=None)
        assert "has format 9" in ran.err or command.startswith("validate")
        assert ran.status == 2 or command.startswith("validate")
    assert fingerprint(changed) == before
    async with program(changed.root, size=(120, 30)) as flow:
        await flow.see("2292 (V) HHA")
        await flow.until(lambda: flow.app.session is not None, "the register is open")
        await flow.do("delete")
        await flow.until(lambda: "format 9" in flow.picture(), "to see why")
    assert fingerprint(changed) == before


def test_a_git_directory_that_cannot_be_written(changed: Repository, cli: Cli) -> None:
    folders = [changed.root / ".git", *(path for path in (changed.root / ".git").rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        if os.access(changed.root / ".git", os.W_OK):
            pytest.skip("this person may write everywhere")
        before = fingerprint(changed)
        all_read(cli, changed)
        refused(cli("commit", at=changed.root, status=2).err, "can't be written", "Check free space and")
        assert fingerprint(changed) == before
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.mark.parametrize("kind", ["missing", "old", "odd"])
async def test_git_is_missing_or_too_old(
    changed: Repository, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    before = fingerprint(changed)
    if kind != "missing":
        said = "git version 2.30.2" if kind == "old" else "what?"
        (programs / "git").write_text(f"#!/bin/sh\necho '{said}'\n")
        (programs / "git").chmod(0o755)
        (programs / "sh").symlink_to(shutil.which("sh") or "/bin/sh")
    monkeypatch.setenv("PATH", str(programs))
    parts = ("git is not installed", "Install git 2.38 or newer") if kind == "missing" else ("2.38 or newer is needed",)
    asked = ["list", "show 2292", "log", "diff", "commit", "new --title x", "edit 2292"]
    all_refuse(cli, changed.root, *parts, commands=asked)
    assert cli("doctor", "--json", at=changed.root, status=1).json
    for command in ("validate", "fmt --check"):
        cli(*command.split(), at=changed.root)
    await the_program_says(changed.root, parts[0])
    monkeypatch.undo()
    assert fingerprint(changed) == before


def test_a_locked_index_does_not_lose_the_commit(changed: Repository, cli: Cli) -> None:
    lock = changed.root / ".git/index.lock"
    lock.touch()
    # somebody else's: a lock that came up meanwhile and has no owner is taken away
    os.utime(lock, (0, 0))
    ran = cli("commit", at=changed.root)
    assert "index is in use by another program" in ran.err and "Committed" in ran.err
    assert lock.exists()
    assert changed.at(PATH) == motion(yes=45)
    lock.unlink()
    # the next command brings the index up to date
    changed.write(PATH, motion(yes=46))
    cli("commit", at=changed.root)
    assert changed.changed() == ""
    changed.check()


def test_a_locked_branch_is_said(changed: Repository, cli: Cli) -> None:
    before = changed.head()
    (changed.root / ".git/refs/heads/main.lock").touch()
    refused(cli("commit", at=changed.root, status=2).err, "lock on the branch", "antrag doctor")
    assert changed.head() == before and changed.read(PATH) == motion(yes=45)


def test_a_folder_that_is_gone(changed: Repository, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(
        ["sh", "-c", 'cd "$1" && rmdir "$1" && exec "$0" list', str(SCRIPT), str(gone)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    refused(done.stderr, "No such file or directory")


@pytest.mark.parametrize("command", ["list", "--help", "--version", "show 2292", "log --json"])
def test_a_full_disk_for_what_is_printed(clone: Repository, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [str(SCRIPT), *command.split()], cwd=clone.root, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr.decode()) == (2, "antrag: No space left on device\n")
