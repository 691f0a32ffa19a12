from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import given

from antragsbuch_schema import places
from antragsbuch_schema.changes import Change, ChangeKind, difference
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import MISSING, Data
from antragsbuch_schema.fields import Field, Fields, Kind, walk
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.phrases import shortened
from antragsbuch_schema.places import Item
from support.motion_data import MOTION_3185, VOTE, after, versions


def said(old: Data | None, new: Data | None, language: Any = "en") -> list[str]:
    return [change.sentence(language) for change in difference(old, new)]


def step(number: int, **values: Any) -> Any:
    return lambda motion: motion["consultations"][number - 1].update(values)


RECORDED = after(step(3, outcome="as_proposed", votes=[VOTE]))


def test_a_vote_recorded_with_its_outcome_is_one_change() -> None:
    (change,) = difference(MOTION_3185, RECORDED)
    assert change.kind is ChangeKind.VOTE_RECORDED
    assert places.render(change.place) == "consultations[c3].votes[v1]"
    assert [places.render(place) for place in change.also] == ["consultations[c3].outcome"]
    assert change.sentence("en") == (
        "Regionsversammlung, 2024-12-17: vote recorded, 45 yes, 30 no, 3 abstentions, as proposed"
    )
    assert change.sentence("de") == (
        "Regionsversammlung, 17.12.2024: Abstimmung eingetragen, 45 Ja, 30 Nein, 3 Enthaltungen, laut Vorschlag"
    )
    assert change.label("de") == "Abstimmung Regionsversammlung"


VERSAMMLUNG = "Regionsversammlung, 2024-12-17: "


@pytest.mark.parametrize(
    ("vote", "sentence"),
    [
        ({"yes": 46}, "vote corrected 45:30:3 -> 46:30:3"),
        ({"yes": 30, "no": 45, "result": "rejected"}, "vote corrected 45:30:3 -> 30:45:3, result accepted -> rejected"),
        ({"abstentions": None}, "vote corrected 45:30:3 -> 45:30:-"),
        ({"manner": "majority"}, "vote changed: manner added: by majority"),
        ({"subject": "Ziffer 2"}, "vote on “Ziffer 2” changed: subject added: “Ziffer 2”"),
        (
            {"by_faction": [{"id": "f1", "name": "SPD", "yes": 20}]},
            "vote changed: vote of a faction added: SPD, yes 20",
        ),
    ],
)  # fmt: skip
def test_a_vote_corrected(vote: Data, sentence: str) -> None:
    new = copy.deepcopy(RECORDED)
    changed = {**VOTE, **vote}
    new["consultations"][2]["votes"] = [{key: value for key, value in changed.items() if value is not None}]
    assert said(RECORDED, new) == [VERSAMMLUNG + sentence]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"outcome": "rejected"}, "outcome recorded: rejected"),
        (
            {"outcome": "deferred", "deferred_to": dt.date(2025, 1, 20), "result_text": "vertagt auf Januar"},
            "outcome recorded: deferred to 2025-01-20, “vertagt auf Januar”",
        ),
        ({"outcome": "referred", "referred_to": "Bauausschuss"}, "outcome recorded: referred to Bauausschuss"),
        ({"votes": [{"id": "v1"}]}, "vote added"),
        ({"votes": [{"id": "v1", "result": "rejected"}]}, "vote recorded, rejected"),
        (
            {"votes": [{"choices": [{"label": "a)", "votes": 6}, {"label": "b)"}]}]},
            "vote recorded, a) 6, b) -",
        ),
        ({"votes": [{"id": "v1", "yes": 9, "abstentions": 1}]}, "vote recorded, 9 yes, 1 abstention"),
        ({"lead": True}, "lead no -> yes"),
        ({"agenda_item": "7.12"}, "agenda item added: 7.12"),
    ],
)  # fmt: skip
def test_what_can_be_said_of_a_step(values: Data, sentence: str) -> None:
    assert said(MOTION_3185, after(step(3, **values))) == [VERSAMMLUNG + sentence]


