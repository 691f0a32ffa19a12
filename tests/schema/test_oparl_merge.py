"""A second import: only what changed at the source changes, and what a person wrote stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

from antragsbuch_schema.exchange.oparl import convert, filled, is_same, merged
from antragsbuch_schema.exchange.oparl_paper import Paper
from support.oparl import server

Objects = dict[str, dict[str, Any]]


def paper_of(found: Objects) -> Paper:
    (paper,) = convert(found.values(), {}).papers
    return paper


def edited(data: dict[str, Any]) -> dict[str, Any]:
    """The motion with a person's proposal, counts and another title."""
    step = data["consultations"][0]
    vote = {**step["votes"][0], "yes": 30, "no": 0, "abstentions": 3}
    return {
        **data,
        "title": "Bänke für den Park",
        "proposal": "Es werden Bänke aufgestellt.",
        "consultations": [{**step, "votes": [vote]}, {"id": "c2", "organization": "Bauausschuss"}],
    }


def test_without_a_change_at_the_source_nothing_changes() -> None:
    base = paper_of(server())
    ours = edited(base.data)
    result = merged(base.data, ours, paper_of(server()))
    assert (result.data, result.conflicts) == (ours, ())


def test_what_changed_at_the_source_comes_in_beside_a_persons_edits() -> None:
    base = paper_of(server())
    ours = edited(base.data)
    found = server()
    found["paper"]["paperType"] = "Dringlichkeitsantrag"
    found["meeting"]["start"] = "2024-03-12T18:15:00+01:00"
    result = merged(base.data, ours, paper_of(found))
    assert not result.conflicts
    assert (result.data["paper_type"], result.data["title"]) == ("Dringlichkeitsantrag", "Bänke für den Park")
    first, second = result.data["consultations"]
    assert (first["time"], first["votes"]) == (dt.time(18, 15), ours["consultations"][0]["votes"])
    assert second == ours["consultations"][1]


def test_where_both_changed_the_same_ours_stays_and_is_named() -> None:
    base = paper_of(server())
    found = server()
    found["paper"] |= {"name": "Bänke überall", "modified": "2024-06-01T00:00:00+02:00"}
    result = merged(base.data, edited(base.data), paper_of(found))
    assert result.data["title"] == "Bänke für den Park"
    assert [conflict.place for conflict in result.conflicts] == [("title",)]
    # where it came from is the import's own
    assert result.data["source"]["modified"] == "2024-06-01T00:00:00+02:00"


def test_the_id_of_the_register_stays() -> None:
    base = paper_of(server())
    ours = {**base.data, "id": "k7m2qx9a"}
    found = server()
    found["paper"]["name"] = "Bänke überall"
    for before in (base.data, None):
        assert merged(before, ours, paper_of(found)).data["id"] == "k7m2qx9a"


def test_without_a_base_only_what_is_new_comes_in() -> None:
    ours = {key: value for key, value in edited(paper_of(server()).data).items() if key != "paper_type"}
    result = merged(None, ours, paper_of(server()))
    assert result.data == {**ours, "paper_type": "Antrag"}
    assert ("title",) in [conflict.place for conflict in result.conflicts]


def test_objects_that_were_not_given_again_take_nothing_away() -> None:
    base = paper_of(server())
    again = paper_of({"paper": server()["paper"]})
    assert "date" not in again.data["consultations"][0]
    assert filled(base.data, again)["consultations"] == base.data["consultations"]
    assert filled(base.data, again)["originators"] == base.data["originators"]
    # what is stated, and stated otherwise, counts
    found = server()
    del found["paper"]["consultation"]
    assert "consultations" not in merged(base.data, base.data, paper_of(found)).data


def test_steps_that_were_not_given_again_stay() -> None:
    base = paper_of(server())
    found = server()
    found["paper"]["consultation"] = [found["paper"]["consultation"][0]["id"]]
    assert filled(base.data, paper_of(found)) == base.data


def test_a_new_stamp_is_no_change() -> None:
    base = paper_of(server()).data
    found = server()
    found["paper"]["modified"] = "2030-01-01T00:00:00+01:00"
    assert is_same(base, paper_of(found).data)
    found["paper"]["name"] = "Andere"
    assert not is_same(base, paper_of(found).data)
