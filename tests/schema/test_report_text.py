"""Findings for people: two places in one excerpt, a fix as the lines it changes, and the form without glyphs."""

from __future__ import annotations

import re

import pytest

from antragsbuch_schema.diagnostics import Finding, Fix, Located, Severity, Span
from antragsbuch_schema.edits import Set
from antragsbuch_schema.i18n import Text, text
from antragsbuch_schema.places import parse
from antragsbuch_schema.reports.cells import width
from antragsbuch_schema.reports.narrated import render as narrated
from antragsbuch_schema.reports.text import render
from antragsbuch_schema.rules import RULES
from antragsbuch_schema.validate import validate_file
from support.rule_cases import DIRECTORY, TODAY, files_of, found, motion, report_on

PATH = "motions/V/2200/2292-HHA.toml"
OTHER = "motions/V/3100/3185-HHA.toml"
SOURCE = "".join(f"key{n} = {n}\n" for n in range(1, 30))


def two(first: Span, second: Span, path: str = PATH, label: str = "there") -> Located:
    finding = Finding("VO003", Severity.ERROR, (), text("wrong"))
    return Located(PATH, first, finding, ((path, second, text("{words}", words=label)),))


def excerpt(located: Located, *, unicode: bool = False, room: int = 100, source: str = SOURCE) -> list[str]:
    shown = render([located], {PATH: source, OTHER: source}.get, "en", unicode=unicode, room=room)
    return shown.splitlines()[2:-1]


class TestTwoPlaces:
    def test_near_ones_share_an_excerpt(self) -> None:
        assert excerpt(two(Span(4, 8, 4, 9), Span(7, 8, 7, 9))) == [
            "  |",
            "3 | key3 = 3",
            "4 | key4 = 4",
            "  |        ^",
            "5 | key5 = 5",
            "6 | key6 = 6",
            "7 | key7 = 7",
            "  |        - there",
        ]

    def test_the_second_may_stand_above_and_lines_between_are_left_out(self) -> None:
        assert excerpt(two(Span(9, 1, 9, 5), Span(3, 1, 3, 5))) == [
            "   |",
            " 3 | key3 = 3",
            "   | ---- there",
            "...",
            " 8 | key8 = 8",
            " 9 | key9 = 9",
            "   | ^^^^",
            "10 | key10 = 10",
        ]

    def test_both_on_one_line(self) -> None:
        assert excerpt(two(Span(4, 1, 4, 5), Span(4, 8, 4, 9)))[2:5] == [
            "4 | key4 = 4",
            "  | ^^^^",
            "  |        - there",
        ]

    @pytest.mark.parametrize(("path", "line"), [(PATH, 20), (OTHER, 5)])
    def test_one_far_away_or_in_another_file_has_its_own(self, path: str, line: int) -> None:
        lines = excerpt(two(Span(4, 1, 4, 5), Span(line, 1, line, 5), path))
        number = next(n for n, row in enumerate(lines) if "==>" in row)
        assert lines[number].strip() == f"==> {path}:{line}:1: there"
        assert [row.split("|")[1].strip() for row in lines[number + 1 :]] == ["", f"key{line} = {line}", "----"]

    def test_without_the_file_both_places_are_named(self) -> None:
        shown = render([two(Span(4, 1, 4, 5), Span(6, 1, 6, 5))], lambda path: None, "en")
        assert f"{PATH}:4:1" in shown and f"==> {PATH}:6:1: there" in shown

    def test_lines_beyond_ascii_only_where_they_are_allowed(self) -> None:
        plain = excerpt(two(Span(9, 1, 9, 5), Span(3, 1, 3, 5)))
        drawn = excerpt(two(Span(9, 1, 9, 5), Span(3, 1, 3, 5)), unicode=True)
        assert "".join(plain).isascii()
        assert [row.replace("│", "|").replace("⋮", "...") for row in drawn] == plain


def fixed(source: str, code: str = "TX008") -> tuple[Located, str]:
    located = [each for each in validate_file(PATH, source.encode(), DIRECTORY, TODAY) if each.finding.code == code]
    return located[0], source


