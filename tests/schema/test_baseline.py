"""A baseline knows what was there, however its lines move, and nothing else."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema import baseline
from antragsbuch_schema.baseline import BaselineError, Entry
from antragsbuch_schema.diagnostics import Located
from antragsbuch_schema.judge import judge
from antragsbuch_schema.policy import policy
from antragsbuch_schema.validate import validate_register
from support.rule_cases import COUNCIL, TODAY, motion

PATH = "motions/V/2200/2292-HHA.toml"
SPACED = motion('title = "Konferenz  zur Armut"\n')
TWICE = motion('title = "Konferenz  zur Armut"\noriginators = [\n    "SPD  ",\n]\n')


def sources(source: str) -> Callable[[str], str | None]:
    return {PATH: source, "motions/council.toml": COUNCIL}.get


def found(source: str) -> tuple[Located, ...]:
    return validate_register([(PATH, source.encode())], COUNCIL.encode(), TODAY).findings


def known(source: str) -> dict[Entry, int]:
    return baseline.read(baseline.rendered(baseline.entries(found(source), sources(source))).encode())


def new(source: str, before: dict[Entry, int]) -> list[tuple[str, str]]:
    result = baseline.compare(found(source), before, sources(source))
    return [(located.finding.code, source.splitlines()[located.span.line - 1]) for located in result.new]


def test_what_was_there_is_not_new() -> None:
    assert ("TX008", 'title = "Konferenz  zur Armut"') in new(SPACED, {})
    assert new(SPACED, known(SPACED)) == []


@pytest.mark.parametrize("above", ["# a line\n", "\n\n", 'remarks = "Haushalt"\n'])
def test_lines_that_move_stay_known(above: str) -> None:
    moved = SPACED.replace("title", f"{above}title")
    assert [code for code, _line in new(moved, known(SPACED)) if code == "TX008"] == []
    indented = SPACED.replace("title =", "  title   = ")
    assert [code for code, _line in new(indented, known(SPACED)) if code == "TX008"] == []


def test_a_line_that_is_written_anew_is_looked_at_anew() -> None:
    assert [code for code, _line in new(SPACED.replace("Armut", "Not"), known(SPACED))] == ["TX008"]


def test_as_many_are_known_as_are_counted() -> None:
    line = 'originators = [\n    "SPD  ",\n]\n'
    two = 'originators = [\n    "SPD  ",\n    "SPD  ",\n]\n'
    before = known(motion(line))
    assert len([code for code, _line in new(motion(two), before) if code == "TX008"]) == 1
    assert [code for code, _line in new(motion(two), known(motion(two))) if code == "TX008"] == []
    gone = baseline.compare(found(motion(line)), known(motion(two)), sources(motion(line))).gone
    assert gone[Entry(PATH, "TX008", '"SPD ",')] == 1


def test_headers_are_told_by_their_place() -> None:
    step = '[[consultations]]\nid = "{id}"\ndate = 2023-12-{day}\nrole = "decision"\noutcome = "referred"\n'
    one = motion(step.format(id="c1", day=18))
    both = motion(step.format(id="c1", day=18) + "\n" + step.format(id="c2", day=19))
    headers = [entry.line for entry in known(one) if entry.line.startswith("consultations")]
    assert headers and all(line.startswith("consultations[c1]") for line in headers)
    lines = [line for _code, line in new(both, known(one))]
    assert "[[consultations]]" in lines


def test_an_unreadable_file_is_never_known() -> None:
    broken = 'title = "x\n'
    assert known(broken) == {}
    entry = Entry(PATH, "TO001", 'title = "x')
    assert [code for code, _line in new(broken, {entry: 1})] == ["TO001"]


def test_what_is_judged_is_new_and_the_rest_is_counted() -> None:
    report = validate_register([(PATH, TWICE.encode())], COUNCIL.encode(), TODAY)
    result = judge(
        report, policy(["TX"]), {**known(SPACED), Entry("motions/gone.toml", "TX008", "x"): 2}, sources(TWICE)
    )
    assert [located.finding.code for located in result.report.findings] == ["TX008"]
    assert result.known == 1
    gone = baseline.of_check(result.gone, None, policy(["TX"]).wants)
    assert gone == {Entry("motions/gone.toml", "TX008", "x"): 2}
    assert not baseline.of_check(result.gone, {PATH}, policy(["TX"]).wants)
    assert not baseline.of_check(result.gone, None, policy(["VO"]).wants)


def test_one_line_a_finding_sorted_and_complete_in_itself() -> None:
    entries = {Entry("b", "VO003", "yes = 3"): 1, Entry("a", "TX008", "ä\u202e\x9b"): 2}
    text = baseline.rendered(entries)
    assert text == (
        '[{"format": 1}\n'
        ',{"path": "a", "code": "TX008", "line": "ä\\u202e\\u009b", "count": 2}\n'
        ',{"path": "b", "code": "VO003", "line": "yes = 3"}\n'
        "]\n"
    )
    assert json.loads(text)[1]["count"] == 2


def test_two_sides_merge_by_lines(tmp_path: Path) -> None:
    base = {Entry("m", "VO003", "yes = 3"): 1}
    sides = [{**base, Entry("a", "VO003", "x"): 1}, {**base, Entry("z", "VO003", "x"): 1}]
    files = []
    for name, entries in zip("abc", (sides[0], base, sides[1]), strict=True):
        (tmp_path / name).write_text(baseline.rendered(entries))
        files.append(name)
    merged = subprocess.run(["git", "merge-file", "-p", *files], cwd=tmp_path, capture_output=True, check=True).stdout
    assert baseline.read(merged) == {**sides[0], **sides[1]}


entry = st.builds(Entry, st.text(max_size=5), st.sampled_from(["VO003", "TX008"]), st.text(max_size=8))


@given(st.dictionaries(entry, st.integers(1, 3), max_size=4))
def test_what_is_written_is_read_again(entries: dict[Entry, int]) -> None:
    text = baseline.rendered(entries)
    assert len(text.split("\n")) == len(entries) + 3
    assert baseline.read(text.encode()) == entries


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "line 1: no JSON"),
        (b'[{"format": 1}\n<<<<<<< HEAD\n', "line 2: no JSON"),
        (b"[]", "no baseline"),
        (b"{}", "no baseline"),
        (b'[{"format": 2}]', "format is another than 1"),
        (b'[{"format": 1}, {"path": 1, "code": "VO003", "line": ""}]', "no baseline"),
        (b'[{"format": 1}, {"path": "", "code": "VO003", "line": "", "count": true}]', "no baseline"),
        (b"\xff", "no baseline"),
        (b"[" * 100_000, "no baseline"),
    ],
)
def test_what_is_no_baseline_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BaselineError) as caught:
        baseline.read(data)
    assert said in caught.value.message("en")
