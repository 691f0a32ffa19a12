"""What a comment in the file ignores is not shown while it is edited, and what it does not ignore is."""

from __future__ import annotations

import datetime as dt

from antragsbuch.screens.editor.jobs import Source, check
from antragsbuch.session import Session
from antragsbuch.store.drafts import DraftJournal
from antragsbuch.store.index import Index
from antragsbuch_schema.edits import Data
from support.repositories import PATH, Repository, motion

DAY = dt.date(2025, 1, 1)
TIE = motion(yes=3)
IGNORED = TIE.replace("yes = 3", "yes = 3 # antrag: ignore[VO003] steht so im Protokoll")


def found(clone: Repository, text: str, change: Data | None = None) -> set[str]:
    clone.write(PATH, text)
    with clone.open() as register:
        session = Session(register, Index(register), DraftJournal(None, register.root), register.council())
        source = Source.of(text.encode())
        result = check(session, PATH, source, {**source.data, **(change or {})}, DAY)
        session.index.close()
    return {finding.code for finding in result.findings}


def test_what_is_ignored_in_the_file_is_not_shown_while_editing(clone: Repository) -> None:
    assert "VO003" in found(clone, TIE)
    assert "VO003" not in found(clone, IGNORED)
    # other findings are shown, also in what is only typed yet
    assert "TX008" in found(clone, IGNORED, {"title": "Ein  Titel"})


def test_a_comment_goes_with_its_step(clone: Repository) -> None:
    source = Source.of(IGNORED.encode())
    (step,) = source.data["consultations"]
    other = {**step, "id": "c2", "votes": [{**step["votes"][0], "id": "v2"}]}
    assert "VO003" in found(clone, IGNORED, {"consultations": [step, other]})
    assert "VO003" not in found(clone, IGNORED, {"consultations": [{"id": "c3"}, step]})
