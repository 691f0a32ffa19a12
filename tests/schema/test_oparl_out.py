"""Motions as a tree of OParl objects, and back."""

from __future__ import annotations

import copy
import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.oparl import convert
from antragsbuch_schema.exchange.oparl_out import Motion, Settings, tree
from antragsbuch_schema.exchange.oparl_out_names import BadAddress, Stamp, site
from antragsbuch_schema.exchange.oparl_out_public import Publicity
from antragsbuch_schema.exchange.public import Left, Withheld
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.types import type_findings
from support import karlsruhe, oparl_tree
from support.field_data import tables
from support.generated import Register
from support.motion_data import MOTION_3185, VOTE, after
from support.oparl_tree import objects, pages, read_back

BASE = "https://oparl.example.org/r/"
STAMP = Stamp("2024-01-01T10:00:00+00:00", "2024-02-01T10:00:00+00:00")
COUNCIL: Data = {
    "format": 1,
    "name": "Region Beispiel",
    "public": True,
    "terms": [{"id": "t5", "name": "V", "start": dt.date(2021, 11, 1), "end": dt.date(2026, 10, 31)}],
    "organizations": [
        {"id": "o1", "name": "Regionsversammlung", "classification": "assembly"},
        {"id": "o2", "name": "Regionsausschuss", "classification": "main_committee", "public": False},
        {"id": "o3", "name": "Bauausschuss", "spellings": ["Ausschuss für Bauen"]},
    ],
    "factions": [{"id": "f1", "name": "SPD"}, {"id": "f2", "name": "Bündnis 90 / DIE GRÜNEN"}],
    "paper_types": [{"id": "p1", "name": "Haushaltsantrag", "code": "HHA"}],
}
SECRET = "Geheimsache"


@dataclass(frozen=True)
class Tree:
    """A tree whose files are text."""

    files: dict[str, str]
    copies: Mapping[str, str]
    publicity: Publicity
    objects: Mapping[str, int]


def made(
    *motions: Data,
    council: Data = COUNCIL,
    gone: Iterable[Motion] = (),
    former: Iterable[Motion] = (),
    page_size: int = 100,
    **more: str,
) -> Tree:
    wish = Settings(site(BASE), ZoneInfo("Europe/Berlin"), page_size, **more)
    found = [Motion(normalise(motion, MOTION), STAMP) for motion in motions]
    result = tree(found, gone, council, STAMP, wish, lambda path: b"%PDF" if path == "files/plan.pdf" else None, former)
    files = {path: data.decode() for path, data in result.files.items()}
    return Tree(files, result.copies, result.publicity, result.objects)


def only(found: Tree, kind: str) -> dict[str, Any]:
    (value,) = every(found, kind)
    return value


def every(found: Tree, kind: str) -> list[dict[str, Any]]:
    return [one for one in objects(found.files).values() if one["type"].endswith(f"/{kind}") and "deleted" not in one]


def same_motions(found: Tree, motions: Iterable[Data], council: Data = COUNCIL) -> None:
    back = read_back(found.files, council)
    assert {paper.data["id"]: paper.data for paper in back.papers} == {motion["id"]: motion for motion in motions}
    assert back.remarks == ()


def with_step(**step: Any) -> Data:
    return after(lambda motion: motion["consultations"][2].update(step))


# --- what OParl says


def test_a_motion_is_a_paper() -> None:
    paper = only(made(MOTION_3185), "Paper")
    assert paper["id"] == f"{BASE}paper/p4w8zk1c.json"
    assert (paper["name"], paper["reference"], paper["date"]) == (
        "Integrationsplan aktualisieren und umsetzen", "3185 (V) HHA", "2024-11-14",
    )  # fmt: skip
    # the faction is found under another spelling
    assert paper["originatorOrganization"] == [f"{BASE}faction/f1.json", f"{BASE}faction/f2.json"]
    assert paper["antragsbuch:originators"] == ["SPD", "Bündnis 90/DIE GRÜNEN"]
    assert (paper["created"], paper["modified"]) == (STAMP.created, STAMP.modified)
    assert paper["antragsbuch:facts"].startswith("Der Plan ist alt.")
    assert [step["role"] for step in paper["consultation"] if "role" in step] == ["Vorbereitung", "Entscheidung"]
    assert [step.get("authoritative") for step in paper["consultation"]] == [None, None, True]


