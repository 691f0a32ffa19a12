from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from antragsbuch_schema import places
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import MISSING, Data
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.merge import Conflict, Edited, Merged, merge, resolve
from antragsbuch_schema.merge_order import merge_texts
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from support.motion_data import versions

BASE: Data = {
    "id": "p4w8zk1c",
    "reference": "3185 (V) HHA",
    "title": "Integrationsplan",
    "originators": ["SPD", "CDU"],
    "facts": "Eins ist hier. Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
    "budget": {"amounts": [{"id": "a1", "side": "expense", "year": 2024, "change": 2000000}]},
    "consultations": [
        {"id": "c1", "organization": "Ausschuss", "date": dt.date(2024, 11, 19)},
        {"id": "c2", "organization": "Regionsausschuss", "date": dt.date(2024, 12, 10)},
        {"id": "c3", "organization": "Regionsversammlung", "date": dt.date(2024, 12, 17)},
    ],
}
VOTE = {"id": "v1", "result": "accepted", "yes": 45, "no": 30, "abstentions": 3}


def after(change: Any, base: Data = BASE) -> Data:
    data = copy.deepcopy(base)
    change(data)
    return data


def step(number: int, **values: Any) -> Data:
    return after(lambda m: m["consultations"][number - 1].update(values))


def facts(text: str) -> Data:
    return after(lambda m: m.update(facts=text))


def clean(base: Data, ours: Data, theirs: Data) -> Data:
    merged, turned = merge(base, ours, theirs), merge(base, theirs, ours)
    assert merged.conflicts == () == turned.conflicts
    assert same(normalise(merged.data, MOTION), normalise(turned.data, MOTION))
    return merged.data


def conflict(base: Data, ours: Data, theirs: Data) -> Conflict:
    (found,) = merge(base, ours, theirs).conflicts
    (turned,) = merge(base, theirs, ours).conflicts
    assert (found.place, found.unit, found.base) == (turned.place, turned.unit, turned.base)
    assert (found.ours, found.theirs) == (turned.theirs, turned.ours)
    return found


# --- fields


def test_different_fields_merge() -> None:
    ours = step(3, outcome="as_proposed", votes=[VOTE])
    theirs = after(lambda m: m.update(title="Integrationsplan fortschreiben", note="x"))
    data = clean(BASE, ours, theirs)
    assert data == {**ours, "title": "Integrationsplan fortschreiben", "note": "x"}


def test_the_same_field_is_a_conflict_with_its_three_versions() -> None:
    found = conflict(BASE, after(lambda m: m.update(title="A")), after(lambda m: m.pop("title")))
    assert (found.place, found.base, found.ours, found.theirs) == (("title",), "Integrationsplan", "A", MISSING)


def test_what_both_changed_alike_is_no_conflict() -> None:
    ours = step(3, votes=[VOTE])
    assert clean(BASE, ours, after(lambda m: m.update(date=dt.date(2024, 1, 1)), ours))["consultations"][2][
        "votes"
    ] == [VOTE]


def test_lines_are_an_ordered_set() -> None:
    ours = after(lambda m: m.update(originators=["SPD", "Grüne", "CDU"]))
    theirs = after(lambda m: m.update(originators=["CDU", "FDP"]))
    assert clean(BASE, ours, theirs)["originators"] == ["Grüne", "CDU", "FDP"]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (["a", "b", "c"], ["c", "a", "b"], ["a", "b", "c", "d"], ["c", "d", "a", "b"]),
        (["a", "b"], ["a", "b", "x"], ["a", "b", "w"], ["a", "b", "w", "x"]),
        (["a", "b", "c"], ["c", "b", "a"], ["b", "a", "c"], None),
        (["SPD"], ["SPD-Fraktion"], ["Fraktion der SPD"], None),
        (["a"], ["a", "a"], ["a", "b"], None),
    ],
)
def test_an_order_merges(base: list[str], ours: list[str], theirs: list[str], expected: list[str] | None) -> None:
    assert merge_texts(base, ours, theirs) == merge_texts(base, theirs, ours) == expected


def test_a_table_merges_by_key() -> None:
    ours = after(lambda m: m["budget"].update(plan="2024"))
    theirs = after(lambda m: m["budget"]["amounts"][0].update(change=2500000))
    assert clean(BASE, ours, theirs)["budget"] == {**theirs["budget"], "plan": "2024"}


