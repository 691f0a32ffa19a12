"""Who last set what: sentences, vote cells, amounts, entries."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema import places
from antragsbuch_schema.blame import Blamed, Version, below, blame
from antragsbuch_schema.edits import Data
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import same
from support.motion_data import MOTION_3185, VOTE, after, changed, versions


def said(pieces: Sequence[Blamed[str]], place: str = "") -> dict[str, str]:
    """The origin of each piece at `place` and below, by its place."""
    return {places.render(piece.place): piece.origin for piece in below(pieces, places.parse(place))}


def facts(*texts: str) -> list[str]:
    """The origins of the sentences of the last of some versions of a text, which are called a, b, c ..."""
    made = [Version({"facts": text}, origin) for text, origin in zip(texts, "abcdef", strict=False)]
    return [piece.origin for piece in blame(made)]


def test_each_vote_cell_has_its_own_origin() -> None:
    recorded = after(lambda m: m["consultations"][2].update(outcome="as_proposed", votes=[VOTE]))
    corrected = copy.deepcopy(recorded)
    corrected["consultations"][2]["votes"][0]["yes"] = 46
    found = said(
        blame([Version(MOTION_3185, "created"), Version(recorded, "recorded"), Version(corrected, "corrected")]),
        "consultations[c3]",
    )
    assert found == {
        "consultations[c3]": "created",
        "consultations[c3].id": "created",
        "consultations[c3].organization": "created",
        "consultations[c3].date": "created",
        "consultations[c3].role": "created",
        "consultations[c3].outcome": "recorded",
        "consultations[c3].votes[v1]": "recorded",
        "consultations[c3].votes[v1].id": "recorded",
        "consultations[c3].votes[v1].result": "recorded",
        "consultations[c3].votes[v1].yes": "corrected",
        "consultations[c3].votes[v1].no": "recorded",
        "consultations[c3].votes[v1].abstentions": "recorded",
    }


def test_amounts_titles_and_entries() -> None:
    new = after(lambda m: m["budget"]["amounts"][0].update(change=2500000))
    new["originators"] = ["CDU", "SPD"]
    new["note"] = {"by": "hand"}
    found = said(blame([Version(MOTION_3185, "a"), Version(new, "b")]))
    assert found["budget.amounts[a1].change"] == "b"
    assert found["budget.amounts[a1].year"] == found["title"] == "a"
    assert (found["originators[#1]"], found["originators[#2]"]) == ("b", "a")
    assert found["note"] == "b"
    assert list(found)[-1] == "note"


@pytest.mark.parametrize(
    ("texts", "origins"),
    [
        (["Eins ist da. Zwei ist da.", "Eins ist da. Zwei ist dort."], ["a", "b"]),
        (["Eins ist da. Zwei ist da.", "Zwei ist da. Eins ist da."], ["a", "a"]),
        (["Eins ist da.\n\nZwei ist da.", "- Zwei ist da.\n- Neu.\n- Eins ist da."], ["a", "b", "a"]),
        (["Eins. Zwei.", "Eins.", "Eins. Zwei."], ["a", "c"]),
        (["Eins.", "Zwei.", "Eins.", "Eins. Eins."], ["c", "d"]),
        (["Eins.  \nZwei.", "Eins. Zwei.", "Null. Eins. Zwei."], ["c", "a", "a"]),
    ],
)  # fmt: skip
def test_sentences_are_followed_by_their_words(texts: list[str], origins: list[str]) -> None:
    assert facts(*texts) == origins


def test_a_merge_leaves_each_piece_with_the_side_that_wrote_it() -> None:
    base = {"title": "T", "facts": "Eins. Zwei. Drei.", "date": dt.date(2024, 1, 1)}
    ours = {**base, "facts": "Eins neu. Zwei. Drei.", "title": "Von uns"}
    theirs = {**base, "facts": "Eins. Zwei. Drei neu.", "title": "Von ihnen"}
    merged = {**base, "facts": "Eins neu. Zwei. Drei neu. Zusatz.", "title": "Von ihnen"}
    found = said(
        blame(
            [
                Version(base, "base"), Version(ours, "ours"), Version(theirs, "theirs", (0,)),
                Version(merged, "merge", (1, 2)),
            ]
        )
    )  # fmt: skip
    assert found == {
        "title": "theirs", "date": "base",
        "facts[#1]": "ours", "facts[#2]": "base", "facts[#3]": "theirs", "facts[#4]": "merge",
    }  # fmt: skip


def test_elements_without_an_id_are_followed_by_their_names() -> None:
    old = {"consultations": [{"organization": "A"}, {"organization": "B", "agenda_item": "1"}]}
    new = {"consultations": [{"organization": "N"}, {"organization": "B", "agenda_item": "2"}, {"organization": "A"}]}
    assert said(blame([Version(old, "a"), Version(new, "b")])) == {
        "consultations[#1]": "b",
        "consultations[#1].organization": "b",
        "consultations[#2]": "a",
        "consultations[#2].organization": "a",
        "consultations[#2].agenda_item": "b",
        "consultations[#3]": "a",
        "consultations[#3].organization": "a",
    }


def test_what_was_deleted_belongs_to_who_brings_it_back() -> None:
    gone = [Version({"title": "T"}, "a"), Version[str](None, "b")]
    assert blame(gone) == []
    assert said(blame([*gone, Version({"title": "T"}, "c")])) == {"title": "c"}
    assert blame([]) == []


def test_the_layout_of_a_file_is_nobodys_work() -> None:
    by_hand = after(lambda m: m.update(facts="Der Plan ist alt.\nEr ist bundesweit\nVorbild für alle.\n"))
    found = blame([Version(MOTION_3185, "a"), Version(by_hand, "b")])
    assert {piece.origin for piece in found} == {"a"}


def test_hundreds_of_versions_cost_little() -> None:
    """Each version is compared with its parents once, whatever came before: work grows with the versions only."""
    text = " ".join(f"Satz {number} steht hier." for number in range(60))
    made = []
    for number in range(300):
        made.append(Version({**MOTION_3185, "facts": f"{text} Und {number} zuletzt."}, number))
    found = blame(made)
    origins = Counter(piece.origin for piece in found if piece.kind == "sentence" and piece.place[0] == "facts")
    assert origins == {0: 60, 299: 1}


def _texts(data: Data | None) -> list[Any]:
    """Every piece of a file by itself, without where it stands."""
    return [(piece.kind, piece.value) for piece in blame([Version(data, 0)])]


@settings(max_examples=60)
@given(versions(MOTION, count=4, strange=True))
def test_laws_of_a_line_of_versions(line: tuple[Data, ...]) -> None:
    found = blame([Version(data, number) for number, data in enumerate(line)])
    last = blame([Version(line[-1], 0)])
    assert [(piece.place, piece.kind) for piece in found] == [(piece.place, piece.kind) for piece in last]
    assert all(same(piece.value, other.value) for piece, other in zip(found, last, strict=True))
    for piece in found:
        if piece.kind != "element":
            assert 0 <= piece.origin < len(line)
            assert any(_alike(piece, other) for other in _texts(line[piece.origin]))
        if piece.kind == "sentence" and piece.origin:
            # more of it than in the version before
            mine, before = (
                sum(_alike(piece, other) for other in _texts(_only(line[number], piece.place[:-1])))
                for number in (piece.origin, piece.origin - 1)
            )
            assert len(piece.place) > 2 or mine > before


def _alike(piece: Blamed[Any], other: tuple[str, Any]) -> bool:
    return piece.kind == other[0] and same(piece.value, other[1])


def _only(data: Data, place: places.Place) -> Data:
    return {key: value for key, value in data.items() if key == place[0]}


@settings(max_examples=40)
@given(st.data())
def test_a_merge_that_takes_a_side_whole_writes_nothing(data: st.DataObject) -> None:
    base, ours = data.draw(versions(MOTION))
    theirs = data.draw(changed(base, MOTION))
    line = [Version(base, "base"), Version(ours, "ours", (0,)), Version(theirs, "theirs", (0,))]
    alone = blame([line[0], line[1]])
    merged = blame([*line, Version(ours, "merge", (1, 2))])
    assert [(piece.place, piece.origin) for piece in merged] == [(piece.place, piece.origin) for piece in alone]