def test_an_outcome_changed_and_taken_back() -> None:
    rejected = after(step(3, outcome="rejected"))
    removed = after(step(3, outcome="removed", result_text="abgesetzt"))
    assert said(rejected, removed) == [VERSAMMLUNG + "outcome rejected -> taken off the agenda, “abgesetzt”"]
    (change,) = difference(rejected, MOTION_3185)
    assert change.kind is ChangeKind.OUTCOME_REMOVED
    assert change.sentence("de") == "Regionsversammlung, 17.12.2024: Ergebnis entfernt: abgelehnt"


def test_several_votes_have_a_change_each_and_the_outcome_goes_with_the_first() -> None:
    votes = [{**VOTE, "subject": "Ziffer 1"}, {"id": "v2", "subject": "Ziffer 2", "result": "rejected"}]
    assert said(MOTION_3185, after(step(3, outcome="partly", votes=votes))) == [
        VERSAMMLUNG + "vote on “Ziffer 1” recorded, 45 yes, 30 no, 3 abstentions, partly accepted",
        VERSAMMLUNG + "vote on “Ziffer 2” recorded, rejected",
    ]


def test_the_date_of_a_step() -> None:
    moved = after(step(1, date=dt.date(2024, 11, 20)))
    assert said(MOTION_3185, moved, "de") == ["Ausschuss für Gleichstellung …: Datum 19.11.2024 -> 20.11.2024"]


def test_steps_added_removed_and_moved() -> None:
    new = {"id": "c9", "organization": "Beirat", "date": dt.date(2024, 12, 1), "role": "hearing", "votes": [VOTE]}
    assert said(MOTION_3185, after(lambda m: m["consultations"].insert(1, new))) == [
        "Step added: Beirat, 2024-12-01, hearing",
        "Beirat, 2024-12-01: vote recorded, 45 yes, 30 no, 3 abstentions, accepted",
    ]
    assert said(MOTION_3185, after(lambda m: m["consultations"].pop(1))) == [
        "Step removed: Regionsausschuss, 2024-12-10"
    ]
    last_first = after(lambda m: m["consultations"].insert(0, m["consultations"].pop(2)))
    assert said(MOTION_3185, last_first) == [
        "Step moved before Ausschuss für Gleichstellung …, 2024-11-19: Regionsversammlung, 2024-12-17"
    ]
    assert said(last_first, MOTION_3185, "de") == [
        "Beratungsschritt ans Ende verschoben: Regionsversammlung, 17.12.2024"
    ]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ("Der Plan ist alt. Er ist landesweit Vorbild für alle.",
         "Facts of the case, sentence 2: ist [-bundesweit-] {+landesweit+} Vorbild"),
        ("Der Plan ist alt. Neu ist das hier. Er ist bundesweit Vorbild für alle.",
         "Facts of the case, sentence 2 added: “Neu ist das hier.”"),
        ("Er ist bundesweit Vorbild für alle.", "Facts of the case, sentence 1 removed: “Der Plan ist alt.”"),
        ("Er ist bundesweit Vorbild für alle. Der Plan ist alt.", "Facts of the case: 1 sentence moved"),
        ("Der Plan ist alt.\n\nEr ist bundesweit Vorbild für alle.", "Facts of the case: paragraphs divided otherwise"),
        ("Etwas ganz anderes steht jetzt da. Und mehr.", "Facts of the case: 8 words added, 10 removed"),
        ("", "Facts of the case removed, 10 words"),
    ],
)  # fmt: skip
def test_a_text_that_changed(facts: str, sentence: str) -> None:
    (change,) = difference(MOTION_3185, after(lambda m: m.update(facts=facts)))
    assert change.sentence("en") == sentence
    old = "".join(piece.text for piece in change.pieces if piece.kind != "added")
    assert old == MOTION_3185["facts"]
    assert change.place == ("facts",)


