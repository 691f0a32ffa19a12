"""`antrag validate` and `antrag rule`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from antragsbuch_schema.rules import RULES
from support.commands import Cli, script
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion, register

TIE = motion(yes=3)
"""Accepted with 3 : 3: an error."""


def codes(rows: list[dict[str, object]]) -> set[object]:
    return {row["code"] for row in rows}


def test_clean_is_0_and_says_how_much_was_checked(clone: Repository, cli: Cli) -> None:
    ran = cli("validate", at=clone.root)
    assert ran.out == ""
    assert ran.err == "No findings; 2 files checked.\n"


def test_an_error_is_1_and_stands_at_its_line(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE)
    ran = cli("validate", at=clone.root, status=1)
    line = TIE.splitlines().index("yes = 3") + 1
    assert f"{PATH}:{line}:7: error[VO003] " in ran.out
    assert "1 error" in ran.err


def test_in_german(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE)
    ran = cli("--lang", "de", "validate", at=clone.root, status=1)
    assert "1 Fehler" in ran.err


def test_full_output_has_an_excerpt(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE)
    ran = cli("validate", "--output-format", "full", at=clone.root, status=1)
    assert "| yes = 3\n" in ran.out and "  ^\n" in ran.out and "error[VO003]" in ran.out
    assert "\x1b" not in ran.out


def test_colour_only_where_it_is_wanted(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.write(PATH, TIE)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31;1m" in cli("validate", at=clone.root, status=1).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in cli("validate", at=clone.root, status=1).out


def test_json(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE)
    ran = cli("validate", "--json", at=clone.root, status=1)
    error = next(row for row in ran.json if row["code"] == "VO003")
    assert error["path"] == PATH and error["place"].startswith("consultations[c1].votes[v1]")
    assert ran.err == ""
    assert ran.out == cli("validate", "--output-format", "json", at=clone.root, status=1).out


def test_a_warning_fails_only_where_that_is_asked_for(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion().replace("Regionsversammlung", "Regionversammlung"))
    assert "GR001" in cli("validate", at=clone.root).out
    cli("validate", "--fail-on", "warning", at=clone.root, status=1)


def test_only_what_was_named_is_reported_but_all_is_checked(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = register(tmp_path / "r", {PATH: TIE, OTHER_PATH: motion("3185 (V) HHA", id=TIE[6:14])})
    found = cli("validate", "--json", OTHER_PATH, at=repository.root, status=None).json
    assert {row["path"] for row in found} == {OTHER_PATH}
    # both motions have one id: that is known only from the other file
    assert any(row["place"] == "id" for row in found)
    folder = cli("validate", "--json", "motions/V/2200", at=repository.root, status=1).json
    assert {row["path"] for row in folder} == {PATH}
    here = cli("validate", "--json", ".", at=repository.root / "motions/V/2200", status=1).json
    assert here == folder
    assert "1 file" in cli("validate", "2292-HHA.toml", at=repository.root / "motions/V/2200", status=1).err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("motions/V/none.toml", "There is no motions/V/none.toml."),
        ("..", ".. is not in the register"),
        ("README", "README is no file of this register"),
    ],
)
def test_a_name_that_is_no_file_of_the_register(clone: Repository, cli: Cli, name: str, said: str) -> None:
    clone.write("README", "x")
    assert said in cli("validate", name, at=clone.root, status=2).err


def test_standard_input(clone: Repository, cli: Cli) -> None:
    ran = cli("validate", "-", "--stdin-filename", PATH, at=clone.root, stdin=TIE.encode(), status=1)
    assert f"{PATH}:" in ran.out and "VO003" in ran.out
    assert clone.read(PATH) == motion()
    assert "-:1:1: error[TO003]" in cli("validate", "-", at=clone.root, stdin=b"\xff", status=1).out
    council = COUNCIL.replace("format = 1", 'format = "x"').encode()
    cli("validate", "-", "--stdin-filename", "motions/council.toml", at=clone.root, stdin=council, status=1)


def test_the_day_is_that_of_the_commit_unless_something_changed(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45).replace('role = "decision"', 'role = "decision"\noutcome = "as_proposed"'))
    # committed in November, for a session in December
    clone.commit()
    assert "OU001" in cli("validate", at=clone.root, status=None).out
    assert "OU001" not in cli("validate", "--today", "1.3.2024", at=clone.root).out
    clone.write("motions/V/2200/2293-HHA.toml", motion("2293 (V) HHA"))
    assert "OU001" not in cli("validate", at=clone.root).out
    assert "soon is no date" in cli("validate", "--today", "soon", at=clone.root, status=2).err


def test_files_are_checked_where_there_is_no_git(clone: Repository, tmp_path: Path, cli: Cli) -> None:
    shutil.copytree(clone.root / "motions", tmp_path / "plain/motions")
    (tmp_path / "plain" / PATH).write_text(TIE)
    assert "VO003" in cli("validate", at=tmp_path / "plain/motions/V", status=1).out


def test_mending_what_is_safe(clone: Repository, cli: Cli) -> None:
    odd = motion().replace("Die Verwaltung führt", "Die\u00ad Verwaltung fu\u0308hrt") + "# a comment\n"
    clone.write(PATH, odd)
    before = codes(cli("validate", "--json", at=clone.root, status=None).json)
    ran = cli("validate", "--fix", at=clone.root, status=None)
    assert PATH in ran.out.splitlines() and "mended" in ran.err
    assert clone.read(PATH) == odd.replace("fu\u0308hrt", "führt").replace("\u00ad", "")
    assert codes(cli("validate", "--json", at=clone.root, status=None).json) < before
    again = cli("validate", "--fix", at=clone.root, status=None)
    assert "mended" not in again.err


def test_mending_what_is_not_safe_is_asked_for(clone: Repository, cli: Cli) -> None:
    wrong = motion().replace("Regionsversammlung", "Regionversammlung")
    clone.write(PATH, wrong)
    cli("validate", "--fix", at=clone.root)
    assert clone.read(PATH) == wrong
    cli("validate", "--unsafe-fixes", PATH, at=clone.root)
    assert clone.read(PATH) == motion()
    assert "can't be mended" in cli("validate", "--fix", "-", at=clone.root, stdin=b"", status=2).err


def test_the_same_findings_through_the_script(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE)
    assert script("validate", at=clone.root, status=1).out == cli("validate", at=clone.root, status=1).out


def test_all_rules(cli: Cli) -> None:
    out = cli("rule").out
    assert all(f"\n{code}  " in f"\n{out}" for code in RULES)
    rows = cli("rule", "--json").json
    assert [row["code"] for row in rows] == list(RULES)
    assert {row["severity"] for row in cli("--lang", "de", "rule", "--json").json} == {"error", "warning", "remark"}


@pytest.mark.parametrize("name", ["VO003", "vo003", RULES["VO003"].name])
def test_the_page_of_a_rule(cli: Cli, name: str) -> None:
    out = cli("rule", name).out
    assert out.startswith(f"VO003 {RULES['VO003'].name} (error)\n")
    assert "Wrong:" in out and "Right:" in out
    german = cli("--lang", "de", "rule", name).out
    assert "(Fehler)" in german and "Falsch:" in german
    assert cli("rule", "--json", name).json["wrong"] == RULES["VO003"].wrong


def test_every_rule_has_a_page(cli: Cli) -> None:
    for code in RULES:
        assert cli("--lang", "de", "rule", code).out.startswith(code)


def test_a_rule_that_is_not_there(cli: Cli) -> None:
    assert "There is no rule V003. Did you mean VO003" in cli("rule", "V003", status=2).err
    assert "antrag rule lists them all." in cli("rule", "zzzzzzzzz", status=2).err


def test_what_is_known_is_not_checked_again(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the index of the register the same is said, and only what changed is read."""
    clone.write(OTHER_PATH, motion("3185 (V) HHA", yes=1))
    options = ("validate", "--output-format", "full", "--today", "2025-07-01")
    before = cli(*options, at=clone.root, status=1)
    assert "VO003" in before.said
    cli("list", at=clone.root)
    with monkeypatch.context() as patched:
        patched.setattr("antragsbuch.store.check_jobs.check_file", pytest.fail)
        assert cli(*options, at=clone.root, status=1).said == before.said
    clone.write(OTHER_PATH, motion("3185 (V) HHA", yes=45))
    assert "VO003" not in cli(*options, at=clone.root).said
