"""What has become of a motion, by its steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.state import OPEN, NextStep, State, next_step, state

DAY = dt.date(2023, 12, 1)


def step(day: int | None = None, role: str = "", outcome: str = "", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"organization": f"Gremium {day}", "role": role, "outcome": outcome, **more}
    if day is not None:
        made["date"] = dt.date(2023, 12, day)
    return {key: value for key, value in made.items() if value != ""}


def motion(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "k7m2qx9a", "reference": "2292 (V) HHA", "consultations": list(steps), **more}


DECIDED = step(19, "decision", "as_proposed")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"id": "k7m2qx9a"}, State.DRAFT),
        ({"id": "k7m2qx9a", "reference": "1 (V) HHA"}, State.NEW),
        ({"id": "k7m2qx9a", "consultations": [step(1)]}, State.IN_CONSULTATION),
        (motion(step(1, "preparation"), step(19, "decision")), State.IN_CONSULTATION),
        # a recommendation decides nothing
        (motion(step(1, "preparation", "as_proposed"), step(19, "decision")), State.IN_CONSULTATION),
        (motion(step(1, "preparation", "rejected")), State.IN_CONSULTATION),
        (motion(step(1, "preparation", "rejected"), DECIDED), State.DECIDED),
        (motion(DECIDED), State.DECIDED),
        (motion(step(19, "decision", "amended")), State.AMENDED),
        (motion(step(19, "decision", "partly")), State.PARTLY),
        (motion(step(19, "decision", "rejected")), State.REJECTED),
        (motion(step(19, "decision", "elected")), State.ELECTED),
        (motion(step(19, "decision", "no_vote")), State.CONCLUDED),
        (motion(step(19, "decision", "deferred")), State.DEFERRED),
        (motion(step(19, "decision", "removed")), State.REMOVED),
        (motion(step(1, "preparation", "referred")), State.REFERRED),
        # the next step is planned already: it goes on
        (motion(step(19, "decision", "deferred"), step(27, "decision")), State.IN_CONSULTATION),
        (motion(step(19, "decision", "deferred"), step(27, "decision", "as_proposed")), State.DECIDED),
        # hearings that came after the decision change nothing
        (motion(step(27, "hearing"), DECIDED), State.DECIDED),
        (motion(step(27, "hearing", "noted"), DECIDED), State.DECIDED),
        # one body decided, another one has yet to
        (motion(step(5, "decision", "as_proposed"), step(19, "decision")), State.IN_CONSULTATION),
        # the file's order is not the order of the days
        (motion(step(27, "decision", "as_proposed"), step(19, "decision", "deferred")), State.DECIDED),
        # real papers without any role: the last step ends it
        (motion(step(1, outcome="noted")), State.NOTED),
        (motion(step(1, outcome="discussed"), step(5, outcome="settled")), State.SETTLED),
        (motion(step(1, outcome="discussed"), step(5)), State.IN_CONSULTATION),
        (motion(step(1, "preparation"), withdrawal={"date": DAY}), State.WITHDRAWN),
        (motion(DECIDED, withdrawal={"date": DAY}), State.WITHDRAWN),
        (motion(step(1, "preparation", "withdrawn"), step(19, "decision")), State.WITHDRAWN),
        (motion(answer={"text": "Ja.\n"}), State.ANSWERED),
        (motion(step(1), answer={"text": "Ja.\n"}), State.ANSWERED),
        # no outcome was ticked, but the votes were counted
        (motion(step(19, "decision", votes=[{"result": "accepted"}])), State.DECIDED),
        (motion(step(19, "decision", votes=[{"result": "rejected"}])), State.REJECTED),
        (motion(step(19, "decision", votes=[{"result": "accepted", "procedural": True}])), State.IN_CONSULTATION),
    ],
)
def test_state(data: dict[str, Any], expected: State) -> None:
    assert state(data) is expected


def test_next_step_is_the_first_without_an_outcome_after_the_last_with_one() -> None:
    steps = (
        step(1, "preparation"),
        step(7, "preparation", "as_proposed"),
        step(12, "preparation"),
        step(19, "decision"),
    )
    assert next_step(motion(*steps)) == NextStep("Gremium 12", dt.date(2023, 12, 12))


def test_deferral_names_the_next_day() -> None:
    later = dt.date(2024, 1, 27)
    assert next_step(motion(step(19, "decision", "deferred", deferred_to=later))) == NextStep("Gremium 19", later)
    assert next_step(motion(step(19, "decision", "referred", referred_to="Bauausschuss"))) == NextStep(
        "Bauausschuss", None
    )
    assert next_step(motion(step(19, "decision", "deferred"))) is None


def test_what_is_over_waits_for_nothing() -> None:
    assert next_step(motion(DECIDED, step(27, "hearing"))) is None
    assert next_step(motion(withdrawal={"date": DAY})) is None
    assert next_step({"id": "k7m2qx9a"}) is None


@pytest.mark.parametrize("found", list(State))
def test_every_state_has_a_word_of_its_own(found: State) -> None:
    assert found.label("en")
    for language in ("de", "en"):
        assert len({each.label(language) for each in State}) == len(State)


_keys = st.sampled_from(
    ["consultations", "votes", "result", "role", "date", "outcome", "withdrawal", "answer", "reference", "text"]
)
_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_keys, _anything, max_size=6))
def test_no_data_whatever_is_too_much(data: dict[str, Any]) -> None:
    """A file with wrong types has a state too: the list shows it, the findings say what is wrong."""
    found = state(data)
    waits = next_step(data)
    assert waits is None or found in OPEN


@given(
    st.lists(
        st.builds(
            step,
            st.none() | st.integers(1, 28),
            st.sampled_from(["", "preparation", "decision", "hearing"]),
            st.sampled_from(["", "as_proposed", "rejected", "deferred", "noted"]),
        ),
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_order_in_the_file_does_not_matter_where_days_differ(steps: list[dict[str, Any]], random: Any) -> None:
    days = [each.get("date") for each in steps]
    if None in days or len(set(days)) < len(days):
        return
    shuffled = list(steps)
    random.shuffle(shuffled)
    assert state(motion(*shuffled)) is state(motion(*steps))
    assert next_step(motion(*shuffled)) == next_step(motion(*steps))
