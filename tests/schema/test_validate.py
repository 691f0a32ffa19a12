"""Whole files and registers: whatever the bytes, in one process or several, on any day."""

from __future__ import annotations

import datetime as dt
import pickle
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.edits import MISSING, Data
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import render
from antragsbuch_schema.rules import RULES, Directory
from antragsbuch_schema.toml.writer import write
from antragsbuch_schema.validate import check_file, directory_of, validate_file, validate_register
from support.field_data import spoilt
from support.generated import Register
from support.rule_cases import COUNCIL as COUNCIL_TEXT
from support.rule_cases import DIRECTORY, TODAY, motion

ROOT = Path(__file__).parents[2]
PATH = "motions/V/2200/2292-HHA.toml"


def codes(data: bytes, path: str = PATH) -> list[str]:
    return [located.finding.code for located in validate_file(path, data, DIRECTORY, TODAY)]


def test_the_real_motions_have_no_error() -> None:
    files = [
        (path.relative_to(ROOT).as_posix(), path.read_bytes())
        for path in sorted((ROOT / "motions").rglob("*.toml"))
        if path.name != "council.toml"
    ]
    report = validate_register(files, (ROOT / "motions/council.toml").read_bytes(), TODAY)
    found = [
        (Path(located.path).stem, located.finding.code, render(located.finding.place)) for located in report.findings
    ]
    assert report.counts[Severity.ERROR] == 0
    # what was really printed: a misspelled body, a placeholder, a bracket that was never closed
    assert set(found) <= {
        ("2292-HHA", "GR001", "consultations[c3].organization"),
        ("2292-HHA", "BU008", "budget.amounts[a1]"),
        ("3185-HHA", "BU007", "budget.product_pages_from"),
        ("3185-HHA", "BU006", "budget.references[b2].page"),
    }
    assert ("2292-HHA", "GR001", "consultations[c3].organization") in found


class TestUnreadable:
    def test_broken_toml_is_one_finding_at_its_place(self) -> None:
        (located,) = validate_file(PATH, b'id = "k7m2qx9a"\ntitle = "Konferenz\n', DIRECTORY, TODAY)
        assert (located.finding.code, located.span.line, located.span.column) == ("TO001", 2, 19)

    def test_latin_1_is_named(self) -> None:
        (located,) = validate_file(PATH, 'title = "Armutsbekämpfung"\n'.encode("latin-1"), DIRECTORY, TODAY)
        assert (located.finding.code, located.span.line, located.span.column) == ("TO003", 1, 19)
        assert "Latin-1" in located.finding.message("de")

    def test_what_is_too_large_or_too_deep_is_refused_at_once(self) -> None:
        for data in (b"#" * (2 << 20), b"a = " + b"[" * 40_000, b".".join([b"a"] * 40_000) + b" = 1"):
            start = time.perf_counter()
            assert codes(data)[0] in ("TO001", "TO004")
            assert time.perf_counter() - start < 1

    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_conflicts_are_found_inside_of_a_text_too(self, newline: str) -> None:
        inside = motion('facts = """\n<<<<<<< HEAD\nA.\n=======\nB.\n>>>>>>> theirs\n"""\n')
        outside = '<<<<<<< HEAD\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> theirs\n'
        for source, first in ((inside, inside.count("\n", 0, inside.index("<<<<"))), (outside, 0)):
            found = validate_file(PATH, source.replace("\n", newline).encode(), DIRECTORY, TODAY)
            (located,) = (each for each in found if each.finding.code == "TO002")
            assert (located.span.line, located.span.column, located.span.end_column) == (first + 1, 1, 13)
            assert [span.line for _path, span, _text in located.related] == [first + 5]
        assert codes(outside.replace("\n", newline).encode()) == ["TO002"]

    def test_each_conflict_is_reported(self) -> None:
        one = "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b\n"
        assert codes((one + one).encode()) == ["TO002", "TO002"]


def test_a_broken_council_is_reported_and_its_motions_are_checked_all_the_same() -> None:
    wrong = motion(
        '[[consultations]]\nid = "c1"\n\n[[consultations.votes]]\nid = "v1"\nresult = "accepted"\nyes = 1\nno = 2\n'
    )
    report = validate_register([(PATH, wrong.encode())], b"name = ", TODAY)
    found = {(located.path, located.finding.code) for located in report.findings}
    assert {("motions/council.toml", "TO001"), (PATH, "VO003")} <= found
    assert report.files == 2


