"""Which rules a check is about, and what makes it fail."""

from __future__ import annotations

import pytest

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.judge import judge
from antragsbuch_schema.policy import UnknownRule, policy
from antragsbuch_schema.rules import RULES, Directory
from antragsbuch_schema.rules.naming import codes_of
from antragsbuch_schema.validate import validate_register
from support.rule_cases import COUNCIL, TODAY, motion

PATH = "motions/V/2200/2292-HHA.toml"


def wanted(select: str = "", ignore: str = "") -> set[str]:
    asked = policy(select.split(), ignore.split())
    return {code for code in RULES if asked.wants(code)}


TO = set(codes_of("TO"))


def test_everything_is_wanted_unless_something_is_said() -> None:
    assert wanted() == set(RULES)
    assert policy().is_whole and not policy(["VO"]).is_whole


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ("VO003", "", {"VO003"}),
        ("vo003", "", {"VO003"}),
        (RULES["VO003"].name, "", {"VO003"}),
        ("VO", "VO003", set(codes_of("VO")) - {"VO003"}),
        ("VO003", "VO", {"VO003"}),
        ("VO003 VO004", "VO003", {"VO004"}),
        ("VO", "VO", set()),
    ],
)
def test_the_more_exact_word_counts(select: str, ignore: str, expected: set[str]) -> None:
    assert wanted(select, ignore) == expected | TO


def test_what_is_left_out_alone() -> None:
    assert set(RULES) - wanted(ignore="TX VO003") == {*codes_of("TX"), "VO003"}


def test_unreadable_files_are_always_said() -> None:
    assert wanted(ignore="TO TO001") == set(RULES)


@pytest.mark.parametrize(
    ("word", "meant"), [("VO03", "VO003"), ("V", None), ("FM01", "FM001"), ("not-cannonical", "not-canonical")]
)
def test_an_unknown_word_is_refused_with_what_was_meant(word: str, meant: str | None) -> None:
    with pytest.raises(UnknownRule) as caught:
        policy([word])
    assert caught.value.word == word
    assert meant is None or meant in caught.value.meant


SPACED = 'title = "Konferenz  zur Armut"\n'


def judged(
    source: str, council: str = COUNCIL, fail_on: Severity = Severity.ERROR, ignore: str = ""
) -> tuple[set[str], bool]:
    report = validate_register([(PATH, source.encode())], council.encode(), TODAY)
    result = judge(report, policy(ignore=ignore.split(), fail_on=fail_on), None, lambda _path: None)
    return {located.finding.code for located in result.report.findings}, result.fails


def test_it_fails_from_a_severity_on() -> None:
    found, fails = judged(motion(SPACED))
    assert found and not fails
    worst = max(RULES[code].severity for code in found)
    assert judged(motion(SPACED), fail_on=worst)[1]
    assert judged(motion(SPACED), fail_on=Severity.REMARK)[1]
    assert not judged(motion(SPACED), fail_on=Severity.REMARK, ignore=" ".join(found))[1]


def test_the_register_sets_severities() -> None:
    for word, expected in (("error", {"TX008"}), ("off", set())):
        council = COUNCIL.replace("[reference]", f'[rules.severity]\nTX008 = "{word}"\n\n[reference]')
        found, fails = judged(motion(SPACED), council)
        assert (found & {"TX008"}, fails) == (expected, word == "error")


def test_what_must_stay_an_error_stays_one_and_the_register_is_told() -> None:
    council = COUNCIL.replace("[reference]", '[rules.severity]\nSC001 = "off"\n\n[reference]')
    found, fails = judged(motion('public = "ja"\n'), council)
    assert {"SC001", "CN004"} <= found and fails
    assert Directory({"rules": {"severity": {"SC001": "off"}}}).severities == {"SC001": None}
