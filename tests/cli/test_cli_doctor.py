"""`antrag doctor`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Cli, script
from support.repositories import COUNCIL, PATH, Repository


def verdicts(cli: Cli, folder: Path, status: int | None = 0) -> dict[str, dict[str, str]]:
    """The checks by what they are about."""
    return {check["about"]: check for check in cli("doctor", "--json", at=folder, status=status).json}


def test_all_is_well(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    cli("init", at=clone.root)
    found = verdicts(cli, clone.root)
    assert {check["verdict"] for check in found.values()} == {"ok"}
    assert found["Motions"]["found"] == "1"
    assert found["Register"]["found"] == str(clone.root)
    text = cli("doctor", at=clone.root).out
    assert all(line.startswith("  ") for line in text.splitlines())


def test_in_german(clone: Repository, cli: Cli) -> None:
    out = cli("--lang", "de", "doctor", at=clone.root).out
    assert "- Treiber für git: in diesem Klon nicht eingerichtet\n    Einrichten: antrag init\n" in out


def test_no_register_is_an_error_with_a_remedy(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    check = verdicts(cli, tmp_path, 1)["Register"]
    assert (check["verdict"], check["remedy"]) == ("error", "Go to a register, or make one here: antrag init")


def test_no_name(clone: Repository, cli: Cli, isolated: Path) -> None:
    (isolated / "gitconfig").write_text("")
    assert "git config --global user.name" in verdicts(cli, clone.root, 1)["Name"]["remedy"]


def test_the_state_of_the_repository(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    clone.git("switch", "--quiet", "--detach")
    assert verdicts(cli, clone.root)["Branch"]["verdict"] == "warning"
    (clone.root / ".git/MERGE_HEAD").write_text(clone.head() + "\n")
    assert "git merge --continue" in verdicts(cli, clone.root)["Operation"]["remedy"]
    clone.git("clone", "--quiet", "--depth", "1", f"file://{clone.root}", str(tmp_path / "shallow"))
    assert "--unshallow" in verdicts(cli, tmp_path / "shallow")["History"]["remedy"]


def test_locks_and_links(clone: Repository, cli: Cli) -> None:
    (clone.root / ".git/index.lock").touch()
    (clone.root / "motions/V/link").symlink_to("/etc")
    found = verdicts(cli, clone.root)
    assert found["Lock"]["found"].endswith("index.lock")
    assert found["Not read"]["found"] == "motions/V/link is a link or no plain file"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.fsmonitor", "evil"), ("diff.x.textconv", "evil"), ("merge.antragsbuch.driver", "evil %A"),
        ("filter.x.clean", "evil"), ("core.sshCommand", "evil"),
    ],
)  # fmt: skip
def test_programs_that_the_repository_wants_to_run(clone: Repository, cli: Cli, key: str, value: str) -> None:
    clone.git("config", key, value)
    check = verdicts(cli, clone.root)["Program in the repository"]
    assert check["verdict"] == "warning" and check["found"] == f"{key.lower()} = {value}"


def test_drivers_that_are_gone(clone: Repository, cli: Cli) -> None:
    cli("init", at=clone.root)
    clone.git("config", "merge.antragsbuch.driver", "/gone/antrag merge-driver %O %A %B %L %P")
    assert verdicts(cli, clone.root)["Drivers of git"]["verdict"] == "warning"


def test_a_newer_format_and_a_broken_file_of_the_council(clone: Repository, cli: Cli) -> None:
    clone.write("motions/council.toml", COUNCIL.replace("format = 1", "format = 7"))
    assert "format 7" in verdicts(cli, clone.root)["Format"]["found"]
    clone.write("motions/council.toml", "format = \n")
    cli("doctor", at=clone.root)


def test_the_terminal(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("EDITOR", "no-such-editor --wait")
    monkeypatch.setenv("NO_COLOR", "1")
    found = verdicts(cli, clone.root)
    assert found["Terminal"]["verdict"] == "warning"
    assert found["Editor"]["verdict"] == "warning"
    assert found["NO_COLOR"]["verdict"] == "remark"


def test_without_git_on_the_path(clone: Repository, tmp_path: Path) -> None:
    ran = script("doctor", at=clone.root, env={"PATH": str(tmp_path)}, status=1)
    assert "! Register: git is not installed, or not on the PATH.\n    Install git 2.38 or newer.\n" in ran.out


def test_nothing_of_the_repository_reaches_the_terminal_raw(clone: Repository) -> None:
    clone.git("config", "core.pager", "evil \x1b[31m")
    assert "core.pager = evil ␛[31m" in script("doctor", at=clone.root).out
    assert clone.read(PATH)