# --- steps and votes


def test_a_step_put_in_takes_no_vote_of_another() -> None:
    ours = step(3, outcome="as_proposed", votes=[VOTE])
    new = {"id": "c4", "organization": "Beirat", "date": dt.date(2024, 11, 1)}
    theirs = after(lambda m: m["consultations"].insert(0, new))
    merged = clean(BASE, ours, theirs)["consultations"]
    assert merged == [new, *ours["consultations"]]


def test_a_vote_is_one_unit() -> None:
    base = step(3, votes=[VOTE])
    ours = after(lambda m: m["consultations"][2]["votes"][0].update(yes=46), base)
    theirs = after(lambda m: m["consultations"][2]["votes"][0].update(no=31, subject="Ziffer 1"), base)
    merged = merge(base, ours, theirs)
    (found,) = merged.conflicts
    assert places.render(found.place) == "consultations[c3].votes[v1]"
    assert (found.ours["yes"], found.ours["no"], found.theirs["yes"], found.theirs["no"]) == (46, 30, 45, 31)
    assert found.proposal is MISSING
    # the subject is no part of the count, and merges
    assert resolve(merged, {found.place: "theirs"})["consultations"][2]["votes"] == [  # type: ignore[index]
        {**VOTE, "no": 31, "subject": "Ziffer 1"}
    ]


def test_the_same_vote_recorded_twice_asks() -> None:
    found = conflict(BASE, step(3, votes=[VOTE]), step(3, votes=[{**VOTE, "yes": 44}]))
    assert places.render(found.place) == "consultations[c3].votes[v1]"
    assert (found.base, found.ours["yes"], found.theirs["yes"]) == ({}, 45, 44)


def test_how_a_step_ended_is_one_unit() -> None:
    found = conflict(
        BASE,
        step(3, outcome="amended", resolution_text="Neu."),
        step(3, outcome="rejected", deferred_to=dt.date(2025, 1, 1)),
    )
    assert found.place == ("consultations", places.Item("c3"))
    assert found.ours == {"outcome": "amended", "resolution_text": "Neu."}
    assert found.theirs == {"outcome": "rejected", "deferred_to": dt.date(2025, 1, 1)}


def test_only_the_words_of_a_resolution_can_be_proposed_together() -> None:
    base = step(3, outcome="amended", resolution_text="Der alte Plan gilt ab heute.")
    ours = step(3, outcome="amended", resolution_text="Der neue Plan gilt ab heute.")
    theirs = step(3, outcome="amended", resolution_text="Der alte Plan gilt ab morgen.")
    assert conflict(base, ours, theirs).proposal == {
        "outcome": "amended",
        "resolution_text": "Der neue Plan gilt ab morgen.",
    }


def test_two_new_steps_with_the_same_id_both_stay() -> None:
    ours = after(lambda m: m["consultations"].append({"id": "c4", "organization": "A", "date": dt.date(2025, 1, 2)}))
    theirs = after(lambda m: m["consultations"].append({"id": "c4", "organization": "B", "date": dt.date(2025, 1, 1)}))
    merged = clean(BASE, ours, theirs)["consultations"]
    assert [(row["id"], row["organization"]) for row in merged[3:]] == [("c4", "B"), ("c5", "A")]


def test_two_new_steps_that_could_be_one_ask() -> None:
    ours = after(lambda m: m["consultations"].append({"id": "c4", "organization": "A", "date": dt.date(2025, 1, 2)}))
    theirs = after(lambda m: m["consultations"].append({"id": "c4", "organization": "A", "date": dt.date(2025, 1, 1)}))
    found = conflict(BASE, ours, theirs)
    assert (places.render(found.place), found.base) == ("consultations[c4]", MISSING)


def test_removed_here_and_changed_there_asks_and_loses_nothing() -> None:
    ours = after(lambda m: m["consultations"].pop(1))
    theirs = step(2, agenda_item="5")
    merged = merge(BASE, ours, theirs)
    (found,) = merged.conflicts
    assert (found.ours, found.theirs["agenda_item"]) == (MISSING, "5")
    assert [row["id"] for row in merged.data["consultations"]] == ["c1", "c2", "c3"]
    assert same(resolve(merged, {found.place: "ours"}), ours)
    assert same(resolve(merged, {found.place: "theirs"}), theirs)
    assert clean(BASE, ours, after(lambda m: m.update(title="X")))["consultations"] == ours["consultations"]


