"""`antrag export oparl`, and the import of what it made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest

from support import karlsruhe, oparl_tree
from support.commands import Cli
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion, motion_id, register

URL = "https://oparl.example.org/r"
SECRET = "Geheimsache"


def export(cli: Cli, clone: Repository, folder: Path, *options: str, status: int = 0) -> dict[str, Any]:
    """What an export says as JSON."""
    ran = cli("export", "oparl", str(folder), "--url", URL, "--json", *options, at=clone.root, status=status)
    found: dict[str, Any] = ran.json
    return found


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.suffix in (".json", ".txt")
    }


def paper(folder: Path, identity: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"paper/{identity or motion_id('2292 (V) HHA')}.json").read_text())
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "baum"


def test_a_register_becomes_a_tree(clone: Repository, cli: Cli, folder: Path) -> None:
    clone.write(PATH, motion(yes=45, title="Neu"))
    clone.commit()
    ran = cli("export", "oparl", str(folder), "--url", URL, "--page-size", "1", at=clone.root)
    assert "1 Paper" in ran.out
    assert "files written, 0 unchanged, 0 removed" in ran.out
    oparl_tree.check(files(folder), f"{URL}/")
    found = paper(folder)
    assert found["name"] == "Neu"
    # by the commits
    assert (found["created"], found["modified"]) == ("2023-11-14T22:13:20+00:00", "2023-11-14T23:13:20+00:00")


def test_again_only_what_changed_is_written(clone: Repository, cli: Cli, folder: Path) -> None:
    first = export(cli, clone, folder)
    again = export(cli, clone, folder)
    assert (again["written"], again["unchanged"], again["removed"]) == (0, first["written"], 0)
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit()
    third = export(cli, clone, folder)
    assert third["objects"]["Paper"] == 2
    assert 0 < third["written"] < third["written"] + third["unchanged"]
    before = files(folder)
    assert export(cli, clone, folder.with_name("anderer"))["written"] == len(before)
    assert files(folder.with_name("anderer")) == before


def test_what_is_not_committed_is_not_published(clone: Repository, cli: Cli, folder: Path) -> None:
    clone.write(PATH, motion(title="Nur gespeichert"))
    ran = cli("export", "oparl", str(folder), "--url", URL, at=clone.root)
    assert "1 file has changes that are not committed" in ran.err
    assert paper(folder)["name"] == "Durchführung einer Konferenz"


def test_deleted_motions_stay_as_tombstones(clone: Repository, cli: Cli, folder: Path) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title=SECRET))
    clone.commit()
    export(cli, clone, folder)
    (clone.root / OTHER_PATH).unlink()
    clone.commit()
    assert export(cli, clone, folder)["objects"]["deleted"] == 2
    assert paper(folder, motion_id("3185 (V) HHA")) == {
        "id": f"{URL}/paper/{motion_id('3185 (V) HHA')}.json",
        "type": "https://schema.oparl.org/1.1/Paper",
        "created": "2023-11-14T23:13:20+00:00",
        "modified": "2023-11-15T00:13:20+00:00",
        "deleted": True,
    }
    oparl_tree.check(files(folder), f"{URL}/")
    assert not [path for path, text in files(folder).items() if SECRET in text]


def test_a_session_that_was_moved_stays_as_a_tombstone(clone: Repository, cli: Cli, folder: Path) -> None:
    export(cli, clone, folder)
    clone.write(PATH, motion(title="Neu").replace("2023-12-19", "2023-12-20"))
    clone.commit()
    clone.write(PATH, motion(title="Neuer", yes=45).replace("2023-12-19", "2023-12-20"))
    clone.commit()
    assert export(cli, clone, folder)["objects"]["deleted"] == 1
    old = json.loads((folder / "meeting/2023-12-19-o1.json").read_text())
    assert (old["deleted"], old["modified"]) == (True, "2023-11-14T23:13:20+00:00")
    oparl_tree.check(files(folder), f"{URL}/")


def test_a_motion_that_is_not_public_any_more_is_deleted_for_the_public(
    clone: Repository, cli: Cli, folder: Path
) -> None:
    clone.write(PATH, motion(title=SECRET).replace("public = true", "public = false"))
    clone.commit()
    clone.write(PATH, motion(title=SECRET + " 2").replace("public = true", "public = false"))
    clone.commit()
    # one that never was public never was anything
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title=SECRET).replace("public = true", "public = false"))
    clone.commit()
    (clone.root / OTHER_PATH).unlink()
    clone.commit()
    said = export(cli, clone, folder)
    assert said["left_out"] == {"confidential": 1}
    assert (paper(folder)["deleted"], paper(folder)["modified"]) == (True, "2023-11-14T23:13:20+00:00")
    tree = files(folder)
    assert not [path for path, text in tree.items() if SECRET in text or motion_id("3185 (V) HHA") in path + text]


def test_a_confidential_register_needs_a_word(isolated: Path, tmp_path: Path, cli: Cli, folder: Path) -> None:
    council = COUNCIL.replace("public = true", "public = false")
    hidden = motion("3185 (V) HHA", title=SECRET).replace("public = true", "public = false")
    clone = register(tmp_path / "register", {PATH: motion(), OTHER_PATH: hidden}, council=council)
    ran = cli("export", "oparl", str(folder), "--url", URL, at=clone.root, status=2)
    assert "--public-only" in ran.err
    assert not folder.exists()
    ran = cli("export", "oparl", str(folder), "--url", URL, "--public-only", at=clone.root)
    assert "1 motion that is not public" in ran.out
    assert "1 Paper" in ran.out
    assert not [path for path, text in files(folder).items() if SECRET in text]


def test_files_of_the_repository_go_along_but_no_others(clone: Repository, cli: Cli, folder: Path) -> None:
    clone.write("anlagen/plan.pdf", b"%PDF \xff")
    clone.write("anlagen/geheim.pdf", SECRET)
    names = ["anlagen/plan.pdf", "anlagen/geheim.pdf", "anlagen/fehlt.pdf", PATH, "../../etc/hostname", "anlagen"]
    attachments = "".join(
        f'\n[[attachments]]\nid = "f{number}"\ntitle = "Datei"\npath = "{name}"\n' for number, name in enumerate(names)
    )
    clone.write(PATH, motion(more=attachments))
    more = '\n[main_file]\npath = "anlagen/geheim.pdf"\npublic = false\n'
    clone.write(OTHER_PATH, motion("3185 (V) HHA", more=more))
    clone.commit()
    said = export(cli, clone, folder)
    assert [path.name for path in (folder / "download").iterdir() if path.suffix == ".pdf"] == [
        f"{motion_id('2292 (V) HHA')}-f0.pdf"
    ]
    assert (folder / f"download/{motion_id('2292 (V) HHA')}-f0.pdf").read_bytes() == b"%PDF \xff"
    assert said["left_out"] == {"file": 1}
    oparl_tree.check(files(folder), f"{URL}/")


def test_what_can_not_be_read_is_named_and_the_rest_is_published(clone: Repository, cli: Cli, folder: Path) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit()
    clone.write(OTHER_PATH, motion("3185 (V) HHA") + "\x1b[31m\n")
    clone.write("motions/V/3100/3186-HHA.toml", 'id = "x1"\ntitle = 5\n')
    clone.write("motions/V/3100/3187-HHA.toml", motion())
    clone.commit()
    ran = cli("export", "oparl", str(folder), "--url", URL, at=clone.root, status=1)
    for name in ("3185-HHA", "3186-HHA", "3187-HHA"):
        assert f"{name}.toml: " in ran.err
    assert "\x1b" not in ran.said
    # it is not deleted, only broken
    assert "deleted" not in ran.out
    assert not (folder / f"paper/{motion_id('3185 (V) HHA')}.json").exists()
    assert paper(folder)["name"] == "Durchführung einer Konferenz"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--url", "oparl.example.org"], "no address"),
        (["--url", f"{URL}?x=1"], "after ? or #"),
        (["--url", URL, "--page-size", "0"], "at least one"),
        (["--url", URL, "--license", "frei"], "--license"),
        (["--url", URL, "--web", "https://x.de/{number}"], "--web"),
        ([], "--url"),
    ],
)
def test_what_can_not_be_published(clone: Repository, cli: Cli, folder: Path, arguments: list[str], said: str) -> None:
    ran = cli("export", "oparl", str(folder), *arguments, at=clone.root, status=2)
    assert said in ran.err
    assert not folder.exists()


def test_the_register_itself_is_no_folder_for_it(clone: Repository, cli: Cli) -> None:
    for name in (".", "motions", "motions/V"):
        assert "register itself" in cli("export", "oparl", name, "--url", URL, at=clone.root, status=2).err
    assert clone.changed() == ""


def test_a_dry_run_writes_nothing(clone: Repository, cli: Cli, folder: Path) -> None:
    assert export(cli, clone, folder, "--dry-run")["objects"]["Paper"] == 1
    assert not folder.exists()


def test_nothing_is_committed_yet(isolated: Path, tmp_path: Path, cli: Cli, folder: Path) -> None:
    clone = register(tmp_path / "register")
    clone.git("update-ref", "-d", "HEAD")
    assert "committed" in cli("export", "oparl", str(folder), "--url", URL, at=clone.root, status=2).err


# --- served, and in again


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a plain web server that gives out the files of a folder."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nobody wants to know."""


