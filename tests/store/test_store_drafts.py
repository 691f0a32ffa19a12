"""Drafts: what was typed survives the end of the program, whatever it was."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.store import draft_records
from antragsbuch.store.drafts import KEPT, DraftJournal
from antragsbuch_schema.edits import MISSING, Edit, Insert, Move, Remove, Set
from antragsbuch_schema.places import parse

PATH = "motions/V/2200/2292-HHA.toml"
BASE = b'id = "m1"\ntitle = "Alt"\n'
EDIT = Set(("title",), "Alt", "Neu")


@pytest.fixture
def drafts(tmp_path: Path) -> DraftJournal:
    return DraftJournal(tmp_path / "state", tmp_path / "clone")


def test_a_draft_of_a_session_that_ended_is_offered_with_all_it_needs(drafts: DraftJournal) -> None:
    with drafts.begin(PATH, BASE, "1" * 40) as draft:
        draft.append([EDIT])
        draft.append([Set(("date",), MISSING, dt.date(2023, 12, 19))])
    (found,) = drafts.unfinished()
    assert (found.path, found.base, found.blob, found.text) == (PATH, BASE, "1" * 40, None)
    assert found.data({"id": "m1", "title": "Alt"}) == {"id": "m1", "title": "Neu", "date": dt.date(2023, 12, 19)}


def test_a_draft_that_is_saved_or_still_being_typed_is_not_offered(drafts: DraftJournal) -> None:
    saved = drafts.begin(PATH, BASE, None)
    saved.append([EDIT])
    saved.finish()
    typing = drafts.begin(PATH, BASE, None)
    typing.append([EDIT])
    assert drafts.unfinished() == []
    typing.close()
    assert len(drafts.unfinished()) == 1


def test_a_draft_without_any_edit_is_not_offered(drafts: DraftJournal) -> None:
    drafts.begin(PATH, BASE, None).close()
    assert drafts.unfinished() == []


def test_a_text_that_could_not_be_parsed_is_kept_whole(drafts: DraftJournal) -> None:
    with drafts.begin(PATH, BASE, None) as draft:
        draft.append([EDIT])
        draft.replace('title = "unfin\n')
    (found,) = drafts.unfinished()
    assert (found.text, found.edits) == ('title = "unfin\n', ())


def test_edits_that_do_not_fit_are_said_not_applied(drafts: DraftJournal) -> None:
    with drafts.begin(PATH, BASE, None) as draft:
        draft.append([Set(parse("consultations[c9].date"), None, 1)])
    assert drafts.unfinished()[0].data({"consultations": []}) is None


def test_only_the_person_can_read_a_draft(drafts: DraftJournal) -> None:
    with drafts.begin(PATH, BASE, None) as draft:
        draft.append([EDIT])
        assert draft.file.stat().st_mode & 0o777 == 0o600
        assert draft.file.parent.stat().st_mode & 0o777 == 0o700


def test_registers_do_not_see_each_others_drafts(drafts: DraftJournal, tmp_path: Path) -> None:
    with drafts.begin(PATH, BASE, None) as draft:
        draft.append([EDIT])
    assert DraftJournal(tmp_path / "state", tmp_path / "other").unfinished() == []


def test_a_line_that_was_cut_off_costs_that_line_only(drafts: DraftJournal) -> None:
    with drafts.begin(PATH, BASE, None) as draft:
        draft.append([EDIT])
        draft.append([Set(("title",), "Neu", "Neuer")])
    whole = draft.file.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for end in range(last, len(whole) - 1):
        draft.file.write_bytes(whole[:end])
        assert drafts.unfinished()[0].edits == (EDIT,)
    taken = drafts.adopt(drafts.unfinished()[0])
    assert taken is not None
    with taken:
        taken.append([Set(("title",), "Neu", "Anders")])
    assert drafts.unfinished()[0].edits == (EDIT, Set(("title",), "Neu", "Anders"))


def test_two_sessions_do_not_both_go_on_with_one_draft(drafts: DraftJournal) -> None:
    with drafts.begin(PATH, BASE, None) as draft:
        draft.append([EDIT])
    (found,) = drafts.unfinished()
    taken = drafts.adopt(found)
    assert taken is not None
    assert drafts.adopt(found) is None
    taken.finish()
    assert drafts.adopt(found) is None


def test_a_discarded_draft_can_be_brought_back_for_thirty_days(drafts: DraftJournal) -> None:
    with drafts.begin(PATH, BASE, None) as draft:
        draft.append([EDIT])
    drafts.discard(drafts.unfinished()[0])
    assert drafts.unfinished() == []
    (found,) = drafts.discarded()
    drafts.restore(found)
    assert drafts.unfinished()[0].edits == (EDIT,)
    drafts.discard(drafts.unfinished()[0])
    (found,) = drafts.discarded()
    old = found.file.stat().st_mtime - KEPT - 60
    os.utime(found.file, (old, old))
    assert drafts.discarded() == []
    assert not found.file.exists()


def test_kill_in_the_middle_of_typing_keeps_every_edit_that_was_acknowledged(
    drafts: DraftJournal, tmp_path: Path
) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom antragsbuch.store.drafts import DraftJournal\n"
        "from antragsbuch_schema.edits import Set\n"
        f"draft = DraftJournal(Path({str(tmp_path / 'state')!r}), Path({str(tmp_path / 'clone')!r}))"
        f".begin({PATH!r}, b'', None)\n"
        "for number in range(10**6):\n    draft.append([Set(('title',), number, number + 1)])\n"
        "    print(number, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _line in range(25)]
    assert drafts.unfinished() == [], "the session lives"
    process.send_signal(signal.SIGKILL)
    acknowledged = len(lines) + len(process.stdout.read().splitlines())
    process.wait()
    (found,) = drafts.unfinished()
    assert acknowledged <= len(found.edits) <= acknowledged + 1
    assert found.edits[24] == Set(("title",), 24, 25)


values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.text(),
        st.integers(),
        st.booleans(),
        st.dates(),
        st.times().map(lambda time: time.replace(fold=0)),
        st.datetimes().map(lambda moment: moment.replace(fold=0)),
        st.floats(allow_nan=False),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.text(), st.sampled_from(["$date", "$table", "$missing"])), inner, max_size=3),
    ),
    max_leaves=8,
)
places_of_edits = st.sampled_from(["title", "consultations[c4].votes[v1].yes", 'x."odd key"', "facts[#3]"]).map(parse)
positions = st.integers(0, 9)
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(Set, places_of_edits, st.one_of(st.just(MISSING), values), st.one_of(st.just(MISSING), values)),
    st.builds(Insert, places_of_edits, positions, values),
    st.builds(Remove, places_of_edits, positions, values),
    st.builds(Move, places_of_edits, positions, positions),
)


@given(edits)
def test_every_edit_comes_back_as_it_was(edit: Edit) -> None:
    found = draft_records.decoded_edit(json.loads(json.dumps(draft_records.encoded_edit(edit))))
    assert found == edit
    assert repr(found) == repr(edit)
