"""Workbooks: what another library reads in ours, what ours reads in those of others, and in hostile ones."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from antragsbuch_schema.exchange import tables_xlsx, tables_xlsx_in
from antragsbuch_schema.exchange.tables import BUDGET_LINES, CONSULTATIONS, MOTIONS, VOTES
from antragsbuch_schema.exchange.tables_cells import MAX_TEXT, Cell, NotUnderstood, Style, unchanged
from antragsbuch_schema.exchange.tables_csv import TableError, defused
from antragsbuch_schema.exchange.tables_edits import Applied, Asked, applied
from antragsbuch_schema.exchange.tables_in import letters, lines
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise

GERMAN = Style("de", german=True)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def made(rows: list[list[Cell]], table: Any = MOTIONS) -> bytes:
    """Our workbook with one sheet, whose first columns hold these cells."""
    book = tables_xlsx.Workbook("de")
    book.add(table, table.columns[: len(rows[0])], rows)
    return book.content()


def packed(sheet: str, more: dict[str, bytes] | None = None, book: str = "") -> bytes:
    """A workbook written by hand: the inside of its `sheetData`, and other parts."""
    parts = {
        "xl/workbook.xml": (
            f'<workbook {MAIN} xmlns:r="{LINKS}">{book}<sheets><sheet name="T" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="rId1" Target="worksheets/s.xml"/></R>',
        "xl/worksheets/s.xml": f"<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>".encode(),
        **(more or {}),
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read(data: bytes) -> list[tuple[int, list[Any]]]:
    """The rows of the first sheet."""
    return [(number, list(row)) for number, row in next(tables_xlsx_in.workbook(data).tables()).rows]


# --- what ours are


def test_another_library_finds_types_formats_and_no_formula() -> None:
    formula = '=HYPERLINK("http://example.org")'
    row: list[Cell] = ["x1", formula, "", "+1", "-1", "@x", "", "", dt.date(2023, 11, 16)]
    sheet = openpyxl.load_workbook(BytesIO(made([row])))["Anträge"]
    cells = [cell for cell in sheet[2] if cell.value is not None]
    assert [cell.data_type for cell in cells] == ["s"] * 5 + ["d"]
    assert sheet["B2"].value == formula
    assert sheet["I2"].value == dt.datetime(2023, 11, 16) and sheet["I2"].number_format == "dd.mm.yyyy"
    assert sheet.freeze_panes == "D2" and sheet.auto_filter.ref == "A1:I2"
    assert sheet["A1"].value == "Antrag (ID)" and sheet["A1"].font.b
    assert sheet["B2"].number_format == "@"


def test_the_possible_words_are_offered() -> None:
    sheet = openpyxl.load_workbook(BytesIO(made([[""] * len(CONSULTATIONS.columns)], CONSULTATIONS)))["Beratungsfolge"]
    offered = {str(one.sqref).partition("2:")[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    columns = {column.name: letters(number) for number, column in enumerate(CONSULTATIONS.columns, 1)}
    assert offered[columns["lead"]] == '"ja,nein"'
    assert "laut Vorschlag,abweichend" in offered[columns["outcome"]] and columns["meeting"] not in offered


def test_the_same_tables_are_the_same_bytes() -> None:
    with ZipFile(BytesIO(made([["x1", "1 (V) A"]]))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        moments = set(re.findall(rb">([0-9]{4}-[^<]*)<", archive.read("docProps/core.xml")))
    assert moments == {b"2000-01-01T00:00:00Z"}


def test_money_and_counts_are_numbers() -> None:
    place = [column.name for column in BUDGET_LINES.columns].index("change")
    row: list[Cell] = [*[""] * place, Decimal("20000.50")]
    cell = openpyxl.load_workbook(BytesIO(made([row], BUDGET_LINES)))["Haushalt"].cell(2, place + 1)
    assert (cell.value, cell.number_format) == (20000.5, "#,##0.00")


@pytest.mark.parametrize(
    "value",
    ["=1", "#N/A", "a\x07b\rc\nd", "_x000D_", "'=1", " =1", "  x  ", "\ufffe", "1", "TRUE", dt.date(1850, 1, 1), 10**15,
     dt.time(18, 30), dt.time(18, 30, 5), dt.time(18, 30, 5, 1), Decimal("-0.01"), dt.date(9999, 12, 31), dt.time(0)],
)  # fmt: skip
def test_every_value_comes_back(value: Cell) -> None:
    column = {dt.date: "date", dt.time: "time", int: "date"}.get(type(value), "meeting")
    place = [known.name for known in CONSULTATIONS.columns].index(column)
    ((_head, _headings), (_number, row)) = read(made([[*[""] * place, value]], CONSULTATIONS))
    assert unchanged(row[place], value, Style("de", german=False)) or unchanged(row[place], str(value), GERMAN)


def test_a_text_that_no_cell_holds_is_left_where_it_is() -> None:
    long = "ä" * (MAX_TEXT + 1)
    data = {"id": "x1", "title": "A", "facts": long}
    place = [column.name for column in MOTIONS.columns].index("facts")
    row: list[Cell] = ["x1", *[""] * (place - 1), long]
    book = tables_xlsx_in.workbook(made([row]))
    found = Applied(dict(data))
    for sheet in book.tables():
        for line in lines(sheet, found.troubles):
            applied(line, found, normalise(data, MOTION), Asked(False, True, dt.date(2025, 1, 1)))
    assert not found.changed and not [one for one in found.troubles if one.heading == "Sachverhalt"]


# --- what others make


def test_a_text_that_came_by_way_of_csv_loses_its_apostrophe() -> None:
    data = {"id": "x1", "title": "=A", "remarks": "'=B"}
    for title, remarks, changed in ((defused("=A"), "'=B", False), (defused("=C"), "'=B", True), ("=A", "'=B", False)):
        other = openpyxl.Workbook()
        sheet = other.active
        assert sheet is not None
        for row in (["motion", "title", "remarks"], ["x1", title, remarks]):
            sheet.append(row)
        sheet["B2"].data_type = "s"
        buffer = BytesIO()
        other.save(buffer)
        found = Applied(dict(data))
        for table in tables_xlsx_in.workbook(buffer.getvalue()).tables():
            for line in lines(table, found.troubles):
                applied(line, found, data, Asked(False, False, dt.date(2025, 1, 1)))
        assert found.troubles == [] and found.changed is changed
        assert found.data["title"] == ("=C" if changed else "=A") and found.data["remarks"] == "'=B"


def test_shared_and_rich_texts_dates_and_errors_of_other_programs() -> None:
    strings = (
        f'<sst {MAIN}><si><t>eins</t></si><si><r><t>zw</t></r><r><t xml:space="preserve">ei </t></r>'
        "<rPh><t>nicht</t></rPh></si></sst>"
    )
    styles = (
        f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="170" formatCode="[$-407]d. mmm yy"/>'
        '<numFmt numFmtId="171" formatCode="0.00 &quot;days&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
    )
    sheet = (
        '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="D3" s="1"><v>45246</v></c>'
        '<c r="E3" s="2"><v>45246.5</v></c><c r="F3" s="3"><v>45246</v></c><c r="G3" t="b"><v>1</v></c>'
        '<c r="H3" t="e"><v>#REF!</v></c><c r="I3"><v>0.30000000000000004</v></c><c r="J3" s="1"><v>0.75</v></c></row>'
        "<row><c><v>7</v></c></row>"
    )
    ((number, row), following) = read(
        packed(sheet, {"xl/sharedStrings.xml": strings.encode(), "xl/styles.xml": styles.encode()})
    )
    assert number == 3 and following == (4, [7])
    assert row[:7] == ["eins", "zwei ", "", dt.date(2023, 11, 16), "2023-11-16 12:00:00", 45246, True]
    assert isinstance(row[7], NotUnderstood) and "#REF!" in row[7].reason("de")
    assert row[8:] == [Decimal("0.3"), dt.time(18)]


def test_dates_may_count_from_1904() -> None:
    styles = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    sheet = '<row><c s="0"><v>43784</v></c></row>'
    ((_number, row),) = read(packed(sheet, {"xl/styles.xml": styles.encode()}, '<workbookPr date1904="1"/>'))
    assert row == [dt.date(2023, 11, 16)]


def test_of_a_formula_the_stored_value_counts_and_it_is_told() -> None:
    sheet = '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1&amp;""</f><v>zwei</v></c><c><f>NOW()</f></c></row>'
    book = tables_xlsx_in.workbook(packed(sheet))
    ((_number, row),) = list(next(book.tables()).rows)
    assert row[:2] == [2, "zwei"] and isinstance(row[2], NotUnderstood)
    assert book.formulas == {"T": 3}


def test_far_away_cells_cost_nothing() -> None:
    rows = read(packed('<row r="1048576"><c r="C1048576"><v>1</v></c></row>'))
    assert rows == [(1048576, ["", "", 1])]


# --- hostile


def entities() -> bytes:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return packed("", {"xl/worksheets/s.xml": f"{bomb}<worksheet {MAIN}><sheetData/></worksheet>".encode()})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no XLSX"),
        (b"PK\x03\x04 nothing", "no XLSX"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "password"),
        (b"x" * ((64 << 20) + 1), "larger than 64"),
        (entities(), "entities"),
        (packed("<row><c><v>1</v></c>", {"xl/worksheets/s.xml": b"<worksheet><row>"}), "damaged"),
        (packed("", {"xl/worksheets/s.xml": b"\xff\xfe<\0x\0"}), "damaged"),
        (packed('<row><c r="XFD1"><v>1</v></c></row>'), "more than 1000 columns"),
        (packed("<row>" + "<c/>" * 1_001 + "</row>"), "more than 1000 columns"),
        (packed('<row><c t="s"><v>5</v></c></row>'), "damaged"),
        (packed('<row><c t="inlineStr"><is><t>' + "x" * (1 << 20) + "y</t></is></c></row>"), "characters"),
        (packed("<row><c><v>" + "1" * (2 << 20) + "</v></c></row>"), "characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_workbook_ends_in_one_message(data: bytes, reason: str) -> None:
    with pytest.raises(TableError, match=reason):
        read(data)


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked() -> None:
    buffer = BytesIO(packed(""))
    with ZipFile(buffer, "a", ZIP_DEFLATED) as archive, archive.open("xl/media/x", "w", force_zip64=True) as part:
        for _piece in range(257):
            part.write(bytes(1 << 20))
    assert len(buffer.getvalue()) < 1 << 20
    with pytest.raises(TableError, match="unpacks to more"):
        read(buffer.getvalue())


def test_a_sheet_that_lies_about_its_size_is_damaged() -> None:
    data = bytearray(packed('<row><c t="inlineStr"><is><t>' + "x" * 5000 + "</t></is></c></row>"))
    place = data.rindex(b"xl/worksheets/s.xml") - 46 + 24
    data[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(TableError, match="damaged"):
        read(bytes(data))


def test_votes_in_our_workbook_are_whole_numbers() -> None:
    place = [column.name for column in VOTES.columns].index("yes")
    ((_head, _headings), (_number, row)) = read(made([[*[""] * place, 45]], VOTES))
    assert row[place] == 45 and type(row[place]) is int
