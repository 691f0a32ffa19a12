"""The history from the keys to what git holds, on a register whose every commit is known."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from antragsbuch.screens.history.screen import HistoryScreen
from antragsbuch.state import Goto
from antragsbuch.store.register import open_register
from antragsbuch.store.timeline import Timeline
from antragsbuch.widgets.row_list import RowList
from support.flows import Flow, program
from support.repositories import Repository, use_environment
from support.scripted_history import A_LATER, B, History, scripted

SUBJECTS = {
    "revert": "Titel zurück",
    "fields": "Zusammenführung nach Feldern",
    "main_title": "Titel deutlicher",
    "branch_text": "Bericht im Ausschuss",
    "branch_title": "Titel kürzer",
    "correction": "Abstimmung berichtigt",
    "session": "Abstimmung der Regionsversammlung",
    "rename": "2292 heißt 2293",
    "outcome": "Ergebnis des Schulausschusses",
    "proposal": "Beschlussvorschlag geändert",
    "steps": "Beratungsfolge ergänzt",
    "first": "2292 angelegt",
}
"""Every version of the first motion, the newest first, and the subject of its commit."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The scripted register, made once and indexed; not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        use_environment(tmp_path_factory.mktemp("home"), patch.setenv, lambda name: patch.delenv(name, raising=False))
        made = scripted(tmp_path_factory.mktemp("history") / "clone")
        with open_register(made.repository.root) as register, Timeline(register) as timeline:
            timeline.deepen()
        return made


@pytest.fixture
def history(isolated: Path, made: History, tmp_path: Path) -> History:
    """A copy that may be written to."""
    shutil.copytree(made.repository.root, tmp_path / "clone")
    return History(Repository(tmp_path / "clone"), made.commits)


async def to_history(flow: Flow) -> HistoryScreen:
    """To the history of the first motion."""
    await flow.see("2293 (V) HHA")
    await flow.do("history")
    await flow.see("12 versions", "Titel zurück")
    await flow.rest()
    screen = flow.frame
    assert isinstance(screen, HistoryScreen)
    return screen


def below(flow: Flow, part: str) -> str:
    """The last line with `part`: below the list of the versions."""
    return [line for line in flow.lines() if part in line][-1]


def title(history: History) -> str:
    found = re.search(r'title = "(.*)"', history.text(A_LATER))
    assert found
    return found[1]


async def test_every_version_is_reached_and_says_what_git_knows(history: History) -> None:
    async with program(history.repository.root) as flow:
        await to_history(flow)
        for number, (name, subject) in enumerate(SUBJECTS.items()):
            if number:
                await flow.press("j")
            await flow.see(history.commits[name][:10], subject)
        await flow.see("created")
        # what a merge left behind is said by a glyph and by a word
        await flow.press(*"k" * 7)
        await flow.see("Lost: the merge " + history.commits["fields"][:10])
        assert "! 2023-12-28 14:18" in flow.line("lost:")


async def test_every_version_is_compared_with_the_newest(history: History) -> None:
    async with program(history.repository.root) as flow:
        await to_history(flow)
        await flow.do("mark")
        await flow.see("space on another version")
        times = [line[6:22] for line in flow.lines()[1:9]]
        for time in times[1:]:
            await flow.press("j", "space")
            await flow.see(f"{time}  compared with  2023-12-30 12:28")
            await flow.press("space")
        await flow.press("escape")
        await flow.miss("compared with")


async def test_a_comparison_side_by_side_goes_from_change_to_change(history: History) -> None:
    async with program(history.repository.root, size=(120, 40)) as flow:
        await to_history(flow)
        await flow.press("space", "G", "space")
        await flow.see("2023-12-01 09:01  compared with  2023-12-30 12:28", "preparation")
        line = below(flow, "Verwaltung [-führt-]")
        assert "│" in line and "{+bereitet+}" in line.split("│")[1]
        await flow.do("next")
        assert below(flow, "[-2292-]").startswith(">")
        await flow.do("next")
        assert below(flow, "[-führt-]").startswith(">")
        await flow.do("previous")
        assert below(flow, "[-2292-]").startswith(">")
        await flow.do("view")
        await flow.see("Verwaltung [-führt-]{+bereitet+}")
        await flow.do("fold")
        await flow.see("   Title: Konferenz zur Armutsbekämpfung")


