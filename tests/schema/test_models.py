"""The models say what the field tables say, and the types are checked alike with and without pydantic."""

import datetime as dt
import gettext
import subprocess
import sys
import types as python_types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic.fields import FieldInfo

import antragsbuch_schema
from antragsbuch_schema.council import Council
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Finding, Severity
from antragsbuch_schema.edits import Data, apply_all
from antragsbuch_schema.fields import Field, Fields, Kind, walk
from antragsbuch_schema.i18n import text
from antragsbuch_schema.model import Table
from antragsbuch_schema.motion import Motion
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import Item
from antragsbuch_schema.types import type_findings
from support.field_data import spoilt, tables

FILES: list[tuple[type[Table], Fields]] = [(Motion, MOTION), (Council, COUNCIL)]
SCALARS: dict[Kind, object] = {
    Kind.TEXT: str,
    Kind.PROSE: str,
    Kind.DATE: dt.date,
    Kind.TIME: dt.time,
    Kind.INTEGER: int,
    Kind.CENTS: int,
    Kind.BOOLEAN: bool,
}


def pairs() -> Iterator[tuple[str, Field, FieldInfo]]:
    """Every field of both tables with its field of the models."""

    def walk(name: str, model: type[Table], fields: Fields) -> Iterator[tuple[str, Field, FieldInfo]]:
        for field in fields:
            info = model.model_fields[field.name]
            yield f"{name}.{field.name}", field, info
            if field.fields:
                yield from walk(f"{name}.{field.name}", table_in(info.annotation), field.fields)

    for model, fields in FILES:
        yield from walk(model.__name__, model, fields)


def stated(annotation: Any) -> Any:
    """A type without None and without what only narrows it."""
    if get_origin(annotation) in (Union, python_types.UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not type(None))
    return get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation


def table_in(annotation: Any) -> type[Table]:
    inner = stated(annotation)
    found: type[Table] = get_args(inner)[0] if get_origin(inner) is list else inner
    assert issubclass(found, Table)
    return found


@pytest.mark.parametrize(("model", "fields"), FILES)
def test_names_and_their_order_are_those_of_the_table(model: type[Table], fields: Fields) -> None:
    def walk(model: type[Table], fields: Fields) -> None:
        assert list(model.model_fields) == [field.name for field in fields]
        for field in fields:
            if field.fields:
                walk(table_in(model.model_fields[field.name].annotation), field.fields)

    walk(model, fields)


@pytest.mark.parametrize(
    ("name", "field", "info"), list(pairs()), ids=lambda value: value if type(value) is str else ""
)
def test_a_field_has_the_type_default_and_words_of_the_table(name: str, field: Field, info: FieldInfo) -> None:
    inner = stated(info.annotation)
    if field.kind is Kind.CHOICE:
        assert get_origin(inner) is Literal
        assert get_args(inner) == tuple(choice.code for choice in field.choices)
    elif field.kind is Kind.TABLES:
        assert get_origin(inner) is list
    elif field.kind is Kind.TABLE:
        assert issubclass(inner, Table)
    elif field.kind is Kind.TEXTS:
        assert get_origin(inner) is list
        assert stated(get_args(inner)[0]) is str
    elif field.kind is Kind.MAP:
        assert get_origin(inner) is dict
    else:
        assert inner is SCALARS[field.kind]
    assert info.is_required() is field.required
    assert field.required or info.default == field.default
    assert info.description == field.help


class Forgotten(gettext.NullTranslations):
    """What is asked for a message that has no German; a word that both languages share has one."""

    def gettext(self, message: str) -> str:
        raise AssertionError(f"no German for {message!r}")


@pytest.mark.parametrize("fields", [MOTION, COUNCIL])
def test_every_label_help_and_choice_has_its_german(fields: Fields) -> None:
    found = gettext.find("antragsbuch_schema", Path(antragsbuch_schema.__file__).parent / "locale", ["de"])
    assert found is not None
    with Path(found).open("rb") as file:
        german = gettext.GNUTranslations(file)
    german.add_fallback(Forgotten())
    for _, field in walk(fields):
        for message in (field.label, field.help, *(choice.label for choice in field.choices)):
            assert german.gettext(message) == text(message)("de")
            assert text(message)("en") == message


@pytest.mark.parametrize(("model", "fields"), FILES)
@given(st.data())
def test_right_data_pass_through_the_model_unchanged(model: type[Table], fields: Fields, data: st.DataObject) -> None:
    right = data.draw(tables(fields))
    assert type_findings(right, fields) == []
    back = model.from_data(right).to_data()
    assert back == right
    assert list(back) == [field.name for field in fields if field.name in right]


@pytest.mark.parametrize(("model", "fields"), FILES)
@given(st.data())
def test_the_check_without_pydantic_judges_like_the_models(
    model: type[Table], fields: Fields, data: st.DataObject
) -> None:
    doubtful = data.draw(spoilt(fields))
    errors = [finding for finding in type_findings(doubtful, fields) if finding.severity is Severity.ERROR]
    try:
        model.from_data(doubtful)
    except ValidationError as refused:
        assert errors, refused
    else:
        assert errors == []


