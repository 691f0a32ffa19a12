"""New trees for a few changed files: only those on the way to them are built again."""

from __future__ import annotations

from collections.abc import Mapping

from antragsbuch.i18n import _

from .errors import OutsideRegister
from .objects import TREE_MODE, Entry, Objects, object_name

Changes = Mapping[str, Entry | None]
"""What shall stand at each path; None: nothing."""


def rebuilt(objects: Objects, root: str | None, changes: Changes, hash_name: str) -> tuple[str, list[bytes]]:
    """The name of the tree that `root` (None: an empty one) becomes with `changes`, and the content of every new tree.

    Raises `OutsideRegister` where a folder on the way is something else.
    """
    new: list[bytes] = []

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
        if not entries and folder:
            # git keeps no empty folders
            return None
        content = encoded(entries)
        new.append(content)
        return object_name(hash_name, "tree", content)

    top = built(root, changes, "")
    assert top is not None
    return top, new


def encoded(entries: Mapping[str, Entry]) -> bytes:
    """The content of a tree object; git sorts a folder as if its name ended with a slash."""
    lines = sorted(
        (name.encode("utf-8", "surrogateescape") + (b"/" if entry.mode == TREE_MODE else b""), entry)
        for name, entry in entries.items()
    )
    return b"".join(
        f"{entry.mode} ".encode() + name.removesuffix(b"/") + b"\0" + bytes.fromhex(entry.oid) for name, entry in lines
    )
