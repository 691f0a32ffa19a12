"""How long an import from OParl takes: a new register, and again when nothing has changed.

The papers are those of a real city under new ids and references where they lie beside the project, else small ones.
Beside it what nobody can do without: the same JSON read, the same files written, added and committed by git.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.measuring import Figure, program, run

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.toml.writer import write
from support import karlsruhe
from support.oparl import server

_OWN = re.compile(r"(bodies/0001/)(papers|meetings|consultations|agendaitems|files)/")
_NUMBER = re.compile(r"(\d{4})/\d{4}")


def measure(folder: Path, papers: int) -> list[Figure]:
    """In `folder`, with so many papers."""
    source, root, plain = folder / "oparl", folder / "register", folder / "plain"
    make(source, papers)
    begin(root)
    command = [*program(), "-C", str(root), "import", "oparl", str(source), "--yes"]
    ours = _seconds(lambda: run(*command, status=(0, 1)))
    again = _seconds(lambda: run(*command, status=(0, 1)))
    files = {
        path: (root / path).read_bytes()
        for path in run("git", "ls-files", "-z", "motions", folder=root).stdout.decode().split("\0")
        if path
    }
    begin(plain)
    theirs = _seconds(lambda: _by_hand(source, plain, files))
    name = f"{papers:,} papers"
    beside = "json, files, git add, git commit"
    return [
        Figure(f"import of {name} into a new register, one commit", ours, "s", beside, theirs, must="60"),
        Figure(f"the same again, nothing changed, {name}", again, "s", beside, theirs),
    ]


def make(folder: Path, papers: int) -> None:
    """Write so many papers, and what hangs on them, as list pages into `folder`."""
    folder.mkdir(parents=True)
    for number, page in enumerate(_pages(papers)):
        text = json.dumps({"data": page, "links": {}}, ensure_ascii=False)
        (folder / f"{number:04}.json").write_text(text, encoding="utf-8")


def begin(root: Path) -> None:
    """A register without motions, committed."""
    (root / "motions").mkdir(parents=True)
    settings = {"format": 1, "name": "Stadt", "public": True, "reference": karlsruhe.PATTERN}
    (root / "motions/council.toml").write_text(write(settings, COUNCIL), encoding="utf-8")
    run("git", "init", "--quiet", "--initial-branch=main", folder=root)
    run("git", "add", ".", folder=root)
    run("git", "commit", "--quiet", "-m", "Begin", folder=root)


def _pages(papers: int) -> Iterator[list[Any]]:
    objects = karlsruhe.objects() if karlsruhe.DATA.is_dir() else list(server().values())
    kinds = {kind: [one for one in objects if one["type"].endswith(kind)] for kind in ("Paper", "Meeting")}
    yield [one for one in objects if not one["type"].endswith(("Paper", "Meeting"))]
    counters: Counter[str] = Counter()

    def number(match: re.Match[str]) -> str:
        counters[match[1]] += 1
        return f"{match[1]}/{counters[match[1]]:04}"

    done = copy = 0
    while done < papers:
        found = [_copy(one, copy) for one in kinds["Paper"]][: papers - done]
        for one in found:
            if "reference" in one:
                one["reference"] = _NUMBER.sub(number, one["reference"], count=1)
        yield found
        yield [_copy(one, copy) for one in kinds["Meeting"]]
        done, copy = done + len(found), copy + 1


def _copy(value: dict[str, Any], number: int) -> dict[str, Any]:
    """An object under ids of its own."""
    text = json.dumps(value, ensure_ascii=False)
    made: dict[str, Any] = json.loads(_OWN.sub(rf"\1\2/c{number}/", text))
    if made == value and number:
        made["id"] += f"/c{number}"
    return made


def _by_hand(source: Path, root: Path, files: dict[str, bytes]) -> None:
    for page in sorted(source.iterdir()):
        json.loads(page.read_bytes())
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    subprocess.run(["git", "add", "motions"], cwd=root, check=True)
    subprocess.run(["git", "commit", "--quiet", "-m", "Import"], cwd=root, check=True)


def _seconds(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start
