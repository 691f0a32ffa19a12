"""Reports: what stands under what, in any language, width and with any text in the file."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Finding, Fix, Located, Severity, Span
from antragsbuch_schema.display import UNSAFE
from antragsbuch_schema.i18n import text
from antragsbuch_schema.places import parse
from antragsbuch_schema.reports.as_json import render as as_json
from antragsbuch_schema.reports.cells import cropped, width
from antragsbuch_schema.reports.text import Detail, render, summary
from antragsbuch_schema.rules import RULES
from antragsbuch_schema.validate import validate_file
from support.rule_cases import DIRECTORY, TODAY, files_of, found, motion, report_on

PATH = "motions/V/2200/2292-HHA.toml"
NOTHING: dict[str, str] = {}


def finding(span: Span, message: str = "wrong", code: str = "TX001", fix: Fix | None = None) -> Located:
    return Located(PATH, span, Finding(code, Severity.ERROR, parse("title"), text("{words}", words=message), fix=fix))


def excerpt(source: str, span: Span, room: int = 100) -> tuple[str, str]:
    """The line of the excerpt and the line of carets, without the gutter."""
    lines = render([finding(span)], {PATH: source}.get, "en", room=room).splitlines()
    row = next(n for n, line in enumerate(lines) if re.match(r"[ |]*\^", line))
    return lines[row - 1].partition("| ")[2], lines[row].partition("| ")[2]


def test_the_full_form_shows_two_places_and_what_to_do() -> None:
    rule = RULES["VO003"]
    ((path, data),) = files_of(rule.wrong)
    located = found(report_on(rule, rule.wrong), "VO003")
    assert render(located, {path: data.decode()}.get, "de") == (
        "Fehler[VO003] angenommen, aber Ja (30) ist nicht mehr als Nein (45); "
        "bei Gleichstand oder weniger ist der Antrag abgelehnt (§ 66 NKomVG)\n"
        "  --> motions/V/2200/2292-HHA.toml:23:7  consultations[c1].votes[v1].yes\n"
        "   |\n"
        '22 | result = "accepted"\n'
        "23 | yes = 30\n"
        "   |       ^^\n"
        "24 | no = 45\n"
        "   |      -- die Nein-Stimmen\n"
        "   = Hilfe: Zahlen oder Ergebnis berichtigen. Eine andere Mehrheit in „required“ angeben.\n"
        "\n"
    )


def test_the_concise_form_is_one_line_each() -> None:
    located = validate_file(PATH, motion('title = "a  b"\nfacts = "a\\u202eb"\n').encode(), DIRECTORY, TODAY)
    lines = render(located, NOTHING.get, "en", form="concise").splitlines()
    assert [line.split(" ", 1)[0] for line in lines] == [f"{PATH}:4:11:", f"{PATH}:11:1:", f"{PATH}:12:11:"]
    assert lines[0].endswith(" warning[TX008] [*] blanks at an end or in a row")


@pytest.mark.parametrize(
    ("line", "column", "end", "under"),
    [
        ('title = "x"', 9, 12, '"x"'),
        ('title = "Grüße €"', 17, 18, '"'),
        ('title = "👍 Ja"', 12, 14, "Ja"),
        ('title = "日本 Ja"', 13, 15, "Ja"),
        ('title = "u\u0308 Ja"', 13, 15, "Ja"),
        ("\ttitle = 1", 10, 11, "1"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_caret_stands_under_what_is_meant(newline: str, line: str, column: int, end: int, under: str) -> None:
    row, carets = excerpt(newline.join(["# oben", line, "unten = 1"]), Span(2, column, 2, end))
    before = row[: row.index(under)] if row.count(under) == 1 else row[: row.rindex(under)]
    assert carets == " " * width(before) + "^" * width(under)


def test_hidden_characters_are_visible_and_measured_as_shown() -> None:
    row, carets = excerpt('title = "a\u202eb"', Span(1, 11, 1, 12))
    assert row == 'title = "a<U+202E>b"'
    assert carets == " " * 10 + "^" * 8


def test_a_span_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    row, carets = excerpt('facts = """\nA.\n"""\n', Span(1, 9, 3, 4))
    assert (row, carets) == ('facts = """', " " * 8 + "^^^ to line 3")


def test_an_empty_span_still_has_a_caret() -> None:
    assert excerpt('title = "x', Span(1, 11, 1, 11)) == ('title = "x', " " * 10 + "^")