def test_steps_moved_on_one_side_and_changed_on_the_other() -> None:
    ours = after(lambda m: m["consultations"].insert(0, m["consultations"].pop(2)))
    merged = clean(BASE, ours, step(3, votes=[VOTE]))["consultations"]
    assert [row["id"] for row in merged] == ["c3", "c1", "c2"]
    assert merged[0]["votes"] == [VOTE]


def test_two_orders_of_the_same_steps_ask_and_keep_what_changed_inside() -> None:
    ours = after(lambda m: m["consultations"].insert(0, m["consultations"].pop(2)))
    theirs = after(lambda m: (m["consultations"].reverse(), m["consultations"][0].update(agenda_item="5")))
    merged = merge(BASE, ours, theirs)
    (found,) = merged.conflicts
    assert found.place == ("consultations",)
    assert [row["id"] for row in found.theirs] == ["c3", "c2", "c1"]
    resolved = resolve(merged, {found.place: "base"})
    assert resolved is not None
    assert [(row["id"], row.get("agenda_item")) for row in resolved["consultations"]] == [
        ("c1", None), ("c2", None), ("c3", "5")
    ]  # fmt: skip


def test_a_step_without_id_is_followed_by_body_and_date() -> None:
    bare = after(lambda m: [row.pop("id") for row in m["consultations"]])
    ours = after(lambda m: m["consultations"].insert(0, {"organization": "Beirat"}), bare)
    theirs = after(lambda m: m["consultations"][2].update(votes=[VOTE]), bare)
    merged = clean(bare, ours, theirs)["consultations"]
    assert [row["organization"] for row in merged] == ["Beirat", "Ausschuss", "Regionsausschuss", "Regionsversammlung"]
    assert merged[3]["votes"] == [VOTE]


def test_ids_given_on_one_side_are_taken() -> None:
    bare = after(lambda m: [row.pop("id") for row in m["consultations"]])
    theirs = after(lambda m: m["consultations"][2].update(votes=[VOTE]), bare)
    assert clean(bare, BASE, theirs)["consultations"][2] == {**BASE["consultations"][2], "votes": [VOTE]}


def test_elements_that_could_be_one_or_the_other_ask_for_the_list() -> None:
    base = {"consultations": [{"organization": "A"}, {"organization": "A"}]}
    ours = {"consultations": [{"organization": "A", "role": "decision"}, {"organization": "A"}]}
    theirs = {"consultations": [{"organization": "A"}, {"organization": "A", "lead": True}, {"organization": "B"}]}
    found = conflict(base, ours, theirs)
    assert found.place == ("consultations",)
    assert found.ours == ours["consultations"]


# --- prose


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("Eins ist neu. Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier. Zwei ist anders. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist neu. Zwei ist anders. Drei ist hier.\n\nVier ist da. Fünf ist da."),
        ("Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier. Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da. Das ist ganz neu.",
         "Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da. Das ist ganz neu."),
        ("Eins ist hier.\n\nZwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier. Zwei ist gar nicht hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier.\n\nZwei ist gar nicht hier. Drei ist hier.\n\nVier ist da. Fünf ist da."),
        ("Eins ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier. Zwei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier.\n\nVier ist da. Fünf ist da."),
    ],
)  # fmt: skip
def test_sentences_merge(ours: str, theirs: str, expected: str) -> None:
    assert clean(BASE, facts(ours), facts(theirs))["facts"] == expected


