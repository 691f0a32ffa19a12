"""The message of a commit, made from what it changes."""

from __future__ import annotations

import copy
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.changes import difference
from antragsbuch_schema.message import WIDTH, suggest
from antragsbuch_schema.toml.reader import read

MOTIONS = Path(__file__).parents[2] / "motions"
NAME = "3185 (V) HHA"


def motion() -> dict[str, Any]:
    return read((MOTIONS / "V/3100/3185-HHA.toml").read_bytes()).data


def with_vote_and_word() -> dict[str, Any]:
    data = copy.deepcopy(motion())
    data["facts"] = data["facts"].replace("bundesweit", "landesweit")
    data["consultations"][3] |= {
        "outcome": "as_proposed",
        "votes": [{"id": "v1", "yes": 45, "no": 30, "abstentions": 3}],
    }
    return data


def trailers(message: str) -> list[str]:
    done = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_it_says_what_changed_and_git_reads_its_trailers() -> None:
    message = suggest([(NAME, difference(motion(), with_vote_and_word()), "changed")], "de")
    subject, _blank, *body = message.splitlines()
    assert subject == "3185 (V) HHA: Abstimmung Regionsversammlung, Sachverhalt"
    assert "- Sachverhalt, Satz 6: ist [-bundesweit-] {+landesweit+} Vorbild" in body
    assert any(line.startswith("- Regionsversammlung, 17.12.2024: ") for line in body)
    assert trailers(message) == [
        "Motion: 3185 (V) HHA",
        "Fields: facts, consultations[c4].votes[v1], consultations[c4].outcome",
    ]


def test_english_is_another_message_with_the_same_trailers() -> None:
    changes = difference(motion(), with_vote_and_word())
    german, english = (suggest([(NAME, changes, "changed")], language) for language in ("de", "en"))
    assert "45 yes, 30 no, 3" in english and "45 Ja" in german
    assert trailers(german) == trailers(english)


def test_several_motions_are_named_and_each_has_its_trailers() -> None:
    changes = difference(motion(), with_vote_and_word())
    message = suggest([(NAME, changes, "changed"), ("2292 (V) HHA", difference(None, motion()), "added")], "en")
    assert message.startswith("3185, 2292: ")
    assert [line for line in trailers(message) if line.startswith("Motion:")] == [
        "Motion: 3185 (V) HHA",
        "Motion: 2292 (V) HHA",
    ]
    many = suggest([(f"{number} (V) HHA", changes, "changed") for number in range(1000, 1020)], "en")
    assert many.startswith("20 motions: ")


@given(st.text(), st.text(min_size=1))
def test_foreign_text_adds_neither_lines_nor_trailers(title: str, name: str) -> None:
    data = motion()
    changes = difference(data, {**data, "title": title + "\nMotion: forged\n\nSigned-off-by: me", "x\ny": name})
    message = suggest([(name + "\n\nMotion: forged", changes, "changed")], "en")
    *_paragraphs, last = message.rstrip("\n").split("\n\n")
    assert [line.split(":")[0] for line in last.splitlines()] == ["Motion", "Fields"]
    assert message.split("\n\n")[0].count("\n") == 0


def test_the_subject_is_short_where_it_can_be() -> None:
    old = motion()
    new = {**old, "title": "x", "paper_type": "y", "proposal": "z", "facts": "f", "remarks": "r", "amends": "1 (V) AT"}
    subject = suggest([(NAME, difference(old, new), "changed")], "de").split("\n")[0]
    assert len(subject) <= WIDTH
    assert subject.endswith("und 3 weitere")
