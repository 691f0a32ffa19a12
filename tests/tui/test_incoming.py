"""What a terminal sends: keys, escapes and pastes apart, however the bytes come."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.incoming import LONGEST, Input, Pasted, text_of
from support.repositories import PATH, Repository, motion, register
from support.terminal import Terminal

BEGIN, END = b"\x1b[200~", b"\x1b[201~"
LINES = "\r".join(["Haushaltsantrag öffentlich", "Datum\t14.11.2024"] * 5).encode()


def fed(*chunks: bytes) -> list[str | Pasted]:
    keys = Input()
    found = [part for chunk in chunks for part in keys.feed(chunk)]
    return [*found, *keys.waited()] if keys.waiting else found


def joined(parts: list[str | Pasted]) -> list[str | Pasted]:
    """The same with neighbouring texts put together: where they are cut says nothing."""
    found: list[str | Pasted] = []
    for part in parts:
        if isinstance(part, str) and part != "\x1b" and found and isinstance(found[-1], str) and found[-1] != "\x1b":
            found[-1] += part
        else:
            found.append(part)
    return found


@pytest.mark.parametrize(
    ("chunks", "parts"),
    [
        (["\x1bg"], ["\x1b", "g"]),
        (["\x1b/x"], ["\x1b", "/x"]),
        (["\x1b\x1b"], ["\x1b", "\x1b"]),
        (["\x1b", "c"], ["\x1b", "c"]),
        (["\x1b[A"], ["\x1b[A"]),
        (["\x1b", "[A"], ["\x1b[A"]),
        (["\x1b[2", "~"], ["\x1b[2~"]),
        (["a\x1b[1;5Cb"], ["a\x1b[1;5Cb"]),
        (["\x1bOP"], ["\x1bOP"]),
        (["\x1b\x1b[B"], ["\x1b", "\x1b[B"]),
        (["ä€\x1b€"], ["ä€", "\x1b", "€"]),
    ],
)
def test_an_escape_is_a_key_whatever_follows(chunks: list[str], parts: list[str]) -> None:
    assert fed(*(chunk.encode() for chunk in chunks)) == parts


def test_an_escape_at_the_end_waits() -> None:
    keys = Input()
    assert keys.feed(b"a\x1b") == ["a"]
    assert keys.waiting
    assert keys.waited() == ["\x1b"]
    assert not keys.waiting


def test_a_letter_cut_in_two_is_one_letter_and_a_lost_byte_is_marked() -> None:
    assert "".join(str(part) for part in fed("ä".encode()[:1], "ä".encode()[1:])) == "ä"
    assert "".join(str(part) for part in fed(b"\xffx")) == "\ufffdx"


def test_a_paste_is_one_part_and_no_escape_in_it_becomes_a_key() -> None:
    assert fed(BEGIN + b"a\x1bD\x1b[31mb\r\ny" + END + b"\x1bc") == [Pasted("a\x1bD\x1b[31mb\ny"), "\x1b", "c"]


@given(
    before=st.sampled_from(["", "j", "\x1b", "\x1b[A"]),
    text=st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=60),
    after=st.sampled_from(["", "k", "\x1b[B", "\x1b"]),
    cuts=st.lists(st.integers(0, 100), max_size=6),
)
def test_where_a_paste_is_cut_does_not_matter(before: str, text: str, after: str, cuts: list[int]) -> None:
    text = text.replace("\x1b[201~", "")
    data = before.encode() + BEGIN + text.encode() + END + after.encode()
    ends = sorted({min(cut, len(data)) for cut in cuts} | {len(data)})
    chunks = [data[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    expected: list[str | Pasted] = [part for part in (before, Pasted(text), after) if part]
    assert joined(fed(*chunks)) == expected


def test_latin_1_is_read_line_by_line() -> None:
    assert text_of("Größe\r".encode() + "Maß – öffentlich".encode("cp1252")) == "Größe\nMaß – öffentlich"


def test_what_is_longer_than_any_motion_is_cut_and_its_end_is_found() -> None:
    (paste, key) = fed(BEGIN, b"x" * (LONGEST - 3), b"abcdefgh" * 10, END[:3], END[3:] + b"j")
    assert isinstance(paste, Pasted) and len(paste.text) == LONGEST
    assert key == "j"


def test_a_text_of_many_lines_in_one_piece_is_a_paste_without_marks() -> None:
    keys = Input()
    assert keys.feed(LINES) == [] and keys.waiting
    assert keys.feed(b"und weiter\rDy") == []
    assert keys.waited() == [Pasted(LINES.decode().replace("\r", "\n") + "und weiter\nDy")]
    assert keys.feed(b"j") == ["j"]


@pytest.mark.parametrize("typed", [b"/3185\r\r\r\rlandesweit", LINES.replace(b"\t", b"\x1b[B"), b"j" * 400])
def test_what_is_typed_ahead_is_no_paste(typed: bytes) -> None:
    assert not any(isinstance(part, Pasted) for part in fed(typed))


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with one motion."""
    return register(tmp_path / "clone", {PATH: motion()})


def test_a_large_paste_in_a_real_terminal_takes_no_key_away(clone: Repository) -> None:
    with Terminal([sys.executable, "-m", "antragsbuch", "--lang", "en"], clone.root) as terminal:
        terminal.wait_for("1 motion")
        terminal.settle()
        begun = time.monotonic()
        # an escape in it must not delete anything
        terminal.send(BEGIN + b"x\x1bDyy\r" * 200_000 + END)
        assert time.monotonic() - begun < 30
        terminal.send(b"?")
        terminal.wait_for("Help")
    assert clone.changed() == ""
