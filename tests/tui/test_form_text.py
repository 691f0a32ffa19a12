"""The text that is typed: where the cursor may stand, how it is wrapped, and which cells are painted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.editing import prose_keys
from antragsbuch.editing.buffer import Buffer, after, before
from antragsbuch.widgets.form.canvas import cells_of, pieces_of, put, stretches
from antragsbuch.widgets.form.wrap import column_of, line_of, offset_at, wrap
from antragsbuch.widgets.line import Piece, plain, width
from antragsbuch_schema.prose import normalise

ODD = "aä ßa\u0308o\u0301 –👍🏽🇩🇪漢字 \u202e\u200b\t- .x"
TEXTS = st.text(alphabet=ODD, max_size=60)
PROSE = st.text(alphabet=ODD + "\n", max_size=80)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("aäb", ["a", "ä", "b"]),
        ("a\u0308o\u0301x", ["a\u0308", "o\u0301", "x"]),
        ("👍🏽!", ["👍🏽", "!"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("👩\u200d🚒 x", ["👩\u200d🚒", " ", "x"]),
        ("漢字", ["漢", "字"]),
    ],
)
def test_the_cursor_goes_from_letter_to_letter(text: str, letters: list[str]) -> None:
    forward, offset = [], 0
    while offset < len(text):
        forward.append(text[offset : after(text, offset)])
        offset = after(text, offset)
    assert forward == letters
    backward, offset = [], len(text)
    while offset:
        backward.append(text[before(text, offset) : offset])
        offset = before(text, offset)
    assert backward[::-1] == letters


@given(PROSE, st.integers(0, 80))
def test_right_and_left_lead_back(text: str, offset: int) -> None:
    buffer = Buffer(text, 0).to(offset)
    assert buffer.right().left().cursor == buffer.cursor or buffer.cursor == len(text)
    assert Buffer(text, 0).to(buffer.cursor).cursor == buffer.cursor


@given(PROSE, st.integers(0, 80), PROSE)
def test_what_is_inserted_is_taken_away_again_by_selecting_it(text: str, offset: int, more: str) -> None:
    buffer = Buffer(text, min(offset, len(text)))
    typed = buffer.insert(more)
    assert typed.text[buffer.cursor : typed.cursor] == more
    taken = Buffer(typed.text, typed.cursor, buffer.cursor).cut_left() if more else typed
    assert taken.text == text


def test_words_lines_and_selection() -> None:
    buffer = Buffer.at_end("Eine Zeile\nund Wörter, hier")
    assert buffer.word_left().cursor == len("Eine Zeile\nund Wörter, ")
    assert buffer.cut_word_left().text == "Eine Zeile\nund Wörter, "
    assert buffer.cut_to_start().text == "Eine Zeile\n"
    assert buffer.to(3).cut_to_end().text == "Ein\nund Wörter, hier"
    assert buffer.to(10).cut_to_end().text == "Eine Zeileund Wörter, hier"
    selected = buffer.to(0).word_right(select=True).word_right(select=True)
    assert selected.selected == "Eine Zeile"
    assert selected.insert("Die").text == "Die\nund Wörter, hier"
    assert selected.left().cursor == 0
    assert selected.right().cursor == 10
    assert buffer.select_all().cut_right().text == ""


@pytest.mark.parametrize(
    ("text", "cursor", "result"),
    [
        ("Ein Satz.", 9, "Ein Satz.\n\n"),
        ("Ein Satz.", 4, "Ein \n\nSatz."),
        ("- eins", 6, "- eins\n- "),
        ("- eins\n- ", 9, "- eins\n\n"),
        ("- ", 2, ""),
        ("Absatz.\n\n", 9, "Absatz.\n\n"),
    ],
)
def test_enter_makes_paragraphs_and_items(text: str, cursor: int, result: str) -> None:
    assert prose_keys.enter(Buffer(text, cursor)).text == result


@given(PROSE, st.integers(0, 80))
def test_backspace_takes_back_what_enter_did(text: str, offset: int) -> None:
    model = normalise(text)
    buffer = Buffer(model, min(offset, len(model)))
    entered = prose_keys.enter(buffer)
    if len(entered.text) > len(model):
        assert prose_keys.backspace(entered).text == model


@given(PROSE, st.integers(4, 40))
def test_wrapped_lines_fit_and_cover_the_text(text: str, room: int) -> None:
    lines = wrap(text, room)
    for line in lines:
        shown = text[line.start : line.end]
        assert width(shown.removesuffix(" ")) + line.indent <= room or after(shown, 0) == len(shown.rstrip(" "))
    covered = "".join(text[line.start : line.end] for line in lines)
    assert covered == text.replace("\n", "")


@given(PROSE, st.integers(4, 40), st.integers(0, 80))
def test_offset_and_column_lead_to_each_other(text: str, room: int, offset: int) -> None:
    offset = Buffer(text, 0).to(offset).cursor
    lines = wrap(text, room)
    number = line_of(lines, offset)
    assert lines[number].start <= offset <= lines[number].end
    column = column_of(text, lines[number], offset)
    # a letter may have no width of its own
    assert column_of(text, lines[number], offset_at(text, lines, number, column)) == column


def test_items_are_indented_where_they_go_on() -> None:
    text = "- ein langer Punkt in einer Liste"
    assert [(text[line.start : line.end], line.indent) for line in wrap(text, 16)] == [
        ("- ein langer ", 0),
        ("Punkt in einer ", 2),
        ("Liste", 2),
    ]


LINES = st.lists(st.builds(Piece, TEXTS, st.sampled_from(["", "dim", "strong"])), max_size=5).map(tuple)


@given(LINES, st.integers(1, 50))
def test_a_line_becomes_as_many_cells_as_asked_for(line: tuple[Piece, ...], room: int) -> None:
    cells = cells_of(line, room)
    assert len(cells) == room
    assert width(plain(pieces_of(cells))) == room


@given(LINES, LINES, st.integers(1, 50))
def test_painting_the_stretches_makes_the_new_line(old: tuple[Piece, ...], new: tuple[Piece, ...], room: int) -> None:
    before_cells, after_cells = cells_of(old, room), cells_of(new, room)
    painted = list(before_cells)
    for start, end in stretches(before_cells, after_cells):
        painted[start:end] = after_cells[start:end]
        assert not (start and after_cells[start].text == "")
        assert not (end < room and (before_cells[end].text == "" or after_cells[end].text == ""))
    assert tuple(painted) == after_cells


def test_a_changed_letter_paints_one_cell() -> None:
    old, new = cells_of((Piece("Ein Satz mit Wörtern"),), 40), cells_of((Piece("Ein Satz hit Wörtern"),), 40)
    assert list(stretches(old, new)) == [(9, 10)]


@given(TEXTS, TEXTS, st.integers(-3, 30), st.integers(1, 30))
def test_writing_over_cells_keeps_the_width(line: str, text: str, x: int, room: int) -> None:
    cells = list(cells_of((Piece(line),), room))
    put(cells, x, text, "reverse")
    assert len(cells) == room
    assert width(plain(pieces_of(tuple(cells)))) == room
