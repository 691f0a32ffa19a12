"""`antrag log` on a scripted history: every change in a sentence, in both languages, and as git itself tells it.

What is expected was written by hand, step by step. An empty list is a commit that is not told: it changed no file of
the register, or it is a merge that wrote nothing of its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from antragsbuch.cli.init import drivers
from support.commands import Cli, script
from support.repositories import use_environment
from support.scripted_history import STEPS, History, scripted

FORM_EN, FORM_DE = "only the form of the file, not what it says", "nur die Form der Datei, nicht ihr Inhalt"

EN: dict[str, list[str]] = {
    "begin": ["created: “Region Beispiel”"],
    "first": ["created: “Konferenz zur Armutsbekämpfung”"],
    "second": ["created: “Radweg am Kanal”"],
    "new": ["created: “Schulsozialarbeit stärken”"],
    "steps": [
        "Step added: Schulausschuss, 2023-12-05, preparation",
        "Step added: Regionsausschuss, 2023-12-12, preparation",
    ]
    * 2,
    "proposal": [
        "Proposed resolution, sentence 1: Verwaltung [-führt-] {+bereitet+} eine Konferenz [-durch-] {+vor+}."
    ],
    "swap": ["Step moved before Schulausschuss, 2023-12-05: Regionsausschuss, 2023-12-12"],
    "outcome": ["Schulausschuss, 2023-12-05: outcome recorded: as proposed"],
    "amount": ["Budget, amount expense, 2024: EUR 20,000.00 -> EUR 25,000.00"],
    "rename": ["Reference “2292 (V) HHA” -> “2293 (V) HHA”"],
    "number": ["Reference added: “4001 (V) HHA”"],
    "session": ["Regionsversammlung, 2023-12-19: vote recorded, 45 yes, 30 no, accepted"],
    "correction": ["Regionsversammlung, 2023-12-19: vote corrected 45:30:- -> 46:30:-"],
    "late": ["Regionsversammlung, 2023-12-19: vote recorded, 44 yes, 30 no, accepted"],
    "council": ["Body Regionsversammlung, seats V: seats 85 -> 84"],
    "branch": ["Title “Radweg am Kanal” -> “Radweg am Mittellandkanal”"],
    "main": ["Title “Radweg am Kanal” -> “Radweg entlang des Kanals”"],
    "ours": [],
    "branch_title": ["Title “Konferenz zur Armutsbekämpfung” -> Armutskonferenz"],
    "branch_text": ["Proposed resolution, sentence 2: berichtet [-danach-] {+im Ausschuss+}."],
    "main_title": ["Title “Konferenz zur Armutsbekämpfung” -> “Konferenz gegen Armut”"],
    "fields": ["(a merge that wrote nothing of its own here)"],
    "broken": ["unreadable then (line 4)"],
    "mended": ["unreadable before (line 4)"],
    "empty": [],
    "deleted": ["deleted: “Durchführung einer Konferenz”"],
    "again": ["created: “Durchführung einer Konferenz”"],
    "reformat": [FORM_EN],
    "revert": ["Title “Konferenz gegen Armut” -> “Konferenz zur Armutsbekämpfung”"],
    "readme": [],
}

DE: dict[str, list[str]] = {
    "begin": ["angelegt: „Region Beispiel“"],
    "first": ["angelegt: „Konferenz zur Armutsbekämpfung“"],
    "second": ["angelegt: „Radweg am Kanal“"],
    "new": ["angelegt: „Schulsozialarbeit stärken“"],
    "steps": [
        "Beratungsschritt hinzugefügt: Schulausschuss, 05.12.2023, Vorbereitung",
        "Beratungsschritt hinzugefügt: Regionsausschuss, 12.12.2023, Vorbereitung",
    ]
    * 2,
    "proposal": ["Beschlussvorschlag, Satz 1: Verwaltung [-führt-] {+bereitet+} eine Konferenz [-durch-] {+vor+}."],
    "swap": ["Beratungsschritt vor Schulausschuss, 05.12.2023 verschoben: Regionsausschuss, 12.12.2023"],
    "outcome": ["Schulausschuss, 05.12.2023: Ergebnis eingetragen: laut Vorschlag"],
    "amount": ["Haushalt, Betrag Aufwand, 2024: 20.000 EUR -> 25.000 EUR"],
    "rename": ["Drucksachennummer „2292 (V) HHA“ -> „2293 (V) HHA“"],
    "number": ["Drucksachennummer eingetragen: „4001 (V) HHA“"],
    "session": ["Regionsversammlung, 19.12.2023: Abstimmung eingetragen, 45 Ja, 30 Nein, angenommen"],
    "correction": ["Regionsversammlung, 19.12.2023: Abstimmung berichtigt 45:30:- -> 46:30:-"],
    "late": ["Regionsversammlung, 19.12.2023: Abstimmung eingetragen, 44 Ja, 30 Nein, angenommen"],
    "council": ["Gremium Regionsversammlung, Sitze V: Sitze 85 -> 84"],
    "branch": ["Titel „Radweg am Kanal“ -> „Radweg am Mittellandkanal“"],
    "main": ["Titel „Radweg am Kanal“ -> „Radweg entlang des Kanals“"],
    "ours": [],
    "branch_title": ["Titel „Konferenz zur Armutsbekämpfung“ -> Armutskonferenz"],
    "branch_text": ["Beschlussvorschlag, Satz 2: berichtet [-danach-] {+im Ausschuss+}."],
    "main_title": ["Titel „Konferenz zur Armutsbekämpfung“ -> „Konferenz gegen Armut“"],
    "fields": ["(eine Zusammenführung, die hier nichts Eigenes schrieb)"],
    "broken": ["damals unlesbar (Zeile 4)"],
    "mended": ["vorher unlesbar (Zeile 4)"],
    "empty": [],
    "deleted": ["gelöscht: „Durchführung einer Konferenz“"],
    "again": ["angelegt: „Durchführung einer Konferenz“"],
    "reformat": [FORM_DE],
    "revert": ["Titel „Konferenz gegen Armut“ -> „Konferenz zur Armutsbekämpfung“"],
    "readme": [],
}
LOST = {"branch": "ours", "branch_title": "fields"}
"""The edits that a merge left behind, and the merge that did."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The scripted register, made once, with git's drivers set up; not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        use_environment(tmp_path_factory.mktemp("home"), patch.setenv, lambda name: patch.delenv(name, raising=False))
        history = scripted(tmp_path_factory.mktemp("scripted") / "clone")
        for key, value in drivers().items():
            history.repository.git("config", "--local", key, value)
        attributes = history.repository.root / ".git/info/attributes"
        attributes.parent.mkdir(exist_ok=True)
        attributes.write_text("motions/**/*.toml diff=antragsbuch\n")
        return history


