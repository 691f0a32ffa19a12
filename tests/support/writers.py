"""Writers in processes of their own, all on one clone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from antragsbuch.store.commit import Committed, commit, save_and_commit
from antragsbuch.store.errors import ChangedElsewhere, ChangedInHead
from antragsbuch.store.register import Register, open_register

from .repositories import PATH, motion

EDITS = 8


def count_up(opened: Register) -> Committed:
    """One more yes in the usual motion, whoever else does the same."""
    while True:
        now = opened.open(PATH)
        number = int(now.data.rpartition(b"yes = ")[2].split(b"\n")[0])
        try:
            return save_and_commit(opened, [(now, motion(yes=number + 1))], f"{number + 1}")
        except (ChangedElsewhere, ChangedInHead):
            continue


def work() -> None:
    """One writer: waits for a line, makes its edits of the file that it is told, and says each commit."""
    root, path = Path(sys.argv[1]), sys.argv[2]
    with open_register(root) as opened:
        sys.stdin.readline()
        for number in range(EDITS):
            if path == PATH:
                made = count_up(opened)
            else:
                now = opened.open(path)
                saved = opened.save(now, motion("1 (V) HHA", title=f"Stand {number}"))
                made = commit(opened, [path], f"{path} {number}", expected={path: saved.blob})
            print(made.oid, flush=True)


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
