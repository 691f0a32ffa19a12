"""`antrag export pdf`, and what comes back from it by `antrag import`."""

from __future__ import annotations

import datetime as dt
import random
import sys
import tomllib
from pathlib import Path

import pytest

from antragsbuch.pdf_print import USUAL, printed
from antragsbuch.pdf_text import documents
from antragsbuch_schema.documents.booklet import booklet
from antragsbuch_schema.documents.of_motion import document
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.from_printed import read
from antragsbuch_schema.exchange.printed import printed as printed_text
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from support import german_text
from support.commands import Cli
from support.full_motion import full_motion
from support.generated import Register
from support.pdf import bookmarks, catalogue, structure, texts
from support.printed import council, motion
from support.repositories import Repository
from support.varied import varied


def _pdf(data: Data) -> bytes:
    return printed(document(data, council()), USUAL).data


def _back(pdf: bytes, known: Data) -> Data:
    (found,) = documents(pdf)
    imported = read(found.text, known["id"], council())
    assert imported.left == ()
    return normalise(imported.data, MOTION)


def _long() -> Data:
    """A motion of several pages: texts, lists, and a table of more steps than a page holds."""
    chance = random.Random(5)
    known = motion("3185")
    known["facts"] = "\n\n".join(german_text.facts(chance).strip() for _ in range(8))
    known["proposal"] += "\n\n" + "\n".join(f"- {german_text.sentence(chance)}" for _ in range(20))
    bodies = [step["organization"] for step in known["consultations"]]
    known["consultations"] = [
        {
            "id": f"c{number}",
            "organization": bodies[number % 4],
            "date": dt.date(2024, 1, 1) + dt.timedelta(number),
            "role": "preparation",
            "lead": number % 3 == 0,
            "votes": [{"id": "v1", "yes": number, "no": 3 * number % 7, "abstentions": 0}],
        }
        for number in range(1, 36)
    ]
    return known


@pytest.mark.parametrize(
    "known", [motion("2292"), motion("3185"), full_motion(), _long()], ids=["2292", "3185", "full", "long"]
)
def test_a_printed_motion_comes_back(known: Data) -> None:
    assert _back(_pdf(known), known) == normalise(known, MOTION)


def _come_back(known: list[Data], of: Data) -> None:
    """All of them printed as one booklet and read back."""
    bound = booklet((("", document(one, of)) for one in known), of="Region Hannover")
    cover, *found = documents(printed(bound, USUAL).data)
    assert not cover.begins
    for one, back in zip(known, found, strict=True):
        imported = read(back.text, one["id"], of)
        # an amount that only the words of the proposal hold is taken for one
        said = {key: value for key, value in imported.data.items() if key != "budget" or "budget" in one}
        assert normalise(said, MOTION) == normalise(one, MOTION)
        assert imported.left == ()


def test_motions_of_a_register_come_back_from_a_booklet() -> None:
    register = Register(60)
    _come_back(
        [tomllib.loads(register.motion(number)[1]) for number in range(0, 60, 10)], tomllib.loads(register.council)
    )


def test_motions_of_all_shapes_come_back() -> None:
    _come_back([varied(number) for number in range(1, 6)], council())


MARKUP = [
    '*fett* _kursiv_ #emph[x] $x^2$ @ref <label> \\ " {} [] `raw` // nichts /* auch nicht */ = kein Titel',
    '#import "@preview/x:1.0.0": * #read("/etc/passwd") #sys.inputs',
    "- kein Punkt + 1. ~ -- --- ... 'einfach' \"doppelt\" https://example.org/x",
    "Türkçe ğüşıöç İstanbul, Łódź żółć ęą, čšž, € – „“ ‚‘ … § ½ ≥ №",
]


@pytest.mark.parametrize("words", MARKUP)
def test_text_is_printed_as_it_stands(words: str) -> None:
    known = motion("3185") | {"title": words, "facts": words.removeprefix("- ")}
    known["consultations"][0]["organization"] = words
    assert _back(_pdf(known), known) == normalise(known, MOTION)


def test_the_same_motion_gives_the_same_bytes() -> None:
    assert _pdf(motion("2292")) == _pdf(motion("2292"))


