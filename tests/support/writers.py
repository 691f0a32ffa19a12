"""Writers in processes of their own, all on one clone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from antragsbuch.store.commit import Committed, save_and_commit
from antragsbuch.store.errors import ChangedElsewhere, ChangedInHead, RepositoryBusy
from antragsbuch.store.register import Register, open_register

from .repositories import PATH, motion

EDITS = 6


def work() -> None:
    """One writer: waits for a line, makes its edits of the file that it is told, and says each commit.

    In the usual motion, which all of them may write, an edit is one more yes; else it is another title.
    """
    root, path = Path(sys.argv[1]), sys.argv[2]
    with open_register(root) as opened:
        sys.stdin.readline()
        for number in range(EDITS):
            print(_edit(opened, path, number).oid, flush=True)


def _edit(opened: Register, path: str, number: int) -> Committed:
    while True:
        now = opened.open(path)
        if path == PATH:
            number = int(now.data.rpartition(b"yes = ")[2].split(b"\n")[0]) + 1
            text = motion(yes=number)
        else:
            text = motion("1 (V) HHA", title=f"Stand {number}")
        try:
            return save_and_commit(opened, [(now, text)], f"{path} {number}")
        except (ChangedElsewhere, ChangedInHead, RepositoryBusy):
            # what a person would do: look again, and try again
            continue


def run(root: Path, paths: list[str]) -> list[str]:
    """One writer for each of `paths`, all at once; the commits that they were told about."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", "from support.writers import work; work()", str(root), path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for path in paths
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * len(writers)
    return "".join(said).split()
