"""`antrag list`."""

from __future__ import annotations

from pathlib import Path

import pytest

from antragsbuch.store.drafts import DraftJournal
from support.commands import SCRIPT, Cli
from support.repositories import OTHER_PATH, PATH, Repository, large, motion, register
from support.terminal import Terminal

PLAN = "Integrationsplan aktualisieren"


@pytest.fixture
def two(isolated: Path, tmp_path: Path) -> Repository:
    """A register with two motions."""
    return register(tmp_path / "two", {PATH: motion(), OTHER_PATH: motion("3185 (V) HHA", title=PLAN, yes=45)})


def references(out: str) -> list[str]:
    return [line.split("\t")[1] for line in out.splitlines()]


def test_each_motion_is_a_line_of_fields(two: Repository, cli: Cli) -> None:
    assert cli("list", at=two.root).out.splitlines() == [
        f"\t2292 (V) HHA\t2023-11-16\tin consultation\tDurchführung einer Konferenz\t{PATH}",
        f"\t3185 (V) HHA\t2023-11-16\tdecided\t{PLAN}\t{OTHER_PATH}",
    ]


def test_in_german(two: Repository, cli: Cli) -> None:
    assert "16.11.2023\tin Beratung" in cli("--lang", "de", "list", at=two.root).out


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["integrationsplan"], ["3185 (V) HHA"]),
        (["ref:2292"], ["2292 (V) HHA"]),
        (["state:decided"], ["3185 (V) HHA"]),
        (["type:Haushaltsantrag", "durchführung"], ["2292 (V) HHA"]),
        (["einer Konferenz"], ["2292 (V) HHA"]),
        (["Konferenz einer"], []),
        (["title:Integrationsplan aktualisieren"], ["3185 (V) HHA"]),
        (["--", "-durchführung"], ["3185 (V) HHA"]),
        (["zzz"], []),
    ],
)
def test_the_language_of_the_filter(two: Repository, cli: Cli, query: list[str], found: list[str]) -> None:
    assert references(cli("list", *query, at=two.root).out) == found


@pytest.mark.parametrize(
    ("word", "said"),
    [("stat:open", "stat: Did you mean state:?"), ("state:blau", "blau"), ("date:morgen", "morgen is no date")],
)
def test_a_word_that_is_not_understood_is_an_error(two: Repository, cli: Cli, word: str, said: str) -> None:
    ran = cli("list", word, at=two.root, status=2)
    assert said in ran.err and ran.out == ""


def test_the_order(two: Repository, cli: Cli) -> None:
    two.write("motions/V/100/101-HHA.toml", motion("101 (V) HHA", title="Aalschutz").replace("11-16", "11-17"))
    two.write("motions/new/abc.toml", 'id = "abc"\ntitle = "Zoo"\npublic = true\n')
    assert references(cli("list", at=two.root).out) == ["101 (V) HHA", "2292 (V) HHA", "3185 (V) HHA", "no number"]
    by_title = ["101 (V) HHA", "2292 (V) HHA", "3185 (V) HHA", "no number"]
    assert references(cli("list", "--order", "title", at=two.root).out) == by_title
    assert references(cli("list", "--order", "title", "--reverse", at=two.root).out) == by_title[::-1]
    assert references(cli("list", "--order", "date", "--reverse", at=two.root).out)[0] == "101 (V) HHA"
    assert references(cli("list", "--order", "state", at=two.root).out)[-1] == "3185 (V) HHA"
    assert references(cli("list", "-n", "2", at=two.root).out) == ["101 (V) HHA", "2292 (V) HHA"]
    assert cli("list", "-n", "0", at=two.root).out == ""


def test_json(two: Repository, cli: Cli) -> None:
    two.write(PATH, motion(title="Neu").replace('id = "c1"', 'id = "1"'))
    first, second = cli("list", "--json", at=two.root).json
    assert first["path"] == PATH
    assert first["change"] == "changed" and first["errors"] > 0
    assert second == {
        "path": OTHER_PATH,
        "id": second["id"],
        "reference": "3185 (V) HHA",
        "paper_type": "Haushaltsantrag",
        "title": PLAN,
        "originators": [],
        "date": "2023-11-16",
        "submitted": None,
        "public": True,
        "state": "decided",
        "next": None,
        "errors": 0,
        "warnings": second["warnings"],
        "remarks": second["remarks"],
        "change": None,
        "draft": False,
    }
    assert cli("list", "--json", "zzz", at=two.root).json == []


def test_what_differs_from_head_and_what_is_a_draft(two: Repository, cli: Cli) -> None:
    two.write(PATH, motion(title="Neu"))
    with DraftJournal(None, two.root).begin(OTHER_PATH, b"", None) as draft:
        draft.replace("x")
    assert [line.split("\t")[0] for line in cli("list", at=two.root).out.splitlines()] == ["~", "*"]
    assert references(cli("list", "is:changed", at=two.root).out) == ["2292 (V) HHA"]
    assert references(cli("list", "has:draft", at=two.root).out) == ["3185 (V) HHA"]


def test_a_file_that_cannot_be_read_is_listed(two: Repository, cli: Cli) -> None:
    two.write(PATH, "id = \n")
    assert any(line.endswith(f"can't be read\t{PATH}") for line in cli("list", at=two.root).out.splitlines())
    assert cli("list", "--json", "has:error", at=two.root).json[0]["state"] is None


def test_more_motions_than_a_window(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = large(tmp_path / "large", 1203)
    found = references(cli("list", at=repository.root).out)
    assert found == [f"{number} (V) HHA" for number in range(1, 1204)]
    assert len(cli("list", "--json", at=repository.root).json) == 1203


def test_on_a_terminal_lines_fit_its_width(two: Repository) -> None:
    two.write(OTHER_PATH, motion("3185 (V) HHA", title="Wort " * 40))
    for columns in (80, 120):
        with Terminal([str(SCRIPT), "list"], two.root, columns=columns) as terminal:
            assert terminal.wait_for_end() == 0
            assert "2292 (V) HHA    2023-11-16  Durchführung einer Konferenz" in terminal.line(0)
            assert terminal.line(1).startswith("~") and "…" in terminal.line(1)
            assert terminal.line(1).endswith("in consultation")
            assert terminal.line(2) == "2 motions"