def test_a_motion_without_a_file_gets_its_printed_form() -> None:
    found = made(MOTION_3185)
    file = only(found, "Paper")["mainFile"]
    assert file["accessUrl"] == f"{BASE}download/p4w8zk1c.txt"
    assert "Integrationsplan" in found.files["download/p4w8zk1c.txt"]
    assert file["size"] == len(found.files["download/p4w8zk1c.txt"].encode())


def test_a_vote_is_said_in_words_and_in_numbers() -> None:
    step = with_step(agenda_item="7.12", outcome="amended", resolution_text="Es wird geprüft.", votes=[VOTE])
    item = only(made(step), "AgendaItem")
    assert item["result"] == "abweichend (45 Ja, 30 Nein, 3 Enthaltungen)"
    assert item["resolutionText"] == "Es wird geprüft."
    assert item["antragsbuch:votes"] == [VOTE]
    assert item["number"] == "7.12"
    words = with_step(outcome="as_proposed", result_text="einstimmig beschlossen", votes=[VOTE])
    assert only(made(words), "AgendaItem")["result"] == "einstimmig beschlossen"


def test_motions_of_one_session_share_it_in_the_order_of_the_agenda() -> None:
    second = {**with_step(agenda_item="9"), "id": "zweiter", "reference": "3186 (V) HHA"}
    meeting = next(
        one for one in every(made(with_step(agenda_item="10.2"), second), "Meeting") if "2024-12-17" in one["id"]
    )
    assert meeting["name"] == "Regionsversammlung"
    assert meeting["start"] == "2024-12-17T00:00:00+01:00"
    assert meeting["organization"] == [f"{BASE}organization/o1.json"]
    assert [(item["number"], item["order"]) for item in meeting["agendaItem"]] == [("9", 0), ("10.2", 1)]


def test_an_amendment_and_what_it_amends_are_linked_both_ways() -> None:
    amendment = {
        "id": "aenderung", "reference": "3185.1 (V) ÄA", "title": "Ergänzung", "amends": "3185 (V) HHA",
        "related_papers": ["9999 (V) HHA"],
    }  # fmt: skip
    found = {one["id"]: one for one in every(made(MOTION_3185, amendment), "Paper")}
    first, second = f"{BASE}paper/p4w8zk1c.json", f"{BASE}paper/aenderung.json"
    assert found[second]["superordinatedPaper"] == [first]
    assert found[first]["subordinatedPaper"] == [second]
    # what is not published is not linked, and still said
    assert "relatedPaper" not in found[second]
    assert found[second]["antragsbuch:related_papers"] == ["9999 (V) HHA"]


def test_files_of_the_repository_are_copied() -> None:
    motion = after(
        lambda data: data.update(
            attachments=[
                {"id": "f1", "title": "Plan", "path": "files/plan.pdf"},
                {"id": "f2", "title": "Karte", "url": "https://example.org/karte.pdf", "media_type": "application/pdf"},
            ]
        )
    )
    found = made(motion)
    plan, card = only(found, "Paper")["auxiliaryFile"]
    assert found.copies == {"download/p4w8zk1c-f1.pdf": "files/plan.pdf"}
    assert (plan["accessUrl"], plan["mimeType"], plan["size"]) == (
        f"{BASE}download/p4w8zk1c-f1.pdf", "application/pdf", 4,
    )  # fmt: skip
    assert card["accessUrl"] == "https://example.org/karte.pdf"
    same_motions(found, [motion])


def test_a_member_who_voted_by_name_is_a_person() -> None:
    vote = {**VOTE, "by_faction": [{"id": "f1", "name": "Erika Beispiel", "kind": "member", "yes": 1}]}
    motion = after(lambda data: data.update(originators=["Erika Beispiel", "SPD"]))
    motion["consultations"][2]["votes"] = [vote]
    found = made(motion)
    person = only(found, "Person")
    assert person["name"] == "Erika Beispiel"
    assert only(found, "Paper")["originatorPerson"] == [person["id"]]
    same_motions(found, [motion])


