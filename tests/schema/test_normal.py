from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from support.field_data import spoilt


@given(st.one_of(spoilt(MOTION).map(lambda d: (d, MOTION)), spoilt(COUNCIL).map(lambda d: (d, COUNCIL))))
def test_normalising_twice_changes_nothing(case: tuple[Data, tuple[object, ...]]) -> None:
    data, fields = case
    once = normalise(data, fields)  # type: ignore[arg-type]
    assert same(normalise(once, fields), once)  # type: ignore[arg-type]
    assert once.keys() <= data.keys()


def test_two_ways_to_write_the_same_motion() -> None:
    by_hand = {
        "title": "Fu\u0308r die Region",
        "facts": "Ein Satz.\nNoch einer.\n",
        "proposal": " \n",
        "originators": [],
        "budget": {"cover": "\n", "references": []},
        "consultations": [{"id": "c1", "lead": False, "votes": []}],
        "note": "u\u0308",
    }
    assert normalise(by_hand, MOTION) == {
        "title": "Für die Region",
        "facts": "Ein Satz. Noch einer.",
        "consultations": [{"id": "c1"}],
        "note": "ü",
    }


def test_what_is_kept_stays_as_it_is() -> None:
    kept = {"public": True, "attachments": []}
    assert normalise(kept, MOTION) == kept
    assert normalise({}, MOTION) == {}
    assert normalise({"public": False}, MOTION) == {"public": False}


def test_a_value_of_another_type_stays() -> None:
    strange = {"title": 7, "facts": ["a"], "budget": "viel", "consultations": [1, {"lead": "ja"}], "date": "heute"}
    assert normalise(strange, MOTION) == strange


def test_same_looks_at_types() -> None:
    assert not same(True, 1)
    assert not same(2.0, 2)
    assert same(float("nan"), float("nan"))
    assert not same({"a": [1]}, {"a": [True]})
    winter = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)
    assert not same(winter, winter.astimezone(dt.timezone(dt.timedelta(hours=1))))