def test_a_plain_web_server_gives_every_object_under_its_id(clone: Repository, cli: Cli, folder: Path) -> None:
    folder.mkdir()
    with served(folder) as url:
        cli("export", "oparl", str(folder), "--url", url, at=clone.root)
        todo, seen = [f"{url}system.json"], set[str]()
        while todo:
            address = todo.pop()
            if address in seen:
                continue
            seen.add(address)
            with urlopen(address) as answer:
                assert answer.headers["Content-Type"] == (
                    "text/plain" if address.endswith(".txt") else "application/json"
                )
                text = answer.read().decode()
            if address.endswith(".json"):
                value = json.loads(text)
                assert value.get("id", address) == address
                todo += [one for one in _texts(value) if one.startswith(url)]
    assert len(seen) == len(files(folder))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


def imported(cli: Cli, clone: Repository, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = cli("import", "oparl", str(folder), "--yes", "--json", at=clone.root, status=None).json
    return found


def test_its_own_tree_changes_nothing(clone: Repository, cli: Cli, folder: Path) -> None:
    clone.write(PATH, "# von Hand\n" + motion(yes=45) + 'organization = "Fußnote"\n'.replace("organization", "text"))
    clone.commit()
    before = {path: path.read_bytes() for path in clone.root.glob("motions/**/*.toml")}
    export(cli, clone, folder)
    said = imported(cli, clone, folder)
    assert (said["new"], said["changed"], said["deleted"], said["unchanged"]) == ([], [], [], 1)
    assert (said["council"], said["kept"], said["remarks"]) == (False, [], [])
    assert {path: path.read_bytes() for path in clone.root.glob("motions/**/*.toml")} == before


def test_another_register_gets_the_same_motions_and_what_becomes_of_them(
    clone: Repository, tmp_path: Path, cli: Cli, folder: Path
) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA", yes=45))
    clone.commit()
    export(cli, clone, folder)
    other = register(tmp_path / "anderes", {})
    assert len(imported(cli, other, folder)["new"]) == 2
    other.commit()
    assert [other.read(path) for path in (PATH, OTHER_PATH)] == [clone.read(path) for path in (PATH, OTHER_PATH)]
    assert other.read("motions/council.toml") == clone.read("motions/council.toml")
    # one is changed, and one deleted
    clone.write(PATH, motion(title="Neu"))
    (clone.root / OTHER_PATH).unlink()
    clone.commit()
    export(cli, clone, folder)
    said = imported(cli, other, folder)
    assert (said["changed"], said["deleted"]) == ([PATH], [OTHER_PATH])
    assert other.read(PATH) == clone.read(PATH)
    assert not (other.root / OTHER_PATH).exists()
    again = imported(cli, other, folder)
    assert (again["new"], again["changed"], again["deleted"]) == ([], [], [])


def test_two_papers_that_say_to_be_one_motion_do_not_become_two(
    clone: Repository, tmp_path: Path, cli: Cli, folder: Path
) -> None:
    export(cli, clone, folder)
    first = paper(folder)
    second = {**first, "id": f"{URL}/paper/anders.json", "name": "Untergeschoben", "mainFile": None}
    (folder / "paper/anders.json").write_text(json.dumps(second))
    other = register(tmp_path / "anderes", {})
    said = imported(cli, other, folder)
    assert said["new"] == [PATH]
    assert [remark["kind"] for remark in said["remarks"]] == ["twice"]
    assert first["name"] in other.read(PATH)


def test_a_register_follows_another_over_the_network(clone: Repository, tmp_path: Path, cli: Cli, folder: Path) -> None:
    """A server that gives out plain files answers every question with everything; that must not hurt."""
    clone.write(OTHER_PATH, motion("3185 (V) HHA", yes=45))
    clone.commit()
    other = register(tmp_path / "anderes", {})
    folder.mkdir()
    with served(folder) as url:
        for number in range(2):
            cli("export", "oparl", str(folder), "--url", url, "--page-size", "1", at=clone.root)
            cli("import", "oparl", f"{url}system.json", "--yes", at=other.root)
            assert [other.read(path) for path in (PATH, OTHER_PATH)] == [
                clone.read(path) for path in (PATH, OTHER_PATH)
            ]
            clone.write(PATH, motion(title=f"Neu {number}"))
            clone.commit()


@pytest.mark.skipif(not karlsruhe.DATA.is_dir(), reason="the real papers are not beside the project")
def test_real_papers_go_out_and_in_again(isolated: Path, tmp_path: Path, cli: Cli, folder: Path) -> None:
    motions, council = karlsruhe.register()
    clone = register(tmp_path / "eins", dict(motions), council=council.decode())
    export(cli, clone, folder)
    head = council.decode().partition("\n[[")[0] + "\n"
    other = register(tmp_path / "zwei", {}, council=head)
    said = imported(cli, other, folder)
    assert (len(said["new"]), said["agenda_items_without_paper"]) == (len(motions), 0)
    assert {path: (other.root / path).read_bytes() for path, _data in motions} == dict(motions)
    own = imported(cli, clone, folder)
    assert (own["new"], own["changed"], own["unchanged"], own["council"]) == ([], [], len(motions), False)
