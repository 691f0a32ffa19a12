"""Folding: what a search finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.folding import fold, spellings, words


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("strasse", "Straße"),
        ("STRASSE", "Straße"),
        ("straße", "STRASSE"),
        ("muller", "Müller"),
        ("müller", "Mu\u0308ller"),
        ("armuts", "Armutsbekämpfung"),
        ("burgerinnen", "Bürger:innen"),
        ("Bürger*innen", "Bürger:innen"),
        ("burgerin", "Bürger:in"),
        ("Fordermittel", "För\u00addermittel"),
        ("ﬁnanz", "Finanzen"),
    ],
)
def test_finds(typed: str, text: str) -> None:
    assert fold(typed) in fold(text)


def test_words_are_what_stands_between_signs() -> None:
    assert words("S. 425 (Teilhaushalt 50/Soziales), 20.000 €") == [
        "s", "425", "teilhaushalt", "50", "soziales", "20", "000",
    ]  # fmt: skip
    assert words("Bürger:innen der Region: in Not") == ["burgerinnen", "der", "region", "in", "not"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mueller", ("mueller", "muller")),
        ("goettingen", ("goettingen", "gottingen")),
        ("neue", ("neue",)),
        ("steuer", ("steuer",)),
        ("frequenz", ("frequenz",)),
        ("armut", ("armut",)),
    ],
)
def test_spelled_out_umlauts(typed: str, expected: tuple[str, ...]) -> None:
    assert spellings(typed) == expected


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(st.text(), st.text())
def test_a_word_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert fold("STRASSE") in fold(before + "Straße" + after)
