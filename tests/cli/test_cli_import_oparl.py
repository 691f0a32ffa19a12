"""`antrag import oparl`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.commands import Cli
from support.karlsruhe import DATA
from support.oparl import at, server, typed
from support.repositories import Repository

PATH = "motions/other"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of OParl objects: a list page, single objects, and lines."""
    put(tmp_path / "oparl", server())
    return tmp_path / "oparl"


def put(folder: Path, objects: dict[str, dict[str, Any]]) -> None:
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    page = {"data": [objects["rat"], objects["bau"]], "links": {}}
    (folder / "organizations.json").write_text(json.dumps(page))
    (folder / "papers" / "1.json").write_text(json.dumps(objects["paper"]))
    rest = [value for name, value in objects.items() if name not in ("rat", "bau", "paper")]
    (folder / "rest.jsonl").write_text("".join(json.dumps(value) + "\n" for value in rest))


def imported(cli: Cli, clone: Repository, folder: Path, *options: str, status: int = 0) -> dict[str, Any]:
    """What an import says as JSON."""
    found: dict[str, Any] = cli(
        "import", "oparl", str(folder), "--yes", "--json", *options, at=clone.root, status=status
    ).json
    return found


def change(folder: Path, **properties: Any) -> None:
    put(folder, {**(found := server()), "paper": {**found["paper"], **properties}})


def only_motion(clone: Repository) -> str:
    (path,) = [path for path in clone.git("ls-files", "-c", "-o", PATH).splitlines() if (clone.root / path).exists()]
    return path


def test_a_folder_becomes_motions(clone: Repository, cli: Cli, folder: Path) -> None:
    ran = cli("import", "oparl", str(folder), "--yes", "--no-commit", at=clone.root)
    assert "1 paper: 1 new" in ran.out
    assert "Paper.mainFile.size (1)" in ran.out
    assert "antrag commit" in ran.err
    text = clone.read(only_motion(clone))
    assert (
        'title = "Bänke im Park"' in text and "date = 2024-03-12" in text and 'organization = "Rat der Stadt"' in text
    )
    assert 'name = "Bauausschuss"' in clone.read("motions/council.toml")
    assert cli("validate", at=clone.root, status=None).status == 0
    assert "Bänke im Park" in cli("commit", at=clone.root).err + clone.git("log", "-1", "--format=%B", "--stat")


def test_a_second_import_changes_nothing(clone: Repository, cli: Cli, folder: Path) -> None:
    imported(cli, clone, folder)
    before = {path: path.read_bytes() for path in clone.root.glob("motions/**/*.toml")}
    base = clone.git("rev-parse", "refs/antragsbuch/import/oparl")
    again = imported(cli, clone, folder)
    assert (again["new"], again["changed"], again["unchanged"], again["council"]) == ([], [], 1, False)
    assert {path: path.read_bytes() for path in clone.root.glob("motions/**/*.toml")} == before
    assert clone.git("rev-parse", "refs/antragsbuch/import/oparl") == base
    clone.check()


def test_a_persons_edit_survives_and_what_changed_there_comes_in(clone: Repository, cli: Cli, folder: Path) -> None:
    imported(cli, clone, folder)
    path = only_motion(clone)
    clone.write(path, clone.read(path).replace('title = "Bänke im Park"', '# besser so\ntitle = "Bänke"'))
    clone.commit("Import")
    change(folder, paperType="Dringlichkeitsantrag")
    assert imported(cli, clone, folder)["changed"] == [path]
    text = clone.read(path)
    assert '# besser so\ntitle = "Bänke"' in text and 'paper_type = "Dringlichkeitsantrag"' in text
    change(folder, paperType="Dringlichkeitsantrag", name="Bänke überall")
    found = imported(cli, clone, folder, status=1)
    assert found["kept"] == [{"path": path, "reason": "changed", "places": ["title"]}]
    assert 'title = "Bänke"' in clone.read(path)
    # it was said once
    assert imported(cli, clone, folder)["kept"] == []


def test_one_changed_paper_changes_one_motion(clone: Repository, cli: Cli, folder: Path) -> None:
    other = typed("Paper", "paper/2", name="Tische", reference="2024/0008", paperType="Antrag")
    (folder / "papers" / "2.json").write_text(json.dumps(other))
    imported(cli, clone, folder)
    clone.commit("Import")
    (folder / "papers" / "2.json").write_text(json.dumps({**other, "reference": "2024/0009"}))
    assert len(imported(cli, clone, folder)["changed"]) == 1
    # its file follows the reference, in the same commit
    assert clone.changed() == ""
    assert clone.git("log", "-1", "--format=", "--name-status", "-M").startswith("R")
    assert "Renamed-From: motions/other/" in clone.git("log", "-1", "--format=%B")
    clone.check()


