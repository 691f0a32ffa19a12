"""Reading: what is refused, what is said about it, and where."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.toml import guard
from antragsbuch_schema.toml.complaints import explain
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import Document, read

MOTIONS = sorted((Path(__file__).parents[2] / "motions").rglob("*.toml"))


def error(data: bytes | str) -> TomlError:
    with pytest.raises(TomlError) as caught:
        read(data.encode() if isinstance(data, str) else data)
    return caught.value


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("a = 19.12.2023\n", 1, 5, "A date is written 2023-12-19."),
        ("a = 1\nb = 20.000,00", 2, 5, "An amount is a whole number of cents: 2000000."),
        ("ü = 1", 1, 1, "No key, header or comment begins like this."),
        ("a = „SPD“", 1, 5, 'A text stands in straight quotes: "SPD".'),
        ('"ü€😀" = Foo\n', 1, 9, "This is no value; texts stand in quotes."),
        ("a =\nb = 1", 1, 4, "A value is missing."),
        ("a = ja", 1, 5, "Yes and no are written true and false."),
        ('a = "x" y', 1, 9, "Only a comment may follow on this line."),
        ('a = "x\r\nb = 1', 1, 7, "The text is not closed on its line."),
        ("a = 'x\nb = 1'", 1, 7, "The text is not closed on its line."),
        ("a = 1\r", 1, 6, "The character U+000D must not stand here."),
        ('a = "\x1b"', 1, 6, "The character U+001B must not stand here."),
        ("[a]\r\n[b\r\n", 2, 3, "The header is not closed with ]."),
        ("a = [1 2]", 1, 8, "In a list, a comma or “]” is missing here."),
        ("a = [1,\n 2\n", 2, 3, "In a list, a comma or “]” is missing here."),
        ("a = {x = 1 y = 2}", 1, 12, "In a table, a comma or “}” is missing here."),
        ("größe", 1, 3, "After a key comes “=” and a value."),
        ("a. = 1", 1, 4, "No key begins like this; any other name stands in quotes."),
        (r'a = "C:\Daten"', 1, 10, "A backslash in a text is written twice."),
        (r'a = "\u12"', 1, 8, "Hexadecimal digits are missing in this escape."),
        ("a = 2023-02-30", 1, 5, "This date or time does not exist."),
        ("\ufeffa = ", 1, 4, "A value is missing."),
    ],
)
def test_what_is_wrong_and_where(source: str, line: int, column: int, message: str) -> None:
    found = error(source)
    assert (found.message("en"), found.line, found.column) == (message, line, column)
    assert str(found) == f"line {line}, column {column}: {message}"
    assert found.message("de") != message


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ('a = 1\nb = """\nfoo\nc = "x"\n', 2, 5, 'The text that begins here is never closed with """.'),
        ("a = '''\n\nfoo", 1, 5, "The text that begins here is never closed with '''."),
        ('a = ["x", "y', 1, 11, 'The text that begins here is never closed with ".'),
        ("title = 'x'\n\n\"title\" = 'y'", 3, 1, "“title” stands twice; first in line 1."),
        ("[budget]\nplan = 'x'\n[budget]\n", 3, 1, "“budget” stands twice; first in line 1."),
        ("[a.b]\nc = 1\n[a]\nb.d = 1\n", 4, 1, "“a.b” is complete in line 1; nothing can be added to it."),
        ("a = {}\n\n[a.b]\nx = 1", 3, 1, "“a” is complete in line 1; nothing can be added to it."),
        ("a = {b = [{c = 1, c = 2}]}", 1, 19, "“c” stands twice in this table."),
        ("a = {c = 1, c = 2, !", 1, 18, "This can't be given again."),
        ("[[a]]\n[a]\n", 2, 1, "“a” stands twice; first in line 1."),
        ("[[a.b]]\n[a]\nb.c = 1\n", 3, 1, "“a.b” is complete in line 1; nothing can be added to it."),
    ],
)
def test_what_began_or_stood_before_is_named(source: str, line: int, column: int, message: str) -> None:
    found = error(source)
    assert (found.message("en"), found.line, found.column) == (message, line, column)


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        ("a = 1\nb = 'ü'".encode("latin-1"), 2, 6, "“ü”"),
        (b"\xef\xbb\xbfa = '\xfc'", 1, 6, "“ü”"),
        ("a = 'ä".encode() + b"\xe4'", 1, 7, "“ä”"),
        ("a = 'ü'".encode("utf-16"), 1, 1, "UTF-16"),
        ("a = 'ü'".encode("utf-16-le"), 1, 1, "UTF-16"),
        (b"title = 'x'\nb = '\0'", 2, 6, "NUL"),
        (b"a = '\xed\xa0\x80'", 1, 6, "0xED"),
        (b"a = '\x81'", 1, 6, "0x81 is not UTF-8. Save"),
    ],
)
def test_other_encodings_are_named(data: bytes, line: int, column: int, words: str) -> None:
    found = error(data)
    assert (found.line, found.column, found.kind) == (line, column, "encoding")
    assert words in found.message("en")


def test_what_another_parser_says_is_passed_on() -> None:
    found = explain(ValueError("Something new (at line 2, column 3)"), "a = 1\nb = 2\n")
    assert str(found) == "line 2, column 3: This is no TOML: Something new."
    assert str(explain(ValueError("Without a place"), "a")) == "line 1, column 1: This is no TOML: Without a place."


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", "=======\r", ">>>>>>> 1a2b3c"])
def test_a_merge_conflict_is_named(marker: str) -> None:
    found = error(f'a = """\nfoo\n"""\nb = [\n{marker}\n]\n')
    assert (found.line, found.column, found.kind) == (5, 1, "conflict")


def test_what_looks_like_a_conflict_in_a_text_is_text() -> None:
    source = 'a = """\n<<<<<<< HEAD\n=======\n>>>>>>> x\n"""\n'
    assert read(source.encode()).data == {"a": "<<<<<<< HEAD\n=======\n>>>>>>> x\n"}


@pytest.mark.parametrize(
    "source",
    [
        "a.b.c.d.e.f.g.h.i = 1",
        "[a.b.c.d.e.f.g.h.i]",
        "x = { a.\"b\".c . d.e.f.g.h.'i' = 1 }",
        "a = [[[[[[[[[1]]]]]]]]]",
        "a = [{a = [{a = [{a = [{a = [1]}]}]}]}]",
        "a.b.c.d = [[[[[1]]]]]\n[a.b.c.e.f.g.h.i]\nj = [[]]",
        "a" + ".a" * 20_000 + " = 1",
        "[" + ".".join(["a"] * 20_000) + "]",
        "a = " + "[" * 2_000,
        "a = " + "{a=" * 2_000,
    ],
)
def test_what_nests_too_deep_is_refused(source: str) -> None:
    found = error(source)
    assert found.kind == "limit"
    assert "deeper than 8" in found.message("en")


@pytest.mark.parametrize(
    "source",
    [
        "a.b.c.d.e.f.g.h = 1",
        "[a.b.c.d.e.f.g.h]",
        "a = [[[[[[[[1]]]]]]]]",
        "a = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5]",
        'a = "........... [[[[[[[[[[[[ 99999999999999999999999999"  # ......... [[[[[[[[[[[[[[',
        "a = '''\n[[[[[[[[[[[[\n'''",
        "[[a]]\n" * 20,
        "a = -9223372036854775808\nb = 9_223_372_036_854_775_807",
        "a = 0x7FFF_FFFF_FFFF_FFFF\nb = 0x0000000000000000000001",
        "123456789012345678901234567890 = 1",
        "[123456789012345678901234567890]",
        "a.123456789012345678901234567890.b = {123456789012345678901234567890 = 2, 0x12345678901234567890 = 1}",
        "a = 123456789012345678901234567890.5\nb = 123456789012345678901234567890e3",
        "a-123456789012345678901234567890 = 1",
        "a = 1e308\nb = -1.7e+308\nc = 1e-400\nd = inf\n1e400 = 0x1e400\n[1e401]\n[x.1e400]",
    ],
)
def test_what_only_looks_dangerous_is_read(source: str) -> None:
    assert isinstance(read(source.encode()), Document)


@pytest.mark.parametrize(
    "number",
    [
        "9223372036854775808",
        "-9223372036854775809",
        "+9_999_999_999_999_999_999",
        "9" * 4_300,
        "9" * 5_000,
        "0x8000000000000000",
        "0x" + "f" * 100_000,
        "0o1000000000000000000000",
        "0b1" + "0" * 63,
        "1e400",
        "-1.5E+4_000",
        "9" * 400 + ".0",
    ],
)
@pytest.mark.parametrize("around", ["a = {}", "[x]\na = [\n1,\n{},\n]", "a = {{b = [{}]}}"])
def test_numbers_have_64_bits(number: str, around: str) -> None:
    source = around.replace("{}", number).replace("{{", "{").replace("}}", "}")
    found = error(source)
    assert (found.kind, found.message("en")) == ("limit", "The number does not fit into 64 bits.")
    offset = source.index(number)
    assert (found.line, found.column) == guard.line_column(source, offset)


def test_the_size_is_limited() -> None:
    assert error(b"#" * (guard.MAX_BYTES + 1)).kind == "limit"
    prose = 'a = """\n' + "x" * (guard.MAX_BYTES - 20) + '\n"""'
    assert len(read(prose.encode()).data["a"]) == guard.MAX_BYTES - 19


HALF = guard.MAX_STRUCTURE // 2
SLOWEST = {
    "pairs": "\n".join(f"{number:x}=1" for number in range(32_000)),
    "headers": "\n".join(f"[{number:x}]" for number in range(27_000)),
    "elements": "[[a]]\n[[a.b]]\n" * 17_000,
    "dotted keys": "\n".join(f"a.b.c.d.e.f.g.x{number:x}=1" for number in range(12_000)),
    "list": "a=[" + "1," * HALF,
    "list of tables": "a=[" + "{a=1}," * (HALF // 3) + "]",
    "inline table": "a={" + ",".join(f"{number:x}=1" for number in range(32_000)) + "}",
    "escapes": 'a="' + "\\n" * (guard.MAX_BYTES // 2 - 10) + '"',
    "continued lines": 'a="""' + "\\\n" * (guard.MAX_BYTES // 2 - 10) + '"""',
    "digits": "a=[" + "1234567890123456789.5," * 11_000 + "]",
    "keys of digits": ("1" * 19 + "-") * 12_000 + "=1",
    "brackets": "[]" * (HALF - 1),
    "quotes": "\"'\n" * 60_000,
    "backslashes": 'a="""' + "\\" * 1_000_000,
    "float": "a=1." + "1" * (2 * HALF - 10),
}


