"""Every rule against its own wrong and right motion, the ones that its page shows."""

from __future__ import annotations

import re

import pytest

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.i18n import catalogue
from antragsbuch_schema.rules import FAMILIES, RULES, Rule
from support.rule_cases import found, report_on

# found by what no file can show: the encoding, the size, the history
WITHOUT_EXAMPLE = {"TO003", "TO004", "RG005"}
EXAMPLES = [rule for rule in RULES.values() if rule.code not in WITHOUT_EXAMPLE]


def test_every_rule_has_a_wrong_and_a_right_motion() -> None:
    assert {rule.code for rule in RULES.values() if not (rule.wrong and rule.right)} == WITHOUT_EXAMPLE


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)
def test_the_wrong_motion_is_found(rule: Rule) -> None:
    report = report_on(rule, rule.wrong)
    findings = found(report, rule.code)
    assert findings, [located.finding for located in report.findings]
    assert {located.finding.severity for located in findings} == {rule.severity}
    for located in findings:
        assert located.finding.message("de") != located.finding.message("en")


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)
def test_nothing_else_is_an_error_in_the_wrong_motion(rule: Rule) -> None:
    others = {
        located.finding.code
        for located in report_on(rule, rule.wrong).findings
        if located.finding.severity is Severity.ERROR and located.finding.code != rule.code
    }
    # a path that differs in capitals is a wrong path too, and its reference the same
    allowed = {"RG006": {"RF002", "RG001"}}
    assert others <= allowed.get(rule.code, set())


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)
def test_the_right_motion_is_right(rule: Rule) -> None:
    report = report_on(rule, rule.right)
    assert not found(report, rule.code)
    errors = [located.finding for located in report.findings if located.finding.severity is Severity.ERROR]
    assert not [finding.code for finding in errors], errors


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_is_described_in_both_languages(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{2}[0-9]{3}", rule.code) and rule.code[:2] in FAMILIES
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    german = catalogue("de")
    for words in (rule.what, rule.why, FAMILIES[rule.code[:2]]):
        assert not words or german.gettext(words) != words
