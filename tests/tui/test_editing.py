"""Undo, redo, the dirty mark and the steps of editing, as laws over any sequence of edits."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.editing.changed import changed_places
from antragsbuch_schema.edits import MISSING, Insert, apply_all
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.places import Item, PlaceError, parse, value_at
from support.editing_steps import C4_YES, CHANGES, Change, edited, start
from support.sample_motion import sample


@given(st.lists(CHANGES, max_size=20))
def test_undo_of_everything_is_the_start(changes: list[Change]) -> None:
    editing = edited(changes)
    while editing.can_undo:
        editing = editing.undo()
    assert editing.data == sample()
    assert not editing.dirty
    assert not editing.edits


@given(st.lists(CHANGES, max_size=20))
def test_redo_of_everything_is_the_end(changes: list[Change]) -> None:
    editing = edited(changes)
    while editing.can_redo:
        editing = editing.redo()
    end = editing.data
    while editing.can_undo:
        editing = editing.undo()
    while editing.can_redo:
        editing = editing.redo()
    assert editing.data == end


@given(st.lists(CHANGES, max_size=20))
def test_the_edits_lead_from_start_to_now(changes: list[Change]) -> None:
    editing = edited(changes)
    assert apply_all(sample(), editing.edits) == editing.data


@given(st.lists(CHANGES, max_size=20))
def test_dirty_is_exact(changes: list[Change]) -> None:
    editing = edited(changes)
    assert editing.dirty == (normalise(editing.data, MOTION) != normalise(sample(), MOTION))


@given(st.lists(CHANGES, max_size=20))
def test_ids_are_given_once(changes: list[Change]) -> None:
    editing = edited(changes)
    inserted = [
        edit.value["id"] for edit in editing.edits if isinstance(edit, Insert) and edit.place == ("consultations",)
    ]
    assert len(inserted) == len(set(inserted))
    assert not set(inserted) & {"c1", "c2", "c4"}


def test_typing_in_one_field_is_one_step() -> None:
    editing = start()
    for text in ("I", "In", "Int"):
        editing = editing.put(("title",), text, "1.0")
    assert editing.data["title"] == "Int"
    assert len(editing.steps) == 1
    editing = editing.undo()
    assert editing.data == sample()
    assert editing.redo().data["title"] == "Int"


def test_typing_back_to_what_was_there_leaves_no_step() -> None:
    editing = start().put(("title",), "x", "1.0").put(("title",), sample()["title"], "1.0")
    assert not editing.steps
    assert not editing.dirty


def test_the_same_text_in_another_layout_is_no_change() -> None:
    editing = start().put(("facts",), "Etwas anderes.", "1.0")
    assert editing.changed == {("facts",)}
    editing = editing.put(
        ("facts",), "Der Plan ist alt.\n\n- erstens\n- zweitens, mit Fortsetzung\n\nEr ist bundesweit Vorbild.", "1.0"
    )
    assert editing.data["facts"] == sample()["facts"]
    assert not editing.dirty


def test_a_count_in_a_row_without_a_vote_makes_the_vote_and_takes_it_away() -> None:
    yes = ("consultations", Item("c1"), "votes", 0, "yes")
    editing = start().put(yes, 4, "1.0", prune=True).put(yes, 45, "1.0", prune=True)
    assert value_at(parse("consultations[c1].votes"), editing.data) == [{"id": "v1", "yes": 45}]
    assert len(editing.steps) == 1
    emptied = editing.put(yes, MISSING, "1.0", prune=True)
    assert not emptied.dirty
    assert not emptied.steps


def test_an_id_that_was_removed_is_not_given_again() -> None:
    editing = start().remove(parse("consultations[c4]")).insert(("consultations",), 0, {"organization": "Neu"})
    assert editing.data["consultations"][0]["id"] == "c5"
    editing = editing.remove(parse("consultations[c5]")).insert(("consultations",), 0, {})
    assert editing.data["consultations"][0]["id"] == "c6"


def test_a_copy_of_a_row_has_ids_of_its_own() -> None:
    editing = start().duplicate(parse("consultations[c4]"))
    copy = editing.data["consultations"][4]
    assert copy["id"] == "c5"
    assert copy["votes"] == [{"id": "v1", "yes": 40}]
    assert copy["date"] == dt.date(2024, 12, 17)


def test_reset_brings_back_one_field() -> None:
    editing = start().put(("title",), "x").put(("date",), dt.date(2030, 1, 1))
    editing = editing.reset(("title",))
    assert editing.data["title"] == sample()["title"]
    assert editing.changed == {("date",)}


def test_a_row_without_an_id_is_named_by_its_position() -> None:
    editing = start().put(parse("consultations[#3].agenda_item"), "7.12")
    assert editing.changed == {("consultations", 2, "agenda_item")}


def test_the_number_of_changed_fields_counts_leaves() -> None:
    old = sample()
    editing = start().put(parse("consultations[c4].outcome"), "as_proposed").put(C4_YES, 45)
    editing = editing.remove(parse("consultations[c1]"))
    assert changed_places(old, editing.data, MOTION) == {
        parse("consultations[c4].outcome"),
        parse("consultations[c4].votes[v1].yes"),
        parse("consultations[c1]"),
    }


def test_only_elements_of_lists_are_moved_and_removed() -> None:
    with pytest.raises(PlaceError):
        start().remove(("title",))
    with pytest.raises(PlaceError):
        start().remove(parse("consultations[c9]"))
