"""The README holds: its commands are those that are run and checked, and what it names is there."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from antragsbuch.cli import find, main_parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every `antrag ...` in the README, in blocks and in running text."""
    lines = [line for block in BLOCKS[2:] for line in block.splitlines()]
    spans = re.findall(r"`(antrag [^`]+)`", README)
    return [line.split("#")[0].strip() for line in [*lines, *spans] if line.startswith("antrag")]


def test_the_set_up_is_two_commands_in_one_line_each() -> None:
    program, tests = (block.strip() for block in BLOCKS[:2])
    assert program.startswith("python3 -m venv .venv && ") and program.endswith("/antrag")
    assert tests.startswith("python3 -m venv .venv && ") and "pytest" in tests
    assert "\n" not in program + tests
    for part in re.findall(r"-c (\S+)", program + tests):
        assert (ROOT / part).is_file()


def test_ci_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    line = next(line for line in script.splitlines() if line.startswith("test_command="))
    found = subprocess.run(
        ["bash", "-c", f'{line}\nprintf "%s" "$test_command"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == BLOCKS[1].strip()
    assert 'bash -c "$test_command"' in script


def test_the_readme_names_commands() -> None:
    assert len(commands()) > 10
    assert {"antrag init", "antrag validate", "antrag rule VO003"} <= set(commands())


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_readme_parses(line: str) -> None:
    words = shlex.split(line)[1:]
    if words == ["--help"]:
        return
    name = next((word for word in words if find(word)), None)
    options = main_parser(name).parse_args(words)
    assert options.command == name
