"""Registers of any size, always the same for the same number: what tests and benchmarks run on.

Motions of four electoral terms in the layout of a real register: steps, outcomes, votes and amounts as a council
records them, most of them without a finding, one in fifty with a mistake that a rule reports.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import NamedTuple

from antragsbuch_schema.reference import Scheme, draft_path

from . import german_text

TODAY = dt.date(2025, 7, 1)
"""The day on which such a register is looked at: what comes later has no outcome yet."""
COMMITTED = 1_751_360_400
"""When its first commit was made, on that day, in seconds since 1970."""
PERSON = "Erika Beispiel <erika@example.org>"

_TERMS = (
    ("II", dt.date(2006, 11, 1)),
    ("III", dt.date(2011, 11, 1)),
    ("IV", dt.date(2016, 11, 1)),
    ("V", dt.date(2021, 11, 1)),
    ("VI", dt.date(2026, 11, 1)),
)
_ASSEMBLY, _MAIN = "Regionsversammlung", "Regionsausschuss"
_FINANCE = "Ausschuss für Organisation, Personal, Finanzen und Digitalisierung"
_COMMITTEES = (
    "Ausschuss für Soziales, Wohnungswesen und Teilhabe",
    "Ausschuss für Gleichstellung, Integration und Diversität",
    "Ausschuss für Umwelt, Klimaschutz, Planung und Bauen",
    "Verkehrsausschuss",
    "Schulausschuss",
    "Jugendhilfeausschuss",
    "Ausschuss für Wirtschaft, Beschäftigung und Tourismus",
    "Ausschuss für Feuerschutz, Rettungswesen und allgemeine Ordnungsangelegenheiten",
)
_FACTIONS = (
    ("SPD", 24),
    ("CDU", 22),
    ("Bündnis 90/DIE GRÜNEN", 18),
    ("FDP", 6),
    ("DIE LINKE", 5),
    ("Volt", 3),
)
_TYPES = (
    ("Haushaltsantrag", "HHA", True),
    ("Antrag", "AT", True),
    ("Antwort auf Anfrage", "AaA", False),
    ("Änderungsantrag", "ÄA", True),
)
_SUB_BUDGETS = (("33", "Zuwanderung und Migration"), ("50", "Soziales"), ("52", "Teilhabe"), ("80", "Schulen"))


@dataclass(frozen=True)
class Register:
    """A register of `count` motions; another `seed` gives other ones."""

    count: int
    seed: int = 0

    @cached_property
    def council(self) -> str:
        """The text of `council.toml`."""
        return _council()

    @cached_property
    def _scheme(self) -> Scheme:
        return Scheme.of(tomllib.loads(self.council))

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and text of every file, the council's first."""
        yield "motions/council.toml", self.council
        for number in range(self.count):
            yield self.motion(number)

    def motion(self, number: int, version: int = 0) -> tuple[str, str]:
        """Path and text of the motion at a position, from 0; a later version has more sentences about the facts."""
        begin = self._head(number)
        # numbers are given in the order of the days; the last term is not over
        days = 3.5 * 365 if begin.term == "V" else 4.8 * 365
        submitted = begin.start + dt.timedelta(days=int(10 + days * (begin.counter - 1) / self._in_term))
        amends = ""
        if begin.code == "ÄA" and begin.counter > 1:
            amends = self._head(number - begin.random.randint(1, begin.counter - 1)).reference
        text = _Motion(begin.random, begin.identity, begin.reference, begin.kind, submitted, version, amends).text()
        return self._scheme.path(begin.reference) if begin.reference else draft_path(begin.identity), text

    @property
    def _in_term(self) -> int:
        return max(1, -(-self.count // 4))

    def _head(self, number: int) -> _Head:
        random = Random(f"{self.seed} {number}")
        term, start = _TERMS[number // self._in_term]
        counter = number % self._in_term + 1
        kind, code, _decided = random.choices(_TYPES, (50, 35, 10, 5))[0]
        reference = "" if random.random() < 0.003 else f"{counter} ({term}) {code}"
        return _Head(random, _identity(f"{self.seed} {number}"), term, start, counter, kind, code, reference)

    def write(self, folder: Path) -> None:
        """Write all files below `folder`, without git."""
        for path, text in self.files():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def repository(self, folder: Path, commits: int = 0, *, checkout: bool = True) -> None:
        """A git repository with all files in one commit, and then `commits` more that change one motion each."""
        folder.mkdir(parents=True, exist_ok=True)
        _git(folder, "init", "--quiet", "--initial-branch=main")
        for name, value in (("user.name", "Erika Beispiel"), ("user.email", "erika@example.org"), ("gc.auto", "0")):
            _git(folder, "config", name, value)
        _fast_import(folder, self._stream(commits))
        if checkout:
            _git(folder, "reset", "--quiet", "--hard", "main")

    def _stream(self, commits: int) -> Iterator[bytes]:
        yield _commit(COMMITTED, "Begin the register")
        for path, text in self.files():
            yield _file(path, text)
        random = Random(f"{self.seed} commits")
        versions: dict[int, int] = {}
        for commit in range(commits):
            number = random.randrange(self.count)
            versions[number] = versions.get(number, 0) + 1
            path, text = self.motion(number, versions[number])
            identity = text[6:14]
            yield _commit(COMMITTED + 60 * (commit + 1), f"Sachverhalt ergänzt\n\nMotion: {identity}\nFields: facts\n")
            yield _file(path, text)


class _Head(NamedTuple):
    """What is fixed first of a motion; `random` goes on from there."""

    random: Random
    identity: str
    term: str
    start: dt.date
    counter: int
    kind: str
    code: str
    reference: str


@dataclass(frozen=True)
class _Motion:
    """One motion on its way through the bodies."""

    random: Random
    identity: str
    reference: str
    kind: str
    submitted: dt.date
    version: int
    amends: str

    def text(self) -> str:
        """The file in canonical form."""
        random = self.random
        movers = random.sample([name for name, _seats in _FACTIONS], random.choice((1, 1, 2)))
        mistake = random.randrange(4) if random.random() < 0.02 else -1
        if mistake == 0:
            movers = ["SPDE"]
        lines = [f'id = "{self.identity}"']
        if self.reference:
            lines.append(f'reference = "{self.reference}"')
        lines += [
            f'paper_type = "{self.kind}"',
            f'title = "{german_text.title(random)}"',
            "public = true",
            "originators = [",
            *[f'    "{mover}",' for mover in movers],
            "]",
            f"submitted = {self.submitted}",
            f"date = {self.submitted + dt.timedelta(days=1)}",
        ]
        if self.amends:
            lines.append(f'amends = "{self.amends}"')
        facts = german_text.facts(random)
        for version in range(1, self.version + 1):
            facts += german_text.sentence(Random(f"{self.identity} {version}")) + "\n"
        lines += [f'proposal = """\n{german_text.proposal(random)}"""', f'facts = """\n{facts}"""', "attachments = []"]
        if self.kind == "Haushaltsantrag":
            lines += self._budget()
        steps = self._steps(mistake)
        lines += steps
        if self.kind == "Antwort auf Anfrage":
            lines += ["", "[answer]", f'text = """\n{german_text.sentence(random)}\n"""']
        return "\n".join(lines) + "\n"

    def _budget(self) -> list[str]:
        random = self.random
        number, name = random.choice(_SUB_BUDGETS)
        year = self.submitted.year + 1
        return [
            "", "[budget]", f'plan = "{year}"', f'product_pages_from = "{random.randint(50, 400)}"',
            *([f'cover = """\nDie Mittel stehen im Budget {number} bereit.\n"""'] if random.random() < 0.98 else []),
            "", "[[budget.references]]", 'id = "b1"', f'page = "S. {random.randint(50, 600)}"',
            f'sub_budget = "{number}"', f'name = "{name}"',
            "", "[[budget.amounts]]", 'id = "a1"', 'side = "expense"', f"year = {year}",
            f"change = {random.randint(1, 400) * 50_000}",
        ]  # fmt: skip

    def _steps(self, mistake: int) -> list[str]:
        random = self.random
        if self.kind == "Antwort auf Anfrage":
            return _step(
                "c1", _ASSEMBLY, _weekday(self.submitted + dt.timedelta(days=20)), "noting", 'outcome = "noted"'
            )
        days = [_weekday(self.submitted + dt.timedelta(days=14 + 8 * position)) for position in range(4)]
        over = days[-1] < TODAY
        outcome = random.choices(
            ("as_proposed", "amended", "rejected", "deferred", "partly", "withdrawn"), (60, 15, 18, 3, 2, 2)
        )[0]
        lines: list[str] = []
        bodies = (random.choice(_COMMITTEES), _FINANCE, _MAIN)
        for position, body in enumerate(bodies):
            lead = "lead = true" if position == 1 or (mistake == 1 and position == 0) else ""
            advised = over and outcome != "withdrawn" and position < 2 and random.random() < 0.01
            advice = 'outcome = "as_proposed"' if advised else ""
            lines += _step(f"c{position + 1}", body, days[position], "preparation", lead, advice)
        if not over:
            return lines + _step("c4", _ASSEMBLY, days[3], "decision")
        if outcome == "withdrawn":
            return [
                *lines, *_step("c4", _ASSEMBLY, days[3], "decision"),
                "", "[withdrawal]", f"date = {days[0]}",
            ]  # fmt: skip
        more = [f'outcome = "{outcome}"']
        if outcome == "deferred":
            more.append(f"deferred_to = {_weekday(days[3] + dt.timedelta(days=42))}")
        if outcome in ("amended", "partly"):
            more.append(f'resolution_text = """\n{german_text.sentence(random)}\n"""')
        lines += _step("c4", _ASSEMBLY, days[3], "decision", *more)
        if outcome != "deferred":
            lines += self._vote(accepted=outcome != "rejected", mistaken=mistake == 2)
        return lines

    def _vote(self, *, accepted: bool, mistaken: bool) -> list[str]:
        many, few, abstentions = self.random.randint(40, 55), self.random.randint(0, 25), self.random.randint(0, 5)
        yes, no = (many, few) if accepted != mistaken else (few, many)
        result = "accepted" if accepted else "rejected"
        return [
            "", "[[consultations.votes]]", 'id = "v1"', f'result = "{result}"',
            f"yes = {yes}", f"no = {no}", f"abstentions = {abstentions}",
        ]  # fmt: skip


def _step(identity: str, body: str, day: dt.date, role: str, *more: str) -> list[str]:
    return [
        "", "[[consultations]]", f'id = "{identity}"', f'organization = "{body}"', f"date = {day}",
        f'role = "{role}"', *(line for line in more if line),
    ]  # fmt: skip


def _weekday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _identity(seed: str) -> str:
    digits = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    digits, first = divmod(digits, 26)
    result = letters[first]
    for _position in range(7):
        digits, rest = divmod(digits, 36)
        result += letters[rest]
    return result


def _council() -> str:
    lines = [
        "format = 1", 'requires = "0.1"', 'name = "Region Beispiel"', "public = true", 'language = "de"',
        'time_zone = "Europe/Berlin"', "", "[reference]", 'pattern = "{counter} ({term}) {type}"',
        'path = "{term}/{hundred}/{counter}-{type}"', "", "[law]", 'profile = "nkomvg"',
    ]  # fmt: skip
    for number, (name, start) in enumerate(_TERMS, 1):
        end = start.replace(year=start.year + 5) - dt.timedelta(days=1)
        lines += ["", "[[terms]]", f'id = "t{number}"', f'name = "{name}"', f"start = {start}", f"end = {end}"]
    bodies = [(_ASSEMBLY, "assembly", 85), (_MAIN, "main_committee", 11)]
    bodies += [(name, "committee", 21) for name in (_FINANCE, *_COMMITTEES)]
    for number, (name, classification, seats) in enumerate(bodies, 1):
        lines += ["", "[[organizations]]", f'id = "o{number}"', f'name = "{name}"']
        lines.append(f'classification = "{classification}"')
        lines += _seats("organizations", seats)
    for number, (name, seats) in enumerate(_FACTIONS, 1):
        lines += ["", "[[factions]]", f'id = "f{number}"', f'name = "{name}"', *_seats("factions", seats)]
    for number, (name, code, decided) in enumerate(_TYPES, 1):
        lines += ["", "[[paper_types]]", f'id = "p{number}"', f'name = "{name}"', f'code = "{code}"']
        lines += [] if decided else ["decided = false"]
    for number, (digits, name) in enumerate(_SUB_BUDGETS, 1):
        lines += ["", "[[sub_budgets]]", f'id = "b{number}"', f'number = "{digits}"', f'name = "{name}"']
    return "\n".join(lines) + "\n"


def _seats(table: str, seats: int) -> list[str]:
    lines: list[str] = []
    for number, (term, _start) in enumerate(_TERMS, 1):
        lines += ["", f"[[{table}.seats]]", f'id = "s{number}"', f'term = "{term}"', f"seats = {seats}"]
    return lines


def _commit(when: int, message: str) -> bytes:
    who = f"{PERSON} {when} +0200"
    data = message.encode()
    return f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(data)}\n".encode() + data + b"\n"


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def _fast_import(folder: Path, stream: Iterator[bytes]) -> None:
    command = ["git", "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdin is not None
        process.stdin.writelines(stream)
        process.stdin.write(b"done\n")
        process.stdin.close()
        if process.wait() != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
