"""What the register needs to know of a motion, told from its first lines: the same as by parsing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema import facts
from antragsbuch_schema.edits import Data
from antragsbuch_schema.mentions import Facts
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.writer import write
from support.field_data import spoilt
from support.generated import Register

PATH = "motions/V/2200/2292-HHA.toml"
PIECES = (
    'id = "k7m2qx9a"\n', 'reference = "2292 (V) HHA"\n', 'reference = "Ä €"  # so\n', 'amends = ""\n', 'amends = " "\n',
    'related_papers = ["a", "b"]\n', 'related_papers = [\n    "Ü 1",\n    "",\n]\n', "superordinated_papers = []\n",
    'related_papers = ["a" "b"]\n', 'related_papers = ["a", 1]\n', "subordinated_papers = ['x']\n",
    'subordinated_papers = [ # c\n"x"]\n', 'proposal = """\nid = "other"\n"""\n', 'facts = """ # a\nb"""\n',
    'facts = """a\\\nb"""\n', 'facts = """"x""""\n', "facts = '''\n[x]\nid = \"n\"\n'''\n", "date = 2023-11-16\n",
    "public = true\n", "# id = \"no\"\n", "\n", "  \t\n", '  id = "in"\n', "id.a = 1\n", '"id" = "q"\n', "id = 'l'\n",
    "id = 3\n", 'id = "a\\u0062"\n', "budget = { a = 1 }\n", "[budget]\n", '[[consultations]]\nid = "c1"\n', "x =\n",
    'reference = "r"\r\n', '\ufeffid = "b"\n', "id", '"""', "]", "\x00", 'title = "\x07"\n', '\ud800',
)  # fmt: skip


def parsed(data: bytes) -> Facts | None:
    """The facts by the way of the parser; None for what it can't read."""
    try:
        return facts._parsed(PATH, read(data))
    except TomlError:
        return None


def agree(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    expected = parsed(data)
    found = facts.facts_of(PATH, data)
    if expected is not None:
        assert found == expected
    else:
        assert found.path == PATH


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_the_first_lines_say_what_the_parser_says(text: str) -> None:
    agree(text)


@given(spoilt(MOTION))
def test_the_same_for_whatever_can_be_written(data: Data) -> None:
    agree(write(data, MOTION))


def test_a_register_is_told_from_its_first_lines_alone() -> None:
    for path, text in list(Register(60).files())[1:]:
        found = facts.at_a_glance(path, text)
        assert found is not None and found.reference is not None
        assert found == facts._parsed(path, read(text.encode()))


def test_where_they_stand() -> None:
    found = facts.facts_of(PATH, 'id = "k7m2qx9a"\nreference = "Ä (V)"\nrelated_papers = [\n    "€ 1",\n]\n'.encode())
    assert found.reference is not None
    assert (found.reference.span.line, found.reference.span.column, found.reference.span.end_column) == (2, 13, 20)
    assert [(link.words, link.place, link.span.line) for link in found.links] == [("€ 1", ("related_papers", 0), 4)]


@pytest.mark.parametrize("end", ['title = "\n', "\n[[consultations]\n", "x = 1\nx = 2\n"])
def test_a_slip_at_the_end_leaves_a_motion_its_name(end: str) -> None:
    data = f'id = "k7m2qx9a"\nreference = "2292 (V) HHA"\n[budget]\n{end}'.encode()
    with pytest.raises(TomlError):
        read(data)
    found = facts.facts_of(PATH, data)
    assert found.id is not None and found.id.words == "k7m2qx9a"


@pytest.mark.parametrize("data", [b"\xff", b"id = \xff", b'id = "x"\n' + b"#" * (1 << 20), b"", b"\n" * 100])
def test_what_is_no_motion_has_no_facts(data: bytes) -> None:
    assert facts.facts_of(PATH, data) == Facts(PATH)
