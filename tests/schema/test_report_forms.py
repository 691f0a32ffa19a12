"""Reports for other programs: each is read back as its consumer does, whatever stands in the files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Finding, Fix, Located, Severity, Span
from antragsbuch_schema.display import UNSAFE, display
from antragsbuch_schema.edits import Set
from antragsbuch_schema.findings import Report
from antragsbuch_schema.i18n import Language, Text, text
from antragsbuch_schema.reports.forms import FORMS, Ground
from antragsbuch_schema.reports.patches import replacements
from antragsbuch_schema.reports.statistics import statistics, statistics_json
from antragsbuch_schema.rules import RULES
from antragsbuch_schema.validate import validate_file
from support import report_readers as readers
from support.report_readers import Read
from support.rule_cases import DIRECTORY, TODAY, found, motion, report_on

PATH = "motions/V/2200/2292-HHA.toml"
READERS: dict[str, Callable[[str], list[Read]]] = {
    "concise": readers.concise,
    "json": readers.json_list,
    "jsonl": readers.json_lines,
    "github": readers.github,
    "gitlab": readers.gitlab,
    "sarif": readers.sarif,
    "rdjson": readers.rdjson,
    "junit": lambda text: [read for _outcome, reads in readers.junit(text).values() for read in reads],
}
MACHINES = [name for name in FORMS if name not in ("full", "narrated", "markdown")]


FIRST = Span(1, 1, 1, 2)


def nothing(path: str) -> None:
    """No file is at hand."""


def located(
    span: Span = FIRST,
    words: str = "wrong",
    code: str = "TX001",
    severity: Severity = Severity.ERROR,
    path: str = PATH,
    fix: Fix | None = None,
) -> Located:
    finding = Finding(code, severity, ("title",), text("{words}", words=words), fix=fix)
    return Located(path, span, finding)


def rendered(form: str, findings: list[Located], source: str | None = None, language: Language = "en") -> str:
    return FORMS[form](Report.of(findings, 1), Ground({PATH: source}.get, language, paths=[PATH]))


def test_every_form_is_there() -> None:
    people = ["full", "concise", "narrated", "markdown"]
    assert set(FORMS) == {*people, "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson"}
    assert set(READERS) == set(MACHINES) | {"concise"}


class TestColumns:
    """The same place in the unit of each reader."""

    BEFORE = 'title = "ä€👍u\u0308 '

    @pytest.fixture(params=["\n", "\r\n"], ids=["lf", "crlf"])
    def newline(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.fixture(params=["", "\ufeff"], ids=["plain", "bom"])
    def mark(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.mark.parametrize("line", [1, 2])
    def test_each_form_counts_in_its_unit(self, newline: str, mark: str, line: int) -> None:
        rows = [*["# Grüße"] * (line - 1), f'{self.BEFORE}Wort"', "end = 1"]
        source = mark + newline.join(rows)
        start = len(self.BEFORE) + 1
        finding = located(Span(line, start, line, start + 4))
        for form in ("json", "jsonl", "github", "gitlab", "sarif"):
            (read,) = READERS[form](rendered(form, [finding], source))
            assert (read.line, read.end_line) == (line, line)
            assert read.column is not None and read.end_column is not None
            assert rows[line - 1][read.column - 1 : read.end_column - 1] == "Wort", form
        (read,) = readers.rdjson(rendered("rdjson", [finding], source))
        assert read.column is not None and read.end_column is not None
        whole = source.encode().split(b"\n")[line - 1]
        assert whole[read.column - 1 : read.end_column - 1] == b"Wort"
        for form in ("concise", "junit"):
            (read,) = READERS[form](rendered(form, [finding], source))
            assert read.column == start

    def test_real_findings_point_at_the_same_words(self, newline: str, mark: str) -> None:
        source = mark + motion('title = "ä€👍u\u0308 a  b"\n').replace("\n", newline)
        findings = validate_file(PATH, source.encode(), DIRECTORY, TODAY)
        (blanks,) = (each for each in findings if each.finding.code == "TX008")
        (read,) = readers.rdjson(rendered("rdjson", [blanks], source))
        row = source.encode().split(b"\n")[read.line - 1]
        assert read.column is not None and read.end_column is not None
        assert row[read.column - 1 : read.end_column - 1] == b"  "

    def test_without_the_file_bytes_are_unknown(self) -> None:
        (read,) = readers.rdjson(rendered("rdjson", [located(Span(3, 7, 4, 2))]))
        assert (read.line, read.column, read.end_line, read.end_column) == (3, None, 4, None)


class TestGithub:
    def test_escapes_come_back(self) -> None:
        finding = located(words="50 % 0A, a::b, %0A", path="motions/a,b:c %2C.toml")
        (command,) = readers.commands(rendered("github", [finding]))
        assert command.properties["file"] == finding.path
        assert command.message == f"{finding.path}:1:1: TX001 50 % 0A, a::b, %0A"

    def test_columns_only_on_one_line(self) -> None:
        one, many = located(Span(3, 4, 3, 9)), located(Span(5, 2, 7, 3))
        first, second = readers.github(rendered("github", [one, many]))
        assert (first.line, first.column, first.end_line, first.end_column) == (3, 4, 3, 9)
        assert (second.line, second.column, second.end_line, second.end_column) == (5, None, 7, None)

    def test_a_second_place_stands_in_the_same_annotation(self) -> None:
        findings = found(report_on(RULES["VO003"], RULES["VO003"].wrong), "VO003")
        (command,) = readers.commands(rendered("github", findings))
        assert f"\n{PATH}:24:6: the no votes\nhelp: " in command.message

    def test_the_prefix_leads_from_the_root_of_the_repository(self) -> None:
        ground = Ground({PATH: "x"}.get, "en", prefix="data/register/")
        for form in ("github", "gitlab", "sarif", "rdjson"):
            (read,) = READERS[form](FORMS[form](Report.of([located()], 1), ground))
            assert read.path == f"data/register/{PATH}"


class TestGitlab:
    def prints(self, findings: list[Located], language: Language = "en") -> list[str]:
        return [issue["fingerprint"] for issue in json.loads(rendered("gitlab", findings, language=language))]

    def test_a_fingerprint_stays_when_lines_move(self) -> None:
        assert self.prints([located(Span(3, 1, 3, 2))]) == self.prints([located(Span(30, 5, 31, 2))])
        assert self.prints([located()]) != self.prints([located(words="other")])
        assert self.prints([located()]) != self.prints([located(path="motions/other.toml")])

    def test_equal_findings_have_two(self) -> None:
        twice = self.prints([located(Span(3, 1, 3, 2)), located(Span(9, 1, 9, 2))])
        assert len(set(twice)) == 2
        assert twice[0] == self.prints([located()])[0]

    def test_the_language_changes_none(self) -> None:
        findings = validate_file(PATH, motion('title = "a  b"\n').encode(), DIRECTORY, TODAY)
        assert self.prints(findings, "en") == self.prints(findings, "de")

    def test_what_is_confidential_blocks(self) -> None:
        codes = {"PU001": "blocker", "TO001": "critical", "VO003": "major"}
        issues = json.loads(rendered("gitlab", [located(code=code) for code in codes]))
        assert {issue["check_name"]: issue["severity"] for issue in issues} == codes
        assert [issue["check_name"] for issue in issues] == sorted(codes)


class TestSarif:
    def test_the_rules_are_described(self) -> None:
        findings = [located(code="VO003"), located(code="TX001")]
        ground = Ground(nothing, "de", version="1.2.3", pages="https://example.org/rules#")
        run = readers.sarif_run(FORMS["sarif"](Report.of(findings, 1), ground))
        driver = run["tool"]["driver"]
        assert (driver["name"], driver["version"], driver["language"]) == ("Antragsbuch", "1.2.3", "de")
        assert [rule["id"] for rule in driver["rules"]] == ["TX001", "VO003"]
        rule = driver["rules"][1]
        assert rule["name"] == RULES["VO003"].name
        assert rule["shortDescription"]["text"] == text(RULES["VO003"].what)("de")
        assert "```toml\n" in rule["help"]["markdown"] and RULES["VO003"].source in rule["help"]["text"]
        assert rule["helpUri"] == "https://example.org/rules#VO003"
        assert rule["defaultConfiguration"] == {"level": "error"}

    def test_every_rule_makes_a_valid_log(self) -> None:
        for language in ("de", "en"):
            readers.sarif_run(rendered("sarif", [located(code=code) for code in RULES], language=language))

    def test_every_checked_file_is_an_artifact(self) -> None:
        ground = Ground(nothing, "en", paths=[PATH, "motions/V/größe 1%.toml"])
        run = readers.sarif_run(FORMS["sarif"](Report.of([], 2), ground))
        assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == [
            PATH,
            "motions/V/gr%C3%B6%C3%9Fe%201%25.toml",
        ]
        assert run["results"] == []

    def test_a_fix_says_what_is_deleted_and_put_in(self) -> None:
        source = "\ufeff" + motion('title = "ä€👍 a  b"\n').replace("\n", "\r\n")
        findings = validate_file(PATH, source.encode(), DIRECTORY, TODAY)
        (blanks,) = (each for each in findings if each.finding.code == "TX008")
        (result,) = readers.sarif_run(rendered("sarif", [blanks], source))["results"]
        ((change,),) = (fix["artifactChanges"] for fix in result["fixes"])
        (replacement,) = change["replacements"]
        region = replacement["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        row = source.split("\r\n")[region["startLine"] - 1]
        new = row[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + row[region["endColumn"] - 1 :]
        assert new == 'title = "ä€👍 a b"'

    def test_second_places_and_hidden_findings(self) -> None:
        (vote,) = found(report_on(RULES["VO003"], RULES["VO003"].wrong), "VO003")
        report = Report.of([vote], 1, [located(Span(9, 1, 9, 2))])
        first, second = readers.sarif_run(FORMS["sarif"](report, Ground(nothing, "en")))["results"]
        (related,) = first["relatedLocations"]
        assert related["message"] == {"text": "the no votes"}
        assert related["physicalLocation"]["region"] == {
            "startLine": 24,
            "startColumn": 6,
            "endLine": 24,
            "endColumn": 8,
        }
        assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "consultations[c1].votes[v1].yes"
        assert "suppressions" not in first
        assert second["suppressions"] == [{"kind": "inSource"}]


class TestRdjson:
    def test_a_suggestion_replaces_bytes(self) -> None:
        source = motion('title = "ä€👍 a  b"\n')
        findings = validate_file(PATH, source.encode(), DIRECTORY, TODAY)
        (blanks,) = (each for each in findings if each.finding.code == "TX008")
        (entry,) = json.loads(rendered("rdjson", [blanks], source))["diagnostics"]
        (suggestion,) = entry["suggestions"]
        start, end = suggestion["range"]["start"], suggestion["range"]["end"]
        row = source.encode().split(b"\n")[start["line"] - 1]
        new = row[: start["column"] - 1] + suggestion["text"].encode() + row[end["column"] - 1 :]
        assert new.decode() == 'title = "ä€👍 a b"'

    def test_a_second_place_in_another_file(self) -> None:
        related = (("motions/b.toml", Span(1, 11, 1, 13), text("here")),)
        finding = Located(PATH, Span(1, 1, 1, 2), located().finding, related)
        ground = Ground({PATH: "x", "motions/b.toml": 'title = "äb"'}.get, "en", pages="https://example.org/")
        (entry,) = json.loads(FORMS["rdjson"](Report.of([finding], 1), ground))["diagnostics"]
        assert entry["code"] == {"value": "TX001", "url": "https://example.org/TX001"}
        assert entry["related_locations"] == [
            {
                "message": "here",
                "location": {
                    "path": "motions/b.toml",
                    "range": {"start": {"line": 1, "column": 12}, "end": {"line": 1, "column": 14}},
                },
            }
        ]


class TestJunit:
    def report(self, findings: list[Located], paths: list[str], fails: Severity = Severity.ERROR) -> str:
        return FORMS["junit"](Report.of(findings, len(paths)), Ground(nothing, "en", paths=paths, fails=fails))

    def test_every_file_is_a_case(self) -> None:
        findings = [
            located(path="motions/b.toml"),
            located(path="motions/b.toml", severity=Severity.REMARK),
            located(path="motions/c.toml", severity=Severity.WARNING),
            located(path="motions/d.toml", code="TO001"),
        ]
        paths = [f"motions/{name}.toml" for name in "abcd"]
        cases = readers.junit(self.report(findings, paths))
        assert {path: (outcome, len(reads)) for path, (outcome, reads) in cases.items()} == {
            "motions/a.toml": ("", 0),
            "motions/b.toml": ("failure", 2),
            "motions/c.toml": ("system-out", 1),
            "motions/d.toml": ("error", 1),
        }
        strict = readers.junit(self.report(findings, paths, Severity.WARNING))
        assert strict["motions/c.toml"][0] == "failure"

    def test_a_clean_run_has_a_case_too(self) -> None:
        assert readers.junit(self.report([], [])) == {"all files": ("", [])}


class TestMarkdown:
    def test_the_worst_are_shown_and_the_others_counted(self) -> None:
        findings = [located(severity=Severity.REMARK, path=f"motions/{n}.toml") for n in range(120)]
        findings += [located(Span(n + 1, 2, n + 1, 3)) for n in range(3)]
        paragraphs, rows = readers.markdown(rendered("markdown", findings))
        assert paragraphs == [
            "Antragsbuch",
            "3 errors, 120 remarks; 1 file checked.",
            "23 more findings are not shown here.",
        ]
        assert len(rows) == 100
        assert [row for row in rows if row[2] == "error"] == [
            [PATH, "1:2", "error", "TX001", "wrong"],
            ["", "2:2", "error", "TX001", "wrong"],
            ["", "3:2", "error", "TX001", "wrong"],
        ]

    @pytest.mark.parametrize(
        "words",
        [
            "a | b \\| c \\",
            "`code` ``x",
            "<script>alert(1)</script> <!-- &lt;",
            "[a](https://example.org) ![b](c) [x]: y",
            "https://example.org www.example.org a@example.org",
            "*a* _b_ ~c~ ~~d~~ $e$ #12 @team :+1:",
        ],
    )
    def test_nothing_of_a_message_is_markup(self, words: str) -> None:
        _paragraphs, ((path, _line, _severity, _code, shown),) = readers.markdown(
            rendered("markdown", [located(words=words, path=f"motions/{words}")])
        )
        assert (path, shown) == (f"motions/{words}", words)


class TestStatistics:
    REPORT = Report.of(
        [
            located(code="VO003"),
            *[located(code="TX008", severity=Severity.WARNING, fix=Fix((), text("x"), safe=True))] * 2,
            located(code="TX008", severity=Severity.WARNING, fix=Fix((), text("x"), safe=False)),
        ],
        1,
    )

    def test_a_table(self) -> None:
        assert statistics(self.REPORT, "de") == (
            "3  TX008  Warnung  stray-blanks               2 mit --fix, 1 mit --unsafe-fixes\n"
            "1  VO003  Fehler   accepted-without-majority\n"
        )
        assert statistics(Report.of([], 3), "de") == ""

    def test_the_same_as_data(self) -> None:
        assert json.loads(statistics_json(self.REPORT))[0] == {
            "count": 3,
            "code": "TX008",
            "name": "stray-blanks",
            "severity": "warning",
            "fixable": {"safe": 2, "unsafe": 1},
        }


def test_a_fix_that_does_not_fit_the_file_is_said_in_words_only() -> None:
    fix = Fix((Set(("consultations", 7, "date"), "x", "y"),), text("Mend it."), safe=True)
    for source in ('title = "a"\n', "no TOML", None):
        finding = located(fix=fix)
        assert "Mend it. (--fix)\n\n" in rendered("full", [finding], source)
        assert "suggestions" not in rendered("rdjson", [finding], source)
        assert "fixes" not in readers.sarif_run(rendered("sarif", [finding], source))["results"][0]


LINES = st.lists(st.sampled_from(["a", "b", "ä = 1", 'x = "👍  "', "", "end\r"]), max_size=8)


@given(LINES, LINES, st.booleans(), st.booleans())
def test_replacements_turn_one_text_into_the_other(old: list[str], new: list[str], one: bool, other: bool) -> None:
    before, after = ("\n".join(rows) + "\n" * ends for rows, ends in ((old, one), (new, other)))
    rows = before.split("\n")
    starts = [sum(len(row) + 1 for row in rows[:number]) for number in range(len(rows))]
    result = before
    for step in reversed(replacements(before, after)):
        first = starts[step.span.line - 1] + step.span.column - 1
        last = starts[step.span.end_line - 1] + step.span.end_column - 1
        result = result[:first] + step.new + result[last:]
    assert result == after


# every character, and often those that mean something to one of the formats, or to a log
WORDS = st.text(
    st.characters()
    | st.sampled_from(list("\n\r\t\0\x1b\x85\u2028\u202e\ufeff\ufffe\uffff\ud800\u0308äß€👍"))
    | st.sampled_from(list("%:,;|`<>&\"'[](){}#\\!*_~@=$")),
    max_size=12,
) | st.sampled_from(["::error::x", "##[stop-commands]x", "##vso[task.x]y", "]]>", "{0} [a](b)", "https://example.org"])
SPANS = st.tuples(st.integers(1, 4), st.integers(1, 9), st.integers(0, 2), st.integers(1, 9)).map(
    lambda numbers: Span(
        numbers[0],
        numbers[1],
        numbers[0] + numbers[2],
        max(numbers[3], numbers[1]) if numbers[2] == 0 else numbers[3],
    )
)
PATHS = WORDS.map("motions/{}.toml".format)


def said(words: str) -> Text:
    return text("{words}", words=words)


@st.composite
def reports(draw: st.DrawFn) -> tuple[Report, Ground]:
    texts = draw(st.dictionaries(PATHS, WORDS, min_size=1, max_size=3))
    paths = st.sampled_from(sorted(texts))
    findings = [
        Located(
            draw(paths),
            draw(SPANS),
            Finding(
                draw(st.sampled_from(sorted(RULES))),
                draw(st.sampled_from(Severity)),
                (draw(WORDS),),
                draw(WORDS.map(said)),
                draw(st.none() | WORDS.map(said)),
            ),
            tuple(
                (draw(paths), draw(SPANS), text("{words}", words=draw(WORDS))) for _ in range(draw(st.integers(0, 2)))
            ),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    ground = Ground(
        texts.get,
        draw(st.sampled_from(("de", "en"))),
        paths=sorted(texts),
        room=draw(st.integers(10, 60)),
        unicode=draw(st.booleans()),
    )
    return Report.of(findings, len(texts)), ground


@given(reports())
@settings(max_examples=100, deadline=None)
def test_whatever_stands_in_the_files_every_form_can_be_read_and_nothing_acts(pair: tuple[Report, Ground]) -> None:
    report, ground = pair
    texts = {name: form(report, ground) for name, form in FORMS.items()}
    for name, shown in texts.items():
        # a log is a terminal, and the runner of a job reads it
        assert not UNSAFE.search(shown) and not re.search(r"##\w*\[", shown), name
        shown.encode()
        # at the start of a line this would be one more
        assert name == "github" or not re.search(r"^\s*::", shown, re.MULTILINE), name
    wanted = sorted((each.finding.code, each.finding.severity.name.lower(), each.span.line) for each in report.findings)
    for name, read in READERS.items():
        if name in ("concise", "junit") and ground.language == "de":
            continue
        reads = read(texts[name])
        assert sorted((each.code, each.severity, each.line) for each in reads) == wanted, name
    messages = sorted(each.finding.message("en") for each in report.findings)
    for name in ("json", "jsonl", "gitlab"):
        assert sorted(each.message for each in READERS[name](texts[name])) == messages
    _paragraphs, rows = readers.markdown(texts["markdown"])
    assert sorted(row[4].strip() for row in rows) == sorted(_said(display(words)) for words in messages)
    assert len(re.findall(r"\n\n", texts["narrated"])) == len(report.findings)


def _said(words: str) -> str:
    """Words as every report shows them: no command for the runner of a job."""
    return re.sub(r"(?<=##)(\w*)\[", r"\1(", words).strip()
