"""The benchmarks run: what they measure is not looked at here, since a busy machine says nothing about speed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("start", "antrag --version: "),
        ("validate", "200 motions, cold"),
        ("tools", "with what the run before found, 200 motions"),
        ("index", "filter armut: "),
        ("screen", "first list on the screen, 200 motions"),
        ("commit", "commit of one motion, 200 motions"),
        ("import", "import of 300 papers into a new register"),
        ("export", "OParl tree of 200 motions into an empty folder"),
        ("history", "history of one motion, 400 commits, 40 motions"),
    ],
)
def test_a_quick_look(isolated: Path, part: str, says: str) -> None:
    before = sorted((ROOT / "benchmarks/results").iterdir())
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/run.py"), "--quick", "--only", part],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert says in done.stdout
    assert sorted((ROOT / "benchmarks/results").iterdir()) == before
