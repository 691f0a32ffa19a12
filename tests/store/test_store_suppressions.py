"""What comments in files ignore, as the index of the program keeps it."""

from __future__ import annotations

import datetime as dt

from antragsbuch.store.index import Index
from antragsbuch_schema.validate import validate_register
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion, motion_id

ID = motion_id("2292 (V) HHA")
TIE = motion(yes=3)
FILES = {
    PATH: "# antrag: ignore[RG002] wird getrennt until 2024-12-30\n"
    + TIE.replace("yes = 3", "yes = 3 # antrag: ignore[VO003] steht so im Protokoll until 2025-06-30"),
    OTHER_PATH: motion("3185 (V) HHA", id=ID, yes=45),
}
DAYS = [dt.date(2024, 12, 30), dt.date(2024, 12, 31), dt.date(2025, 7, 1)]


def test_the_index_says_what_a_check_says(clone: Repository) -> None:
    for path, text in FILES.items():
        clone.write(path, text)
    files = [(path, text.encode()) for path, text in FILES.items()]
    with clone.open() as register:
        index = Index(register)
        for day in (*DAYS, *reversed(DAYS)):
            index.refresh(today=day)
            expected = validate_register(files, COUNCIL.encode(), day)
            report = index.report(day)
            assert (report.findings, report.ignored) == (expected.findings, expected.ignored)
            shown = [located.finding.code for located in index.findings(PATH, day)]
            assert shown == [located.finding.code for located in expected.findings if located.path == PATH]
            row = index.row(PATH)
            assert row is not None
            errors = [code for code in shown if code in ("VO003", "RG002")]
            assert row.errors == len(errors) == {DAYS[0]: 0, DAYS[1]: 1, DAYS[2]: 2}[day]
        index.close()


def test_a_comment_that_comes_or_goes_counts_at_once(clone: Repository) -> None:
    clone.write(OTHER_PATH, FILES[OTHER_PATH])
    with clone.open() as register:
        index = Index(register)
        for text, expected in ((TIE, True), (FILES[PATH], False), (TIE, True)):
            clone.write(PATH, text)
            index.refresh(today=DAYS[0])
            codes = {located.finding.code for located in index.findings(PATH, DAYS[0])}
            assert ("RG002" in codes) == ("VO003" in codes) == expected
        index.close()
