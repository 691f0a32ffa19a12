"""A register whose history was made by a script: edits, votes, moves, renames, merges, a revert, a reformat.

    history = scripted(tmp_path / "clone")
    history.commits["vote"]        # the commit that the step made
    history.repository.open()

Each step of `STEPS` is one commit, so that a test can say what is expected of every one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from .repositories import COUNCIL, Repository, empty, motion

A = "motions/V/2200/2292-HHA.toml"
A_LATER = "motions/V/2200/2293-HHA.toml"
"""Where the first motion lies since the step `rename`."""
B = "motions/V/3100/3185-HHA.toml"
C = "motions/new/m0000000c.toml"
C_LATER = "motions/V/4000/4001-HHA.toml"
"""Where the third motion lies since it has a number."""
D = "motions/V/4000/4002-HHA.toml"
COUNCIL_PATH = "motions/council.toml"

ERIKA = ("Erika Beispiel", "erika@example.org")
JÜRGEN = ("Jürgen Müller", "mueller@example.org")
AYŞE = ("Ayşe Yılmaz", "ayse@example.net")

_BUDGET = '\n[budget]\n\n[[budget.amounts]]\nid = "a1"\nside = "expense"\nyear = 2024\nchange = {cents}\n'
_STEP = '\n[[consultations]]\nid = "{id}"\norganization = "{body}"\ndate = {date}\nrole = "preparation"\n'


class Step(NamedTuple):
    """One commit: its name here, who made it, the day of December 2023 it was made on, and its message."""

    name: str
    person: tuple[str, str]
    day: int
    subject: str
    do: Callable[[History], None]
    reason: str = ""
    more: str = ""


@dataclass
class History:
    """The register, and the commits of the steps by their names. `merged` are the second parents of the next commit."""

    repository: Repository
    commits: dict[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        return self.repository.read(path)

    def write(self, path: str, text: str) -> None:
        self.repository.write(path, text)

    def change(self, path: str, old: str, new: str) -> None:
        """Put `new` where `old` stands once."""
        text = self.text(path)
        assert text.count(old) == 1, (path, old, text.count(old))
        self.write(path, text.replace(old, new))

    def move(self, old: str, new: str) -> None:
        self.write(new, self.text(old))
        (self.repository.root / old).unlink()

    def git(self, *arguments: str) -> str:
        return self.repository.git(*arguments)


def _begin(h: History) -> None:
    h.write(COUNCIL_PATH, COUNCIL.replace('language = "de"', 'language = "de"\ntime_zone = "Europe/Berlin"'))


def _first(h: History) -> None:
    h.write(A, motion("2292 (V) HHA", id="m0000000a", title="Konferenz zur Armutsbekämpfung"))


def _second(h: History) -> None:
    h.write(B, motion("3185 (V) HHA", id="m0000000b", title="Radweg am Kanal", more=_BUDGET.format(cents=2_000_000)))


def _new(h: History) -> None:
    text = motion("-", id="m0000000c", title="Schulsozialarbeit stärken")
    h.write(C, text.replace('reference = "-"\n', ""))


def _steps_before(h: History) -> None:
    for path in (A, B):
        text = h.text(path)
        start = text.index("\n[[consultations]]")
        steps = _STEP.format(id="c8", body="Schulausschuss", date="2023-12-05")
        steps += _STEP.format(id="c9", body="Regionsausschuss", date="2023-12-12")
        h.write(path, text[:start] + steps + text[start:])


def _outcome(h: History) -> None:
    step = 'id = "c8"\norganization = "Schulausschuss"\n'
    h.change(A, step, step + 'outcome = "as_proposed"\n')


def _vote(yes: int, no: int) -> str:
    return f'\n[[consultations.votes]]\nid = "v1"\nresult = "accepted"\nyes = {yes}\nno = {no}\n'


def _swap(h: History) -> None:
    one = _STEP.format(id="c8", body="Schulausschuss", date="2023-12-05")
    other = _STEP.format(id="c9", body="Regionsausschuss", date="2023-12-12")
    h.change(B, one + other, other + one)


def _late_vote(h: History) -> None:
    end = "\n[budget]"
    h.change(B, end, _vote(44, 30) + end)


def _rename(h: History) -> None:
    h.move(A, A_LATER)
    h.change(A_LATER, "2292 (V) HHA", "2293 (V) HHA")


def _number(h: History) -> None:
    h.move(C, C_LATER)
    h.change(C_LATER, 'id = "m0000000c"\n', 'id = "m0000000c"\nreference = "4001 (V) HHA"\n')


def _branch(h: History) -> None:
    h.git("checkout", "-q", "-b", "side")
    h.change(B, "Radweg am Kanal", "Radweg am Mittellandkanal")


def _on_main(h: History) -> None:
    h.git("checkout", "-q", "main")
    h.change(B, "Radweg am Kanal", "Radweg entlang des Kanals")


def _merge_ours(h: History) -> None:
    h.git("merge", "-q", "-s", "ours", "--no-commit", "side")


def _branch_field(h: History) -> None:
    h.git("checkout", "-q", "-b", "field")
    h.change(A_LATER, "Konferenz zur Armutsbekämpfung", "Armutskonferenz")


def _branch_other(h: History) -> None:
    h.change(A_LATER, "Sie berichtet danach.", "Sie berichtet im Ausschuss.")


def _main_field(h: History) -> None:
    h.git("checkout", "-q", "main")
    h.change(A_LATER, "Konferenz zur Armutsbekämpfung", "Konferenz gegen Armut")


def _merge_fields(h: History) -> None:
    h.git("merge", "-q", "-s", "ours", "--no-commit", "field")
    h.change(A_LATER, "Sie berichtet danach.", "Sie berichtet im Ausschuss.")


def _broken(h: History) -> None:
    h.write(D, motion("4002 (V) HHA", id="m0000000d").replace('title = "', "title = "))


def _mended(h: History) -> None:
    h.write(D, motion("4002 (V) HHA", id="m0000000d"))


def _reformat(h: History) -> None:
    h.change(B, 'paper_type = "Haushaltsantrag"', "paper_type   =   'Haushaltsantrag' # wie gedruckt")


def _revert(h: History) -> None:
    h.change(A_LATER, "Konferenz gegen Armut", "Konferenz zur Armutsbekämpfung")


STEPS = (
    Step("begin", ERIKA, 1, "Register anlegen", _begin),
    Step("first", ERIKA, 1, "2292 angelegt", _first),
    Step("second", JÜRGEN, 1, "3185 angelegt", _second, reason="Wunsch der Fraktion"),
    Step("new", AYŞE, 1, "Schulsozialarbeit angelegt", _new),
    Step("steps", ERIKA, 2, "Beratungsfolge ergänzt", _steps_before),
    Step("proposal", JÜRGEN, 2, "Beschlussvorschlag geändert",
         lambda h: h.change(A, "führt eine Konferenz durch", "bereitet eine Konferenz vor"),
         reason="Beschluss der Fraktion"),
    Step("swap", ERIKA, 3, "Reihenfolge geändert", _swap),
    Step("outcome", AYŞE, 5, "Ergebnis des Schulausschusses", _outcome),
    Step("amount", JÜRGEN, 6, "Betrag geändert", lambda h: h.change(B, "change = 2000000", "change = 2500000")),
    Step("rename", ERIKA, 7, "2292 heißt 2293", _rename, more="Renamed-From: " + A),
    Step("number", AYŞE, 8, "Nummer 4001 vergeben", _number),
    Step("session", AYŞE, 19, "Abstimmung der Regionsversammlung",
         lambda h: h.write(A_LATER, h.text(A_LATER) + _vote(45, 30)), more="Session: 2023-12-19"),
    Step("correction", AYŞE, 20, "Abstimmung berichtigt",
         lambda h: h.change(A_LATER, "yes = 45", "yes = 46"), reason="Tippfehler"),
    Step("late", JÜRGEN, 27, "Abstimmung nachgetragen", _late_vote),
    Step("council", ERIKA, 27, "Sitze geändert", lambda h: h.change(COUNCIL_PATH, "seats = 85", "seats = 84")),
    Step("branch", JÜRGEN, 27, "Titel auf dem Zweig", _branch),
    Step("main", ERIKA, 27, "Titel auf main", _on_main),
    Step("ours", ERIKA, 28, "Zusammenführung, main behalten", _merge_ours),
    Step("branch_title", JÜRGEN, 28, "Titel kürzer", _branch_field),
    Step("branch_text", JÜRGEN, 28, "Bericht im Ausschuss", _branch_other),
    Step("main_title", ERIKA, 28, "Titel deutlicher", _main_field),
    Step("fields", ERIKA, 28, "Zusammenführung nach Feldern", _merge_fields),
    Step("broken", AYŞE, 28, "4002 mit Fehler", _broken),
    Step("mended", AYŞE, 28, "4002 berichtigt", _mended),
    Step("empty", ERIKA, 29, "Nichts geändert", lambda h: None),
    Step("deleted", ERIKA, 29, "4002 gelöscht", lambda h: (h.repository.root / D).unlink()),
    Step("again", ERIKA, 29, "4002 wieder da", _mended),
    Step("reformat", ERIKA, 30, "Schreibweise", _reformat),
    Step("revert", AYŞE, 30, "Titel zurück", _revert),
    Step("readme", ERIKA, 30, "README", lambda h: h.write("README.md", "Register\n")),
)  # fmt: skip


def scripted(folder: Path) -> History:
    """The register with all its steps, checked out at `main`."""
    history = History(empty(folder))
    for number, step in enumerate(STEPS):
        step.do(history)
        trailers = [f"Reason: {step.reason}"] if step.reason else []
        trailers += [step.more] if step.more else []
        message = step.subject + ("\n\n" + "\n".join(trailers) if trailers else "") + "\n"
        when = f"2023-12-{step.day:02}T{8 + number % 12:02}:{number:02}:00 +0100"
        name, email = step.person
        history.git("add", "--all")
        history.repository.git(
            "commit", "-q", "--allow-empty", "-m", message,
            env={
                "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email,
                "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when,
            },
        )  # fmt: skip
        history.commits[step.name] = history.repository.head()
    return history
