"""History: building the timeline, one motion, the register as of a day, a filter; beside what plain git takes."""

from __future__ import annotations

import datetime as dt
import os
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

from benchmarks.measuring import Figure, run

from antragsbuch.store.blaming import blamed
from antragsbuch.store.history_query import parse
from antragsbuch.store.register import open_register
from antragsbuch.store.timeline import Timeline
from support import german_text
from support.generated import Register

_PEOPLE = ("Erika Beispiel", "Jürgen Groß", "Ayşe Yılmaz", "Max Mustermann", "Sørine Østergaard")
_BEGAN = 1_136_073_600
"""The first of January 2006."""
_PAUSE = 5_400
"""Seconds between two commits: a hundred thousand of them are seventeen years."""
_ALONGSIDE = 0.02
"""How many of the commits are made beside another and merged; one in ten of these merges loses the edit."""


_Argument = TypeVar("_Argument")
_QUERIES = ("kind:vote", "field:amount", "late:vote", "person:groß date:2010..2012", "moor", "motion:112")


def measure(folder: Path, motions: int, commits: int) -> list[Figure]:
    """The figures of a register with so many motions and commits, which is made in `folder`."""
    make(folder, motions, commits)
    size = f"{commits:,} commits, {motions:,} motions"
    # right before it, so that both meet the same machine
    raw = _seconds(lambda: run("git", "log", "--raw", "--no-renames", "--format=%H", folder=folder))
    with open_register(folder) as register:
        with Timeline(register) as timeline:
            building = _seconds(timeline.refresh)
            deepening = _seconds(timeline.deepen)
            again = statistics.median(_seconds(timeline.refresh) for _round in range(9))
            files = [entry.path for entry in timeline.entries(start=commits // 10, end=commits // 10 + 40)]
            one = _median(timeline.of_motion, files)
            days = [dt.date(2006, 1, 1) + dt.timedelta(seconds=_PAUSE * commits * part // 10) for part in range(1, 10)]
            at = _median(timeline.at, days)
            tip = register.objects.head() or ""
            ours = _median(lambda path: blamed(register, timeline.of_motion(path), tip, path), files[:8])
            filters = [(text, _seconds(partial(timeline.count, parse(text)))) for text in _QUERIES]
        graph = _seconds(lambda: run("git", "commit-graph", "write", "--reachable", folder=folder))
    few = files[:8]
    log = ("git", "log", "--full-history", "--format=%H", "--")
    plain = _median(lambda path: run(*log, path, folder=folder), few)
    blame = _median(lambda path: run("git", "blame", "--porcelain", "HEAD", "--", path, folder=folder), few)
    bloom = _seconds(lambda: run("git", "commit-graph", "write", "--reachable", "--changed-paths", folder=folder))
    with_bloom = _median(lambda path: run(*log, path, folder=folder), few)
    must = "20" if commits >= 100_000 else ""
    return [
        Figure(f"commits and paths of {size}", building, "s", "git log --raw of all", raw, must),
        Figure(f"what changed in words, {size}", deepening, "s"),
        Figure(f"nothing new, {size}", again * 1000, "ms"),
        Figure(f"history of one motion, {size}", one * 1000, "ms", "git log -- path", plain * 1000, "5"),
        Figure("the same", one * 1000, "ms", "git log -- path, Bloom filters", with_bloom * 1000),
        Figure(
            f"blame of every sentence, vote cell and value of one motion, {size}",
            ours * 1000,
            "ms",
            "git blame path",
            blame * 1000,
        ),
        Figure("commit-graph without and with Bloom filters, written", graph, "s", "with", bloom),
        Figure(f"commit as of a day, {size}", at * 1000, "ms"),
        *(Figure(f"filter {text}, {size}", seconds * 1000, "ms") for text, seconds in filters),
    ]


def _seconds(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def _median(way: Callable[[_Argument], object], arguments: Sequence[_Argument]) -> float:
    way(arguments[0])
    return statistics.median(_seconds(partial(way, argument)) for argument in arguments)


def make(folder: Path, motions: int, commits: int) -> None:
    """A register whose history has `commits` commits: motions come in by tens, are edited, voted on and merged."""
    folder.mkdir(parents=True)
    run("git", "init", "--quiet", "--initial-branch=main", folder=folder)
    command = ["git", "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdin is not None
        process.stdin.writelines(_stream(motions, commits))
        process.stdin.write(b"done\n")
        process.stdin.close()
        if process.wait() != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
    run("git", "reset", "--quiet", "--hard", "main", folder=folder)


def _stream(motions: int, commits: int) -> Iterator[bytes]:
    register, random = Register(motions), Random("history")
    texts = [register.motion(0)]
    yield _commit(1, "main", "Begin the register", [("motions/council.toml", register.council), *texts])
    mark, sides = 2, 0
    while mark <= commits:
        if len(texts) < motions and mark % 5 == 0:
            new = [register.motion(len(texts) + number) for number in range(min(50, motions - len(texts)))]
            texts += new
            yield _commit(mark, "main", f"{len(new)} Anträge übernommen", new, mark - 1)
        elif mark + 2 <= commits and random.random() < _ALONGSIDE:
            sides += 1
            one = random.randrange(len(texts))
            # one in ten edits the same motion on both sides, and the merge keeps what is on main
            other = one if sides % 10 == 0 else random.randrange(len(texts))
            (path, text), (other_path, other_text) = texts[one], texts[other]
            edited, message = _edited(text, random)
            yield _commit(mark, "side", message, [(path, edited)], mark - 1)
            texts[one] = path, edited
            texts[other] = other_path, _edited(other_text, random)[0]
            yield _commit(mark + 1, "main", "Sachverhalt ergänzt", [texts[other]], mark - 1)
            yield _commit(mark + 2, "main", "Zusammengeführt", [texts[one]], mark + 1, mark)
            mark += 2
        else:
            number = random.randrange(len(texts))
            path, text = texts[number]
            edited, message = _edited(text, random)
            texts[number] = path, edited
            yield _commit(mark, "main", message, [texts[number]], mark - 1)
        mark += 1


def _edited(text: str, random: Random) -> tuple[str, str]:
    """The text of a motion with one change, and the message of its commit."""
    what = random.randrange(4)
    if what == 0 and (found := re.search(r"\nyes = (\d+)\n", text)):
        return text[: found.start(1)] + str(random.randint(20, 60)) + text[found.end(1) :], "Abstimmung berichtigt"
    if what == 1 and (found := re.search(r"\nchange = (\d+)\n", text)):
        return text[: found.start(1)] + str(random.randint(1, 9_999) * 1_000) + text[found.end(1) :], "Betrag geändert"
    if what == 2:
        return re.sub(r"\ntitle = .*", f'\ntitle = "{german_text.title(random)}"', text, count=1), "Titel geändert"
    start = text.index('"""', text.index('\nfacts = """') + 13)
    return f"{text[:start]}{german_text.sentence(random)}\n{text[start:]}", "Sachverhalt ergänzt"


def _commit(
    mark: int, branch: str, message: str, files: Sequence[tuple[str, str]], start: int = 0, also: int = 0
) -> bytes:
    number = mark % len(_PEOPLE)
    who = f"{_PEOPLE[number]} <person{number}@example.org> {_BEGAN + _PAUSE * mark} +0100"
    about = f"{message}\n\nReason: Wunsch der Fraktion {mark % 7}\n".encode()
    lines = [f"commit refs/heads/{branch}\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata {len(about)}\n".encode()]
    lines.append(about + b"\n")
    lines += [f"from :{start}\n".encode()] if start else []
    lines += [f"merge :{also}\n".encode()] if also else []
    for path, text in files:
        data = text.encode()
        lines.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return b"".join(lines)
