"""From places to lines and columns: values, keys, headers, parts of texts, and what is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Finding, On, Related, Severity
from antragsbuch_schema.i18n import text
from antragsbuch_schema.locate import locate, span_of
from antragsbuch_schema.places import Place, parse
from antragsbuch_schema.prose import split
from antragsbuch_schema.toml.reader import Document, read

SOURCE = '''\
# ein Kommentar
title = "Grüße € 👍 \\u202e hier" # am Ende
facts = """
Für 20.000 € 👍 gibt es „viel“.
Noch \\
   ein "Satz".
"""
path = 'C:\\Grüße €'

[budget]
plan = "2024"

[[consultations]]
id = "c1"
votes = [{ id = "v1", yes = 3 }, { yes = 4 }]

[[consultations]]
role = "decision"
'''


def place_of(name: str) -> Place:
    return parse(name) if name else ()


def marked(document: Document, name: str, on: On = "value", part: tuple[int, int] | None = None) -> tuple[int, str]:
    """The line of the span, and the text in it, cut out by its lines and columns."""
    span = span_of(document, place_of(name), on, part)
    lines = document.text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if span.line == span.end_line:
        return span.line, lines[span.line - 1][span.column - 1 : span.end_column - 1]
    middle = lines[span.line : span.end_line - 1]
    return span.line, "\n".join(
        [lines[span.line - 1][span.column - 1 :], *middle, lines[span.end_line - 1][: span.end_column - 1]]
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("name", "on", "part", "expected"),
    [
        ("title", "value", None, (2, '"Grüße € 👍 \\u202e hier"')),
        ("title", "key", None, (2, "title")),
        ("title", "value", (10, 11), (2, "\\u202e")),
        ("title", "value", (12, 16), (2, "hier")),
        ("facts", "value", (4, 10), (4, "20.000")),
        ("facts", "value", (13, 14), (4, "👍")),
        ("facts", "value", (23, 29), (4, "„viel“")),
        ("facts", "value", (40, 45), (6, '"Satz')),
        ("path", "value", (3, 8), (8, "Grüße")),
        ("budget", "value", None, (10, "[budget]")),
        ("budget.plan", "header", None, (11, "plan")),
        ("budget.cover", "value", None, (10, "[budget]")),
        ("consultations[c1]", "header", None, (13, "[[consultations]]")),
        ("consultations[c1].date", "value", None, (13, "[[consultations]]")),
        ("consultations[#2].role", "value", None, (18, '"decision"')),
        ("consultations[c1].votes[v1].yes", "value", None, (15, "3")),
        ("consultations[c1].votes[#2].yes", "key", None, (15, "yes")),
        ("consultations[c1].votes[v1].no", "header", None, (15, '{ id = "v1", yes = 3 }')),
        ("consultations[c9]", "value", None, (13, "[[consultations]]")),
        ("submitted", "header", None, (1, "# ein Kommentar")),
        ("", "header", None, (1, "# ein Kommentar")),
    ],
)
def test_a_place_is_found(
    newline: str, bom: str, name: str, on: On, part: tuple[int, int] | None, expected: object
) -> None:
    document = read((bom + SOURCE.replace("\n", newline)).encode())
    assert marked(document, name, on, part) == expected


def test_a_part_that_is_not_there_marks_the_whole() -> None:
    document = read(SOURCE.encode())
    assert marked(document, "budget.plan", part=(2, 99)) == (11, '"2024"')
    assert marked(document, "consultations", part=(0, 1))[0] == 13


def test_a_part_of_the_file() -> None:
    document = read(SOURCE.encode())
    start = SOURCE.index("am Ende")
    assert marked(document, "", part=(start, start + 7)) == (2, "am Ende")


def test_a_finding_takes_its_related_places_along() -> None:
    document = read(SOURCE.encode())
    related = (Related(place_of("consultations[c1].votes[v1].yes"), text("the other")),)
    finding = Finding("VO003", Severity.ERROR, place_of("title"), text("wrong"), related=related)
    located = locate("motions/x.toml", document, finding)
    assert (located.path, located.span.line) == ("motions/x.toml", 2)
    assert [(path, span.line, span.column) for path, span, _message in located.related] == [("motions/x.toml", 15, 29)]


@given(st.lists(st.sampled_from(["Für 20.000 € mehr.", "👍 Ja.", "So „ist“ es.", "- Ein Punkt.", ""]), max_size=6))
def test_every_sentence_of_a_prose_field_is_found_again(lines: list[str]) -> None:
    prose = split("\n".join(lines))
    document = read(f'facts = """\n{prose}"""\n'.encode())
    value = document.data["facts"]
    for word in ("20.000", "Ja.", "„ist“", "Punkt"):
        for start in (n for n in range(len(value)) if value.startswith(word, n)):
            assert marked(document, "facts", part=(start, start + len(word)))[1] == word
