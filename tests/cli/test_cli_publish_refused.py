"""Where a confidential register is not published from, or to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.commands import Cli
from support.publishing import CONFIDENTIAL, Publish
from support.repositories import COUNCIL, PATH, Repository, empty, motion, register


def test_from_a_public_register(clone: Repository, tmp_path: Path, cli: Cli) -> None:
    ran = cli("publish", "../public", "--yes", at=clone.root, status=2)
    assert "This register is public" in ran.err and not (tmp_path / "public").exists()


@pytest.mark.parametrize(
    "council",
    ["format = \n", CONFIDENTIAL.replace("public = false\n", 'public = "false"\n')],
    ids=["can't be read", "a word of it can't"],
)
def test_from_a_register_whose_council_is_not_clear(
    publish: Publish, public: Repository, secret: Repository, council: str
) -> None:
    secret.write("motions/council.toml", council)
    secret.commit()
    publish.refused("motions/council.toml")
    assert not public.root.exists()


def test_from_a_register_without_a_commit(tmp_path: Path, isolated: Path, cli: Cli) -> None:
    empty(tmp_path / "new").write("motions/council.toml", CONFIDENTIAL)
    assert "Nothing is committed here" in cli("publish", "../public", at=tmp_path / "new", status=2).err


def test_into_itself(publish: Publish, secret: Repository, tmp_path: Path) -> None:
    for folder in (secret.root, secret.root / "public", secret.root / ".git", tmp_path):
        publish.refused("is the confidential register, or lies in or around it", to=folder)
    (tmp_path / "link").symlink_to(secret.root)
    publish.refused("is the confidential register", to=tmp_path / "link")
    secret.worktree(tmp_path / "other", "other")
    publish.refused("is a work tree of the confidential register itself", to=tmp_path / "other")


def test_into_what_is_no_repository_of_its_own(publish: Publish, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    publish.refused("is no folder", to=tmp_path / "file")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/file").write_text("x")
    publish.refused("is not empty and is no git repository", to=tmp_path / "folder")
    other = empty(tmp_path / "other")
    publish.refused("lies in the repository", to=other.root / "public")
    other.write("sub/file", "x")
    publish.refused("lies in the repository", to=other.root / "sub")


def test_into_a_confidential_register(publish: Publish, public: Repository) -> None:
    register(public.root, council=CONFIDENTIAL)
    publish.refused("holds commits of a confidential register")
    # and once is enough
    public.write("motions/council.toml", COUNCIL)
    public.commit()
    publish.refused("holds commits of a confidential register")


def test_into_a_clone_of_the_confidential_register(publish: Publish, secret: Repository, public: Repository) -> None:
    secret.git("clone", "--quiet", "--shared", ".", str(public.root))
    publish.refused("shares its objects with the confidential register")
    (public.root / ".git/objects/info/alternates").unlink()
    public.git("fetch", "--quiet", "--refetch", "origin")
    publish.refused("holds commits of a confidential register")


def test_into_another_council(publish: Publish, public: Repository) -> None:
    register(public.root, council=COUNCIL.replace("Region Beispiel", "Stadt Anderswo"))
    publish.refused("belongs to another council: Stadt Anderswo")


def test_into_another_format(publish: Publish, public: Repository) -> None:
    register(public.root, council=COUNCIL.replace("format = 1", "format = 2"))
    publish.refused("has another format")


@pytest.mark.parametrize("path", [PATH, "motions/V/other.toml", "README.md"])
def test_into_one_with_changes(publish: Publish, public: Repository, path: str) -> None:
    publish()
    if path == "README.md":
        public.write(path, "y")
        # what nobody tracks is nobody's business
        publish()
        public.git("add", path)
    else:
        public.write(path, "x = 1\n")
    publish.refused("holds changes that are not committed", path)


def test_into_one_at_work(publish: Publish, public: Repository, secret: Repository, tmp_path: Path) -> None:
    publish()
    public.git("checkout", "--quiet", "-b", "side")
    public.write("a", "1")
    public.commit()
    public.git("checkout", "--quiet", "main")
    public.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    publish.refused("A merge is not finished")
    public.git("merge", "--abort")
    public.git("checkout", "--quiet", "--detach")
    publish.refused("on no branch")
    public.git("checkout", "--quiet", "main")
    secret.write(PATH, motion(title="Neu"))
    secret.commit()
    publish()
    public.git("clone", "--quiet", "--depth=1", f"file://{public.root}", str(tmp_path / "shallow"))
    publish.refused("is a shallow clone", to=tmp_path / "shallow")


def test_where_git_is_led_elsewhere(publish: Publish, secret: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(secret.root / ".git/objects"))
    publish.refused("GIT_OBJECT_DIRECTORY would lead git to another repository")


def test_without_a_person(
    publish: Publish, public: Repository, secret: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    ran = publish(status=2)
    assert "git does not know your name" in ran.err
    # who is known here only is taken over into what is made here
    secret.git("config", "user.name", "Erika Musterfrau")
    secret.git("config", "user.email", "erika@example.org")
    public.root.rename(public.root.with_name("first"))
    publish()
    assert public.git("log", "--format=%an") == "Erika Musterfrau"