def told(out: str, made: History) -> dict[str, list[str]]:
    """The lines below the names of the files, by the step of their commit; what is not told has none."""
    names = {commit[:10]: name for name, commit in made.commits.items()}
    found: dict[str, list[str]] = {name: [] for name in made.commits}
    step = ""
    for line in out.splitlines():
        if not line.startswith(" "):
            step = names[line.partition(" ")[0]]
        elif line.startswith("        "):
            found[step].append(line.strip())
    return found


@pytest.mark.parametrize(("language", "expected"), [("en", EN), ("de", DE)])
def test_every_change_has_its_sentence(made: History, cli: Cli, language: str, expected: dict[str, list[str]]) -> None:
    found = told(cli("--lang", language, "log", "-n", "99", at=made.repository.root).out, made)
    lost = {name: [line for line in lines if line.startswith(("(left", "(bei"))]
            for name, lines in found.items()}  # fmt: skip
    assert {name: [line for line in lines if line not in lost[name]] for name, lines in found.items()} == expected
    assert {name for name, lines in lost.items() if lines} == set(LOST)
    for name, merge in LOST.items():
        assert made.commits[merge][:10] in lost[name][0]
    assert len(STEPS) == 30 and set(expected) == {step.name for step in STEPS}


def said(out: str) -> tuple[Counter[str], Counter[str]]:
    """The lines that a difference of git's or of ours takes out and puts in, what it only moves left aside."""
    lines = [(line[0], line[1:].strip()) for line in out.splitlines() if line[:1] in "+-<>" and line[1:].strip()]
    removed = Counter(text for sign, text in lines if sign in "-<" and not text.startswith("--"))
    added = Counter(text for sign, text in lines if sign in "+>" and not text.startswith("++"))
    return removed - added, added - removed


