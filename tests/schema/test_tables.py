"""Motions as tables, and the tables back: nothing changes on the way, and one cell changes one field."""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema import places
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange import tables_cells, tables_csv, tables_xlsx, tables_xlsx_in
from antragsbuch_schema.exchange.tables import (
    BUDGET_LINES,
    CONSULTATIONS,
    MOTIONS,
    TABLES,
    VOTES,
    Role,
    Table,
    rows,
)
from antragsbuch_schema.exchange.tables_cells import PLAIN, Cell, NotUnderstood, Style
from antragsbuch_schema.exchange.tables_edits import Asked
from antragsbuch_schema.exchange.tables_in import Sheet, letters
from antragsbuch_schema.fields import Field, Kind
from antragsbuch_schema.i18n import LANGUAGES, catalogue
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.suggest import same_name
from antragsbuch_schema.toml.edit import rewrite
from support.generated import Register
from support.motion_data import MOTION_3185
from support.tables import (
    ENGLISH,
    GENERATED,
    GERMAN,
    TODAY,
    as_csv,
    back,
    cells,
    one_change,
    read,
    said,
    table_of,
    voted,
)

# --- there and back


@settings(max_examples=15)
@given(GENERATED, st.sampled_from([GERMAN, ENGLISH, PLAIN]))
def test_out_as_csv_and_in_again_changes_nothing(data: Data, style: Style) -> None:
    found = back(data, as_csv(data, style))
    assert not found.changed and found.data == data
    assert [trouble for trouble in found.troubles if trouble.kind != "note"] == []


@settings(max_examples=6)
@given(GENERATED, st.sampled_from(LANGUAGES))
def test_out_as_workbook_and_in_again_changes_nothing(data: Data, language: Any) -> None:
    book = tables_xlsx.Workbook(language)
    for table in TABLES:
        book.add(table, table.columns, cells(table, data, Style(language, german=True)))
    read_again = tables_xlsx_in.workbook(book.content())
    found = back(data, list(read_again.tables()))
    assert not found.changed and found.data == data
    assert [trouble for trouble in found.troubles if trouble.kind != "note"] == []
    assert not read_again.formulas


@settings(max_examples=50)
@given(st.text(alphabet="'=+-@\t\r\n abc＝", max_size=6))
def test_defusing_is_undone_exactly(value: str) -> None:
    defused = tables_csv.defused(value)
    assert tables_csv.fused(defused) == value
    assert not defused.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


@settings(max_examples=30)
@given(st.lists(st.lists(st.text(max_size=4), min_size=2, max_size=4), min_size=1, max_size=4))
def test_our_reader_of_csv_reads_what_the_library_writes(table: list[list[str]]) -> None:
    import csv
    import io

    for delimiter in ";,\t":
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
        found = [row for _number, row in tables_csv.rows(tables_csv.Source(buffer.getvalue(), delimiter, False))]
        assert found == [[tables_csv.fused(of) for of in row] for row in table]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_headings_are_not_mistaken(table: Table) -> None:
    for language in (None, *LANGUAGES):
        headings = [same_name(column.heading(language)) for column in table.columns]
        assert len(set(headings)) == len(headings)


def test_words_for_choices_are_not_mistaken() -> None:
    for table in TABLES:
        for column in table.columns:
            words: dict[str, str] = {}
            for choice in column.field.choices:
                for word in (choice.code, *(catalogue(language).gettext(choice.label) for language in LANGUAGES)):
                    assert words.setdefault(same_name(word), choice.code) == choice.code


# --- one cell


@pytest.mark.parametrize(
    ("table", "row", "name", "value", "place", "expected"),
    [
        (MOTIONS, 0, "title", "Ein anderer Titel", "title", "Ein anderer Titel"),
        (MOTIONS, 0, "originators", r"CDU; Die\; anderen", "originators", ["CDU", "Die; anderen"]),
        (MOTIONS, 0, "budget.plan", "2025/2026", "budget.plan", "2025/2026"),
        (MOTIONS, 0, "facts", "Erstens.\r\n\r\nZweitens.", "facts", "Erstens.\n\nZweitens."),
        (CONSULTATIONS, 1, "date", "16.12.24", "consultations[c2].date", dt.date(2024, 12, 16)),
        (CONSULTATIONS, 1, "lead", "WAHR", "consultations[c2].lead", True),
        (CONSULTATIONS, 1, "role", "taking note", "consultations[c2].role", "noting"),
        (CONSULTATIONS, 1, "time", "18:30:00", "consultations[c2].time", dt.time(18, 30)),
        (VOTES, 0, "yes", "1.044,00", "consultations[c3].votes[v1].yes", 1044),
        (BUDGET_LINES, 1, "change", "20.500,50 €", "budget.amounts[a1].change", 2050050),
    ],
)
def test_one_cell_changes_one_field(
    table: Table, row: int, name: str, value: str, place: str, expected: object
) -> None:
    found = one_change(name, value, table, row)
    assert said(found) == []
    before = voted()
    assert places.value_at(places.parse(place), found.data) == expected
    path = places.parse(place)
    untouched = [other for other in before if other != path[0]]
    assert {key: found.data[key] for key in untouched} == {key: before[key] for key in untouched}