PARAGRAPHS = "Der erste hat einen Satz.\n\nDer zweite hat mehr. Er hat zwei Sätze.\n\nDer dritte ist der letzte."
LIST = "Ziele sind:\n- Eins ist das Ziel.\n- Zwei ist ein Ziel.\n- Drei ist kein Ziel."


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            PARAGRAPHS,
            "Der zweite hat mehr. Er hat zwei Sätze.\n\nDer dritte ist der letzte.\n\nDer erste hat einen Satz.",
            "paragraph 1 moved, is now paragraph 3",
        ),
        (
            PARAGRAPHS,
            "Der zweite hat mehr. Er hat zwei Sätze.\n\nDer erste hat nur einen Satz.\n\nDer dritte ist der letzte.",
            "1 word added, paragraph 1 moved, is now paragraph 2",
        ),
        (
            PARAGRAPHS,
            "Der erste hat einen Satz.\n\nDer zweite hat mehr.\n\nDer dritte ist der letzte. Er hat zwei Sätze.",
            "1 sentence moved",
        ),
        (
            LIST,
            "Ziele sind:\n- Zwei ist ein Ziel.\n- Drei ist kein Ziel.\n- Eins ist das Ziel.",
            "1 list item moved",
        ),
    ],
)  # fmt: skip
def test_what_moved_is_no_new_text(old: str, new: str, sentence: str) -> None:
    motion = {"facts": old}
    assert said(motion, {"facts": new}) == [f"Facts of the case: {sentence}"]


def test_much_in_one_sentence_is_counted_there() -> None:
    old = "Eins ist kurz. Die Verwaltung prüft mit den Städten und Gemeinden der Region jedes Jahr den Bedarf an Orten."
    new = (
        "Eins ist kurz. Die Verwaltung prüft unter Beteiligung der freien Träger, der Beiräte und aller Eltern mit den "
        "Städten und Gemeinden der Region Hannover, die dazu rechtzeitig und in leicht verständlicher Form einzuladen "
        "sind, in jedem zweiten Jahr den Bedarf an Orten."
    )
    assert said({"facts": old}, {"facts": new}) == ["Facts of the case, sentence 2: 24 words added, 1 removed"]
    assert said({"facts": old}, {"facts": new}, "de") == ["Sachverhalt, Satz 2: 24 Wörter hinzugefügt, 1 entfernt"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: m.update(title="Anderer Titel"),
         "Title “Integrationsplan aktualisieren und umsetzen” -> “Anderer Titel”"),
        (lambda m: m.update(title="Integrationsplan fortschreiben und umsetzen"),
         "Title: Integrationsplan [-aktualisieren-] {+fortschreiben+} und"),
        (lambda m: m.update(reference="3186 (V) HHA"), "Reference “3185 (V) HHA” -> “3186 (V) HHA”"),
        (lambda m: m.update(originators=["SPD", "CDU"]), "Movers: CDU added, Bündnis 90/DIE GRÜNEN removed"),
        (lambda m: m["originators"].reverse(), "Movers: order changed"),
        (lambda m: m["budget"]["amounts"][0].update(change=2500000),
         "Budget, amount expense, 2024: EUR 20,000.00 -> EUR 25,000.00"),
        (lambda m: m.update(public=False), "Public yes -> no"),
        (lambda m: m.pop("attachments"), "Attachments none -> not stated"),
        (lambda m: m.update(attachments=[{"id": "f1", "title": "Plan.pdf"}]), "Attachment added: Plan.pdf"),
        (lambda m: m.update(withdrawal={"date": dt.date(2025, 1, 7), "originators": ["SPD", "CDU"]}),
         "Withdrawal added: date 2025-01-07, movers “SPD, CDU”"),
        (lambda m: m.update(answer={"text": "Ja, das geht."}), "Answer added: answer of 3 words"),
        (lambda m: m.update(note="intern"), "unknown key “note” added: intern"),
    ],
)  # fmt: skip
def test_the_sentence_of_a_change(change: Any, sentence: str) -> None:
    assert said(MOTION_3185, after(change)) == [sentence]


def test_a_motion_that_comes_and_goes() -> None:
    (created,) = difference(None, MOTION_3185)
    assert (created.kind, created.place) == (ChangeKind.CREATED, ())
    assert created.sentence("de") == "angelegt: „Integrationsplan aktualisieren und umsetzen“"
    (deleted,) = difference(MOTION_3185, None)
    assert (deleted.kind, deleted.new) == (ChangeKind.DELETED, MISSING)
    assert difference(None, None) == []


