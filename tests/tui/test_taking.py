"""Documents taken over inside the program: pasted or named, shown, written or finished in the editor."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from textual import events

from antragsbuch import pdf_print
from antragsbuch.documents import bound, written
from antragsbuch.screens.editor.screen import EditorScreen
from antragsbuch_schema.exchange.printed import printed
from support.flows import Flow, program
from support.repositories import Repository, register

REAL = Path(__file__).parents[2] / "motions"
PATH = "motions/V/3100/3185-HHA.toml"
COUNCIL = tomllib.loads((REAL / "council.toml").read_text())
MOTION = tomllib.loads((REAL / "V/3100/3185-HHA.toml").read_text())
DOCUMENT = printed(MOTION, COUNCIL)
ROW = "17.12.2024\tEntscheidung\t\t\t\t\t"
MISSED = DOCUMENT.replace(ROW, ROW + "\nNotiz am Rand")


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with one of the two real motions and their council."""
    names = ("V/2200/2292-HHA.toml", "council.toml")
    return register(tmp_path / "clone", {f"motions/{name}": (REAL / name).read_text() for name in names})


@pytest.fixture
def both(isolated: Path, tmp_path: Path) -> Repository:
    """A register with both."""
    names = ("V/2200/2292-HHA.toml", "V/3100/3185-HHA.toml", "council.toml")
    return register(tmp_path / "both", {f"motions/{name}": (REAL / name).read_text() for name in names})


async def paste(flow: Flow, text: str) -> None:
    flow.app.post_message(events.Paste(text))
    await flow.pilot.pause()
    await flow.until(lambda: flow.app.typed_ahead.idle, "the paste worked through")


def on_disk(clone: Repository, path: str = PATH) -> dict[str, object]:
    return tomllib.loads((clone.root / path).read_text())


def without_id(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if key != "id"}


async def test_a_paste_into_the_list_is_shown_and_written_by_another_key(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, DOCUMENT)
        await flow.on("taking")
        await flow.see("every line understood", "3185 (V) HHA", "Haushaltsbegleitantrag", "a bracket is open")
        assert not (clone.root / PATH).exists()
        await flow.do("save")
        await flow.on("register")
        await flow.see("Taken over as motions/V/3100/3185-HHA.toml", "2 motions")
        await flow.until(lambda: flow.line("3185 (V) HHA").startswith(">"), "the cursor on it")
    assert without_id(on_disk(clone)) == without_id(MOTION)


async def test_leaving_writes_nothing(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, DOCUMENT)
        await flow.on("taking")
        await flow.press("escape")
        await flow.on("register")
        await flow.see("Nothing was written.")
        await flow.rest()
    assert clone.changed() == ""


async def test_lines_that_were_not_understood_are_named_and_asked_about(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, MISSED)
        await flow.on("taking")
        await flow.see("not understood:", "Notiz am Rand")
        await flow.press("v", "v")
        await flow.see("the document")
        assert any(line.startswith("? ") and "Notiz am Rand" in line for line in flow.lines())
        await flow.do("save")
        await flow.see("left out")
        await flow.press("w")
        assert not (clone.root / PATH).exists()
        await flow.press("y")
        await flow.on("register")
        await flow.see("Taken over as")
    assert (clone.root / PATH).exists()


async def test_the_document_stands_beside_the_motion_where_there_is_room(clone: Repository) -> None:
    async with program(clone.root, size=(120, 40)) as flow:
        await flow.see("1 motion")
        await paste(flow, MISSED)
        await flow.on("taking")
        await flow.see("?  18 ")
        assert "│" in flow.line("?  18 ")


