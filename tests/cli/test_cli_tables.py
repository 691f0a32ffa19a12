"""`antrag export csv`, `xlsx`, `jsonl`, and `antrag import` of what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from support.commands import Cli
from support.repositories import OTHER_PATH, PATH, Repository, motion

COMMENTED = motion(yes=40).replace('title = "', '# so wie gedruckt\ntitle    =   "')


@pytest.fixture
def two(clone: Repository) -> Repository:
    """A register with two motions, one of them laid out by hand."""
    clone.write(PATH, COMMENTED)
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="=Integrationsplan"))
    clone.commit()
    return clone


def exported(cli: Cli, two: Repository, name: str, *arguments: str, form: str = "csv") -> Path:
    """A table in a file beside the register."""
    file = two.root.parent / name
    cli("--lang", "de", "export", form, *arguments, "-o", str(file), "--force", at=two.root)
    return file


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


def imported(cli: Cli, two: Repository, *arguments: str, status: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = cli("import", *arguments, "--yes", "--json", at=two.root, status=status).json
    return found


# --- out


def test_a_german_table_is_what_a_german_spreadsheet_opens(cli: Cli, two: Repository) -> None:
    data = exported(cli, two, "a.csv", "--columns", "titel,date").read_bytes()
    assert data.startswith("\ufeffAntrag (ID);Drucksachennummer;Fassung;Titel;Datum der Drucksache\r\n".encode())
    assert b";16.11.2023\r\n" in data and b";'=Integrationsplan;" in data


def test_a_plain_table_is_rfc_4180(cli: Cli, two: Repository) -> None:
    data = exported(cli, two, "a.csv", "votes", "--plain").read_bytes()
    assert data.startswith(b"motion,reference,version,consultation,vote,title,consultation.organization,")
    assert b",2023-12-19," in data and b",accepted," in data


def test_only_what_was_asked_for_goes_out(cli: Cli, two: Repository) -> None:
    out = cli("export", "csv", "consultations", "3185", "--columns", "role", at=two.root).out
    assert "3185" in out and "2292" not in out and out.count("\n") == 2
    two.write(PATH, motion(title="Neu"))
    assert "Neu" not in cli("export", "csv", "--at", "HEAD", "2292", at=two.root).out


def test_columns_are_named_and_a_wrong_one_is_guessed(cli: Cli, two: Repository) -> None:
    listed = cli("--lang", "de", "export", "csv", "budget", "--list-columns", at=two.root).out
    assert "budget\tchange\tÄnderung\n" in listed and "votes" not in listed
    said = cli("export", "csv", "votes", "--columns", "abstention", at=two.root, status=2).err
    assert "abstention" in said and "Did you mean abstentions?" in said
    assert "one table" in cli("export", "csv", "votes", "budget", at=two.root, status=2).err


def test_a_workbook_has_a_sheet_for_each_table(cli: Cli, two: Repository) -> None:
    book = openpyxl.load_workbook(exported(cli, two, "a.xlsx", form="xlsx"))
    assert book.sheetnames == ["Anträge", "Beratungsfolge", "Abstimmungen", "Haushalt"]
    chosen = openpyxl.load_workbook(exported(cli, two, "b.xlsx", "votes", "2292", form="xlsx"))
    assert chosen.sheetnames == ["Abstimmungen"] and chosen.active is not None and chosen.active.max_row == 2


def test_a_workbook_needs_its_extra(cli: Cli, two: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    said = cli("export", "xlsx", "-o", "x.xlsx", at=two.root, status=2).err
    assert "pip install 'antragsbuch[tables]'" in said


# --- in


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_what_comes_back_unchanged_changes_nothing(cli: Cli, two: Repository, form: str) -> None:
    file = exported(cli, two, f"a.{form}", form=form)
    assert "Nothing differs" in cli("import", str(file), at=two.root).out
    assert two.changed() == ""


def test_one_cell_changes_one_line_of_one_file(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "v.csv", "votes")
    replaced(file, ";40;3;", ";41;3;")
    shown = cli("import", str(file), "--dry-run", at=two.root)
    assert "40:3:- -> 41:3:-" in shown.out and "1 motion changed, 0 new motions, 1 change" in shown.out
    assert two.changed() == ""
    said = cli("import", "csv", str(file), "--yes", at=two.root)
    assert "antrag commit" in said.err
    assert two.read(PATH) == COMMENTED.replace("yes = 40", "yes = 41")
    assert "Nothing differs" in cli("import", str(file), at=two.root).out


def test_nothing_is_written_without_asking(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "v.csv", "votes")
    replaced(file, ";40;3;", ";41;3;")
    assert "--yes" in cli("import", str(file), at=two.root, status=2).err
    assert two.changed() == ""


def test_a_cell_of_a_workbook_comes_back(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "a.xlsx", form="xlsx")
    book = openpyxl.load_workbook(file)
    book["Abstimmungen"].insert_cols(1)
    book["Abstimmungen"]["R2"] = 39
    book["Anträge"]["E3"] = "=Plan"
    book["Anträge"]["E3"].data_type = "s"
    book.create_sheet("Notizen")["A1"] = "nur für mich"
    book.save(file)
    found = imported(cli, two, str(file))
    assert [change["path"] for change in found["changes"]] == [PATH, OTHER_PATH]
    assert [left["kind"] for left in found["left"]] == ["note"]
    assert "yes = 39" in two.read(PATH) and 'title = "=Plan"' in two.read(OTHER_PATH)


def test_a_new_reference_takes_the_file_along(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "a.csv", "--columns", "title")
    replaced(file, "3185 (V) HHA", "3199 (V) HHA")
    (change,) = imported(cli, two, str(file))["changes"]
    assert (change["old_path"], change["path"]) == (OTHER_PATH, "motions/V/3100/3199-HHA.toml")
    assert not (two.root / OTHER_PATH).exists()


def test_a_motion_that_changed_meanwhile_is_merged_by_field(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "a.csv")
    two.write(PATH, COMMENTED.replace("2023-11-16", "2023-11-17"))
    replaced(file, "Durchführung einer Konferenz", "Eine Konferenz")
    (change,) = imported(cli, two, str(file))["changes"]
    assert [one["place"] for one in change["changes"]] == ["title"]
    text = two.read(PATH)
    assert 'title    =   "Eine Konferenz"' in text and "date = 2023-11-17" in text


def test_what_both_changed_is_kept_and_named(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "v.csv", "votes")
    two.write(PATH, COMMENTED.replace("yes = 40", "yes = 44"))
    replaced(file, ";40;3;", ";41;3;")
    found = imported(cli, two, str(file), status=1)
    assert found["changes"] == [] and "yes = 44" in two.read(PATH)
    ((kept),) = found["kept"]
    assert kept["place"] == "consultations[c1].votes[v1]" and "44" in kept["en"][0] and "41" in kept["en"][0]
    assert "1 conflict" in cli("import", str(file), at=two.root, status=1).out


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_what_is_not_public_stays_here_and_is_not_lost(cli: Cli, two: Repository, form: str) -> None:
    closed = (
        '\n[[attachments]]\nid = "f1"\ntitle = "Geheim"\npublic = false\n'
        '\n[[attachments]]\nid = "f2"\ntitle = "Offen"\n\n[main_file]\ntitle = "Ganz geheim"\npublic = false\n'
        '\n[[consultations]]\nid = "c2"\norganization = "Regionsausschuss"\npublic = false\nresult_text = "geheim"\n'
        '\n[[consultations.votes]]\nid = "v1"\nyes = 7\n'
    )
    two.write(PATH, motion(more=closed))
    tables = ("motions", "consultations", "votes") if form == "csv" else ("",)
    files = [exported(cli, two, f"{table}.{form}", *filter(None, [table]), form=form) for table in tables]
    assert not any(b"geheim" in file.read_bytes().lower() for file in files)
    found = imported(cli, two, form, *map(str, files), "--clear")
    assert (found["changes"], found["kept"], found["left"]) == ([], [], [])
    assert two.read(PATH) == motion(more=closed)
    whole = exported(
        cli, two, f"whole.{form}", *(["consultations"] if form == "csv" else []), "--non-public", form=form
    )
    assert imported(cli, two, form, str(whole))["left"] == []
    if form != "xlsx":
        assert b"geheim" in whole.read_bytes()


def test_a_table_of_an_unknown_version_changes_nothing(cli: Cli, two: Repository) -> None:
    two.write(PATH, COMMENTED.replace("yes = 40", "yes = 42"))
    file = exported(cli, two, "v.csv", "votes")
    two.write(PATH, COMMENTED)
    replaced(file, ";42;3;", ";43;3;")
    found = imported(cli, two, str(file), status=1)
    assert found["changes"] == [] and found["kept"][0]["reason"] == "unknown"
    assert two.read(PATH) == COMMENTED


def test_rows_of_motions_that_are_not_there_come_in_only_when_asked(cli: Cli, two: Repository) -> None:
    file = two.root.parent / "neu.csv"
    file.write_text(
        "Drucksachennummer;Titel;Datum der Drucksache;Antragsteller\n3200 (V) HHA;Radweg;16.11.2023;SPD\n", "utf-8"
    )
    steps = two.root.parent / "steps.csv"
    steps.write_text("reference;consultation;organization;date\n3200 (V) HHA;;Regionsversammlung;19.12.2023\n", "utf-8")
    found = imported(cli, two, str(file), str(steps), status=1)
    assert found["changes"] == [] and {left["kind"] for left in found["left"]} == {"new", "not understood"}
    found = imported(cli, two, str(steps), str(file), "--add")
    assert [change["path"] for change in found["changes"]] == ["motions/V/3200/3200-HHA.toml"]
    text = two.read("motions/V/3200/3200-HHA.toml")
    assert 'title = "Radweg"' in text and 'id = "c1"\norganization = "Regionsversammlung"' in text
    assert "public = true" in text


def test_a_register_comes_back_whole_from_json_lines(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "a.jsonl", form="jsonl")
    before = {path: two.read(path) for path in (PATH, OTHER_PATH)}
    for path in before:
        (two.root / path).unlink()
    imported(cli, two, "jsonl", str(file), "--add")
    assert two.read(OTHER_PATH) == before[OTHER_PATH]
    assert two.read(PATH) == before[PATH].replace("# so wie gedruckt\ntitle    =   ", "title = ")


def test_missing_rows_and_columns_take_nothing_away(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "a.csv", "consultations", "2292", "--columns", "role")
    assert imported(cli, two, str(file))["changes"] == []


def test_a_mistake_names_file_cell_and_heading(cli: Cli, two: Repository) -> None:
    file = exported(cli, two, "v.csv", "votes")
    replaced(file, ";40;3;", ";4O;3;")
    said = cli("--lang", "de", "import", str(file), at=two.root, status=1)
    assert f"{file}, Q2 (Ja): keine Anzahl" in said.err and "1 Zeile nicht verstanden" in said.out


def test_many_of_a_kind_are_told_together(cli: Cli, two: Repository) -> None:
    file = two.root.parent / "a.csv"
    file.write_text("motion;title\n" + "".join(f"x{number};T\n" for number in range(30)))
    said = cli("import", str(file), at=two.root, status=1)
    assert "and 20 more of this kind" in said.err and said.err.count("\n") == 11
    assert "30 new rows left" in said.out


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\x00\xff", "no text"),
        ("a.csv", b"a;b\n", "--list-columns"),
        ("a.xlsx", b"x", "no XLSX"),
        ("a.csv", b"motion;title\n" * (5 << 20), "larger than 64 MiB"),
        ("a.csv", b";" * (1 << 20), "columns"),
    ],
)
def test_what_is_no_table_is_one_message(cli: Cli, two: Repository, name: str, content: bytes, reason: str) -> None:
    file = two.root.parent / name
    file.write_bytes(content)
    said = cli("import", str(file), at=two.root, status=2)
    assert reason in said.err and said.err.count("\n") == 1


def test_tables_and_documents_come_in_one_after_the_other(cli: Cli, two: Repository) -> None:
    assert "one after the other" in cli("import", "a.csv", "b.txt", at=two.root, status=2).err
    assert "which files" in cli("import", "csv", at=two.root, status=2).err


def test_a_table_can_come_from_standard_input(cli: Cli, two: Repository) -> None:
    table = b"motion,title\n" + b"mnotthere,x\n"
    found = cli("import", "csv", "-", "--json", "--dry-run", at=two.root, status=1, stdin=table).json
    assert found["left"][0]["kind"] == "new"
