"""The command line in tests: in this process where that will do, or as the installed console script.

def test_list(clone: Repository, cli: Cli) -> None:
    assert "2292" in cli("list", at=clone.root).out
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from antragsbuch.cli.main import run

SCRIPT = Path(sys.executable).parent / "antrag"
"""The console script, beside the interpreter that runs the tests."""


@dataclass(frozen=True)
class Ran:
    """How a command ended: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output read as JSON."""
        return json.loads(self.out)

    @property
    def said(self) -> str:
        """Both outputs together."""
        return self.out + self.err


class Cli:
    """Runs commands in this process. `status` is what the exit status must be, None for any."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(
        self, *arguments: str, at: Path | None = None, status: int | None = 0, stdin: bytes | None = None
    ) -> Ran:
        """Run `antrag` with `arguments`, in the folder `at`."""
        self._capsys.readouterr()
        if stdin is not None:
            self._monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
        found = run([*(("-C", str(at)) if at is not None else ()), *arguments])
        captured = self._capsys.readouterr()
        assert status is None or found == status, f"exit status {found}\n{captured.out}\n{captured.err}"
        return Ran(found, captured.out, captured.err)


@pytest.fixture
def cli(isolated: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs commands in this process, with a home of its own."""
    return Cli(capsys, monkeypatch)


def script(
    *arguments: str,
    at: Path,
    env: Mapping[str, str] | None = None,
    stdin: bytes | None = None,
    status: int | None = 0,
) -> Ran:
    """Run the console script in a process of its own, in the folder `at`."""
    done = subprocess.run(
        [str(SCRIPT), *arguments],
        cwd=at,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        check=False,
        env={**os.environ, **(env or {})},
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode("utf-8", "replace"))
    assert status is None or ran.status == status, f"exit status {ran.status}\n{ran.said}"
    assert "Traceback" not in ran.err, ran.err
    return ran


def on_a_terminal(*arguments: str, at: Path, env: Mapping[str, str]) -> str:
    """What the console script writes to a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(at)
        os.environ.update(env)
        os.execv(str(SCRIPT), [str(SCRIPT), *arguments])
    said = b""
    try:
        while piece := os.read(terminal, 1 << 16):
            said += piece
    except OSError:
        # the other side is closed
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return said.decode()
