"""`antrag blame`."""

from __future__ import annotations

import pytest

from support.commands import Cli
from support.lines import BERLIN, commit_on
from support.repositories import PATH, Repository, motion

ONE = "Die Verwaltung führt eine Konferenz durch.\nSie berichtet danach."
TWO = "Die Verwaltung führt eine Konferenz durch.\nSie berichtet dem Ausschuss."


@pytest.fixture
def line(clone: Repository) -> Repository:
    """A text, a vote and its correction, each on a day of its own."""
    clone.write("motions/council.toml", BERLIN)
    clone.write(PATH, motion(proposal=TWO))
    commit_on(clone, "2024-01-02", "Reword")
    clone.write(PATH, motion(proposal=TWO, yes=45))
    commit_on(clone, "2024-01-09", "Record the vote\n\nReason: Niederschrift \x1b[31m")
    clone.write(PATH, motion(proposal=TWO, yes=46))
    commit_on(clone, "2024-01-16", "Correct the vote")
    return clone


def subjects(rows: list[dict[str, object]]) -> dict[object, object]:
    """The subject of the commit of each piece, by its place."""
    return {row["place"]: row.get("subject") for row in rows}


def test_sentences_and_vote_cells(line: Repository, cli: Cli) -> None:
    rows = cli("blame", "2292", "--json", at=line.root).json
    found = subjects(rows)
    assert found["proposal[#1]"] == "Begin the register" and found["proposal[#2]"] == "Reword"
    vote = "consultations[c1].votes[v1]"
    assert found[f"{vote}.yes"] == "Correct the vote"
    assert found[vote] == found[f"{vote}.no"] == "Record the vote"
    (no,) = [row for row in rows if row["place"] == f"{vote}.no"]
    assert (no["value"], no["kind"], no["reason"]) == (3, "value", "Niederschrift \x1b[31m")
    assert no["author"] == {"name": "Erika Beispiel", "email": "erika@example.org"}
    assert no["time"] == "2024-01-09T12:00:00+01:00"


def test_one_field_for_people(line: Repository, cli: Cli) -> None:
    commits = line.git("log", "--reverse", "--format=%h", "--abbrev=10", "--", PATH).split()
    assert cli("blame", "2292", "proposal", at=line.root).out.splitlines() == [
        " " * 40 + "Proposed resolution:",
        f"{commits[0]}  2023-11-14  Erika Beispiel    Die Verwaltung führt eine Konferenz durch.",
        f"{commits[1]}  2024-01-02  Erika Beispiel    Sie berichtet dem Ausschuss.",
        "",
        f"{commits[1]}  2024-01-02 12:00  Erika Beispiel  Reword",
        f"{commits[0]}  2023-11-14 23:13  Erika Beispiel  Begin the register",
    ]
    cell = cli("--lang", "de", "blame", "2292", "consultations[c1].votes[v1].no", at=line.root).out
    assert f"{commits[2]}  09.01.2024  Erika Beispiel      Nein: 3\n" in cell
    assert "(Grund: Niederschrift ␛[31m)" in cell
    assert cli("--lang", "de", "blame", "2292", "beschlussvorschlag", at=line.root).out.count("\n") == 6


def test_what_is_not_committed_yet(line: Repository, cli: Cli) -> None:
    line.write(PATH, motion(proposal=TWO, yes=46).replace("Durchführung", "Planung"))
    assert "not committed yet                       Title: Planung" in cli("blame", "2292", at=line.root).out
    rows = cli("blame", "2292", "title", "--json", at=line.root).json
    assert rows == [{"place": "title", "kind": "value", "value": "Planung einer Konferenz", "commit": None}]


def test_as_of_a_day(line: Repository, cli: Cli) -> None:
    found = subjects(cli("blame", "2292", "--at", "9.1.2024", "--json", at=line.root).json)
    assert found["consultations[c1].votes[v1].yes"] == "Record the vote"
    assert "proposal[#2]" in found
    early = subjects(cli("blame", "2292", "--at", "2024-01-02", "--json", at=line.root).json)
    assert "consultations[c1].votes[v1].yes" not in early


def test_a_merge_where_one_side_lost(clone: Repository, cli: Cli) -> None:
    clone.git("switch", "--quiet", "-c", "side")
    clone.write(PATH, motion(title="Seite", proposal=TWO))
    clone.commit("On the side")
    clone.git("switch", "--quiet", "main")
    clone.write(PATH, motion(title="Haupt", yes=45))
    clone.commit("On main")
    clone.git("merge", "--quiet", "--no-commit", "side", "-s", "ours")
    clone.write(PATH, motion(title="Haupt", proposal=TWO, yes=45))
    clone.commit("Merge")
    found = subjects(cli("blame", "2292", "--json", at=clone.root).json)
    assert found["title"] == found["consultations[c1].votes[v1].yes"] == "On main"
    assert found["proposal[#2]"] == "On the side"
    assert "Merge" not in found.values()


def test_the_last_version_is_the_one_that_stands(clone: Repository, cli: Cli) -> None:
    clone.git("switch", "--quiet", "-c", "side")
    clone.write(PATH, motion(title="Seite"))
    clone.commit("On the side")
    clone.git("switch", "--quiet", "main")
    clone.write("README", "x")
    clone.commit("Elsewhere")
    clone.git("merge", "--quiet", "--no-edit", "-s", "ours", "side")
    found = cli("blame", "2292", "title", "--json", at=clone.root).json
    assert [(row["value"], row["subject"]) for row in found] == [("Durchführung einer Konferenz", "Begin the register")]


def test_through_a_rename_and_a_version_that_cannot_be_read(clone: Repository, cli: Cli) -> None:
    (clone.root / PATH).unlink()
    path = "motions/V/2200/2293-HHA.toml"
    clone.write(path, motion("2293 (V) HHA", id=motion()[6:14]))
    cli("commit", "-m", "Rename", at=clone.root)
    clone.write(path, "broken = \n")
    clone.commit("Break")
    clone.write(path, motion("2293 (V) HHA", id=motion()[6:14], title="Neu"))
    clone.commit("Mend")
    found = subjects(cli("blame", "2293", "--json", at=clone.root).json)
    assert (found["title"], found["reference"], found["date"]) == ("Mend", "Rename", "Begin the register")


def test_a_field_that_is_not_there(line: Repository, cli: Cli) -> None:
    err = cli("blame", "2292", "proposl", at=line.root, status=2).err
    assert err == "antrag: There is no field proposl here. Did you mean proposal?\n"
    assert "consultations[c9]" in cli("blame", "2292", "consultations[c9]", at=line.root, status=2).err
    assert "There is no motion 77" in cli("blame", "77", at=line.root, status=2).err
