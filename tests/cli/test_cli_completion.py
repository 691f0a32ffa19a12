"""`antrag completion`, `antrag references` and `antrag schema`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from antragsbuch.cli import COMMANDS
from support.commands import SCRIPT, Cli
from support.repositories import OTHER_PATH, PATH, Repository, motion

ROOT = Path(__file__).parent.parent.parent

_COMPLETE = """
source {script}
complete_line() {{
    COMP_LINE="$1"; COMP_POINT=${{#1}}
    read -ra COMP_WORDS <<< "$1"
    [[ "$1" == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
    COMPREPLY=()
    $(complete -p antrag | sed 's/.*-F \\([^ ]*\\).*/\\1/') antrag "${{COMP_WORDS[COMP_CWORD]}}" ""
    printf '%s\\n' "${{COMPREPLY[@]}}"
}}
complete_line "{line}"
"""


def completed(repository: Repository, cli: Cli, tmp_path: Path, line: str) -> list[str]:
    """What bash completes at the end of `line`."""
    script = tmp_path / "completion.bash"
    script.write_text(cli("completion", "bash").out)
    done = subprocess.run(
        ["bash", "-c", _COMPLETE.format(script=script, line=line)],
        cwd=repository.root, capture_output=True, text=True, check=True,
        env={**os.environ, "PATH": f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_names_every_command_and_its_shell_can_read_it(cli: Cli, tmp_path: Path, shell: str) -> None:
    script = cli("completion", shell).out
    assert all(command.name in script for command in COMMANDS)
    assert "merge-driver" not in script
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    file = tmp_path / "script"
    file.write_text(script)
    subprocess.run([program, "-n", str(file)], check=True, capture_output=True)


def test_bash_completes_commands_options_and_motions(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    assert completed(clone, cli, tmp_path, "antrag va") == ["validate"]
    assert "--json" in completed(clone, cli, tmp_path, "antrag log --")
    assert completed(clone, cli, tmp_path, "antrag show ") == ["2292", "3185"]
    assert completed(clone, cli, tmp_path, "antrag log 31") == ["3185"]
    assert completed(clone, cli, tmp_path, "antrag show --as pr") == ["printed"]


def test_a_name_of_a_file_runs_nothing(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    clone.write("motions/V/$(touch evil)-HHA.toml", motion("1 (V) HHA"))
    clone.write("motions/V/`touch evil`.toml", motion("1 (V) HHA"))
    clone.write("motions/new/$(touch evil).toml", motion("1 (V) HHA"))
    assert completed(clone, cli, tmp_path, "antrag show ") == ["2292"]
    assert not (clone.root / "evil").exists()


def test_references_are_what_names_one_motion(clone: Repository, cli: Cli) -> None:
    clone.write("motions/VI/2200/2292-AaA.toml", motion("2292 (VI) AaA"))
    clone.write("motions/new/k7m2qx9a.toml", 'id = "k7m2qx9a"\n')
    clone.write("motions/other/3a/x-3a.toml", 'id = "x"\n')
    clone.write(OTHER_PATH, "broken")
    found = cli("references", at=clone.root).out.splitlines()
    assert found == [PATH, "3185", "motions/VI/2200/2292-AaA.toml", "k7m2qx9a", "motions/other/3a/x-3a.toml"]
    for name in found:
        cli("show", name, "--as", "toml", at=clone.root)


def test_references_outside_of_a_register_are_none(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    assert cli("references", at=tmp_path, status=2).out == ""


@pytest.mark.parametrize("which", ["motion", "council"])
def test_the_schema_is_the_committed_one(cli: Cli, tmp_path: Path, which: str) -> None:
    committed = ROOT / f"schema/{which}.schema.json"
    assert cli("schema", which).out == committed.read_text()
    cli("schema", which, "--check", str(committed))
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"type": "object"}))
    assert "is not the schema of this version" in cli("schema", which, "--check", str(other), status=1).err
    other.write_text("{")
    assert "is no JSON" in cli("schema", which, "--check", str(other), status=2).err
    assert "No such file" in cli("schema", which, "--check", str(tmp_path / "none"), status=2).err


def test_the_schema_of_a_motion_is_the_usual_one(cli: Cli) -> None:
    assert cli("schema").out == cli("schema", "motion").out
