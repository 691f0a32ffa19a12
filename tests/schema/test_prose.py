from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from antragsbuch_schema import prose

# fragments that meet every rule, in any order and with any white space between them
_FRAGMENTS = (
    "Die Verwaltung", "prüft", "z. B.", "S. 425", "15. November", "20.000 €", "Abs. 1 Nr. 2", "Dr. Müller", "u. a.",
    "Ende.", "Wirklich?!", "Ja!", "…", "...", "[...]", "„Kommt ihr?“", "»Ja.«", "(Das ist so.)", "(vgl. S. 5)", "2024.",
    "- ", "-", "- Punkt", "– Strich", "* Stern", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\u2028", "\x0c",
    "\x85", "e\u0301", "\u0301", "§ 3", "A.", "IV.", "\"", "'", "(", ")", "]", "\\", '"""', "\x00", "😀", "\u202e",
    "ẞ", "。",
)  # fmt: skip
hostile = st.lists(st.one_of(st.sampled_from(_FRAGMENTS), st.text(max_size=8)), max_size=25).flatmap(
    lambda parts: st.sampled_from(("", " ", "\n", "\n  ")).map(lambda glue: glue.join(parts))
)

SENTENCES = [
    ["Das gilt z. B. für Schulen.", "Und u. a. Kitas."],
    ["Siehe S. 425 des Entwurfs.", "Die Mittel fehlen."],
    ["Am 15. November 2023 kam er.", "Sie kam am 16. Dezember."],
    ["Es sind 20.000 Euro.", "Der 20.000. Besucher kam."],
    ["Nach Abs. 1 Nr. 2 Satz 3 ist es so.", "Und nach § 3 Abs. 2 auch.", "§ 4 gilt immer."],
    ["Dr. Müller und Prof. Dr. Meier kommen.", "H.-J. Schulz nicht."],
    ["J. R. Müller kommt.", "Er sitzt in der V. Wahlperiode im Dezernat II. Das war so."],
    ["Das steht im Haushalt 2024.", "Für 2025/2026.", "Am 15.11.2023.", "Dann nicht."],
    ["Er sagte: „Wir kommen.“", "Dann ging er."],
    ["»Kommt ihr?«", "Ja!", "(Das ist so.)", "Gut."],
    ["„Kommt ihr?“ fragte sie.", "Er nickte."],
    ["Das (endlich!) Amt und das (wirklich?) Haus.", "Gut."],
    ["Er sagte … Und ging.", "Dann [...] Das Ende..."],
    ["Schulen, Kitas usw.", "Die Verwaltung prüft."],
    ["Der Art. 3 gilt.", "Fragen dieser Art.", "Die Antwort fehlt."],
    ["1. Die Verwaltung wird beauftragt.", "2. Die Mittel werden bereitgestellt."],
    ["20 Mio. Euro und 3 Mrd. Euro.", "Ca. 5 Tsd. Menschen.", "Die SPD.", "Die GmbH.", "Und der e. V. in Hannover."],
    ["Die Marienstr. 20 und i. d. R. Haus Drei.", "Das z.B. und z.\u00a0B. Haus."],
    ["Um 18:30.", "Es sind 3,5.", "Das Produkt 331111.", "WIR2.0.", "Ende."],
    ["Bürger:innen und Mitarbeiter*innen.", "Bürger/-innen."],
    ["Im 1. Quartal und im III. Quartal.", "Am 7.12. Ende."],
    ["klein. klein.", "Groß."],
]


@pytest.mark.parametrize("expected", SENTENCES, ids=lambda sentences: sentences[0])
def test_one_sentence_a_line(expected: list[str]) -> None:
    assert prose.split(" ".join(expected)).split("\n") == expected


@given(hostile)
@example("-\n\n-")
@example("- - a. - B. - c")
@example("a.\n– B. * C.")
def test_the_laws_of_prose(text: str) -> None:
    model = prose.normalise(text)
    file = prose.split(text)
    assert prose.join(file) == model
    assert prose.normalise(model) == model
    assert prose.split(model) == file == prose.split(file)
    assert unicodedata.is_normalized("NFC", model)
    assert prose.from_blocks(prose.blocks(text)) == model


