"""The drivers that git calls: merge by field, differences in words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.commands import Cli, script
from support.repositories import COUNCIL, PATH, Repository, motion


@pytest.fixture
def driven(clone: Repository, cli: Cli) -> Repository:
    """A register with git's drivers set up, committed."""
    cli("init", at=clone.root)
    clone.commit("Set up the drivers")
    return clone


def both(repository: Repository, ours: str, theirs: str, path: str = PATH) -> None:
    """Commit `theirs` on the branch `theirs`, and `ours` on main."""
    repository.git("switch", "--quiet", "-c", "theirs")
    repository.write(path, theirs)
    repository.commit("Theirs")
    repository.git("switch", "--quiet", "main")
    repository.write(path, ours)
    repository.commit("Ours")


def test_different_fields_on_neighbouring_lines_merge(driven: Repository) -> None:
    ours = motion(title="Konferenz")
    both(driven, "# ours\n" + ours, motion().replace("public = true", "public = false"))
    driven.git("merge", "--quiet", "--no-edit", "theirs")
    assert driven.read(PATH) == "# ours\n" + ours.replace("public = true", "public = false")
    assert driven.changed() == ""


def test_sentences_of_one_text_merge(driven: Repository) -> None:
    one = motion(proposal="Die Verwaltung führt zwei Konferenzen durch.\nSie berichtet danach.")
    other = motion(proposal="Die Verwaltung führt eine Konferenz durch.\nSie berichtet dem Ausschuss.")
    both(driven, one, other)
    driven.git("merge", "--quiet", "--no-edit", "theirs")
    assert "zwei Konferenzen durch.\nSie berichtet dem Ausschuss." in driven.read(PATH)


def test_a_conflict_is_a_conflict_for_git_and_visible(driven: Repository) -> None:
    both(driven, motion(title="Unsere", yes=45), motion(title="Andere", yes=41))
    said = driven.fails("merge", "--no-edit", "theirs")
    assert "CONFLICT" in said
    text = driven.read(PATH)
    assert '<<<<<<< ours\ntitle = "Unsere"\n' in text and '=======\ntitle = "Andere"\n>>>>>>> theirs\n' in text
    assert "yes = 45" in text and "yes = 41" in text and text.count("<<<<<<<") == 2
    assert driven.changed().startswith("UU ")


def test_votes_are_one_unit_even_where_lines_would_merge(driven: Repository) -> None:
    base = motion(yes=45)
    driven.write(PATH, base)
    driven.commit()
    both(driven, base.replace("yes = 45", "yes = 44"), base.replace("no = 3", "no = 4"))
    driven.fails("merge", "--no-edit", "theirs")
    text = driven.read(PATH)
    assert "<<<<<<<" in text and "yes = 44" in text and "no = 4" in text


def test_a_rebase_and_a_cherry_pick_use_it_too(driven: Repository) -> None:
    both(driven, motion(title="Konferenz"), motion().replace("public = true", "public = false"))
    driven.git("cherry-pick", "theirs")
    assert "public = false" in driven.read(PATH) and "Konferenz" in driven.read(PATH)


def test_a_step_inserted_on_one_side_does_not_take_the_vote_of_the_other(driven: Repository) -> None:
    step = '[[consultations]]\nid = "c9"\norganization = "Regionsausschuss"\nrole = "preparation"\n\n'
    both(driven, motion().replace("[[consultations]]", step + "[[consultations]]"), motion(yes=45))
    driven.git("merge", "--quiet", "--no-edit", "theirs")
    data = json.loads(script("show", "2292", "--json", at=driven.root).out)
    votes = {step["id"]: step.get("votes") for step in data["consultations"]}
    assert votes["c9"] is None and votes["c1"][0]["yes"] == 45


def test_the_file_of_the_council_merges_by_its_own_fields(driven: Repository) -> None:
    path = "motions/council.toml"
    both(driven, COUNCIL.replace("seats = 85", "seats = 84"), COUNCIL.replace('name = "SPD"', 'name = "S.P.D."'), path)
    driven.git("merge", "--quiet", "--no-edit", "theirs")
    assert driven.read(path) == COUNCIL.replace("seats = 85", "seats = 84").replace('name = "SPD"', 'name = "S.P.D."')


