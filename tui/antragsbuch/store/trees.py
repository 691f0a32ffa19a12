"""New trees for a few changed files: only those on the way to them are built again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from antragsbuch.i18n import _

from .errors import OutsideRegister
from .objects import TREE_MODE, Entry, Objects
from .runner import Git, Result, failure

Changes = Mapping[str, Entry | None]
"""What shall stand at each path; None: nothing."""


def rebuild(git: Git, objects: Objects, root: str | None, changes: Changes, keep_open: Collection[int]) -> str:
    """The tree that `root` (None: an empty one) becomes with `changes`; new trees are written by one `git mktree`.

    Raises `OutsideRegister` where a folder on the way is something else.
    """
    process = git.start("mktree", "-z", "--batch", "--missing", keep_open=keep_open)
    assert process.stdin is not None
    assert process.stdout is not None
    stdin, stdout = process.stdin, process.stdout

    def written(entries: Mapping[str, Entry]) -> str:
        for name, (mode, oid) in entries.items():
            kind = {TREE_MODE: "tree", "160000": "commit"}.get(mode, "blob")
            stdin.write(f"{mode} {kind} {oid}\t{name}\0".encode("utf-8", "surrogateescape"))
        stdin.write(b"\0")
        stdin.flush()
        line: bytes = stdout.readline()
        if not line.endswith(b"\n"):
            raise BrokenPipeError
        return line.decode().strip()

    def built(tree: str | None, below: Changes, folder: str) -> str | None:
        entries = dict(objects.tree(tree)) if tree else {}
        deeper: dict[str, dict[str, Entry | None]] = {}
        for path, entry in below.items():
            name, slash, rest = path.partition("/")
            if slash:
                deeper.setdefault(name, {})[rest] = entry
            elif entry is None:
                entries.pop(name, None)
            else:
                entries[name] = entry
        for name, further in deeper.items():
            now = entries.get(name)
            if now is not None and now.mode != TREE_MODE:
                raise OutsideRegister(
                    _("{path} is committed as something else than a folder.").format(path=f"{folder}{name}"),
                    _("Put the folder in its place, with git, first."),
                )
            oid = built(now.oid if now else None, further, f"{folder}{name}/")
            if oid is None:
                entries.pop(name, None)
            else:
                entries[name] = Entry(TREE_MODE, oid)
        return written(entries) if entries or not folder else None

    try:
        result = built(root, changes, "")
    except BrokenPipeError:
        result = None
    finally:
        _out, err = process.communicate()
    if result is None:
        raise failure("mktree", Result(process.returncode, b"", err.decode("utf-8", "replace")))
    return result
