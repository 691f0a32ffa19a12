"""How long a commit of one motion takes, against `git commit --only` of one file.

Both commit in turn, in one repository, so that they meet the same machine. A round of ours is what the program does:
the lock, the journal, the objects, the branch, the index; everything that matters is brought to the disk. git runs as
people run it (without `core.fsync`) and, for comparison, with the same care (`core.fsync=committed`).
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Figure, alternating

from antragsbuch.store.commit import commit
from antragsbuch.store.register import open_register


def measure(root: Path, motions: int, rounds: int) -> list[Figure]:
    """In the register at `root`, which has so many motions and gets some commits more."""
    with open_register(root) as register:
        paths = register.paths()
        path = paths[len(paths) // 2]
        text = (root / path).read_text(encoding="utf-8")

        def ours(number: int) -> Callable[[], object]:
            saved = register.save(register.open(path), f"{text}# ours {number}\n")
            return lambda: commit(register, [path], f"Round {number}", expected={path: saved.blob})

        def theirs(number: int, *options: str) -> Callable[[], object]:
            (root / path).write_text(f"{text}# git {options} {number}\n", encoding="utf-8")
            command = ["git", *options, "commit", "--quiet", "--only", "-m", f"Round {number}", "--", path]
            return lambda: subprocess.run(command, cwd=root, check=True)

        ways: dict[str, Callable[[int], Callable[[], object]]] = {
            "ours": ours,
            "git commit --only": theirs,
            "git commit --only, core.fsync=committed": lambda number: theirs(number, "-c", "core.fsync=committed"),
        }
        times = alternating(ways, rounds)
    # in a small register git's own index is small too
    limits = {"git commit --only": "x1" if motions >= 10_000 else "", "git commit --only, core.fsync=committed": ""}
    return [
        Figure(
            f"commit of one motion, {motions:,} motions",
            times["ours"] * 1000,
            "ms",
            name,
            times[name] * 1000,
            must=must,
        )
        for name, must in limits.items()
    ]