@given(spoilt(MOTION))
def test_every_finding_speaks_both_languages_and_a_fix_mends_it(doubtful: Data) -> None:
    for finding in type_findings(doubtful, MOTION):
        for message in (finding.message, finding.help, finding.fix and finding.fix.message):
            if message:
                assert message("de") != message("en")
        if finding.fix:
            mended = apply_all(doubtful, finding.fix.edits)
            assert (finding.code, finding.place) not in [(f.code, f.place) for f in type_findings(mended, MOTION)]


def only(data: Data, fields: Fields = MOTION) -> Finding:
    (finding,) = type_findings({"id": "k7m2qx9a", "title": "Konferenz"} | data, fields)
    return finding


def test_a_date_in_quotes_is_found_and_mended() -> None:
    finding = only({"date": "2023-11-16"})
    assert (finding.code, finding.place) == ("SC001", ("date",))
    assert finding.message("de").startswith("Datum der Drucksache: Erwartet wird ein Datum wie 2023-12-19")
    assert finding.message("de").endswith("hier steht ein Text.")
    assert finding.fix is not None
    assert finding.fix.safe
    assert apply_all({"date": "2023-11-16"}, finding.fix.edits) == {"date": dt.date(2023, 11, 16)}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("19.12.2023", dt.date(2023, 12, 19)),
        ("15. November 2023", dt.date(2023, 11, 15)),
        (dt.datetime(2023, 12, 19), dt.date(2023, 12, 19)),
    ],
)
def test_a_date_as_people_write_it_is_mended(written: object, day: dt.date) -> None:
    fix = only({"date": written}).fix
    assert fix is not None and fix.safe
    assert apply_all({"date": written}, fix.edits) == {"date": day}


@pytest.mark.parametrize(
    "written",
    [
        "2023-11-31", "31.02.2023", "19.12.23", "19.12.", "heute", "2023", "",
        dt.datetime(2023, 12, 19, 1), dt.datetime(2023, 12, 19, tzinfo=dt.UTC),
    ],
)  # fmt: skip
def test_a_date_that_is_none_or_can_be_another_is_not_mended(written: object) -> None:
    assert only({"date": written}).fix is None


def test_true_is_no_count_and_a_datetime_no_date() -> None:
    finding = only({"consultations": [{"id": "c1", "date": dt.datetime(2023, 12, 19, 18), "votes": [{"yes": 5}]}]})
    assert finding.place == ("consultations", Item("c1"), "date")
    finding = only({"consultations": [{"id": "c1", "votes": [{"yes": True}]}]})
    assert (finding.code, finding.place) == ("SC001", ("consultations", Item("c1"), "votes", 0, "yes"))


def test_a_word_in_german_is_recognised() -> None:
    finding = only({"consultations": [{"role": "Vorbereitung"}]})
    assert finding.code == "SC002"
    assert finding.fix is not None
    assert not finding.fix.safe
    data = {"consultations": [{"role": "Vorbereitung"}]}
    assert apply_all(data, finding.fix.edits) == {"consultations": [{"role": "preparation"}]}


def test_a_misspelt_key_is_a_warning_and_says_what_was_meant() -> None:
    finding = only({"orginators": ["SPD"]})
    assert (finding.code, finding.severity, finding.on) == ("SC004", Severity.WARNING, "key")
    assert finding.help is not None
    assert "originators" in finding.help("de")


def test_what_is_missing_is_found_at_the_header() -> None:
    (finding,) = type_findings({"id": "k7m2qx9a"}, MOTION)
    assert (finding.code, finding.place, finding.on) == ("SC003", ("title",), "header")
    assert only({"title": ""}).code == "SC003"


def test_numbers_out_of_range_and_texts_of_two_lines_are_found() -> None:
    assert only({"budget": {"amounts": [{"year": -1}]}}).code == "SC005"
    assert only({"budget": {"amounts": [{"change": 10**15 + 1}]}}).code == "SC005"
    assert only({"title": "a\nb"}).code == "SC006"
    assert only({"id": "7 x"}).code == "SC007"
    assert type_findings({"id": "a", "title": "b", "source": {"id": "https://example.org/paper/7"}}, MOTION) == []


def test_one_table_where_a_list_is_due_is_explained() -> None:
    finding = only({"consultations": {"id": "c1"}})
    assert finding.help is not None
    assert "[[consultations]]" in finding.help("de")
    assert finding.fix is not None
    finding = only({"budget": [{"plan": "2024"}]})
    assert finding.help is not None
    assert "[budget]" in finding.help("de")


def test_the_second_of_two_elements_with_one_id_is_named_by_its_position() -> None:
    finding = only({"consultations": [{"id": "c1"}, {"id": "c1", "date": 5}]})
    assert finding.place == ("consultations", 1, "date")


def test_unknown_keys_survive_the_model() -> None:
    data = {"id": "a", "title": "b", "budget": {"own": 1}, "later": {"x": [1]}}
    assert Motion.from_data(data).to_data() == data


def test_the_check_of_types_starts_without_pydantic() -> None:
    code = "import antragsbuch_schema.types, sys; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