def test_what_an_assistive_program_finds() -> None:
    pdf = _pdf(motion("2292"))
    found = catalogue(pdf)
    assert found["MarkInfo"]["Marked"] is True
    assert found["Lang"] == b"de-DE"
    assert found["ViewerPreferences"]["DisplayDocTitle"] is True
    assert found["Info"]["Title"].startswith("2292 (V) HHA, Durchführung einer Konferenz")
    assert found["Info"]["CreationDate"].startswith("D:20231116")
    said = structure(pdf)
    title = "Durchführung einer Konferenz zur strategischen Armutsbekämpfung in der Region Hannover"
    assert [text for kind, text in said if kind == "H1"] == [title]
    assert [text for kind, text in said if kind == "H2"] == [
        "Beschlussvorschlag der Fraktion/Gruppe",
        "Sachverhalt",
        "Anlage/n",
    ]
    heads = [text for kind, text in said if kind == "TH"]
    assert heads[:4] == ["Beratungsfolge", "Geplante Sitzungstermine", "Zuständigkeit", "Abstimmung"]
    assert heads[4:9] == ["Laut Vorschlag", "abweichend", "Ja", "Nein", "Enthaltung"]
    assert [kind for kind, _text in said].count("LI") == 4


def test_the_heads_of_a_table_stand_on_every_page() -> None:
    known = motion("3185")
    known["consultations"] = [{**known["consultations"][0], "id": f"c{number}"} for number in range(1, 41)]
    pages = [text for text in texts(_pdf(known)) if "19.11.2024" in text]
    assert len(pages) > 1
    assert all("Zuständigkeit" in text and "Enthaltung" in text for text in pages)


def test_several_motions_are_one_booklet_and_come_back_apart(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    cli("import", "-", "--yes", at=clone.root, stdin=printed_text(motion("3185"), council()).encode())
    target = tmp_path / "booklet.pdf"
    cli("export", "pdf", "2292", "3185", "-o", str(target), at=clone.root)
    pdf = target.read_bytes()
    first, *rest = texts(pdf)
    assert "Inhalt" in first and "3185 (V) HHA" in first and f"Seite 1 von {len(rest) + 1}" in first
    titles = [(level, title) for level, title in bookmarks(pdf) if level <= 2]
    assert [level for level, _title in titles] == [1, 2, 2]
    assert titles[2][1] == "Haushaltsbegleitantrag - Integrationsplan aktualisieren und umsetzen"
    ran = cli("import", str(target), at=clone.root)
    assert ran.err.count("is there already and says the same") == 2
    assert "page 1: before the first motion, not read" in ran.err


def test_a_file_is_not_overwritten(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "2292.pdf"
    target.write_bytes(b"mine")
    assert "--force" in cli("export", "pdf", "2292", "-o", str(target), at=clone.root, status=2).err
    assert target.read_bytes() == b"mine"
    cli("export", "pdf", "2292", "-o", str(target), "--force", at=clone.root)
    assert target.read_bytes().startswith(b"%PDF-1.7")


def test_standards_are_chosen(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"

    def claims(*options: str) -> tuple[bool, bool]:
        cli("export", "pdf", "2292", "-o", str(target), "--force", *options, at=clone.root)
        data = target.read_bytes()
        return b"<pdfuaid:part>1<" in data, b"<pdfaid:part>" in data

    assert claims() == (True, True)
    assert claims("--standard", "ua-1") == (True, False)
    assert claims("--standard", "a-3a") == (False, True)
    ran = cli("export", "pdf", "2292", "--standard", "a-2a", "--standard", "a-3a", at=clone.root, status=2)
    assert "at most one PDF/A" in ran.err


def test_letters_that_no_font_has_stand_there_by_their_code() -> None:
    done = printed(document(motion("3185") | {"title": "Mehr 😀 für 中文"}, council()), USUAL)
    assert set(done.missing) == set("😀中文")
    assert "Mehr <U+1F600> für <U+4E2D><U+6587>" in texts(done.data)[0]


def test_invisible_letters_are_shown() -> None:
    pdf = _pdf(motion("3185") | {"title": "ab\u202ecd\x1b[31mef"})
    assert "ab<U+202E>cd<U+241B>[31mef" in texts(pdf)[0]


def test_a_motion_with_nothing_in_it_is_printed() -> None:
    done = printed(document({}, {}), USUAL)
    assert not done.keeps_all
    assert "Antrag ohne Titel" in texts(done.data)[0]


def test_without_typst_it_says_what_is_missing(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    ran = cli("export", "pdf", "2292", "-o", "x.pdf", at=clone.root, status=2)
    assert ran.err.count("\n") == 1
    assert "pip install 'antragsbuch[print]'" in ran.err
