"""Motions saved as documents from inside the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from antragsbuch.documents import file_name
from antragsbuch.file_names import completed, path_of
from support.flows import program
from support.repositories import PATH, Repository, motion, register

REAL = Path(__file__).parents[2] / "motions"


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with the two real motions and their council."""
    names = ("V/2200/2292-HHA.toml", "V/3100/3185-HHA.toml", "council.toml")
    return register(tmp_path / "clone", {f"motions/{name}": (REAL / name).read_text() for name in names})


async def test_a_motion_is_saved_under_a_proposed_name_and_never_over_another(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.rest()
        await flow.do("export")
        await flow.see("Save as:")
        await flow.press("t")
        await flow.see("~/2292-V-HHA.txt")
        await flow.press("enter")
        await flow.see("Saved as")
        file = Path("~/2292-V-HHA.txt").expanduser()
        assert file.read_text().startswith("2292 (V) HHA\n")
        file.write_text("mine")
        await flow.press("O", "t", "enter")
        await flow.see("is there already.")
        await flow.press("enter")
        await flow.press("O", "escape")
        assert file.read_text() == "mine"
        await flow.press("escape", "O", "t", "enter")
        await flow.see("is there already.")
        await flow.press("o")
        await flow.see("Saved as")
        assert file.read_text().startswith("2292 (V) HHA\n")
    assert clone.changed() == ""


async def test_marked_motions_become_a_booklet(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.rest()
        await flow.press("space", "space", "O", "h")
        await flow.see("~/antraege.html")
        await flow.press("ctrl+u")
        await flow.type("~/sitzung")
        await flow.press("enter")
        await flow.see("Saved as")
    page = Path("~/sitzung.html").expanduser().read_text()
    assert "2292 (V) HHA" in page and "3185 (V) HHA" in page


async def test_the_editor_saves_what_the_form_says(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.press("enter")
        await flow.on("editor")
        await flow.see("Reference")
        await flow.press("j", "j", "enter")
        await flow.type(" bald")
        await flow.press("escape", "O", "m", "enter")
        await flow.see("Saved as")
    assert "Hannover bald" in Path("~/2292-V-HHA.md").expanduser().read_text()
    assert clone.changed() == ""


async def test_what_is_not_public_goes_along_only_if_it_is_said(isolated: Path, tmp_path: Path) -> None:
    closed = motion("3185 (V) HHA", title="Geheimes").replace("public = true", "public = false")
    clone = register(tmp_path / "clone", {PATH: motion(), "motions/V/3100/3185-HHA.toml": closed})
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.rest()
        await flow.press("space", "space", "O", "t", "enter")
        await flow.see("Not public: 1 motion.")
        await flow.press("l")
        await flow.see("Saved as")
        assert "Geheimes" not in Path("~/antraege.txt").expanduser().read_text()
        await flow.press("O", "t", "enter", "N", "o")
        await flow.until(lambda: "Geheimes" in Path("~/antraege.txt").expanduser().read_text(), "saved with it")


async def test_what_can_not_be_written_is_said(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.rest()
        await flow.press("O", "t", "ctrl+u")
        await flow.type("~/nowhere/x.txt")
        await flow.press("enter")
        await flow.see("There is no such folder:")
        await flow.press("ctrl+u")
        await flow.type("/proc/x")
        await flow.press("enter")
        await flow.see("Can't be written")


def test_names_of_files_are_proposed_and_completed(tmp_path: Path) -> None:
    assert file_name(["2292 (V) HHA"], "pdf") == "2292-V-HHA.pdf"
    assert file_name(["../../x/.."], "text") == "x.txt"
    assert file_name([""], "html") == "antrag.html"
    assert file_name(["a", "b"], "markdown") == "antraege.md"
    for name in ("eins.txt", "einsam.txt", ".verborgen", "ordner/zwei.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert completed(f"{tmp_path}/e") == f"{tmp_path}/eins"
    assert completed(f"{tmp_path}/o") == f"{tmp_path}/ordner/"
    assert completed(f"{tmp_path}/ordner/z") == f"{tmp_path}/ordner/zwei.txt"
    assert completed(f"{tmp_path}/q") == f"{tmp_path}/q"
    assert completed(f"{tmp_path}/nowhere/q\0") == f"{tmp_path}/nowhere/q\0"
    assert path_of(f"'{tmp_path}/eins.txt' ") == tmp_path / "eins.txt"
    assert path_of("~nobody-of-this-name/x") == Path("~nobody-of-this-name/x")
