"""The preview: a motion in short, whatever its data are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch import i18n
from antragsbuch.widgets.line import plain, width
from antragsbuch.widgets.preview import in_short, paragraphs, votes_text

MOTION: dict[str, Any] = {
    "reference": "3185 (V) HHA",
    "paper_type": "Haushaltsantrag",
    "title": "Integrationsplan aktualisieren und umsetzen",
    "public": True,
    "originators": ["SPD", "CDU", "FDP"],
    "submitted": dt.date(2024, 11, 14),
    "date": dt.date(2024, 11, 15),
    "consultations": [
        {"organization": "Regionsausschuss", "date": dt.date(2024, 12, 10), "role": "preparation", "lead": True},
        {
            "organization": "Regionsversammlung",
            "date": dt.date(2024, 12, 17),
            "role": "decision",
            "outcome": "as_proposed",
            "votes": [{"yes": 45, "no": 30, "abstentions": 3}],
        },
    ],
    "proposal": "Die Verwaltung aktualisiert den Plan.\n\n- erstens\n- zweitens",
}


@pytest.fixture(autouse=True)
def german() -> None:
    i18n.use("de")


def shown(cells: int = 78) -> list[str]:
    return [plain(line).rstrip() for line in in_short(MOTION, "de", cells)]


def test_the_head_says_number_kind_and_date() -> None:
    assert shown()[0].startswith(" 3185 (V) HHA  Haushaltsantrag, öffentlich")
    assert shown()[0].endswith("15.11.2024")
    assert " Antrag von SPD, CDU und FDP vom 14.11.2024" in shown()


def test_a_step_says_role_outcome_and_counts_in_one_line() -> None:
    (line,) = [line for line in shown() if "Regionsversammlung" in line]
    assert line.startswith(" 17.12.2024  Regionsversammlung")
    assert line.endswith("45:30:3") and "Entscheidung" in line
    assert any("Vorbereitung (FF)" in line for line in shown())


def test_in_a_narrow_pane_a_step_has_two_lines() -> None:
    lines = shown(40)
    at = next(number for number, line in enumerate(lines) if "Regionsversammlung" in line)
    assert "Entscheidung" in lines[at + 1] and "Entscheidung" not in lines[at]


def test_a_count_that_is_not_stated_is_a_dash() -> None:
    assert votes_text({"votes": [{"yes": 45, "no": 0}]}) == "45:0:–"
    assert votes_text({"votes": [{"result": "accepted"}]}) == ""


def test_paragraphs_and_items_keep_apart() -> None:
    text = "Erstens hier\nund weiter.\n\n- ein langer Punkt der Liste\n- zwei"
    assert [plain(line) for line in paragraphs(text, 20)] == [
        " Erstens hier und",
        " weiter.",
        "",
        " - ein langer Punkt",
        "   der Liste",
        " - zwei",
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.dates(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from([*MOTION, "votes", "yes"]), below),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(MOTION)), VALUES), st.integers(20, 130))
def test_whatever_a_file_holds_it_can_be_shown(data: dict[str, Any], cells: int) -> None:
    assert all(width(plain(line)) <= max(cells, 40) for line in in_short(data, "de", cells))
