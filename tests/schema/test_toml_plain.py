"""The quick way to read a canonical file: it says what the parser, the writer, the types and the rules say."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.display import UNSAFE
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.rules import Directory
from antragsbuch_schema.toml.format import format_text
from antragsbuch_schema.toml.plain import LETTERS, read_plain
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.writer import write
from antragsbuch_schema.types import type_findings
from antragsbuch_schema.validate import check_document, check_file, directory_of
from support.generated import Register
from support.motions import table

ROOT = Path(__file__).parents[2]
REGISTER = Register(60)
DIRECTORY = directory_of(REGISTER.council.encode())
MOTIONS = [REGISTER.motion(number)[1] for number in range(60)]
FRAGMENTS = [
    "", " ", "  ", "\t", "\n", "\n\n", "\r", "\r\n", "#", "# Stand\n", "#: schema\n", "\\", '"', '"""', "'", "[", "]",
    "[[", "{", ",", ".", "=", " = ", "-", "- ", "0", "1", "_", "+", "Z", "A", "a. B", "z. B. ", "(", ")", "…", "„",
    "\x00", "\x7f", "\x85", "\u00a0", "\u00ad", "\u0308", "\u202e", "\ufeff", "😀", "é", "²", "ı",
]  # fmt: skip
LINES = [
    "", " ", "# Stand", "#: schema", "# Stand ", 'id = "c1"', 'id = "7"', 'title = ""', 'title = "a  b"',
    'title = " a"', 'title = """', '"title" = "a"', "title = 'a'", "public = true", "public = false",
    "lead = false", "lead = true",
    "date = 2024-02-29", "date = 2023-02-29", "date = 20240229", "date = 2024-W01-1", "date = 2024-02-29 07:00:00",
    "time = 18:00:00", "time = 18:00", "time = 18:00:00.5", "yes = 3", "yes = 03", "yes = -1", "yes = +1", "yes = 0x1",
    "yes = 1_0", "yes = 99999999999999999999", "change = -0", "change = -5", "change = 1e3", 'role = "decision"',
    'role = "no"', 'x = "unbekannt"', "attachments = []", "originators = []", "originators = [", "]", '    "SPD",',
    '    "SPD"', '    "",', '    1,', 'proposal = """', '"""', 'proposal = "kurz"', "[budget]", "[[budget.references]]",
    "[[consultations]]", "[[consultations.votes]]", "[[attachments]]", "[withdrawal]", "[votes]", "[ budget ]",
    "budget.plan = \"2024\"", "<<<<<<< HEAD", "=======", "Satz eins. Satz zwei.", "kein Satz", "- Punkt", "  weiter",
]  # fmt: skip


def agree(text: str, fields: Fields) -> bool:
    """Whether the text was read in the quick way; if so, nobody says anything else of it."""
    data = text.encode()
    found = read_plain(data, fields)
    if found is None:
        return False
    known = read(data)
    assert repr(found.data) == repr(known.data)
    assert found.text == known.text == format_text(text, fields)
    assert not type_findings(known.data, fields)
    assert vars(found.positions)["_keys"] == vars(known.positions)["_keys"]
    assert vars(found.positions)["_values"] == vars(known.positions)["_values"]
    assert vars(found.positions)["_headers"] == vars(known.positions)["_headers"]
    path = "motions/council.toml" if fields is COUNCIL else "motions/V/0/1-AT.toml"
    for directory in (DIRECTORY, Directory({})):
        assert check_file(path, data, directory) == check_document(path, data, known, directory)
    return True


def test_what_the_writer_writes_is_read_in_the_quick_way() -> None:
    assert all(agree(text, MOTION) for text in MOTIONS)
    assert agree(REGISTER.council, COUNCIL)
    for path in (ROOT / "motions").rglob("*.toml"):
        assert agree(path.read_text(encoding="utf-8"), COUNCIL if path.name == "council.toml" else MOTION)