def test_the_same_sentence_asks_with_the_words_together_as_a_proposal() -> None:
    ours = facts("Eins ist dort. Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.")
    theirs = facts("Eins war hier. Zwei ist hier. Drei ist weg.\n\nVier ist da. Fünf ist da.")
    found = conflict(BASE, ours, theirs)
    assert found.place == ("facts",)
    assert found.proposal == "Eins war dort. Zwei ist hier. Drei ist weg.\n\nVier ist da. Fünf ist da."
    # what only one side changed is in all versions
    assert found.ours == "Eins ist dort. Zwei ist hier. Drei ist weg.\n\nVier ist da. Fünf ist da."
    assert found.base == "Eins ist hier. Zwei ist hier. Drei ist weg.\n\nVier ist da. Fünf ist da."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # put in at the same place
        ("Eins ist hier. Ganz neu ist das. Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier. Etwas anderes kommt. Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da."),
        # removed and reworded
        ("Eins ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier. Zwei ist wieder hier. Drei ist hier.\n\nVier ist da. Fünf ist da."),
        # moved to different places
        ("Zwei ist hier. Eins ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da. Eins ist hier."),
        # moved and removed
        ("Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da. Eins ist hier.",
         "Zwei ist hier. Drei ist hier.\n\nVier ist da. Fünf ist da."),
        # replaced by something else, and something put in after it
        ("Eins ist hier. Ganz andere Worte stehen nun. Drei ist hier.\n\nVier ist da. Fünf ist da.",
         "Eins ist hier. Zwei ist hier. Das kam dazu, danach. Drei ist hier.\n\nVier ist da. Fünf ist da."),
        # all of it removed
        ("", "Eins ist hier. Zwei ist anders. Drei ist hier.\n\nVier ist da. Fünf ist da."),
    ],
)  # fmt: skip
def test_sentences_that_conflict(ours: str, theirs: str) -> None:
    assert conflict(BASE, facts(ours), facts(theirs)).place == ("facts",)


# --- whole files


def test_a_file_that_one_side_deleted() -> None:
    assert merge(BASE, None, BASE).gone
    assert merge(BASE, BASE, None).gone
    by_hand = after(lambda m: m.update(facts=m["facts"].replace(" Zwei", "\nZwei")))
    assert merge(BASE, None, by_hand).gone
    merged = merge(BASE, None, after(lambda m: m.update(title="X")))
    (found,) = merged.conflicts
    assert (found.place, found.ours, merged.gone) == ((), MISSING, False)
    assert resolve(merged, {(): "ours"}) is None
    assert resolve(merged, {(): "theirs"}) == {**BASE, "title": "X"}


def test_a_file_that_both_made() -> None:
    assert merge(None, BASE, BASE).conflicts == ()
    other = after(lambda m: m.update(id="another1"))
    merged = merge(None, BASE, other)
    assert [found.place for found in merged.conflicts] == [()]
    again = after(lambda m: m.update(title="X"))
    assert [found.place for found in merge(None, BASE, again).conflicts] == [("title",)]


def test_what_ours_wrote_in_its_own_way_stays() -> None:
    ours = after(lambda m: m.update(facts=m["facts"].replace(". ", ".\n"), attachments=[]))
    ours["consultations"][0]["lead"] = False
    merged = merge(BASE, ours, after(lambda m: m.update(title="X")))
    assert merged.data == {**ours, "title": "X"}
    assert [change.sentence("en") for change in merged.taken] == ["Title Integrationsplan -> X"]


def test_every_conflict_needs_a_choice() -> None:
    merged = merge(BASE, after(lambda m: m.update(title="A")), after(lambda m: m.update(title="B")))
    with pytest.raises(ValueError, match="title"):
        resolve(merged, {})
    with pytest.raises(ValueError, match="proposal"):
        resolve(merged, {("title",): "proposal"})
    assert resolve(merged, {("title",): Edited("ours")})["title"] == "ours"  # type: ignore[index]


# --- laws

pairs = st.one_of(
    versions(MOTION, 2, strange=True).map(lambda data: (data, MOTION)),
    versions(COUNCIL, 2, strange=True).map(lambda data: (data, COUNCIL)),
)
triples = st.one_of(
    versions(MOTION, 3).map(lambda data: (data, MOTION)),
    versions(COUNCIL, 3).map(lambda data: (data, COUNCIL)),
    versions(MOTION, 3, strange=True).map(lambda data: (data, MOTION)),
)


@given(pairs)
def test_what_only_one_side_changed_is_taken(case: tuple[tuple[Data, Data], Fields]) -> None:
    (base, changed), fields = case
    for merged in (
        merge(base, base, changed, fields), merge(base, changed, base, fields), merge(base, changed, changed, fields)
    ):  # fmt: skip
        assert merged.conflicts == ()
        assert same(merged.data, changed)


@given(triples)
def test_a_merge_is_the_same_from_both_sides(case: tuple[tuple[Data, Data, Data], Fields]) -> None:
    (base, ours, theirs), fields = case
    merged, turned = merge(base, ours, theirs, fields), merge(base, theirs, ours, fields)
    if not merged.conflicts:
        assert same(normalise(merged.data, fields), normalise(turned.data, fields))
    assert sorted(_turned(merged), key=repr) == sorted(
        [(place, unit, other, one) for place, unit, one, other in _turned(turned)], key=repr
    )


