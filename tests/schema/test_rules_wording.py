"""What printed words say of a vote: the slips of real minutes, and words that only look like one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Finding
from antragsbuch_schema.places import render
from antragsbuch_schema.rules import Context, check_motion
from support.rule_cases import DIRECTORY


def checked(*votes: dict[str, Any], **step: Any) -> list[Finding]:
    consultation = {
        "id": "c1",
        "organization": "Regionsversammlung",
        "date": dt.date(2023, 12, 19),
        "role": "decision",
        **step,
        "votes": [{"id": f"v{n}", **vote} for n, vote in enumerate(votes, 1)],
    }
    motion = {"id": "k7m2qx9a", "title": "T", "reference": "2292 (V) HHA", "consultations": [consultation]}
    return [f for f in check_motion(motion, Context(DIRECTORY)) if f.code[:2] in ("VO", "OU")]


def codes(*votes: dict[str, Any], **step: Any) -> set[str]:
    return {finding.code for finding in checked(*votes, **step)} - {"OU002", "OU003", "VO009"}


SLIPS = [
    ("mehrheitliche Ablehnung (6 JA, 3 Nein)", "6 Ja und 3 Nein sind eine Mehrheit"),
    ("Bei 24 Ja-Stimmen und 23 Nein-Stimmen abgelehnt", "24 Ja und 23 Nein sind eine Mehrheit"),
    ("Einstimmige Zustimmung (42 Ja, 1 Nein, 3 Enthaltungen)", "„einstimmig“, aber mit 1 Nein-Stimme"),
    ("Bei 42 Ja-Stimmen, 2 Nein-Stimmen einstimmig zugestimmt.", "„einstimmig“, aber mit 2 Nein-Stimmen"),
    ("einstimmig abgelehnt (3x ja, 40x nein)", "„einstimmig“, aber mit 3 Ja-Stimmen"),
    ("Bei 23 Ja-Stimmen und 23 Nein-Stimmen angenommen", "23 Ja und 23 Nein sind keine Mehrheit"),
]


@pytest.mark.parametrize(("words", "said"), SLIPS)
@pytest.mark.parametrize("at", ["result_text", "text"])
def test_a_slip_of_the_minutes_is_found_in_their_words(words: str, said: str, at: str) -> None:
    found = checked({}, result_text=words) if at == "result_text" else checked({"text": words})
    (finding,) = (each for each in found if each.code == "VO020")
    assert said in finding.message("de")
    assert render(finding.place) == (
        "consultations[c1].result_text" if at == "result_text" else "consultations[c1].votes[v1].text"
    )
    assert finding.part is not None and words[slice(*finding.part)] == words


@pytest.mark.parametrize(
    ("words", "vote", "code"),
    [
        (SLIPS[0][0], {"yes": 6, "no": 3, "result": "rejected"}, "VO004"),
        (SLIPS[1][0], {"yes": 24, "no": 23, "result": "rejected"}, "VO004"),
        (SLIPS[2][0], {"yes": 42, "no": 1, "abstentions": 3, "result": "accepted", "manner": "unanimous"}, "VO008"),
    ],
)
def test_a_slip_that_is_recorded_as_counts_is_one_error(words: str, vote: dict[str, Any], code: str) -> None:
    assert codes({**vote, "text": words}) == {code}


@pytest.mark.parametrize(
    "words",
    [
        "bei Stimmengleichheit abgelehnt",
        "3 Ja-Stimmen, ansonsten Ablehnung",
        "3 Nein-Stimmen, ansonsten Zustimmung",
        "Einstimmige Zustimmung (43 Ja, 3 Enthaltungen)",
        "einstimmig abgelehnt (0x ja, 14x nein)",
        "5 Ja, 5 Nein, abgelehnt",
        "Protokoll: Bei 24 Ja-Stimmen, nach Auszählung und 23 Nein-Stimmen abgelehnt",
        "a) 3 Ja-Stimmen, 7 Nein-Stimmen b) 7 Ja-Stimmen, 3 Nein-Stimmen, zugestimmt",
        "Änderungsantrag: 3 Ja, 7 Nein, abgelehnt; Antrag: 40 Ja, 3 Nein, zugestimmt",
        "Antrag auf Vertagung: Bei 5 Ja-Stimmen, 30 Nein-Stimmen und 9 Enthaltungen mehrheitlich abgelehnt",
        "nicht einstimmig: 42 Ja, 1 Nein",
        "JaNeinEnthaltungBM1CDU81SPD6B‘90/Die Grünen3FFH3FDP2Hr. Gilleßen1Gesamt2410",
        "Vorlage 2014/0199: erledigt",
    ],
)
def test_what_only_looks_like_a_slip_is_none(words: str) -> None:
    assert not codes({}, result_text=words) & {"VO020", "VO021", "VO022"}
    assert not codes({"text": words}) & {"VO020", "VO021", "VO022"}


def test_each_vote_in_the_words_is_judged_alone() -> None:
    amendment = "Änderungsantrag: Bei 24 Ja-Stimmen und 23 Nein-Stimmen abgelehnt"
    words = f"{amendment}\nAntrag: Bei 40 Ja-Stimmen und 3 Nein-Stimmen zugestimmt"
    (finding,) = (found for found in checked({"text": words}) if found.code == "VO020")
    assert finding.part is not None and words[slice(*finding.part)] == amendment


def test_the_words_of_a_step_with_several_votes_belong_to_none_of_them() -> None:
    votes = ({"yes": 40, "no": 5, "subject": "Ziffer 1"}, {"yes": 5, "no": 40, "subject": "Ziffer 2"})
    assert not codes(*votes, result_text="Bei 45 Ja-Stimmen einstimmig zugestimmt") & {"VO020", "VO021", "VO022"}


def test_a_higher_majority_can_reject_with_more_yes_than_no() -> None:
    vote = {"text": "24 Ja, 23 Nein, abgelehnt", "required": "two_thirds"}
    assert "VO020" not in codes(vote)
    assert "VO020" in codes({"text": "24 Ja, 23 Nein, abgelehnt"})


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 9), st.sampled_from(["yes", "no", "abstentions", ""]))
def test_each_count_is_compared_with_its_own(yes: int, no: int, abstentions: int, changed: str) -> None:
    counts = {"yes": yes, "no": no, "abstentions": abstentions}
    recorded = {**counts, **({changed: counts[changed] + 1} if changed else {})}
    words = f"Bei {yes} Ja-Stimmen, {no} Nein-Stimmen und {abstentions} Enthaltungen"
    for found in (checked({**recorded, "text": words}), checked(recorded, result_text=words)):
        places = [render(finding.place) for finding in found if finding.code == "VO021"]
        assert places == ([f"consultations[c1].votes[v1].{changed}"] if changed else [])


@pytest.mark.parametrize(
    ("words", "vote", "wrong"),
    [
        ("mehrheitlich zugestimmt", {"result": "rejected"}, True),
        ("mehrheitlich abgelehnt", {"result": "accepted"}, True),
        ("mehrheitlich abgelehnt", {"result": "rejected"}, False),
        ("mehrheitlich abgelehnt", {"result": "other"}, False),
        ("einstimmig beschlossen", {"result": "accepted", "yes": 42, "no": 1, "abstentions": 0}, True),
        ("einstimmig beschlossen", {"result": "accepted", "yes": 42, "no": 0, "abstentions": 3}, False),
    ],
)
def test_result_and_unanimity_are_those_of_the_words(words: str, vote: dict[str, Any], wrong: bool) -> None:
    assert ("VO022" in codes({**vote, "text": words})) == wrong


@pytest.mark.parametrize(
    ("outcome", "words", "wrong"),
    [
        ("rejected", "einstimmig zugestimmt", True),
        ("rejected", "vertagt", True),
        ("rejected", "Ablehnung beschlossen", False),
        ("as_proposed", "Beschluss: zugestimmt", False),
    ],
)
def test_the_outcome_is_that_of_the_words(outcome: str, words: str, wrong: bool) -> None:
    assert ("OU006" in codes({"result": "other"}, outcome=outcome, result_text=words)) == wrong


def test_what_is_made_to_keep_the_reader_busy_is_left_alone() -> None:
    slip = "mehrheitliche Ablehnung (6 JA, 3 Nein)"
    long = "einstimmig " * 44
    votes = [{"text": f"{number} Ja, {long}"} for number in range(50)]
    assert "VO020" in codes({"text": long}, *votes[:20], {"text": slip})
    assert "VO020" not in codes(*votes, {"text": slip})
    assert "VO020" not in codes({"text": slip + ", " * 300})


def test_one_slip_is_one_finding() -> None:
    vote = {"result": "accepted", "manner": "majority"}
    assert codes(vote, outcome="as_proposed", result_text="mehrheitlich abgelehnt") == {"OU006"}
    assert codes(vote, result_text="mehrheitlich abgelehnt") == {"VO022"}
