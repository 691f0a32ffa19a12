"""How long a register takes to become a tree of OParl files: into an empty folder, and again with nothing changed.

Beside it what nobody can do without: the same files written, each beside its place and renamed.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Figure, program, run


def measure(root: Path, folder: Path, motions: int) -> list[Figure]:
    """Of the register at `root` with so many motions, in `folder`."""
    tree, plain = folder / "tree", folder / "plain"
    folder.mkdir()
    command = [*program(), "-C", str(root), "export", "oparl", str(tree), "--url", "https://oparl.example.org/"]
    ours = _seconds(lambda: run(*command))
    again = _seconds(lambda: run(*command))
    files = {path.relative_to(tree): path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    theirs = _seconds(lambda: _by_hand(plain, files))
    shutil.rmtree(folder)
    name = f"{motions:,} motions"
    beside = f"{len(files):,} files written and renamed"
    return [
        Figure(f"OParl tree of {name} into an empty folder", ours, "s", beside, theirs),
        Figure(f"the same again, nothing changed, {name}", again, "s", beside, theirs),
    ]


def _by_hand(folder: Path, files: dict[Path, bytes]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        new = folder / "new"
        new.write_bytes(data)
        new.rename(folder / path)


def _seconds(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start