def test_a_motion_that_was_removed_stays_away(clone: Repository, cli: Cli, folder: Path) -> None:
    imported(cli, clone, folder, "--no-commit")
    path = only_motion(clone)
    # thrown away before it was committed: it comes again
    (clone.root / path).unlink()
    assert imported(cli, clone, folder, "--no-commit")["new"] == [path]
    clone.commit("Import")
    (clone.root / path).unlink()
    assert imported(cli, clone, folder)["removed"] == 1
    clone.commit("Remove it")
    assert imported(cli, clone, folder)["removed"] == 1
    change(folder, name="Bänke überall")
    assert imported(cli, clone, folder, status=1)["kept"][0]["reason"] == "removed"


@pytest.mark.parametrize("touched", [False, True])
def test_what_the_source_deleted_goes_where_nobody_worked_on_it(
    clone: Repository, cli: Cli, folder: Path, touched: bool
) -> None:
    imported(cli, clone, folder)
    path = only_motion(clone)
    if touched:
        clone.write(path, clone.read(path) + '\n[withdrawal]\nreason = "So."\n')
    (folder / "papers" / "1.json").write_text(json.dumps({"id": at("paper/1"), "type": "Paper", "deleted": True}))
    found = imported(cli, clone, folder, status=1 if touched else 0)
    assert (clone.root / path).exists() is touched
    assert found["deleted"] == ([] if touched else [path])


def test_a_motion_of_the_same_reference_is_not_touched(clone: Repository, cli: Cli, folder: Path) -> None:
    change(folder, reference="2292 (V) HHA")
    before = clone.changed()
    found = imported(cli, clone, folder)
    assert [remark["kind"] for remark in found["remarks"]] == ["same"]
    (path,) = found["new"]
    assert path.startswith("motions/V/2200/2292-HHA--")
    assert "2292-HHA.toml" not in clone.changed().removeprefix(before)


def test_nothing_is_written_unasked(clone: Repository, cli: Cli, folder: Path) -> None:
    before = clone.changed()
    assert "--yes" in cli("import", str(folder), at=clone.root, status=2).err
    found = cli("import", str(folder), "--dry-run", "--json", at=clone.root).json
    assert len(found["new"]) == 1
    assert clone.changed() == before
    assert clone.git("for-each-ref", "refs/antragsbuch") == ""


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", b'{"id": ', "no JSON"),
        ("a.json", b"[" * 5000, "nested deeper"),
        ("a.json", b"[]", "no OParl objects"),
        ("a.txt", b"Text", "one after the other"),
        ("a.json", None, "No such file"),
    ],
)
def test_what_is_no_oparl_is_refused_in_one_line(
    clone: Repository, cli: Cli, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    names = [str(path)] if name.endswith("json") else [str(path), str(tmp_path)]
    ran = cli("import", *names, "--yes", at=clone.root, status=2)
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert "FOLDER" in cli("import", "oparl", at=clone.root, status=2).err


def test_references_and_texts_from_anywhere_do_no_harm(clone: Repository, cli: Cli, folder: Path) -> None:
    change(folder, reference="../../../x", name="\x1b[31m<script>alert(1)</script>Bänke\u202e", paperType="[/]")
    ran = cli("import", str(folder), "--yes", at=clone.root)
    assert "\x1b" not in ran.said and "\u202e" not in ran.said
    (path,) = imported(cli, clone, folder, "--dry-run")["new"] or [only_motion(clone)]
    assert path.startswith("motions/other/")
    assert 'title = "[31mBänke' in clone.read(path)


def test_what_no_file_can_hold_is_left_out_and_named(clone: Repository, cli: Cli, folder: Path) -> None:
    steps = [typed("Consultation", f"s/{number}", role="Beratung und mehr") for number in range(4000)]
    large = typed("Paper", "paper/2", name="Tische", reference="2024/0008", consultation=steps)
    (folder / "papers" / "2.json").write_text(json.dumps(large))
    found = imported(cli, clone, folder, status=1)
    assert [remark["id"] for remark in found["remarks"] if remark["kind"] == "large"] == [at("paper/2")]
    assert len(found["new"]) == 1


@pytest.mark.skipif(not DATA.is_dir(), reason="the real papers are not beside the project")
def test_a_real_city_is_imported_twice(clone: Repository, cli: Cli) -> None:
    first = imported(cli, clone, DATA)
    assert (len(first["new"]), first["agenda_items_without_paper"]) == (238, 0)
    again = imported(cli, clone, DATA)
    assert (again["new"], again["changed"], again["unchanged"], again["council"]) == ([], [], 238, False)
