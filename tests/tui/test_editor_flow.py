"""The editor, from the keys to the files: on real repositories, with the real motions of the Region Hannover."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from antragsbuch.screens.editor.screen import EditorScreen
from antragsbuch.store.drafts import DraftJournal
from antragsbuch_schema.edits import Set
from support.flows import Flow, program
from support.repositories import Repository, register

PATH = "motions/V/3100/3185-HHA.toml"
REAL = Path(__file__).parents[2] / "motions"


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with the two real motions and their council."""
    names = ("V/2200/2292-HHA.toml", "V/3100/3185-HHA.toml", "council.toml")
    return register(tmp_path / "clone", {f"motions/{name}": (REAL / name).read_text() for name in names})


@asynccontextmanager
async def editor(
    clone: Repository, size: tuple[int, int] = (80, 24), section: str = "", path: str = PATH
) -> AsyncIterator[Flow]:
    """The editor of 3185, in one of its sections."""
    async with program(clone.root, size=size) as flow:
        await flow.see("2 motions")
        await open_editor(flow, path)
        if section:
            await flow.press("g", section)
        yield flow


async def open_editor(flow: Flow, path: str = PATH) -> None:
    from antragsbuch.state import Goto

    flow.app.open(Goto("editor", path=path))
    await flow.on("editor")
    await flow.until(lambda: screen(flow).opened is not None, "the motion is open")
    await flow.rest()


def screen(flow: Flow) -> EditorScreen:
    found = flow.app.screen
    assert isinstance(found, EditorScreen)
    return found


def diff(clone: Repository) -> list[str]:
    """The lines that the work tree changed, without headers."""
    lines = clone.git("diff", "-U0").splitlines()
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def on_disk(clone: Repository, path: str = PATH) -> dict[str, object]:
    return tomllib.loads((clone.root / path).read_text())


