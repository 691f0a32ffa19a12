"""How everything here is measured: in turns on one machine, as medians, and as ratios to something known."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One measured value. `beside` is what was measured in turn with it, in the same unit; `must` is the limit.

    A limit that begins with "x" is one of the ratio, any other one of the value.
    """

    what: str
    value: float
    unit: str
    beside: str = ""
    other: float | None = None
    must: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the other value this is."""
        return self.value / self.other if self.other else None

    @property
    def met(self) -> bool | None:
        """Whether the limit holds; None without one."""
        if not self.must:
            return None
        found = self.ratio if self.must.startswith("x") else self.value
        return found is not None and found <= float(self.must.removeprefix("x"))


def in_turns(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median seconds of each way, run one after the other `rounds` times after one round that does not count."""
    return alternating({name: partial(_as_it_is, way) for name, way in ways.items()}, rounds)


def _as_it_is(way: Callable[[], object], _number: int) -> Callable[[], object]:
    return way


def alternating(ways: Mapping[str, Callable[[int], Callable[[], object]]], rounds: int) -> dict[str, float]:
    """The same for ways that prepare each round: given its number, they give back what is measured."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, prepare in ways.items():
            way = prepare(number)
            start = time.perf_counter()
            way()
            if number:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def median_of(way: Callable[[], object], rounds: int) -> float:
    """The median seconds of one way."""
    return in_turns({"": way}, rounds)[""]


def run(
    *command: str | Path, folder: Path | None = None, status: Sequence[int] = (0,)
) -> subprocess.CompletedProcess[bytes]:
    """A finished process; the benchmark ends where its exit status is none of `status`."""
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, check=False)
    if done.returncode not in status or b"Traceback" in done.stderr:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr.decode()}")
    return done


def program() -> list[str]:
    """The command that starts the program: the console script as it is installed."""
    script = Path(sys.executable).parent / "antrag"
    return [str(script)] if script.exists() else [sys.executable, "-m", "antragsbuch"]


def own_settings(folder: Path) -> None:
    """Neither the settings nor the name of whoever runs this play a part."""
    settings = folder / "gitconfig"
    settings.write_text("[user]\n\tname = Benchmark\n\temail = benchmark@example.org\n", encoding="utf-8")
    os.environ.update(
        GIT_CONFIG_GLOBAL=str(settings),
        GIT_CONFIG_NOSYSTEM="1",
        XDG_CONFIG_HOME=str(folder / "config"),
        XDG_STATE_HOME=str(folder / "state"),
        XDG_CACHE_HOME=str(folder / "cache"),
        LC_ALL="C.UTF-8",
        ANTRAGSBUCH_LANG="en",
    )


def machine() -> dict[str, object]:
    """What it was measured on, in general."""
    git = run("git", "version").stdout.decode().split()[2]
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "git": git,
        "sqlite": sqlite3.sqlite_version,
        "textual": version("textual"),
    }


def write(name: str, figures: Iterable[Figure]) -> None:
    """Keep the figures of one part under `results/`."""
    RESULTS.mkdir(exist_ok=True)
    kept = [
        {**asdict(figure), "ratio": figure.ratio and round(figure.ratio, 3), "met": figure.met} for figure in figures
    ]
    text = json.dumps({"machine": machine(), "figures": kept}, indent=2, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
