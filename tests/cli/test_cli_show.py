"""`antrag show`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Cli, on_a_terminal, script
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion, register


def test_as_printed(clone: Repository, cli: Cli) -> None:
    ran = cli("show", "2292", at=clone.root)
    assert ran.out.startswith("2292 (V) HHA\n")
    assert "Die Verwaltung führt eine Konferenz durch." in ran.out
    assert "\t" in ran.out and ran.out.endswith("\n")


def test_on_a_terminal_it_is_a_page(clone: Repository) -> None:
    env = {"GIT_PAGER": "cat", "TERM": "xterm", "COLUMNS": "80"}
    page = on_a_terminal("show", "2292", at=clone.root, env=env)
    assert "\t" not in page and "\x1b[1m2292 (V) HHA\x1b[0m" in page
    row = next(line for line in page.splitlines() if line.startswith(" Regionsversammlung"))
    assert row.split() == ["Regionsversammlung", "19.12.2023", "Entscheidung"]
    assert "\x1b" not in on_a_terminal("show", "2292", at=clone.root, env={**env, "NO_COLOR": "1"})
    clone.write(PATH, motion(title="a\u202eb"))
    assert "a<U+202E>b" in on_a_terminal("show", "2292", at=clone.root, env=env)


def test_the_printed_form_is_german_in_every_language(clone: Repository, cli: Cli) -> None:
    assert cli("--lang", "en", "show", "2292", at=clone.root).out == cli("--lang=de", "show", "2292", at=clone.root).out


@pytest.mark.parametrize("name", ["2292", "2292 (V) HHA", "2292(v)hha", PATH, "V/2200/2292-HHA.toml"])
def test_a_motion_by_all_its_names(clone: Repository, cli: Cli, name: str) -> None:
    assert cli("show", name, "--as", "toml", at=clone.root).out == motion()


def test_a_path_is_one_of_the_current_folder(clone: Repository, cli: Cli) -> None:
    assert cli("show", "2292-HHA.toml", "--as", "toml", at=clone.root / "motions/V/2200").out == motion()


def test_as_toml_every_byte_comes_out(clone: Repository) -> None:
    text = b"\xef\xbb\xbf# \xff odd\r\nid = 'x'\r\n"
    clone.write(PATH, text)
    assert script("show", PATH, "--as", "toml", at=clone.root).out.encode("utf-8", "surrogateescape") == text


def test_as_json(clone: Repository, cli: Cli) -> None:
    for arguments in (("--as", "json"), ("--json",)):
        data = cli("show", "2292", *arguments, at=clone.root).json
        assert data["date"] == "2023-11-16"
        assert data["proposal"] == "Die Verwaltung führt eine Konferenz durch. Sie berichtet danach."
        assert data["consultations"][0]["role"] == "decision"


def test_the_file_of_the_council(clone: Repository, cli: Cli) -> None:
    assert cli("show", "motions/council.toml", "--as", "toml", at=clone.root).out == COUNCIL
    assert cli("show", "motions/council.toml", "--json", at=clone.root).json["name"] == "Region Beispiel"
    assert "no printed form" in cli("show", "motions/council.toml", at=clone.root, status=2).err


def test_there_is_no_such_motion(clone: Repository, cli: Cli) -> None:
    assert cli("show", "2293", at=clone.root, status=2).err == "antrag: There is no motion 2293.\n"
    assert "Did you mean: 2292 (V) HHA" in cli("show", "2922 (V) HHA", at=clone.root, status=2).err
    assert "Gemeint" in cli("--lang", "de", "show", "2922 (V) HHA", at=clone.root, status=2).err


def test_a_number_that_means_several(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = register(
        tmp_path / "several", {PATH: motion(), OTHER_PATH: motion(id="other"), "motions/new/x.toml": motion("7/2292")}
    )
    ran = cli("show", "2292", at=repository.root, status=2)
    assert "means several" in ran.err and "7/2292" in ran.err


def test_a_file_that_cannot_be_read_is_shown_as_it_is_or_with_the_place(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, 'id = "x"\ntitle = \n')
    assert cli("show", PATH, "--as", "toml", at=clone.root).out == 'id = "x"\ntitle = \n'
    assert cli("show", PATH, at=clone.root, status=2).err.startswith(f"antrag: {PATH}:2:9: ")
