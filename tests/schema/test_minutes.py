"""The phrases of minutes: what is read from them, and that what is not understood stays words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.exchange.minutes import Minutes, read
from antragsbuch_schema.exchange.recording import recorded
from antragsbuch_schema.motion import Motion
from support.sample_motion import sample

DATA = Path(__file__).parents[3] / "shared/data/vote-phrases"
FACTIONS = ("CDU", "SPD", "FDP", "Bündnis 90/DIE GRÜNEN")


def votes(text: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in vote.items() if key != "text"} for vote in read(text, FACTIONS).votes]


@pytest.mark.parametrize(
    ("words", "vote", "outcome"),
    [
        ("einstimmig beschlossen", {"result": "accepted", "manner": "unanimous"}, "as_proposed"),
        ("Einstimmig, 2 Enthaltungen", {"manner": "unanimous", "abstentions": 2}, None),
        ("einstimmig bei zwei Enthaltungen", {"manner": "unanimous", "abstentions": 2}, None),
        ("einstimmig, ohne Gegenstimmen", {"manner": "unanimous", "no": 0}, None),
        ("mit 40 Ja- zu 3 Nein-Stimmen", {"yes": 40, "no": 3}, None),
        (
            "mit 40 zu 3 Stimmen bei 1 Enthaltung abgelehnt",
            {"result": "rejected", "yes": 40, "no": 3, "abstentions": 1},
            "rejected",
        ),
        ("45:30:3 laut Vorschlag", {"result": "accepted", "yes": 45, "no": 30, "abstentions": 3}, "as_proposed"),
        ("45 : 30", {"yes": 45, "no": 30}, None),
        ("Ja: 48, Nein: 0, Enthaltungen: 0", {"yes": 48, "no": 0, "abstentions": 0}, None),
        ("0x ja, 14x nein", {"yes": 0, "no": 14}, None),
        (
            "mehrheitlich abgelehnt (6 JA, 30 Nein)",
            {"result": "rejected", "manner": "majority", "yes": 6, "no": 30},
            "rejected",
        ),
        (
            "mehrheitliche Ablehnung (6 JA, 3 Nein)",
            {"result": "rejected", "manner": "majority", "yes": 6, "no": 3},
            "rejected",
        ),
        (
            "Bei 20 Ja-Stimmen, 25 Nein-Stimmen und einer Enthaltung mehrheitlich abgelehnt",
            {"result": "rejected", "manner": "majority", "yes": 20, "no": 25, "abstentions": 1},
            "rejected",
        ),
        ("3 Nein-Stimmen, ansonsten Zustimmung", {"result": "accepted", "no": 3}, "as_proposed"),
        ("bei Stimmengleichheit abgelehnt", {"result": "rejected"}, "rejected"),
        ("Nicht zugestimmt", {"result": "rejected"}, "rejected"),
        ("Zugestimmt zu geändertem Beschlusstext", {"result": "accepted"}, "amended"),
        ("in geänderter Fassung beschlossen", {"result": "accepted"}, "amended"),
        ("teilweise zugestimmt", {"result": "other"}, "partly"),
        ("40 Ja, 2 Nein, 1 Mitglied befangen", {"yes": 40, "no": 2, "biased": 1}, None),
        ("40 Ja, 2 Nein, 2 Mitglieder befangen", {"yes": 40, "no": 2, "biased": 2}, None),
        (
            "mit 12 Ja-Stimmen vertagt auf den 19.12.2024",
            {"procedural": True, "result": "accepted", "yes": 12},
            "deferred",
        ),
        (
            "einstimmig, 2 Enthaltungen SPD-Fraktion",
            {"manner": "unanimous", "abstentions": 2, "by_faction": [{"name": "SPD", "abstentions": 2}]},
            None,
        ),
    ],
)
def test_a_phrase(words: str, vote: dict[str, Any], outcome: str | None) -> None:
    found = read(words, FACTIONS)
    assert votes(words) == [vote]
    assert found.outcome == outcome
    assert found.unread == ()


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Kenntnisnahme", "noted"),
        ("zur Kenntnis genommen", "noted"),
        ("Kenntnisnahme, keine Abstimmung.", "noted"),
        ("Keine Abstimmung", "no_vote"),
        ("entfällt", "no_vote"),
        ("zurückgezogen", "withdrawn"),
        ("von der Tagesordnung abgesetzt", "removed"),
        ("erledigt durch Stellungnahme der Verwaltung", "settled"),
        ("vorberaten ohne Änderungen", "discussed"),
        ("vertagt", "deferred"),
    ],
)
def test_an_outcome_without_a_vote(words: str, outcome: str) -> None:
    assert read(words) == Minutes((), outcome)


def test_where_to_and_until_when() -> None:
    assert (
        read("verwiesen in den Ausschuss für Umwelt und Gesundheit").referred_to
        == "Ausschuss für Umwelt und Gesundheit"
    )
    assert read("verwiesen an Schulausschuss und Sozialausschuss") == Minutes((), "referred")
    assert read("vertagt auf den 19.12.2024").deferred_to == dt.date(2024, 12, 19)
    assert read("vertagt auf den 19.12.", today=dt.date(2024, 11, 5)).deferred_to == dt.date(2024, 12, 19)
    assert read("vertagt auf den 19.12.").deferred_to is None


def test_several_votes_at_one_step() -> None:
    assert votes("a) 3 Ja-Stimmen, 7 Nein-Stimmen b) 7 Ja-Stimmen, 3 Nein-Stimmen") == [
        {"subject": "a)", "yes": 3, "no": 7},
        {"subject": "b)", "yes": 7, "no": 3},
    ]
    text = (
        "Änderungsantrag SPD: mehrheitlich abgelehnt (14 JA, 26 Nein)\n"
        "Ergänzungsantrag: zurückgezogen\n"
        "Ziffer 1: 30 Ja, 10 Nein"
    )
    assert votes(text) == [
        {"subject": "Änderungsantrag SPD", "result": "rejected", "manner": "majority", "yes": 14, "no": 26},
        {"subject": "Ziffer 1", "yes": 30, "no": 10},
    ]
    found = read(text)
    assert (found.outcome, found.remarks, found.unread) == (None, ("Ergänzungsantrag: zurückgezogen",), ())


def test_a_word_cut_by_the_end_of_a_line_and_what_copying_does() -> None:
    assert votes("Bei 32 Ja\u2011Stimmen und\u00a02 Enthaltungen mehrheitlich zuge-\r\nstimmt") == [
        {"result": "accepted", "manner": "majority", "yes": 32, "abstentions": 2}
    ]
    assert votes("einstimmig bei 2\nEnthaltungen") == [{"manner": "unanimous", "abstentions": 2}]


@pytest.mark.parametrize(
    "words",
    [
        "JaNeinEnthaltungBM1CDU81SPD6B‘90/Die Grünen3Gesamt2410",
        "Bei 5 Ja-Stimmen und 30 Nein-Stimmen mehr-",
        "10:30 Uhr einstimmig",
        "einstimmig, 2 Enthaltungen (1x Bündnis 90/Grünen; 1x CDU)",
        "gegen die Stimmen der SPD angenommen",
        "40 Ja-Stimmen, 41 Ja-Stimmen",
        "zugestimmt, abgelehnt",
        "45 Ja-Stimmen aus 3 Fraktionen",
        "20.000 Ja",
    ],
)
def test_what_is_not_understood_stays_words(words: str) -> None:
    found = read(words, FACTIONS)
    assert (found.votes, found.unread, found.outcome) == (({"text": words},), (words,), None)


@given(
    st.integers(0, 999),
    st.integers(0, 999),
    st.integers(0, 99),
    st.sampled_from(
        [
            "{yes} Ja-Stimmen, {no} Nein-Stimmen, {ab} Enthaltungen",
            "mit {yes} Ja- zu {no} Nein-Stimmen bei {ab} Enthaltungen",
            "{yes}:{no}:{ab}",
            "Ja: {yes} Nein: {no} Enthaltungen: {ab}",
        ]
    ),
)
def test_no_count_is_ever_another_one(yes: int, no: int, abstentions: int, form: str) -> None:
    assert votes(form.format(yes=yes, no=no, ab=abstentions)) == [{"yes": yes, "no": no, "abstentions": abstentions}]


@given(st.text(alphabet="ja nein12:,;()-a)\nEnthaltungen einstimmig", max_size=60))
def test_nothing_is_lost_and_nothing_crashes(words: str) -> None:
    found = read(words, FACTIONS)
    kept = [str(vote["text"]) for vote in found.votes] + list(found.remarks)
    if found.outcome is None:
        assert "".join("".join(kept).split()).count("1") == words.count("1")


@pytest.mark.skipif(not DATA.exists(), reason="real minutes are not here")
@pytest.mark.parametrize(
    ("file", "least"),
    [("huertgenwald-results.tsv", 0.92), ("karlsruhe-agendaitem-result.tsv", 0.95), ("karlsruhe-protocols.tsv", 0.98)],
)
def test_most_of_what_real_minutes_say_is_understood(file: str, least: float) -> None:
    rows = [line.split("\t", 1) for line in (DATA / file).read_text().splitlines() if line]
    understood = sum(int(count) for count, words in rows if not read(words, FACTIONS).unread)
    assert understood / sum(int(count) for count, _words in rows) >= least


def test_recorded_at_a_step_it_is_a_valid_motion() -> None:
    motion = sample()
    found = recorded(motion, 3, read("mit 45 zu 30 Stimmen bei 3 Enthaltungen laut Vorschlag beschlossen"))
    step = found["consultations"][3]
    assert step["outcome"] == "as_proposed"
    assert [(vote["id"], vote["yes"], vote["no"], vote["abstentions"]) for vote in step["votes"]] == [("v1", 45, 30, 3)]
    assert "text" not in step["votes"][0]
    Motion.from_data(found)
    kept = recorded(motion, 3, read("einstimmig oder so"))["consultations"][3]
    assert kept["votes"] == [{"id": "v1", "text": "einstimmig oder so"}]
    assert "outcome" not in kept


@pytest.mark.parametrize("words", ["mit 20 Ja (SPD, GRÜNE) gegen 3 Nein (CDU)", "abgelehnt (Grüne) nach Aussprache"])
def test_a_name_at_the_end_of_a_bracket_begins_no_item(words: str) -> None:
    assert read(words, FACTIONS).unread == (words,)
