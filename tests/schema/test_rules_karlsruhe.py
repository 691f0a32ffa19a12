"""The rules on a real city's papers, and on how real minutes word votes: where the data lie beside the project."""

from __future__ import annotations

from collections import Counter

import pytest

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.rules import Context, Directory, check_motion
from antragsbuch_schema.validate import Report, validate_register
from support.karlsruhe import DATA, TODAY, register

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real papers are not beside the project")

PHRASES = DATA.parent / "vote-phrases"
WARNINGS_A_PAPER = 0.3


@pytest.fixture(scope="module")
def report() -> Report:
    files, council = register()
    return validate_register(files, council, TODAY)


def by_rule(report: Report, severity: Severity) -> Counter[str]:
    return Counter(located.finding.code for located in report.findings if located.finding.severity is severity)


def test_no_real_paper_has_an_error(report: Report) -> None:
    assert not by_rule(report, Severity.ERROR)


def test_warnings_are_few_enough_to_be_read(report: Report) -> None:
    papers = report.files - 1
    found = by_rule(report, Severity.WARNING)
    assert papers > 200
    assert found.total() <= WARNINGS_A_PAPER * papers, found.most_common()


def test_remarks_are_few_too(report: Report) -> None:
    found = by_rule(report, Severity.REMARK)
    assert found.total() <= WARNINGS_A_PAPER * report.files, found.most_common()


def test_what_is_found_is_what_the_papers_are_known_for(report: Report) -> None:
    found = by_rule(report, Severity.WARNING)
    # old papers with a running number only, steps listed in another order, amended without the text
    assert set(found) <= {"RF001", "DT003", "CO004", "CO005", "CO006", "OU004", "OU008"}, found.most_common()


def phrases(name: str) -> list[str]:
    lines = (PHRASES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t", 1)[1] for line in lines if "\t" in line]


@pytest.mark.parametrize(
    "name", ["karlsruhe-protocols.tsv", "karlsruhe-agendaitem-result.tsv", "huertgenwald-results.tsv"]
)
def test_no_frequent_wording_contradicts_itself(name: str) -> None:
    for words in phrases(name):
        vote = {"id": "v1", "text": words}
        step = {"id": "c1", "organization": "Gemeinderat", "result_text": words, "votes": [vote]}
        motion = {"id": "k1", "title": "T", "consultations": [step]}
        found = {finding.code for finding in check_motion(motion, Context(Directory({})))}
        assert not found & {"VO020", "VO021", "VO022"}, words