def test_the_page_of_a_motion() -> None:
    assert only(made(MOTION_3185, web="https://x.de/{id}?r={reference}"), "Paper")["web"] == (
        "https://x.de/p4w8zk1c?r=3185%20%28V%29%20HHA"
    )
    source = {"name": "Stadt", "url": "https://rat.example.org/7", "id": "https://oparl.stadt.de/7"}
    paper = only(made({**MOTION_3185, "source": source}), "Paper")
    assert (paper["web"], paper["antragsbuch:source"]) == ("https://rat.example.org/7", source)


def test_keywords_and_licence() -> None:
    motion = after(lambda data: data.update(budget={"references": [{"id": "b1", "name": "Soziales"}]}))
    found = made(motion, license="https://example.org/lizenz")
    assert only(found, "Paper")["keyword"] == ["Soziales"]
    assert only(found, "Body")["license"] == only(found, "System")["license"] == "https://example.org/lizenz"


def test_who_knows_nothing_of_our_prefix_reads_the_same_story() -> None:
    """The plain properties alone, read as those of any server."""
    motion = with_step(agenda_item="7.12", outcome="as_proposed", votes=[VOTE], meeting="12. Sitzung")
    plain = [_without_ours(one) for one in objects(made(motion).files).values()]
    (paper,) = convert(plain, {}).papers
    assert {name: paper.data[name] for name in ("reference", "title", "date", "originators")} == {
        "reference": "3185 (V) HHA", "title": motion["title"], "date": dt.date(2024, 11, 14),
        "originators": ["SPD", "Bündnis 90 / DIE GRÜNEN"],
    }  # fmt: skip
    step = paper.data["consultations"][2]
    names = ("organization", "date", "meeting", "agenda_item", "role", "outcome", "authoritative")
    assert {name: step[name] for name in names} == {
        "organization": "Regionsversammlung", "date": dt.date(2024, 12, 17), "meeting": "12. Sitzung",
        "agenda_item": "7.12", "role": "decision", "outcome": "as_proposed", "authoritative": True,
    }  # fmt: skip
    (vote,) = step["votes"]
    assert (vote["yes"], vote["no"], vote["abstentions"]) == (45, 30, 3)


def _without_ours(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_ours(one) for name, one in value.items() if not name.startswith("antragsbuch:")}
    return [_without_ours(one) for one in value] if isinstance(value, list) else value


# --- the standard


def sample() -> Tree:
    """A tree with something of everything."""
    register = Register(12)
    motions = [tomllib.loads(register.motion(number)[1]) for number in range(register.count)]
    grave = Motion(with_step(votes=[VOTE]), Stamp(STAMP.created, "2024-03-01T10:00:00+00:00"))
    vote = {**VOTE, "by_faction": [{"id": "f1", "name": "Erika Beispiel", "kind": "member", "yes": 1}]}
    more = {
        **with_step(agenda_item="7", outcome="amended", votes=[vote], time=dt.time(18, 30), meeting="12. Sitzung"),
        "id": "mehr", "main_file": {"title": "Antrag", "url": "https://example.org/a.pdf"},
        "under_direction_of": ["Grünflächenamt"], "originators": ["Erika Beispiel", "Bürgerinitiative"],
        "attachments": [{"id": "main", "title": "Plan", "path": "files/plan.pdf"}, {"title": "ohne Adresse"}],
    }  # fmt: skip
    council = {**tomllib.loads(register.council), "time_zone": "Europe/Berlin"}
    return made(*motions, more, council=council, gone=[grave], page_size=5)


def test_the_tree_keeps_to_the_standard() -> None:
    found = sample()
    oparl_tree.check(found.files, BASE)
    assert {"Paper", "Meeting", "AgendaItem", "File", "Person", "LegislativeTerm", "deleted"} <= found.objects.keys()


