"""A difference as rows to read: unified, in words, side by side; folded; wrapped."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema import layouts, places
from antragsbuch_schema.edits import Data
from antragsbuch_schema.layout_rows import PARAGRAPH, layout
from antragsbuch_schema.layouts import Row, RowKind, folded, plain, side_by_side, stops, unified
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.outline import outline
from antragsbuch_schema.reports.cells import width
from antragsbuch_schema.reports.columns import safe, signed, wrapped
from antragsbuch_schema.words import Piece
from support.motion_data import MOTION_3185, VOTE, after, versions


def rows(old: Data | None, new: Data | None, language: Any = "en") -> list[Row]:
    return layout(old, new, MOTION, language)


def lines(old: Data | None, new: Data | None, **how: Any) -> list[str]:
    """The folded unified difference, as it is read."""
    return [
        f"{line.glyph} {'  ' * line.row.indent}{plain(line.pieces)}"
        if line.row.kind is not RowKind.FOLDED
        else f"… {line.row.hidden}"
        for line in unified(folded(rows(old, new), **how))
    ]


def test_only_what_changed_with_its_headings() -> None:
    recorded = after(lambda m: m["consultations"][2].update(outcome="as_proposed", votes=[VOTE]))
    corrected = copy.deepcopy(recorded)
    corrected["consultations"][2]["votes"][0]["yes"] = 46
    assert lines(recorded, corrected) == [
        "… 28",
        "  Step: Regionsversammlung, 2024-12-17",
        "… 5",
        "    Vote: v1",
        "… 2",
        "-     Yes: 45",
        "+     Yes: 46",
        "… 2",
    ]
    assert lines(MOTION_3185, recorded, marks=False) == [
        "  Step: Regionsversammlung, 2024-12-17",
        "+   Outcome: as proposed",
        "+   Vote: v1",
        "+     Identity: v1",
        "+     Result: accepted",
        "+     Yes: 45",
        "+     No: 30",
        "+     Abstentions: 3",
    ]


def test_a_sentence_a_row_and_the_neighbours_on_demand() -> None:
    facts = "Eins ist da. Zwei ist da.\n\nDrei ist da. Vier ist da."
    new = after(lambda m: m.update(facts=facts.replace("Drei ist", "Drei war")))
    old = after(lambda m: m.update(facts=facts))
    assert lines(old, new, marks=False) == ["  Facts of the case:", "-   Drei ist da.", "+   Drei war da."]
    assert lines(old, new, marks=False, around=1)[1:] == [
        "    Zwei ist da.", "-   Drei ist da.", "+   Drei war da.", "    Vier ist da.",
    ]  # fmt: skip


def test_what_moved_stands_at_both_places() -> None:
    old = {"facts": "Eins ist kurz. Zwei ist es auch.\n\nDrei ist der letzte Absatz."}
    new = {"facts": "Drei ist der letzte Absatz.\n\nEins ist kurz. Zwei ist es auch."}
    assert lines(old, new) == [
        "  Facts of the case:",
        ">   Drei ist der letzte Absatz.",
        "… 2",
        "<   Drei ist der letzte Absatz.",
    ]


def test_paragraphs_divided_otherwise() -> None:
    old = {"facts": "Eins ist kurz. Zwei ist es auch."}
    new = {"facts": "Eins ist kurz.\n\nZwei ist es auch."}
    assert lines(old, new, marks=False)[1:] == ["-   Zwei ist es auch.", "+   ¶ Zwei ist es auch."]
    assert lines(new, {"facts": "Eins ist kurz.\n\n- Zwei ist es auch."}, marks=False)[1:] == [
        "-   ¶ Zwei ist es auch.", "+   - Zwei ist es auch.",
    ]  # fmt: skip


def test_a_step_that_moved_and_one_that_is_gone() -> None:
    def change(motion: Data) -> None:
        motion["consultations"].insert(0, motion["consultations"].pop())
        del motion["consultations"][1]

    got = lines(MOTION_3185, after(change), marks=False)
    assert got == [
        "> Step: Regionsversammlung, 2024-12-17",
        "- Step: Ausschuss für Gleichstellung …, 2024-11-19",
        "-   Identity: c1",
        "-   Body: Ausschuss für Gleichstellung, Integration, Antidiskriminierung und Diversität",
        "-   Date: 2024-11-19",
        "-   Role: preparation",
        "< Step: Regionsversammlung, 2024-12-17",
    ]


def test_entries_items_and_kinds() -> None:
    old = {"originators": ["SPD", "CDU", "FDP"], "facts": "Ziele:\n- Eins ist da.\n- Zwei ist da."}
    new = {"originators": ["FDP", "SPD", "LINKE"], "facts": "Ziele:\n- Zwei ist da.\n- Neu."}
    assert lines(old, new) == [
        "< Movers: SPD",
        "- Movers: CDU",
        "… 1",
        "> Movers: SPD",
        "+ Movers: LINKE",
        "  Facts of the case:",
        "… 1",
        "-   - Eins ist da.",
        "… 1",
        "+   - Neu.",
    ]
    assert lines({"facts": ["a"]}, {"facts": "Ein Satz."}) == [
        "- Facts of the case: a", "+ Facts of the case:", "+   Ein Satz.",
    ]  # fmt: skip
    assert lines({"attachments": []}, {"attachments": [{"title": "Plan.pdf"}]}) == [
        "- Attachments: none", "+ Attachment: Plan.pdf", "+   Title: Plan.pdf",
    ]  # fmt: skip


def test_both_sides() -> None:
    new = after(lambda m: m.update(title="Integrationsplan fortschreiben und umsetzen"))
    (pair,) = side_by_side(folded(rows(MOTION_3185, new, "de"), marks=False))
    assert pair.glyph == "~"
    assert plain(pair.left) == "Titel: Integrationsplan aktualisieren und umsetzen"
    assert plain(pair.right) == "Titel: Integrationsplan fortschreiben und umsetzen"
    assert [piece.text for piece in pair.left if piece.kind == "removed"] == ["aktualisieren"]
    (line,) = layouts.in_words([pair.row])
    assert plain(signed(line.pieces)) == "Titel: Integrationsplan [-aktualisieren-]{+fortschreiben+} und umsetzen"


def test_the_whole_file_comes_and_goes() -> None:
    assert {row.kind for row in rows(None, MOTION_3185)} == {RowKind.ADDED}
    assert {row.kind for row in rows(MOTION_3185, None)} == {RowKind.REMOVED}
    assert rows(None, None) == []


def test_from_change_to_change() -> None:
    def change(motion: Data) -> None:
        motion.update(title="Neu", facts="Der Plan ist neu. Er ist landesweit Vorbild für alle.")
        motion["consultations"][1]["organization"] = "Beirat"

    every = rows(MOTION_3185, after(change))
    at = stops(every)
    assert [places.render(every[number].place) for number in at] == [
        "title", "facts[#1]", "consultations[c2]", "consultations[c2].organization",
    ]  # fmt: skip


@settings(max_examples=60)
@given(versions(MOTION, strange=True), st.sampled_from(["de", "en"]))
def test_each_side_says_what_its_version_says(pair: tuple[Data, Data], language: Any) -> None:
    old, new = pair
    every = layout(old, new, MOTION, language)
    for data, side in ((old, "left"), (new, "right")):
        shown = Counter(_bare(plain(getattr(row, side))) for row in every if getattr(row, side))
        assert shown == Counter(_bare(line) for line in outline(data, MOTION, language).split("\n") if _bare(line))
    assert any(row.changed for row in every) != same(normalise(old, MOTION), normalise(new, MOTION))


def _bare(line: str) -> str:
    return line.replace(PARAGRAPH, "").strip().removeprefix("- ")


@settings(max_examples=60)
@given(versions(MOTION), st.integers(0, 3))
def test_folding_loses_no_change_and_counts_the_rest(pair: tuple[Data, Data], around: int) -> None:
    every = rows(*pair)
    few = folded(every, around)
    assert [row for row in few if row.changed] == [row for row in every if row.changed]
    assert sum(row.hidden if row.kind is RowKind.FOLDED else 1 for row in few) == len(every)
    assert [row for row in few if row.kind is not RowKind.FOLDED] == folded(every, around, marks=False)


def test_wrapped_at_blanks_with_signs_that_stick() -> None:
    pieces = [Piece("same", "Die Region "), Piece("removed", "prüft"), Piece("added", "plant und prüft"),
              Piece("same", ", ob es geht.")]  # fmt: skip
    assert ["".join(piece.text for piece in line) for line in wrapped(signed(pieces), 24, 2)] == [
        "Die Region",
        "  [-prüft-]{+plant und",
        "  prüft+}, ob es geht.",
    ]
    assert wrapped([], 10) == [[]]


@given(
    st.lists(st.tuples(st.sampled_from(["same", "removed", "added"]), st.text(max_size=12)), max_size=8),
    st.integers(4, 30),
)
def test_no_line_is_wider_and_no_letter_is_lost(parts: Any, cells: int) -> None:
    pieces = safe(Piece(kind, text) for kind, text in parts)
    found = wrapped(pieces, cells, 1)
    whole = "".join(piece.text for line in found for piece in line)
    assert "".join(whole.split()) == "".join(plain(pieces).split())
    assert all(sum(width(piece.text) for piece in line) <= max(cells, 3) for line in found)


@pytest.mark.parametrize("text", ["Wort " * 3, "Donaudampfschifffahrt", "世界世界世界"])
def test_a_long_word_is_broken_anywhere(text: str) -> None:
    assert all(sum(width(piece.text) for piece in line) <= 6 for line in wrapped([Piece("same", text)], 6))
