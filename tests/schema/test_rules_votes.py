"""VO: what counts mean, case by case, and for any counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Finding
from antragsbuch_schema.rules import Context, Directory, check_motion
from support.rule_cases import DIRECTORY

ASSEMBLY = "Regionsversammlung"


def codes(motion: dict[str, Any], prefix: str = "VO") -> set[str]:
    return {finding.code for finding in checked(motion) if finding.code.startswith(prefix)}


def checked(motion: dict[str, Any]) -> list[Finding]:
    head = {"id": "k7m2qx9a", "title": "T", "reference": "2292 (V) HHA"}
    return check_motion({**head, **motion}, Context(DIRECTORY, today=dt.date(2024, 12, 31)))


def voted(*votes: dict[str, Any], **step: Any) -> dict[str, Any]:
    consultation = {"id": "c1", "organization": ASSEMBLY, "date": dt.date(2023, 12, 19), "role": "decision", **step}
    return {"consultations": [{**consultation, "votes": [{"id": f"v{n}", **vote} for n, vote in enumerate(votes, 1)]}]}


def counts(yes: int, no: int, abstentions: int = 0, **more: Any) -> dict[str, Any]:
    return {"yes": yes, "no": no, "abstentions": abstentions, **more}


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 5))
def test_a_result_is_what_the_majority_says(yes: int, no: int, abstentions: int) -> None:
    accepted = codes(voted(counts(yes, no, abstentions, result="accepted")))
    rejected = codes(voted(counts(yes, no, abstentions, result="rejected")))
    assert ("VO003" in accepted) == (yes <= no)
    assert ("VO004" in rejected) == (yes > no)
    assert "VO004" not in accepted and "VO003" not in rejected


@given(st.integers(0, 90), st.integers(0, 90), st.integers(0, 90), st.integers(0, 10))
def test_no_more_votes_than_seats(yes: int, no: int, abstentions: int, invalid: int) -> None:
    found = codes(voted(counts(yes, no, abstentions, invalid=invalid)))
    assert ("VO001" in found) == (yes + no + abstentions + invalid > 85)


@pytest.mark.parametrize(
    ("words", "vote", "code"),
    [
        ("Bei 24 Ja-Stimmen und 23 Nein-Stimmen abgelehnt", {"yes": 24, "no": 23, "result": "rejected"}, "VO004"),
        ("mehrheitliche Ablehnung (6 JA, 3 Nein)", {"yes": 6, "no": 3, "result": "rejected"}, "VO004"),
        (
            "42 Ja, 1 Nein, 3 Enthaltungen, einstimmig",
            {"yes": 42, "no": 1, "abstentions": 3, "result": "accepted", "manner": "unanimous"},
            "VO008",
        ),
        ("Gleichstand 23 : 23, angenommen", {"yes": 23, "no": 23, "result": "accepted"}, "VO003"),
    ],
)
def test_contradictions_of_real_minutes_are_errors(words: str, vote: dict[str, Any], code: str) -> None:
    assert code in codes(voted({**vote, "text": words}))


@pytest.mark.parametrize(
    "vote",
    [
        # "bei Stimmengleichheit abgelehnt"
        counts(23, 23, result="rejected"),
        # "3 Ja-Stimmen, ansonsten Ablehnung"
        {"yes": 3, "result": "rejected"},
        # "Bei 1 Enthaltung mehrheitlich zugestimmt"
        {"abstentions": 1, "result": "accepted", "manner": "majority"},
        # "mehrheitlich" with no = 0, mostly with abstentions
        counts(40, 0, 3, result="accepted", manner="majority"),
        # "einstimmig, 1 Enthaltung"
        counts(20, 0, 1, result="accepted", manner="unanimous"),
        # "einstimmig abgelehnt"
        counts(0, 40, 2, result="rejected", manner="unanimous"),
        # a deferral that was voted down: 2 for it, 14 against
        counts(2, 14, result="rejected", procedural=True),
    ],
)
def test_what_real_minutes_say_is_no_error(vote: dict[str, Any]) -> None:
    assert codes(voted(vote)) <= {"VO009"}


@pytest.mark.parametrize(
    ("result", "yes", "no", "wrong"),
    [("accepted", 3, 0, False), ("accepted", 3, 1, True), ("rejected", 0, 9, False), ("rejected", 1, 9, True)],
)
def test_unanimous_means_one_side_only(result: str, yes: int, no: int, wrong: bool) -> None:
    assert ("VO008" in codes(voted(counts(yes, no, result=result, manner="unanimous")))) == wrong


@pytest.mark.parametrize(
    ("required", "yes", "no", "reached"),
    [
        ("members", 42, 0, False),
        ("members", 43, 42, True),
        ("two_thirds", 20, 10, True),
        ("two_thirds", 19, 10, False),
        ("two_thirds_members", 56, 0, False),
        ("two_thirds_members", 57, 28, True),
        ("three_quarters_members", 63, 0, False),
        ("three_quarters_members", 64, 0, True),
        ("unanimity", 20, 0, True),
        ("unanimity", 20, 1, False),
    ],
)
def test_higher_majorities(required: str, yes: int, no: int, reached: bool) -> None:
    accepted = codes(voted(counts(yes, no, result="accepted", required=required)))
    rejected = codes(voted(counts(yes, no, result="rejected", required=required)))
    assert ("VO007" in accepted) == (not reached)
    assert ("VO004" in rejected) == reached
    assert "VO003" not in accepted


def test_a_majority_of_members_is_not_judged_where_the_seats_are_not_known() -> None:
    vote = counts(3, 1, result="accepted", required="members")
    assert not codes(voted(vote, organization="Ausschuss für Gleichstellung, Frauenförderung und Integration"))


def test_two_thirds_are_left_open_where_abstentions_would_decide() -> None:
    for result in ("accepted", "rejected"):
        assert not codes(voted(counts(20, 9, 5, result=result, required="two_thirds"))) & {"VO004", "VO007"}


@pytest.mark.parametrize(
    ("outcome", "vote", "code"),
    [
        ("as_proposed", counts(30, 45), "VO005"),
        ("amended", counts(30, 30), "VO005"),
        ("rejected", counts(24, 23), "VO005"),
        ("as_proposed", counts(30, 45, result="rejected"), "VO006"),
        ("rejected", counts(45, 30, result="accepted"), "VO006"),
    ],
)
def test_outcome_and_vote_agree(outcome: str, vote: dict[str, Any], code: str) -> None:
    assert code in codes(voted(vote, outcome=outcome))


@pytest.mark.parametrize(
    "vote",
    [
        counts(30, 45, result="rejected", subject="Änderungsantrag CDU"),
        counts(30, 45, result="rejected", procedural=True),
        counts(30, 45, result="rejected", organization="Regionsausschuss"),
        counts(45, 30, result="accepted"),
    ],
)
def test_a_vote_on_something_else_says_nothing_about_the_outcome(vote: dict[str, Any]) -> None:
    assert not codes(voted(vote, outcome="as_proposed")) & {"VO005", "VO006"}


def test_of_several_votes_on_the_whole_none_decides_the_outcome() -> None:
    found = codes(voted(counts(30, 45, result="rejected"), counts(45, 30, result="accepted"), outcome="as_proposed"))
    assert found == {"VO014"}


def test_an_election_is_outside_of_the_majority_rule() -> None:
    choices = [{"id": "o1", "label": "a)", "votes": 22}, {"id": "o2", "label": "b)", "votes": 6}]
    assert not codes(voted(counts(10, 12, result="accepted"), outcome="elected"))
    assert not codes(voted({"result": "accepted", "yes": 6, "no": 22, "abstentions": 0, "choices": choices}))


def test_a_joint_session_has_the_seats_of_all_its_bodies() -> None:
    vote = counts(90, 0, result="accepted")
    assert "VO001" in codes(voted(vote))
    assert "VO001" not in codes(voted(vote, joint_with=["Regionsausschuss"]))
    # one body's seats are not known, so the sum is not
    unknown = "Ausschuss für Gleichstellung, Frauenförderung und Integration"
    assert "VO001" not in codes(voted(vote, joint_with=[unknown]))
    # the vote of one body alone
    assert "VO001" in codes(voted(counts(12, 0, organization="Regionsausschuss"), joint_with=["Regionsausschuss"]))


def test_seats_are_those_of_the_term() -> None:
    assert "VO001" not in codes(voted(counts(90, 0, result="accepted"), date=dt.date(2019, 12, 19)))


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([{"no": 3}, {"no": 5}], False),
        ([{"no": 3}, {"no": 2}], True),
        ([{"no": 3}, {}], False),
        ([{"no": 9}, {}], True),
        ([{}, {}], False),
    ],
)
def test_factions_add_up(rows: list[dict[str, Any]], wrong: bool) -> None:
    table = [
        {"id": f"f{n}", "name": name, **row} for n, (name, row) in enumerate(zip(("SPD", "CDU"), rows, strict=True))
    ]
    assert ("VO010" in codes(voted(counts(30, 8, result="accepted", by_faction=table)))) == wrong


def test_the_law_is_named_where_it_holds() -> None:
    motion = voted(counts(1, 2, result="accepted"))
    (finding,) = (finding for finding in checked(motion) if finding.code == "VO003")
    assert finding.message("de") == (
        "angenommen, aber Ja (1) ist nicht mehr als Nein (2); "
        "bei Gleichstand oder weniger ist der Antrag abgelehnt (§ 66 NKomVG)"
    )
    elsewhere = check_motion({"id": "k7m2qx9a", "title": "T", **motion}, Context(Directory({})))
    assert [finding.message("en") for finding in elsewhere if finding.code == "VO003"] == [
        "accepted, but yes (1) is not more than no (2); at a tie or less the motion is rejected"
    ]