@pytest.mark.parametrize(
    "step", ["steps", "proposal", "swap", "amount", "rename", "session", "council", "fields", "deleted", "reformat"]
)
def test_git_and_the_program_say_the_same_of_the_same_commit(made: History, cli: Cli, step: str) -> None:
    commit, repository = made.commits[step], made.repository
    ours = cli("diff", "--whole", f"{commit}~1..{commit}", at=repository.root).out
    rows = "\n".join(line.removeprefix("    ") for line in ours.splitlines() if line.startswith("    "))
    by_git = repository.git("log", "-p", "-1", "--format=", "-M20%", "--first-parent", "-m", commit)
    shown = re.sub(r"(?m)^(---|\+\+\+) .*\n?", "", by_git)
    assert said(rows) == said(shown)
    # what only moved is taken out and put in by git, and so marked by us
    assert step == "reformat" or any(said(rows)) or ("\n< " in rows and "\n> " in rows and "\n-" in shown)
    if step == "proposal":
        assert repository.git("show", "--format=", commit) == by_git
    assert (step == "reformat") == (not re.search(r"(?m)^[+-]", shown))


def test_git_diff_of_the_work_tree_says_the_same(made: History, cli: Cli, tmp_path: Path) -> None:
    clone = made.repository.clone(tmp_path / "clone")
    cli("init", at=clone.root)
    path = "motions/V/3100/3185-HHA.toml"
    clone.write(path, clone.read(path).replace("25", "27").replace("Sie berichtet", "Die Verwaltung berichtet"))
    ours = "\n".join(line[4:] for line in cli("diff", "3185", at=clone.root).out.splitlines())
    theirs = re.sub(r"(?m)^(---|\+\+\+).*\n?", "", clone.git("diff", "--", path))
    assert said(ours) == said(theirs) and sum(said(ours)[0].values()) == 2


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (["2293"], {"first", "steps", "proposal", "outcome", "rename", "session", "correction", "branch_title",
                    "branch_text", "main_title", "fields", "revert"}),
        (["2293", "kind:vote"], {"session", "correction"}),
        (["2293", "--kind", "vote", "--person", "Ayşe Yılmaz"], {"session", "correction"}),
        (["late:vote"], {"late", "correction"}),
        (["--late", "--person", "Müller"], {"late"}),
        (["field:amount"], {"amount"}),
        (["--field", "titel", "--date", "28.12.2023"], {"branch_title", "main_title"}),
        (["--body", "Schulausschuss", "--kind", "outcome"], {"outcome"}),
        (["--since", "30.12.2023"], {"reformat", "revert"}),
        (["--since", "5.12.2023", "--until", "2023-12-06"], {"outcome", "amount"}),
        (["--words", "Tippfehler"], {"correction"}),
        (["--words", "berichtigt 4002"], {"mended"}),
        (["is:lost"], set(LOST)),
        (["4002"], {"broken", "mended", "deleted", "again"}),
        (["--kind", "moved", "-n", "1"], {"swap"}),
    ],
)  # fmt: skip
def test_filters(made: History, cli: Cli, words: list[str], steps: set[str]) -> None:
    names = {commit: name for name, commit in made.commits.items()}
    rows = cli("log", *words, "--json", at=made.repository.root).json
    assert {names[row["commit"]] for row in rows} == steps


def test_a_filter_that_is_not_understood(made: History, cli: Cli) -> None:
    assert "kind" in cli("log", "knd:vote", at=made.repository.root, status=2).err
    assert "vote" in cli("log", "--kind", "vite", at=made.repository.root, status=2).err
    assert "no date" in cli("log", "--since", "nonsense", at=made.repository.root, status=2).err
    assert "There is no motion 77." in cli("log", "77", at=made.repository.root, status=2).err


def test_json_tells_what_is_particular(made: History) -> None:
    rows = json.loads(script("log", "-n", "99", "--json", at=made.repository.root).out)
    by_step = {name: [row for row in rows if row["commit"] == commit] for name, commit in made.commits.items()}
    assert by_step["rename"][0]["old_path"] == "motions/V/2200/2292-HHA.toml"
    assert by_step["branch"][0]["lost_in"] == made.commits["ours"] and by_step["main"][0]["lost_in"] is None
    assert by_step["fields"][0]["merge"] is True
    assert by_step["correction"][0]["trailers"] == [["Reason", "Tippfehler"]]
    assert {row["signature"] for row in rows} == {"none"}
