from __future__ import annotations

import re

import pytest
from hypothesis import given

from antragsbuch_schema.edits import Data
from antragsbuch_schema.ids import new_element_id, new_motion_id, with_ids
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import same
from support.field_data import spoilt


def test_a_motion_gets_an_id_of_its_own() -> None:
    made = {new_motion_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"[a-z][a-z0-9]{7}", identity) for identity in made)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "c1"),
        (["c1", "c3"], "c4"),
        (["kopf", "c"], "c1"),
        (["x12", "c2"], "c13"),
        (["c0007"], "c8"),
        (["c9c9", "c1"], "c2"),
        (["c" + "9" * 5000], "c1"),
    ],
)
def test_an_id_is_never_used_again(taken: list[str], expected: str) -> None:
    assert new_element_id("c", taken) == expected
    assert expected not in taken


def test_what_lacks_an_id_gets_one_at_any_depth() -> None:
    motion = {
        "consultations": [{"organization": "A", "votes": [{"yes": 1}]}, {"id": "c5"}, {"id": ""}, "kaputt"],
        "budget": {"references": [{"page": "S. 425"}]},
    }
    given = with_ids(motion, MOTION)
    assert [step["id"] for step in given["consultations"][:3]] == ["c6", "c5", "c7"]
    assert given["consultations"][0]["votes"] == [{"id": "v1", "yes": 1}]
    assert given["consultations"][3] == "kaputt"
    assert next(iter(given["budget"]["references"][0])) == "id"
    assert "id" not in given


@given(spoilt(MOTION))
def test_giving_ids_twice_changes_nothing(data: Data) -> None:
    once = with_ids(data, MOTION)
    assert same(with_ids(once, MOTION), once)
