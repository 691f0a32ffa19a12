"""How long a commit of one motion takes, against `git commit --only` of one file.

    python benchmarks/commit.py [--motions N ...] [--rounds N]

Both commit in turn, in one repository, so that they meet the same machine. A round of ours is what the program does:
the lock, the journal, the objects, the branch, the index; everything that matters is brought to the disk. git runs as
people run it (without `core.fsync`) and, for comparison, with the same care (`core.fsync=committed`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.generated import Register as Generated

RESULTS = Path(__file__).parent / "results/commit.json"


def main() -> int:
    """Measure, print, and write down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--motions", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=25)
    arguments = parser.parse_args()
    figures = {}
    for motions in arguments.motions:
        with tempfile.TemporaryDirectory(prefix="antragsbuch-") as folder:
            _own_settings(Path(folder))
            figures[str(motions)] = measure(Path(folder, "register"), motions, arguments.rounds)
        print(f"{motions:>7} motions: {_line(figures[str(motions)])}")
    RESULTS.parent.mkdir(exist_ok=True)
    machine = {
        "python": platform.python_version(),
        "git": subprocess.check_output(["git", "version"], text=True).split()[2],
        "cpu": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
    }
    RESULTS.write_text(json.dumps({"machine": machine, "milliseconds": figures}, indent=2) + "\n", encoding="utf-8")
    return 0


def measure(root: Path, motions: int, rounds: int) -> dict[str, float]:
    """Medians in milliseconds, and our ratio to each way of git."""
    from antragsbuch.store.commit import commit
    from antragsbuch.store.register import open_register

    Generated(motions).repository(root, 0)
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
            "git": theirs,
            "git with fsync": lambda number: theirs(number, "-c", "core.fsync=committed"),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(rounds + 1):
            for name, way in ways.items():
                run = way(number)
                start = time.perf_counter()
                run()
                if number:  # the first round warms the caches
                    times[name].append((time.perf_counter() - start) * 1000)
    medians = {name: statistics.median(found) for name, found in times.items()}
    ratios = {f"ours / {name}": medians["ours"] / median for name, median in medians.items() if name != "ours"}
    return {name: round(value, 2) for name, value in {**medians, **ratios}.items()}


def _own_settings(folder: Path) -> None:
    """Neither the settings nor the name of whoever runs this play a part."""
    settings = folder / "gitconfig"
    settings.write_text("[user]\n\tname = Benchmark\n\temail = benchmark@example.org\n", encoding="utf-8")
    os.environ["GIT_CONFIG_GLOBAL"] = str(settings)
    os.environ["GIT_CONFIG_NOSYSTEM"] = "1"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _line(figures: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f}" + ("" if "/" in name else " ms") for name, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
