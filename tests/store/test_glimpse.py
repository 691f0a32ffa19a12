"""The list as it was last, without asking git."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from antragsbuch.store.glimpse import git_dir, glimpse
from antragsbuch.store.index import Index
from support.repositories import OTHER_PATH, PATH, Repository, motion


def indexed(repository: Repository) -> None:
    with repository.open() as register:
        index = Index(register)
        index.refresh()
        index.close()


def references(start: Path) -> list[str] | None:
    seen = glimpse(start, {})
    if seen is None:
        return None
    reading, rows = seen
    found = [row.reference for row in rows.rows(0, rows.count())]
    reading.close()
    assert rows.rows(0, 10) == []
    return found


def test_what_the_index_holds_is_seen(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    indexed(clone)
    assert references(clone.root) == ["2292 (V) HHA", "3185 (V) HHA"]
    assert references(clone.root / "motions" / "V") == ["2292 (V) HHA", "3185 (V) HHA"]


def test_without_an_index_nothing_is_seen_and_none_is_made(clone: Repository) -> None:
    assert references(clone.root) is None
    assert not list((clone.root / ".git").rglob("index-*.sqlite"))


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 4000])
def test_a_damaged_index_is_not_seen(clone: Repository, damage: bytes) -> None:
    indexed(clone)
    for path in (clone.root / ".git").rglob("index-*"):
        path.write_bytes(damage)
    assert references(clone.root) is None


def test_outside_of_a_repository_nothing_is_seen(tmp_path: Path) -> None:
    assert references(tmp_path) is None


def test_the_git_directory_of_a_linked_work_tree(clone: Repository, tmp_path: Path) -> None:
    other = clone.worktree(tmp_path / "other", "side")
    assert git_dir(other.root, {}) == clone.root / ".git/worktrees/other"
    indexed(other)
    assert references(other.root) == ["2292 (V) HHA"]


def test_the_environment_names_the_git_directory(clone: Repository, tmp_path: Path) -> None:
    assert git_dir(tmp_path, {"GIT_DIR": str(clone.root / ".git")}) == clone.root / ".git"


def test_a_file_that_only_looks_like_a_way_to_a_git_directory(tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(b"\xff")
    assert git_dir(tmp_path, {}) is None
    (tmp_path / ".git").write_text("elsewhere")
    assert git_dir(tmp_path, {}) is None


def test_it_needs_neither_git_nor_rules() -> None:
    heavy = ("git", "pydantic", "antragsbuch_schema.rules", "textual")
    code = f"import sys, antragsbuch.store.glimpse; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_path_of_the_usual_motion_is_where_it_was(clone: Repository) -> None:
    indexed(clone)
    seen = glimpse(clone.root, {})
    assert seen is not None and seen[1].position_of(PATH) == 0
    seen[0].close()
