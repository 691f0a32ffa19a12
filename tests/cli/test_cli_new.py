"""`antrag new`."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from support.commands import Cli
from support.repositories import COUNCIL, PATH, Repository, motion

TEMPLATE = """
[[templates]]
id = "m1"
name = "Haushalt"
paper_types = [
    "Haushaltsantrag",
]

[[templates.steps]]
id = "s1"
role = "preparation"

[[templates.steps]]
id = "s2"
organization = "Regionsversammlung"
role = "decision"
"""


def test_a_motion_without_a_number(clone: Repository, cli: Cli) -> None:
    path = cli("new", "--title", "Radweg", "--by", "SPD", at=clone.root).out.strip()
    data = tomllib.loads(clone.read(path))
    assert path == f"motions/new/{data['id']}.toml"
    assert data == {
        "id": data["id"], "title": "Radweg", "public": True, "originators": ["SPD"], "date": dt.date.today(),
    }  # fmt: skip
    assert cli("fmt", "--check", path, at=clone.root).out == ""


def test_a_motion_with_all_that_is_known(clone: Repository, cli: Cli) -> None:
    clone.write("motions/council.toml", COUNCIL + TEMPLATE)
    arguments = ["--reference", "3201 (V) HHA", "--title", "Radweg", "--type", "hha", "--by", "SPD", "--by", "SPD/CDU"]
    ran = cli("new", *arguments, "--submitted", "15.11.2023", "--date", "2023-11-16", at=clone.root)
    assert ran.out == "motions/V/3200/3201-HHA.toml\n"
    assert clone.read("motions/V/3200/3201-HHA.toml").split("\n", 1)[1] == (
        'reference = "3201 (V) HHA"\npaper_type = "Haushaltsantrag"\ntitle = "Radweg"\npublic = true\n'
        'originators = [\n    "SPD",\n    "SPD/CDU",\n]\nsubmitted = 2023-11-15\ndate = 2023-11-16\n\n'
        '[[consultations]]\nid = "c1"\nrole = "preparation"\n\n'
        '[[consultations]]\nid = "c2"\norganization = "Regionsversammlung"\nrole = "decision"\n'
    )
    assert "The register knows no faction SPD/CDU." in ran.err
    assert "3201 (V) HHA" in cli("list", at=clone.root).out


def test_what_the_register_does_not_know_is_said_and_kept(clone: Repository, cli: Cli) -> None:
    ran = cli("new", "--title", "x", "--type", "Haushaltantrag", "--by", "SPDD", at=clone.root)
    assert ran.err.splitlines() == [
        "The register knows no kind of paper Haushaltantrag. Did you mean Haushaltsantrag?",
        "The register knows no faction SPDD. Did you mean SPD?",
    ]
    assert 'paper_type = "Haushaltantrag"' in clone.read(ran.out.strip())


def test_a_number_that_is_taken(clone: Repository, cli: Cli) -> None:
    ran = cli("new", "--reference", "2292 (V) HHA", "--title", "x", at=clone.root, status=2)
    assert ran.err == f"antrag: There is a file {PATH} already.\n"
    assert clone.read(PATH) == motion()


@pytest.mark.parametrize("reference", ["../../x", "CON", "2292", ".git/config", "a\nb", "\x1b[31m"])
def test_a_number_that_fits_no_pattern_gets_a_safe_path(clone: Repository, cli: Cli, reference: str) -> None:
    path = cli("new", "--reference", reference, "--title", "x", at=clone.root).out.strip()
    assert path.startswith("motions/other/")
    assert clone.changed() == "?? motions/other/"
    assert tomllib.loads(clone.read(path))["reference"] == reference


def test_a_date_that_is_none(clone: Repository, cli: Cli) -> None:
    for option in ("--date", "--submitted"):
        assert "soon is no date" in cli("new", "--title", "x", option, "soon", at=clone.root, status=2).err
    assert "soon ist kein Datum" in cli("--lang=de", "new", "--date", "soon", at=clone.root, status=2).err
    assert clone.changed() == ""


def test_in_a_confidential_register_a_motion_begins_confidential(clone: Repository, cli: Cli) -> None:
    clone.write("motions/council.toml", COUNCIL.replace("public = true", "public = false", 1))
    assert "public = false" in clone.read(cli("new", "--title", "x", at=clone.root).out.strip())


def test_a_broken_file_of_the_council(clone: Repository, cli: Cli) -> None:
    clone.write("motions/council.toml", "format = \n")
    ran = cli("new", "--title", "x", at=clone.root, status=2)
    assert ran.err == (
        "antrag: motions/council.toml can't be read (line 1). Correct it first: antrag validate says what is wrong.\n"
    )
