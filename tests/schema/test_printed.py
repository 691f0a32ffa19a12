"""The printed form: the layout of the paper, and nothing of the file left out."""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.printed import printed
from antragsbuch_schema.fields import Fields, Kind
from antragsbuch_schema.motion_fields import MOTION
from support.field_data import spoilt, tables

ROOT = Path(__file__).parents[2]
DOCUMENTS = Path(__file__).parent / "documents"
PATHS = {"2292": "motions/V/2200/2292-HHA.toml", "3185": "motions/V/3100/3185-HHA.toml"}
HEAD = (
    "Beratungsfolge\tGeplante Sitzungstermine\tZuständigkeit\tAbstimmung\t\t\t\t\n"
    "\t\t\tLaut Vorschlag\tabweichend\tJa\tNein\tEnthaltung\n"
)
# 3185 has the labels of the first three columns in the second row of the head
OTHER_HEAD = (
    "\t\t\tAbstimmung\t\t\t\t\n"
    "Beratungsfolge\tGeplante Sitzungstermine\tZuständigkeit\tLaut Vorschlag\tabweichend\tJa\tNein\tEnthaltung\n"
)


def read(path: str) -> Data:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


COUNCIL = read("motions/council.toml")


def document(number: str) -> str:
    return (DOCUMENTS / f"{number}.txt").read_text(encoding="utf-8").replace(OTHER_HEAD, HEAD)


def tokens(text: str) -> list[str]:
    """The words of a text, tabs kept as the borders of cells."""
    return re.findall(r"\t|[^\s]+", text)


@pytest.mark.parametrize("number", PATHS)
def test_the_printed_motion_is_the_document_to_the_word_and_cell(number: str) -> None:
    motion = read(PATHS[number])
    # what was read out of the sentences and stands in no place of its own on the paper
    for name in ("plan", "amounts"):
        motion["budget"].pop(name, None)
    assert tokens(printed(motion, COUNCIL)) == tokens(document(number))


def test_the_amount_follows_the_proposal() -> None:
    text = printed(read(PATHS["2292"]), COUNCIL)
    assert "\n\nHaushaltsplan: 2024\n\nBeträge\n\nAufwand 2024: +20.000 EUR\n\nSachverhalt\n\n" in text


def test_a_recorded_vote_stands_in_its_row() -> None:
    motion = read(PATHS["3185"])
    motion["consultations"][3] |= {
        "outcome": "as_proposed",
        "agenda_item": "7.12",
        "votes": [{"id": "v1", "result": "accepted", "yes": 45, "no": 30, "abstentions": 3}],
    }
    text = printed(motion, COUNCIL)
    assert "\nRegionsversammlung\t17.12.2024\tEntscheidung\tX\t\t45\t30\t3\n" in text
    assert (
        "\n\nErgebnisse\n\nRegionsversammlung, 17.12.2024\n\nTagesordnungspunkt: 7.12\n\n"
        "Abstimmung: Abstimmungsergebnis: angenommen\n\n" in text
    )


def test_an_amended_motion_shows_what_was_resolved() -> None:
    motion = read(PATHS["3185"])
    motion["consultations"][3] |= {"outcome": "amended", "resolution_text": "Die Verwaltung prüft.\nSie berichtet.\n"}
    text = printed(motion, COUNCIL)
    assert "\nRegionsversammlung\t17.12.2024\tEntscheidung\t\tX\t\t\t\n" in text
    assert "\n\nBeschluss:\n\nDie Verwaltung prüft. Sie berichtet.\n" in text


def test_a_rejection_ticks_neither_box_and_is_said_in_words() -> None:
    motion = read(PATHS["3185"])
    motion["consultations"][3] |= {"outcome": "rejected", "votes": [{"id": "v1", "yes": 0, "no": 45}]}
    text = printed(motion, COUNCIL)
    assert "\nRegionsversammlung\t17.12.2024\tEntscheidung\t\t\t0\t45\t\n" in text
    assert "\nErgebnis: abgelehnt\n" in text


