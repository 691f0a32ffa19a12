"""How fast a register is checked."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.measuring import Figure, in_turns, median_of, program, run

from antragsbuch.store.checking import WorkTree, check
from antragsbuch_schema.validate import validate_register
from support.generated import TODAY


def measure(folder: Path, motions: int, rounds: int) -> list[Figure]:
    """All rules on a register of so many motions: cold, and with the index there."""
    antrag = [*program(), "-C", str(folder), "validate", "--output-format", "concise", "--today", TODAY.isoformat()]
    taplo = shutil.which("taplo")
    ways: dict[str, Callable[[], object]] = {"antrag": lambda: _anew(folder, antrag)}
    if taplo:
        # from inside: it finds nothing by a path that begins with the root
        ways["taplo"] = lambda: run(taplo, "check", "motions/**/*.toml", folder=folder)
    spent: dict[str, list[float]] = {name: [] for name in ways}
    times = in_turns({name: partial(_weighed, way, spent[name]) for name, way in ways.items()}, rounds)
    cpu = {name: median(seconds[1:]) for name, seconds in spent.items()}
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
        Figure(
            "the same, seconds of all cores together",
            cpu["antrag"],
            "s",
            "taplo check (syntax only)" if taplo else "",
            cpu.get("taplo"),
        ),
        Figure(f"the same, files a second, one core, {name}", _one_core(folder), "files/s"),
    ]
    return figures + _warm(folder, name, rounds) + _since(folder, name, rounds)


def _weighed(way: Callable[[], object], spent: list[float]) -> None:
    """Run it, and note the seconds that its processes had of all cores: others may use these too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    way()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _one_core(folder: Path) -> float:
    """How many files a second go through reading and all rules in one process."""
    paths = sorted(path for path in (folder / "motions/V").rglob("*.toml"))[:1000]
    files = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]
    council = (folder / "motions/council.toml").read_bytes()
    return len(files) / median_of(lambda: validate_register(files, council, TODAY), 1)


def _warm(folder: Path, name: str, rounds: int) -> list[Figure]:
    """The findings of the whole register when nothing changed since it was checked, against git's own listing."""
    for file in (folder / "motions").rglob("*.toml"):
        # what was written a moment ago is read again, since it may change under the same time stamp
        os.utime(file, (1_600_000_000, 1_600_000_000))
    validate = [*program(), "-C", str(folder), "validate", "--output-format", "concise", "--today", TODAY.isoformat()]
    run(*validate, status=(0, 1))
    times = in_turns(
        {
            "check": lambda: check(folder, WorkTree(), today=TODAY),
            "git": lambda: run("git", "ls-files", "-s", folder=folder),
            "process": lambda: run(*validate, status=(0, 1)),
            "version": lambda: run(*program(), "--version"),
        },
        rounds,
    )
    check_ms, git_ms, whole_ms, version_ms = (times[each] * 1000 for each in ("check", "git", "process", "version"))
    return [
        Figure(f"all findings, {name}, warm", check_ms, "ms", "git ls-files -s", git_ms),
        Figure("the same, more than git's listing", check_ms - git_ms, "ms", must="100"),
        Figure(f"antrag validate, whole process, {name}, warm", whole_ms, "ms", "antrag --version", version_ms),
    ]


def _since(folder: Path, name: str, rounds: int) -> list[Figure]:
    """A branch with three changed motions: with what is known from main, and in a clone that knows nothing."""
    run("git", "checkout", "-q", "-B", "three", "main", folder=folder)
    for path in sorted((folder / "motions/V").rglob("*.toml"))[:3]:
        path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    run("git", "commit", "-q", "-a", "-m", "Three", folder=folder)
    since = [*program(), "-C", str(folder), "validate", "--since", "main", "--today", TODAY.isoformat()]
    run(*since[:-4], status=(0, 1))
    times = in_turns({"known": lambda: run(*since, status=(0, 1))}, rounds)
    times |= in_turns({"fresh": lambda: _anew(folder, since)}, rounds)
    run("git", "checkout", "-q", "main", folder=folder)
    return [
        Figure(f"antrag validate --since main, 3 of {name} changed, the rest known", times["known"], "s", must="1"),
        Figure(f"the same in a fresh clone, {name}", times["fresh"], "s"),
    ]


def _anew(folder: Path, command: list[str]) -> None:
    """Run it where nothing is known from before."""
    shutil.rmtree(folder / ".git/antragsbuch/checked", ignore_errors=True)
    run(*command, status=(0, 1))
