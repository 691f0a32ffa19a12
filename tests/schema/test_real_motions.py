"""The register that ships with the project: two real motions and their council, as they were printed."""

import datetime as dt
import itertools
import tomllib
from pathlib import Path

import pytest

from antragsbuch_schema import prose
from antragsbuch_schema.council import Council
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Fields, Kind, walk
from antragsbuch_schema.model import Table
from antragsbuch_schema.motion import Motion
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import parse, value_at
from antragsbuch_schema.reference import Scheme, path_error, pattern_error
from antragsbuch_schema.toml.writer import write
from antragsbuch_schema.types import type_findings

ROOT = Path(__file__).parents[2]
FILES: dict[str, tuple[type[Table], Fields]] = {
    "motions/council.toml": (Council, COUNCIL),
    "motions/V/2200/2292-HHA.toml": (Motion, MOTION),
    "motions/V/3100/3185-HHA.toml": (Motion, MOTION),
}
MOTIONS = list(FILES)[1:]
every_file = pytest.mark.parametrize("path", FILES)
every_motion = pytest.mark.parametrize("path", MOTIONS)


def text_of(path: str) -> str:
    return (ROOT / path).read_bytes().decode("utf-8")


def read(path: str) -> Data:
    return tomllib.loads(text_of(path))


def test_nothing_else_lies_in_the_register() -> None:
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "motions").rglob("*") if path.is_file()} == set(FILES)


@every_file
def test_the_file_has_the_right_types_and_no_unknown_keys(path: str) -> None:
    model, fields = FILES[path]
    data = read(path)
    assert type_findings(data, fields) == []
    assert model.from_data(data).to_data() == data


@every_file
def test_the_file_is_in_canonical_form(path: str) -> None:
    assert write(read(path), FILES[path][1]) == text_of(path)


@every_motion
def test_the_reference_leads_to_the_file(path: str) -> None:
    data = read(path)
    assert Scheme.of(read("motions/council.toml")).path_for(data) == path


@every_motion
def test_prose_stands_one_sentence_a_line(path: str) -> None:
    data = read(path)
    for (*above, name), field in walk(MOTION):
        if field.kind is Kind.PROSE and not above and name in data:
            assert data[name] == prose.split(data[name]) + "\n"


@every_file
def test_every_element_of_a_list_has_an_id_of_its_own(path: str) -> None:
    def check(data: Data, fields: Fields) -> None:
        for field in fields:
            elements = data.get(field.name)
            if field.kind is Kind.TABLES and isinstance(elements, list):
                ids = [element["id"] for element in elements]
                assert len(set(ids)) == len(ids)
                assert all(identity.startswith(field.prefix) for identity in ids)
                for element in elements:
                    check(element, field.fields)
            elif field.kind is Kind.TABLE and elements is not None:
                check(elements, field.fields)

    check(read(path), FILES[path][1])


@pytest.mark.parametrize(
    ("path", "place", "value"),
    [
        (MOTIONS[0], "title", "Durchführung einer Konferenz zur strategischen Armutsbekämpfung in der Region Hannover"),
        (MOTIONS[0], "originators", ["SPD", "Bündnis 90 / DIE GRÜNEN"]),
        (MOTIONS[0], "submitted", dt.date(2023, 11, 15)),
        (MOTIONS[0], "date", dt.date(2023, 11, 16)),
        (MOTIONS[0], "attachments", []),
        (MOTIONS[0], "budget.product_pages_from", "223"),
        (MOTIONS[0], "budget.references[b1].text", "Teilhaushalt 50/Soziales"),
        (MOTIONS[0], "budget.amounts[a1]", {"id": "a1", "side": "expense", "year": 2024, "change": 2_000_000}),
        (MOTIONS[0], "consultations[c2].lead", True),
        (MOTIONS[0], "consultations[c3].organization", "Regionausschuss"),
        (MOTIONS[0], "consultations[c4].date", dt.date(2023, 12, 19)),
        (MOTIONS[1], "title", "Haushaltsbegleitantrag - Integrationsplan aktualisieren und umsetzen"),
        (MOTIONS[1], "originators", ["SPD", "Bündnis 90/DIE GRÜNEN"]),
        (MOTIONS[1], "budget.product_pages_from", "XY"),
        (MOTIONS[1], "budget.references[b1].page", "Nicht drin"),
        (MOTIONS[1], "budget.references[b2].page", "S.164 (Regionsfonds"),
        (MOTIONS[1], "budget.references[b2].product", "331111"),
        (MOTIONS[1], "budget.amounts", None),
        (MOTIONS[1], "consultations[c3].organization", "Regionsausschuss"),
    ],
)
def test_what_was_printed_stands_in_its_field_as_it_was_spelt(path: str, place: str, value: object) -> None:
    assert value_at(parse(place), read(path)) == value


def test_the_council_knows_what_the_motions_name() -> None:
    council = read("motions/council.toml")
    bodies = {body["name"] for body in council["organizations"]}
    factions = {name for faction in council["factions"] for name in (faction["name"], *faction.get("spellings", []))}
    numbers = {part["number"] for part in council["sub_budgets"]}
    types = {kind["name"] for kind in council["paper_types"]}
    for path in MOTIONS:
        motion = read(path)
        # as printed in 2292; it stays, and the council does not make a name of it
        assert {step["organization"] for step in motion["consultations"]} - bodies <= {"Regionausschuss"}
        assert set(motion["originators"]) <= factions
        assert {reference["sub_budget"] for reference in motion["budget"]["references"]} <= numbers
        assert motion["paper_type"] in types
    assert "Regionausschuss" not in text_of("motions/council.toml")


def test_the_settings_of_the_council_hold_together() -> None:
    council = read("motions/council.toml")
    assert pattern_error(council["reference"]["pattern"]) is None
    assert path_error(**council["reference"]) is None
    terms = council["terms"]
    assert [term["name"] for term in terms] == ["I", "II", "III", "IV", "V", "VI"]
    for before, after in itertools.pairwise(terms):
        assert after["start"] == before["end"] + dt.timedelta(days=1)
    (assembly,) = (body for body in council["organizations"] if body["classification"] == "assembly")
    assert assembly["seats"] == [{"id": "s1", "term": "V", "seats": 85}]