def test_a_file_that_cannot_be_read_conflicts_as_a_whole(driven: Repository) -> None:
    both(driven, "a = \n", motion(title="Andere"))
    driven.fails("merge", "--no-edit", "theirs")
    text = driven.read(PATH)
    assert text.startswith("<<<<<<< ours\na = \n") and text.endswith(">>>>>>> theirs\n")


def test_the_same_new_motion_on_both_sides(driven: Repository) -> None:
    path = "motions/V/3100/3185-HHA.toml"
    text = motion("3185 (V) HHA")
    both(driven, text.replace("public = true", "public = false"), text.replace("Durchführung", "Planung"), path)
    driven.fails("merge", "--no-edit", "theirs")
    assert "<<<<<<<" in driven.read(path)


def test_a_driver_without_its_files_fails_and_is_no_conflict(clone: Repository, cli: Cli) -> None:
    ran = cli("merge-driver", "/no/base", "/no/ours", "/no/theirs", "7", PATH, status=129)
    assert ran.err == f"{PATH} was not merged: No such file or directory\n"


@pytest.mark.parametrize(
    "command", ["diff HEAD~1", "show --format=%s", "log -1 -p --format=%s", "diff --cached HEAD~1"]
)
def test_git_shows_changes_in_words(driven: Repository, command: str) -> None:
    driven.write(PATH, motion(title="Konferenz", yes=45))
    driven.commit()
    text = driven.git(*command.split())
    assert "-Title: Durchführung einer Konferenz\n+Title: Konferenz\n" in text
    assert "@@ Step: Regionsversammlung, 2023-12-19" in text
    assert "+    Vote: " in text and "+        Yes: 45" in text
    assert "title =" not in text


def test_the_words_are_german_where_the_person_is(driven: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    driven.write(PATH, motion(title="Konferenz"))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "+Titel: Konferenz" in driven.git("diff")


def test_only_the_form_is_no_difference_but_can_be_seen(driven: Repository) -> None:
    driven.write(PATH, "# a comment\n" + motion())
    assert "comment" not in driven.git("diff")
    assert "+# a comment" in driven.git("diff", "--no-textconv")


def test_words_can_be_compared(driven: Repository) -> None:
    driven.write(PATH, motion(title="Durchführung zweier Konferenzen"))
    assert "Durchführung [-einer Konferenz-]{+zweier Konferenzen+}" in driven.git("diff", "--word-diff")


def test_a_file_that_cannot_be_read_is_shown_as_it_is(driven: Repository) -> None:
    driven.write(PATH, b"a = \n\x1b[31m\xff\xe2\x80\xae\n")
    text = driven.git("diff")
    assert "+a = " in text and "␛[31m<U+DCFF><U+202E>" in text


def test_the_council_has_words_of_its_own(driven: Repository) -> None:
    driven.write("motions/council.toml", COUNCIL.replace("seats = 85", "seats = 84"))
    assert "-        Seats: 85\n+        Seats: 84\n" in driven.git("diff")


LOOK = """
import json, sys
from antragsbuch.__main__ import main
status = main()
print()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("arguments", [["diff-driver", PATH], ["merge-driver", "base", "ours", "theirs", "7", PATH]])
def test_a_driver_starts_without_pydantic_and_gitpython(clone: Repository, arguments: list[str]) -> None:
    for name, text in (("base", motion()), ("ours", motion(title="x")), ("theirs", motion(yes=45))):
        clone.write(name, text)
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *arguments], cwd=clone.root, capture_output=True, text=True, check=True
    )
    found = set(json.loads(done.stdout.splitlines()[-1]))
    assert "antragsbuch_schema" in found
    assert not found & {"pydantic", "git", "textual", "rich", "multiprocessing", "sqlite3"}
    assert not Path(clone.root, ".git/antragsbuch").exists()