@pytest.mark.parametrize("name", SLOWEST)
def test_nothing_takes_long(name: str) -> None:
    """The processor time of this process, so that other work on the machine does not count."""
    data = SLOWEST[name].encode()
    assert len(data) <= guard.MAX_BYTES
    begin = time.process_time()
    try:
        read(data)
    except TomlError as problem:
        assert problem.line >= 1
    assert time.process_time() - begin < 2


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_an_error(data: bytes) -> None:
    _read_or_refused(data)


# fmt: off
PIECES = st.sampled_from([
    "a", "b", ".", "=", "[", "]", "[[", "]]", "{", "}", ",", '"', "'", '"""', "'''", "\\", "\\u00e4", " ", "#", "1",
    "1.5", "2023-11-15", "07:30:00", "true", "ü", "<<<<<<< ", "=======", "0x", "_", "e", "-", "+", "inf", "nan",
    "\n", "\r\n", "\r", "\u2028", "\x00", "\x7f", "\ufeff",
])
# fmt: on


@given(st.lists(PIECES, max_size=40).map("".join))
def test_pieces_of_toml_are_a_document_or_an_error(source: str) -> None:
    _read_or_refused(source.encode())


@given(st.data())
def test_real_files_with_mistakes_are_a_document_or_an_error(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(MOTIONS)).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = min(start + data.draw(st.sampled_from([0, 1, 3, 50])), len(source))
        new = data.draw(st.one_of(st.binary(max_size=4), PIECES.map(str.encode), st.just(source[start:end])))
        source = source[:start] + new + source[end:]
    _read_or_refused(source)


def _read_or_refused(data: bytes) -> None:
    try:
        document = read(data)
    except TomlError as problem:
        lines = data.split(b"\n")
        assert 1 <= problem.line <= len(lines)
        assert problem.column >= 1
        if problem.kind != "encoding":
            assert problem.column <= len(lines[problem.line - 1].decode()) + 1
        assert problem.message("en")
        assert problem.message("de")
    else:
        assert document.text.encode() == data
        assert document.positions.value(()) is not None


def test_a_document_keeps_the_text_and_says_how_its_lines_end() -> None:
    data = '\ufefftitle = "ü"\r\nfacts = """\r\nA.\r\nB.\r\n"""\r\ndate = 2023-11-15\r\n'.encode()
    document = read(data)
    assert document.data == {"title": "ü", "facts": "A.\nB.\n", "date": dt.date(2023, 11, 15)}
    assert document.text.encode() == data
    assert document.bom
    assert document.newline == "\r\n"
    assert read(b"a = 1").newline == "\n"
    assert not read(b"a = 1").bom
