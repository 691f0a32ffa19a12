"""The list of motions, from the keys to the files: on real repositories."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from antragsbuch.session import open_session
from support.flows import program
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, empty, large, motion, register

KONFERENZ = "Durchführung einer Konferenz"
PLAN = "Integrationsplan aktualisieren"


@pytest.fixture
def two(isolated: Path, tmp_path: Path) -> Repository:
    """A register with two motions."""
    return register(tmp_path / "two", {PATH: motion(), OTHER_PATH: motion("3185 (V) HHA", title=PLAN, yes=45)})


async def test_the_list_says_what_there_is(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see("2292 (V) HHA", "3185 (V) HHA", "2 motions")
        assert "Region Beispiel" in flow.lines()[0] and "main" in flow.lines()[0]
        assert flow.line("2292 (V) HHA").startswith(">")
        await flow.see("Die Verwaltung führt eine Konferenz durch.")


async def test_the_cursor_moves_by_letters_and_arrows_and_the_preview_follows(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see(PLAN)
        await flow.press("j")
        await flow.see("45:3:–")
        assert flow.line("3185 (V) HHA").startswith(">")
        await flow.press("up")
        await flow.miss("45:3:–")


async def test_german_by_the_language_of_the_person(two: Repository) -> None:
    async with program(two.root, language="de") as flow:
        await flow.see("Drucksache", "16.11.2023", "2 Anträge", "öffnen")


async def test_the_filter_narrows_the_list_while_typing(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see(PLAN)
        await flow.do("filter")
        await flow.type("integ")
        await flow.see("1 of 2")
        assert not any("2292" in line for line in flow.lines()[2:5])
        await flow.press("escape")
        await flow.see("1 of 2")
        await flow.press("escape")
        await flow.see("2 motions")


async def test_a_word_that_the_filter_does_not_understand_is_named(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see(PLAN)
        await flow.do("filter")
        await flow.type("state:blau")
        await flow.see("? state")
        assert "blau" in flow.message


async def test_the_cursor_stays_with_its_motion_when_the_filter_goes(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see(PLAN)
        await flow.press("/", *"integ", "enter")
        await flow.see("1 of 2")
        await flow.press("escape")
        await flow.see("2 motions")
        assert flow.line("3185 (V) HHA").startswith(">")


async def test_nothing_fits_the_filter(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see(PLAN)
        await flow.press("/", *"zzz")
        await flow.see("No motion fits the filter.", "0 of 2")


async def test_deleting_asks_for_another_key_and_undo_brings_it_back(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.do("delete")
        await flow.see("Delete 2292 (V) HHA?")
        await flow.press("D")
        await flow.see("Delete 2292 (V) HHA?")
        assert clone.changed() == ""
        await flow.press("y")
        await flow.see("1 motion deleted")
        await flow.see(" - ")
        assert clone.changed() == f" D {PATH}"
        await flow.do("undo")
        await flow.see("1 motion is back.")
        assert clone.changed() == ""


async def test_escape_keeps_what_was_to_be_deleted(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("D", "escape")
        await flow.miss("Delete 2292")
        await flow.rest()
        assert clone.changed() == ""


async def test_marked_motions_are_deleted_together(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see(PLAN)
        await flow.press("space", "space")
        await flow.see("2 marked")
        assert flow.line("2292 (V) HHA").startswith((" =", ">="))
        await flow.do("delete")
        await flow.see("Delete 2 marked motions?")
        await flow.press("y")
        await flow.see("2 motions deleted")
        assert two.changed().splitlines() == [f" D {PATH}", f" D {OTHER_PATH}"]
        await flow.do("undo")
        await flow.see("2 motions are back.")
        assert two.changed() == ""


async def test_a_disabled_command_says_why(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.do("undo")
        await flow.see("undo: nothing to undo")


async def test_what_another_program_changes_is_seen_on_coming_back(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.rest()
        clone.write(PATH, motion(title="Ein anderer Titel"))
        await flow.press("?")
        await flow.on("help")
        await flow.press("q")
        await flow.see("Ein anderer Titel", "1 changed")
        assert "~" in flow.line("2292 (V) HHA")


async def test_views_of_the_preview(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.do("view")
        await flow.see("Beratungsfolge")
        await flow.do("view")
        await flow.see('reference = "2292 (V) HHA"')
        await flow.do("view")
        await flow.miss('reference = "2292 (V) HHA"')


async def test_a_pane_takes_the_whole_room_and_gives_it_back(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("Die Verwaltung führt")
        await flow.do("wide")
        await flow.miss("Die Verwaltung führt")
        await flow.do("wide")
        await flow.see("Die Verwaltung führt")
        assert not any("1 motion" in line for line in flow.lines())
        await flow.do("wide")
        await flow.see("Die Verwaltung führt", "1 motion")


async def test_side_by_side_where_there_is_room(two: Repository) -> None:
    async with program(two.root, size=(140, 30)) as flow:
        await flow.see(PLAN, "Die Verwaltung führt")
        assert "│" in flow.line("3185 (V) HHA")
        await flow.pilot.resize_terminal(80, 24)
        await flow.until(lambda: "│" not in flow.line("3185 (V) HHA"))


async def test_copying_says_what_and_where_to(clone: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.do("copy")
        await flow.see("2292 (V) HHA", "sent to the clipboard of your terminal")
        assert flow.app.copied == f"2292 (V) HHA  {KONFERENZ}"


async def test_many_motions_are_read_and_can_be_moved_in(isolated: Path, tmp_path: Path) -> None:
    async with program(large(tmp_path / "large", 300).root) as flow:
        await flow.see("300 motions")
        await flow.press("G")
        await flow.see("300 (V) HHA")
        await flow.press("g")
        await flow.see("1 (V) HHA")


async def test_no_register_is_said_in_words(isolated: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    async with program(folder) as flow:
        await flow.until(lambda: flow.app.state.trouble)
        await flow.see(str(folder)[:40])
        await flow.do("add")
        await flow.see("new: no register is open")


async def test_an_empty_register_says_how_to_begin(isolated: Path, tmp_path: Path) -> None:
    async with program(register(tmp_path / "empty", {}).root) as flow:
        await flow.see("No motion yet. a begins the first one.")


async def test_a_broken_council_is_said_in_words(isolated: Path, tmp_path: Path) -> None:
    repository = register(tmp_path / "broken", council=COUNCIL + "\n[[terms\n")
    async with program(repository.root) as flow:
        await flow.see("motions/council.toml can't be read")


async def test_a_repository_without_a_register(isolated: Path, tmp_path: Path) -> None:
    async with program(empty(tmp_path / "plain").root) as flow:
        await flow.see("antrag init")
        assert "is no register" in flow.app.state.trouble


async def test_a_motion_that_can_not_be_read_is_listed_with_its_reason(isolated: Path, tmp_path: Path) -> None:
    repository = register(tmp_path / "clone", {PATH: 'id = "a"\nreference = \n'})
    async with program(repository.root) as flow:
        await flow.see("2292-HHA.toml", "can't be read", "Line 2")
        assert "!" in flow.line("can't be read")


async def test_configuration_mistakes_are_reported_at_the_start(clone: Repository) -> None:
    from antragsbuch.config import of

    async with program(clone.root, config=of({"keys": {"review": "h"}})) as flow:
        await flow.see("keys: h stands for")


async def test_other_keys_from_the_configuration(clone: Repository) -> None:
    from antragsbuch.config import of

    async with program(clone.root, config=of({"keys": {"help": "f5", "delete": ["ctrl+x"]}})) as flow:
        await flow.see(KONFERENZ, "f5 help")
        await flow.press("ctrl+x")
        await flow.see("Delete 2292")


async def test_a_file_that_is_no_text_can_be_deleted_and_comes_back(clone: Repository) -> None:
    clone.write(OTHER_PATH, b'title = "\xff"')
    async with program(clone.root) as flow:
        await flow.see("can't be read")
        await flow.press("G", "D", "y")
        await flow.see("1 motion deleted")
        assert not (clone.root / OTHER_PATH).exists()
        await flow.do("undo")
        await flow.see("1 motion is back.")
        assert (clone.root / OTHER_PATH).read_bytes() == b'title = "\xff"'


async def test_a_new_motion_begins_with_its_title(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.do("add")
        await flow.see("Title of the new motion:")
        await flow.press("enter")
        await flow.see("A motion needs a title.")
        await flow.type("Mehr Bäume")
        await flow.press("enter")
        await flow.on("editor")
        (path,) = (clone.root / "motions/new").iterdir()
        assert 'title = "Mehr Bäume"' in path.read_text()
        await flow.press("escape")
        await flow.on("register")
        await flow.see("Mehr Bäume", "2 motions", "1 changed")
        assert flow.line("Mehr Bäume").startswith("> +")


async def test_escape_begins_no_motion(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("a", "x", "escape")
        await flow.miss("Title of the new motion:")
        await flow.rest()
        assert clone.changed() == "" and flow.app.focused is flow.frame.query_one("#motions")


async def test_a_duplicate_has_the_text_but_not_the_number(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see(PLAN)
        await flow.press("j")
        await flow.do("duplicate")
        await flow.on("editor")
        (path,) = (two.root / "motions/new").iterdir()
        text = path.read_text()
        assert f'title = "{PLAN}"' in text and "Die Verwaltung" in text
        assert "3185" not in text and "votes" not in text and "2023" not in text


async def test_the_register_as_it_was_on_a_date(clone: Repository) -> None:
    clone.write(PATH, motion(title="Zweiter Titel"))
    clone.git("commit", "-qam", "Change", env={"GIT_COMMITTER_DATE": "2024-05-01T12:00:00+0200"})
    async with program(clone.root) as flow:
        await flow.see("Zweiter Titel")
        await flow.do("as-of")
        await flow.press(*"nonsense", "enter")
        await flow.see("Not a date")
        await flow.press("ctrl+u", *"16.11.2023", "enter")
        await flow.see("As of 2023-11-16", KONFERENZ, "═══")
        await flow.miss("Zweiter Titel")
        await flow.rest()
        for command in ("add", "delete"):
            await flow.do(command)
            await flow.see("the past can't be changed")
        await flow.do("open")
        await flow.on("editor")
        await flow.see("As of 2023-11-16", KONFERENZ)
        await flow.do("history")
        await flow.see("As of 2023-11-16", "1 version", "═══")
        await flow.press("escape", "escape")
        await flow.on("register")
        await flow.press("/", *"konf")
        await flow.see("1 of 1")
        await flow.press("escape", "escape", "escape")
        await flow.see("Zweiter Titel")
        await flow.miss("As of")
        await flow.miss("═══")


async def test_before_the_first_day_there_is_no_register(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("t", *"01.01.2000", "enter")
        await flow.see("There was no register yet on that day.")
        await flow.see(KONFERENZ)


async def test_the_list_of_last_time_is_there_before_the_register_is_open(
    two: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with program(two.root) as flow:
        await flow.see("2 motions")
        await flow.rest()
    go_on = threading.Event()

    def opened_late(start: Path | None) -> object:
        go_on.wait(10)
        return open_session(start)

    monkeypatch.setattr("antragsbuch.screens.register.screen.open_session", opened_late)
    two.write(PATH, motion(title="Inzwischen geändert"))
    async with program(two.root) as flow:
        await flow.see(KONFERENZ, PLAN)
        await flow.do("add")
        await flow.see("new: the register is still being opened")
        go_on.set()
        await flow.see("Inzwischen geändert", "1 changed")


async def test_a_register_that_is_gone_is_not_shown_from_memory(two: Repository) -> None:
    async with program(two.root) as flow:
        await flow.see("2 motions")
        await flow.rest()
    (two.root / "motions/council.toml").unlink()
    async with program(two.root) as flow:
        await flow.until(lambda: "antrag init" in flow.app.state.trouble)
        await flow.see(str(two.root)[:30])
        await flow.miss(KONFERENZ)
        await flow.miss("2 motions")