def by_the_block(text: str) -> str:
    """The file form made of paragraphs and items, without the short way for a text that has it already."""
    lines: list[str] = []
    was_item = False
    for number, block in enumerate(prose.blocks(text)):
        if number and not (was_item and block.is_item):
            lines.append("")
        first, *rest = block.sentences or ("",)
        lines += [f"- {first}".rstrip(" ") if block.is_item else first]
        lines += [f"  {sentence}" if block.is_item else sentence for sentence in rest]
        was_item = block.is_item
    return "\n".join(lines)


@given(hostile, st.data())
def test_what_is_split_already_is_seen_and_nothing_else_is_taken_for_it(text: str, data: st.DataObject) -> None:
    lines = by_the_block(text)
    assert prose.split(lines) == prose.split(lines + "\n") == lines
    start = data.draw(st.integers(0, len(lines)))
    end = start + data.draw(st.integers(0, 3))
    nearly = lines[:start] + data.draw(st.sampled_from(["", " ", "\n", "\n\n", *_FRAGMENTS])) + lines[end:]
    assert prose.split(nearly) == by_the_block(nearly)


@given(hostile)
def test_no_character_but_white_space_is_lost_or_made(text: str) -> None:
    def letters(value: str) -> list[str]:
        composed = unicodedata.normalize("NFC", value)
        return [letter for letter in composed if not letter.isspace() or letter == "\u00a0"]

    filled = text.replace("\u00a0", "")
    assert letters(prose.split(filled)) == letters(filled)


@given(hostile)
def test_sentences_stand_where_they_say(text: str) -> None:
    model = prose.normalise(text)
    found = prose.sentences(text)
    for sentence in found:
        assert model[sentence.start : sentence.start + len(sentence.text)] == sentence.text
    assert [s.text for s in found] == [s for block in prose.blocks(text) for s in block.sentences]
    assert [s.start for s in found] == sorted({s.start for s in found})


@given(hostile)
def test_a_sentence_never_reads_as_markup(text: str) -> None:
    for sentence in prose.sentences(text)[1:]:
        alone = prose.blocks(sentence.text)
        assert len(alone) == 1
        assert not alone[0].is_item or sentence.is_item


def test_model_form_and_file_form_of_a_list() -> None:
    written = (
        "Sie soll,\r\n- zeigen\tund   lehren. Und\r\n  mehr. Auch das.\r\n\r\n- diskutieren.\r\n"
        "Die Ergebnisse\r\nbleiben. Gut.\r\n"
    )
    assert prose.normalise(written) == (
        "Sie soll,\n\n- zeigen und lehren. Und mehr. Auch das.\n- diskutieren.\n\nDie Ergebnisse bleiben. Gut."
    )
    assert prose.split(written) == (
        "Sie soll,\n\n- zeigen und lehren.\n  Und mehr.\n  Auch das.\n- diskutieren.\n\nDie Ergebnisse bleiben.\nGut."
    )


def test_dashes_and_asterisks_are_text() -> None:
    assert prose.normalise("– eins\n* zwei") == "– eins * zwei"
    assert prose.normalise("Das ist so. - Und das. – Auch.") == "Das ist so. - Und das. – Auch."
    assert prose.split("Das ist so. - Und das. – Auch.") == "Das ist so. - Und das. – Auch."


def test_a_no_break_space_is_content_but_makes_no_line() -> None:
    assert prose.normalise("20.000\u00a0€") == "20.000\u00a0€"
    assert prose.normalise("eins\n\u00a0\nzwei") == "eins\n\nzwei"


def test_empty_prose() -> None:
    assert prose.normalise(" \n\t\n") == prose.split("") == ""
    assert prose.sentences("\n") == ()
    assert prose.normalise("-\n- b\n-") == "-\n- b\n-"


@pytest.mark.parametrize(
    "unit",
    [
        "Der Plan gilt nicht mehr. ",
        "!",
        "x) A ",
        "x.\nA ",
        "(a!) A ",
        "a.) ",
        "-\n",
        "(",
        "1",
        "a",
        "„.",
        "A. ",
        ".“",
        "- a. B\n",
    ],
)
def test_reading_time_grows_with_the_length_alone(unit: str) -> None:
    def spent(size: int) -> float:
        text = unit * (size // len(unit)) + ". A"
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            prose.split(text)
            best = min(best, time.process_time() - start)
        return best

    # quadratic behaviour would make eight times the text sixty-four times as long
    assert spent(160_000) < 40 * max(spent(20_000), 0.0005)