def test_of_several_votes_the_one_on_the_whole_motion_stands_in_the_row() -> None:
    motion = read(PATHS["3185"])
    votes: list[Data] = [
        {"id": "v1", "subject": "Vertagung", "procedural": True, "yes": 5, "no": 40},
        {"id": "v2", "yes": 45, "no": 30, "by_faction": [{"id": "f1", "name": "SPD", "yes": 20}]},
    ]
    motion["consultations"][3]["votes"] = votes
    text = printed(motion, COUNCIL)
    assert "\tEntscheidung\t\t\t45\t30\t\n" in text
    assert "\nAbstimmung: Gegenstand: Vertagung; Zum Verfahren: ja; Ja: 5; Nein: 40\n" in text
    assert "\n\nStimmen nach Fraktionen\tJa\nSPD\t20\n\n" in text
    motion["consultations"][3]["votes"] = [votes[1], {"id": "v3", "yes": 1}]
    assert "\tEntscheidung\t\t\t\t\t\n" in printed(motion, COUNCIL)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"originators": ["SPD"], "submitted": dt.date(2024, 3, 1)}, "T Antrag der Fraktion SPD vom 1. März 2024"),
        ({"originators": ["SPD"]}, "T Antrag der Fraktion SPD"),
        ({"submitted": dt.date(2024, 3, 1)}, "T Antrag vom 1. März 2024"),
        ({"originators": ["Erika Muster", "SPD"]}, "T Antrag von Erika Muster und SPD"),
        (
            {"originators": ["SPD", "SPD", "Bündnis 90 / DIE GRÜNEN"], "paper_type": "Anfrage"},
            "T Anfrage der Fraktionen SPD, SPD und Bündnis 90 / DIE GRÜNEN",
        ),
        ({}, "T"),
    ],
)
def test_the_movers_stand_behind_the_title(data: Data, line: str) -> None:
    assert line in printed({"id": "a", "title": "T"} | data, COUNCIL).splitlines()


def test_what_is_not_stated_is_not_printed() -> None:
    assert printed({"id": "a", "title": "Radweg"}, {}) == "öffentlich\n\nRadweg\n"
    assert printed({"id": "a", "title": "Radweg", "public": False}, {}).startswith("nichtöffentlich\n")
    assert printed({"id": "a", "title": "Radweg", "attachments": []}, {}).endswith("\n\nAnlage/n\n\nKeine\n")


def test_a_source_cell_that_says_less_than_the_fields_is_completed() -> None:
    references = [{"id": "b1", "page": "S. 7", "sub_budget": "50", "text": "Teilhaushalt 50", "product": "331111"}]
    text = printed({"id": "a", "title": "T", "budget": {"references": references}}, {})
    assert "\nS. 7\tTeilhaushalt 50 Produkt 331111\n" in text


def marked(data: Data, fields: Fields, words: list[str]) -> Data:
    """The data with a word of its own in every text field; `words` collects them."""

    def word() -> str:
        words.append(f"wort{len(words)}x")
        return words[-1]

    made: Data = {}
    for field in fields:
        if field.name not in data:
            continue
        entry: Any = data[field.name]
        if field.kind in (Kind.TEXT, Kind.PROSE) and not (field is fields[0] and field.name == "id"):
            entry = word()
        elif field.kind is Kind.TEXTS:
            entry = [word() for _ in entry]
        elif field.kind is Kind.TABLE:
            entry = marked(entry, field.fields, words)
        elif field.kind is Kind.TABLES:
            entry = [marked(element, field.fields, words) for element in entry]
        made[field.name] = entry
    return made


@given(tables(MOTION))
def test_every_text_of_a_motion_is_printed(data: Data) -> None:
    words: list[str] = []
    text = printed(marked(data, MOTION, words), COUNCIL)
    assert [word for word in words if word not in text] == []


@given(tables(MOTION))
def test_every_number_of_a_motion_is_printed(data: Data) -> None:
    text = printed(data, {})
    for step in data.get("consultations", []):
        for vote in step.get("votes", []):
            for name in ("yes", "no", "abstentions", "invalid", "biased", "present"):
                assert name not in vote or str(vote[name]) in text
    for amount in data.get("budget", {}).get("amounts", []):
        for name in ("old", "change", "new"):
            assert name not in amount or f"{abs(amount[name]) // 100:,}".replace(",", ".") in text


@given(spoilt(MOTION), spoilt(MOTION))
def test_values_of_the_wrong_type_never_stop_it(data: Data, council: Data) -> None:
    assert printed(data, council).endswith("\n")


def test_unknown_keys_are_printed_too() -> None:
    text = printed({"id": "a", "title": "T", "note": "Wiedervorlage", "source": {"shelf": 7}}, {})
    assert "\nnote: Wiedervorlage\n" in text
    assert "\nshelf: 7\n" in text
