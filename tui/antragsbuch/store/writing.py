"""New objects, written by git alone: it knows about permissions, and brings them to the disk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

from antragsbuch.i18n import _

from . import journal
from .errors import StoreError
from .objects import object_name
from .runner import Git


def write(
    git: Git, kind: Literal["blob", "tree"], contents: Sequence[bytes], folder: Path, keep_open: Collection[int]
) -> None:
    """Write objects with these contents, by one process; `folder` is where its scratch files may lie.

    git names what it has written by its content: an object with another name than ours was not kept as given.
    """
    if not contents:
        return
    if len(contents) == 1:
        out = git.run("hash-object", "-w", "-t", kind, "--stdin", stdin=contents[0], keep_open=keep_open)
    else:
        with journal.scratch(folder) as place:
            files = [place / str(number) for number in range(len(contents))]
            for file, content in zip(files, contents, strict=True):
                file.write_bytes(content)
            listing = "".join(f"{file}\n" for file in files).encode("utf-8", "surrogateescape")
            out = git.run(
                "hash-object", "-w", "-t", kind, "--no-filters", "--stdin-paths", stdin=listing, keep_open=keep_open
            )
    if out.decode().split() != [object_name(git.layout.hash_name, kind, content) for content in contents]:
        raise StoreError(_("git did not keep what it was given; nothing was committed."))
