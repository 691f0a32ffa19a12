"""The document model: what a motion consists of, the same in every form, nothing of the file left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import count, pairwise

import pytest
from hypothesis import given

from antragsbuch_schema.documents.booklet import booklet
from antragsbuch_schema.documents.html import booklet_html, html
from antragsbuch_schema.documents.markdown import booklet_markdown, markdown
from antragsbuch_schema.documents.model import Booklet, Cell, Document, Heading, Scope, Table, column_names, grid
from antragsbuch_schema.documents.of_motion import document
from antragsbuch_schema.documents.open_part import open_part
from antragsbuch_schema.documents.text import booklet_text, text
from antragsbuch_schema.edits import Data
from antragsbuch_schema.motion_fields import MOTION
from support.documents import marked, voted
from support.field_data import spoilt, tables
from support.printed import council, motion

FORMS: dict[str, tuple[Callable[[Document], str], Callable[[Booklet], str]]] = {
    "text": (text, booklet_text),
    "markdown": (markdown, booklet_markdown),
    "html": (html, booklet_html),
}
every_form = pytest.mark.parametrize("form", FORMS)


def of_2292() -> Document:
    return document(voted(), council())


def both() -> Booklet:
    documents = [("7.12", of_2292()), ("", document(motion("3185"), council()))]
    return booklet(documents, "Region Hannover", ("Regionsversammlung", dt.date(2023, 12, 19)))


# the model


def table(of: Document, caption: str) -> Table:
    return next(block for block in of.blocks if isinstance(block, Table) and block.caption == caption)


def test_the_head() -> None:
    head = of_2292().head
    assert (head.reference, head.paper_type, head.publicity) == ("2292 (V) HHA", "Haushaltsantrag", "öffentlich")
    assert head.title == "Durchführung einer Konferenz zur strategischen Armutsbekämpfung in der Region Hannover"
    assert head.movers == "Antrag der Fraktionen SPD und Bündnis 90 / DIE GRÜNEN vom 15. November 2023"


def test_the_head_of_the_votes_spans_its_columns() -> None:
    found = table(of_2292(), "Beratungsfolge und Abstimmung")
    assert [(cell.text, cell.columns, cell.rows) for cell in found.head[0]] == [
        ("Beratungsfolge", 1, 2),
        ("Geplante Sitzungstermine", 1, 2),
        ("Zuständigkeit", 1, 2),
        ("Abstimmung", 5, 1),
    ]
    assert column_names(found)[2:5] == ("Zuständigkeit", "Abstimmung: Laut Vorschlag", "Abstimmung: abweichend")
    assert [cell.text for cell in found.rows[3][3:]] == ["", "X", "45", "30", "3"]
    assert found.rows[3][0].scope is Scope.ROW


def test_the_votes_of_the_factions_are_a_table() -> None:
    found = table(of_2292(), "Stimmen nach Fraktionen")
    assert column_names(found) == ("Stimmen nach Fraktionen", "Ja", "Nein", "Enthaltungen")
    assert [[cell.text for cell in row] for row in found.rows] == [["SPD", "45", "", ""], ["CDU", "", "30", "3"]]


def test_a_cell_that_spans_rows_keeps_its_place() -> None:
    rows = (
        (Cell("a", rows=3), Cell("b", columns=2, rows=2), Cell("c")),
        (Cell("d"),),
        (Cell("e"), Cell("f"), Cell("g")),
    )
    assert [[cell.text if cell else "" for cell in row] for row in grid(rows)] == [
        ["a", "b", "", "c"],
        ["", "", "", "d"],
        ["", "e", "f", "g"],
    ]


def test_money_belongs_to_the_whole_where_a_paper_holds_several_proposals() -> None:
    data = voted() | {"proposals": [{"id": "p1", "label": "1", "text": "Erstens.\n"}]}
    headings = [block for block in document(data, council()).blocks if isinstance(block, Heading)]
    below = [(heading.level, heading.text) for heading in headings[:6]]
    assert below == [
        (2, "Beschlussvorschlag der Fraktion/Gruppe"),
        (3, "Weitere Vorschläge"),
        (4, "Vorschlag"),
        (3, "Haushalt"),
        (4, "Deckungsvorschlag"),
        (4, "Beträge"),
    ]


@given(spoilt(MOTION))
def test_values_of_the_wrong_type_stop_no_form_and_bend_no_table(data: Data) -> None:
    made = document(data, data)
    levels = [1, *(block.level for block in made.blocks if isinstance(block, Heading))]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert made.head.name
    for block in made.blocks:
        if isinstance(block, Heading):
            assert block.text
        if isinstance(block, Table):
            assert all(len(row) == len(block.columns) for part in (block.head, block.rows) for row in grid(part))
            assert sum(column.width for column in block.columns) == 100
    found, _left = open_part(data)
    assert open_part(found)[0] == found
    for one, several in FORMS.values():
        assert one(made).endswith("\n") and several(booklet([("", made)])).endswith("\n")


# what is not public


def test_the_open_part_keeps_body_date_and_role_of_a_closed_step() -> None:
    data = voted()
    data["consultations"][3]["public"] = False
    data["attachments"] = [{"id": "f1", "title": "Vermerk", "public": False}]
    data["main_file"] = {"title": "Vorlage", "public": "nein"}
    found, left = open_part(data)
    assert left == 3
    assert found["consultations"][:3] == data["consultations"][:3]
    assert found["consultations"][3] == {
        "id": "c4",
        "organization": "Regionsversammlung",
        "date": dt.date(2023, 12, 19),
        "role": "decision",
        "public": False,
    }
    # an empty list would say that there are no attachments
    assert "attachments" not in found and "main_file" not in found
    assert open_part(voted()) == (voted(), 0)


# every form


@every_form
@given(data=tables(MOTION))
def test_every_text_of_a_motion_is_in_every_form(form: str, data: Data) -> None:
    used: list[str] = []

    def words() -> Iterator[str]:
        for number in count():
            used.append(f"wort{number}x")
            yield used[-1]

    made = document(marked(data, MOTION, words()), council())
    one, several = FORMS[form]
    whole, bound = one(made), several(booklet([("", made)]))
    assert [word for word in used if word not in whole or word not in bound] == []


@every_form
def test_unknown_keys_come_out_too(form: str) -> None:
    data = voted() | {"note": "Wiedervorlage"}
    data["consultations"][3]["votes"][1]["by_faction"][0]["seat"] = "Reihe 7"
    made = FORMS[form][0](document(data, {}))
    assert all(word in made for word in ("note", "Wiedervorlage", "seat", "Reihe 7"))


# a booklet


def test_a_booklet_says_what_it_is() -> None:
    made = both()
    assert made.title == "Anträge zur Sitzung"
    assert made.cover == ("Region Hannover", "Regionsversammlung, 19. Dezember 2023", "2 Anträge")
    assert [(entry.label, entry.anchor) for entry in made.entries] == [
        ("TOP 7.12, 2292 (V) HHA", "antrag-1"),
        ("3185 (V) HHA", "antrag-2"),
    ]
    loose = booklet([("", document(motion("3185"), council()))])
    assert (loose.title, loose.cover, loose.date) == ("Anträge", ("1 Antrag",), dt.date(2024, 11, 14))


@every_form
def test_the_contents_come_first_and_the_motions_in_their_order(form: str) -> None:
    made = FORMS[form][1](both())
    first, second = "Durchführung einer Konferenz", "Integrationsplan aktualisieren"
    assert made.index("Inhalt") < made.index("TOP 7.12") < made.index(first) < made.index(second)
    assert made.index(second) < made.index("Beschlussvorschlag") < made.rindex(second)
    assert made.count(first) >= 2 and made.count("Regionsversammlung, 19. Dezember 2023") >= 1


def test_each_motion_of_a_booklet_begins_a_page_of_text() -> None:
    pages = booklet_text(both()).split("\f")
    assert [page.partition("\n")[0] for page in pages] == ["Anträge zur Sitzung", "2292 (V) HHA", "3185 (V) HHA"]
    assert pages[2] == text(document(motion("3185"), council()))