async def test_a_vote_is_recorded_with_few_keys_and_touches_only_its_lines(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("3185 (V) HHA")
        await flow.press("j")
        await flow.press("enter")
        await flow.on("editor")
        await flow.until(lambda: screen(flow).opened is not None, "open")
        await flow.press("g", "c", "j", "j", "j", "tab", "tab", "tab", "tab", "enter", "a", "s", "enter")
        await flow.press("tab", "4", "5", "tab", "3", "0", "tab", "3", "escape", "w")
        await flow.see("Saved in")
        before_digits = [key for key in flow.pressed if not key.isdigit()]
        assert len(before_digits) <= 24, "two more commit it: c and C"
        await flow.rest()
    assert diff(clone) == [
        '+outcome = "as_proposed"',
        "+",
        "+[[consultations.votes]]",
        '+id = "v1"',
        "+yes = 45",
        "+no = 30",
        "+abstentions = 3",
    ]


async def test_with_the_counts_the_other_way_round_the_finding_stands_at_the_row(clone: Repository) -> None:
    async with editor(clone, section="c") as flow:
        await flow.press("G", "right", "right", "right", "right", "enter", "a", "s", "enter")
        await flow.press("tab", "3", "0", "tab", "4", "5", "tab", "3", "enter")
        await flow.see("VO005", "1 error", "[Consultations!]")
        lines = flow.lines()
        row = next(number for number, line in enumerate(lines) if "Regionsversammlung" in line)
        assert "! VO005" in lines[row + 1]
        await flow.press("left", "left", "4", "6", "enter")
        await flow.miss("VO005")


async def test_a_word_of_the_facts_is_found_and_typed_over(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("/")
        await flow.type("bundesweit")
        await flow.press("enter", "enter")
        await flow.type("landesweit")
        await flow.press("escape", "w")
        await flow.see("Saved in")
    removed, added = diff(clone)
    assert removed.replace("bundesweit", "landesweit")[1:] == added[1:]
    assert "landesweit Vorbild" in added


async def test_undo_goes_back_across_fields_to_clean(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("j", "j", "enter")
        await flow.type(" und mehr")
        await flow.press("escape", "g", "c", "right", "1", "enter")
        await flow.see("not a date")
        await flow.type(".12.")
        await flow.press("enter")
        await flow.see("* not saved", "~ 2 fields")
        for _press in range(6):
            await flow.press("u")
        await flow.miss("* not saved")
        await flow.see("nothing to undo")
        for _press in range(6):
            await flow.press("ctrl+r")
        await flow.see("* not saved", "~ 2 fields")
        assert screen(flow).form.editing.data["title"].endswith("umsetzen und mehr")
        assert screen(flow).form.editing.data["consultations"][0]["date"] == dt.date(2024, 12, 1)
    assert diff(clone) == []


async def test_a_step_is_added_moved_and_removed_and_comes_back(clone: Repository) -> None:
    async with editor(clone, section="c") as flow:
        await flow.press("a")
        await flow.type("12.12.2024")
        await flow.press("tab", "enter")
        await flow.type("regionsa")
        await flow.press("down", "enter")
        await flow.see("Regionsausschuss")
        assert [step["organization"][:8] for step in screen(flow).form.editing.data["consultations"]] == [
            "Ausschus",
            "Regionsa",
            "Ausschus",
            "Regionsa",
            "Regionsv",
        ]
        new = screen(flow).form.editing.data["consultations"][1]
        assert new == {"id": "c5", "date": dt.date(2024, 12, 12), "organization": "Regionsausschuss"}
        await flow.press("J", "J")
        assert screen(flow).form.editing.data["consultations"][3] == new
        await flow.press("left", "left", "D")
        await flow.see("Remove this row")
        await flow.press("D")
        assert screen(flow).form.editing.data["consultations"][3] == new
        await flow.press("y")
        await flow.see("u brings it back")
        assert len(screen(flow).form.editing.data["consultations"]) == 4
        await flow.press("u")
        assert screen(flow).form.editing.data["consultations"][3] == new


async def test_every_kind_of_field_on_the_details_of_a_row(clone: Repository) -> None:
    async with editor(clone, section="c") as flow:
        await flow.press("enter")
        await flow.see("Consultations › Ausschuss für Gleichstellung")
        await flow.press("a")
        await flow.on("choose")
        await flow.type("time")
        await flow.press("enter")
        await flow.on("editor")
        await flow.type("18 Uhr")
        await flow.see("= 18:00")
        await flow.press("enter")
        step = screen(flow).form.editing.data["consultations"][0]
        assert step["time"] == dt.time(18, 0)
        await flow.press("a")
        await flow.on("choose")
        await flow.type("joint")
        await flow.press("enter")
        await flow.on("editor")
        await flow.type("Regionsausschuss")
        await flow.press("enter", "a")
        await flow.type("Regionsversammlung")
        await flow.press("enter")
        step = screen(flow).form.editing.data["consultations"][0]
        assert step["joint_with"] == ["Regionsausschuss", "Regionsversammlung"]
        await flow.press("K")
        step = screen(flow).form.editing.data["consultations"][0]
        assert step["joint_with"] == ["Regionsversammlung", "Regionsausschuss"]
        await flow.press("escape")
        await flow.see("[Consultations")


async def test_votes_by_faction_are_reached_through_the_details(clone: Repository) -> None:
    async with editor(clone, section="c") as flow:
        await flow.press("G", "enter")
        await flow.see("Regionsversammlung, 2024-12-17")
        while "Votes" not in flow.line(">"):
            await flow.press("j")
        await flow.press("a", "right", "right", "4", "5", "enter", "o")
        await flow.see("Consultations › Regionsversammlung, 2024-12-17 › Votes › v1")
        await flow.press("a")
        await flow.on("choose")
        await flow.type("votes by")
        await flow.press("enter")
        await flow.on("editor")
        await flow.press("enter")
        await flow.type("SPD")
        await flow.press("tab", "tab", "2", "0", "escape", "escape", "escape")
        await flow.see("[Consultations")
        vote = screen(flow).form.editing.data["consultations"][3]["votes"][0]
        assert vote == {"id": "v1", "yes": 45, "by_faction": [{"id": "f1", "name": "SPD", "yes": 20}]}


async def test_money_is_typed_the_german_way_and_shown_as_understood(clone: Repository) -> None:
    async with editor(clone, section="b") as flow:
        while "Amounts" not in flow.line(">"):
            await flow.press("j")
        await flow.press("a", "enter", "e", "enter", "tab")
        await flow.type("2025")
        await flow.press("tab", "tab")
        await flow.type("1,5 Mio.")
        await flow.see("= EUR 1,500,000.00")
        await flow.press("enter")
        amount = screen(flow).form.editing.data["budget"]["amounts"][0]
        assert amount == {"id": "a1", "side": "expense", "year": 2025, "change": 150_000_000}


async def test_what_can_not_be_understood_stays_until_it_is_left(clone: Repository) -> None:
    async with editor(clone, section="c") as flow:
        await flow.press("right", "enter")
        await flow.type("32.13.")
        await flow.press("enter")
        await flow.see("not a date", "32.13.")
        await flow.press("escape")
        await flow.see("2024-11-19")
        assert not screen(flow).dirty


async def test_leaving_asks_and_keeps_the_draft(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("j", "j", "enter")
        await flow.type(" X")
        await flow.press("escape", "escape")
        await flow.see("Not saved:")
        await flow.press("escape")
        await flow.on("editor")
        await flow.press("q")
        await flow.see("Not saved:")
        await flow.press("k")
        await flow.on("register")
        await open_editor(flow)
        await flow.see("Typed and not saved")
        await flow.press("l")
        await flow.see("umsetzen{+ X+}")
        await flow.press("escape")
        await flow.see("Typed and not saved")
        await flow.press("r")
        await flow.see("The draft is back", "umsetzen X")
        await flow.press("q", "w")
        await flow.on("register")
    assert diff(clone) == [
        '-title = "Haushaltsbegleitantrag - Integrationsplan aktualisieren und umsetzen"',
        '+title = "Haushaltsbegleitantrag - Integrationsplan aktualisieren und umsetzen X"',
    ]


async def test_a_discarded_draft_is_not_offered_again_and_can_be_brought_back(clone: Repository) -> None:
    drafts = DraftJournal(None, clone.root)
    with drafts.begin(PATH, (clone.root / PATH).read_bytes(), None) as draft:
        draft.append([Set(("title",), "Alt", "Vergessen")])
    async with editor(clone) as flow:
        await flow.see("Typed and not saved")
        await flow.press("X")
        await flow.see("put aside")
    assert drafts.unfinished() == []
    assert [one.path for one in drafts.discarded()] == [PATH]


async def test_what_others_saved_meanwhile_is_merged_by_field(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("j", "j", "enter")
        await flow.type(" X")
        await flow.press("escape")
        path = clone.root / PATH
        path.write_text(path.read_text().replace("date = 2024-11-14", "date = 2024-11-15"))
        await flow.press("w")
        await flow.see("Saved in")
    assert diff(clone) == [
        '-title = "Haushaltsbegleitantrag - Integrationsplan aktualisieren und umsetzen"',
        '+title = "Haushaltsbegleitantrag - Integrationsplan aktualisieren und umsetzen X"',
        "-date = 2024-11-14",
        "+date = 2024-11-15",
    ]


async def test_what_both_changed_is_chosen_one_field_at_a_time(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("j", "j", "enter", "ctrl+u")
        await flow.type("Meiner")
        await flow.press("escape")
        path = clone.root / PATH
        path.write_text(path.read_text().replace('title = "Haus', 'title = "Ihrer Haus'))
        await flow.press("w")
        await flow.on("conflict")
        await flow.see("{+Meiner+}", "{+Ihrer+} Haushaltsbegleitantrag", "field 1 of 1")
        await flow.press("w")
        await flow.see("Choose a version")
        await flow.press("j", "enter")
        await flow.see("Everything is chosen")
        await flow.press("w")
        await flow.on("editor")
        await flow.see("Everything is saved already")
    assert str(on_disk(clone)["title"]).startswith("Ihrer Haus")


async def test_a_file_that_others_removed_is_written_again_only_on_request(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("j", "j", "enter")
        await flow.type(" X")
        await flow.press("escape")
        (clone.root / PATH).unlink()
        await flow.press("w")
        await flow.see("Somebody removed")
        await flow.press("w")
        assert not (clone.root / PATH).exists()
        await flow.press("escape")
        await flow.press("w")
        await flow.see("Somebody removed")


async def test_another_reference_moves_the_file(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("enter", "ctrl+u")
        await flow.type("3186 (V) HHA")
        await flow.press("enter", "w")
        await flow.see("Saved as motions/V/3100/3186-HHA.toml")
        await flow.see("3186 (V) HHA")
    assert clone.changed().splitlines() == [f" D {PATH}", "?? motions/V/3100/3186-HHA.toml"]


async def test_comments_and_layout_of_other_fields_stay(clone: Repository) -> None:
    path = clone.root / PATH
    odd = "# by hand\n" + path.read_text().replace("date = 2024-11-14", "date    =   2024-11-14 # the paper")
    path.write_text(odd)
    clone.commit("odd")
    async with editor(clone) as flow:
        await flow.press("j", "j", "enter")
        await flow.type("!")
        await flow.press("escape", "w")
        await flow.see("Saved in")
    assert path.read_text() == odd.replace('umsetzen"', 'umsetzen!"')


async def test_a_broken_file_is_shown_and_nothing_is_written(clone: Repository) -> None:
    path = clone.root / PATH
    path.write_text(path.read_text().replace('title = "', "title = '"))
    before = path.read_bytes()
    async with editor(clone) as flow:
        await flow.see("E corrects it in your editor", "title = '")
        await flow.press("w")
        await flow.see("can't be read as TOML")
        await flow.press("escape")
        await flow.on("register")
    assert path.read_bytes() == before


async def test_views_show_the_paper_and_the_file(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("v")
        await flow.see("Sitzungs-", "19.11.2024 Vorbereitung")
        await flow.press("v")
        await flow.see('reference = "3185 (V) HHA"')
        await flow.press("v")
        await flow.see("[Head]")


async def test_all_sections_stand_below_each_other_where_there_is_room(clone: Repository) -> None:
    async with editor(clone, size=(120, 40)) as flow:
        await flow.see("─ Head", "─ Consultations", "─ Budget")
        await flow.press("g", "f")
        await flow.see("─ Facts", "[Facts]")
        await flow.pilot.resize_terminal(80, 24)
        await flow.until(lambda: screen(flow).form.look.section == "facts", "one section")
        await flow.see("[Facts]")


async def test_the_councils_file_is_edited_in_the_same_form(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.do("council")
        await flow.on("editor")
        await flow.see("[General]", "Region Hannover")
        await flow.press("]", "]")
        await flow.see("[Bodies]", "Regionsversammlung")
        await flow.press("right", "enter")
        await flow.type(" X")
        await flow.press("escape", "w")
        await flow.see("Saved in")
    assert [line for line in diff(clone) if line.startswith("+")] == ['+name = "Regionsversammlung X"']


async def test_text_from_the_clipboard_is_one_line_in_a_field_and_paragraphs_in_prose(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("j", "j", "enter", "ctrl+u")
        from textual import events

        flow.app.post_message(events.Paste("Erste Zeile\r\nzweite\tZeile\n"))
        await flow.see("Erste Zeile zweite Zeile")
        await flow.press("escape", "g", "f", "enter")
        flow.app.post_message(events.Paste("Neu.\r\n\r\n- eins\r\n- zwei\r\n\r\n"))
        await flow.see("- zwei")
        await flow.press("escape")
        facts = screen(flow).form.editing.data["facts"]
        assert facts.startswith("Neu.\n\n- eins\n- zwei\n\nDer Integrationsplan")


async def test_nothing_in_a_value_is_read_as_markup_or_reaches_the_terminal_raw(clone: Repository) -> None:
    path = clone.root / PATH
    path.write_text(path.read_text().replace("SPD", r"[/] [link=x] \u001b[31m \u202e \u200b"))
    async with editor(clone) as flow:
        await flow.see("[/] [link=x] ␛[31m <U+202E> <U+200B>")
        await flow.press("j", "j", "j", "j", "enter", "home", "right", "delete", "escape")
        assert screen(flow).form.editing.data["originators"][0] == "[] [link=x] \x1b[31m \u202e \u200b"


async def test_a_new_motion_gets_its_steps_from_a_template(clone: Repository) -> None:
    council = clone.root / "motions/council.toml"
    council.write_text(
        council.read_text()
        + '\n[[templates]]\nid = "m9"\nname = "Haushaltsfolge"\npaper_types = ["Haushaltsantrag"]\n'
        + '\n[[templates.steps]]\nid = "s1"\norganization = "Regionsausschuss"\nrole = "preparation"\n'
        + '\n[[templates.steps]]\nid = "s2"\norganization = "Regionsversammlung"\nrole = "decision"\n'
    )
    clone.commit("Template")
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.press("a")
        await flow.type("Ein neuer Antrag")
        await flow.press("enter")
        await flow.on("editor")
        await flow.see("no number", "Ein neuer Antrag", "+ new")
        await flow.press("g", "c", "T")
        await flow.on("choose")
        await flow.type("folge")
        await flow.press("enter")
        await flow.on("editor")
        await flow.see("Regionsausschuss", "Regionsversammlung", "2 steps added")
        await flow.press("g", "h", "g", "g", "enter")
        await flow.type("2999 (V) HHA")
        await flow.press("enter", "w")
        await flow.see("Saved as motions/V/2900/2999-HHA.toml")
    saved = on_disk(clone, "motions/V/2900/2999-HHA.toml")
    assert [step["id"] for step in saved["consultations"]] == ["c1", "c2"]  # type: ignore[attr-defined]
    assert saved["title"] == "Ein neuer Antrag"


async def test_a_vote_is_committed_with_at_most_25_keys_plus_the_digits(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.press("j", "enter")
        await flow.on("editor")
        await flow.until(lambda: screen(flow).opened is not None, "open")
        await flow.press("g", "c", "j", "j", "j", "tab", "tab", "tab", "tab", "enter", "a", "s", "enter")
        await flow.press("tab", "4", "5", "tab", "3", "0", "tab", "3", "escape", "c")
        await flow.on("review")
        await flow.rest()
        await flow.press("C")
        await flow.until(lambda: clone.changed() == "", "nothing is left to be committed")
        await flow.rest()
        assert len([key for key in flow.pressed if not key.isdigit()]) <= 25
    assert [line[0] for line in clone.git("show", "--format=", "-U0").splitlines() if line[:1] == "-"] == ["-"]
    assert "45" in clone.message()


async def test_a_word_is_corrected_and_committed_with_at_most_12_keys(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.press("j", "enter")
        await flow.on("editor")
        await flow.until(lambda: screen(flow).opened is not None, "open")
        await flow.press("/")
        await flow.type("bundesweit")
        await flow.press("enter", "enter")
        await flow.type("landesweit")
        await flow.press("escape", "c")
        await flow.on("review")
        await flow.rest()
        await flow.press("C")
        await flow.until(lambda: clone.changed() == "", "nothing is left to be committed")
        await flow.rest()
        assert len(flow.pressed) - len("bundesweit") - len("landesweit") <= 12
    assert "landesweit" in clone.git("show", "--format=", "-U0")


async def test_save_and_review_in_one_key(clone: Repository) -> None:
    async with editor(clone) as flow:
        await flow.press("j", "j", "enter")
        await flow.type(" X")
        await flow.press("escape", "c")
        await flow.on("review")
        await flow.see("3185 (V) HHA")
    assert len(diff(clone)) == 2


async def test_coming_back_shows_what_others_made_of_the_file(clone: Repository) -> None:
    async with editor(clone) as flow:
        path = clone.root / PATH
        path.write_text(path.read_text().replace('title = "Haus', 'title = "Neu: Haus'))
        await flow.press("?")
        await flow.on("help")
        await flow.press("escape")
        await flow.on("editor")
        await flow.see("Neu: Haus", "changed elsewhere")
        assert not screen(flow).dirty


async def test_a_read_only_register_can_be_looked_at(clone: Repository) -> None:
    council = clone.root / "motions/council.toml"
    council.write_text(council.read_text().replace("format = 1", "format = 99"))
    clone.commit("From the future")
    before = (clone.root / PATH).read_bytes()
    async with editor(clone, section="c") as flow:
        await flow.press("enter")
        await flow.see("Consultations › ")
        await flow.press("enter")
        await flow.see("format 99")
        await flow.press("escape", "right", "4")
        await flow.see("[Consultations]", "[2024-11-19]")
        assert not screen(flow).dirty
    assert (clone.root / PATH).read_bytes() == before


async def test_a_click_sets_the_cursor_and_paints_it(clone: Repository) -> None:
    async with editor(clone, section="f") as flow:
        await flow.pilot.click("#form", offset=(20, 1))
        await flow.press("enter")
        await flow.type("ZZ")
        assert "ZZ" in flow.lines()[3][18:24]
