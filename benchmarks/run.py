"""Measure what the program promises about speed: `python benchmarks/run.py [--quick] [--full] [--only PART ...]`.

Everything runs in turns with what it is compared with, so that both meet the same machine; the figures of the last
run are kept in `results/` and summed up in `RESULTS.md`. `--quick` is a look with small registers (kept nowhere),
`--full` adds the registers of 100,000 motions.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import checking, commit, exporting, history, importing, indexing, screen, starting, tools
from benchmarks.measuring import RESULTS, ROOT, Figure, machine, own_settings, write

from support.generated import Register

PARTS = ("start", "validate", "tools", "index", "screen", "bytes", "commit", "history", "import", "export")
TITLES = {
    "start": "Start of the command line",
    "validate": "Checking",
    "tools": "Checking, beside other tools on the same files",
    "index": "Index and filter",
    "screen": "Start of the program",
    "bytes": "Bytes at 80x24, in a pseudo-terminal",
    "commit": "Commit of one motion",
    "history": "History",
    "import": "Import from OParl",
    "export": "Export as OParl",
}


def main() -> int:
    """Measure the parts that were asked for, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small registers, few rounds, nothing kept")
    parser.add_argument("--full", action="store_true", help="100,000 motions too (some minutes more)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--tools", type=Path, metavar="DIR", help="where taplo, tombi and check-jsonschema are")
    options = parser.parse_args()
    rounds = 3 if options.quick else 15
    with tempfile.TemporaryDirectory(prefix="antragsbuch-") as folder:
        own_settings(Path(folder))
        registers = Registers(Path(folder))
        for part in options.only:
            figures = PARTS_BY_NAME[part](registers, rounds, options)
            for figure in figures:
                print(_line(figure), flush=True)
            if not options.quick:
                write(part, figures)
    if not options.quick:
        (ROOT / "benchmarks/RESULTS.md").write_text(summary(), encoding="utf-8")
    return 0


class Registers:
    """Registers by size, each made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, motions: int) -> Path:
        """The folder of a register with so many motions."""
        path = self.folder / f"register-{motions}"
        if not path.exists():
            Register(motions).repository(path)
        return path


def _start(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    return starting.measure(rounds)


def _validate(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    motions = 200 if options.quick else 10_000
    return checking.measure(registers.of(motions), motions, 1 if options.quick else 3)


def _tools(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    # a quick look fetches nothing: it takes the tools that are there
    place = options.tools or (
        Path(sys.executable).parent if options.quick else tools.install(registers.folder / "tools")
    )
    many, few = (200, 50) if options.quick else (10_000, 1_000)
    return tools.measure(registers.of(many), registers.of(few), (many, few), 1 if options.quick else 3, place)


def _index(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    sizes = [200] if options.quick else [20_000, *([100_000] if options.full else [])]
    return [figure for motions in sizes for figure in indexing.measure(registers.of(motions), motions, rounds)]


def _screen(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    sizes = [200] if options.quick else [20_000, *([100_000] if options.full else [])]
    return [figure for motions in sizes for figure in screen.measure_start(registers.of(motions), motions, rounds)]


def _bytes(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    motions = 200 if options.quick else 20_000
    return screen.measure_bytes(registers.of(motions), motions)


def _commit(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    sizes = [200] if options.quick else [10_000, *([100_000] if options.full else [])]
    return [figure for motions in sizes for figure in commit.measure(registers.of(motions), motions, rounds)]


def _history(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    motions, commits = (40, 400) if options.quick else (10_000, 100_000)
    return history.measure(registers.folder / f"history-{commits}", motions, commits)


def _import(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    papers = 300 if options.quick else 10_000
    return importing.measure(registers.folder / "import", papers)


def _export(registers: Registers, rounds: int, options: argparse.Namespace) -> list[Figure]:
    motions = 200 if options.quick else 10_000
    return exporting.measure(registers.of(motions), registers.folder / "export", motions)


PARTS_BY_NAME: dict[str, Callable[[Registers, int, argparse.Namespace], list[Figure]]] = {
    "start": _start,
    "validate": _validate,
    "tools": _tools,
    "index": _index,
    "screen": _screen,
    "bytes": _bytes,
    "commit": _commit,
    "history": _history,
    "import": _import,
    "export": _export,
}


def summary() -> str:
    """The last figures of every part, as Markdown."""
    found = machine()
    lines = [
        "# Last figures",
        "",
        "Made by `python benchmarks/run.py --full`; the same figures as data are in `results/`. Absolute times belong",
        "to the machine of the run, ratios travel better.",
        "",
        f"Measured on {found['cores']} cores, {found['system']}, Python {found['python']}, git {found['git']}, "
        f"SQLite {found['sqlite']}, Textual {found['textual']}.",
    ]
    for part in PARTS:
        path = RESULTS / f"{part}.json"
        if path.exists():
            lines += ["", f"## {TITLES[part]}", "", "| what | figure | beside | ratio | must | |", "|---" * 6 + "|"]
            lines += [_row(kept) for kept in json.loads(path.read_text(encoding="utf-8"))["figures"]]
    return "\n".join(lines) + "\n"


def _row(kept: dict[str, Any]) -> str:
    figure = Figure(*(kept[field.name] for field in fields(Figure)))
    beside = f"{figure.beside}: {_number(figure.other)} {figure.unit}" if figure.other is not None else ""
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
    limit = figure.must.removeprefix("x") + ("x" if figure.must.startswith("x") else f" {figure.unit}")
    verdict = "" if figure.met is None else "met" if figure.met else "**missed**"
    cells = (
        figure.what,
        f"{_number(figure.value)} {figure.unit}",
        beside,
        ratio,
        f"at most {limit}" if figure.must else "",
        verdict,
    )
    return f"| {' | '.join(cells)} |"


def _line(figure: Figure) -> str:
    beside = f"  ({figure.beside}: {_number(figure.other)}, ratio {figure.ratio:.2f})" if figure.ratio else ""
    verdict = "" if figure.met is None else "  met" if figure.met else f"  MISSED (must: {figure.must})"
    return f"{figure.what}: {_number(figure.value)} {figure.unit}{beside}{verdict}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
