"""Sequences of edits of the sample motion, as people and mistakes make them."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from antragsbuch.editing.editing import Editing
from antragsbuch_schema.edits import MISSING
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import Item, PlaceError, parse

from .sample_motion import sample

Change = Callable[[Editing], Editing]

C4_YES = ("consultations", Item("c4"), "votes", 0, "yes")


def start() -> Editing:
    """The sample, nothing edited yet."""
    return Editing.start(sample(), MOTION)


def put(place: str, value: object, token: str = "") -> Change:
    """The change that puts `value`."""
    return lambda editing: editing.put(parse(place), value, token)


def quiet(change: Change) -> Change:
    """`change`, or nothing where the place is gone meanwhile."""

    def run(editing: Editing) -> Editing:
        try:
            return change(editing)
        except PlaceError:
            return editing

    return run


ROWS = ("consultations[c1]", "consultations[c2]", "consultations[#3]", "consultations[c4]", "budget.references[b1]")
TEXTS = st.sampled_from(["", "a", "ab", "abc ", "SPD", "Der Plan ist alt.", "Durchführung\nvon etwas"])
CHANGES = st.one_of(
    st.builds(
        put,
        st.sampled_from(["title", "proposal", "facts", "budget.plan", "statement.text", "consultations[c1].meeting"]),
        TEXTS | st.just(MISSING),
        st.sampled_from(["", "1.0", "1.1", "2.0"]),
    ),
    st.builds(put, st.sampled_from([f"{row}.lead" for row in ROWS[:4]]), st.sampled_from([True, MISSING])),
    st.builds(
        put, st.sampled_from(["originators[#1]", "originators[#3]", "related_papers[#1]"]), TEXTS | st.just(MISSING)
    ),
    st.builds(
        lambda n, t: lambda e: e.put(C4_YES, n, t, prune=True),
        st.just(MISSING) | st.integers(0, 99),
        st.sampled_from(["", "9"]),
    ),
    st.builds(lambda row, by: lambda e: e.move(parse(row), by), st.sampled_from(ROWS), st.integers(-4, 4)),
    st.builds(lambda row: lambda e: e.remove(parse(row)), st.sampled_from(ROWS)),
    st.builds(lambda row: lambda e: e.duplicate(parse(row)), st.sampled_from(ROWS)),
    st.builds(lambda row: lambda e: e.reset((*parse(row), "date")), st.sampled_from(ROWS)),
    st.builds(lambda n: lambda e: e.insert(("consultations",), n, {"organization": "Neu"}), st.integers(0, 2)),
    st.builds(lambda: lambda e: e.insert(("attachments",), 0, {"title": "Anlage"})),
    st.just(Editing.undo),
    st.just(Editing.redo),
)


def edited(changes: list[Change], begun: Editing | None = None) -> Editing:
    """`begun`, or the sample, after all of `changes`."""
    editing = begun or start()
    for change in changes:
        editing = quiet(change)(editing)
    return editing