@pytest.mark.skipif(not oparl_tree.SCHEMAS.is_dir(), reason="the schemas of OParl are not beside the project")
@pytest.mark.parametrize("papers", ["sample", "karlsruhe"])
def test_every_object_is_valid_by_the_schemas_of_the_standard(papers: str) -> None:
    found = sample() if papers == "sample" else of_karlsruhe()[0]
    validators = {
        name: Draft202012Validator(schema, format_checker=FormatChecker())
        for name, schema in oparl_tree.schemas().items()
    }
    listed = [one for page in pages(found.files).values() for one in page["data"]]
    embedded = [one for each in [*objects(found.files).values()] for one in inside(each)]
    for value in [*objects(found.files).values(), *listed, *embedded]:
        errors = [
            error
            for error in validators[value["type"].rsplit("/", 1)[1]].iter_errors(value)
            # of what is deleted the text of the standard wants less than its schemas know
            if not (value.get("deleted") and error.validator == "required")
        ]
        assert not errors, (value, errors[0].message)


def inside(value: dict[str, Any]) -> list[dict[str, Any]]:
    entries = [entry for listed in value.values() for entry in (listed if isinstance(listed, list) else [listed])]
    return [entry for entry in entries if isinstance(entry, dict) and "type" in entry and "id" in entry]


def test_the_check_of_the_tree_finds_what_is_wrong() -> None:
    """The other tests are worth what this check is."""
    good = sample().files
    for path, name, value in (
        ("paper/mehr.json", "name", ["x"]),
        ("paper/mehr.json", "date", "14.11.2024"),
        ("paper/mehr.json", "body", f"{BASE}nirgends.json"),
        ("paper/mehr.json", "title", "unbekannt"),
        ("body.json", "name", ""),
        ("system.json", "id", f"{BASE}anders.json"),
        (next(path for path in good if path.startswith("meeting/")), "created", "heute"),
    ):
        with pytest.raises((AssertionError, ValueError)):
            oparl_tree.check({**good, path: json.dumps({**json.loads(good[path]), name: value})}, BASE)
    with pytest.raises(KeyError):
        oparl_tree.check({path: text for path, text in good.items() if path != "list/paper/2.json"}, BASE)


def test_what_is_gone_leaves_a_tombstone_and_nothing_else() -> None:
    gone = Motion(
        {"id": "weg", "title": SECRET, "attachments": [{"id": "f1", "url": "https://example.org/a.pdf"}]},
        Stamp(STAMP.created, "2024-03-01T10:00:00+00:00"),
    )
    found = made(MOTION_3185, gone=[gone])
    oparl_tree.check(found.files, BASE)
    assert json.loads(found.files["paper/weg.json"]) == {
        "id": f"{BASE}paper/weg.json",
        "type": "https://schema.oparl.org/1.1/Paper",
        "created": STAMP.created,
        "modified": "2024-03-01T10:00:00+00:00",
        "deleted": True,
    }
    assert json.loads(found.files["file/weg-f1.json"])["deleted"] is True
    assert f"{BASE}paper/weg.json" in found.files["list/paper/1.json"]
    assert not [path for path, text in found.files.items() if SECRET in text]
    assert read_back(found.files).deleted == (f"{BASE}paper/weg.json",)


def test_what_only_former_versions_name_is_deleted_too() -> None:
    """The standard wants it of files, sessions, bodies and persons."""
    vote = {**VOTE, "by_faction": [{"id": "f1", "name": "Erika Beispiel", "kind": "member", "yes": 1}]}
    step = {"id": "c9", "organization": "Werkausschuss", "date": dt.date(2024, 12, 1), "votes": [vote]}
    old = after(lambda data: data["consultations"].append(step))
    old["attachments"] = [{"id": "f7", "url": "https://example.org/alt.pdf"}]
    later, latest = (f"2024-0{month}-01T10:00:00+00:00" for month in (3, 4))
    versions = [Motion(old, Stamp(STAMP.created, later)), Motion(old, Stamp(STAMP.created, latest))]
    found = made(MOTION_3185, former=versions)
    oparl_tree.check(found.files, BASE)
    graves = [one for one in objects(found.files).values() if "deleted" in one]
    assert sorted(one["type"].rsplit("/", 1)[1] for one in graves) == ["File", "Meeting", "Organization", "Person"]
    assert {one["modified"] for one in graves} == {latest}
    assert f"{BASE}file/p4w8zk1c-f7.json" in {one["id"] for one in graves}
    # what is still there is not deleted
    assert made(MOTION_3185, former=[Motion(MOTION_3185, STAMP)]).files == made(MOTION_3185).files