@pytest.mark.parametrize(
    ("table", "row", "name", "value", "cell", "reason"),
    [
        (VOTES, 0, "yes", "4,5E+10", "Q2", "shortened"),
        (VOTES, 0, "yes", "45,5", "Q2", "not a count"),
        (VOTES, 0, "yes", "-1", "Q2", "not a count"),
        (VOTES, 0, "result", "angenomen", "M2", "did you mean angenommen?"),
        (BUDGET_LINES, 1, "change", "20,000", "T3", "not an amount"),
        (BUDGET_LINES, 1, "change", "1.5", "T3", "not an amount"),
        (BUDGET_LINES, 1, "change", "20000,505", "T3", "not an amount"),
        (BUDGET_LINES, 0, "page", "425", "G2", "made a number of 0425"),
        (BUDGET_LINES, 0, "change", "1,00", "T2", "no place in a row"),
        (CONSULTATIONS, 2, "agenda_item", "07. Dez", "K4", "made a date of 7.12"),
        (CONSULTATIONS, 2, "agenda_item", "07.12.2024", "K4", "made a date of 7.12"),
        (CONSULTATIONS, 0, "date", "45615", "H2", "format it as a date"),
        (CONSULTATIONS, 0, "date", "19.12.", "H2", "not a date"),
        (CONSULTATIONS, 0, "date", "11/19/2024", "H2", "not a date"),
        (CONSULTATIONS, 0, "date", "31.02.2024", "H2", "not a date"),
        (CONSULTATIONS, 0, "lead", "vielleicht", "N2", "neither yes nor no"),
        (CONSULTATIONS, 0, "title", "Ein anderer", "E2", "belongs to something else"),
        (CONSULTATIONS, 0, "organization", "a\nb", "F2", "line break"),
        (CONSULTATIONS, 0, "organization", "a\x07b", "F2", "control character"),
        (MOTIONS, 0, "title", "", "E2", "must not be empty"),
    ],
)
def test_what_is_not_understood_is_named_and_changes_nothing(
    table: Table, row: int, name: str, value: str, cell: str, reason: str
) -> None:
    found = one_change(name, value, table, row, Asked(add=False, clear=True, today=TODAY))
    ((where, why),) = said(found)
    assert where == cell and reason in why
    assert not found.changed and found.data == voted()


def test_a_row_with_a_mistake_changes_nothing_and_the_others_do() -> None:
    data = voted()
    found = read(
        table_of(CONSULTATIONS, data, changes={(0, "role"): "??", (0, "meeting"): "7", (1, "meeting"): "8"}), data
    )
    assert [step.get("meeting") for step in found.data["consultations"]] == [None, "8", None]


def test_letters_that_an_old_encoding_lost_are_told() -> None:
    data = {"id": "a", "title": "Łódź – Straße"}
    found = read(table_of(MOTIONS, data, changes={(0, "title"): "?ód? – Straße"}), data)
    assert "letters were lost" in said(found)[0][1] and not found.changed


VALUES = {
    Kind.TEXT: ("neu; und – „anders“", "neu; und – „anders“"),
    Kind.DATE: ("1.2.2031", dt.date(2031, 2, 1)),
    Kind.TIME: ("17.45", dt.time(17, 45)),
    Kind.INTEGER: ("1.234", 1234),
    Kind.CENTS: ("-12.345,60", -1234560),
}


