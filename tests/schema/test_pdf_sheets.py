"""The text of positioned words: lines, paragraphs, items, tables, heads of pages."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema import prose
from antragsbuch_schema.exchange.from_printed import REFERENCE, read
from antragsbuch_schema.exchange.from_sheets import copied, documents
from antragsbuch_schema.exchange.sheets import BLANK, HYPHENATED, NOTHING, Box, Sheet, Word
from support.printed import council

LETTER, SIZE, PITCH, LEFT, WIDTH, HEIGHT = 5.0, 10.0, 13.0, 50.0, 595.0, 842.0
ROOM = 90
"""How many letters a line has room for."""


def line(text: str, top: float, left: float = LEFT, last: str = NOTHING) -> list[Word]:
    """The words of a line, all letters equally wide; `last` follows the last of them."""
    found: list[Word] = []
    for match in re.finditer(r"\S+", text):
        start = left + LETTER * match.start()
        after = BLANK if match.end() < len(text) else last
        found.append(Word(match[0], start, top, start + LETTER * len(match[0]), top + SIZE, after))
    return found


def sheet(*lines: list[Word], number: int = 1, tables: Sequence[Sequence[Sequence[Box | None]]] = ()) -> Sheet:
    held = tuple(tuple(tuple(cells) for cells in table) for table in tables)
    return Sheet(number, WIDTH, HEIGHT, tuple(word for words in lines for word in words), held)


def column(lines: Sequence[str], top: float = 100.0, left: float = LEFT, pitch: float = PITCH) -> list[Word]:
    return [word for number, text in enumerate(lines) for word in line(text, top + number * pitch, left)]


def said(*sheets: Sheet) -> list[str]:
    return [text for text in copied(sheets).text.split("\n") if text]


FULL = "Die Verwaltung prüft den Plan und legt dem Ausschuss bis zum Ende des Jahres einen Bericht"
assert len(FULL) == ROOM


def test_full_lines_are_a_paragraph_and_short_ones_are_not() -> None:
    assert said(sheet(column([FULL, FULL, "mehr.", "Haushaltsantrag", "Öffentlich", "und gut"]))) == [
        f"{FULL} {FULL} mehr.",
        "Haushaltsantrag",
        "Öffentlich und gut",
    ]


def test_a_gap_ends_a_paragraph() -> None:
    words = column([FULL, FULL]) + column([FULL, FULL], top=100 + 3.5 * PITCH)
    assert said(sheet(words)) == [f"{FULL} {FULL}", f"{FULL} {FULL}"]


@pytest.mark.parametrize(
    ("end", "begin", "whole"),
    [
        ("Fachveranstal-", "tung soll", "Fachveranstaltung soll"),
        ("bundes-", "und landesweit", "bundes- und landesweit"),
        ("mit 40 Ja-", "Stimmen", "mit 40 Ja-Stimmen"),
        ("eine 20-", "jährige", "eine 20-jährige"),
        ("kommunal -", "nicht", "kommunal - nicht"),
        ("Gesellschaft -", "Nicht", "Gesellschaft - Nicht"),
    ],
)
def test_hyphens_at_the_ends_of_lines(end: str, begin: str, whole: str) -> None:
    start = FULL[: ROOM - len(end) - 1]
    assert said(sheet(column([FULL, f"{start} {end}", f"{begin} mehr"]))) == [f"{FULL} {start} {whole} mehr"]


def test_what_the_document_says_of_the_ends_of_lines_counts() -> None:
    start = FULL[:69]
    words = line(f"{start} die Fachveranstal-", 100, last=HYPHENATED) + line(f"tung {start} bundes-", 113, last=BLANK)
    words += line(f"landesweit {start} Zug/", 126, last=NOTHING) + line("Bus", 139)
    words += line(start, 165, last=BLANK) + line("weit", 178)
    assert said(sheet(words)) == [
        f"{start} die Fachveranstaltung {start} bundes- landesweit {start} Zug/Bus",
        f"{start} weit",
    ]


def test_bullets_of_all_kinds_are_items() -> None:
    words = line("•", 100) + line(FULL, 100, LEFT + 15) + line("mehr", 113, LEFT + 15)
    words += line("– zweitens", 126, LEFT + 10) + line("- drittens", 139) + line("\ufffd viertens", 152)
    assert said(sheet(column([FULL, "mehr:"], top=70), words)) == [
        f"{FULL} mehr:",
        f"- {FULL} mehr",
        "- zweitens",
        "- drittens",
        "- viertens",
    ]


def test_a_dash_inside_a_paragraph_begins_no_item() -> None:
    assert said(sheet(column([FULL, f"- {FULL[:88]}", "- nein"]))) == [f"{FULL} - {FULL[:88]} - nein"]


def test_a_first_line_may_be_indented() -> None:
    words = line(FULL, 100, LEFT + 20) + line(FULL, 113) + line("kurz.", 126) + line(FULL, 139, LEFT + 20)
    assert said(sheet(words + line("mehr", 152))) == [f"{FULL} {FULL} kurz.", f"{FULL} mehr"]


def test_a_paragraph_goes_on_over_pages_without_their_heads_and_feet() -> None:
    def page(number: int, *texts: str) -> Sheet:
        return sheet(
            line("Region Hannover", 30), column(texts), line(f"Vorlage 17, Blatt {number}", 800, 250), number=number
        )

    assert said(page(1, "Kurz.", FULL, FULL), page(2, FULL, "Ende.")) == ["Kurz.", f"{FULL} {FULL} {FULL} Ende."]
    places = copied([page(1, "Kurz.", FULL, FULL), page(2, "Ende.", "Mehr.")]).places
    assert places[0] == (1, 2) and places[-1] == (2, 3)


def test_a_table_goes_on_over_pages() -> None:
    edges = [50.0, 155.0, 250.0, 330.0]

    def page(number: int, rows: Sequence[tuple[str, str, str]], top: float = 100.0) -> Sheet:
        words, boxes = [], []
        for position, cells in enumerate(rows):
            at = top + 20 * position
            boxes.append([(edges[cell], at - 2, edges[cell + 1], at + 18) for cell in range(3)])
            words += [word for cell, text in enumerate(cells) for word in line(text, at, edges[cell] + 2)]
        return sheet(words, number=number, tables=[boxes])

    head = ("Beratungsfolge", "Sitzungstermin", "Zuständigkeit")
    first = page(
        1,
        [
            head,
            ("Regionsausschuss", "10.12.2024", "Vorbereitung"),
            ("Ausschuss für das", "11.12.2024", "Entscheidung,"),
        ],
    )
    second = page(2, [head, ("Soziale", "", "endlich"), ("Regionsrat", "17.12.2024", "Votum")])
    third = page(3, [head, ("Rat", "", "Anhörung")])
    assert said(first, second, third) == [
        "Beratungsfolge\tSitzungstermin\tZuständigkeit",
        "Regionsausschuss\t10.12.2024\tVorbereitung",
        "Ausschuss für das Soziale\t11.12.2024\tEntscheidung, endlich",
        "Regionsrat\t17.12.2024\tVotum",
        "Rat\t\tAnhörung",
    ]


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("between", [0.0, 5.0])
def test_a_table_without_lines(centred: bool, between: float) -> None:
    """Rows of one to three lines, the date beside the first or the middle one."""
    if centred and not between:
        pytest.skip("nothing tells where such a row begins")
    lefts = (50.0, 200.0, 280.0, 370.0, 420.0, 480.0, 505.0, 535.0)
    steps = (
        (("Ausschuss für Soziales,", "Wohnungswesen und", "Teilhabe"), "30.11.2023", ("Vorbereitung",), ("",) * 5),
        (("Regionsausschuss",), "12.12.2023", ("Vorbereitung", "(Federführung)"), ("X", "", "45", "30", "3")),
        (("Regionsversammlung",), "19.12.2023", ("Entscheidung",), ("", "X", "7", "", "0")),
    )  # fmt: skip
    words = line("Abstimmung", 80, lefts[3]) + line("Vorschlag", 106, lefts[3])
    heads = ("Beratungsfolge", "Sitzungstermine", "Zuständigkeit", "Laut", "abweichend", "Ja", "Nein", "Enthaltung")
    for name, left in zip(heads, lefts, strict=True):
        words += line(name, 93, left)
    top = 125.0
    for names, date, role, cells in steps:
        height = max(len(names), len(role)) * PITCH
        for texts, left in ((names, lefts[0]), ((date,), lefts[1]), (role, lefts[2])):
            words += column(texts, top + (height - len(texts) * PITCH) / 2 * centred, left)
        for text, left in zip(cells, lefts[3:], strict=True):
            words += line(text, top + (height - PITCH) / 2 * centred, left + 2)
        top += height + between
    text = "3185 (V) HHA\nAntrag öffentlich\nTitel\nDatum 1.2.2024\n" + copied([sheet(words)]).text
    found = read(text, "x", council())
    assert found.left == ()
    assert [step["organization"] for step in found.data["consultations"]] == [" ".join(names) for names, *_ in steps]
    assert found.data["consultations"][1] | {"id": "", "date": ""} == {
        "id": "", "date": "", "organization": "Regionsausschuss", "role": "preparation", "lead": True,
        "outcome": "as_proposed", "votes": [{"id": "v1", "yes": 45, "no": 30, "abstentions": 3}],
    }  # fmt: skip
    assert found.data["consultations"][2]["votes"] == [{"id": "v1", "yes": 7, "abstentions": 0}]
    assert found.data["consultations"][2]["outcome"] == "amended"


def test_a_booklet_is_taken_apart() -> None:
    pages = [
        sheet(line("Anträge", 100), number=1),
        sheet(line("2292 (V) HHA", 100), number=2),
        sheet(line("Sachverhalt", 100), number=3),
        sheet(line("3185 (V) HHA", 100), number=4),
    ]
    found = documents(pages, REFERENCE)
    assert [([page.number for page in one.sheets], one.begins) for one in found] == [
        ([1], False),
        ([2, 3], True),
        ([4], True),
    ]


_TEXT = "Die Verwaltung prüft, ob der Plan bis 2025 gilt. Es wird gebaut: Ja-Stimmen! (20.000 €) – z. B."
_WORDS = st.sampled_from(_TEXT.split())


@given(st.lists(st.tuples(st.booleans(), st.lists(_WORDS, min_size=1, max_size=60)), min_size=1, max_size=12))
def test_prose_comes_back_from_its_pages(parts: list[tuple[bool, list[str]]]) -> None:
    known = prose.normalise("\n\n".join(("- " if is_item else "") + " ".join(words) for is_item, words in parts))
    sheets: list[list[Word]] = [[]]
    top = 100.0
    # a line that shows how far the text goes
    sheets[0] += line(FULL, 60)
    for block in prose.blocks(known):
        room = ROOM - 4 if block.is_item else ROOM
        lines = textwrap.wrap(block.text, room, break_long_words=False, break_on_hyphens=False)
        for number, text in enumerate(lines):
            if top > 740:
                sheets.append([])
                top = 100.0
            last = BLANK if number + 1 < len(lines) else NOTHING
            sheets[-1] += line(text, top, LEFT + 20 if block.is_item else LEFT, last)
            if block.is_item and not number:
                sheets[-1] += line("-", top, LEFT + 8)
            top += PITCH
        top += PITCH
    whole = copied([sheet(words, number=number) for number, words in enumerate(sheets, 1)]).text
    assert prose.normalise(whole.partition("\n")[2]) == known
