"""What real OParl servers do wrong, one by one: each is repaired and named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema.exchange import oparl_json, oparl_text
from antragsbuch_schema.exchange.oparl import Conversion, convert
from antragsbuch_schema.exchange.oparl_json import OparlError
from antragsbuch_schema.exchange.oparl_remarks import KINDS, Remark, by_kind
from antragsbuch_schema.exchange.oparl_types import TYPES
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.writer import write
from support.oparl import at, server, typed

Objects = dict[str, dict[str, Any]]


def converted(found: Objects) -> Conversion:
    return convert(found.values(), {})


def first(found: Objects) -> dict[str, Any]:
    return converted(found).papers[0].data


GOOD = first(server())


def as_gr(found: Objects) -> None:
    found["rat"] |= {"type": "gr", "Type": "https://schema.oparl.org/1.1/Organization"}


def without_type(found: Objects) -> None:
    del found["paper"]["type"]


def small_letters(found: Objects) -> None:
    found["meeting"]["agendaitem"] = found["meeting"].pop("agendaItem")


def no_list(found: Objects) -> None:
    found["paper"]["auxiliaryFile"] = found["paper"]["auxiliaryFile"][0]


def a_list(found: Objects) -> None:
    found["paper"]["mainFile"] = [found["paper"]["mainFile"]]


def list_of_text(found: Objects) -> None:
    found["paper"]["reference"] = ["2024/0007"]


def without_links(found: Objects) -> None:
    step = found["paper"]["consultation"][0]
    del step["meeting"], step["agendaItem"]


def result_as_object(found: Objects) -> None:
    found["meeting"]["agendaItem"][0]["result"] = {"id": 4, "name": "einstimmig beschlossen"}


def html(found: Objects) -> None:
    found["paper"]["name"] = "<b>Bänke</b> im&nbsp;Park<script>alert(1)</script>"


def odd_date(found: Objects) -> None:
    found["paper"]["date"] = "01.03.2024"


def odd_moment(found: Objects) -> None:
    found["meeting"]["start"] = "2024-03-12 17:00"


def word_for_true(found: Objects) -> None:
    found["paper"]["consultation"][0]["authoritative"] = "true"


def nothings(found: Objects) -> None:
    found["paper"] |= {"web": "", "relatedPaper": [], "location": None, "keyword": []}


def other_addresses(found: Objects) -> None:
    found["rat"]["id"] = found["rat"]["id"].replace("https", "http") + "/"


def objects_as_links(found: Objects) -> None:
    found["paper"]["originatorPerson"] = [{"id": at("erika")}]


def number_as_text(found: Objects) -> None:
    found["paper"]["consultation"][0]["role"] = "Entscheidung"
    found["meeting"]["agendaItem"][0]["number"] = 7.1


def controls(found: Objects) -> None:
    found["paper"]["paperType"] = "Antrag\x07"


@pytest.mark.parametrize(
    ("damage", "kinds"),
    [
        (as_gr, ["type"]),
        (without_type, ["type"]),
        (small_letters, ["name"]),
        (no_list, ["list"]),
        (a_list, ["single"]),
        (list_of_text, ["single"]),
        (without_links, ["back"]),
        (result_as_object, ["text"]),
        (html, ["html"]),
        (odd_date, ["date"]),
        (odd_moment, ["date"]),
        (word_for_true, ["flag"]),
        (nothings, []),
        (other_addresses, []),
        (objects_as_links, []),
        (number_as_text, ["text"]),
        (controls, ["characters"]),
    ],
)
def test_a_damaged_server_gives_the_same_motion(damage: Callable[[Objects], None], kinds: list[str]) -> None:
    found = server()
    damage(found)
    conversion = converted(found)
    assert conversion.papers[0].data == GOOD
    assert sorted({kind for kind, _count in by_kind(conversion.remarks)}) == kinds


def test_a_remark_names_the_object_and_the_property() -> None:
    found = server()
    odd_date(found)
    (remark,) = converted(found).remarks
    assert (remark.id, remark.property, remark.what) == (at("paper/1"), "Paper.date", "01.03.2024")
    assert remark.words()("de") == f"{at('paper/1')} Paper.date: ein Datum in ungewöhnlicher Form: 01.03.2024"
    assert all(Remark(kind, "x").words()("de") != Remark(kind, "x").words()("en") for kind in KINDS)


def test_counts_in_a_property_of_the_vendor_are_read() -> None:
    found = server()
    item = found["meeting"]["agendaItem"][0]
    item["result"] = {"name": "mehrheitlich beschlossen"}
    item["result_details"] = "Ja: 48, Nein: 2, Enthaltungen: 0"
    (vote,) = first(found)["consultations"][0]["votes"]
    assert vote == {"id": "v1", "result": "accepted", "manner": "majority", "yes": 48, "no": 2, "abstentions": 0}


def test_what_can_not_be_read_is_left_out_and_named() -> None:
    found = server()
    found["paper"]["date"] = "im Frühjahr"
    found["meeting"]["start"] = "2024-02-31T17:00:00+01:00"
    found["paper"]["originatorPerson"] = [17]
    conversion = converted(found)
    motion = conversion.papers[0].data
    assert "date" not in motion
    assert "date" not in motion["consultations"][0]
    assert [remark.kind for remark in conversion.remarks] == ["value"] * 3


def test_one_id_for_two_steps_of_a_paper_is_told_apart() -> None:
    found = server()
    step = found["paper"]["consultation"][0]
    found["paper"]["consultation"].append({**step, "agendaItem": at("item/2"), "organization": [at("bau")]})
    found["meeting"]["agendaItem"].append(typed("AgendaItem", "item/2", order=4, number="9", result="vertagt"))
    conversion = converted(found)
    one, other = conversion.papers[0].data["consultations"]
    assert one == GOOD["consultations"][0]
    assert (other["organization"], other["agenda_item"], other["outcome"]) == ("Bauausschuss", "9", "deferred")
    assert one["id"] != other["id"]
    assert [remark.kind for remark in conversion.remarks] == ["shared"]


def test_objects_without_an_id_have_the_same_one_in_the_next_import() -> None:
    found = server()
    del found["paper"]["consultation"][0]["id"]
    del found["meeting"]["agendaItem"][0]["consultation"]
    conversion = converted(found)
    assert [remark.kind for remark in conversion.remarks] == ["identity"]
    (step,) = conversion.papers[0].data["consultations"]
    other = typed("Consultation", "step/0", organization=[at("bau")])
    found["paper"]["consultation"].insert(0, other)
    assert converted(found).papers[0].data["consultations"][1] == step


def test_the_newer_of_two_states_counts() -> None:
    found = server()
    found["again"] = {**found["paper"], "name": "Neue Bänke", "modified": "2024-05-01T00:00:00+02:00"}
    for order in (found, dict(reversed(found.items()))):
        conversion = converted(order)
        assert conversion.papers[0].data["title"] == "Neue Bänke"
        assert "twice" in [remark.kind for remark in conversion.remarks]


def test_a_paper_without_a_title_gets_one() -> None:
    found = server()
    del found["paper"]["name"]
    conversion = converted(found)
    assert conversion.papers[0].data["title"] == "Antrag 2024/0007"
    assert [remark.kind for remark in conversion.remarks] == ["title"]


def test_a_cancelled_meeting_is_noted() -> None:
    found = server()
    found["meeting"]["cancelled"] = True
    assert first(found)["consultations"][0]["remarks"] == "Die Sitzung wurde abgesagt."


def test_html_becomes_paragraphs_and_items() -> None:
    text = "<p>Der Rat\nbeschließt:</p><ul><li>Bänke</li><li>Tische &amp; Stühle</li></ul><!-- x -->Ende<br/>."
    assert oparl_text.paragraphs(oparl_text.plain(text)) == (
        "Der Rat beschließt:\n\n- Bänke\n- Tische & Stühle\n\nEnde ."
    )
    assert not oparl_text.has_html("3 < 4 und <a@b.de> & Co")


@pytest.mark.parametrize(
    ("text", "date", "exact"),
    [
        ("2024-03-12T17:00:00+01:00", dt.date(2024, 3, 12), True),
        ("2024-03-12T17:00:00", dt.date(2024, 3, 12), False),
        ("2024-03-12", dt.date(2024, 3, 12), False),
        ("20240312", dt.date(2024, 3, 12), False),
        ("2024/3/12 8:15", dt.date(2024, 3, 12), False),
        ("12.03.2024, 17:00 Uhr", dt.date(2024, 3, 12), False),
        ("12.03.24", dt.date(2024, 3, 12), False),
        ("2024-13-12", None, False),
        ("bald", None, False),
    ],
)
def test_dates_in_odd_forms(text: str, date: dt.date | None, exact: bool) -> None:
    found, _time, as_due = oparl_text.moment(text, None)
    assert (found, as_due) == (date, exact)


# --- files


def read_json(data: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    remarks: list[Remark] = []
    return oparl_json.objects(data, "f.json", remarks), [remark.kind for remark in remarks]


def test_files_hold_objects_pages_lists_or_lines() -> None:
    one, two = {"id": "1"}, {"id": "2"}
    page = {"data": [one, two], "pagination": {}, "links": {"next": "https://x/2"}}
    assert read_json(json.dumps(one).encode()) == ([one], [])
    assert read_json(json.dumps([one, two]).encode()) == ([one, two], [])
    assert read_json(json.dumps(page).encode()) == ([one, two], [])
    assert read_json(b'{"id": "1"}\n\n{"id": "2"}\n') == ([one, two], [])
    assert read_json(b"[]") == ([], [])
    assert read_json(b"") == ([], [])


@pytest.mark.parametrize(
    ("answer", "page"),
    [
        (
            {"data": [{"id": "1"}], "pagination": {"totalElements": 7}, "links": {"next": "https://x/2"}},
            oparl_json.Page([{"id": "1"}], True, [], "https://x/2", 7),
        ),
        ({"data": [], "links": {"next": None}}, oparl_json.Page([], True, [])),
        (["https://x/body/1", {"id": "2"}], oparl_json.Page([{"id": "2"}], True, ["https://x/body/1"])),
        (
            {"id": "1", "paper": "https://x/papers"},
            oparl_json.Page([{"id": "1", "paper": "https://x/papers"}], False, []),
        ),
        ([], oparl_json.Page([], True, [])),
        ({"data": [], "links": ["next"], "pagination": 3}, oparl_json.Page([], True, [])),
        ("text", oparl_json.Page([], False, [])),
    ],
)
def test_an_answer_of_a_server_is_an_object_or_a_page_of_a_list(answer: Any, page: oparl_json.Page) -> None:
    assert oparl_json.page(json.dumps(answer).encode(), "https://x/", []) == page


@pytest.mark.parametrize(
    ("data", "value", "kind"),
    [
        ('{"name": "Bänke"}'.encode("cp1252"), "Bänke", "encoding"),
        (b'{"name": "a\tb"}', "a\tb", "characters"),
        (b'{"name": NaN}', None, "number"),
        (b'\xef\xbb\xbf{"name": "a"}', "a", None),
    ],
)
def test_files_with_defects_are_read(data: bytes, value: object, kind: str | None) -> None:
    (found,), kinds = read_json(data)
    assert found["name"] == value
    assert kinds == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{"id": ', "JSON"),
        (b"[" * 100_000, "tiefer"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "tiefer"),
        (b"[" + b"{}," * (1 << 20) + b"{}]", "Objekte"),
        (b" " * (oparl_json.MAX_BYTES + 1), "MiB"),
        (b'{"id": 1}\n{"id": \n', "Zeile"),
    ],
    ids=["cut", "brackets", "deep", "many", "large", "line"],
)
def test_bombs_are_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(OparlError) as refused:
        read_json(data)
    assert says in refused.value.message("de")


def test_numbers_of_any_size_do_no_harm() -> None:
    found = server()
    text = json.dumps(list(found.values())).replace("1234", "9" * 5000)
    objects, _kinds = read_json(text.encode())
    assert convert(objects, {}).papers[0].data == GOOD


# --- anything

_KEYS = sorted({key for properties in TYPES.values() for key in properties} | {"Type", "agendaitem", "x:y", ""})
_WORDS = [
    at("paper/1"),
    at("rat"),
    at("item/1"),
    at("step/1"),
    "gr",
    "Paper",
    "2024-03-12T17:00:00",
    "<p>&amp;",
    "\ud800",
]
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(_WORDS) | st.text(max_size=8),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), below, max_size=5),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=8), max_size=5), st.data())
def test_no_json_crashes_the_conversion(objects: list[dict[str, Any]], data: st.DataObject) -> None:
    found = server()
    target = data.draw(st.sampled_from([*found.values(), found["meeting"]["agendaItem"][0]]))
    target[data.draw(st.sampled_from(_KEYS))] = data.draw(_VALUES)
    conversion = convert(
        [*objects, *found.values()], {"public": data.draw(_VALUES), "organizations": data.draw(_VALUES)}
    )
    for paper in conversion.papers:
        assert read(write(paper.data, MOTION).encode()).data["title"]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet='{}[]":,1an\\ \n', max_size=60).map(str.encode))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    try:
        read_json(data)
    except OparlError as refused:
        assert "\n" not in refused.message("de")
