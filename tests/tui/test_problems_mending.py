"""Mending from the list of problems: what is there now, not what was there when the list was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from antragsbuch.screens.problems.screen import _mend
from antragsbuch.session import Session
from antragsbuch.store.drafts import DraftJournal
from antragsbuch.store.errors import StoreError
from antragsbuch.store.index import Index
from antragsbuch_schema.diagnostics import Located
from support.repositories import OTHER_PATH, PATH, Repository, motion

SPACED = motion(title="Durchführung  einer Konferenz")
NEEDLESS = "# antrag: ignore[RG002] wird getrennt\n"


@contextmanager
def problems(clone: Repository, code: str) -> Iterator[tuple[Session, Located]]:
    with clone.open() as register:
        session = Session(register, Index(register), DraftJournal(None, register.root), register.council())
        session.index.refresh()
        (located,) = [each for each in session.index.findings(PATH) if each.finding.code == code]
        yield session, located
        session.index.close()


@pytest.mark.parametrize(("before", "code"), [(SPACED, "TX008"), (NEEDLESS + motion(), "SU005")])
def test_it_is_mended(clone: Repository, before: str, code: str) -> None:
    clone.write(PATH, before)
    with problems(clone, code) as (session, located):
        _mend(session, located)
    assert clone.read(PATH) == motion()


@pytest.mark.parametrize(
    ("before", "code", "now"),
    [
        (SPACED, "TX008", motion(title="Ein ganz anderer  Titel")),
        (SPACED, "TX008", motion(title="Was zu lesen war")),
        (SPACED, "TX008", 'title = "'),
        (NEEDLESS + motion(), "SU005", "# davor\n" + NEEDLESS + motion()),
        (NEEDLESS + motion(), "SU005", motion()),
    ],
)
def test_what_somebody_changed_meanwhile_stays(clone: Repository, before: str, code: str, now: str) -> None:
    clone.write(PATH, before)
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    with problems(clone, code) as (session, located):
        clone.write(PATH, now)
        with pytest.raises(StoreError, match="changed meanwhile"):
            _mend(session, located)
    assert clone.read(PATH) == now
