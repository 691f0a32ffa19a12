"""A prepared repository runs no code, and no path or text leads out of the register or into an option of git."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from antragsbuch.store import worktree
from antragsbuch.store.commit import commit, commit_contents
from antragsbuch.store.errors import (
    BadIdentity,
    CannotCommit,
    HookRefused,
    InvalidFile,
    NotFound,
    OutsideRegister,
    StoreError,
)
from antragsbuch.store.history import signature, versions
from antragsbuch.store.register import open_register
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion

STORE = Path(__file__).parent.parent.parent / "tui/antragsbuch"


@pytest.fixture
def trap(clone: Repository, tmp_path: Path) -> Path:
    """A repository whose configuration, hooks and attributes all want to run a program; the file that it would make."""
    sprung = tmp_path / "sprung"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {sprung}\ncat\n')
    program.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    names = ("pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change", "post-checkout")
    for folder in (hooks, clone.root / ".git/hooks"):
        folder.mkdir(exist_ok=True)
        for name in names:
            shutil.copy(program, folder / name)
    for key in (
        "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.alternateRefsCommand",
        "credential.helper", "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean",
        "filter.evil.smudge", "filter.evil.process", "gpg.program", "gpg.ssh.program", "gpg.ssh.defaultKeyCommand",
        "merge.evil.driver", "trailer.Reason.command", "uploadpack.packObjectsHook", "sequence.editor",
        "remote.origin.uploadpack", "alias.status",
    ):  # fmt: skip
        clone.git("config", key, str(program))
    clone.git("config", "core.hooksPath", str(hooks))
    clone.git("config", "filter.evil.required", "true")
    clone.git("config", "remote.origin.url", f"ext::{program}")
    (clone.root / ".git/info/attributes").write_text("*.toml filter=evil diff=evil merge=evil\n")
    return sprung


def test_a_prepared_repository_runs_no_code(clone: Repository, trap: Path) -> None:
    (clone.root / PATH).write_text(motion(title="Neu"))
    with clone.open() as register:
        assert [change.path for change in register.status().changed] == [PATH]
        opened = register.open(PATH)
        saved = register.save(opened, motion(title="Neuer"))
        made = commit(register, [PATH], "Titel", reason="weil", expected={PATH: saved.blob})
        versions(register, PATH)
        signature(register, made.oid)
        register.find("2292")
        (clone.root / PATH).write_bytes(motion(title="Neuer").replace("\n", "\r\n").encode())
        assert [change.kind for change in register.status().changed] == ["changed"]
        commit(register, [PATH], "Line ends")
    assert not trap.exists(), trap.read_text()
    assert clone.git("cat-file", "blob", f"HEAD^:{PATH}") + "\n" == motion(title="Neuer")


def test_a_program_that_only_the_repository_names_does_not_sign(clone: Repository, trap: Path) -> None:
    clone.git("config", "commit.gpgsign", "true")
    clone.git("config", "user.signingkey", "ABCDEF01")
    (clone.root / PATH).write_text(motion(title="Neu"))
    with clone.open() as register, pytest.raises(StoreError):
        commit(register, [PATH], "Titel")
    assert not trap.exists(), trap.read_text()


def test_an_object_that_is_missing_in_a_partial_clone_is_not_fetched(clone: Repository, trap: Path) -> None:
    clone.git("config", "extensions.partialClone", "origin")
    clone.git("config", "remote.origin.promisor", "true")
    blob = clone.git("rev-parse", f"HEAD:{PATH}")
    (clone.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with clone.open() as register, pytest.raises(StoreError, match=f"{blob} is missing"):
        register.open(PATH)
    assert not trap.exists(), trap.read_text()


def test_hooks_run_for_who_asks_for_them_in_the_own_configuration(clone: Repository) -> None:
    hook = clone.write(
        ".git/hooks/commit-msg", '#!/bin/sh\ngrep -q "^Reason:" "$1" || { echo "no reason given" >&2; exit 1; }\n'
    )
    hook.chmod(0o755)
    check = clone.write(".git/hooks/pre-commit", "#!/bin/sh\ngit diff --cached --name-only >> staged\n")
    check.chmod(0o755)
    clone.git("config", "antragsbuch.hooks", "true")
    clone.write(PATH, motion(title="Eins"))
    with clone.open() as register:
        commit(register, [PATH], "The repository can't ask for them")
        clone.git("config", "--global", "antragsbuch.hooks", "true")
        register.git.reload()
        clone.write(PATH, motion(title="Zwei"))
        clone.write(OTHER_PATH, motion("3185 (V) HHA"))
        clone.git("add", OTHER_PATH)
        with pytest.raises(HookRefused, match="commit-msg refused the commit: no reason given"):
            commit(register, [PATH], "Zwei")
        commit(register, [PATH], "Zwei", reason="so")
    assert clone.subjects() == ["Zwei", "The repository can't ask for them", "Begin the register"]
    assert clone.read("staged").splitlines() == [PATH, PATH]
    assert clone.changed().splitlines() == [f"A  {OTHER_PATH}", "?? staged"]


def test_a_hook_that_changes_the_commit_is_refused(clone: Repository) -> None:
    clone.git("config", "--global", "antragsbuch.hooks", "true")
    hook = clone.write(".git/hooks/pre-commit", f"#!/bin/sh\ngit rm -q --cached {PATH}\n")
    hook.chmod(0o755)
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register, pytest.raises(HookRefused, match="changed what is to be committed"):
        commit(register, [PATH], "Neu")
    assert clone.subjects() == ["Begin the register"]
    assert clone.changed() == f" M {PATH}"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.toml", "motions/../../outside.toml", "/etc/outside.toml", "motions/./x.toml", "motions//x.toml",
        "motions/x.txt", "motions/.hidden.toml", "motions/.git/x.toml", "motions/\0.toml", "motions/x.toml/", "x.toml",
        "motions/x\ny.toml", "motions/\x1b[2J.toml", "",
    ],
)  # fmt: skip
def test_a_path_that_is_no_motion_is_neither_read_nor_written(clone: Repository, path: str) -> None:
    outside = clone.root.parent / "outside.toml"
    outside.write_text("secret")
    with clone.open() as register:
        for attempt in (
            lambda: register.open(path),
            lambda: register.create(path, motion()),
            lambda: register.rename(register.open(PATH), path),
            lambda: commit(register, [path], "x"),
            lambda: commit_contents(register, {path: b""}, "x"),
            lambda: versions(register, path),
        ):
            with pytest.raises(OutsideRegister):
                attempt()
    assert outside.read_text() == "secret"
    assert clone.read(PATH) == motion()
    assert clone.subjects() == ["Begin the register"]


def test_links_are_never_followed(clone: Repository, tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text(motion(title="secret"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/2300-HHA.toml").write_text(motion(title="secret"))
    (clone.root / "motions/V/link.toml").symlink_to(secret)
    (clone.root / "motions/V/2300").symlink_to(tmp_path / "folder")
    (clone.root / "motions/V/loop").symlink_to(".")
    (clone.root / PATH).unlink()
    (clone.root / PATH).symlink_to(secret)
    with clone.open() as register:
        assert register.paths() == []
        assert worktree.others(clone.root) == [PATH, "motions/V/2300", "motions/V/link.toml", "motions/V/loop"]
        for path in ("motions/V/link.toml", "motions/V/2300/2300-HHA.toml", PATH):
            with pytest.raises(OutsideRegister, match="link"):
                register.open(path)
            with pytest.raises(OutsideRegister, match="link"):
                commit(register, [path], "x")
        with pytest.raises(OutsideRegister, match="link"):
            register.create("motions/V/2300/2301-HHA.toml", motion())
        assert register.status().changed != ()
    assert secret.read_text() == motion(title="secret")
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["2300-HHA.toml"]


def test_a_register_folder_that_is_a_link_is_no_register(clone: Repository, tmp_path: Path) -> None:
    (clone.root / "motions").rename(tmp_path / "elsewhere")
    (clone.root / "motions").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutsideRegister, match="link"):
        clone.open()


def test_pipes_and_folders_in_the_place_of_a_motion_do_not_hang(clone: Repository) -> None:
    os.mkfifo(clone.root / "motions/V/pipe.toml")
    (clone.root / "motions/V/folder.toml").mkdir()
    with clone.open() as register:
        assert register.paths() == [PATH]
        for name in ("pipe", "folder"):
            with pytest.raises(OutsideRegister, match="no regular file"):
                register.open(f"motions/V/{name}.toml")


def test_a_submodule_below_motions_is_left_alone(clone: Repository) -> None:
    inner = Repository(clone.root / "motions/inner")
    inner.root.mkdir()
    inner.git("init", "-q")
    inner.write("x.toml", motion(title="inner"))
    inner.commit("Inner")
    clone.git("add", "motions/inner")
    clone.git("commit", "-q", "-m", "Submodule")
    with clone.open() as register:
        assert register.paths() == [PATH]
        assert register.status().changed == ()
        with pytest.raises(OutsideRegister, match="committed as something else"):
            commit(register, ["motions/inner/x.toml"], "x")


def test_a_link_that_is_committed_is_not_read_as_a_motion(clone: Repository) -> None:
    (clone.root / PATH).unlink()
    (clone.root / PATH).symlink_to("/etc/passwd")
    clone.commit("Link")
    (clone.root / PATH).unlink()
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        assert register.committed(PATH) is None
        assert register.open(PATH).head_data is None
        with pytest.raises(OutsideRegister, match="committed as a link"):
            commit(register, [PATH], "x")


def test_words_of_the_person_never_become_options(clone: Repository) -> None:
    clone.write(PATH, motion(title="Neu"))
    message = "--amend -F/etc/passwd\n\n-x: y\n# no comment\n\x1b]0;title\x07"
    with clone.open() as register:
        commit(register, [PATH], message, reason="--exec=true\n--")
        clone.write("motions/-x--y.toml", motion("1 (V) HHA"))
        commit(register, ["motions/-x--y.toml"], "-m")
        assert [version.subject for version in versions(register, "motions/-x--y.toml")] == ["-m"]
        with pytest.raises(NotFound):
            register.find("--upload-pack=x")
    assert clone.message("HEAD^") == message + "\n\nReason: --exec=true --"
    assert clone.changed() == ""


@pytest.mark.parametrize("name", ['motions/V/a"b\\c.toml', "motions/V/ä öü.toml", "motions/*.toml"])
def test_strange_names_are_committed_as_they_are(clone: Repository, name: str) -> None:
    with clone.open() as register:
        register.create(name, motion("9 (V) HHA"))
        commit(register, [name], "Add")
        saved = register.save(register.open(name), motion("9 (V) HHA", title="Neu"))
        commit(register, [name], "Change", expected={name: saved.blob})
        assert [version.subject for version in versions(register, name)] == ["Change", "Add"]
        register.delete(register.open(name))
        commit(register, [name], "Delete")
    assert clone.changed() == ""
    assert clone.git("ls-tree", "-r", "--name-only", "HEAD").splitlines() == [PATH, "motions/council.toml"]


@pytest.mark.parametrize(
    ("name", "email"),
    [("", "a@b"), ("A\nB", "a@b"), ("A <x>", "a@b"), ("A", "ab"), ("A", "a@b>\n"), ("A", ""), ("\x1b[0m", "a@b")],
)
def test_an_identity_that_would_break_a_commit_is_refused(clone: Repository, name: str, email: str) -> None:
    with clone.open() as register:
        with pytest.raises(BadIdentity):
            register.set_identity(name, email)
        assert register.identity() == ("Erika Beispiel", "erika@example.org")


def test_half_a_character_is_refused_before_anything_is_written(clone: Repository) -> None:
    with clone.open() as register, pytest.raises(InvalidFile, match="half"):
        register.save(register.open(PATH), motion(title="\ud83d"))
    assert clone.read(PATH) == motion()


def test_a_commit_without_a_message_is_refused(clone: Repository) -> None:
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register, pytest.raises(CannotCommit, match="needs a message"):
        commit(register, [PATH], " \n")


def test_huge_files_are_not_read(clone: Repository) -> None:
    with (clone.root / PATH).open("wb") as file:
        file.truncate(20_000_000)
    with clone.open() as register, pytest.raises(OutsideRegister, match="too large"):
        register.open(PATH)


def test_a_council_with_windows_line_ends_opens(clone: Repository) -> None:
    clone.write("motions/council.toml", COUNCIL.replace("\n", "\r\n"))
    with open_register(clone.root) as register:
        assert register.council()["name"] == "Region Beispiel"


def test_nothing_uses_the_index_of_gitpython() -> None:
    forbidden = re.compile(
        r"\.index\.(commit|add|remove|write|reset|checkout|move)\b|IndexFile|head\.reset|\bgit\.Repo\b"
    )
    sources = list(STORE.rglob("*.py"))
    assert len(sources) > 20
    found = [
        f"{path.name}: {line}" for path in sources for line in path.read_text().splitlines() if forbidden.search(line)
    ]
    assert found == []
