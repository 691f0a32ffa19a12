"""Lines of text for the terminal: widths, cutting, wrapping."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from antragsbuch.widgets.line import cut, fit, plain, width, wrapped
from antragsbuch.widgets.line import line as line_of
from antragsbuch.widgets.status import spread

TEXT = st.text(max_size=60) | st.sampled_from(
    [
        "Bürger:innen und Straßen",
        "日本語のテキスト",
        "\u202eevil",
        "a\x1b[31mred",
        "[/] [link=x]",
        "👩‍👩‍👧‍👦 Familie",
        "x" * 50,
    ]
)


@given(TEXT, st.integers(0, 40))
def test_a_fitted_text_has_exactly_its_width(text: str, cells: int) -> None:
    assert width(fit(text, cells)) == cells


@given(TEXT, st.integers(0, 40))
def test_a_cut_text_is_never_wider(text: str, cells: int) -> None:
    assert width(cut(text, cells)) <= cells


@pytest.mark.parametrize(
    ("cells", "shown"), [(9, "Antragsb…"), (8, "Antrags…"), (11, "Antragsbuch"), (1, "…"), (0, "")]
)
def test_a_cut_says_that_more_follows(cells: int, shown: str) -> None:
    assert cut("Antragsbuch", cells) == shown


@given(TEXT, st.integers(4, 40), st.integers(0, 2))
@example("0\n000", 4, 2)
def test_wrapped_lines_fit_and_keep_every_letter(text: str, cells: int, indent: int) -> None:
    lines = wrapped(text, cells, indent)
    assert all(width(one) <= cells for one in lines)
    kept = "".join("".join(one.split()) for one in lines)
    assert kept == "".join(plain(line_of(text)).split())


def test_text_is_wrapped_at_blanks() -> None:
    assert wrapped("Die Verwaltung führt eine Konferenz durch.", 20) == [
        "Die Verwaltung führt",
        "eine Konferenz",
        "durch.",
    ]
    assert wrapped("- eine Liste mit Punkten", 12, 2) == ["- eine Liste", "  mit", "  Punkten"]


@given(TEXT, TEXT.filter(lambda text: width(text) < 30), st.integers(40, 120))
def test_two_ends_of_a_line_fill_it(left: str, right: str, cells: int) -> None:
    assert width("".join(piece.text for piece in spread(line_of(left), line_of(right), cells))) == cells


@given(TEXT)
def test_nothing_that_acts_on_a_terminal_is_painted(text: str) -> None:
    assert not any(ord(letter) < 32 or letter in "\u202e\u200d\x9b\x7f" for letter in plain(line_of(text)))