def test_the_same_motions_give_the_same_bytes_in_whatever_order() -> None:
    motions = [{**MOTION_3185, "id": f"m{number}", "reference": f"{number} (V) HHA"} for number in range(5)]
    assert made(*motions).files == made(*reversed(motions)).files


def test_ids_that_no_file_can_have_get_other_names() -> None:
    found = made(*({"id": name, "title": name} for name in ("con", "CON", "a" * 80, "a")))
    papers = {path for path in found.files if path.startswith("paper/")}
    assert len({path.lower() for path in papers}) == 4
    assert "paper/a.json" in papers
    assert not papers & {"paper/con.json", "paper/CON.json"}
    same_motions(found, [{"id": name, "title": name} for name in ("con", "CON", "a" * 80, "a")])


@pytest.mark.parametrize(
    "url",
    ["oparl.example.org", "ftp://x.de/", "https://", "https://x.de/?a=b", "https://x.de/#a", "https://a:b@x.de/", "/x",
     "https://x .de", "https://[x"],
)  # fmt: skip
def test_an_address_under_which_nothing_can_be_published(url: str) -> None:
    with pytest.raises(BadAddress):
        site(url)


# --- what is not public


def test_nothing_of_what_is_not_public_gets_out() -> None:
    closed = {
        "public": False, "outcome": "as_proposed", "result_text": SECRET, "resolution_text": SECRET, "remarks": SECRET,
        "agenda_item": SECRET, "votes": [{"id": "v1", "text": SECRET}], "meeting": SECRET,
    }  # fmt: skip
    motion = with_step(**closed)
    # the Regionsausschuss does not meet in public
    motion["consultations"][1].update(result_text=SECRET)
    motion |= {
        "attachments": [{"id": "f1", "title": SECRET, "url": f"https://x.de/{SECRET}", "public": False}],
        "main_file": {"title": SECRET, "path": "files/plan.pdf", "public": False},
    }
    hidden = {"id": "geheim", "reference": "1 (V) HHA", "title": SECRET, "public": False}
    found = made(motion, hidden)
    assert not [path for path, text in found.files.items() if SECRET in path + text or "geheim" in path + text]
    assert not found.copies
    assert found.publicity.withheld == {Withheld.CONFIDENTIAL: 1}
    assert found.publicity.left == {Left.FILE: 2, Left.CLOSED_STEP: 1, Left.CLOSED_BODY: 1}
    step = only(found, "Paper")["consultation"][2]
    assert (step["antragsbuch:public"], step["role"], step["antragsbuch:date"]) == (False, "Entscheidung", "2024-12-17")
    assert "agendaItem" not in step


def test_a_closed_step_says_who_when_and_what_for_and_no_more() -> None:
    motion = after(
        lambda data: data["consultations"][1].update(outcome="noted", time=dt.time(15), remarks="vertraulich")
    )
    steps = {step["id"]: step for step in read_back(made(motion).files).papers[0].data["consultations"]}
    assert steps["c2"] == {"id": "c2", "organization": "Regionsausschuss", "date": dt.date(2024, 12, 10)}
    # and where the body publishes it, all of it
    motion["consultations"][1]["public"] = True
    same_motions(made(motion), [motion])


def test_of_a_confidential_register_only_what_is_public() -> None:
    council = {**COUNCIL, "public": False}
    open_ = {**MOTION_3185, "remarks": SECRET, "related_papers": ["77 (V) HHA"]}
    hidden = {"id": "geheim", "reference": "77 (V) HHA", "title": "Verkauf des Grundstücks", "public": False}
    naming = {**MOTION_3185, "id": "nennt", "reference": "3186 (V) HHA", "facts": "Wie in 77 (V) HHA."}
    found = made(open_, hidden, naming, council=council)
    assert [paper["reference"] for paper in every(found, "Paper")] == ["3185 (V) HHA"]
    assert not [path for path, text in found.files.items() if SECRET in text or "77 (V)" in text or "Verkauf" in text]
    assert found.publicity.naming == 1
    assert found.publicity.withheld == {Withheld.CONFIDENTIAL: 1}


# --- out and in


