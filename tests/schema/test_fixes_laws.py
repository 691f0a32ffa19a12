"""Laws of mending, on motions with mistakes sown into them at random."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Cut, Finding, Fix
from antragsbuch_schema.fixes import applied, mend
from antragsbuch_schema.i18n import text
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.places import PlaceError
from antragsbuch_schema.toml.comments import comments
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.scan import scan
from antragsbuch_schema.validate import validate_file
from support.rule_cases import DIRECTORY, TODAY, motion

PATH = "motions/V/2200/2292-HHA.toml"
CLEAN = motion(
    '''\
# Antrag der Fraktion
title = "Konferenz zur Armutsbekämpfung" # der Titel
facts = """
Ein Satz über S. 425.
Noch einer.
"""

[[consultations]] # Vorbereitung
id = "c1"
organization = "Regionsausschuss"
date = 2023-12-12
role = "preparation"

# Entscheidung
[[consultations]]
id = "c2"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
outcome = "as_proposed"

[[consultations.votes]]
id = "v1"
result = "accepted"
yes = 45
no = 30
'''
)
SOWN = (
    ("Konferenz zur", "Konferenz  zur"),
    ("Konferenz zur", "Kon\u00adferenz zur"),
    ("bekämpfung", "beka\u0308mpfung"),
    ('"Konferenz', '" Konferenz'),
    ("Ein Satz", "Ein\u00a0Satz"),
    ("Noch einer", "Noch\u200b einer"),
    ('id = "c1"\n', ""),
    ('id = "c2"\n', 'id = "c1"\n'),
    ('id = "v1"\n', ""),
    ("Regionsausschuss", "Regionausschuss"),
    ("Regionsversammlung", "Regionversammlung"),
    ('role = "preparation"', 'role = "preperation"'),
    ("outcome =", "outcom ="),
    ("yes = 45", 'yes = "45"'),
    ("date = 2023-12-12", 'date = "12.12.2023"'),
    ("2023-12-12", "2023-12-20"),
    ("# Entscheidung", "# antrag: ignore[VO003] so im Protokoll"),
    ("# der Titel", "# antrag: ignore[TX008, BU, VO003] so gedruckt"),
    ("# Vorbereitung", "# antrag: ignore[OU001] so # antrag: ignore[GR001] auch"),
    ("# Antrag der", "# antrag: ignore-file[TX004] alt # antrag: ignore-file[TX003] neu"),
    ("\n", "\r\n"),
    ("yes = 45\nno = 30", "votes = [[1]]\nno = -30"),
)


@st.composite
def sown(draw: st.DrawFn) -> str:
    source = CLEAN
    for old, new in draw(st.lists(st.sampled_from(SOWN), max_size=6, unique=True)):
        source = source.replace(old, new)
    return source


def check(source: str) -> list[Finding]:
    return [located.finding for located in validate_file(PATH, source.encode(), DIRECTORY, TODAY)]


def test_the_motion_is_clean_and_each_mistake_is_found() -> None:
    assert {finding.code for finding in check(CLEAN)} <= {"FM001", "VO009"}
    before = [(finding.code, finding.place) for finding in check(CLEAN)]
    for old, new in SOWN:
        assert old in CLEAN
        if new != "\r\n":
            assert [(each.code, each.place) for each in check(CLEAN.replace(old, new))] != before, new


@settings(max_examples=60)
@given(sown(), st.booleans())
def test_mending_twice_is_mending_once(source: str, unsafe: bool) -> None:
    once = mend(source, check, MOTION, unsafe=unsafe)
    assert mend(once.text, check, MOTION, unsafe=unsafe) == (once.text, ())
    left = [finding.fix for finding in check(once.text) if finding.fix is not None]
    assert not [fix for fix in left if fix.safe or unsafe]


@settings(max_examples=60)
@given(sown())
def test_a_safe_fix_removes_its_finding_and_adds_none_that_is_worse(source: str) -> None:
    before = check(source)
    for finding in before:
        if finding.fix is None or not finding.fix.safe:
            continue
        after = check(applied(source, [finding.fix], MOTION))
        count = sum(each.code == finding.code for each in before)
        assert sum(each.code == finding.code for each in after) < count, finding
        codes = {each.code for each in before}
        new = {each.code for each in after} - codes
        # once the types are right, the rules can see what is wrong besides
        assert not new or finding.code.startswith(("SC", "ID")), (finding, new)


_IDS = re.compile(r"^id = .*\n", re.MULTILINE)
_INVISIBLE = re.compile("[\u00ad\u200b]")


@settings(max_examples=60)
@given(sown())
def test_safe_fixes_leave_the_meaning_as_it_is(source: str) -> None:
    """What a reader of the paper sees is the same: words, numbers, days; and every comment that says something."""

    def meaning(text_of: str) -> object:
        data = read(_INVISIBLE.sub("", _IDS.sub("", text_of).replace("\u00a0", " ")).encode()).data
        return normalise(_plain(data), MOTION)

    mended = mend(source, check, MOTION)
    assert same(meaning(mended.text), meaning(source))
    kept = [comment.text.partition("# antrag:")[0].strip() for comment in comments(scan(source))]
    left = [comment.text.partition("# antrag:")[0].strip() for comment in comments(scan(mended.text))]
    assert [words for words in left if words] == [words for words in kept if words]


def _plain(value: object) -> Any:
    """Values as they are printed: a number that was a text is the same number."""
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_plain(below) for below in value]
    words = " ".join(str(value).split())
    return re.sub(r"^(\d+)\.(\d+)\.(\d{4})$", r"\3-\2-\1", words)


@settings(max_examples=40)
@given(sown())
def test_only_lines_with_findings_change(source: str) -> None:
    mended = mend(source, check, MOTION).text
    marked = {
        source.split("\n")[located.span.line - 1].strip()
        for located in validate_file(PATH, source.encode(), DIRECTORY, TODAY)
        if located.finding.fix is not None and located.finding.fix.safe
    }
    gone = [line.strip() for line in source.split("\n") if line not in mended.split("\n")]
    # a text in three quotes is written anew as a whole, and marked at its first line only where that is wrong
    assert all(line in marked or "Satz" in line or "einer" in line for line in gone), (gone, marked)


def test_a_cut_that_does_not_fit_is_refused() -> None:
    fix = Fix((), text("x"), safe=True, cuts=(Cut(0, "something else"),))
    with pytest.raises(PlaceError):
        applied(CLEAN, [fix], MOTION)
