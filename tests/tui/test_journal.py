"""The draft that is written while one types: what is on the disk always leads to what was typed."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.screens.editor.journal import Journal, leading
from antragsbuch.store.drafts import Draft, DraftJournal
from antragsbuch_schema.edits import apply_all
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from support.editing_steps import CHANGES, Change, edited, start
from support.sample_motion import sample


@given(st.lists(CHANGES, max_size=12), st.lists(CHANGES, max_size=12))
def test_the_edits_between_two_states_lead_from_one_to_the_other(first: list[Change], then: list[Change]) -> None:
    before = edited(first)
    after = edited(then, before)
    assert normalise(apply_all(before.data, leading(before, after)), MOTION) == normalise(after.data, MOTION)


def journal(folder: Path, drafts: DraftJournal, failures: list[str]) -> Journal:
    def begin() -> Draft:
        return drafts.begin("motions/x.toml", b"base", None)

    return Journal(begin, failures.append, start())


def test_what_is_typed_is_on_the_disk(tmp_path: Path) -> None:
    drafts, failures = DraftJournal(tmp_path, tmp_path), list[str]()
    keeper, editing = journal(tmp_path, drafts, failures), start()
    for length in range(1, 30):
        editing = editing.put(("title",), "Antrag" * length, "1.0")
        keeper.note(editing)
    editing = editing.put(("facts",), "Neu.", "2.0").undo()
    keeper.note(editing)
    keeper.close()
    (draft,) = drafts.unfinished()
    assert draft.data(sample()) == editing.data
    assert draft.data(sample())["title"] == "Antrag" * 29  # type: ignore[index]
    assert failures == []


def test_a_slow_disk_holds_up_nothing_that_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = DraftJournal(tmp_path, tmp_path)
    keeper, editing = journal(tmp_path, drafts, []), start()
    begun, free = threading.Event(), threading.Event()

    def stuck(_descriptor: int) -> None:
        begun.set()
        assert free.wait(20)

    monkeypatch.setattr(os, "fsync", stuck)
    keeper.note(editing.put(("title",), "A", "1.0"))
    assert begun.wait(20)
    editing = editing.put(("title",), "Antrag", "1.0")
    keeper.note(editing)
    end = time.monotonic() + 20
    while b"Antrag" not in next((tmp_path / "drafts").rglob("*.jsonl")).read_bytes():
        assert time.monotonic() < end, "the letters wait for the disk"
    free.set()
    keeper.close()
    (draft,) = drafts.unfinished()
    assert draft.data(sample()) == editing.data


def test_nothing_typed_leaves_no_draft(tmp_path: Path) -> None:
    drafts = DraftJournal(tmp_path, tmp_path)
    keeper = journal(tmp_path, drafts, [])
    keeper.note(start())
    keeper.close()
    assert drafts.unfinished() == []


def test_what_is_saved_leaves_no_draft_and_what_follows_does(tmp_path: Path) -> None:
    drafts = DraftJournal(tmp_path, tmp_path)
    keeper = journal(tmp_path, drafts, [])
    saved = start().put(("title",), "Gesichert")
    keeper.note(saved)
    keeper.finish(saved)
    assert drafts.unfinished() == []
    later = saved.put(("title",), "Danach")
    keeper.note(later)
    keeper.close()
    (draft,) = drafts.unfinished()
    assert draft.data(saved.data) == later.data


def test_a_text_that_was_typed_takes_the_place_of_the_edits_before(tmp_path: Path) -> None:
    drafts = DraftJournal(tmp_path, tmp_path)
    keeper = journal(tmp_path, drafts, [])
    editing = start().put(("title",), "Vorher")
    keeper.note(editing)
    keeper.note_text('title = "Ganz neu', editing)
    keeper.close()
    (draft,) = drafts.unfinished()
    assert draft.text == 'title = "Ganz neu'
    assert draft.edits == ()


def test_a_draft_that_can_not_be_written_is_told_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("in the way")
    drafts, failures = DraftJournal(tmp_path, tmp_path), list[str]()
    others = set(threading.enumerate())
    keeper = journal(tmp_path, drafts, failures)
    editing = start().put(("title",), "A")
    keeper.note(editing)
    keeper.flush()
    assert len(failures) == 1
    (tmp_path / "drafts").unlink()
    editing = editing.put(("title",), "AB")
    keeper.note(editing)
    keeper.close()
    (draft,) = drafts.unfinished()
    assert draft.data(sample())["title"] == "AB"  # type: ignore[index]
    assert not [thread for thread in set(threading.enumerate()) - others if thread.name == "draft"]