def of_karlsruhe() -> tuple[Tree, list[Data]]:
    motions = [normalise(paper.data, MOTION) for paper in karlsruhe.conversion().papers]
    return made(*motions, council=normalise(karlsruhe.council(), MOTION)), motions


@pytest.mark.skipif(not karlsruhe.DATA.is_dir(), reason="the real papers are not beside the project")
def test_real_papers_come_back_as_they_were() -> None:
    found, motions = of_karlsruhe()
    assert len(motions) > 200
    same_motions(found, motions, karlsruhe.council())
    assert read_back(found.files).without_paper == 0
    oparl_tree.check(found.files, BASE)


def test_a_register_comes_back_as_it_was() -> None:
    register = Register(30)
    motions = [normalise(tomllib.loads(register.motion(number)[1]), MOTION) for number in range(register.count)]
    same_motions(made(*motions, council=tomllib.loads(register.council)), motions)


def test_words_that_look_like_something_else_come_back_too() -> None:
    text = "Zeichen <b>&amp;</b>  zwei Blanke, \u00a0 und\u0001 ein Tab\t."
    motion = {
        "id": "m1", "title": text, "reference": "2024-01-01", "paper_type": " ", "originators": [text, text, ""],
        "consultations": [{"organization": text, "joint_with": [text]}, {"id": "c1", "joint_with": ["Bauausschuss"]},
                          {"id": "c2", "joint_with": [""]}],
        "proposal": text,
    }  # fmt: skip
    same_motions(made(motion), [normalise(motion, MOTION)])


@settings(max_examples=60, deadline=None)
@given(st.lists(tables(MOTION), min_size=1, max_size=3, unique_by=lambda motion: motion["id"]))
def test_any_motion_comes_back_as_it_was(motions: list[Data]) -> None:
    """Whatever a motion holds: but for what is not public, it is the same again, and the tree keeps to the standard."""
    right = [motion for motion in motions if not any(one.code != "SC004" for one in type_findings(motion, MOTION))]
    found = made(*right)
    oparl_tree.check(found.files, BASE)
    public = [part for motion in right if (part := Publicity(COUNCIL).part(normalise(motion, MOTION))) is not None]
    same_motions(found, public)


def test_no_result_of_a_closed_step_comes_into_a_public_register() -> None:
    """Whoever says it, and however."""
    found = list(objects(made(with_step(votes=[VOTE], agenda_item="7", remarks=SECRET)).files).values())
    for one in found:
        for step in (one, *inside(one)):
            if step["id"].endswith("/consultation/p4w8zk1c-c3.json"):
                step["antragsbuch:public"] = False
    conversion = convert(found, COUNCIL)
    step = conversion.papers[0].data["consultations"][2]
    assert step.keys() == {"id", "organization", "date", "role", "public"}
    assert [remark.kind for remark in conversion.remarks] == ["public"]
    assert "votes" in convert(found, {**COUNCIL, "public": False}).papers[0].data["consultations"][2]


@pytest.mark.parametrize("identity", ["../../x", "", 7, None, ["a"], "a b", "1x", "a" * 300])
def test_what_is_no_id_of_ours_is_a_paper_like_any_other(identity: object) -> None:
    paper = {**only(made(MOTION_3185), "Paper"), "antragsbuch:id": identity}
    (found,) = convert([paper], COUNCIL).papers
    assert found.data["source"]["id"] == paper["id"]
    assert len(found.data["id"]) == 10


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["2024-01-01", "c1", "\ud800", "a\nb"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "text", "yes", "date"]), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_others_say_under_our_prefix_does_no_harm(data: st.DataObject) -> None:
    """A server may send anything: what comes of it has the right types, and no more than the id tells it apart."""
    found = list(copy.deepcopy(objects(made(with_step(votes=[VOTE], agenda_item="7")).files)).values())
    places = [
        (one, name) for one in found for name in one if name.startswith("antragsbuch:") and name != "antragsbuch:id"
    ]
    for _change in range(data.draw(st.integers(1, 4))):
        value, name = data.draw(st.sampled_from(places))
        value[name] = data.draw(_JSON)
    (paper,) = convert(found, COUNCIL).papers
    assert not [
        one for one in type_findings(paper.data, MOTION) if one.code in ("SC001", "SC002", "SC005", "SC006", "SC007")
    ]
