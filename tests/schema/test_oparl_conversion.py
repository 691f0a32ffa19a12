"""OParl objects as motions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

import pytest

from antragsbuch_schema.exchange import oparl_council
from antragsbuch_schema.exchange.oparl import Conversion, convert
from antragsbuch_schema.motion import Motion
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.writer import write
from support.karlsruhe import DATA, conversion, objects
from support.oparl import at, server, typed

KARLSRUHE = pytest.mark.skipif(not DATA.is_dir(), reason="the real papers are not beside the project")


def converted(found: dict[str, dict[str, Any]]) -> Conversion:
    return convert(json.loads(json.dumps(list(found.values()))), {})


def motion_of(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (paper,) = converted(found).papers
    return paper.data


def kinds(conversion: Conversion) -> list[str]:
    return [remark.kind for remark in conversion.remarks]


def test_a_paper_becomes_a_motion() -> None:
    motion = motion_of(server())
    assert Motion.model_validate(motion)
    step = motion.pop("consultations")[0]
    assert {key: value for key, value in motion.items() if key not in ("id", "attachments")} == {
        "reference": "2024/0007",
        "paper_type": "Antrag",
        "title": "Bänke im Park",
        "public": True,
        "originators": ["SPD-Fraktion", "Erika Beispiel"],
        "date": dt.date(2024, 3, 1),
        "under_direction_of": ["Grünflächenamt"],
        "main_file": {"title": "Antrag", "url": at("file/1.pdf"), "media_type": "application/pdf"},
        "source": {
            "name": "Stadt Beispiel",
            "url": at("paper/1"),
            "id": at("paper/1"),
            "modified": "2024-03-02T10:00:00+01:00",
        },
    }
    assert [file["title"] for file in motion["attachments"]] == ["Lageplan"]
    assert {key: value for key, value in step.items() if key != "id"} == {
        "organization": "Rat der Stadt",
        "date": dt.date(2024, 3, 12),
        "time": dt.time(17),
        "meeting": "12. Sitzung",
        "agenda_item": "7.1",
        "role": "decision",
        "authoritative": True,
        "outcome": "as_proposed",
        "result_text": "einstimmig beschlossen",
        "votes": [{"id": "v1", "result": "accepted", "manner": "unanimous"}],
    }


def test_the_same_objects_make_the_same_in_any_order_and_version() -> None:
    found = server()
    first = motion_of(found)
    backwards = dict(reversed(found.items()))
    assert motion_of(backwards) == first
    text = json.dumps(list(found.values())).replace("oparl.org/1.1/", "oparl.org/1.0/")
    assert convert(json.loads(text), {}).papers[0].data == first
    # what is embedded may stand alone as well
    alone = server()
    alone["step"] = alone["paper"]["consultation"][0]
    alone["item"] = alone["meeting"]["agendaItem"][0]
    alone["paper"]["consultation"] = [at("step/1")]
    alone["meeting"]["agendaItem"] = [at("item/1")]
    assert motion_of(alone) == first
    assert kinds(converted(alone)) == []


def test_what_has_no_counterpart_is_counted() -> None:
    found = server()
    found["paper"]["mandari:vote"] = {"yes": 4, "no": 2}
    unread = converted(found).unread
    assert unread["Paper.mainFile.size"] == 1
    assert unread["AgendaItem.order"] == 1
    assert unread["Paper.mandari:vote.yes"] == 1
    assert "Paper.name" not in unread
    assert "AgendaItem.name" not in unread
    found["meeting"]["agendaItem"][0]["name"] = "Parkbänke"
    assert converted(found).unread["AgendaItem.name"] == 1


def test_agenda_items_without_a_paper_are_counted() -> None:
    found = server()
    found["meeting"]["agendaItem"].append(typed("AgendaItem", "item/2", order=4, name="Verschiedenes"))
    assert converted(found).without_paper == 1


def test_deleted_papers_are_no_motions() -> None:
    found = server()
    found["paper"] = typed("Paper", "paper/1", deleted=True, name="")
    conversion = converted(found)
    assert conversion.papers == ()
    assert conversion.deleted == (at("paper/1"),)


@pytest.mark.parametrize("upwards", [True, False])
def test_an_amendment_amends_whichever_way_it_is_linked(upwards: bool) -> None:
    found = server()
    key = "superordinatedPaper" if upwards else "subordinatedPaper"
    found["other"] = typed(
        "Paper", "paper/2", name="Andere Bänke", reference="2024/0007/1", paperType="Änderungsantrag",
        **{key: [at("paper/1")]},
    )  # fmt: skip
    amendment = converted(found).papers[1].data
    assert amendment["amends"] == "2024/0007"
    assert not amendment.keys() & {"superordinated_papers", "subordinated_papers"}


def test_a_paper_that_the_register_has_is_linked_by_its_reference() -> None:
    found = server()
    found["paper"]["relatedPaper"] = [at("paper/9")]
    (paper,) = convert(found.values(), {}, {at("paper/9"): "2023/0500"}).papers
    assert paper.data["related_papers"] == ["2023/0500"]
    assert not paper.unknown


def test_no_result_of_a_step_that_is_not_public_comes_into_a_public_register() -> None:
    found = server()
    found["meeting"]["agendaItem"][0] |= {"public": False, "resolutionText": "Geheim."}
    conversion = converted(found)
    (step,) = conversion.papers[0].data["consultations"]
    assert step["public"] is False
    assert not step.keys() & {"outcome", "result_text", "votes", "resolution_text"}
    assert kinds(conversion) == ["public"]
    (paper,) = convert(found.values(), {"public": False}).papers
    assert paper.data["consultations"][0]["resolution_text"] == "Geheim."


def test_a_lead_step_and_roles_in_other_words() -> None:
    found = server()
    step = found["paper"]["consultation"][0]
    step["role"] = "Vorbereitung (Federführung)"
    (got,) = motion_of(found)["consultations"]
    assert (got["role"], got["lead"]) == ("preparation", True)
    assert "role_text" not in got
    step["role"] = "Vorberatung"
    (got,) = motion_of(found)["consultations"]
    assert (got["role"], got["role_text"]) == ("preparation", "Vorberatung")
    step["role"] = "unbekannt"
    (got,) = motion_of(found)["consultations"]
    assert "role" not in got
    assert got["role_text"] == "unbekannt"


def test_a_result_that_is_not_understood_stays_text() -> None:
    found = server()
    found["meeting"]["agendaItem"][0]["result"] = "mit 3 von etwa 12 Stimmen"
    conversion = converted(found)
    (step,) = conversion.papers[0].data["consultations"]
    assert (step["outcome"], step["result_text"]) == ("other", "mit 3 von etwa 12 Stimmen")
    assert "votes" not in step
    assert kinds(conversion) == ["result"]


def test_times_are_those_of_the_councils_clock() -> None:
    found = server()
    found["meeting"]["start"] = "2024-07-01T22:30:00Z"
    (step,) = motion_of(found)["consultations"]
    assert (step["date"], step["time"]) == (dt.date(2024, 7, 2), dt.time(0, 30))


def test_the_council_gets_bodies_factions_terms_and_kinds() -> None:
    council = converted(server()).council
    assert [(body["name"], body["classification"]) for body in council["organizations"]] == [
        ("Rat der Stadt", "assembly"),
        ("Bauausschuss", "committee"),
    ]
    assert [(faction["name"], faction["short_name"]) for faction in council["factions"]] == [("SPD-Fraktion", "SPD")]
    assert [(term["name"], term["end"]) for term in council["terms"]] == [("X", dt.date(2026, 10, 31))]
    assert [kind["name"] for kind in council["paper_types"]] == ["Antrag"]


OWN: dict[str, Any] = {
    "format": 1,
    "name": "Stadt",
    "public": True,
    "terms": [{"id": "t5", "name": "V", "start": dt.date(2021, 11, 1)}],
    "organizations": [{"id": "o1", "name": "Rat", "spellings": ["Rat der Stadt"], "classification": "main_committee"}],
    "factions": [{"id": "f1", "name": "SPD"}],
}


def test_what_a_person_wrote_in_the_council_stays() -> None:
    found = converted(server()).council
    once = oparl_council.merged(None, OWN, found)
    assert once["terms"] == OWN["terms"]
    assert once["organizations"][0] == OWN["organizations"][0]
    assert [body["name"] for body in once["organizations"]] == ["Rat", "Bauausschuss"]
    # by the full name that the source gives it the faction is not known
    assert [faction["name"] for faction in once["factions"]] == ["SPD", "SPD-Fraktion"]
    assert oparl_council.merged(found, once, found) == once
    edited = json.loads(json.dumps(once, default=str)) | {"terms": once["terms"]}
    edited["organizations"][1] = {**once["organizations"][1], "name": "Ausschuss für Bauen"}
    edited["paper_types"] = []
    again = oparl_council.merged(found, edited, found)
    assert again["organizations"][1]["name"] == "Ausschuss für Bauen"
    assert not again.get("paper_types")


def test_what_changes_at_the_source_changes_in_the_council() -> None:
    objects = server()
    old = converted(objects).council
    once = oparl_council.merged(None, OWN, old)
    objects["bau"]["endDate"] = "2024-12-31"
    del objects["erika"]
    now = oparl_council.merged(old, once, converted(objects).council)
    assert now["organizations"][1]["end"] == dt.date(2024, 12, 31)
    # an import need not hold everything
    del objects["bau"]
    assert oparl_council.merged(old, once, converted(objects).council) == once


def starts(steps: Iterable[dict[str, Any]]) -> list[str]:
    return [step["date"].isoformat() for step in steps if "date" in step]


@KARLSRUHE
def test_real_papers_keep_every_step_with_date_body_role_and_result() -> None:
    given = {found["id"]: found for found in objects()}
    meetings = {key: found for key, found in given.items() if found["type"].endswith("/Meeting")}
    items = {item["id"]: item for meeting in meetings.values() for item in meeting.get("agendaItem", [])}
    motions = {paper.source: paper.data for paper in conversion().papers}
    papers = [found for found in given.values() if found["type"].endswith("/Paper") and not found.get("deleted")]
    assert len(papers) == len(motions) == 238
    assert len({motion["id"] for motion in motions.values()}) == 238
    for paper in papers:
        motion = motions[paper["id"]]
        assert Motion.model_validate(motion)
        steps = motion.get("consultations", [])
        assert len(steps) == len(paper.get("consultation", []))
        for theirs, ours in zip(paper.get("consultation", []), steps, strict=True):
            assert ours["organization"] == given[theirs["organization"][0]]["name"]
            assert ours.get("role_text", "Entscheidung") == theirs["role"]
            if meeting := meetings.get(theirs.get("meeting")):
                assert ours["date"].isoformat() == meeting["start"][:10]
            if result := items.get(theirs.get("agendaItem"), {}).get("result"):
                assert (ours["result_text"], ours.get("outcome")) == (result, ours["outcome"])


@KARLSRUHE
def test_real_papers_give_the_same_again() -> None:
    again = convert(reversed(objects()), {})
    texts = {paper.source: write(paper.data, MOTION) for paper in again.papers}
    assert texts == {paper.source: write(paper.data, MOTION) for paper in conversion().papers}
