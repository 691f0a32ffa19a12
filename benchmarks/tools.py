"""How fast others check the same files: taplo (syntax), tombi and check-jsonschema (types, by our schema).

Each in turn with `antrag validate`, which checks all rules. They are no part of the program: they come from the folder
that `--tools` names, or else into an environment of their own that goes when the benchmark ends.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import ROOT, Figure, program, run

from support.generated import TODAY

NAMES = ("taplo", "tombi", "check-jsonschema")
_TOMBI = '[schema]\ncatalog = {{ paths = [] }}\n\n[[schemas]]\npath = "{schema}"\ninclude = ["motions/*/**/*.toml"]\n'

Way = Callable[[], Callable[[], object]]
"""Prepares one round and gives back what is measured."""


class Spent(NamedTuple):
    """Seconds: as the clock saw them, and of all processors together."""

    wall: float
    cpu: float


def install(folder: Path) -> Path:
    """The tools in an environment of their own; the folder of their programs."""
    run(sys.executable, "-m", "venv", folder)
    run(folder / "bin/pip", "install", "--quiet", *NAMES)
    return folder / "bin"


def measure(many: Path, few: Path, sizes: tuple[int, int], rounds: int, tools: Path) -> list[Figure]:
    """What they took: the fast ones on the register `many`, the slow one on `few`; `sizes` are their numbers."""
    found = {name: path for name in NAMES if (path := shutil.which(name, path=str(tools)))}
    ways = {"cold": _antrag(many, warm=False), "warm": _antrag(many, warm=True)}
    if "taplo" in found:
        ways["taplo"] = _command(many, found["taplo"], "check", "motions/**/*.toml")
    if "tombi" in found:
        (many / "tombi.toml").write_text(_TOMBI.format(schema=ROOT / "schema/motion.schema.json"), encoding="utf-8")
        ways["tombi"] = _command(many, found["tombi"], "lint", "--offline", "motions")
    figures = _figures(_in_turns(ways, rounds), sizes[0], {"taplo": "syntax only", "tombi": "types only"})
    (many / "tombi.toml").unlink(missing_ok=True)
    if "check-jsonschema" in found:
        paths = sorted(str(path.relative_to(few)) for path in (few / "motions").glob("*/**/*.toml"))
        schema = str(ROOT / "schema/motion.schema.json")
        ways = {
            "cold": _antrag(few, warm=False),
            "check-jsonschema": _command(few, found["check-jsonschema"], "--schemafile", schema, *paths),
        }
        figures += _figures(_in_turns(ways, rounds), sizes[1], {"check-jsonschema": "types only"})
    return figures


def _antrag(folder: Path, *, warm: bool) -> Way:
    """`antrag validate`, with nothing known of the files, or with what the run before it found."""

    def prepare() -> Callable[[], object]:
        # the cold run of the same round leaves behind what the warm one knows
        if not warm:
            shutil.rmtree(folder / ".git/antragsbuch", ignore_errors=True)
        command = [*program(), "-C", str(folder), "validate", "--output-format", "concise", "--today", str(TODAY)]
        return lambda: run(*command, status=(0, 1))

    return prepare


def _command(folder: Path, *command: str) -> Way:
    return lambda: lambda: run(*command, folder=folder, status=(0, 1))


def _in_turns(ways: Mapping[str, Way], rounds: int) -> dict[str, Spent]:
    """The medians of each way; one round before does not count."""
    spent: dict[str, list[Spent]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, prepare in ways.items():
            way = prepare()
            wall, cpu = time.perf_counter(), _cpu()
            way()
            if number:
                spent[name].append(Spent(time.perf_counter() - wall, _cpu() - cpu))
    return {
        name: Spent(statistics.median(each.wall for each in found), statistics.median(each.cpu for each in found))
        for name, found in spent.items()
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _figures(spent: Mapping[str, Spent], motions: int, what: Mapping[str, str]) -> list[Figure]:
    name = f"{motions:,} motions"
    cold = spent["cold"]
    figures = [
        Figure(
            f"antrag validate, all rules, cold, {name}{', processor time' if part == 'cpu' else ''}",
            getattr(cold, part), "s", f"{tool}, {what[tool]}", getattr(times, part),
            must="x1" if tool == "taplo" and part == "wall" else "",
        )
        for tool, times in spent.items() if tool in what
        for part in ("wall", "cpu")
    ]  # fmt: skip
    if "warm" in spent:
        figures.append(
            Figure(f"the same, with what the run before found, {name}", spent["warm"].wall, "s", "cold", cold.wall)
        )
    return figures
