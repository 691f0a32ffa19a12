"""What all commands have in common: help, languages, mistakes, pipes, the folder."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from antragsbuch import __version__, i18n
from antragsbuch.cli import COMMANDS, DRIVERS, main_parser
from antragsbuch.cli.parser import ARGPARSE_WORDS, speaking
from support.commands import SCRIPT, Cli, script
from support.repositories import PATH, Repository, large

NAMES = [command.name for command in COMMANDS]


def test_the_version(cli: Cli) -> None:
    assert cli("--version").out == f"antragsbuch {__version__}\n"


def test_the_help_begins_with_examples_and_names_every_command(cli: Cli) -> None:
    ran = cli("--help")
    assert ran.out.startswith("Examples:\n  antrag ")
    assert all(f"    {name} " in ran.out for name in NAMES)
    assert not any(driver.name in ran.out for driver in DRIVERS)


def test_the_help_in_german(cli: Cli) -> None:
    ran = cli("--lang", "de", "--help")
    assert ran.out.startswith("Beispiele:\n")
    assert "Aufruf: antrag" in ran.out and "diese Hilfe zeigen" in ran.out and "Befehle:" in ran.out
    assert "usage" not in ran.out and "options" not in ran.out


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_each_command_has_a_help_that_begins_with_examples_that_parse(cli: Cli, name: str, language: str) -> None:
    ran = cli("--lang", language, name, "--help")
    heading, *lines = ran.out.partition("\n\n")[0].splitlines()
    assert heading == {"en": "Examples:", "de": "Beispiele:"}[language]
    i18n.use("de" if language == "de" else "en")
    for line in lines:
        words = shlex.split(line, comments=True)
        words = words[: next((at for at, word in enumerate(words) if word in (">", "<", "|")), None)]
        assert words[:2] == ["antrag", name]
        with speaking():
            assert main_parser(name).parse_args(words[1:]).command == name


def test_what_argparse_says_is_there_in_german() -> None:
    i18n.use("de")
    try:
        left = [word for word in ARGPARSE_WORDS if i18n._(word) == word and "%(argument_name)s: %(m" not in word]
    finally:
        i18n.use("en")
    assert left == []


def test_the_language_comes_from_the_environment(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "Befehle" in cli("--help").out
    monkeypatch.setenv("ANTRAGSBUCH_LANG", "en")
    assert "commands" in cli("--help").out
    assert "LANGUAGE" not in os.environ


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["shwo"], "antrag: there is no command shwo\nDid you mean show?\nHelp: antrag --help\n"),
        (
            ["log", "--josn"],
            "antrag log: unrecognized arguments: --josn\nDid you mean --json?\nHelp: antrag log --help\n",
        ),
        (["--lnag", "de"], "Did you mean --lang?"),
        (["show"], "the following arguments are required: MOTION"),
        (["show", "1", "--as", "tmol"], "Did you mean toml?"),
        (["log", "-C", "x"], "-C stands before the command."),
        (["log", "-n", "many"], "argument -n: many is no number"),
        (["log", "-n", "-3"], "argument -n:"),
        (["\x1b[31mred"], "there is no command ␛[31mred"),
    ],
)
def test_a_mistake_on_the_command_line_is_said_with_what_was_meant(cli: Cli, arguments: list[str], said: str) -> None:
    ran = cli(*arguments, status=2)
    assert said in ran.err
    assert ran.out == ""


def test_a_mistake_in_german(cli: Cli) -> None:
    ran = cli("--lang=de", "log", "--josn", status=2)
    assert ran.err == "antrag log: nicht verstanden: --josn\nGemeint vielleicht --json?\nHilfe: antrag log --help\n"


def test_the_folder_is_where_one_works(clone: Repository, cli: Cli) -> None:
    here = Path.cwd()
    for folder in ("", "motions", "motions/V/2200"):
        assert "2292 (V) HHA" in cli("list", at=clone.root / folder).out
    assert Path.cwd() == here
    assert cli("fmt", "--check", "2200", at=clone.root / "motions/V").status == 0


def test_a_folder_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    ran = cli("list", at=tmp_path / "none", status=2)
    assert ran.err == f"antrag: {tmp_path / 'none'}: No such file or directory\n"


@pytest.mark.parametrize("command", ["list", "show 2292", "validate", "fmt", "log", "diff", "commit", "edit 2292"])
def test_outside_of_a_register_each_command_says_where_and_what_helps(cli: Cli, tmp_path: Path, command: str) -> None:
    ran = cli(*command.split(), at=tmp_path, status=2)
    assert ran.err == (
        f"antrag: {tmp_path} is not in a git repository. Go to a register, or make one here: antrag init\n"
    )


def test_git_dir_leads_to_the_register(
    clone: Repository, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(clone.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(clone.root))
    for command in (["validate"], ["list"], ["fmt", "--check"]):
        assert cli(*command, at=tmp_path).status == 0


def test_the_full_screen_program_needs_a_terminal(clone: Repository) -> None:
    ran = script(at=clone.root, status=2)
    assert ran.err == "The full-screen program needs a terminal; antrag --help lists what works without one.\n"


@pytest.mark.parametrize("command", ["list", "log", "references", "rule", "completion bash", "--help"])
def test_a_reader_that_goes_away_is_no_error(isolated: Path, tmp_path: Path, command: str) -> None:
    repository = large(tmp_path / "large", 300)
    words = " ".join(map(shlex.quote, [str(SCRIPT), *command.split()]))
    done = subprocess.run(
        ["bash", "-c", f"{words} | head -1"], cwd=repository.root, capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_the_program_answers_to_both_names(clone: Repository) -> None:
    for name in ("antrag", "antragsbuch"):
        done = subprocess.run([SCRIPT.with_name(name), "--version"], capture_output=True, text=True, check=True)
        assert done.stdout == f"antragsbuch {__version__}\n"


def test_a_terminal_that_knows_no_umlauts_still_shows_the_rest(clone: Repository) -> None:
    ran = script("show", "2292", at=clone.root, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert "Durchf\\xfchrung einer Konferenz" in ran.out


def test_nothing_is_written_by_reading(clone: Repository, cli: Cli) -> None:
    before = clone.git("status", "--short"), clone.head(), clone.read(PATH)
    for command in ("list", "show 2292", "validate", "fmt --check", "log", "diff", "doctor", "references"):
        cli(*command.split(), at=clone.root)
    assert (clone.git("status", "--short"), clone.head(), clone.read(PATH)) == before


@pytest.mark.parametrize("command", ["--version", "--help", "list --help", "completion bash", "references"])
def test_what_is_called_often_starts_with_little(clone: Repository, command: str) -> None:
    look = "import sys; from antragsbuch.__main__ import main; main(); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", look, *command.split()], cwd=clone.root, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "antragsbuch" in loaded
    assert not loaded & {"pydantic", "git", "textual", "rich", "sqlite3", "tomllib"}