@settings(max_examples=25)
@given(st.integers(0, 199), st.data())
def test_one_changed_cell_changes_one_line_of_the_file(number: int, data: st.DataObject) -> None:
    _path, text = Register(200).motion(number)
    # as people lay files out: with comments, which stay
    text = text.replace("\n[[", "\n# ein Kommentar\n[[").replace("title = ", "title   =  ")
    motion = tomllib.loads(text)
    table = data.draw(st.sampled_from([table for table in TABLES if list(cells(table, motion, GERMAN))]))
    row = data.draw(st.integers(0, len(list(cells(table, motion, GERMAN))) - 1))
    place = list(rows(table, normalise(motion, MOTION)))[row].place
    column = data.draw(
        st.sampled_from(
            [
                column
                for column in table.columns
                if column.role is Role.FIELD and len(column.path) == 1 and column.field.kind in VALUES
                if not column.lists or place[1] in column.lists
            ]
        )
    )
    typed, meant = VALUES[column.field.kind]
    found = read(table_of(table, motion, changes={(row, column.name): typed}), motion)
    assert said(found) == [] and places.value_at((*place, *column.path), found.data) == meant
    before, after = text.splitlines(), rewrite(text, found.data, MOTION).splitlines()
    changes = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert all(line[2:].startswith(f"{column.path[0]} ") for line in changes)
    assert [line[0] for line in changes] in (["+"], ["-", "+"])


# --- emptied, new, twice


def test_an_emptied_cell_takes_away_only_when_asked() -> None:
    found = one_change("role", "", row=2)
    assert not found.changed and found.troubles[0].kind == "emptied"
    cleared = one_change("role", "", row=2, asked=Asked(add=False, clear=True, today=TODAY))
    assert "role" not in cleared.data["consultations"][2] and said(cleared) == []


def test_a_new_row_comes_in_only_when_asked() -> None:
    data = voted()
    table: list[list[Cell]] = [
        ["motion", "consultation", "organization", "date"],
        ["p4w8zk1c", "", "Beirat", "1.2.2025"],
    ]
    assert read(table, data).troubles[0].kind == "new"
    found = read(table, data, Asked(add=True, clear=False, today=TODAY))
    assert found.data["consultations"][3] == {"id": "c4", "organization": "Beirat", "date": dt.date(2025, 2, 1)}
    assert found.data["consultations"][:3] == data["consultations"]


def test_a_new_step_and_its_vote_come_in_one_after_the_other() -> None:
    data = voted()
    asked = Asked(add=True, clear=False, today=TODAY)
    steps: list[list[Cell]] = [["motion", "consultation", "organization"], ["p4w8zk1c", "c9", "Beirat"]]
    votes: list[list[Cell]] = [["motion", "consultation", "vote", "yes"], ["p4w8zk1c", "c9", "", "7"]]
    found = back(data, [Sheet(enumerate(table, 1), GERMAN) for table in (steps, votes)], asked)
    assert said(found) == []
    assert found.data["consultations"][3] == {"id": "c9", "organization": "Beirat", "votes": [{"id": "v1", "yes": 7}]}


def test_a_table_made_by_hand_finds_the_step_by_body_and_date() -> None:
    data = voted()
    table: list[list[Cell]] = [
        ["Drucksachennummer", "Beratung: Gremium", "Beratung: Datum", "Ja"],
        ["3185 (V) HHA", "Regionsversammlung", "17.12.2024", "44"],
        ["3185 (V) HHA", "Regionsversammlung", "18.12.2024", "43"],
    ]
    found = read(table, data)
    assert found.data["consultations"][2]["votes"][0]["yes"] == 44
    assert said(found) == [("3", "the row does not say at which step")]


def test_rows_that_stand_twice_count_once_or_not_at_all() -> None:
    data = voted()
    table = table_of(CONSULTATIONS, data, changes={(0, "meeting"): "7"})
    found = read([*table, table[1]], data)
    assert found.data["consultations"][0]["meeting"] == "7" and said(found) == [("5", "the same as row 2")]
    other = list(table[1])
    other[CONSULTATIONS.columns.index(CONSULTATIONS.column("meeting") or CONSULTATIONS.columns[0])] = "8"
    found = read([*table, other], data)
    assert not found.changed and [where for where, _why in said(found)] == ["2", "5"]


def test_rows_that_name_the_same_step_otherwise_do_not_overwrite_each_other() -> None:
    data = voted()
    table: list[list[Cell]] = [
        ["reference", "consultation.organization", "consultation.date", "yes"],
        ["3185 (V) HHA", "Regionsversammlung", "17.12.2024", "44"],
        ["3185 (V) HHA", "Regionsversammlung", "17.12.24", "46"],
        ["3185 (V) HHA", "Regionsversammlung", "2024-12-17", "44"],
    ]
    found = read(table, data)
    assert found.data["consultations"][2]["votes"][0]["yes"] == 44
    assert said(found) == [("3", "row 2 says something else of the same")]


