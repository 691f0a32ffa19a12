"""Nothing that is not public reaches a public register: every byte of its repository is looked at, history included.

The confidential register is one with a marker in everything that must not be seen: in each field that the table of
publicities holds back, in comments, names of files, branches, tags, notes, messages and people, and in versions that
were confidential before they became public or after.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import tomllib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.public import MOTION_PUBLICITY, Publicity
from antragsbuch_schema.fields import Fields, Kind, by_name
from antragsbuch_schema.motion_fields import CONSULTATION, FILE, MOTION
from antragsbuch_schema.reference import Scheme
from antragsbuch_schema.toml.writer import write
from support.commands import Cli
from support.generated import Register
from support.marked import marked, marked_value
from support.repositories import Repository, empty

MARK = "GEHEIM"
SECRETS = re.compile(rb"GEHEIM|secret0|66[0-9][0-9]( |%20)?\(V\)|66[0-9][0-9]-HHA|Vertraulich-Person", re.IGNORECASE)
"""The marker, and ids, references and paths of motions that never become public, and who wrote them."""


class Secret:
    """A confidential register, and what happens in it."""

    def __init__(self, root: Path) -> None:
        self.repository = empty(root)
        generated = dict(Register(24).files())
        self.council: Data = tomllib.loads(generated.pop("motions/council.toml"))
        self.council |= {"public": False, "language": "en"}
        main = next(body for body in self.council["organizations"] if body["name"] == "Regionsausschuss")
        main["public"] = False
        self.motions = {data["id"]: data for data in map(tomllib.loads, generated.values()) if "reference" in data}
        council = {**self.council, "templates": [], "sources": []}
        for table in ("templates", "sources"):
            council[table] = [_as_ids(marked(by_name(COUNCIL)[table].fields, MARK), f"{table[0]}1")]
        self.repository.write("motions/council.toml", f"# {MARK}\n{write(council, COUNCIL)}# {MARK}\n")
        for number, identity in enumerate(list(self.motions)):
            if number % 3 == 0:
                self.hide(identity)
            elif number % 3 == 1:
                self.fill(identity)
            else:
                self.write(identity)
        self.repository.write(f"files/{MARK}.pdf", f"%PDF {MARK}")
        self.repository.write(f"{MARK}.md", MARK)
        self.commit()

    @property
    def public(self) -> list[str]:
        """The ids of the motions that are public."""
        return [identity for identity, motion in self.motions.items() if motion["public"]]

    def fill(self, identity: str) -> None:
        """Put the marker into everything of a public motion that must not come through."""
        motion = self.motions[identity]
        motion["main_file"] = {"title": "Drucksache", "url": f"https://{MARK}@example.org"}
        _fill(motion, MOTION, ())
        motion["attachments"] = [{**marked(FILE, MARK), "id": "f9", "public": False}]
        motion["related_papers"] = ["6601 (V) HHA"]
        motion["consultations"].append(
            {**marked(CONSULTATION, MARK), "id": "c9", "public": False} | _body("2026-01-01")
        )
        motion["consultations"].append({**_closed(), "id": "c8"} | _body("2026-01-02"))
        motion[MARK] = {MARK: MARK}
        self.write(identity)

    def hide(self, identity: str, number: int | None = None) -> None:
        """Make a motion confidential, with the marker in all that it says."""
        motion = self.motions[identity]
        motion |= {"public": False, "title": f"{MARK} Grundstück", "facts": MARK, "proposal": MARK}
        if number is not None:
            motion["reference"] = f"{number} (V) HHA"
        self.write(identity)

    def write(self, identity: str) -> None:
        """Write the file of a motion, with comments."""
        text = write(self.motions[identity], MOTION)
        path = Scheme.of(self.council).path_for(self.motions[identity])
        self.repository.write(path, f"# {MARK} für den Vorstand\n{text}# antrag: ignore[VO001] {MARK}\n")

    def remove(self, identity: str) -> None:
        """Delete a motion."""
        (self.repository.root / Scheme.of(self.council).path_for(self.motions.pop(identity))).unlink()

    def add(self, identity: str, number: int) -> None:
        """A confidential motion of an id and a number that are never public."""
        self.motions[identity] = {"id": identity, "consultations": []}
        self.hide(identity, number)

    def commit(self) -> None:
        """Commit, in the name of somebody who is not to be known, with tags, notes and branches."""
        git = self.repository.git
        git("add", "--all")
        person = ("-c", "user.name=Vertraulich-Person", "-c", f"user.email={MARK}@example.org")
        git(*person, "commit", "--quiet", "--allow-empty", "-m", f"{MARK}\n\nReason: {MARK}")
        git(*person, "notes", "add", "-f", "-m", MARK)
        git(*person, "tag", "-f", "-a", "-m", MARK, MARK)
        git("branch", "-f", f"{MARK}-branch")


def _as_ids(data: Data, identity: str) -> Data:
    """The same with right identities, so that the file is valid."""
    data |= {"id": identity} if "id" in data else {}
    for element in (entry for value in data.values() if isinstance(value, list) for entry in value):
        if isinstance(element, dict):
            _as_ids(element, "s1")
    return data


def _fill(data: Data, fields: Fields, above: tuple[str, ...]) -> None:
    """Set every field that is held back, in every table that is there."""
    for field in fields:
        path = (*above, field.name)
        if MOTION_PUBLICITY[path] in (Publicity.INTERNAL, Publicity.PATH):
            data[field.name] = marked_value(field, MARK, path)
        elif field.kind is Kind.TABLE and field.name in data:
            _fill(data[field.name], field.fields, path)
        elif field.kind is Kind.TABLES:
            for element in data.get(field.name, ()):
                _fill(element, field.fields, path)


def _closed() -> Data:
    """A step of a body that does not meet in public, with everything that is said of steps."""
    step = marked(CONSULTATION, MARK)
    del step["public"]
    return step


def _body(day: str) -> Data:
    date = dt.date.fromisoformat(day)
    return {"organization": "Regionsausschuss", "joint_with": [], "date": date, "role": "preparation", "lead": False}


def leaks(root: Path, pattern: re.Pattern[bytes]) -> list[str]:
    """Where something that must not be seen stands below a git directory, as it lies there or unpacked."""
    return [where for where, content in everything(root) if pattern.search(content)]


def everything(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every object of a repository, also one that nothing leads to, and every file of its git directory."""
    done = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch", "--buffer"], cwd=root, capture_output=True, check=True
    )
    yield "objects", done.stdout
    refs = subprocess.run(["git", "for-each-ref"], cwd=root, capture_output=True, check=True)
    yield "refs", refs.stdout
    for file in root.rglob("*"):
        yield f"name {file}", str(file.relative_to(root)).encode()
        if file.is_file():
            data = file.read_bytes()
            yield str(file), data
            if re.fullmatch(r"[0-9a-f]{38,}", file.name):
                yield f"{file} unpacked", zlib.decompress(data)


