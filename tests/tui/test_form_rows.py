"""The rows of the form: every field can be reached, findings stand at their field, choices and words are offered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from antragsbuch import i18n
from antragsbuch.editing import search, values
from antragsbuch.editing.build import Look, addable, rows
from antragsbuch.editing.completion import candidates, vocabulary_of
from antragsbuch.editing.editing import Editing
from antragsbuch.editing.form import Form, start
from antragsbuch.editing.rows import Part, Shape, Spot
from antragsbuch.editing.said import said
from antragsbuch.editing.shape import columns, fields_at, sections
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Finding, Severity
from antragsbuch_schema.edits import MISSING
from antragsbuch_schema.fields import Field, Fields, Kind, Vocabulary, by_name, walk
from antragsbuch_schema.i18n import text
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import Item, Place, parse
from support.sample_motion import sample

TODAY = dt.date(2024, 11, 14)
COUNCIL_DATA = {
    "organizations": [{"name": "Regionsversammlung", "short_name": "RV"}, {"name": "Ausschuss für Straßenbau"}],
    "factions": [{"name": "SPD"}],
    "sub_budgets": [{"number": "50", "name": "Soziales"}],
}


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


def form(section: str = "head", **look: Any) -> Form:
    editing = Editing.start(sample(), MOTION)
    shown = Look(section=section, committed=sample(), **look)
    return start(editing, shown, vocabulary_of(COUNCIL_DATA, {}), TODAY)


def filled(field: Field) -> Any:
    """Something for a field of any kind."""
    match field.kind:
        case Kind.TABLE:
            return {inner.name: filled(inner) for inner in field.fields}
        case Kind.TABLES:
            return [{inner.name: filled(inner) for inner in field.fields} | {"id": f"{field.prefix}1"}]
        case Kind.TEXTS:
            return ["eins", "zwei"]
        case Kind.INTEGERS:
            return [1]
        case Kind.MAP:
            return {"VO003": "off"}
        case Kind.CHOICE:
            return field.choices[0].code
        case Kind.BOOLEAN:
            return True
        case Kind.INTEGER | Kind.CENTS:
            return 7
        case Kind.DATE:
            return TODAY
        case Kind.TIME:
            return dt.time(18)
        case _:
            return "Text."


def reachable(fields: Fields, data: dict[str, Any], *, empty: bool) -> set[tuple[str, ...]]:
    """Every field that the cursor can stand on, or that can be added, going into the details of every row."""
    editing = Editing.start(data, fields)
    found: set[tuple[str, ...]] = set()
    todo: list[tuple[str, Place]] = [(section.name, ()) for section in sections(fields)]
    while todo:
        section, element = todo.pop()
        look = Look(section=section, element=element)
        for row in rows(editing, look):
            for spot in row.spots:
                keys = tuple(step for step in spot.place if type(step) is str)
                if spot.part is Part.MORE:
                    found |= {(*keys[:-1], field.name) for field in addable(editing, look, spot.place[:-1])}
                else:
                    found |= {keys[: n + 1] for n in range(len(keys))}
                if spot.part is Part.ROW and (section, spot.place) not in todo:
                    todo.append((section, spot.place))
    return found


@pytest.mark.parametrize("fields", [MOTION, COUNCIL], ids=["motion", "council"])
def test_every_field_can_be_reached_when_it_is_filled(fields: Fields) -> None:
    data = {field.name: filled(field) for field in fields}
    found = reachable(fields, data, empty=False)
    missing = [path for path, field in walk(fields) if path not in found and (field.name != "id" or len(path) == 1)]
    assert missing == []


@pytest.mark.parametrize("fields", [MOTION, COUNCIL], ids=["motion", "council"])
def test_every_field_can_be_added_when_it_is_empty(fields: Fields) -> None:
    found = reachable(fields, {"id": "k7m2qx9a"}, empty=True)
    assert [field.name for field in fields if (field.name,) not in found] == []
    # the fields of a row once there is one
    rows_only = {field.name: [{"id": f"{field.prefix}1"}] for field in fields if field.kind is Kind.TABLES}
    found = reachable(fields, rows_only, empty=True)
    below = [(field.name, inner.name) for field in fields if field.kind is Kind.TABLES for inner in field.fields]
    assert [path for path in below if path not in found and path[-1] != "id"] == []


def test_columns_name_fields_that_there_are() -> None:
    for fields in (MOTION, COUNCIL):
        for path, field in walk(fields):
            if field.kind is Kind.TABLES:
                for column in columns(fields, path):
                    inner = fields_at(fields, path)
                    for step in column.way:
                        if isinstance(step, str):
                            assert step in by_name(inner), (path, column)
                            inner = by_name(inner)[step].fields


def test_a_finding_stands_under_its_row_and_not_on_other_pages() -> None:
    place = parse("consultations[c4].votes[v1].present")
    findings = (Finding("VO001", Severity.ERROR, place, text("too many")),)
    shown = form("consultations", findings=findings).rows
    number = next(number for number, row in enumerate(shown) if row.shape is Shape.FINDING)
    assert shown[number - 1].handle == Spot(("consultations", Item("c4")), Part.ROW)
    assert not [row for row in form("head", findings=findings).rows if row.shape is Shape.FINDING]
    details = form("consultations", findings=findings).opened(parse("consultations[c4].votes[v1]")).rows
    number = next(number for number, row in enumerate(details) if row.shape is Shape.FINDING)
    # a hidden field with a finding is shown
    assert details[number - 1].label == "Present"


def test_a_finding_about_a_key_that_no_field_has_stands_in_the_last_section() -> None:
    findings = (Finding("SC001", Severity.WARNING, ("later", "unknown"), text("unknown key")),)
    assert form("more", findings=findings).rows[0].shape is Shape.FINDING


def test_a_finding_about_a_sentence_stands_under_the_text() -> None:
    findings = (Finding("TY001", Severity.WARNING, ("facts", 2), text("two blanks")),)
    shapes = [row.shape for row in form("facts", findings=findings).rows]
    assert shapes == [Shape.PROSE, Shape.NOTE, Shape.FINDING]


def test_marks_say_what_differs_from_the_last_commit() -> None:
    changed = form("consultations")
    changed = changed.with_editing(changed.editing.put(parse("consultations[c4].outcome"), "amended"))
    changed = changed.with_editing(changed.editing.insert(("consultations",), 0, {"organization": "Neu"}))
    marks = {row.cells[1].text[:5]: row.mark for row in changed.rows if row.shape is Shape.ELEMENT}
    assert marks == {"Neu": "+", "Aussc": "", "Regio": "~"} or marks["Neu"] == "+"
    assert [row.mark for row in changed.rows if row.handle == Spot(("consultations", Item("c4")), Part.ROW)] == ["~"]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("date", "19.12.", dt.date(2024, 12, 19)),
        ("date", "2023-12-19", dt.date(2023, 12, 19)),
        ("title", "Ein Titel", "Ein Titel"),
        ("title", "  ", MISSING),
    ],
)
def test_what_is_typed_is_understood(name: str, typed: str, value: Any) -> None:
    understood = values.understand(by_name(MOTION)[name], typed, TODAY)
    assert isinstance(understood, values.Understood)
    assert understood.value == value or understood.value is value


def amount() -> Field:
    return by_name(fields_at(MOTION, ("budget", "amounts")))["change"]


@pytest.mark.parametrize("cents", [0, 5, -150, 2_000_000, 18_180_050, -150_000_000])
def test_an_amount_is_typed_as_it_is_shown(cents: int) -> None:
    understood = values.understand(amount(), values.typed_form(amount(), cents), TODAY)
    assert isinstance(understood, values.Understood)
    assert understood.value == cents


def test_every_kind_of_value_begins_with_a_text_that_is_read_back() -> None:
    for _path, field in walk(MOTION):
        if field.kind in values.TYPED - {Kind.TEXTS, Kind.INTEGERS}:
            value = filled(field)
            understood = values.understand(field, values.typed_form(field, value), TODAY)
            assert isinstance(understood, values.Understood), field
            assert understood.value == value, field


@pytest.mark.parametrize(("name", "typed"), [("date", "32.13."), ("date", "morgen"), ("date", "1")])
def test_what_is_not_understood_is_not_guessed(name: str, typed: str) -> None:
    assert isinstance(values.understand(by_name(MOTION)[name], typed, TODAY), values.NotUnderstood)


def test_booleans_go_round() -> None:
    public = by_name(MOTION)["public"]
    assert values.toggled(public, True) is False
    assert values.toggled(public, False) is True
    lead = by_name(fields_at(MOTION, ("consultations",)))["lead"]
    assert values.toggled(lead, None) is True
    assert values.toggled(lead, True) is MISSING
    stated = by_name(fields_at(MOTION, ("consultations",)))["public"]
    assert [values.toggled(stated, value) for value in (None, True, False)] == [True, False, MISSING]


def test_choices_and_words_are_found_by_their_beginning() -> None:
    vocabulary = vocabulary_of(COUNCIL_DATA, {Vocabulary.ORGANIZATIONS: ["Regionausschuss", "Regionsversammlung"]})
    step = by_name(fields_at(MOTION, ("consultations",)))
    assert [one.value for one in candidates(step["organization"], "region", vocabulary)] == [
        "Regionsversammlung",
        "Regionausschuss",
    ]
    assert [one.value for one in candidates(step["organization"], "strasse", vocabulary)] == [
        "Ausschuss für Straßenbau"
    ]
    assert [one.value for one in candidates(step["organization"], "rv", vocabulary)] == ["Regionsversammlung"]
    assert candidates(step["organization"], "", vocabulary) == ()
    assert candidates(step["outcome"], "am", vocabulary)[0].value == "amended"
    assert len(candidates(step["outcome"], "", vocabulary)) == len(step["outcome"].choices)
    budget = by_name(fields_at(MOTION, ("budget", "references")))
    assert [one.value for one in candidates(budget["sub_budget"], "sozi", vocabulary)] == ["50"]


def test_typing_a_choice_keeps_what_was_there_until_one_is_taken() -> None:
    spot = Spot(parse("consultations[c1].outcome"))
    begun = form("consultations").at(spot).begin("")
    typing = begun.typing
    assert typing is not None
    typed = begun.typed(typing.buffer.insert("zzz"), "insert")
    assert typed.finish() is typed
    assert typed.leave().editing.data == sample()
    taken = begun.typed(typing.buffer.insert("as"), "insert").finish()
    assert taken.editing.data["consultations"][0]["outcome"] == "as_proposed"


def type_into(begun: Form, letters: str) -> Form:
    for letter in letters:
        assert begun.typing is not None
        begun = begun.typed(begun.typing.buffer.insert(letter), "insert")
    return begun


def undone_values(done: Form, name: str) -> list[str]:
    found = []
    while done.editing.can_undo:
        done = done.undone()
        found.append(done.editing.data[name])
    return found


def test_undo_takes_back_words_of_prose_and_all_that_was_typed_in_a_line() -> None:
    prose = form("facts").at(Spot(("facts",), Part.PROSE))
    done = type_into(prose.begin(), "Neu und alt. ").finish()
    begins = [text.partition("Der Plan")[0] for text in undone_values(done, "facts")]
    assert begins == ["Neu und ", "Neu ", ""]
    done = type_into(form().at(Spot(("title",))).begin(), " neu und alt").finish()
    assert undone_values(done, "title") == [sample()["title"]]


def test_an_entry_that_is_emptied_is_gone_and_a_new_one_is_typed_behind_the_last() -> None:
    shown = form().at(Spot(("originators", 1)))
    typing = shown.begin_entry()
    assert typing.typing is not None and typing.spot.place == ("originators", 2)
    assert any(typing.spot in row.spots for row in typing.rows)
    assert typing.leave().editing.data == sample()
    typed = typing.typed(typing.typing.buffer.insert("CDU"), "insert").finish()
    assert typed.editing.data["originators"][2] == "CDU"
    begun = typed.at(Spot(("originators", 0))).begin()
    assert begun.typing is not None
    emptied = begun.typed(begun.typing.buffer.select_all().insert(""), "delete")
    assert emptied.finish().editing.data["originators"] == ["Bündnis 90/DIE GRÜNEN", "CDU"]
    assert emptied.typing is not None
    again = emptied.typed(emptied.typing.buffer.insert("FDP"), "insert").finish()
    assert again.editing.data["originators"] == ["FDP", "Bündnis 90/DIE GRÜNEN", "CDU"]


def test_going_to_a_place_opens_the_rows_on_the_way() -> None:
    shown = form().goto(parse("consultations[c4].votes[v1].manner"))
    assert shown.look.element == parse("consultations[c4].votes[v1]")
    assert shown.editing.named(shown.spot.place) == parse("consultations[c4].votes[v1].manner")
    assert shown.closed().look.element == parse("consultations[c4]")
    assert shown.closed().closed().look.element == ()
    shown = form().goto(parse("consultations[c4].votes[v1].yes"))
    assert shown.look.element == () and shown.look.section == "consultations"


def test_words_are_found_in_all_sections() -> None:
    editing = Editing.start(sample(), MOTION)
    (hit,) = search.hits(editing, "VORBILD")
    assert hit.spot == Spot(("facts",), Part.PROSE)
    assert [search.occurrences("Straße und Strasse", "strasse")] == [[(0, 6), (11, 18)]]
    found = search.hits(editing, "plan")
    first = search.next_hit(found, Spot(("title",)), 0, 1)
    assert first is not None and first.spot.place == ("title",)
    last = search.next_hit(found, first.spot, first.start, -1)
    assert last == found[-1]


def test_what_typing_left_empty_is_not_written() -> None:
    data = sample()
    data["statement"] = {"text": ""}
    data["withdrawal"] = {}
    data["consultations"][0]["votes"] = []
    data["attachments"] = []
    assert said(data, sample(), MOTION) == sample() | {"statement": {"text": ""}}


def test_a_row_says_that_there_are_more_votes_than_it_shows() -> None:
    shown = form("consultations")
    notes = [row.label for row in shown.rows if row.shape is Shape.NOTE]
    assert notes == []
    shown = shown.with_editing(shown.editing.insert(parse("consultations[c4].votes"), 1, {"subject": "Teil b"}))
    assert [row.label for row in shown.rows if row.shape is Shape.NOTE] == [
        "Votes: 2, the first of them is shown; o leads to all"
    ]