def test_without_a_council_nothing_is_unknown() -> None:
    report = validate_register([(PATH, motion("").encode())], None, TODAY)
    assert {located.finding.code for located in report.findings} <= {"RF002"}


def test_findings_come_in_the_order_of_paths_and_lines() -> None:
    files = [(path, text.encode()) for path, text in Register(150).files() if not path.endswith("council.toml")]
    random.Random(1).shuffle(files)
    report = validate_register(files, Register(150).council.encode(), TODAY)
    order = [(located.path, located.span.line, located.span.column) for located in report.findings]
    assert order == sorted(order) and len(order) > 10


def test_several_processes_find_the_same() -> None:
    files = [(path, text.encode()) for path, text in Register(200).files() if not path.endswith("council.toml")]
    council = Register(200).council.encode()
    done: list[int] = []
    alone = validate_register(files, council, TODAY)
    shared = validate_register(iter(files), council, TODAY, jobs=2, progress=done.append)
    assert shared == alone
    assert done == list(range(1, 201))


def test_what_a_file_gave_can_be_sent_and_kept() -> None:
    checked = check_file(PATH, motion('amends = "1 (V) HHA"\nrelated_papers = ["2 (V) HHA"]\n').encode(), DIRECTORY)
    assert pickle.loads(pickle.dumps(checked)) == checked
    # known by what it is, not by what it says
    assert pickle.loads(pickle.dumps(MISSING)) is MISSING
    assert [mention.words for mention in checked.facts.links] == ["2 (V) HHA"]


def test_what_was_found_holds_on_its_days() -> None:
    source = motion('[[consultations]]\nid = "c1"\ndate = 2023-12-19\noutcome = "noted"\n').encode()
    checked = check_file(PATH, source, DIRECTORY)
    before, after = dt.date(2023, 12, 18), dt.date(2023, 12, 19)
    assert "OU001" in {located.finding.code for located in checked.on(before)}
    assert "OU001" not in {located.finding.code for located in checked.on(after)}


class TestFacts:
    @pytest.mark.parametrize(
        "source",
        [
            'id = "a1"\nreference = "2292 (V) HHA"\n',
            '# id = "x"\n\nid   =   "a1"\n"reference" = "2292 (V) HHA"\n',
            'facts = """\nreference = "2292 (V) HHA"\n"""\nid = "a1"\nreference = "2292 (V) HHA"\n',
            'id = "\\u0061\\u0031"\nreference = "2292 \\u0028V) HHA"\n',
            '\ufeffid = "a1"\nreference = "2292 (V) HHA"\n',
            'id = "a1"\r\nreference = "2292 (V) HHA"\r\n',
            'x = [\n["id"],\n]\nid = "a1" # id\nreference = \'2292 (V) HHA\'\n',
            'budget.id = "a1"\nid = "a1"\nreference = "2292 (V) HHA"\n[source]\nreference = "2292 (V) HHA"\n',
        ],
    )
    def test_id_and_reference_stand_where_they_are(self, source: str) -> None:
        facts = check_file(PATH, source.encode(), DIRECTORY).facts
        lines = source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        for mention, key, words in ((facts.id, "id", "a1"), (facts.reference, "reference", "2292 (V) HHA")):
            assert mention is not None and mention.words == words
            line = lines[mention.span.line - 1]
            before, value = line[: mention.span.column - 1], line[mention.span.column - 1 : mention.span.end_column - 1]
            assert before.strip(" =\"'") == key
            assert (value[0], value[-1]) in (('"', '"'), ("'", "'"))


