"""What of a register is public: every field has a publicity, and nothing that is not public comes through."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.public import (
    COUNCIL_PUBLICITY,
    MOTION_PUBLICITY,
    Left,
    Path,
    Publicity,
    Withheld,
    closed,
    public_council,
    public_motion,
    withheld,
)
from antragsbuch_schema.exchange.public_names import Names
from antragsbuch_schema.fields import Fields, Kind, Vocabulary, walk
from antragsbuch_schema.i18n import LANGUAGES
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.toml.writer import write
from antragsbuch_schema.validate import validate_file
from support.field_data import spoilt, tables
from support.marked import marked
from support.repositories import COUNCIL as COUNCIL_TEXT

BODIES: Data = {
    "name": "Region Beispiel",
    "public": True,
    "organizations": [
        {"id": "o1", "name": "Regionsversammlung", "spellings": ["RV"]},
        {
            "id": "o2",
            "name": "Regionsausschuss",
            "public": False,
            "former_names": [{"id": "n1", "name": "Ältestenrat"}],
        },
        {"id": "o3", "name": "Beirat", "public": False, "end": dt.date(2021, 10, 31)},
        {"id": "o4", "name": "Beirat", "start": dt.date(2021, 11, 1)},
    ],
}
DIRECTORY = Directory(BODIES)
PATH = "motions/V/2200/2292-HHA.toml"


def nothing(_reference: str) -> bool:
    return False


def ways(data: Any, above: Path = ()) -> Iterator[Path]:
    """The way of keys to every value."""
    for element in data if isinstance(data, list) else [data]:
        if isinstance(element, Mapping):
            for key, value in element.items():
                yield (*above, key)
                yield from ways(value, (*above, key))


@pytest.mark.parametrize(
    ("fields", "publicity"), [(MOTION, MOTION_PUBLICITY), (COUNCIL, COUNCIL_PUBLICITY)], ids=["motion", "council"]
)
def test_every_field_has_a_publicity(fields: Fields, publicity: Mapping[Path, Publicity]) -> None:
    known = dict(walk(fields))
    assert set(publicity) == set(known)
    # and a table that is internal has nothing open in it
    for path, found in publicity.items():
        if path[:-1] and publicity[path[:-1]] is Publicity.INTERNAL:
            assert found is Publicity.INTERNAL, path
        assert (found is Publicity.FILE) == (path[-1] in ("attachments", "main_file")), path


def test_of_a_public_motion_all_but_what_is_internal() -> None:
    motion = marked(MOTION, "word")
    taken = public_motion(motion, DIRECTORY, nothing)
    internal = {path for path, found in MOTION_PUBLICITY.items() if found in (Publicity.INTERNAL, Publicity.PATH)}
    assert set(ways(taken.data)) == set(ways(motion)) - internal
    assert taken.left == {Left.INTERNAL: 4, Left.PATH: 2}
    assert motion == marked(MOTION, "word")


def test_of_a_step_that_is_not_public_body_date_and_role() -> None:
    motion = marked(MOTION, "word")
    motion["consultations"][0] |= {"public": False}
    taken = public_motion(motion, DIRECTORY, nothing)
    assert taken.data["consultations"] == [
        {
            "id": "word_consultations_id",
            "organization": "word_consultations_organization",
            "joint_with": ["word_consultations_joint_with"],
            "date": dt.date(2023, 12, 19),
            "role": "preparation",
            "lead": True,
            "public": False,
        }
    ]
    assert taken.left[Left.CLOSED_STEP] == 1


STEP: Data = {"id": "c1", "organization": "Regionsversammlung", "date": dt.date(2023, 12, 19), "outcome": "rejected"}


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ({}, None),
        ({"public": True, "organization": "Regionsausschuss"}, None),
        ({"organization": "rv"}, None),
        ({"organization": "Beirat"}, None),
        ({"public": False}, Left.CLOSED_STEP),
        ({"public": "true"}, Left.CLOSED_STEP),
        ({"organization": "Regionsausschuss"}, Left.CLOSED_BODY),
        ({"organization": "ältestenrat"}, Left.CLOSED_BODY),
        ({"organization": "Beirat", "date": dt.date(2020, 1, 1)}, Left.CLOSED_BODY),
        ({"organization": "Beirat", "date": "2023"}, Left.CLOSED_BODY),
        ({"joint_with": ["Regionsausschuss"]}, Left.CLOSED_BODY),
        ({"votes": [{"organization": "Regionsausschuss"}]}, Left.CLOSED_BODY),
        ({"organization": "Regionausschuss"}, Left.UNKNOWN_BODY),
        ({"organization": ""}, Left.UNKNOWN_BODY),
        ({"organization": ["Regionsversammlung"]}, Left.UNKNOWN_BODY),
    ],
)
def test_whether_a_step_is_public(step: Data, reason: Left | None) -> None:
    assert closed({**STEP, **step}, DIRECTORY) is reason
    taken = public_motion({"id": "a", "consultations": [{**STEP, **step}]}, DIRECTORY, nothing)
    assert ("outcome" in taken.data["consultations"][0]) == (reason is None)


def test_a_step_without_a_body_is_of_an_unknown_one() -> None:
    step = {key: value for key, value in STEP.items() if key != "organization"}
    assert closed(step, DIRECTORY) is Left.UNKNOWN_BODY
    # what holds nothing more leaves nothing out
    taken = public_motion({"consultations": [{"id": "c1", "role": "decision"}]}, DIRECTORY, nothing)
    assert taken.data == {"consultations": [{"id": "c1", "role": "decision", "public": False}]} and not taken.left


@pytest.mark.parametrize(
    ("motion", "reason"),
    [
        ({"reference": "1"}, None),
        ({"reference": "1", "public": True}, None),
        ({"reference": "1", "public": False}, Withheld.CONFIDENTIAL),
        ({"reference": "1", "public": "true"}, Withheld.CONFIDENTIAL),
        ({"reference": "1", "public": 1}, Withheld.CONFIDENTIAL),
        ({}, Withheld.UNNUMBERED),
        ({"reference": ""}, Withheld.UNNUMBERED),
        ({"public": False}, Withheld.CONFIDENTIAL),
    ],
)
def test_whether_a_motion_is_public(motion: Data, reason: Withheld | None) -> None:
    assert withheld(motion) is reason
    assert withheld(motion, unnumbered=True) is (None if reason is Withheld.UNNUMBERED else reason)


def test_files() -> None:
    files = [{"id": "f1", "title": "A", "path": "files/a.pdf"}, {"id": "f2", "title": "B", "public": False}]
    taken = public_motion({"attachments": files, "main_file": {"title": "C", "public": "no"}}, DIRECTORY, nothing)
    assert taken.data == {"attachments": [{"id": "f1", "title": "A"}]}
    assert taken.left == {Left.FILE: 2, Left.PATH: 1}
    # none left is not "none": that there are no attachments is a statement
    assert public_motion({"attachments": files[1:]}, DIRECTORY, nothing).data == {}
    assert public_motion({"attachments": []}, DIRECTORY, nothing).data == {"attachments": []}


@pytest.mark.parametrize("url", ["https://a:b@example.org/x", "ftp://a@example.org", "//a@b/", "http://[a/"])
def test_addresses_with_a_name(url: str) -> None:
    taken = public_motion({"main_file": {"title": "A", "url": url}}, DIRECTORY, nothing)
    assert taken.data == {"main_file": {"title": "A"}} and taken.left == {Left.ADDRESS: 1}
    assert public_motion({"main_file": {"url": "https://example.org/a@b"}}, DIRECTORY, nothing).data


def test_references() -> None:
    motion = {"amends": "2", "related_papers": ["1", "2"], "subordinated_papers": ["2"], "title": "2"}
    step = {**STEP, "joint_debate": ["2", "3"]}
    taken = public_motion({**motion, "consultations": [step]}, DIRECTORY, lambda reference: reference == "2")
    assert taken.data == {
        "related_papers": ["1"],
        "title": "2",
        "consultations": [{**step, "joint_debate": ["3"]}],
    }
    assert taken.left == {Left.REFERENCE: 4}


def test_a_council() -> None:
    council = marked(COUNCIL, "word")
    taken = public_council({**council, "public": False, "unknown": "word"})
    internal = {path for path, found in COUNCIL_PUBLICITY.items() if found is Publicity.INTERNAL}
    assert set(ways(taken.data)) == {
        path for path in ways(council) if path not in internal and path[:2] != ("rules", "severity")
    } - {("rules",)}
    assert taken.data["public"] is True
    rules = {"rules": {"severity": {"VO001": "off", "VO002": "word", "word": "off", "XX": "off"}}}
    assert public_council(rules).data == {"public": True, "rules": {"severity": {"VO001": "off"}}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_in_words(language: str) -> None:
    for reason in (*Withheld, *Left):
        for count in (1, 2):
            assert str(count) in reason.words(count)(language)


# --- laws


@st.composite
def secret(draw: st.DrawFn) -> Data:
    """A motion, right or wrong in any way, with a marker in everything that must not come through."""
    motion = draw(spoilt(MOTION))
    _mark(motion, MOTION, MOTION_PUBLICITY, ())
    return motion


def _mark(data: Data, fields: Fields, publicity: Mapping[Path, Publicity], above: Path, shut: bool = False) -> None:
    known = {field.name: field for field in fields}
    for key, value in list(data.items()):
        field = known.get(key)
        found = publicity.get((*above, key), Publicity.INTERNAL)
        hidden = shut or found in (Publicity.INTERNAL, Publicity.PATH)
        if field is not None and field.fields and not hidden:
            for element in value if isinstance(value, list) else [value]:
                if isinstance(element, dict):
                    step = above == () and key == "consultations"
                    file = found is Publicity.FILE and element.get("public", True) is not True
                    _mark(element, field.fields, publicity, (*above, key), shut=file)
                    if step and closed(element, DIRECTORY):
                        for name in element.keys() - {"id", "organization", "joint_with", "date", "role", "lead"}:
                            element[name] = False if name == "public" else "SECRET"
        elif field is None or hidden:
            if key != "public":
                data[key] = "SECRET"
        elif field.vocabulary is Vocabulary.REFERENCES:
            data[key] = "SECRET" if field.kind is Kind.TEXT else ["SECRET"]


@settings(max_examples=60)
@given(secret())
def test_nothing_that_is_not_public_comes_through(motion: Data) -> None:
    taken = public_motion(motion, DIRECTORY, lambda reference: reference == "SECRET")
    assert "SECRET" not in write(taken.data, MOTION)


@given(tables(MOTION).filter(lambda motion: withheld(motion, unnumbered=True) is None))
def test_a_public_register_takes_what_is_public(motion: Data) -> None:
    text = write(public_motion(motion, DIRECTORY, nothing).data, MOTION)
    found = {located.finding.code for located in validate_file(PATH, text.encode(), DIRECTORY, None)}
    assert not {code for code in found if code.startswith("PU")}
    # publishing what is public changes nothing
    again = public_motion(tomllib.loads(text), DIRECTORY, nothing)
    assert write(again.data, MOTION) == text


@settings(max_examples=40)
@given(spoilt(COUNCIL))
def test_nothing_unknown_comes_out_of_a_council(council: Data) -> None:
    _mark(council, COUNCIL, COUNCIL_PUBLICITY, ())
    taken = public_council(council).data
    assert "SECRET" not in write(taken, COUNCIL) and taken["public"] is True
    assert public_council(taken).data == taken


def test_the_usual_council_is_public_but_for_its_flag() -> None:
    council = tomllib.loads(COUNCIL_TEXT)
    assert public_council({**council, "public": False}).data == council


# --- names


def test_references_that_are_not_to_be_named() -> None:
    names = Names(["2292 (V) HHA", "2294 (V) AT"], ["2293 (V) HHA", "2294 (V) HHA", "DHH/2025/1"])
    hidden = ["2293 (V) HHA", "2293(V)hha", "2293 (V)", "2293", "2293 (V) E1", "DHH/2025/1/2", "DHH 2025-1"]
    hidden += ["2294 (V) HHA", "2294 (V)"]
    assert [reference for reference in hidden if not names.hidden(reference)] == []
    shown = ["2292 (V) HHA", "2292(V)HHA", "2294 (V) AT", "2293 (IV) HHA", "DHH/2025/11", "12293 (V) HHA", ""]
    assert [reference for reference in shown if names.hidden(reference)] == []


def test_what_is_not_known_where_only_what_is_published_may_be_named() -> None:
    names = Names(["2292 (V) HHA"], [], only_published=True)
    assert names.hidden("1 (I) AT") and not names.hidden("2292(V) HHA")


def test_sentences_that_give_a_name_away() -> None:
    names = Names(["2292 (V) HHA"], ["2293 (V) HHA"], ["Verkauf des Grundstücks Am Markt 1", "Verkauf", "Etat"])
    motion = {
        "id": "a",
        "title": "Folgeantrag zu 2293 (V)",
        "originators": ["SPD"],
        "facts": "Wie besprochen.\nDer VERKAUF des\nGrundstücks »Am Markt 1« ist geplant. Siehe 2293(V)HHA.",
        "consultations": [{"id": "c1", "votes": [{"id": "v1", "text": "Verkauf: 12293 (V) HHA, Etat"}]}],
    }
    assert [(given.place, given.sentence, given.name) for given in names.given(motion, MOTION)] == [
        (("title",), "Folgeantrag zu 2293 (V)", "2293 (V) HHA"),
        (("facts",), "Der VERKAUF des Grundstücks »Am Markt 1« ist geplant.", "Verkauf des Grundstücks Am Markt 1"),
        (("facts",), "Siehe 2293(V)HHA.", "2293 (V) HHA"),
    ]


def test_a_name_across_the_end_of_a_sentence() -> None:
    names = Names([], [], ["Wer zahlt? Die Region"])
    (found,) = names.given({"facts": "Frage: Wer zahlt? Die Region?"}, MOTION)
    assert found.sentence == "Frage: Wer zahlt? Die Region?"
