"""The canonical form of a whole file: comments are carried along, and none is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.format import carried, format_text
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.scan import scan
from antragsbuch_schema.toml.writer import write
from support.layouts import odd
from support.motions import table

MOTIONS = sorted((Path(__file__).parents[2] / "motions").rglob("*.toml"))


def comments_of(text: str) -> Counter[str]:
    return Counter(text[start:end].rstrip() for start, end in scan(text).comments)


@pytest.mark.parametrize("path", MOTIONS, ids=lambda path: path.name)
def test_canonical_files_stay_as_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_text(text, COUNCIL if path.name == "council.toml" else MOTION) == text


def test_comments_stand_above_what_they_belong_to() -> None:
    source = """\
\ufeff#:schema ../../motion.schema.json
# Angelegt am 15. November

# Der Titel
title = 'Ein Antrag'  # vorläufig
#:directive
id = "x"# Kennung
originators = [ # wer
  "CDU", # erste
  # danach
  "SPD" # zweite
  # Ende der Liste
]
facts = "Eins. Zwei."

# ohne Leerzeile
[budget] # Haushalt
references = [{page = "1"}, # Seite 1
 {page="2"} # Seite 2
]
# vor der Beratungsfolge

[[consultations]]
# nicht federführend
lead = false # Standard
id = "c1"
[[consultations]]
id = "c2"
attachments = [ # keine
]
# am Ende
"""
    wanted = """\
#:schema ../../motion.schema.json
# Angelegt am 15. November
#:directive

# Kennung
id = "x"
# Der Titel
# vorläufig
title = "Ein Antrag"
originators = [
    # wer
    # erste
    "CDU",
    # danach
    # zweite
    "SPD",
    # Ende der Liste
]
facts = \"""
Eins.
Zwei.
\"""

# ohne Leerzeile
# Haushalt
# Seite 1
[[budget.references]]
page = "1"

# Seite 2
[[budget.references]]
page = "2"

# vor der Beratungsfolge
# nicht federführend
# Standard
[[consultations]]
id = "c1"

[[consultations]]
id = "c2"
# keine
attachments = []
# am Ende
"""
    assert format_text(source.replace("\n", "\r\n"), MOTION) == wanted
    assert format_text(wanted, MOTION) == wanted


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("# nur\n\n\n# dies", "# nur\n# dies\n"),
        ("\n\n# oben\n\n\n[[consultations]]\n", "# oben\n\n[[consultations]]\n"),
        ("# fällt weg\nremarks = ''\n[budget]\n# auch\nplan = ''\n", "# fällt weg\n# auch\n"),
        ("[budget]\n# auch\nplan = ''\n[x]\n", "# auch\n[x]\n"),
    ],
)
def test_corners(source: str, text: str) -> None:
    assert format_text(source, MOTION) == text
    assert format_text(text, MOTION) == text


def test_comments_follow_an_element_by_its_id() -> None:
    source = (
        '[[consultations]]\nid = "c1"\n\n# Entscheidung\n[[consultations]]\nid = "c2"\ndate = 2023-12-19 # Dienstag\n'
    )
    old = read(source.encode()).data
    new = {"consultations": [old["consultations"][1] | {"lead": True}, {"id": "c3"}, old["consultations"][0]]}
    assert carried(source, old, new, MOTION) == (
        '# Entscheidung\n[[consultations]]\nid = "c2"\n# Dienstag\ndate = 2023-12-19\nlead = true\n'
        '\n[[consultations]]\nid = "c3"\n\n[[consultations]]\nid = "c1"\n'
    )


def test_comments_on_what_is_gone_stand_above_what_is_around_it() -> None:
    source = (
        "# Kopf\n\nid = 'x'\n# Schritt\n[[consultations]]\nid = 'c1'\n"
        "[[consultations]]\nid = 'c2'\n# Stimmen\n[[consultations.votes]]\n"
    )
    old = read(source.encode()).data
    new = {"id": "x", "consultations": [{"id": "c2"}]}
    assert carried(source, old, new, MOTION) == (
        '# Kopf\n\nid = "x"\n\n# Schritt\n# Stimmen\n[[consultations]]\nid = "c2"\n'
    )


def test_a_broken_file_is_refused() -> None:
    with pytest.raises(TomlError):
        format_text("title = ", MOTION)


@given(st.data())
def test_the_same_is_said_and_no_comment_is_lost(data: st.DataObject) -> None:
    wanted = data.draw(table(MOTION, wild=True))
    file = data.draw(odd(wanted))
    text = format_text(file.text, MOTION)
    found = read(text.encode()).data
    assert same(normalise(found, MOTION), normalise(wanted, MOTION))
    assert comments_of(text) == comments_of(file.text) == Counter(file.comments)
    assert format_text(text, MOTION) == text


@given(st.data())
def test_without_comments_it_is_what_the_writer_writes(data: st.DataObject) -> None:
    file = data.draw(odd(data.draw(table(MOTION, wild=True)), comments=False))
    assert format_text(file.text, MOTION) == write(read(file.text.encode()).data, MOTION)
