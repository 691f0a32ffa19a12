"""How fast a register is checked."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

from benchmarks.measuring import Figure, in_turns, median_of, program, run

from antragsbuch.store.index import Index
from antragsbuch.store.register import open_register
from antragsbuch_schema.validate import validate_register
from support.generated import TODAY


def measure(folder: Path, motions: int, rounds: int) -> list[Figure]:
    """All rules on a register of so many motions: cold, and with the index there."""
    antrag = [*program(), "-C", str(folder), "validate", "--output-format", "concise", "--today", TODAY.isoformat()]
    taplo = shutil.which("taplo")
    index = folder / ".git/antragsbuch"
    shutil.rmtree(index, ignore_errors=True)
    ways = {"antrag": lambda: run(*antrag, status=(0, 1))}
    if taplo:
        files = str(folder / "motions/**/*.toml")
        ways["taplo"] = lambda: run(taplo, "check", files)
    times = in_turns(ways, rounds)
    name = f"{motions:,} motions"
    figures = [
        Figure(
            f"antrag validate, {name}, cold, all rules, {os.cpu_count()} cores",
            times["antrag"],
            "s",
            "taplo check (syntax only)" if taplo else "",
            times.get("taplo"),
            must="x1" if taplo else "",
        ),
        Figure(f"the same, files a second, one core, {name}", _one_core(folder), "files/s"),
    ]
    return figures + _warm(folder, name, rounds)


def _one_core(folder: Path) -> float:
    """How many files a second go through reading and all rules in one process."""
    paths = sorted(path for path in (folder / "motions/V").rglob("*.toml"))[:1000]
    files = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]
    council = (folder / "motions/council.toml").read_bytes()
    return len(files) / median_of(lambda: validate_register(files, council, TODAY), 1)


def _warm(folder: Path, name: str, rounds: int) -> list[Figure]:
    """The findings of the whole register when the index knows every file, against git's own listing."""
    with open_register(folder) as register:
        index = Index(register)
        index.refresh(today=TODAY)

        def ours() -> None:
            index.refresh(today=TODAY)
            index.report(dt.date.fromisoformat(TODAY.isoformat()))

        times = in_turns({"ours": ours, "git": lambda: run("git", "ls-files", "-s", folder=folder)}, rounds)
        index.close()
    ours_ms, git_ms = times["ours"] * 1000, times["git"] * 1000
    return [
        Figure(f"all findings, {name}, warm", ours_ms, "ms", "git ls-files -s", git_ms),
        Figure("the same, more than git's listing", ours_ms - git_ms, "ms", must="100"),
    ]