@given(st.data())
def test_a_motion_with_a_slip_is_read_rightly_or_not_in_the_quick_way(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(MOTIONS))
    for _ in range(data.draw(st.integers(1, 2))):
        lines = text.split("\n")
        number = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.integers(0, 4)):
            case 0:
                lines.insert(number, data.draw(st.sampled_from(LINES)))
            case 1:
                lines[number] = data.draw(st.sampled_from(LINES))
            case 2:
                lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines[number])
            case 3:
                del lines[number]
            case _:
                start = data.draw(st.integers(0, len(lines[number])))
                end = start + data.draw(st.integers(0, 2))
                fragment = data.draw(st.sampled_from(FRAGMENTS))
                lines[number] = lines[number][:start] + fragment + lines[number][end:]
        text = "\n".join(lines)
    agree(text, MOTION)


@pytest.mark.parametrize("fields", [MOTION, COUNCIL], ids=["motion", "council"])
@given(st.data())
def test_any_data_are_read_rightly_or_not_in_the_quick_way(fields: Fields, data: st.DataObject) -> None:
    agree(write(data.draw(table(fields, wild=True)), fields), fields)


HEAD = 'id = "k7m2qx9a"\ntitle = "Ein Titel"\n'


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (HEAD, True),
        (HEAD.replace("\n", "\r\n"), False),
        ("\ufeff" + HEAD, False),
        (HEAD[:-1], False),
        ("", False),
        ('id = "k7m2qx9a"\n', False),
        (HEAD + 'title = "Noch einer"\n', False),
        ('title = "Ein Titel"\nid = "k7m2qx9a"\n', False),
        ("# von Hand\n" + HEAD, True),
        ("# steht allein\n\n" + HEAD, False),
        (HEAD + "# am Ende\n", False),
        (HEAD + '\n# noch offen\n[[consultations]]\nid = "c1"\n', True),
        (HEAD + '\n[[consultations]]\n# noch offen\nid = "c1"\n', True),
        (HEAD + "\n[[consultations]]\n", False),
        (HEAD + '\n[[consultations.votes]]\nid = "v1"\n', False),
        (HEAD + 'attachments = []\n\n[[attachments]]\nid = "f1"\n', False),
        (HEAD + '\n[[consultations]]\nid = "c1"\n\n[withdrawal]\ndate = 2024-01-02\n', True),
        (HEAD + '\n[withdrawal]\ndate = 2024-01-02\n\n[[consultations]]\nid = "c1"\n', False),
        (HEAD + 'proposal = """\nErster Satz.\nZweiter Satz.\n"""\n', True),
        (HEAD + 'proposal = """\nErster Satz. Zweiter Satz.\n"""\n', False),
        (HEAD + 'proposal = """\nEin Satz.\n', False),
        (HEAD + 'proposal = """\n"""\n', False),
        (HEAD + 'originators = [\n    "SPD",\n    "CDU",\n]\n', True),
        (HEAD + 'originators = [\n    "SPD",\n', False),
        (HEAD + "date = 2024-02-29\n", True),
        (HEAD + "date = 2023-02-29\n", False),
        (HEAD + "date = 20240229\n", False),
    ],
)  # fmt: skip
def test_what_is_plain(text: str, plain: bool) -> None:
    assert agree(text, MOTION) is plain


def test_two_files_share_nothing_that_can_change() -> None:
    data = (HEAD + 'originators = [\n    "SPD",\n]\nattachments = []\n\n[[consultations]]\nid = "c1"\n').encode()
    one, other = read_plain(data, MOTION), read_plain(data, MOTION)
    assert one is not None and other is not None
    for key in ("originators", "attachments", "consultations"):
        assert one.data[key] == other.data[key]
        assert one.data[key] is not other.data[key]
    assert one.data["consultations"][0] is not other.data["consultations"][0]


def test_the_letters_are_ordinary() -> None:
    assert all(unicodedata.is_normalized("NFC", letter) and not unicodedata.combining(letter) for letter in LETTERS)
    assert UNSAFE.search(LETTERS) is None
    assert not any(letter.isspace() for letter in LETTERS)
