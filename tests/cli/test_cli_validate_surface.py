"""What can be asked of `antrag validate`, and how it answers: rules, forms, reports, exit statuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from antragsbuch.cli.main import run
from antragsbuch.cli.validating import FORMATS
from antragsbuch_schema.reports.forms import FORMS
from support.commands import SCRIPT, Cli, script
from support.repositories import OTHER_PATH, PATH, Repository, motion, motion_id

TIE = motion(yes=3)
"""Accepted with 3 : 3: an error, VO003."""
SPACED = motion(title="Durchführung  einer Konferenz")
"""TX008, which can be mended."""


def codes(out: str) -> set[str]:
    return {row["code"] for row in json.loads(out)}


def test_the_forms_of_the_help_are_those_that_there_are() -> None:
    assert tuple(FORMS) == FORMATS


def test_rules_are_chosen(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE.replace("Durchführung", "Durchführung "))
    every = codes(cli("validate", "--json", at=clone.root, status=1).out)
    assert {"VO003", "TX008"} <= every
    assert codes(cli("validate", "--json", "--select", "VO003,TX", at=clone.root, status=1).out) == {"VO003", "TX008"}
    assert codes(cli("validate", "--json", "--ignore", "VO", "--ignore", "tx008", at=clone.root).out) == {
        code for code in every if not code.startswith("VO") and code != "TX008"
    }


@pytest.mark.parametrize(("word", "said"), [("VO03", "Did you mean VO003"), ("q", "antrag rule lists them all")])
def test_an_unknown_rule_is_refused(clone: Repository, cli: Cli, word: str, said: str) -> None:
    for option in ("--select", "--ignore"):
        ran = cli("validate", option, word, at=clone.root, status=2)
        assert f"There is no rule {word}." in ran.err and said in ran.err and not ran.out


def test_what_fails_is_chosen(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, SPACED)
    options = ("validate", "--select", "TX008", "-q")
    severity = cli(*options, "--json", at=clone.root).json[0]["severity"]
    assert severity == "warning"
    for fail_on, status in (("error", 0), ("warning", 1), ("remark", 1)):
        cli(*options, "--fail-on", fail_on, at=clone.root, status=status)
    cli(*options, "--fail-on", "remark", "--exit-zero", at=clone.root)
    clone.write(PATH, TIE)
    cli("validate", "--exit-zero", at=clone.root)


def test_the_variable_chooses_the_form(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.write(PATH, TIE)
    monkeypatch.setenv("ANTRAGSBUCH_OUTPUT_FORMAT", "json")
    assert "VO003" in codes(cli("validate", at=clone.root, status=1).out)
    assert cli("validate", "--output-format", "concise", at=clone.root, status=1).out.startswith(PATH)
    monkeypatch.setenv("ANTRAGSBUCH_OUTPUT_FORMAT", "jsn")
    ran = cli("validate", at=clone.root, status=2)
    assert "ANTRAGSBUCH_OUTPUT_FORMAT: there is no form jsn. Did you mean json" in ran.err


def test_several_reports_in_one_run(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    clone.write(PATH, TIE)
    (tmp_path / "old.xml").write_text("old")
    (tmp_path / "old.xml").chmod(0o640)
    (tmp_path / "link.xml").symlink_to("old.xml")
    files = ("sarif=a.sarif", "gitlab=b.json", "junit=link.xml")
    options = [word for file in files for word in ("--report", file.replace("=", f"={tmp_path}/"))]
    ran = cli("validate", *options, at=clone.root, status=1)
    assert "VO003" in ran.out and "1 error" in ran.err
    assert json.loads((tmp_path / "a.sarif").read_text())["version"] == "2.1.0"
    assert any("VO003" in row["description"] for row in json.loads((tmp_path / "b.json").read_text()))
    assert "VO003" in (tmp_path / "old.xml").read_text() and (tmp_path / "link.xml").is_symlink()
    assert (tmp_path / "old.xml").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "a.sarif",
        "b.json",
        "link.xml",
        "old.xml",
    ]


def test_a_report_on_standard_output(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    clone.write(PATH, TIE)
    ran = cli("validate", "--report", "json=-", "--report", f"full={tmp_path}/x", at=clone.root, status=1)
    assert "VO003" in codes(ran.out) and not ran.err
    assert "error[VO003]" in (tmp_path / "x").read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--report", "sarif"), "--report sarif: name a file"),
        (("--report", "saref=x"), "there is no form saref. Did you mean sarif"),
        (("--report", "json=-", "--report", "junit=-"), "Standard output can hold one report"),
        (("--report", "json=-", "--output-format", "full"), "Standard output can hold one report"),
        (("--report", "json=/no/where/x"), "/no/where/x can't be written"),
        (("--rev", "HEAD", "--fix"), "Only files of the work tree can be mended"),
        (("--staged", "--unsafe-fixes"), "Only files of the work tree can be mended"),
        (("--staged", "--rev", "HEAD"), "choose one"),
        (("-", "--rev", "HEAD"), "Standard input has no history"),
        (("-", "--since", "HEAD"), "Standard input has no history"),
        (("-", PATH), "checked alone"),
        (("-", "--fix"), "can't be mended"),
        (("--stdin-filename", PATH), "- is missing"),
        (("--update-baseline",), "needs --baseline"),
        (("--update-baseline", "--baseline", "x", "--staged"), "from the work tree"),
        (("--diff", "--statistics"), "--diff shows what would be mended"),
        (("--diff", "--report", "json=x"), "--diff shows what would be mended"),
        (("--statistics", "--output-format", "sarif"), "--statistics is a table or JSON, not sarif"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    clone: Repository, cli: Cli, options: tuple[str, ...], said: str
) -> None:
    before = clone.git("status", "--porcelain")
    ran = cli("validate", *options, at=clone.root, status=2, stdin=b"")
    assert said in ran.err and not ran.out
    assert clone.git("status", "--porcelain") == before


def test_statistics(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE)
    table = cli("validate", "--statistics", at=clone.root, status=1)
    row = next(line for line in table.out.splitlines() if "VO003" in line)
    assert row.split()[:3] == ["1", "VO003", "error"]
    assert PATH not in table.out
    assert {entry["code"] for entry in cli("validate", "--statistics", "--json", at=clone.root, status=1).json} >= {
        "VO003"
    }


def test_quiet_says_findings_and_nothing_else(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE)
    ran = cli("validate", "-q", at=clone.root, status=1)
    assert "VO003" in ran.out and not ran.err


def test_color_is_chosen(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.write(PATH, TIE)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31" in cli("validate", "--color", "always", at=clone.root, status=1).out
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in cli("validate", "--color", "never", at=clone.root, status=1).out


def test_in_github_actions(clone: Repository, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.write(PATH, TIE)
    step = tmp_path / "summary.md"
    step.write_text("before\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(clone.root.parent))
    out = cli("validate", at=clone.root, status=1).out
    assert "error[VO003]" in out and "| yes = 3" in out
    assert f"::error title=Antragsbuch (VO003),file={clone.root.name}/{PATH},line=" in out
    assert step.read_text().startswith("before\n") and "VO003" in step.read_text()
    chosen = cli("validate", "--output-format", "concise", at=clone.root, status=1).out
    assert "::error" not in chosen and "VO003" in chosen
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no/where"))
    assert "no/where" in cli("validate", at=clone.root, status=1).err


def test_a_commit_the_index_and_a_branch(clone: Repository, cli: Cli) -> None:
    base = clone.git("rev-parse", "HEAD").strip()
    clone.write(PATH, TIE)
    assert "VO003" not in cli("validate", "--rev", "HEAD", at=clone.root).out
    assert "VO003" not in cli("validate", "--staged", at=clone.root).out
    clone.git("add", PATH)
    clone.write(PATH, motion())
    assert "VO003" in cli("validate", "--staged", at=clone.root, status=1).out
    assert "VO003" not in cli("validate", at=clone.root).out
    clone.write(PATH, TIE)
    clone.commit()
    clone.write(OTHER_PATH, motion("3185 (V) HHA", yes=1))
    clone.commit()
    found = cli("validate", "--since", base, "--json", at=clone.root, status=1).json
    assert {row["path"] for row in found if row["code"] == "VO003"} == {PATH, OTHER_PATH}
    last = cli("validate", "--since", "HEAD~1", "--json", at=clone.root, status=1).json
    assert {row["path"] for row in last} == {OTHER_PATH}
    assert cli("validate", "--rev", base, PATH, at=clone.root).out == ""
    assert "There is no version nowhere" in cli("validate", "--rev", "nowhere", at=clone.root, status=2).err


def test_a_commit_of_a_bare_repository(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    clone.write(PATH, TIE)
    clone.commit()
    clone.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = tmp_path / "bare.git"
    assert "VO003" in cli("validate", "--rev", "HEAD", at=bare, status=1).out
    assert "VO003" in cli("validate", "--rev", "HEAD", "motions/V", at=bare, status=1).out
    assert "bare repository" in cli("validate", at=bare, status=2).err
    assert "not in a git repository" in cli("validate", "--rev", "HEAD", at=tmp_path, status=2).err


def test_what_is_ignored_between_motions_is_kept_by_every_cache(clone: Repository, cli: Cli) -> None:
    comment = "# antrag: ignore[RG002] wird getrennt until 2024-12-30\n"
    clone.write(PATH, comment + motion())
    clone.write(OTHER_PATH, motion("3185 (V) HHA", id=motion_id("2292 (V) HHA")))

    def said(day: str) -> set[tuple[str, str]]:
        rows = cli("validate", "--json", "--today", day, at=clone.root, status=1).json
        return {(row["path"], row["code"]) for row in rows if row["code"][:2] in ("RG", "SU")}

    before, after = {(OTHER_PATH, "RG002")}, {(OTHER_PATH, "RG002"), (PATH, "RG002"), (PATH, "SU004")}
    for _time in range(2):
        assert (said("2024-12-30"), said("2024-12-31")) == (before, after)
        # with the index of the register there, too
        cli("list", at=clone.root)
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    assert cli("validate", "--select", "SU,RG", at=clone.root).out.startswith(f"{PATH}:1:18: warning[SU005] [*]")


def test_what_is_ignored_is_counted(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE.replace("yes = 3", "# antrag: ignore[VO003] steht so im Protokoll\nyes = 3"))
    ran = cli("validate", at=clone.root)
    assert "VO003" not in ran.out and "Not shown: 1 is ignored by a comment in its file." in ran.err
    cli("list", at=clone.root)
    assert cli("validate", at=clone.root).said == ran.said


def test_the_help_begins_with_examples_and_has_groups(cli: Cli) -> None:
    for language, words in (
        ("en", ("Examples:", "what is checked:", "which findings:", "how it is said:", "mending:", "exit status:")),
        ("de", ("Beispiele:", "was geprüft wird:", "welche Befunde:", "wie es gesagt wird:", "Beheben:")),
    ):
        ran = cli("--lang", language, "validate", "--help")
        positions = [ran.out.index(word) for word in words]
        assert positions == sorted(positions) and positions[0] == 0
        assert "ANTRAGSBUCH_OUTPUT_FORMAT" in ran.out.replace("\n", "")


def test_a_reader_that_goes_away_is_no_error(clone: Repository) -> None:
    clone.write(PATH, TIE)
    with subprocess.Popen(
        [str(SCRIPT), "validate", "--output-format", "full"],
        cwd=clone.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode in (1, 2)


def test_outside_of_actions_the_script_says_the_same(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, TIE)
    ran = script("validate", "--json", at=clone.root, status=1, env={"GITHUB_ACTIONS": ""})
    assert ran.out == cli("validate", "--json", at=clone.root, status=1).out


def test_run_is_the_entry(clone: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(clone.root), "validate"]) == 0
    assert "No findings" in capsys.readouterr().err