class TestRegister:
    def files(self, *heads: dict[str, str]) -> list[tuple[str, bytes]]:
        result = []
        for head in heads:
            path = DIRECTORY.scheme.path(head["reference"])
            lines = {key: f'"{value}"' for key, value in head.items() if key != "path"}
            result.append((head.get("path", path), motion("", **lines).encode()))
        return result

    def test_the_same_reference_is_reported_in_each_file_with_the_other(self) -> None:
        files = self.files(
            {"id": "a1", "reference": "1 (V) HHA"},
            {"id": "b1", "reference": "1 (V) HHA", "path": "motions/V/0/1-HHA--b1.toml"},
        )
        report = validate_register(files, COUNCIL_TEXT.encode(), TODAY)
        found = {
            located.path: [path for path, _span, _text in located.related]
            for located in report.findings
            if located.finding.code == "RG001"
        }
        first, second = "motions/V/0/1-HHA.toml", "motions/V/0/1-HHA--b1.toml"
        assert found == {first: [second], second: [first]}

    def test_a_reference_is_never_used_again(self) -> None:
        carried = {"2292 (V) HHA": frozenset({"a1", "old"})}
        files = self.files({"id": "a1", "reference": "2292 (V) HHA"})
        report = validate_register(files, COUNCIL_TEXT.encode(), TODAY, carried=carried)
        (located,) = report.findings
        assert located.finding.code == "RG005" and "old" in located.finding.message("de")
        alone = validate_register(files, COUNCIL_TEXT.encode(), TODAY, carried={"2292 (V) HHA": frozenset({"a1"})})
        assert not alone.findings

    def test_drafts_without_a_reference_do_not_collide(self) -> None:
        drafts = [
            (f"motions/new/{name}.toml", motion("", id=f'"{name}"', reference=None).encode()) for name in ("a1", "b1")
        ]
        assert not validate_register(drafts, COUNCIL_TEXT.encode(), TODAY).findings

    def test_links_are_found_however_they_are_spelled(self) -> None:
        linked = motion('amends = "2293(V) HHA"\n').encode()
        other = motion("", id='"b1"', reference='"2293 (V) HHA"').encode()
        files = [(PATH, linked), ("motions/V/2200/2293-HHA.toml", other)]
        report = validate_register(files, COUNCIL_TEXT.encode(), TODAY)
        assert {located.finding.code for located in report.findings} <= {"FM001"}


class TestNothingRaises:
    @given(st.binary(max_size=400))
    def test_for_any_bytes(self, data: bytes) -> None:
        for path in (PATH, "motions/council.toml"):
            assert all(finding in RULES for finding in codes(data, path))

    @given(st.data())
    @settings(max_examples=100, deadline=None)
    def test_for_any_damage_to_a_motion(self, data: st.DataObject) -> None:
        source = bytearray(Register(1).motion(0)[1].encode())
        for _ in range(data.draw(st.integers(1, 6))):
            start = data.draw(st.integers(0, len(source)))
            length = data.draw(st.integers(0, 30))
            source[start : start + length] = data.draw(
                st.binary(max_size=6) | st.sampled_from([b"\n", b'"', b"[[", b"= 1"])
            )
        both = validate_file(PATH, bytes(source), DIRECTORY, TODAY)
        for located in both:
            assert located.finding.message("de") and located.finding.message("en")

    @given(spoilt(MOTION))
    @settings(max_examples=100, deadline=None)
    def test_for_any_types(self, data: Data) -> None:
        self.check(PATH, data, MOTION)

    @given(spoilt(COUNCIL), spoilt(MOTION))
    @settings(max_examples=60, deadline=None)
    def test_for_any_council(self, council: Data, data: Data) -> None:
        self.check("motions/council.toml", council, COUNCIL)
        validate_file(PATH, write(data, MOTION).encode(), council, TODAY)

    def check(self, path: str, data: Data, fields: object) -> None:
        source = write(data, COUNCIL if fields is COUNCIL else MOTION).encode()
        directory = Directory(data) if fields is COUNCIL else DIRECTORY
        lines = source.decode().split("\n")
        for located in validate_file(path, source, directory, TODAY):
            assert located.finding.message("de") and located.finding.message("en")
            assert located.finding.help is None or located.finding.help("de")
            assert 1 <= located.span.line <= located.span.end_line <= len(lines)
            assert 1 <= located.span.column <= len(lines[located.span.line - 1]) + 1


def test_a_term_may_end_on_the_last_day_there_is() -> None:
    council = b'[law]\nprofile = "nkomvg"\n[[terms]]\nid = "t1"\nname = "V"\nstart = 2021-11-01\nend = 9999-12-31\n'
    assert "CN010" in {
        located.finding.code for located in validate_file("motions/council.toml", council, directory_of(council), None)
    }


@pytest.mark.parametrize(
    "council", [b"x = [", b'[reference]\npattern = "{counter"\npath = "{counter}"\n', b"format = 1\n"]
)
def test_a_council_that_can_not_be_read_puts_no_motion_in_the_wrong_place(council: bytes) -> None:
    path = "motions/V/2200/2292-HHA.toml"
    data = b'id = "abcd1234"\nreference = "2292 (V) HHA"\n'
    found = validate_register([(path, data)], council, None).findings
    assert not [one for one in found if one.finding.code == "RF002"]


def test_of_thousands_of_conflicts_the_first_are_told() -> None:
    data = b"<<<<<<< HEAD\n=======\n>>>>>>> b\n" * 1000
    assert len(validate_file("motions/a.toml", data, None, None)) == 100
