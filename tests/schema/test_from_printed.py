"""Motions out of printed documents."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.exchange.from_printed import read
from antragsbuch_schema.exchange.printed import printed
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from support.printed import DAMAGES, MOTIONS, SOURCES, council, motion

every_motion = pytest.mark.parametrize("number", MOTIONS)
TABLES = ("reference", "paper_type", "public", "title", "originators", "submitted", "date", "attachments")


@every_motion
def test_the_printed_form_is_read_back(number: str) -> None:
    known = motion(number)
    found = read(printed(known, council()), known["id"], council())
    assert normalise(found.data, MOTION) == normalise(known, MOTION)
    assert found.left == ()


@every_motion
@pytest.mark.skipif(not SOURCES.exists(), reason="the printed originals are not here")
def test_the_original_is_the_motion_of_the_register(number: str) -> None:
    known = motion(number)
    found = read((SOURCES / f"{number}.txt").read_text(encoding="utf-8"), known["id"], council())
    assert normalise(found.data, MOTION) == normalise(known, MOTION)
    assert found.left == ()


@every_motion
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("source", ["printed", "original"])
def test_what_copying_does_changes_no_field_of_head_and_tables(number: str, damage: str, source: str) -> None:
    if source == "original" and not SOURCES.exists():
        pytest.skip("the printed originals are not here")
    known = motion(number)
    whole = printed(known, council()) if source == "printed" else (SOURCES / f"{number}.txt").read_text("utf-8")
    found = read(DAMAGES[damage](whole), known["id"], council())
    for key in (*TABLES, "consultations", "budget"):
        assert found.data.get(key) == known.get(key), key
    assert found.left == ()


def test_an_odd_place_is_kept_and_said() -> None:
    found = read(printed(motion("3185"), council()), "x", council())
    assert found.data["budget"]["references"][1]["page"] == "S.164 (Regionsfonds"
    assert [remark("de") for _line, remark in found.remarks] == ["eine Klammer ist offen: S.164 (Regionsfonds"]


def test_ticks_and_counts_of_the_table() -> None:
    known = motion("2292")
    known["consultations"][3] |= {"outcome": "amended", "votes": [{"id": "v1", "yes": 45, "no": 30, "abstentions": 3}]}
    found = read(printed(known, council()), known["id"], council()).data["consultations"][3]
    assert (found["outcome"], found["votes"]) == ("amended", known["consultations"][3]["votes"])


def test_lines_that_are_not_understood_are_named() -> None:
    whole = printed(motion("2292"), council()).replace("Datum\n", "Vermerk: eilt\n\nDatum\n")
    whole = whole.replace("\nBeschlussvorschlag der", "\nTischvorlage\n\nBeschlussvorschlag der")
    found = read(whole, "x", council())
    assert [line.text for line in found.left] == ["Tischvorlage"]
    assert whole.split("\n")[found.left[0].number - 1] == "Tischvorlage"
    missing = read("2292 (V) HHA\n\nHaushaltsantrag öffentlich\n\nEin Titel", "x", council())
    assert missing.data == {
        "id": "x",
        "reference": "2292 (V) HHA",
        "paper_type": "Haushaltsantrag",
        "title": "Ein Titel",
        "public": True,
    }
    assert [remark("en") for _line, remark in missing.remarks] == [
        "not found: date",
        "not found: sequence of consultations",
    ]


def test_names_with_an_and_in_them_stay_whole() -> None:
    bodies = {"factions": [{"name": "Die Linke und Piraten"}, {"name": "SPD"}]}
    head = "1 (V) AT\nAntrag öffentlich\nTitel Antrag der Fraktionen SPD und Die Linke und Piraten"
    whole = head + " vom 1.2.2024\nDatum 3.2.2024"
    found = read(whole, "x", bodies).data
    assert found["originators"] == ["SPD", "Die Linke und Piraten"]
    assert (found["submitted"], found["date"]) == (dt.date(2024, 2, 1), dt.date(2024, 2, 3))


@given(st.text(max_size=400) | st.lists(st.sampled_from(printed(motion("3185"), council()).split("\n"))).map("\n".join))
def test_no_text_stops_it_and_no_line_is_lost(whole: str) -> None:
    found = read(whole, "x", council())
    assert all(line.text for line in found.left)
