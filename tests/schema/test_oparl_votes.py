"""Votes in a property of a vendor."""

from __future__ import annotations

from typing import Any

import pytest

from antragsbuch_schema.exchange.oparl import Conversion, convert
from support.oparl import server

COUNTS = {"method": "roll_call", "result": "accepted", "yes": 40, "no": 3, "abstain": 2}


def converted(result: str | None, **properties: Any) -> Conversion:
    objects = server()
    (item,) = objects["meeting"]["agendaItem"]
    item |= {"result": result, **{name.replace("__", ":"): value for name, value in properties.items()}}
    return convert(objects.values(), {})


def votes(conversion: Conversion) -> list[dict[str, Any]]:
    (step,) = conversion.papers[0].data["consultations"]
    return [{key: value for key, value in vote.items() if key != "id"} for vote in step.get("votes", [])]


def test_the_counts_of_a_vendor_go_with_the_words_of_the_result() -> None:
    found = converted("mehrheitlich beschlossen", mandari__vote=COUNTS)
    (vote,) = votes(found)
    assert vote == {
        "result": "accepted", "manner": "majority", "method": "roll_call", "yes": 40, "no": 3, "abstentions": 2,
    }  # fmt: skip
    assert not [name for name in found.unread if "vote" in name]


@pytest.mark.parametrize(
    ("result", "value", "unread"),
    [
        # the words count themselves
        ("Ja: 10, Nein: 2, Enthaltungen: 0", COUNTS, "AgendaItem.mandari:vote.yes"),
        # no word about the result
        (None, COUNTS, "AgendaItem.mandari:vote.yes"),
        # counts that are none
        ("beschlossen", {"yes": "40", "no": True}, "AgendaItem.mandari:vote.no"),
        ("beschlossen", {"yes": -1}, "AgendaItem.mandari:vote.yes"),
        ("beschlossen", "40:3", "AgendaItem.mandari:vote"),
        # what else is in it
        ("beschlossen", {**COUNTS, "method": "by lot"}, "AgendaItem.mandari:vote.method"),
    ],
)
def test_what_is_not_taken_over_is_named(result: str | None, value: Any, unread: str) -> None:
    found = converted(result, mandari__vote=value)
    assert unread in found.unread
    if value != COUNTS and not (isinstance(value, dict) and "by lot" in value.values()):
        assert not [vote for vote in votes(found) if vote.keys() & {"yes", "no"}]
    if result and result.startswith("Ja"):
        assert votes(found)[0]["yes"] == 10