def test_the_layout_of_a_file_is_no_change() -> None:
    by_hand = after(lambda m: m.update(facts="Der Plan ist alt.\nEr ist bundesweit\nVorbild für alle.\n"))
    by_hand["consultations"][0]["lead"] = False
    del by_hand["public"]
    assert difference(MOTION_3185, by_hand) == []


VALUES: dict[Kind, tuple[Any, Any]] = {
    Kind.TEXT: ("eins", "zwei drei"),
    Kind.PROSE: ("Ein Satz.", "Zwei Worte."),
    Kind.DATE: (dt.date(2024, 1, 2), dt.date(2024, 3, 4)),
    Kind.TIME: (dt.time(18), dt.time(19, 30)),
    Kind.INTEGER: (1, 2),
    Kind.CENTS: (100, -250),
    Kind.BOOLEAN: (True, False),
    Kind.TEXTS: (["a"], ["b", "a"]),
    Kind.INTEGERS: ([1], [2]),
    Kind.MAP: ({"VO003": "off"}, {"VO003": "error"}),
}


def holding(path: tuple[str, ...], value: Any, fields: Fields) -> Data:
    """A file with `value` at the end of `path`, in elements called x1."""
    table = {field.name: field for field in fields}
    field = table[path[0]]
    if len(path) == 1:
        return {path[0]: value} if value is not MISSING else {}
    inner = holding(path[1:], value, field.fields)
    return {path[0]: [{"id": "x1", **inner}] if field.kind is Kind.TABLES else inner}


def every_field(fields: Fields) -> list[Any]:
    return [
        pytest.param(fields, path, field, id=".".join(path))
        for path, field in walk(fields)
        if field.kind not in (Kind.TABLE, Kind.TABLES)
    ]


@pytest.mark.parametrize(("fields", "path", "field"), every_field(MOTION) + every_field(COUNCIL))
def test_every_field_has_its_sentences(fields: Fields, path: tuple[str, ...], field: Field) -> None:
    first, second = VALUES.get(field.kind, (MISSING, MISSING))
    if field.kind is Kind.CHOICE:
        first, second = (field.choices[0].code, field.choices[1].code)
    for before, now in ((first, second), (MISSING, first), (first, MISSING), (MISSING, second)):
        old, new = holding(path, before, fields), holding(path, now, fields)
        changes = difference(old, new, fields)
        expected = not same(normalise(old, fields), normalise(new, fields)) and not (
            field.default is not None and {before, now} == {MISSING, field.default}
        )
        assert bool(changes) == expected
        for change in changes:
            assert_speaks(change)
            assert change.place[0] == path[0]


def assert_speaks(change: Change) -> None:
    for language in ("de", "en"):
        sentence, label = change.sentence(language), change.label(language)
        assert sentence.strip() == sentence != ""
        assert label.strip()
        assert "MISSING" not in sentence


@given(versions(MOTION, strange=True))
def test_there_is_no_change_exactly_where_the_meaning_is_the_same(pair: tuple[Data, Data]) -> None:
    old, new = pair
    changes = difference(old, new)
    assert bool(changes) != same(*(_with_defaults(normalise(data, MOTION)) for data in pair))
    for change in changes:
        assert_speaks(change)
        if change.kind not in (ChangeKind.STEP_MOVED, ChangeKind.ELEMENT_MOVED):
            assert not same(change.old, change.new)


def _with_defaults(data: Data) -> Data:
    return {key: value for key, value in data.items() if not (key == "public" and value is True)}


def test_an_element_is_named_by_its_id() -> None:
    (change,) = difference(MOTION_3185, after(step(2, time=dt.time(17))))
    assert change.place == ("consultations", Item("c2"), "time")


def test_names_are_cut_after_a_word() -> None:
    assert shortened("Ausschuss für Soziales, Wohnungswesen und Teilhabe", 26) == "Ausschuss für Soziales …"
    assert shortened("Donaudampfschifffahrtsgesellschaft", 12) == "Donaudampfs…"
    assert shortened("kurz\nund gut", 12) == "kurz und gut"