async def test_what_is_not_committed_stands_first_and_is_compared(history: History) -> None:
    history.change(A_LATER, "Konferenz zur Armutsbekämpfung", "Runder Tisch gegen Armut")
    async with program(history.repository.root) as flow:
        await flow.see("2293 (V) HHA")
        await flow.do("history")
        await flow.see("12 versions", "Not committed: the work tree")
        await flow.rest()
        assert flow.lines()[1].startswith(">   * not committed")
        await flow.see("{+Runder Tisch gegen Armut+}")
        await flow.do("bring-back")
        await flow.see("it has not been committed yet")
        await flow.press("space", "j", "j", "j", "space")
        await flow.see("compared with  not committed", "[-Konferenz")


async def test_who_wrote_what_leads_to_the_version(history: History) -> None:
    async with program(history.repository.root) as flow:
        await to_history(flow)
        await flow.do("blame")
        await flow.see("Who wrote what", "Sie berichtet im Ausschuss.")
        assert "2023-12-28 Jürgen Mü…" in flow.line("Sie berichtet im Ausschuss.")
        while "Verwaltung bereitet" not in next(line for line in reversed(flow.lines()) if line.startswith(">")):
            await flow.press("j")
        await flow.see("Reason: Beschluss der Fraktion")
        await flow.do("open")
        await flow.see("[-führt-]")
        assert flow.line("2023-12-02 13:05").startswith(">")


async def test_a_version_is_brought_back_whole_and_committed(history: History) -> None:
    before = history.text(A_LATER)
    async with program(history.repository.root) as flow:
        screen = await to_history(flow)
        await flow.press("j", "j", "R")
        await flow.see(
            "Bring this version back?", "· Title “Konferenz zur Armutsbekämpfung” -> “Konferenz gegen Armut”"
        )
        # what is about to change stays, also when the cursor comes to rest only now
        screen.entries.post_message(RowList.Rested(screen.entries, 2))
        await flow.rest()
        await flow.see("Bringing back the version of", "· Title")
        await flow.press("R")
        await flow.rest()
        assert history.text(A_LATER) == before
        await flow.press("y")
        await flow.see("* not committed", "holds it again")
        assert title(history) == "Konferenz gegen Armut"
        assert history.repository.head() == history.commits["readme"]
        await flow.rest()
        await flow.do("review")
        await flow.on("review")
        await flow.see("Konferenz gegen Armut")


async def test_one_field_is_brought_back_and_nothing_else(history: History) -> None:
    before = history.text(A_LATER)
    async with program(history.repository.root) as flow:
        await to_history(flow)
        await flow.press("G", "k", "R")
        await flow.see("Bring this version back?")
        await flow.press("f")
        await flow.on("choose")
        await flow.type("propos")
        await flow.press("enter")
        await flow.on("history")
        await flow.see("holds it again")
    after = history.text(A_LATER)
    assert "Die Verwaltung führt eine Konferenz durch." in after and "yes = 46" in after
    changed = set(after.splitlines()) ^ set(before.splitlines())
    assert all("Verwaltung" in line or "berichtet" in line for line in changed)


async def test_a_commit_is_taken_back_by_a_new_one(history: History) -> None:
    async with program(history.repository.root) as flow:
        await to_history(flow)
        await flow.press("j", "j", "j")
        await flow.do("undo")
        await flow.see("Take back", "A new commit would change:")
        await flow.press("escape")
        await flow.see("Bericht im Ausschuss")
        assert history.repository.head() == history.commits["readme"]
        await flow.do("undo")
        await flow.press("w", *"Versehen", "enter")
        await flow.see("Committed", "13 versions")
    said = history.git("log", "-1", "--format=%B")
    assert "Reason: Versehen" in said and f"Undoes: {history.commits['branch_text']}" in said
    assert "Sie berichtet danach." in history.text(A_LATER)