def test_a_long_line_is_cut_around_the_span() -> None:
    words = " ".join(f"Wort{n:03}" for n in range(120))
    start = words.index("Wort060") + 10
    row, carets = excerpt(f'facts = "{words}"', Span(1, start, 1, start + 7), room=60)
    assert width(row) <= 60 - len("1 | ") and row.startswith("...") and row.endswith("...")
    assert row[carets.index("^") : len(carets)] == "Wort060"


def test_without_the_file_the_place_is_all_there_is() -> None:
    lines = render([finding(Span(3, 1, 3, 2))], NOTHING.get, "en").splitlines()
    assert lines == ["error[TX001] wrong", f" --> {PATH}:3:1  title", ""]


def test_colour_only_where_it_is_asked_for_and_the_words_are_the_same() -> None:
    located = [finding(Span(1, 1, 1, 6), fix=Fix((), text("mend it"), safe=True))]
    forms: tuple[Detail, ...] = ("full", "concise")
    for form in forms:
        plain = render(located, {PATH: "title = 1"}.get, "en", form=form)
        painted = render(located, {PATH: "title = 1"}.get, "en", form=form, colour=True)
        assert "\x1b" not in plain and "\x1b[31;1m" in painted
        assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


@given(st.text(max_size=30), st.text(max_size=10), st.integers(1, 32), st.integers(1, 32), st.integers(10, 60))
def test_nothing_of_a_file_reaches_the_terminal_as_it_is(
    row: str, message: str, start: int, end: int, room: int
) -> None:
    span = Span(1, start, 1, max(start, end))
    located = Located(row or "x", span, Finding("TX001", Severity.ERROR, (row,), text("{words}", words=message)))
    shown = render([located], {row or "x": row}.get, "de", room=room)
    assert not UNSAFE.search(shown.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass"))
    data = as_json([located], "de")
    assert not UNSAFE.search(data)
    assert json.loads(data)[0]["message"] == message


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40), st.integers(3, 30))
def test_cropping_keeps_the_room_and_the_beginning_of_the_span(line: str, start: int, end: int, room: int) -> None:
    start, end = sorted((min(start, len(line)), min(end, len(line))))
    shown, first, last = cropped(line, start, end, room)
    assert width(shown) <= room or shown == line
    assert 0 <= first <= last <= len(shown)
    assert line[start:end].startswith(shown[first:last])


class TestSummary:
    def located(self, severity: Severity, fix: Fix | None = None) -> Located:
        return Located(PATH, Span(1, 1, 1, 1), Finding("TX001", severity, (), text("x"), fix=fix))

    def test_it_counts_by_severity(self) -> None:
        located = [self.located(severity) for severity in (Severity.ERROR, Severity.REMARK, Severity.ERROR)]
        assert summary(located, 3, "en") == "2 errors, 1 remark; 3 files checked."
        assert summary(located, 1, "de") == "2 Fehler, 1 Hinweis; 1 Datei geprüft."
        assert summary([], 2, "de") == "Keine Befunde; 2 Dateien geprüft."

    def test_it_says_what_can_be_mended(self) -> None:
        safe, unsafe = Fix((), text("x"), safe=True), Fix((), text("x"), safe=False)
        warning = Severity.WARNING
        assert summary([self.located(warning, safe), self.located(warning, unsafe)], 1, "en") == (
            "2 warnings; 1 file checked. 1 can be mended with --fix. 1 more with --unsafe-fixes."
        )
        assert summary([self.located(warning, unsafe)], 1, "de") == (
            "1 Warnung; 1 Datei geprüft. 1 lässt sich mit --unsafe-fixes beheben."
        )


def test_json_has_every_field_in_every_language() -> None:
    source = motion('title = "Grüße  👍"\n')
    (located,) = (
        each for each in validate_file(PATH, source.encode(), DIRECTORY, TODAY) if each.finding.code == "TX008"
    )
    german, english = (json.loads(as_json([located], language))[0] for language in ("de", "en"))
    assert german == {
        "path": PATH,
        "line": 4,
        "column": 15,
        "end_line": 4,
        "end_column": 17,
        "place": "title",
        "code": "TX008",
        "name": "stray-blanks",
        "severity": "warning",
        "message": "Leerzeichen am Rand oder mehrere hintereinander",
        "help": None,
        "fixable": "safe",
        "related": [],
    }
    assert english == {**german, "message": "blanks at an end or in a row"}


def test_json_names_related_places() -> None:
    (located,) = found(report_on(RULES["VO003"], RULES["VO003"].wrong), "VO003")
    (entry,) = json.loads(as_json([located], "en"))
    assert entry["related"] == [
        {"path": PATH, "line": 24, "column": 6, "end_line": 24, "end_column": 8, "message": "the no votes"}
    ]
