from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from antragsbuch_schema import edits
from antragsbuch_schema.alignment import AmbiguousError, aligned, aligned_surely
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import MISSING, Data, Insert, Move, Remove, Set, apply_all, inverse
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.places import Item
from support.motion_data import versions

STEPS = [
    {"id": "c1", "organization": "Ausschuss", "date": dt.date(2024, 11, 19)},
    {"id": "c2", "organization": "Regionsausschuss", "date": dt.date(2024, 12, 10)},
    {"id": "c3", "organization": "Regionsversammlung", "date": dt.date(2024, 12, 17)},
]


def _motion(*steps: Data, **fields: object) -> Data:
    return {"id": "k7m2qx9a", **fields, "consultations": list(steps)}


@given(versions(MOTION, strange=True))
def test_the_edits_between_two_motions_turn_one_into_the_other(pair: tuple[Data, Data]) -> None:
    old, new = pair
    found = edits.between(old, new, MOTION)
    assert same(apply_all(old, found), new)
    assert bool(found) != same(old, new)


@given(versions(COUNCIL, strange=True))
def test_the_edits_between_two_councils_turn_one_into_the_other(pair: tuple[Data, Data]) -> None:
    old, new = pair
    assert same(apply_all(old, edits.between(old, new, COUNCIL)), new)


@given(versions(MOTION))
def test_the_edits_can_be_taken_back(pair: tuple[Data, Data]) -> None:
    old, new = pair
    found = edits.between(old, new, MOTION)
    back = apply_all(new, [inverse(edit) for edit in reversed(found)])
    assert same(normalise(back, MOTION), normalise(old, MOTION))


def test_a_field_of_a_step_is_set_where_the_step_is() -> None:
    counted = {**STEPS[2], "votes": [{"id": "v1", "yes": 45}]}
    recounted = {**STEPS[2], "votes": [{"id": "v1", "yes": 46}]}
    assert edits.between(_motion(*STEPS[:2], counted), _motion(*STEPS[:2], recounted), MOTION) == [
        Set(("consultations", Item("c3"), "votes", Item("v1"), "yes"), 45, 46)
    ]


def test_a_step_put_in_front_changes_no_other() -> None:
    new = {"id": "c4", "organization": "Beirat"}
    assert edits.between(_motion(*STEPS), _motion(new, *STEPS), MOTION) == [Insert(("consultations",), 0, new)]


def test_one_step_moved_is_one_move() -> None:
    assert edits.between(_motion(*STEPS), _motion(STEPS[2], *STEPS[:2]), MOTION) == [Move(("consultations",), 2, 0)]


def test_a_step_that_leaves_is_removed_with_what_it_held() -> None:
    assert edits.between(_motion(*STEPS), _motion(STEPS[0], STEPS[2]), MOTION) == [
        Remove(("consultations",), 1, STEPS[1])
    ]


def test_a_step_without_id_is_the_one_of_the_same_body_and_date() -> None:
    bare = [{key: value for key, value in step.items() if key != "id"} for step in STEPS]
    assert edits.between(_motion(*bare), _motion(bare[0], bare[1], {**bare[2], "lead": True}), MOTION) == [
        Set(("consultations", 2, "lead"), MISSING, True)
    ]
    assert edits.between(_motion(*bare), _motion(*STEPS), MOTION) == [
        Set(("consultations", number, "id"), MISSING, f"c{number + 1}") for number in range(3)
    ]


def test_true_is_not_one_and_an_unknown_key_is_followed() -> None:
    assert edits.between({"note": 1, "extra": {"a": [1]}}, {"note": True, "extra": {"a": [1], "b": 2}}, MOTION) == [
        Set(("note",), 1, True),
        Set(("extra", "b"), MISSING, 2),
    ]


def test_the_only_one_left_between_two_neighbours_is_the_same() -> None:
    old = [{"id": "c1"}, {"organization": "A"}, {"id": "c2"}]
    new = [{"id": "c1"}, {"organization": "B"}, {"id": "c2"}]
    assert aligned(old, new, "consultations") == aligned_surely(old, new, "consultations") == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([{"organization": "A"}, {"organization": "B"}], [{"organization": "C"}, {"organization": "D"}]),
        ([{"id": "c1"}, {"organization": "A"}], [{"organization": "B"}, {"id": "c1"}]),
        ([{"id": "c1"}, {"id": "c1"}], [{"id": "c1"}]),
        ([{"organization": "A"}], [{"organization": "B"}, {"organization": "C"}]),
    ],
)
def test_a_merge_is_told_when_an_element_could_be_another(old: list[Data], new: list[Data]) -> None:
    with pytest.raises(AmbiguousError):
        aligned_surely(old, new, "consultations")


def test_elements_with_different_ids_are_never_the_same() -> None:
    assert aligned([{"id": "c1", "organization": "A"}], [{"id": "c2", "organization": "A"}], "consultations") == []
