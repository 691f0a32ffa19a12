"""A document beside the motion of the register: what is recognised, what differs, what is taken over."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.exchange.from_printed import read
from antragsbuch_schema.exchange.printed import printed
from antragsbuch_schema.exchange.taking import adds, differences, recognised, taken
from antragsbuch_schema.ids import with_ids
from antragsbuch_schema.motion_fields import MOTION as MOTION_FIELDS

ROOT = Path(__file__).parents[2] / "motions"
COUNCIL = tomllib.loads((ROOT / "council.toml").read_text())
MOTION = tomllib.loads((ROOT / "V/3100/3185-HHA.toml").read_text())


def document(motion: dict[str, Any]) -> dict[str, Any]:
    """The motion as its own printed form brings it back, under other ids."""
    data = read(printed(motion, COUNCIL), "xxxxxxxx", COUNCIL).data
    for number, step in enumerate(data["consultations"]):
        step["id"] = f"c{9 - number}"
    return data


def test_the_printed_form_of_a_motion_is_recognised_as_the_motion() -> None:
    assert differences(MOTION, recognised(document(MOTION), MOTION)) == []


def test_what_has_no_id_in_the_register_is_recognised_without_one() -> None:
    steps = [{key: value for key, value in step.items() if key != "id"} for step in MOTION["consultations"]]
    by_hand = {**MOTION, "consultations": steps}
    assert differences(by_hand, recognised(document(MOTION), by_hand)) == []


def test_what_a_document_adds_and_changes_is_taken_one_by_one() -> None:
    decided = {**MOTION, "title": "Neuer Titel", "consultations": [dict(step) for step in MOTION["consultations"]]}
    decided["consultations"][3] |= {"outcome": "as_proposed", "votes": [{"yes": 45, "no": 30, "abstentions": 3}]}
    step = {"organization": "Umweltausschuss", "date": dt.date(2024, 12, 6), "role": "preparation"}
    decided["consultations"].insert(2, step)
    other = recognised(document(decided), MOTION)
    found = differences(MOTION, other)
    assert [change.sentence("en").partition(":")[0] for change in found] == [
        "Title “Haushaltsbegleitantrag - Integrationsplan aktualisieren …” -> “Neuer Titel”",
        "Step added",
        "Regionsversammlung, 2024-12-17",
    ]
    assert [adds(change) for change in found] == [False, True, True]
    added = taken(MOTION, other, [change for change in found if adds(change)])
    assert added["title"] == MOTION["title"]
    assert [step["organization"][:8] for step in added["consultations"]] == [
        "Ausschus",
        "Ausschus",
        "Umweltau",
        "Regionsa",
        "Regionsv",
    ]
    assert [step["id"] for step in added["consultations"]] == ["c1", "c2", "c5", "c3", "c4"]
    assert added["consultations"][4]["outcome"] == "as_proposed"
    assert added["consultations"][4]["votes"] == [{"id": "v1", "yes": 45, "no": 30, "abstentions": 3}]


def test_a_vote_brings_its_step_along_and_keeps_what_the_document_can_not_say() -> None:
    held = {**MOTION, "consultations": [dict(step) for step in MOTION["consultations"]]}
    vote = {"id": "v4", "yes": 40, "no": 35, "by_faction": [{"id": "f1", "name": "SPD", "yes": 20}]}
    held["consultations"][3] |= {"agenda_item": "7.12", "votes": [vote]}
    paper = {**held, "consultations": [dict(step) for step in held["consultations"]]}
    paper["consultations"][3] = {**paper["consultations"][3], "votes": [{"yes": 45, "no": 30}]}
    del paper["consultations"][3]["agenda_item"]
    other = recognised(paper, held)
    corrected = [change for change in differences(held, other) if change.kind == "vote_changed"]
    (step,) = [one for one in taken(held, other, corrected)["consultations"] if one["id"] == "c4"]
    assert step["agenda_item"] == "7.12"
    assert step["votes"] == [{**vote, "yes": 45, "no": 30}]
    without = {**held, "consultations": held["consultations"][:3]}
    other = recognised(held, without)
    votes = [change for change in differences(without, other) if change.kind == "vote_recorded"]
    assert taken(without, other, votes)["consultations"][3]["votes"][0]["yes"] == 40


def changed(draw: Any, motion: dict[str, Any]) -> dict[str, Any]:
    """The motion with some of its keys and steps gone or otherwise."""
    gone = draw(st.sets(st.sampled_from(["title", "facts", "proposal", "date", "budget", "attachments"])))
    steps = [dict(step) for step in motion["consultations"]]
    steps = [steps[number] for number in draw(st.permutations(range(len(steps))))][: draw(st.integers(0, len(steps)))]
    for step in steps:
        for key in draw(st.sets(st.sampled_from(["role", "lead", "date"]))):
            step.pop(key, None)
        if draw(st.booleans()):
            step["votes"] = [{"yes": draw(st.integers(0, 9))}]
    title = draw(st.sampled_from([{}, {"title": "Anders"}]))
    return {**{key: value for key, value in motion.items() if key not in gone}, "consultations": steps, **title}


@given(st.data())
def test_all_differences_taken_leave_only_what_a_document_does_not_say(data: st.DataObject) -> None:
    draw = data.draw
    held, paper = changed(draw, MOTION), changed(draw, MOTION)
    held = with_ids(held, MOTION_FIELDS)
    for step in paper["consultations"]:
        del step["id"]
    other = recognised(paper, held)
    found = differences(held, other)
    after = taken(held, other, found)
    assert differences(after, other) == []
    assert taken(held, other, []) == held
    assert len({step["id"] for step in after["consultations"]}) == len(after["consultations"])


@pytest.mark.parametrize("odd", [{"consultations": "x"}, {"consultations": [1]}, {"budget": 3}, {"odd": {"a": 1}}])
def test_values_of_another_type_are_taken_as_they_stand(odd: dict[str, Any]) -> None:
    other = recognised({**MOTION, **odd}, MOTION)
    after = taken(MOTION, other, differences(MOTION, other))
    assert all(after[key] == value for key, value in odd.items())
