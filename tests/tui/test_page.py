"""The printed form as a page: tables in columns of cells, whatever stands in them and however narrow it is."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.widgets.line import width
from antragsbuch_schema.documents.model import Align, Cell, Column, Table
from antragsbuch_schema.documents.of_motion import document
from antragsbuch_schema.documents.page import Line, page_lines, table_lines

ROOT = Path(__file__).parents[2] / "motions"
COUNCIL = tomllib.loads((ROOT / "council.toml").read_text())
MOTION = tomllib.loads((ROOT / "V/3100/3185-HHA.toml").read_text())


def plain(line: Line) -> str:
    return "".join(piece.text for piece in line)


def shown(data: dict[str, Any], cells: int = 80) -> list[str]:
    return [plain(line).rstrip() for line in page_lines(document(data, COUNCIL), cells)]


def test_the_eight_columns_stand_below_each_other_at_80_cells() -> None:
    steps = [dict(step) for step in MOTION["consultations"]]
    steps[3] |= {"outcome": "as_proposed", "votes": [{"yes": 45, "no": 30, "abstentions": 3}]}
    lines = shown({**MOTION, "consultations": steps})
    head = next(number for number, line in enumerate(lines) if "Beratungsfolge" in line)
    assert [line.split() for line in lines[head : head + 4]] == [
        ["Beratungsfolge", "Geplante", "Zuständigkeit", "Abstimmung"],
        ["Sitzungs-", "Laut", "abwei-", "Ja", "Nein", "Enthal-"],
        ["termine", "Vor-", "chend", "tung"],
        ["schlag"],
    ]
    row = next(line for line in lines if line.startswith(" Regionsversammlung"))
    assert row.split() == ["Regionsversammlung", "17.12.2024", "Entscheidung", "X", "45", "30", "3"]
    column = lines[head + 1].index("Ja")
    assert row[column : column + 2] == "45"
    assert any(line.startswith(" Antidiskriminierung") for line in lines)


def test_a_finished_word_of_a_narrow_column_is_not_lost() -> None:
    text = " ".join(shown(MOTION, 80)).replace("- ", "")
    for word in ("Organisation,", "Digitalisierung", "(Federführung)", "Antidiskriminierung"):
        assert word in text


def test_cells_that_span_rows_and_columns_flow() -> None:
    columns = (Column(40), Column(30), Column(30, Align.END))
    head = ((Cell("eins zwei drei", rows=2), Cell("oben", columns=2)), (Cell("a"), Cell("b")))
    table = Table("", columns, head, ((Cell("x" * 20), Cell("yyyyy yyyyy"), Cell("7")),))
    assert [plain(line) for line in table_lines(table, 40)] == [
        "eins zwei drei             oben",
        "                      a            b",
        "─" * 36,
        "x" * 20 + "  yyyyy yyyyy  7",
    ]


def test_wide_letters_and_controls_keep_the_columns() -> None:
    columns = (Column(50), Column(50))
    rows = ((Cell("議会の"), Cell("eins")), (Cell("\x1b[31mrot"), Cell("zwei")), (Cell("e\u0301"), Cell("drei")))
    lines = [plain(line) for line in table_lines(Table("", columns, (), rows), 40)]
    assert {width(line[: line.index(word)]) for line, word in zip(lines, ("eins", "zwei", "drei"), strict=True)} == {10}
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("cells", [24, 50])
def test_where_there_is_no_room_for_columns_each_cell_has_its_heading(cells: int) -> None:
    lines = shown(MOTION, cells)
    assert "Zuständigkeit: Entscheidung" in " ".join(" ".join(lines).split())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.dates(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from([*MOTION, "votes", "yes"]), below),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(MOTION)), VALUES), st.integers(20, 130))
def test_whatever_a_motion_holds_it_fits_the_page(data: dict[str, Any], cells: int) -> None:
    lines = page_lines(document(data, COUNCIL), cells)
    assert all(width(plain(line)) <= cells for line in lines)


@given(
    st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=9), min_size=1, max_size=4),
    st.integers(10, 100),
)
def test_a_table_of_any_texts_fits(texts: list[list[str]], room: int) -> None:
    most = max(map(len, texts))
    rows = tuple(tuple(Cell(text) for text in row) for row in texts)
    table = Table("", tuple(Column(100 // most) for _ in range(most)), (), rows)
    assert all(width(plain(line)) <= room for line in table_lines(table, room))


def test_a_date_without_a_year_is_printed_as_it_stands() -> None:
    assert " Datum: 14.11.2024" in shown({**MOTION, "date": dt.date(2024, 11, 14)})
