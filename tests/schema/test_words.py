from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema import prose
from antragsbuch_schema.matching import common, corresponding
from antragsbuch_schema.rewording import tokens
from antragsbuch_schema.words import Piece, sentence_diff, word_diff

_WORDS = ("Die", "Region", "prüft", "20.000", "€", "und", ",", ".", "Bürger:innen", "z. B.", "\n\n", "- ", "neu", "alt")
texts = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join),
)


def marked(pieces: list[Piece] | tuple[Piece, ...]) -> str:
    forms = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(forms[piece.kind].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Das ist bundesweit Vorbild.", "Das ist landesweit Vorbild.", "Das ist [-bundesweit-]{+landesweit+} Vorbild."),
        (
            "Die Integration von Bürger:innen mit Migrationshintergrund in der Region erfolgt.",
            "Die Integration von allen Bürger:innen mit Migrationshintergrund erfolgt.",
            "Die Integration von {+allen +}Bürger:innen mit Migrationshintergrund [-in der Region -]erfolgt.",
        ),
        ("Kitas, Schulen und Horte", "Kitas, Heime, Schulen und Horte", "Kitas, {+Heime, +}Schulen und Horte"),
        ("Es sind 20.000 € für 2024.", "Es sind 25.000 € für 2024.", "Es sind [-20.000-]{+25.000+} € für 2024."),
        ("Für alle Bürger", "Für alle Bürger:innen", "Für alle [-Bürger-]{+Bürger:innen+}"),
        ("Eins. Zwei.", "Eins. Anderthalb ist neu. Zwei.", "Eins.{+ Anderthalb ist neu.+} Zwei."),
        ("Eins.\n\nZwei.", "Eins. Zwei.", "Eins.[-\n\n-]{+ +}Zwei."),
        ("", "Neu.", "{+Neu.+}"),
        ("gleich", "gleich", "gleich"),
    ],
)
def test_words_that_changed(old: str, new: str, expected: str) -> None:
    assert marked(word_diff(old, new)) == expected


def test_a_phrase_and_not_confetti() -> None:
    old = "Der Plan, der alte, der gute, gilt weiter für alle Schulen."
    new = "Der Entwurf, der neue, der kurze, gilt weiter für alle Schulen."
    assert marked(word_diff(old, new)) == (
        "Der [-Plan, der alte, der gute-]{+Entwurf, der neue, der kurze+}, gilt weiter für alle Schulen."
    )


def test_sentences_with_nothing_in_common_are_replaced_as_a_whole() -> None:
    old, new = "Der alte Plan gilt nicht mehr für die Region.", "Ein neuer muss nun in Städten gelten."
    assert word_diff(old, new) == [Piece("removed", old), Piece("added", new)]


def test_no_word_is_compared_with_a_word_of_another_sentence() -> None:
    old = "Die Verwaltung prüft den Plan. Die Region zahlt die Kosten der Konferenz."
    new = "Die Region zahlt alle Kosten der Konferenz."
    assert marked(word_diff(old, new)) == (
        "[-Die Verwaltung prüft den Plan.-][- -]Die Region zahlt [-die-]{+alle+} Kosten der Konferenz.".replace(
            "-][-", ""
        )
    )


@given(texts, texts)
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    for one, other in ((old, new), (prose.normalise(old), prose.normalise(new))):
        pieces = word_diff(one, other)
        assert "".join(piece.text for piece in pieces if piece.kind != "added") == one
        assert "".join(piece.text for piece in pieces if piece.kind != "removed") == other
        assert all(piece.text for piece in pieces)
        assert all(a.kind != b.kind and (a.kind, b.kind) != ("added", "removed") for a, b in pairwise(pieces))


@given(texts)
def test_the_same_text_is_one_piece(text: str) -> None:
    assert word_diff(text, text) == ([Piece("same", text)] if text else [])
    assert "".join(tokens(text)) == text


def test_numbers_and_gender_forms_are_one_word() -> None:
    text = "20.000,50 € am 15.11.2023 um 18:30: Bürger:innen, Mitarbeiter*innen, Bürger/-innen, WIR2.0 u\u0308."
    words = [token for token in tokens(text) if not token.isspace()]
    assert {"20.000,50", "15.11.2023", "18:30", "Bürger:innen", "Mitarbeiter*innen", "Bürger/-innen", "WIR2.0"} <= {
        *words
    }
    assert "u\u0308" in words


def test_what_became_of_each_sentence() -> None:
    old = "Eins bleibt so stehen. Zwei wird bundesweit umgesetzt. Drei fällt hier weg.\n\n- Vier wandert nach oben."
    new = "- Vier wandert nach oben.\n\nEins bleibt so stehen. Zwei wird landesweit umgesetzt. Fünf ist ganz neu da."
    assert [(c.kind, c.old_number, c.new_number, marked(c.pieces)) for c in sentence_diff(old, new)] == [
        ("moved", 3, 0, "Vier wandert nach oben."),
        ("kept", 0, 1, "Eins bleibt so stehen."),
        ("changed", 1, 2, "Zwei wird [-bundesweit-]{+landesweit+} umgesetzt."),
        ("removed", 2, None, "[-Drei fällt hier weg.-]"),
        ("added", None, 3, "{+Fünf ist ganz neu da.+}"),
    ]


def test_a_sentence_that_becomes_a_paragraph_changed() -> None:
    changes = sentence_diff("Eins ist da. Zwei auch.", "Eins ist da.\n\nZwei auch.")
    assert [(change.kind, marked(change.pieces)) for change in changes] == [
        ("kept", "Eins ist da."),
        ("changed", "[- -]{+\n\n+}Zwei auch."),
    ]


@given(texts, texts)
def test_every_sentence_stands_in_the_difference_once(old: str, new: str) -> None:
    changes = sentence_diff(old, new)
    before, after = prose.sentences(old), prose.sentences(new)
    assert sorted(c.old_number for c in changes if c.old_number is not None) == [*range(len(before))]
    assert [c.new_number for c in changes if c.new_number is not None] == [*range(len(after))]
    for change in changes:
        assert change.old == (before[change.old_number] if change.old_number is not None else None)
        assert change.new == (after[change.new_number] if change.new_number is not None else None)


def _length(old: list[int], new: list[int]) -> int:
    row = [0] * (len(new) + 1)
    for one in old:
        above = row
        row = [0]
        for position, other in enumerate(new):
            row.append(above[position] + 1 if one == other else max(above[position + 1], row[-1]))
    return row[-1]


@given(st.lists(st.integers(0, 4), max_size=25), st.lists(st.integers(0, 4), max_size=25))
def test_a_longest_common_subsequence(old: list[int], new: list[int]) -> None:
    pairs = common(old, new)
    assert all(old[one] == new[other] for one, other in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert len(pairs) == _length(old, new)


def test_very_long_sequences_are_divided_by_what_stands_once() -> None:
    old, new = [*range(12_000)], [*range(6_000, 12_000), *range(6_000)]
    pairs = common(old, [*new, 20_000])
    assert len(pairs) == 6_000
    assert common([1, 2] * 6_000, [2, 3] * 6_000 + [4]) == []


@given(
    st.lists(
        st.sampled_from(["Die Region prüft den Plan.", "Die Region prüft.", "Ende.", "Der Rat tagt."]), max_size=8
    ).flatmap(lambda old: st.permutations(old).map(lambda new: (old, list(new))))
)
def test_sentences_correspond_in_order(pair: tuple[list[str], list[str]]) -> None:
    pairs = corresponding(*pair)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
