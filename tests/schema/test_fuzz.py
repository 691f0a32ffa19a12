"""20,000 files that somebody might write: each gives findings that can be read, within a second, and never an error.

`pytest tests/schema/test_fuzz.py --mutations 1000000` looks at more of them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Finding, Located, Span
from antragsbuch_schema.findings import Report
from antragsbuch_schema.fixes import mend
from antragsbuch_schema.i18n import Text
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.reports.forms import FORMS
from antragsbuch_schema.reports.ground import Ground
from antragsbuch_schema.rules import RULES
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.writer import write
from antragsbuch_schema.validate import COUNCIL_PATH, across, check_file, directory_of, validate_file
from support.generated import Register
from support.mutations import mutated
from support.sample_motion import sample

ROOT = Path(__file__).parent.parent.parent
TODAY = dt.date(2025, 7, 1)
REAL = [
    (ROOT / path).read_text(encoding="utf-8")
    for path in ("motions/V/2200/2292-HHA.toml", "motions/V/3100/3185-HHA.toml")
]
SETTINGS = (ROOT / COUNCIL_PATH).read_text(encoding="utf-8")
MOTIONS = [*REAL, write(sample(), MOTION), *(Register(40).motion(number)[1] for number in (1, 7, 12, 33))]
PATH = "motions/V/2200/2292-HHA.toml"
PARTS = 10
"""So many tests share the mutations, so that all cores have something to do."""
LIMIT = 1.0
"""Seconds of processor time for one file; it takes some thousandths of that."""
PLACEHOLDER = re.compile(r"\{\w*\}")
ACTS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("part", range(PARTS))
def test_a_mutated_motion(part: int, pytestconfig: pytest.Config) -> None:
    council = directory_of(SETTINGS.encode())
    for number in range(part, int(pytestconfig.getoption("--mutations")) * 9 // 10, PARTS):
        data = mutated(MOTIONS, number)
        begin = time.process_time()
        checked = check_file(PATH, data, council)
        # what its comments hide is written as well as anything else
        found = [kept.located for kept in checked.findings if kept.holds(TODAY)]
        found += [kept.located for kept in across([checked.facts, checked.facts], council)]
        assert time.process_time() - begin < LIMIT, number
        assert found or number, "the first is known to have findings"
        look(number, PATH, data, found, SETTINGS.encode())
        if number // PARTS % 20 == 1:
            mended(number, PATH, data)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_mutated_council(part: int, pytestconfig: pytest.Config) -> None:
    motion = REAL[0].encode()
    for number in range(part, int(pytestconfig.getoption("--mutations")) // 10, PARTS):
        data = mutated([SETTINGS], number)
        begin = time.process_time()
        directory = directory_of(data)
        found = validate_file(COUNCIL_PATH, data, directory, TODAY)
        assert time.process_time() - begin < LIMIT, number
        look(number, COUNCIL_PATH, data, found, data)
        # whatever it says, motions can be checked by it
        look(number, PATH, motion, validate_file(PATH, motion, directory, TODAY), data)
        if number // PARTS % 20 == 1:
            mended(number, COUNCIL_PATH, data)


def look(number: int, path: str, data: bytes, found: list[Located], council: bytes) -> None:
    """Every finding stands in the file, and says what it says in both languages."""
    source = data.decode("utf-8", "replace")
    words = source + council.decode("utf-8", "replace")
    lines = source.removeprefix("\ufeff").split("\n")
    for located in found:
        assert located.finding.code in RULES, number
        inside(number, located.span, lines)
        for other, span, message in located.related:
            assert other == path
            inside(number, span, lines)
            said(number, message, words)
        said(number, located.finding.message, words)
        if located.finding.help is not None:
            said(number, located.finding.help, words)
    if number // PARTS % 20 == 0:
        reported(number, source, found)


def reported(number: int, source: str, found: list[Located]) -> None:
    """Every form of report can be read by what it is for, and holds nothing that acts on a terminal."""
    ground = Ground(lambda _path: source, "de" if number % 2 else "en", (PATH, COUNCIL_PATH))
    for name, render in FORMS.items():
        report = render(Report.of(found, 1), ground)
        assert not ACTS.search(report), (number, name)
        if name in ("json", "gitlab", "sarif", "rdjson"):
            json.loads(report)
        elif name == "junit":
            ElementTree.fromstring(report.encode())


def inside(number: int, span: Span, lines: list[str]) -> None:
    """The span begins and ends in the file, and in that order."""
    for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
        assert 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1, (number, span)
    assert (span.line, span.column) <= (span.end_line, span.end_column), (number, span)


def said(number: int, message: Text, source: str) -> None:
    """The message is there, and nothing that should have been put in is missing."""
    for language in ("de", "en"):
        words = message(language)
        assert words, number
        for left in PLACEHOLDER.findall(words):
            assert left in source, (number, words)


def mended(number: int, path: str, data: bytes) -> None:
    """Safe fixes leave a file that can be read, and none of them is there the second time."""
    try:
        source = read(data).text
    except TomlError:
        return
    council = directory_of(SETTINGS.encode())
    fields = COUNCIL if path == COUNCIL_PATH else MOTION

    def check(words: str) -> list[Finding]:
        return [located.finding for located in validate_file(path, words.encode(), council, TODAY)]

    once = mend(source, check, fields).text
    read(once.encode())
    assert mend(once, check, fields) == (once, ()), number
