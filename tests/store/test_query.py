"""The language of the filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch import i18n
from antragsbuch.store.periods import Range
from antragsbuch.store.query import (
    AnyOf,
    Anywhere,
    Condition,
    Has,
    HasAny,
    InField,
    InState,
    Numbered,
    Query,
    Within,
    parse,
)
from antragsbuch_schema.state import OPEN, State


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def only(text: str) -> Condition:
    """The one condition of a filter without problems."""
    query = parse(text)
    assert not query.problems, [problem.message for problem in query.problems]
    (term,) = query.terms
    assert not term.negated
    return term.condition


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_words_must_all_match() -> None:
    query = parse("  Armut   KONFERENZ Straße")
    assert [term.condition for term in query.terms] == [
        Anywhere(("armut",)),
        Anywhere(("konferenz",)),
        Anywhere(("strasse",)),
    ]


@pytest.mark.parametrize("text", ['"Soziale Stadt"', "„Soziale Stadt“", '"soziale stadt', '"Soziale, Stadt"'])
def test_quotes_hold_words_together(text: str) -> None:
    assert only(text) == Anywhere(("soziale", "stadt"))


def test_signs_between_letters_hold_together_too() -> None:
    assert only("50/Soziales") == Anywhere(("50", "soziales"))
    assert only("20.000") == Anywhere(("20", "000"))
    assert only("Bürger:innen") == Anywhere(("burgerinnen",))
    assert only("https://example.org") == Anywhere(("https", "example", "org"))


@pytest.mark.parametrize("text", ["-moor", '-"moor', "-body:rat", "-Body:rat"])
def test_minus_turns_round(text: str) -> None:
    (term,) = parse(text).terms
    assert term.negated


def test_minus_inside_a_word_does_not() -> None:
    assert only("bundes-") == Anywhere(("bundes",))
    assert parse("- ").terms == ()


@pytest.mark.parametrize("text", ["faction:SPD", "Fraktion:spd", "ANTRAGSTELLER:Spd", "originator:SPD,"])
def test_faction(text: str) -> None:
    assert only(text) == InField("faction", (("spd",),))


def test_values_are_separated_by_commas() -> None:
    assert only('fraktion:SPD,"Bündnis 90 / DIE GRÜNEN"') == InField(
        "faction", (("spd",), ("bundnis", "90", "die", "grunen"))
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date:2023", "2023-01-01", "2023-12-31"),
        ("datum:2023-11", "2023-11-01", "2023-11-30"),
        ("date:2024-2", "2024-02-01", "2024-02-29"),
        ("date:2023-11-16", "2023-11-16", "2023-11-16"),
        ("date:16.11.2023", "2023-11-16", "2023-11-16"),
        ("date:16.11.23", "2023-11-16", "2023-11-16"),
        ("date:11.2023", "2023-11-01", "2023-11-30"),
        ("date:2023..", "2023-01-01", None),
        ("date:..2023", None, "2023-12-31"),
        ("date:2023-11..2024-02", "2023-11-01", "2024-02-29"),
        ("date:2024-02..2023-11", "2023-11-01", "2024-02-29"),
        ("date:1.11.2023..24.12.2023", "2023-11-01", "2023-12-24"),
    ],
)
def test_dates(text: str, first: str | None, last: str | None) -> None:
    expected = Range(day(first) if first else None, day(last) if last else None)
    assert only(text) == Within("date", (expected,))


def test_several_ranges_and_sessions() -> None:
    assert only("sitzung:2023,2025") == Within(
        "session", (Range(day("2023-01-01"), day("2023-12-31")), Range(day("2025-01-01"), day("2025-12-31")))
    )


@pytest.mark.parametrize(
    "whole", ["date:2023-11..2024-02", "date:16.11.2023", "date:31.12.2023..", "faction:SPD", "state:open", "ref:1..20"]
)
def test_typing_a_filter_letter_by_letter_is_never_a_problem(whole: str) -> None:
    """A beginning filters by what it can become, and the line stays quiet."""
    start = whole.index(":") + 1
    for end in range(start, len(whole) + 1):
        assert parse(whole[:end]).problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ref:2292", InField("reference", (("2292",),))),
        ('nr:"2292 (V) HHA"', InField("reference", (("2292", "v", "hha"),))),
        ("ref:2200..2299", Numbered(((2200, 2299),))),
        ("ref:2299..2200", Numbered(((2200, 2299),))),
        ("ref:2200..", Numbered(((2200, None),))),
        ("drucksache:..99", Numbered(((None, 99),))),
        ("ref:7,2200..2299", AnyOf((InField("reference", (("7",),)), Numbered(((2200, 2299),))))),
    ],
)
def test_references(text: str, expected: Condition) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("state:open", OPEN),
        ("stand:offen", OPEN),
        ("state:closed", frozenset(State) - OPEN),
        ("state:decided", {State.DECIDED, State.AMENDED, State.PARTLY}),
        ("stand:beschlossen", {State.DECIDED, State.AMENDED, State.PARTLY}),
        ("stand:geändert", {State.AMENDED}),
        ("state:as", {State.DECIDED}),
        ('stand:"laut Vorschlag"', {State.DECIDED}),
        ("state:in_consultation", {State.IN_CONSULTATION}),
        ('stand:"in Beratung"', {State.IN_CONSULTATION}),
        ("stand:vert", {State.DEFERRED}),
        ("state:deferred,rejected", {State.DEFERRED, State.REJECTED}),
    ],
)
def test_states(text: str, states: set[State]) -> None:
    assert only(text) == InState(frozenset(states))


@pytest.mark.parametrize("found", list(State))
def test_every_state_is_found_by_its_name(found: State) -> None:
    for name in (found.value, f'"{found.label("de")}"', f'"{found.label("en")}"'):
        condition = only(f"state:{name}")
        assert isinstance(condition, InState)
        assert found in condition.states


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("has:error", {Has.ERROR}),
        ("hat:fehler", {Has.ERROR}),
        ("has:err", {Has.ERROR}),
        ("hat:Änderung", {Has.CHANGE}),
        ("has:error,warning", {Has.ERROR, Has.WARNING}),
        ("is:public", {Has.PUBLIC}),
        ("ist:nichtöffentlich", {Has.CONFIDENTIAL}),
        ("is:removed", {Has.REMOVED}),
    ],
)
def test_marks(text: str, marks: set[Has]) -> None:
    assert only(text) == HasAny(frozenset(marks))


def test_is_open() -> None:
    assert only("is:closed") == InState(frozenset(State) - OPEN)
    assert only("is:closed,new") == AnyOf((HasAny(frozenset({Has.NEW})), InState(frozenset(State) - OPEN)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("factoin:SPD", "The filter knows no factoin: Did you mean faction:?"),
        ("xyz:SPD", "The filter knows no xyz: Possible: faction:, body:, date:"),
        ("has:waning", "has: can't be waning. Did you mean warning?"),
        ("has:!", "has: can't be !. Possible: error, warning, remark, vote, draft, change"),
        ("state:rejcted", "state: can't be rejcted. Did you mean rejected?"),
        ("date:gestern", "gestern is no date: 2023, 2023-11"),
        ("date:31.02.2023", "31.02.2023 is no date"),
        ("date:2023-13", "2023-13 is no date"),
        ("date:2023..morgen", "2023..morgen is no date"),
        ("ref:a..b", "a..b is no number"),
    ],
)
def test_what_is_not_understood_is_named(text: str, message: str) -> None:
    query = parse(f"armut {text} rad")
    (problem,) = query.problems
    assert problem.message.startswith(message)
    assert f"armut {text} rad"[problem.start : problem.end] == text
    # the rest filters all the same
    assert [term.condition for term in query.terms] == [Anywhere(("armut",)), Anywhere(("rad",))]


def test_german() -> None:
    i18n.use("de")
    (problem,) = parse("fraktio:SPD").problems
    assert problem.message == "Der Filter kennt kein fraktio: Gemeint: fraktion:?"
    (problem,) = parse("hat:!").problems
    assert problem.message.endswith("Möglich: fehler, warnung, hinweis, abstimmung, entwurf, änderung")


def test_spans() -> None:
    text = 'armut -faction:"A B"  x'
    assert [text[term.start : term.end] for term in parse(text).terms] == ["armut", '-faction:"A B"', "x"]


@pytest.mark.parametrize("text", ["", "   ", '"', '""', "-", "faction:", "date:", "date:..", "ref:..", ",", "state:,"])
def test_nothing_is_asked_for(text: str) -> None:
    assert parse(text) == Query()


_pieces = st.sampled_from(
    ["date:", "state:", "has:", "is:", "ref:", "faction:", "session:", "..", ",", '"', "-", "2023", "0", "11", "é", " "]
)


@given(st.lists(_pieces | st.text(max_size=3), max_size=12).map("".join))
def test_no_text_whatever_raises(text: str) -> None:
    query = parse(text)
    for problem in query.problems:
        assert problem.message
    spans = [(term.start, term.end) for term in query.terms]
    spans += [(problem.start, problem.end) for problem in query.problems]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert len(set(spans)) == len(spans)
