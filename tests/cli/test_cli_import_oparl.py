"""`antrag import oparl`."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from antragsbuch.cli import import_sources
from antragsbuch_schema.exchange import oparl_json
from support.commands import SCRIPT, Cli
from support.karlsruhe import DATA, objects
from support.oparl import at, server, typed
from support.oparl_server import Reply, Site, serving
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


def test_a_register_that_has_just_been_made_is_begun_first(
    isolated: Path, tmp_path: Path, cli: Cli, folder: Path
) -> None:
    register = Repository(tmp_path / "new")
    register.root.mkdir()
    register.git("init", "-q", "-b", "main")
    cli("init", "--name", "Stadt Musterhausen", at=register.root)
    ran = cli("import", "oparl", str(folder), "--yes", at=register.root)
    assert "not committed" not in ran.out + ran.err
    assert len(register.git("log", "--format=%h").splitlines()) == 2
    assert register.git("status", "--porcelain", "motions") == ""
    assert 'name = "Bauausschuss"' in register.read("motions/council.toml")
    assert cli("import", "oparl", str(folder), "--yes", at=register.root).err.count("Nothing changed") == 1


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


def test_files_of_lines_are_read_line_by_line(
    clone: Repository, cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oparl_json, "MAX_BYTES", 4000)
    lines = [
        json.dumps(typed("Paper", f"paper/{n}", name=f"Antrag {n}", reference=f"2024/{n:04}")) for n in range(2, 90)
    ]
    (folder / "more.jsonl").write_text("\n".join(lines))
    assert (folder / "more.jsonl").stat().st_size > 8000
    assert len(imported(cli, clone, folder)["new"]) == 89
    (folder / "more.jsonl").write_text("\n".join([lines[0], "x" * 5000]))
    ran = cli("import", str(folder), "--yes", at=clone.root, status=2)
    assert "more.jsonl:2" in ran.err and "larger than" in ran.err and ran.err.count("\n") == 1
    monkeypatch.setattr(import_sources, "_MOST", 3000)
    assert "all files together" in cli("import", str(folder), "--yes", at=clone.root, status=2).err


def test_many_bodies_come_into_a_council_with_comments_at_once(clone: Repository, cli: Cli, folder: Path) -> None:
    council = clone.read("motions/council.toml").replace('name = "Region B', '# wie im Amtsblatt\nname   = "Region B')
    clone.write("motions/council.toml", council)
    clone.commit("Own layout")
    bodies = [
        typed("Organization", f"body/{n}", name=f"Ausschuss {n}", organizationType="Gremium") for n in range(1500)
    ]
    (folder / "bodies.json").write_text(json.dumps(bodies))
    # one by one it would take many minutes
    imported(cli, clone, folder)
    text = clone.at("motions/council.toml")
    assert "# wie im Amtsblatt\nname" in text and text.count("Ausschuss ") == 1500
    assert clone.git("diff", "--numstat", "HEAD^", "HEAD", "--", "motions/council.toml").split()[1] == "1"


# --- from a server


@pytest.fixture
def site(isolated: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    # whatever leads out of the place where the tests run: this server is on this machine
    monkeypatch.setenv("no_proxy", "*")
    with serving() as found:
        found.offer(server().values())
        yield found


def test_a_server_is_imported_in_one_commit_and_again_in_none(clone: Repository, cli: Cli, site: Site) -> None:
    ran = cli("import", "oparl", site.system, "--yes", at=clone.root)
    assert "1 paper: 1 new" in ran.out and "Committed" in ran.err
    assert clone.message().startswith("OParl: 1 neuer Antrag\n")
    assert clone.message().rstrip().endswith(f"Source: {site.system}")
    assert clone.changed() == ""
    head = clone.head()
    assert "Nothing changed at the source." in cli("import", site.system, "--yes", at=clone.root).err
    assert clone.head() == head
    assert [asked for asked in site.asked if "modified_since" in asked]


def test_a_result_that_comes_in_changes_the_motion_whose_paper_does_not(
    clone: Repository, cli: Cli, site: Site
) -> None:
    objects = {**server(), "paper": {**server()["paper"], "modified": "2024-03-02T10:00:00+01:00"}}
    objects["meeting"]["agendaItem"][0].pop("result")
    site.offer(objects.values())
    cli("import", site.system, "--yes", at=clone.root)
    path = only_motion(clone)
    assert "outcome" not in clone.at(path)
    objects["meeting"] = server()["meeting"] | {"modified": "2030-01-01T00:00:00+01:00"}
    site.offer(objects.values())
    site.asked.clear()
    cli("import", site.system, "--yes", at=clone.root)
    assert 'outcome = "as_proposed"' in clone.at(path)
    assert [asked for asked in site.asked if "list/paper?modified_since" in asked]
    assert site.answer("/oparl/list/paper?modified_since=2029-01-01").body["data"] == []


def test_the_sources_of_the_register_are_imported(clone: Repository, cli: Cli, site: Site) -> None:
    council = clone.read("motions/council.toml")
    said = cli("import", "oparl", "--yes", at=clone.root, status=2).err
    assert "[[sources]]" in said and said.count("\n") == 1
    source = f'\n[[sources]]\nid = "q1"\nname = "Stadt"\nurl = "{site.system}"\n'
    clone.write("motions/council.toml", council + source)
    clone.commit("Name the source")
    ran = cli("import", "oparl", "--yes", at=clone.root)
    assert site.system in ran.err and "1 new" in ran.out
    assert f"Source: {site.system}" in clone.message()
    clone.write("motions/council.toml", council + source.replace(site.system, "/etc"))
    assert "not in the register" in cli("import", "oparl", "--yes", at=clone.root, status=2).err


def test_a_bad_server_is_one_line_and_changes_nothing(clone: Repository, cli: Cli, site: Site) -> None:
    before = clone.head()
    site.replies["/oparl/list/paper"] = lambda address: Reply(
        body={"data": [typed("Paper", f"p/{len(site.asked)}")], "links": {"next": f"?page={len(site.asked)}"}}
    )
    ran = cli("import", site.system, "--yes", "--max-pages", "5", at=clone.root, status=2)
    assert "more than 5 pages" in ran.err and "--max-pages" in ran.err and ran.err.count("\n") == 1
    site.replies["/oparl/list/paper"] = Reply(body=b"<html>\x1b[31m", headers={"Content-Type": "text/html"})
    ran = cli("import", site.system, "--yes", at=clone.root, status=2)
    assert "web page" in ran.err and "\x1b" not in ran.said
    secret = site.system.replace("http://", "http://erika:geheim@")
    assert "geheim" not in (said := cli("import", secret, "--yes", at=clone.root, status=2).err) and "password" in said
    assert clone.head() == before and clone.changed() == ""
    assert clone.git("for-each-ref", "refs/antragsbuch") == ""


def test_two_programs_at_once_import_once(clone: Repository, site: Site) -> None:
    command = [str(SCRIPT), "-C", str(clone.root), "import", "oparl", site.system, "--yes"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _number in range(2)
    ]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert clone.git("rev-list", "--count", "HEAD") == "2"
    assert clone.changed() == ""
    clone.check()


@pytest.mark.skipif(not DATA.is_dir(), reason="the real papers are not beside the project")
def test_a_real_city_is_imported_twice(clone: Repository, cli: Cli) -> None:
    first = imported(cli, clone, DATA)
    assert (len(first["new"]), first["agenda_items_without_paper"]) == (238, 0)
    again = imported(cli, clone, DATA)
    assert (again["new"], again["changed"], again["unchanged"], again["council"]) == ([], [], 238, False)


@pytest.mark.skipif(not DATA.is_dir(), reason="the real papers are not beside the project")
def test_a_real_city_comes_from_its_server(clone: Repository, cli: Cli, site: Site) -> None:
    site.size = 100
    site.offer(objects(), "https://web1.karlsruhe.de/oparl/")
    (begun,) = clone.subjects()
    found = cli("import", "oparl", site.system, "--yes", "--json", at=clone.root).json
    assert len(found["new"]) == 238
    assert clone.subjects() == ["OParl: 238 neue Anträge", begun]
    assert clone.changed() == ""
    # every value that has no counterpart is named
    assert found["unread"]["Paper.created"] == 238 and found["unread"]["AgendaItem.order"] > 0
    moved = json.loads(json.dumps(objects()).replace("https://web1.karlsruhe.de/oparl/", site.at("/oparl/")))
    world = {value["id"]: value for value in moved} | {
        item["id"]: item for value in moved for item in value.get("agendaItem", ())
    }
    motions = {data["source"]["id"]: data for path in found["new"] for data in [tomllib.loads(clone.at(path))]}
    compared: Counter[str] = Counter()
    for value in moved:
        if not value["type"].endswith("Paper") or value.get("deleted"):
            continue
        steps = motions[value["id"]].get("consultations", [])
        assert len(steps) == len(value.get("consultation", ()))
        for step, source in zip(steps, value.get("consultation", ()), strict=True):
            meeting, item = world.get(source.get("meeting", "")), world.get(source.get("agendaItem", ""))
            bodies = [world[one]["name"] for one in source.get("organization", ()) if one in world]
            role = {"decision": "Entscheidung", "preparation": "Vorbereitung"}.get(step.get("role", ""), "")
            for name, ours, theirs in (
                ("body", [step.get("organization")] if bodies else [], bodies[:1]),
                ("role", step.get("role_text", role), source.get("role", "")),
                ("date", str(step.get("date", "")), meeting["start"][:10] if meeting else ""),
                ("result", step.get("result_text", ""), (item or {}).get("result", "")),
            ):
                assert ours == theirs, (value["id"], name)
                compared[name] += bool(theirs)
    assert min(compared.values()) > 200, compared
    head = clone.head()
    again = cli("import", "oparl", site.system, "--yes", "--json", at=clone.root).json
    assert (again["new"], again["changed"], again["unchanged"]) == ([], [], 238)
    assert clone.head() == head
    # one changed paper
    changed = json.loads(json.dumps(objects()))
    paper = next(value for value in changed if value["type"].endswith("Paper") and not value.get("deleted"))
    paper |= {"name": "Etwas ganz anderes", "modified": "2030-01-01T00:00:00+01:00"}
    site.offer(changed, "https://web1.karlsruhe.de/oparl/")
    (path,) = cli("import", "oparl", site.system, "--yes", "--json", at=clone.root).json["changed"]
    assert clone.git("diff", "--name-only", "HEAD^", "HEAD") == path
    assert clone.message().startswith("OParl: 1 Antrag geändert\n")
