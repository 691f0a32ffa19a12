"""`antrag fmt`."""

from __future__ import annotations

import pytest

from support.commands import SCRIPT, Cli, script
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion
from support.terminal import Terminal

ODD = "# why\n" + motion().replace('id = "c1"\n', "id  =  'c1' # here\n").replace("public = true", "public=true")
"""Valid, but not canonical, with comments."""


def test_what_is_canonical_stays(clone: Repository, cli: Cli) -> None:
    ran = cli("fmt", at=clone.root)
    assert (ran.out, ran.err) == ("", "All files are canonical.\n")
    assert clone.changed() == ""


def test_a_file_gets_the_canonical_form_and_keeps_its_comments(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, ODD)
    ran = cli("fmt", at=clone.root)
    assert (ran.out, ran.err) == (f"{PATH}\n", "1 file changed.\n")
    assert clone.read(PATH) == "# why\n" + motion().replace('id = "c1"\n', '# here\nid = "c1"\n')
    assert cli("fmt", at=clone.root).err == "All files are canonical.\n"


def test_check_writes_nothing(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, ODD)
    ran = cli("fmt", "--check", at=clone.root, status=1)
    assert (ran.out, ran.err) == (f"{PATH}\n", "1 file would change.\n")
    assert clone.read(PATH) == ODD
    assert "1 Datei würde sich ändern." in cli("--lang", "de", "fmt", "--check", at=clone.root, status=1).err


def test_diff_shows_what_would_change(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, ODD)
    ran = cli("fmt", "--diff", at=clone.root, status=1)
    assert f"--- a/{PATH}" in ran.out and "-public=true\n+public = true\n" in ran.out
    assert clone.read(PATH) == ODD


def test_only_what_was_named(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, ODD)
    clone.write(OTHER_PATH, ODD.replace("2292", "3185"))
    assert cli("fmt", "3100", at=clone.root / "motions/V").out == f"{OTHER_PATH}\n"
    assert clone.read(PATH) == ODD
    assert cli("fmt", "2292-HHA.toml", at=clone.root / "motions/V/2200").out == f"{PATH}\n"
    assert "no file of this register" in cli("fmt", ".git/config", at=clone.root, status=2).err
    assert "is not in the register" in cli("fmt", "/etc/passwd", at=clone.root, status=2).err


def test_the_file_of_the_council_has_a_form_of_its_own(clone: Repository, cli: Cli) -> None:
    clone.write("motions/council.toml", COUNCIL.replace('name = "Region Beispiel"', "name   = 'Region Beispiel'"))
    cli("fmt", at=clone.root)
    assert clone.read("motions/council.toml") == COUNCIL


def test_standard_input_to_standard_output(clone: Repository, cli: Cli) -> None:
    ran = cli("fmt", "-", stdin=ODD.encode(), at=clone.root)
    assert ran.out == "# why\n" + motion().replace('id = "c1"\n', '# here\nid = "c1"\n')
    assert cli("fmt", "-", "--stdin-filename", "council.toml", stdin=COUNCIL.encode()).out == COUNCIL
    assert cli("fmt", "-", stdin=b"a = \n", status=2).err.startswith("antrag: -:1:5: ")


def test_windows_line_ends_become_plain_ones(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion().replace("\n", "\r\n"))
    cli("fmt", at=clone.root)
    assert (clone.root / PATH).read_bytes() == motion().encode()


@pytest.mark.parametrize("broken", [b"a = \n", b"\xff", b"<<<<<<< HEAD\n"])
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_formatted(
    clone: Repository, cli: Cli, broken: bytes
) -> None:
    clone.write(PATH, broken)
    clone.write(OTHER_PATH, ODD.replace("2292", "3185"))
    ran = cli("fmt", at=clone.root, status=2)
    assert ran.err.startswith(f"antrag: {PATH}:1:")
    assert ran.out == f"{OTHER_PATH}\n"
    assert (clone.root / PATH).read_bytes() == broken


def test_a_register_of_a_newer_format_is_not_written(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, ODD)
    clone.write("motions/council.toml", COUNCIL.replace("format = 1", "format = 99"))
    assert "format 99" in cli("fmt", at=clone.root, status=2).err
    assert clone.read(PATH) == ODD


def test_the_mode_of_a_file_stays(clone: Repository) -> None:
    clone.write(PATH, ODD).chmod(0o640)
    script("fmt", at=clone.root)
    assert (clone.root / PATH).stat().st_mode & 0o777 == 0o640


def test_a_terminal_gets_no_escape_of_a_file(clone: Repository) -> None:
    clone.write(PATH, ODD.replace("# why", "# \u202e\x9b31m red"))
    with Terminal([str(SCRIPT), "fmt", "--diff"], clone.root) as terminal:
        assert terminal.wait_for_end() != 0
        assert "\u202e".encode() not in terminal.output and b"\xc2\x9b" not in terminal.output
