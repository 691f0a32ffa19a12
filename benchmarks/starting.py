"""How fast the command line starts."""

from __future__ import annotations

import sys

from benchmarks.measuring import Figure, in_turns, program, run


def measure(rounds: int) -> list[Figure]:
    """`antrag --version` against a Python that does nothing."""
    antrag = program()
    times = in_turns(
        {
            "antrag": lambda: run(*antrag, "--version"),
            "python": lambda: run(sys.executable, "-I", "-c", "pass"),
        },
        rounds,
    )
    return [
        Figure("antrag --version", times["antrag"] * 1000, "ms", "python -I -c pass", times["python"] * 1000, must="x5")
    ]