async def test_a_document_that_is_named_is_completed_and_opened_as_a_draft(clone: Repository) -> None:
    Path("~/vorlage 3185.txt").expanduser().write_text(DOCUMENT)
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await flow.rest()
        await flow.do("take-over")
        await flow.type("~/vorl")
        await flow.press("tab", "enter")
        await flow.on("taking")
        await flow.do("open")
        await flow.on("editor")
        await flow.see("* not saved", "+ new", "Taken over from the document")
        assert not (clone.root / PATH).exists()
        await flow.press("j", "j", "enter")
        await flow.type(" bald")
        await flow.press("escape", "w")
        await flow.see("Saved in motions/V/3100/3185-HHA.toml")
        await flow.press("q")
        await flow.on("register")
        await flow.see("2 motions")
    assert str(on_disk(clone)["title"]).endswith(" bald")


async def test_a_draft_of_a_motion_that_is_not_there_is_found_again(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, DOCUMENT)
        await flow.on("taking")
        await flow.press("enter")
        await flow.on("editor")
        await flow.see("* not saved")
        await flow.press("?")
        await flow.on("help")
        await flow.press("escape")
        await flow.on("editor")
        await flow.press("q", "k")
        await flow.on("register")
        await flow.rest()
        await flow.do("take-over")
        await flow.see("Taken over and not saved: V/3100/3185-HHA.toml")
        await flow.press("r")
        await flow.on("editor")
        await flow.see("* not saved", "Haushaltsbegleitantrag")
        await flow.press("w")
        await flow.see("Saved in")
        await flow.press("q")
        await flow.on("register")
        await flow.rest()
        await flow.do("take-over")
        await flow.see("Document:")
        await flow.press("escape")
    assert without_id(on_disk(clone)) == without_id(MOTION)


async def test_what_differs_from_the_motion_that_is_there_is_taken_by_choice(both: Repository) -> None:
    said = DOCUMENT.replace(ROW, "17.12.2024\tEntscheidung\tX\t\t45\t30\t3")
    said = said.replace("bundesweit", "landesweit").replace("Integrationsplan aktualisieren und", "Plan")
    async with program(both.root) as flow:
        await flow.see("2 motions")
        await paste(flow, said)
        await flow.on("taking")
        await flow.see("in the register already", "= Regionsversammlung", "Title")
        await flow.do("save")
        await flow.see("it is in the register already")
        while "Facts" not in flow.line(">"):
            await flow.press("j")
        await flow.press("space")
        await flow.see("= Facts")
        await flow.press("enter")
        await flow.on("editor")
        await flow.see("* not saved")
        assert both.changed() == ""
        screen = flow.app.screen
        assert isinstance(screen, EditorScreen)
        await flow.press("w")
        await flow.see("Saved in")
    data = on_disk(both)
    assert data["title"] == MOTION["title"]
    assert "landesweit Vorbild" in str(data["facts"])
    steps = data["consultations"]
    assert isinstance(steps, list)
    assert steps[3]["votes"] == [{"id": "v1", "yes": 45, "no": 30, "abstentions": 3}]
    assert [step["id"] for step in steps] == ["c1", "c2", "c3", "c4"]


async def test_a_document_that_says_the_same_changes_nothing(both: Repository) -> None:
    async with program(both.root) as flow:
        await flow.see("2 motions")
        await paste(flow, DOCUMENT)
        await flow.on("taking")
        await flow.see("in the register already and says the same.")
        await flow.press("enter")
        await flow.see("Nothing is marked")
        await flow.press("escape")
        await flow.on("register")
    assert both.changed() == ""


async def test_a_paste_before_the_register_is_open_waits_for_it(clone: Repository) -> None:
    async with program(clone.root) as flow:
        flow.app.post_message(events.Paste(DOCUMENT))
        await flow.on("taking")
        await flow.see("every line understood")


async def test_a_paste_with_the_focus_in_the_filter_goes_there(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await flow.press("/")
        await paste(flow, "Armuts\nbekämpfung")
        await flow.see("/Armuts bekämpfung")
        assert flow.frame.screen_name == "register"


@pytest.mark.parametrize(
    ("pasted", "said"),
    [("2292", "is no document"), ("eins\nzwei\n", "Nothing here is"), ("x\n" * 600_000, "too long")],
)
async def test_what_is_no_motion_is_said_to_be_none(clone: Repository, pasted: str, said: str) -> None:
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, pasted)
        await flow.see(said)
        await flow.press("?")
        await flow.on("help")
    assert clone.changed() == ""