@pytest.mark.parametrize("bare", [False, True], ids=["clone", "hub"])
def test_no_byte_of_what_is_not_public(isolated: Path, tmp_path: Path, cli: Cli, bare: bool) -> None:
    secret = Secret(tmp_path / "secret")
    root = tmp_path / "public"
    if bare:
        cli("init", "--hub", str(root), at=tmp_path)
    published: list[int] = []

    def publish(*options: str, status: int = 0) -> dict[str, Any]:
        secret.commit()
        said: dict[str, Any] = cli(
            "publish", str(root), "--yes", "--json", *options, at=secret.repository.root, status=status
        ).json
        if root.exists():
            assert leaks(root, SECRETS) == []
        published.append(len(said["new"]) + len(said["changed"]) + len(said["removed"]))
        return said

    secret.add("secret01", 6601)
    secret.add("secret02", 6602)
    # refused, and nothing written
    assert publish("--strict", "--dry-run")["mentions"] == []
    first = publish()
    assert first["withheld"]["confidential"] > 8 and first["left_out"].keys() == {
        "closed_step", "closed_body", "file", "path", "address", "reference", "internal", "unknown",
    }  # fmt: skip

    shown, filled, plain = secret.public[0], secret.public[1], secret.public[2]
    # what was confidential becomes public, in other words
    opened = next(each for each in secret.motions if not each.startswith("secret") and each not in secret.public)
    secret.motions[opened] |= {"public": True, "title": "Nun öffentlich", "facts": "Neu.", "proposal": "Neu."}
    secret.write(opened)
    publish()
    # what was public is no more, and more is said about it
    secret.hide(shown)
    publish()
    # a step is not public any more, and what happened there is written down
    secret.motions[plain]["consultations"][0] |= {**_closed(), "public": False, "id": "c1"} | _body("2026-01-03")
    secret.write(plain)
    publish()
    # a confidential motion goes; others still speak of it
    secret.remove("secret01")
    secret.motions[filled]["title"] = "Anders"
    secret.write(filled)
    publish()
    assert min(published[1:]) == 1
    # what is refused leaves nothing behind either
    secret.motions[plain]["consultations"][1] |= {"votes": [{"id": "v1", "yes": -1}], "remarks": MARK, "public": True}
    secret.write(plain)
    assert publish(status=1)["invalid"]
    secret.motions[plain]["consultations"][1] |= {"votes": []}
    secret.motions[plain]["facts"] = "Siehe 6602(V)."
    secret.write(plain)
    assert [each["of"] for each in publish("--strict", status=1)["mentions"]] == ["6602 (V) HHA"]

    # it is all there to be found, and what is public did come through
    assert len(leaks(secret.repository.root / ".git", SECRETS)) > 20
    assert leaks(root, re.compile("Nun öffentlich".encode()))
    public = Repository(root)
    assert len(public.subjects()) == 5
    assert set(public.git("log", "--format=%an %cn").split("\n")) == {"Erika Beispiel Erika Beispiel"}
    # nor does any commit or tree come from there
    names = "--batch-check=%(objectname) %(objecttype)"
    mine, theirs = (
        set(each.git("cat-file", "--batch-all-objects", names).splitlines()) for each in (secret.repository, public)
    )
    assert [name for name in mine & theirs if not name.endswith(" blob")] == []
    assert not leaks(root, re.compile(secret.repository.head().encode()))
    assert cli("validate", at=root, status=None).status in (0, 2 if bare else 0)
