"""The last commits of the whole register, and the files that each one changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from subprocess import Popen

from . import worktree
from .history import Version, version_of
from .objects import FILE_MODES
from .register import Register
from .runner import Result, failure

_MARK = "\x01"
_READ = 1 << 16


def recent(register: Register, count: int) -> Iterator[Version]:
    """The files that the last `count` commits of HEAD changed, a commit after the other, the newest first.

    A commit that changed no file of the register is not counted. Of a merge, only what it changed against its first
    parent. Ends reading git's answer as soon as there are enough. Raises `StoreError` where git fails.
    """
    head = register.objects.head()
    if head is None or count <= 0:
        return
    process = register.git.start(
        "log", "--full-history", "--topo-order", "--no-renames", "--no-ext-diff", "--no-textconv", "--raw",
        "--no-abbrev", "--diff-merges=first-parent", "-z", f"--format={_MARK}%H", head, "--", worktree.FOLDER,
    )  # fmt: skip
    seen: set[str] = set()
    try:
        for commit, path, blob in _changed(process):
            if commit not in seen and len(seen) == count:
                return
            seen.add(commit)
            yield version_of(register, commit, path, blob)
        _out, err = process.communicate()
        if process.returncode != 0:
            raise failure("log", Result(process.returncode, b"", err.decode("utf-8", "replace")))
    finally:
        if process.returncode is None:
            process.kill()
            process.communicate()


def _changed(process: Popen[bytes]) -> Iterator[tuple[str, str, str | None]]:
    """Commit, path and blob (None: removed) of each file of the register that git names."""
    commit = about = ""
    for field in _fields(process):
        text = field.lstrip("\n")
        if about:
            mode, blob = about.split(" ")[1], about.split(" ")[3]
            about = ""
            if text.endswith(worktree.SUFFIX):
                yield commit, text, blob if mode in FILE_MODES else None
        elif text.startswith(_MARK):
            commit = text[1:]
        elif text.startswith(":"):
            about = text


def _fields(process: Popen[bytes]) -> Iterator[str]:
    """What git writes, cut at NUL."""
    assert process.stdout is not None
    rest = b""
    while piece := os.read(process.stdout.fileno(), _READ):
        *fields, rest = (rest + piece).split(b"\0")
        for field in fields:
            yield field.decode("utf-8", "surrogateescape")
    yield rest.decode("utf-8", "surrogateescape")
