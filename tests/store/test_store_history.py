"""The versions of a motion: every commit that made one, whatever became of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from antragsbuch.store.commit import commit
from antragsbuch.store.history import content, signature, versions
from support.repositories import (
    FIRST_COMMIT,
    OTHER_PATH,
    PATH,
    Repository,
    empty,
    motion,
    motion_id,
    register,
)


def subjects(repository: Repository, path: str = PATH) -> list[str]:
    with repository.open() as opened:
        return [version.subject for version in versions(opened, path)]


def test_a_version_says_who_when_why_and_which_bytes(clone: Repository) -> None:
    clone.write(PATH, motion(title="Neu"))
    clone.git("add", "-A")
    clone.git(
        "commit", "-q", "-m", "Titel\n\nWarum so.\n\nMotion: 2292 (V) HHA\nReason: Wunsch",
        env={"GIT_AUTHOR_DATE": "2023-11-20T10:00:00 +0530", "GIT_AUTHOR_NAME": "Jürgen Groß"},
    )  # fmt: skip
    with clone.open() as opened:
        version, first = versions(opened, PATH)
        assert content(opened, version.commit, PATH) == motion(title="Neu").encode()
        assert content(opened, first.commit, PATH) == motion().encode()
    assert version.author == ("Jürgen Groß", "erika@example.org")
    assert version.committer == ("Erika Beispiel", "erika@example.org")
    assert version.time.isoformat() == "2023-11-20T10:00:00+05:30"
    assert (version.subject, version.body) == ("Titel", "Warum so.")
    assert version.trailers == (("Motion", "2292 (V) HHA"), ("Reason", "Wunsch"))
    assert version.blob == clone.git("rev-parse", f"HEAD:{PATH}")
    assert not version.signed
    assert first.time == dt.datetime.fromtimestamp(FIRST_COMMIT, dt.UTC)


def test_an_edit_that_lost_a_merge_is_listed(clone: Repository) -> None:
    clone.git("checkout", "-q", "-b", "side")
    clone.write(PATH, motion(title="Lost"))
    clone.commit("Lost")
    clone.git("checkout", "-q", "main")
    clone.write(PATH, motion(title="Kept"))
    clone.commit("Kept")
    clone.git("merge", "-q", "-s", "ours", "-m", "Merge, keeping ours", "side")
    assert "Lost" not in clone.git("log", "--format=%s", "--", PATH)
    assert sorted(subjects(clone)) == ["Begin the register", "Kept", "Lost"]


def test_a_merge_that_makes_a_version_of_its_own_is_listed_with_it(clone: Repository) -> None:
    clone.git("checkout", "-q", "-b", "side")
    clone.write(PATH, motion(title="Side"))
    clone.commit("Side")
    clone.git("checkout", "-q", "main")
    clone.write(PATH, motion(title="Main"))
    clone.commit("Main")
    clone.fails("merge", "side")
    clone.write(PATH, motion(title="Both"))
    clone.git("commit", "-q", "-a", "-m", "Merge")
    with clone.open() as opened:
        newest = versions(opened, PATH)[0]
        assert (newest.subject, len(newest.parents)) == ("Merge", 2)
        assert content(opened, newest.commit, PATH) == motion(title="Both").encode()
    assert sorted(subjects(clone)) == ["Begin the register", "Main", "Merge", "Side"]


def test_other_files_and_other_branches_do_not_show(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit("Other file")
    clone.git("checkout", "-q", "-b", "side")
    clone.write(PATH, motion(title="Side"))
    clone.commit("Side")
    clone.git("checkout", "-q", "main")
    assert subjects(clone) == ["Begin the register"]
    assert subjects(clone, OTHER_PATH) == ["Other file"]


def test_a_renamed_motion_keeps_its_history(clone: Repository) -> None:
    clone.write(PATH, motion(title="Neu"))
    clone.commit("Title")
    new = "motions/V/2200/2293-HHA.toml"
    with clone.open() as opened:
        opened.rename(opened.open(PATH), new, motion("2293 (V) HHA", id=motion_id("2292 (V) HHA"), title="Neu"))
        commit(opened, [new], "Number")
        found = versions(opened, new)
    assert [(version.subject, version.path) for version in found] == [
        ("Number", new),
        ("Title", PATH),
        ("Begin the register", PATH),
    ]


def test_two_motions_renamed_at_once_are_told_apart_by_their_id(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit("Second")
    one, two = "motions/V/2200/2200-HHA.toml", "motions/V/3100/3100-HHA.toml"
    with clone.open() as opened:
        opened.rename(opened.open(PATH), one)
        opened.rename(opened.open(OTHER_PATH), two)
        commit(opened, [one, two], "Both")
        assert [version.path for version in versions(opened, one)] == [one, PATH]
        assert [version.path for version in versions(opened, two)] == [two, OTHER_PATH]


def test_a_removed_motion_shows_its_end_and_its_return(clone: Repository) -> None:
    clone.git("rm", "-q", PATH)
    clone.commit("Gone")
    clone.write(PATH, motion())
    clone.commit("Back")
    with clone.open() as opened:
        found = versions(opened, PATH)
    assert [(version.subject, version.blob is None) for version in found] == [
        ("Back", False),
        ("Gone", True),
        ("Begin the register", False),
    ]


def test_a_repository_without_commits_has_no_versions(isolated: Path, tmp_path: Path) -> None:
    repository = empty(tmp_path / "new")
    repository.write("motions/council.toml", "format = 1\n")
    with repository.open() as opened:
        assert versions(opened, PATH) == []


def test_foreign_bytes_in_a_commit_are_read_as_replacement_characters(clone: Repository) -> None:
    tree, parent = clone.git("rev-parse", "HEAD^{tree}"), clone.head()
    clone.write(PATH, motion(title="Neu"))
    clone.git("add", "-A")
    tree = clone.git("write-tree")
    raw = (
        f"tree {tree}\nparent {parent}\nauthor A\xff <a@b> 99999999999999999 +9999\n".encode("latin-1")
        + b"committer <> \n\nM\xfcll\x1b]0;x\x07\n"
    )
    oid = clone.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=raw)
    clone.git("update-ref", "refs/heads/main", oid)
    with clone.open() as opened:
        newest = versions(opened, PATH)[0]
    assert newest.author == ("A�", "a@b")
    assert newest.subject == "M�ll\x1b]0;x\x07"
    assert newest.time.year == 1970


def test_a_shallow_clone_ends_where_it_was_cut(clone: Repository, tmp_path: Path) -> None:
    clone.write(PATH, motion(title="Zwei"))
    clone.commit("Two")
    clone.write(PATH, motion(title="Drei"))
    clone.commit("Three")
    clone.git("clone", "-q", "--depth=2", f"file://{clone.root}", str(tmp_path / "shallow"))
    assert subjects(Repository(tmp_path / "shallow")) == ["Three", "Two"]


def test_a_long_history_comes_whole(isolated: Path, tmp_path: Path) -> None:
    repository = register(tmp_path / "long")
    who = "E <e@example.org>"
    stream = "".join(
        f"commit refs/heads/main\ncommitter {who} {FIRST_COMMIT + number} +0000\ndata {len(str(number))}\n{number}\n"
        + ("from refs/heads/main^0\n" if number == 1 else "")
        + f'M 100644 inline {PATH}\ndata {len(str(number)) + 7}\nid = "{number}"\n'
        for number in range(1, 2001)
    )
    repository.git("fast-import", "--quiet", stdin=stream.encode())
    assert subjects(repository) == [*map(str, range(2000, 0, -1)), "Begin the register"]


def test_only_names_of_commits_are_taken(clone: Repository) -> None:
    with clone.open() as opened:
        assert signature(opened, clone.head()) == "none"
        for wrong in ("--all", "HEAD", "--output=x"):
            with pytest.raises(ValueError, match="not the name of a commit"):
                versions(opened, PATH, wrong)
            with pytest.raises(ValueError, match="not the name of a commit"):
                signature(opened, wrong)
