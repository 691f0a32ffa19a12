"""The language of the filter of the history."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.i18n import use
from antragsbuch.store.history_query import (
    EVERYTHING,
    Body,
    By,
    Condition,
    Field,
    Is,
    Kind,
    Late,
    Mark,
    OfMotion,
    On,
    Said,
    parse,
)
from antragsbuch.store.periods import Range
from antragsbuch_schema.change import ChangeKind


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Straße", Said(("strasse",))),
        ('"soziale Stadt"', Said(("soziale", "stadt"))),
        ("motion:2292,3185", OfMotion(("2292", "3185"))),
        ("motion:motions/V/2200/2292-HHA.toml", OfMotion(("motions/V/2200/2292-HHA.toml",))),
        ('antrag:"2292 (V) HHA"', OfMotion(("2292 (V) HHA",))),
        ("person:Müller", By((("muller",),))),
        ("von:a@b.org", By((("a", "b", "org"),))),
        ("body:schul,haupt", Body((("schul",), ("haupt",)))),
        ("date:2023-12", On((Range(dt.date(2023, 12, 1), dt.date(2023, 12, 31)),))),
        ("datum:..19.12.2023", On((Range(None, dt.date(2023, 12, 19)),))),
        ("late:vote", Late(0)),
        ("late:7", Late(7)),
        ("verspätet:Abst", Late(0)),
        ("is:lost,merge", Is(frozenset({Mark.LOST, Mark.MERGE}))),
        ("ist:verloren", Is(frozenset({Mark.LOST}))),
        ("kind:vote_recorded", Kind(frozenset({"vote_recorded"}))),
        ("kind:unknown_changed", Kind(frozenset({"unknown_changed"}))),
        ("field:proposal", None),
    ],
)
def test_a_word_asks_for(text: str, condition: Condition | None) -> None:
    query = parse(text)
    (term,) = query.terms
    assert query.problems == () and (term.start, term.end, term.negated) == (0, len(text), False)
    assert condition is None or term.condition == condition


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("field:votes", {"consultations.votes"}),
        ("field:budget.amounts", {"budget.amounts"}),
        ("feld:Sachverhalt", {"facts"}),
        ("field:title", {"title"}),
        ("field:amount", {"budget.amounts", "budget.amounts.commitments.amount"}),
    ],
)
def test_a_field_is_named_by_key_place_or_label(text: str, fields: set[str]) -> None:
    (term,) = parse(text).terms
    assert isinstance(term.condition, Field) and fields <= term.condition.fields


def test_a_place_in_full_is_this_field_only() -> None:
    (term,) = parse("field:title").terms
    assert term.condition == Field(frozenset({"title"}))


def test_every_kind_of_change_can_be_asked_for() -> None:
    for kind in ChangeKind:
        (term,) = parse(f"kind:{kind.value}").terms
        assert isinstance(term.condition, Kind) and kind.value in term.condition.kinds


def test_a_minus_turns_it_round() -> None:
    (term,) = parse("-kind:text").terms
    assert term.negated


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("perosn:x", "The filter knows no perosn: Did you mean person:?"),
        ("kind:delted", "kind: can't be delted. Did you mean deleted?"),
        ("feld:sachverhlat", "feld: can't be sachverhlat. Did you mean Sachverhalt?"),
        ("late:never", "late: can't be never. Possible: vote, 7"),
        ("is:gone", "is: can't be gone. Possible: merge, lost, signed, renamed"),
    ],
)
def test_what_is_not_understood_is_named(text: str, message: str) -> None:
    query = parse(f"armut {text}")
    assert len(query.terms) == 1
    assert query.problems[0].message == message
    assert (query.problems[0].start, query.problems[0].end) == (6, 6 + len(text))


@pytest.mark.parametrize("text", ["", "  ", "-", "kind:", "person:,", '"', "date:"])
def test_what_asks_for_nothing_yet(text: str) -> None:
    assert parse(text) == EVERYTHING


@given(st.text(st.sampled_from('abk:-"., vote2023fieldkindlateis\u00e4\U0001f600'), max_size=30))
def test_no_text_whatever_raises(text: str) -> None:
    for problem in parse(text).problems:
        assert problem.message