async def test_a_pdf_with_two_motions_is_taken_over_one_after_the_other(clone: Repository) -> None:
    other = tomllib.loads((REAL / "V/2200/2292-HHA.toml").read_text())
    made = pdf_print.printed(bound([("", MOTION), ("", other)], COUNCIL), ()).data
    Path("~/sitzung.pdf").expanduser().write_bytes(made)
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, "~/sitzung.pdf")
        await flow.on("taking")
        await flow.see("sitzung.pdf, 1 of 2", "3185 (V) HHA")
        await flow.do("next")
        await flow.see("sitzung.pdf, 2 of 2", "2292 (V) HHA is in the register already")
        await flow.do("previous")
        await flow.see("sitzung.pdf, 1 of 2", "3185 (V) HHA  Haushaltsantrag")
        await flow.do("save")
        await flow.see("this is the next one", "sitzung.pdf, 2 of 2")
        await flow.press("escape")
        await flow.on("register")
        await flow.see("2 motions")
    assert on_disk(clone)["title"] == MOTION["title"]


async def test_controls_line_ends_and_old_letters_do_no_harm(clone: Repository) -> None:
    spoilt = DOCUMENT.replace("\n", "\r\n").replace("ü", "u\u0308").replace(" vom ", "\u00a0vom ")
    spoilt = spoilt.replace("Sachverhalt", "\x1b[1mSachverhalt\x1b[0m").replace("Vorbild", "Vor\x07bild")
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, spoilt)
        await flow.on("taking")
        await flow.see("every line understood", "control characters were left out")
        await flow.do("save")
        await flow.see("Taken over as")
    assert without_id(on_disk(clone)) == without_id(MOTION)


async def test_the_motions_of_a_booklet_of_text_are_gone_through(clone: Repository) -> None:
    other = tomllib.loads((REAL / "V/2200/2292-HHA.toml").read_text())
    bound_together = written(bound([("", other), ("", {**MOTION, "facts": "Kurz."})], COUNCIL), "text")
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, bound_together.replace(ROW, ROW + "\nNotiz am Rand"))
        await flow.on("taking")
        await flow.see("pasted, 1 of 2", "2292 (V) HHA")
        await flow.press("n")
        await flow.see("pasted, 2 of 2", "3185 (V) HHA")
        line = 1 + bound_together.replace("\f", "\n").split("\n").index("3185 (V) HHA", 20)
        assert int(flow.line("Notiz am Rand").split()[2]) > line > 20


async def test_what_the_rules_say_is_shown_before_it_is_written(clone: Repository) -> None:
    wrong = DOCUMENT.replace(ROW, "17.12.2024\tEntscheidung\tX\t\t30\t45\t3")
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await paste(flow, wrong)
        await flow.on("taking")
        await flow.see("! VO005")
        await paste(flow, DOCUMENT)
        await flow.see("One document after the other")


async def test_the_same_reference_is_found_wherever_its_file_lies(clone: Repository) -> None:
    elsewhere = "motions/other/from-hand.toml"
    clone.write(elsewhere, (REAL / "V/3100/3185-HHA.toml").read_text())
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.rest()
        await paste(flow, DOCUMENT.replace(ROW, "17.12.2024\tEntscheidung\tX\t\t45\t30\t3"))
        await flow.on("taking")
        await flow.see("is in the register already", "= Regionsversammlung")
        await flow.press("enter")
        await flow.on("editor")
        await flow.press("w")
        await flow.see("Saved in")
    assert "as_proposed" in clone.read(elsewhere)


async def test_nothing_is_taken_over_where_the_past_is_shown(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("1 motion")
        await flow.press("t")
        await flow.type("31.12.2099")
        await flow.press("enter")
        await flow.see("As of")
        await flow.rest()
        await paste(flow, DOCUMENT)
        await flow.see("the past can't be changed")
