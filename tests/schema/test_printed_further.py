"""What a printed form adds to the layout of the paper, read back."""

from __future__ import annotations

import pytest

from antragsbuch_schema.exchange.from_printed import read
from antragsbuch_schema.exchange.printed import printed
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from support.full_motion import full_motion
from support.printed import council, motion
from support.varied import varied


def test_every_section_is_read_back() -> None:
    known = full_motion()
    found = read(printed(known, council()), known["id"], council())
    assert normalise(found.data, MOTION) == normalise(known, MOTION)
    assert found.left == ()


@pytest.mark.parametrize("field", [field.name for field in MOTION if field.name not in ("id", "reference", "public")])
def test_without_a_field_the_others_stay(field: str) -> None:
    known = {key: value for key, value in full_motion().items() if key != field}
    found = read(printed(known, council()), known["id"], council())
    assert normalise(found.data, MOTION) == normalise(known, MOTION)


@pytest.mark.parametrize("number", range(100, 200))
def test_motions_of_all_shapes_are_read_back(number: int) -> None:
    known = varied(number)
    found = read(printed(known, council()), known["id"], council())
    assert normalise(found.data, MOTION) == normalise(known, MOTION)
    assert found.left == ()


@pytest.mark.parametrize("heading", ["Ergebnisse", "Quelle", "Antwort:", "Hauptdatei"])
def test_a_heading_inside_the_facts_stays_text(heading: str) -> None:
    known = motion("3185")
    known["facts"] += f"\n\n{heading}\n\nWir haben viel erreicht: mehr als gedacht.\n\nUnd noch ein Absatz."
    found = read(printed(known, council()), known["id"], council())
    assert normalise(found.data, MOTION) == normalise(known, MOTION)


@pytest.mark.parametrize("heading", ["Beträge", "Haushalt", "Haushaltsplan: siehe unten", "Weitere Vorschläge"])
def test_a_heading_inside_the_proposal_stays_text(heading: str) -> None:
    known = motion("3185")
    known["proposal"] += f"\n\n{heading}\n\nWir fordern viel, und bald.\n\nUnd noch ein Absatz."
    found = read(printed(known, council()), known["id"], council())
    assert normalise(found.data, MOTION) == normalise(known, MOTION)


def test_results_of_a_step_that_is_not_there_are_named() -> None:
    whole = printed(full_motion(), council()).replace("Regionsversammlung, 17.12.2024", "Kreistag, 17.12.2024")
    found = read(whole, "x", council())
    assert "minutes" not in found.data["consultations"][3]
    assert "Kreistag, 17.12.2024" in [line.text for line in found.left]


def test_a_line_that_is_odd_is_named_and_the_others_are_read() -> None:
    whole = printed(full_motion(), council()).replace("Investition 2026:", "Investition 2026: ungefähr;")
    whole = whole.replace("Vertagt auf: 03.12.2024", "Vertagt auf: bald").replace(
        "Wortlaut: Abgelehnt; klar.", "Art: ?"
    )
    found = read(whole, "x", council())
    known = full_motion()
    assert [line.text.partition(":")[0] for line in found.left] == ["Investition 2026", "Vertagt auf", "Abstimmung"]
    assert found.data["budget"]["amounts"] == known["budget"]["amounts"][:2]
    assert "deferred_to" not in found.data["consultations"][0]
    assert found.data["consultations"][0]["outcome"] == "deferred"
    assert found.data["consultations"][3]["resolution_text"] == known["consultations"][3]["resolution_text"]


def test_lines_without_end_take_no_time_without_end() -> None:
    long = ", " * 500_000
    whole = printed(full_motion(), council()).replace(
        "Verpflichtungsermächtigung: ", f"Verpflichtungsermächtigung: {long}"
    )
    found = read(whole + "Plan (Pfad: " + "x: " * 300_000, "x", council())
    assert len(found.data["budget"]["amounts"]) == 2
    assert len(found.data["attachments"]) == 3
