"""What differs between work tree and HEAD, and the state that the repository is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from . import heads, worktree
from .errors import StoreError
from .objects import blob_name
from .runner import Git, Layout

ChangeKind = Literal["added", "changed", "removed", "renamed"]
Operation = Literal["", "merge", "rebase", "cherry-pick", "revert", "bisect"]

_OPERATIONS: tuple[tuple[str, Operation], ...] = (
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the register whose work tree version differs from HEAD. `old_path` is set where it was renamed."""

    path: str
    kind: ChangeKind
    old_path: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a clone. `branch` is empty and `detached` set where HEAD is on no branch."""

    branch: str
    upstream: str
    ahead: int
    behind: int
    changed: tuple[FileChange, ...]
    operation: Operation
    detached: bool
    shallow: bool
    bare: bool = False


def read(git: Git, committed: Callable[[str], bytes | None]) -> Status:
    """The status of the register; `committed` gives the bytes of a path at HEAD."""
    out = git.run(
        "status", "--porcelain=v2", "--branch", "--untracked-files=all", "--no-renames", "-z",
        "--ignore-submodules=all", "--", worktree.FOLDER,
    )  # fmt: skip
    about: dict[str, str] = {}
    kinds: dict[str, ChangeKind] = {}
    for record in out.decode("utf-8", "surrogateescape").split("\0"):
        if record.startswith("# "):
            key, _blank, value = record[2:].partition(" ")
            about[key] = value
        elif record:
            path, kind = _file(record)
            if _is_file_of_register(path):
                found = kind or _compared(git, path, committed(path))
                if found:
                    kinds[path] = found
    ahead, _blank, behind = about.get("branch.ab", "+0 -0").partition(" ")
    detached = about.get("branch.head") == "(detached)"
    return Status(
        branch="" if detached else about.get("branch.head", ""),
        upstream=about.get("branch.upstream", ""),
        ahead=abs(int(ahead)),
        behind=abs(int(behind)),
        changed=tuple(_renames(git.layout.root, kinds, committed)),
        operation=operation(git.layout),
        detached=detached,
        shallow=git.layout.shallow,
    )


def operation(layout: Layout) -> Operation:
    """What git was asked to do and has not finished in this work tree."""
    return next((name for file, name in _OPERATIONS if (layout.git_dir / file).exists()), "")


def _is_file_of_register(path: str) -> bool:
    names = path.split("/")
    return path.endswith(worktree.SUFFIX) and not any(name.startswith(".") for name in names)


def _file(record: str) -> tuple[str, ChangeKind | None]:
    """Path and kind of one record of `git status`; the kind is None where index and HEAD must be looked at."""
    if record.startswith("? "):
        return record[2:], None
    if record.startswith("1 "):
        return record.split(" ", 8)[8], None
    # unmerged
    return record.split(" ", 10)[10], "changed"


def _compared(git: Git, path: str, before: bytes | None) -> ChangeKind | None:
    """How the file differs from its bytes at HEAD, None where it does not: git looks at the index in between."""
    file = git.layout.root / path
    if not (file.is_symlink() or file.exists()):
        return None if before is None else "removed"
    if before is None:
        return "added"
    now = _bytes(git.layout.root, path)
    if now == before:
        return None
    if b"\r\n" in now and now.replace(b"\r\n", b"\n") == before:
        # only git knows what its settings make of Windows line ends
        stored = git.run("hash-object", "--stdin", f"--path={path}", stdin=now).decode().strip()
        if stored == blob_name(git.layout.hash_name, before):
            return None
    return "changed"


def _renames(root: Path, kinds: dict[str, ChangeKind], committed: Callable[[str], bytes | None]) -> list[FileChange]:
    """The changes sorted by path; a removed and an added file with the same id are one renamed motion."""
    removed = {
        identity: path
        for path, kind in kinds.items()
        if kind == "removed" and (identity := heads.head(committed(path) or b"").id)
    }
    changes: list[FileChange] = []
    taken: set[str] = set()
    for path, kind in kinds.items():
        if kind == "added" and removed and (old := removed.pop(heads.head(_bytes(root, path)).id, "")):
            changes.append(FileChange(path, "renamed", old))
            taken.add(old)
        else:
            changes.append(FileChange(path, kind))
    return sorted((change for change in changes if change.path not in taken), key=lambda change: change.path)


def _bytes(root: Path, path: str) -> bytes:
    """The file, or nothing where it is none that is read: a link, a pipe, a folder, somebody else's."""
    try:
        return worktree.read_if_there(root, path) or b""
    except StoreError:
        return b""
