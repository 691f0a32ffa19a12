"""Mending: the safe fixes only, comments kept, other lines untouched, and nothing left to mend."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Finding
from antragsbuch_schema.fixes import mend
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.rules import RULES, Rule
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.validate import validate_file
from support.rule_cases import DIRECTORY, TODAY, motion, report_on

PATH = "motions/V/2200/2292-HHA.toml"


def check(text: str) -> list[Finding]:
    return [located.finding for located in validate_file(PATH, text.encode(), DIRECTORY, TODAY)]


WRONG = motion(
    """\
# the title as it was copied
title = "Durchfu\u0308hrung einer Kon\u00adferenz  2024" # two mistakes
facts = \"\"\"
Ein\u00a0Satz.
Noch einer.
\"\"\"

[[consultations]] # the last one
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"

[[consultations]]
id = "c1"
organization = "Regionausschuss"
date = 2023-12-12
role = "preparation"
"""
)


def test_safe_fixes_change_only_their_lines_and_keep_the_comments() -> None:
    mended = mend(WRONG, check, MOTION)
    changed = [
        line
        for line in difflib.unified_diff(WRONG.splitlines(), mended.text.splitlines(), n=0, lineterm="")
        if line[0] in "+-" and not line.startswith(("---", "+++"))
    ]
    assert changed == [
        '-title = "Durchfu\u0308hrung einer Kon\u00adferenz  2024" # two mistakes',
        '+title = "Durchführung einer Konferenz 2024" # two mistakes',
        "-Ein\u00a0Satz.",
        "+Ein Satz.",
        '+id = "c2"',
    ]
    assert [finding.code for finding in mended.findings] == ["TX005", "TX004", "ID003", "TX003", "TX008"]


def test_unsafe_fixes_are_put_in_only_where_they_are_asked_for() -> None:
    assert "Regionausschuss" in mend(WRONG, check, MOTION).text
    mended = mend(WRONG, check, MOTION, unsafe=True)
    steps = read(mended.text.encode()).data["consultations"]
    assert [(step["id"], step["organization"]) for step in steps] == [
        ("c1", "Regionsausschuss"),
        ("c2", "Regionsversammlung"),
    ]


def test_mending_twice_changes_nothing() -> None:
    for unsafe in (False, True):
        once = mend(WRONG, check, MOTION, unsafe=unsafe)
        again = mend(once.text, check, MOTION, unsafe=unsafe)
        assert (again.text, again.findings) == (once.text, ())


def test_a_file_that_cannot_be_read_stays_as_it_is() -> None:
    broken = 'title = "Konferenz\n'
    assert mend(broken, check, MOTION) == (broken, ())


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.wrong], ids=lambda rule: rule.code)
def test_what_a_rule_offers_mends_what_it_found(rule: Rule) -> None:
    offered = [f.finding for f in report_on(rule, rule.wrong).findings if f.finding.code == rule.code and f.finding.fix]
    if offered:
        text = motion(rule.wrong)
        left = check(mend(text, check, MOTION, unsafe=True).text)
        assert rule.code not in {finding.code for finding in left}


@given(st.text(st.sampled_from("a ü\u0308\u00ad\u00a0\u2009\t\n.u"), max_size=12))
def test_any_text_is_clean_once_it_is_mended(words: str) -> None:
    line = words.replace("\n", " ")
    text = motion(f'title = "x{_escaped(line)}"\nfacts = "x{_escaped(words)}"\n')
    mended = mend(text, check, MOTION)
    left = {finding.code for finding in check(mended.text)}
    assert not left & {"TX003", "TX004", "TX005", "TX008"}


def _escaped(words: str) -> str:
    return "".join(letter if letter in "a .u" else f"\\u{ord(letter):04x}" for letter in words)