class TestFixes:
    def test_a_safe_one_is_shown_as_the_lines_it_changes(self) -> None:
        located, source = fixed(motion('title = "Grüße  👍"\n'))
        lines = excerpt(located, source=source)
        assert lines[-3:] == [
            "  = fix: Write single blanks. (--fix)",
            '4 - title = "Grüße  👍"',
            '4 + title = "Grüße 👍"',
        ]

    def test_a_long_line_is_cut_around_what_changes(self) -> None:
        located, source = fixed(motion(f'title = "{"vorn " * 60}a  b{" hinten" * 60}"\n'))
        gone, come = excerpt(located, source=source, room=40)[-2:]
        assert "a  b" in gone and "a b" in come
        assert width(gone) <= 40 and width(come) <= 40
        assert gone.startswith("4 - ...") and gone.endswith("...")

    def test_an_unsafe_one_is_named_only(self) -> None:
        fix = Fix((Set(("title",), "a", "b"),), text("Write {word}.", word="b"), safe=False)
        finding = Finding("TX001", Severity.ERROR, ("title",), text("wrong"), fix=fix)
        lines = excerpt(Located(PATH, Span(1, 1, 1, 2), finding), source='title = "a"\n')
        assert lines[-1] == "  = unsafe fix: Write b. (--unsafe-fixes)"

    def test_carriage_returns_and_controls_stay_out(self) -> None:
        located, source = fixed(motion('title = "a  \\u001Bb"\n').replace("\n", "\r\n"))
        assert not any("\r" in line or "\x1b" in line for line in excerpt(located, source=source))


class TestNarrated:
    def test_places_in_words_and_whole_sentences(self) -> None:
        rule = RULES["VO003"]
        ((path, data),) = files_of(rule.wrong)
        shown = narrated(found(report_on(rule, rule.wrong), "VO003"), {path: data.decode()}.get, "de")
        assert shown == (
            "Fehler VO003 in motions/V/2200/2292-HHA.toml, Zeile 23, Spalte 7, Beratungsfolge, Beratungsschritt 1, "
            "Abstimmungen, Abstimmung 1, Ja: angenommen, aber Ja (30) ist nicht mehr als Nein (45); "
            "bei Gleichstand oder weniger ist der Antrag abgelehnt (§ 66 NKomVG).\n"
            "Dort steht: 30\n"
            "Siehe auch Zeile 24, Spalte 6: die Nein-Stimmen.\n"
            "Dort steht: 45\n"
            "Hilfe: Zahlen oder Ergebnis berichtigen. Eine andere Mehrheit in „required“ angeben.\n"
            "\n"
        )

    def test_the_fix_and_its_option(self) -> None:
        located, source = fixed(motion('title = "a  b"\n'))
        assert narrated([located], {PATH: source}.get, "en").splitlines() == [
            f"Warning TX008 in {PATH}, line 4, column 11, title: blanks at an end or in a row.",
            "Fix: Write single blanks.",
            "It is put in with --fix.",
            "",
        ]

    def test_another_file_is_named(self) -> None:
        shown = narrated([two(Span(4, 1, 4, 5), Span(6, 1, 6, 5), OTHER)], {OTHER: SOURCE}.get, "en")
        assert f"See also in {OTHER}, line 6, column 1: there.\nThere it says: key6\n" in shown

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            ("facts[#3]", "facts of the case, sentence 3"),
            ("originators[#2]", "movers, entry 2"),
            ("consultations[c9].date", "consultations, step c9, date"),
            ("odd.key", "odd, key"),
        ],
    )
    def test_places_that_the_file_may_not_have(self, place: str, words: str) -> None:
        finding = Finding("TX001", Severity.REMARK, parse(place), text("x"))
        for source in ("", "no TOML"):
            shown = narrated([Located(PATH, Span(1, 1, 1, 1), finding)], {PATH: source}.get, "en")
            assert shown.startswith(f"Remark TX001 in {PATH}, line 1, column 1, {words}: x.\n")

    def test_no_glyphs(self) -> None:
        rule = RULES["VO003"]
        ((path, data),) = files_of(rule.wrong)
        shown = narrated(report_on(rule, rule.wrong).findings, {path: data.decode()}.get, "de")
        assert not re.search(r"[\^|│─▶·⋮…]|-->|==>|  ", shown)


def test_a_command_for_the_runner_of_a_job_is_taken_apart() -> None:
    words: Text = text("{words}", words="##[stop-commands]x")
    finding = Located(PATH, Span(1, 13, 1, 15), Finding("TX001", Severity.ERROR, (), words))
    source = 'title = "##vso[a]b"\n'
    lines = render([finding], {PATH: source}.get, "en").splitlines()
    assert lines[0] == "error[TX001] ##(stop-commands]x"
    assert lines[3:5] == ['1 | title = "##vso(a]b"', "  |             ^^"]