def _turned(merged: Merged) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [(places.render(c.place), c.unit, repr(c.ours), repr(c.theirs)) for c in merged.conflicts]


@given(triples)
def test_every_conflict_can_be_ended_by_each_side(case: tuple[tuple[Data, Data, Data], Fields]) -> None:
    (base, ours, theirs), fields = case
    merged = merge(base, ours, theirs, fields)
    assert len({conflict.place for conflict in merged.conflicts}) == len(merged.conflicts)
    for side in ("ours", "theirs", "base"):
        resolve(merged, dict.fromkeys((conflict.place for conflict in merged.conflicts), side))


def leaves(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {leaf for key, entry in value.items() if key != "id" for leaf in leaves(entry)}
    if isinstance(value, list):
        return {leaf for entry in value for leaf in leaves(entry)}
    return {repr(value)}


@given(triples)
def test_no_value_appears_that_nobody_wrote(case: tuple[tuple[Data, Data, Data], Fields]) -> None:
    (base, ours, theirs), fields = case
    merged = merge(base, ours, theirs, fields)
    written = set().union(*(leaves(version) | leaves(normalise(version, fields)) for version in (base, ours, theirs)))
    # texts are put together from sentences of all three
    assume(all(isinstance(base.get(key), (str, type(None))) for key in ("facts", "proposal", "remarks")))
    new = {leaf for leaf in leaves(normalise(merged.data, fields)) - written if " " not in leaf and "\\n" not in leaf}
    assert not new


@given(st.data())
def test_no_change_of_either_side_is_lost(data: st.DataObject) -> None:
    keys = st.sampled_from(["title", "date", "note", "public", "paper_type"])
    base = data.draw(st.dictionaries(keys, st.integers(0, 2)))
    ours = data.draw(st.dictionaries(keys, st.integers(0, 2)))
    theirs = data.draw(st.dictionaries(keys, st.integers(0, 2)))
    merged = merge(base, ours, theirs)
    asked = {conflict.place for conflict in merged.conflicts}
    for key in {*base, *ours, *theirs}:
        was, one, other = (version.get(key, MISSING) for version in (base, ours, theirs))
        now = merged.data.get(key, MISSING)
        if (key,) in asked:
            assert one != was != other != one
        elif one != was:
            assert now == one
        else:
            assert now == other


sentences = st.lists(
    st.sampled_from(
        ["Alpha bleibt hier.", "Beta geht weg.", "Gamma ist neu.", "Delta ist da.", "Epsilon fehlt.", "Zeta."]
    ),
    max_size=6,
    unique=True,
)
texts = sentences.flatmap(
    lambda parts: st.lists(st.sampled_from([" ", "\n\n", "\n- "]), min_size=len(parts), max_size=len(parts)).map(
        lambda glue: "".join(g + p for g, p in zip(glue, parts, strict=True))
    )
)


@given(texts, texts, texts)
def test_a_clean_merge_of_prose_has_what_came_and_lacks_what_went(base: str, ours: str, theirs: str) -> None:
    from antragsbuch_schema.merge_prose import merge_prose
    from antragsbuch_schema.prose import normalise as plain
    from antragsbuch_schema.prose import sentences as of

    merged = merge_prose(base, ours, theirs)
    assert plain(merged.ours) == merged.ours
    if not merged.clean:
        return
    assert merged.base == merged.ours == merged.theirs
    was, one, other, now = ({s.text for s in of(text)} for text in (base, ours, theirs, merged.ours))
    assert now >= (one - was) | (other - was)
    assert not now & ((was - one) | (was - other))
    assert now >= was & one & other


def test_two_new_steps_that_differ_in_their_id_alone_have_one_order() -> None:
    row = {"organization": "A", "date": dt.date(2025, 1, 2)}
    ours = after(lambda m: m["consultations"].append({"id": "c7", **row}))
    theirs = after(lambda m: m["consultations"].append({"id": "c8", **row}))
    assert [row["id"] for row in clean(BASE, ours, theirs)["consultations"]] == ["c1", "c2", "c3", "c7", "c8"]
