"""`antrag export text`, `markdown` and `html`, and what all forms share: which motions, and where to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import Cli, script
from support.lines import BERLIN, commit_on
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, empty, motion, register

SECOND = "Integrationsplan"
STEP = """
[[consultations]]
id = "c2"
organization = "{body}"
date = {date}
agenda_item = "{item}"
role = "decision"
"""
COMMITTEES = """
[[organizations]]
id = "o2"
name = "Ausschuss für Umwelt"
spellings = ["Umweltausschuss"]
"""


def step(body: str, date: str, item: str) -> str:
    return STEP.format(body=body, date=date, item=item)


@pytest.fixture
def repository(isolated: Path, tmp_path: Path) -> Repository:
    """Three motions: two that several bodies deal with on one day, one that is not public."""
    first = motion(more=step("Umweltausschuss", "2023-11-30", "10") + step("Hauptausschuss", "2023-11-30", "1"))
    second = motion("3185 (V) HHA", title=SECOND, more=step("Ausschuss für Umwelt", "2023-11-30", "9"))
    closed = motion("4001 (V) HHA", title="Grundstück", more=step("Ausschuss für Umwelt", "2023-11-30", "11"))
    closed = closed.replace("public = true", "public = false")
    files = {PATH: first, OTHER_PATH: second, "motions/V/4000/4001-HHA.toml": closed}
    return register(tmp_path / "clone", files, council=COUNCIL + COMMITTEES)


@pytest.mark.parametrize(
    ("form", "start"), [("text", "2292 (V) HHA\n"), ("markdown", "**2292 (V) HHA**\n"), ("html", "<!DOCTYPE html>\n")]
)
def test_one_motion_stands_by_itself(repository: Repository, cli: Cli, form: str, start: str) -> None:
    made = cli("export", form, "2292", at=repository.root).out
    assert made.startswith(start)
    assert "Die Verwaltung führt eine Konferenz durch." in made and "Inhalt" not in made


def test_text_is_what_show_prints(repository: Repository, cli: Cli) -> None:
    assert cli("export", "text", "2292", at=repository.root).out == cli("show", "2292", at=repository.root).out


def test_the_same_data_give_the_same_bytes(repository: Repository) -> None:
    made = [
        script("export", "html", "--non-public", at=repository.root, env={"TZ": zone, "PYTHONHASHSEED": seed}).out
        for zone, seed in (("UTC", "1"), ("Pacific/Auckland", "2"))
    ]
    assert made[0] == made[1]


def titles(made: str) -> list[str]:
    return [page.splitlines()[0].split()[0] for page in made.split("\f")[1:]]


def test_motions_that_are_named_keep_their_order(repository: Repository, cli: Cli) -> None:
    made = cli("export", "text", "3185", "2292", "3185 (V) HHA", at=repository.root).out
    assert made.startswith("Anträge\n\nRegion Beispiel\n2 Anträge\n\nInhalt\n\n3185 (V) HHA\tIntegrationsplan\n")
    assert titles(made) == ["3185", "2292"]


def test_the_filter_is_that_of_the_list(repository: Repository, cli: Cli) -> None:
    made = cli("export", "text", "--filter", "ref:2000..3000", at=repository.root).out
    assert made.startswith("2292 (V) HHA\n")
    assert titles(cli("export", "text", "--filter", "is:public", at=repository.root).out) == ["2292", "3185"]
    assert "nonsense" in cli("export", "text", "--filter", "has:nonsense", at=repository.root, status=2).err
    ran = cli("export", "text", "--filter", "moor", at=repository.root, status=2)
    assert ran.err == "antrag: There is no motion to export.\n"


def test_names_and_a_filter_exclude_each_other(repository: Repository, cli: Cli) -> None:
    ran = cli("export", "text", "2292", "--filter", "x", at=repository.root, status=2)
    assert ran.err == "antrag: Name motions, or choose them by --filter or --session, not both.\n"


@pytest.mark.parametrize("body", ["Ausschuss für Umwelt", "ausschuss FÜR umwelt", "Umweltausschuss", "Umwelt"])
def test_a_session_in_the_order_of_its_agenda(repository: Repository, cli: Cli, body: str) -> None:
    ran = cli("export", "text", "--non-public", "--session", body, "30.11.2023", at=repository.root)
    assert ran.out.startswith(
        "Anträge zur Sitzung\n\nRegion Beispiel\nAusschuss für Umwelt, 30. November 2023\n3 Anträge\n\nInhalt\n\n"
        "TOP 9\t3185 (V) HHA\tIntegrationsplan\nTOP 10\t2292 (V) HHA\t"
    )
    assert titles(ran.out) == ["3185", "2292", "4001"]


def test_a_session_with_one_motion_has_a_cover_too(repository: Repository, cli: Cli) -> None:
    ran = cli("export", "text", "--session", "Hauptausschuss", "30.11.2023", at=repository.root)
    assert "Hauptausschuss, 30. November 2023\n1 Antrag\n" in ran.out and titles(ran.out) == ["2292"]


@pytest.mark.parametrize(
    ("body", "date", "said"),
    [
        ("schuss", "1.12.2023", "No motion goes to a session on 01.12.2023."),
        ("Rat", "30.11.2023", "that day there are: Ausschuss für Umwelt; Hauptausschuss"),
        ("", "30.11.2023", "that day there are: Ausschuss für Umwelt; Hauptausschuss"),
        ("Umwelt", "bald", "bald is no date"),
    ],
)
def test_a_session_that_is_not_there(repository: Repository, cli: Cli, body: str, date: str, said: str) -> None:
    assert said in cli("export", "text", "--session", body, date, at=repository.root, status=2).err


def test_words_that_mean_several_bodies(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    more = step("Ausschuss für Umwelt", "2023-11-30", "") + step("Ausschuss für Kultur", "2023-11-30", "")
    repository = register(tmp_path / "several", {PATH: motion(more=more)})
    ran = cli("export", "text", "--session", "Ausschuss", "30.11.2023", at=repository.root, status=2)
    assert "means several bodies" in ran.err and "Ausschuss für Kultur; Ausschuss für Umwelt" in ran.err


# what is not public


def test_what_is_not_public_needs_to_be_asked_for(repository: Repository, cli: Cli) -> None:
    ran = cli("export", "html", at=repository.root)
    assert "Grundstück" not in ran.out
    assert ran.err == "1 motion is not public and left out; --non-public takes it in.\n"
    ran = cli("export", "html", "--non-public", at=repository.root)
    assert "Grundstück" in ran.out and ran.err == ""
    ran = cli("export", "html", "4001", at=repository.root, status=2)
    assert ran.out == "" and "There is no motion to export" in ran.err


@pytest.mark.parametrize("form", ["text", "markdown", "html", "jsonl"])
def test_what_happened_at_a_closed_step_needs_it_too(repository: Repository, cli: Cli, form: str) -> None:
    closed = step("Ausschuss für Vergaben", "2023-12-01", "3") + 'public = false\nresult_text = "geheim beraten"\n'
    file = '\n[[attachments]]\nid = "f1"\ntitle = "Vergabevermerk"\npublic = false\n'
    repository.write(PATH, motion(more=closed + file))
    ran = cli("export", form, "2292", at=repository.root)
    assert "Ausschuss für Vergaben" in ran.out
    assert not [word for word in ("geheim", "Vergabevermerk", "Anlage", "Keine") if word in ran.out]
    assert ran.err.startswith("2 steps or files are not public")
    ran = cli("export", form, "2292", "--non-public", at=repository.root)
    assert "geheim beraten" in ran.out and "Vergabevermerk" in ran.out and ran.err == ""


# the past, and what can't be read


def test_as_it_was(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = empty(tmp_path / "clone")
    repository.write("motions/council.toml", BERLIN.replace("Region Beispiel", "Kreis Beispiel"))
    repository.write(PATH, motion(title="Der alte Titel"))
    commit_on(repository, "2023-11-16", "Anfang")
    repository.write("motions/council.toml", BERLIN)
    repository.write(PATH, motion(title="Der neue Titel"))
    repository.write(OTHER_PATH, motion("3185 (V) HHA", title=SECOND))
    commit_on(repository, "2023-12-01", "Weiter")
    at = ("--at", "20.11.2023")
    assert "Der alte Titel" in cli("export", "text", "2292", *at, at=repository.root).out
    assert "Der alte Titel" in cli("export", "text", *at, at=repository.root).out
    session = cli("export", "text", *at, "--session", "Regionsversammlung", "19.12.2023", at=repository.root).out
    assert "Kreis Beispiel\nRegionsversammlung, 19. Dezember 2023\n1 Antrag\n" in session
    assert "words only" in cli("export", "text", *at, "--filter", "ref:2292", at=repository.root, status=2).err
    assert titles(cli("export", "text", at=repository.root).out) == ["2292", "3185"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(repository: Repository, cli: Cli) -> None:
    repository.write(OTHER_PATH, "title = \n")
    ran = cli("export", "text", at=repository.root, status=1)
    assert f"left out: {OTHER_PATH}:1:9: " in ran.err and ran.out.startswith("2292 (V) HHA\n")
    ran = cli("export", "text", OTHER_PATH, at=repository.root, status=2)
    assert ran.err.startswith(f"antrag: {OTHER_PATH}:1:9: ") and ran.out == ""
    assert "is no motion" in cli("export", "text", "motions/council.toml", at=repository.root, status=2).err


# where to


def test_a_file_is_never_overwritten_unasked(repository: Repository, cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "made.txt"
    arguments = ("export", "text", "2292", "-o", str(target))
    assert cli(*arguments, at=repository.root).out == ""
    made = target.read_bytes()
    assert made == cli("export", "text", "2292", "-o", "-", at=repository.root).out.encode()
    target.write_text("kept")
    assert "--force overwrites it" in cli(*arguments, at=repository.root, status=2).err
    assert target.read_text() == "kept"
    cli(*arguments, "--force", at=repository.root)
    assert target.read_bytes() == made
    assert [path.name for path in tmp_path.iterdir() if "made" in path.name] == ["made.txt"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.mkdir(), "is a folder or no plain file"),
        (lambda path: path.symlink_to("nowhere"), "is there already"),
        (os.mkfifo, "is a folder or no plain file"),
    ],
    ids=["a folder", "a link to nothing", "a pipe"],
)
def test_targets_that_are_no_file(
    repository: Repository, cli: Cli, tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    target = tmp_path / "target"
    make(target)
    assert said in cli("export", "text", "2292", "-o", str(target), at=repository.root, status=2).err


def test_a_folder_that_is_not_there(repository: Repository, cli: Cli, tmp_path: Path) -> None:
    ran = cli("export", "text", "2292", "-o", str(tmp_path / "none" / "a.txt"), at=repository.root, status=2)
    assert ran.err == f"antrag: There is no folder {tmp_path / 'none'}.\n"


def test_a_new_file_has_the_usual_mode(repository: Repository, cli: Cli, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        cli("export", "text", "2292", "-o", str(tmp_path / "a.txt"), at=repository.root)
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


# the command itself


def test_the_forms_and_a_typo(cli: Cli) -> None:
    assert all(f"    {form} " in cli("export", "--help").out for form in ("text", "markdown", "html"))
    ran = cli("export", "markdwon", status=2)
    assert "Did you mean markdown?" in ran.err
    assert "required: FORM" in cli("export", status=2).err


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_help_of_each_form_begins_with_examples(cli: Cli, form: str, language: str) -> None:
    ran = cli("--lang", language, "export", form, "--help").out
    assert ran.splitlines()[1].startswith(f"  antrag export {form} 2292")
    assert "--session" in ran and "--force" in ran


def test_shells_complete_the_forms_and_the_motions(cli: Cli) -> None:
    made = cli("completion", "bash").out
    assert "_shtab_antrag_export_html__o_COMPGEN=_shtab_compgen_files" in made
    assert "export_html" in made and "_shtab_antrag_export_html_pos_0_COMPGEN=_antrag_references" in made


# and back in


def test_a_booklet_of_text_is_read_back(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    root = Path(__file__).parents[2]
    booklet = tmp_path / "heft.txt"
    cli("export", "text", "-o", str(booklet), at=root)
    ran = cli("import", str(booklet), "--dry-run", "--json", at=root)
    assert [found["data"]["reference"] for found in ran.json] == ["2292 (V) HHA", "3185 (V) HHA"]
    assert [found["left"] for found in ran.json] == [[], []]
    cover, *told = ran.err.splitlines()
    assert cover == f"{booklet}:1-9: before the first motion, not read"
    lines = booklet.read_text(encoding="utf-8").split("\n")
    odd = next(number for number, line in enumerate(lines, 1) if line.startswith("S.164"))
    assert [line for line in told if "says the same" not in line] == [
        f"{booklet}:{odd}: a bracket is open: S.164 (Regionsfonds"
    ]