def test_columns_in_another_order_under_other_names_are_the_same() -> None:
    data = voted()
    table: list[list[Cell]] = [
        ["", "", "", ""],
        ["date", "Gremium", "STEP (ID)", "Antrag (ID)", "Notiz", ""],
        ["20.11.2024", MOTION_3185["consultations"][0]["organization"], "c1", "p4w8zk1c", "nur für mich", ""],
        ["", "", "", "", "", "", ""],
    ]
    found = read(table, data)
    assert found.data["consultations"][0] == {**data["consultations"][0], "date": dt.date(2024, 11, 20)}
    assert [(trouble.kind, trouble.cell) for trouble in found.troubles] == [("note", "E2")]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([], "empty"),
        ([["a", "b"], ["1", "2"]], "no row of headings"),
        ([["motion", "date", "Date"], ["1", "2", "3"]], "two columns"),
        ([["title", "date"], ["1", "2"]], "which motion"),
    ],
)
def test_what_is_no_table_is_refused(table: list[list[Cell]], reason: str) -> None:
    with pytest.raises(tables_csv.TableError, match=reason):
        read(table, voted())


def test_a_row_that_has_slipped_is_told() -> None:
    found = read([["motion", "title"], ["p4w8zk1c", "x", "y"]], voted())
    assert said(found) == [("C2", "a cell beyond the last heading; the row may have slipped")] and not found.changed


# --- what spreadsheets do to files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_every_kind_of_csv_is_read(encoding: str, delimiter: str, ending: str) -> None:
    text = ending.join(delimiter.join(row) for row in (["Antrag (ID)", "Titel"], ["p4w8zk1c", '"Änderung, neu; so"']))
    source = tables_csv.source(text.encode(encoding))
    assert [row for _number, row in tables_csv.rows(source)] == [
        ["Antrag (ID)", "Titel"],
        ["p4w8zk1c", "Änderung, neu; so"],
    ]
    assert source.old_encoding == (encoding == "cp1252")


def test_the_line_that_names_the_delimiter_is_no_row() -> None:
    source = tables_csv.source(b"sep=|\r\nmotion|title\r\n")
    assert list(tables_csv.rows(source)) == [(1, ["motion", "title"])]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"motion;title\n" + b";" * 2000, "more than 1000 columns"),
        (b'motion;title\n"abc', "never closed"),
        (b"motion;title\na;" + b"x" * (1 << 21), "characters"),
        (b"\x81\x8d\x00", "no text"),
    ],
)
def test_hostile_csv_ends_in_one_message(data: bytes, reason: str) -> None:
    with pytest.raises(tables_csv.TableError, match=reason):
        list(tables_csv.rows(tables_csv.source(data)))


def test_letters_name_columns() -> None:
    assert [letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("kind", "given_cell", "expected"),
    [
        (Kind.CENTS, Decimal("20000.5"), 2000050),
        (Kind.CENTS, 20000, 2000000),
        (Kind.INTEGER, Decimal("45"), 45),
        (Kind.BOOLEAN, True, True),
        (Kind.TEXT, 425, "425"),
        (Kind.DATE, dt.date(2023, 11, 16), dt.date(2023, 11, 16)),
    ],
)
def test_cells_of_a_workbook_have_a_type(kind: Kind, given_cell: Cell, expected: object) -> None:
    assert tables_cells.understood(given_cell, Field("x", kind, ""), None, GERMAN, TODAY) == expected


@pytest.mark.parametrize(
    ("kind", "given_cell"),
    [(Kind.CENTS, Decimal("0.005")), (Kind.INTEGER, Decimal("4.5")), (Kind.TEXT, Decimal("7.1")), (Kind.TEXT, TODAY),
     (Kind.DATE, 45246), (Kind.TIME, Decimal("0.5")), (Kind.INTEGER, True), (Kind.CENTS, True)],
)  # fmt: skip
def test_a_cell_of_another_type_is_not_understood(kind: Kind, given_cell: Cell) -> None:
    assert isinstance(tables_cells.understood(given_cell, Field("x", kind, ""), None, GERMAN, TODAY), NotUnderstood)