async def test_what_was_changed_again_is_not_taken_back(history: History) -> None:
    async with program(history.repository.root) as flow:
        await to_history(flow)
        await flow.press(*"jj")
        await flow.do("undo")
        await flow.see("Nothing of", "is left to take back")
        await flow.press(*"jjjj")
        await flow.see("Abstimmung der Regionsversammlung")
        await flow.do("undo")
        await flow.see("Not taken back; changed again since: consultations")
    assert history.repository.head() == history.commits["readme"]


async def test_the_filter_leaves_some_versions(history: History) -> None:
    async with program(history.repository.root) as flow:
        await to_history(flow)
        await flow.press("/", *"kind:vote", "enter")
        await flow.see("2 of 12", "Abstimmung berichtigt")
        await flow.press("/", *" kind:unsinn", "enter")
        await flow.see("? kind")
        await flow.press("escape")
        await flow.see("12 versions")


async def test_a_version_leads_to_the_register_of_its_day(history: History) -> None:
    async with program(history.repository.root) as flow:
        await to_history(flow)
        await flow.press("G", "k")
        await flow.see("Beratungsfolge ergänzt")
        await flow.do("as-of")
        await flow.see("As of 2023-12-02", "2292 (V) HHA", "═══")
        assert flow.line("2292 (V) HHA").startswith(">")
        await flow.do("open")
        await flow.on("editor")
        await flow.see("As of 2023-12-02")
        await flow.press("enter", "X")
        await flow.see("the past can't be changed")
        await flow.press("escape", "h")
        await flow.see("As of 2023-12-02", "2 versions")
        await flow.press("escape", "q")
        await flow.on("history")
        assert flow.line("2023-12-02 12:04").startswith(">")


async def test_the_history_of_the_register_reads_what_is_seen(history: History) -> None:
    async with program(history.repository.root) as flow:
        await flow.see("2293 (V) HHA")
        await flow.do("register-history")
        await flow.see("28 entries", "Titel zurück")
        await flow.press("G")
        await flow.see("council.toml", "Register anlegen")
        await flow.press("k", "enter")
        await flow.on("history")
        # it was renamed since then
        await flow.see("2293 (V) HHA  History", "2292 angelegt")
        assert flow.line("2023-12-01 09:01").startswith(">")
        await flow.press("escape", "/", *"field:amount", "enter")
        await flow.see("1 of 28", "Betrag geändert")
        await flow.press("escape")
        await flow.see("28 entries")


async def test_what_came_since_somebody_looked_is_marked(history: History) -> None:
    async with program(history.repository.root) as flow:
        await flow.see("2293 (V) HHA")
        await flow.do("register-history")
        await flow.see("28 entries")
        await flow.do("since-looked")
        await flow.see("nothing came since you last looked")
        await flow.press("escape")
        await flow.on("register")
    history.change(B, "Radweg entlang des Kanals", "Radweg am Kanal")
    history.git("commit", "-qam", "Kürzer")
    async with program(history.repository.root) as flow:
        # the list of last time is there before the register is open
        await flow.until(lambda: flow.app.session, "the register open")
        await flow.do("register-history")
        await flow.see("+ new since", "29 entries")
        assert flow.lines()[1].startswith(">  +")
        assert not flow.lines()[2].strip().startswith("+")
        await flow.do("since-looked")
        await flow.see("1 of 29", "Kürzer")
        await flow.press("escape")
        await flow.see("29 entries")


async def test_what_was_asked_for_earlier_never_replaces_what_is_asked_for_now(history: History) -> None:
    async with program(history.repository.root) as flow:
        screen = await to_history(flow)
        await flow.press(*"jjjjjjj", *"kkk")
        await flow.rest()
        await flow.see(history.commits["branch_title"][:10])
        assert screen.shown == (screen.current,)


async def test_german_and_what_a_disabled_command_says(history: History) -> None:
    async with program(history.repository.root, language="de") as flow:
        await flow.see("2293 (V) HHA")
        flow.app.open(Goto("register-history"))
        await flow.see("28 Einträge", "30.12.2023", "nur die Form der Datei")
        await flow.press("L")
        await flow.see("Neues: seit dem letzten Blick kam nichts dazu")
