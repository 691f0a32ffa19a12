"""Edits of the text: what stays, where new things go, what goes along with what is removed."""

from __future__ import annotations

import datetime as dt
from difflib import ndiff
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.edits import MISSING, Edit, Insert, Move, Remove, Set
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import Item, PlaceError, parse
from antragsbuch_schema.toml.edit import edit, rewrite
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import read

REAL = Path(__file__).parents[2] / "motions/V/3100/3185-HHA.toml"

ODD = """\
# Antrag der SPD
reference = '3185 (V) HHA'   # vorläufig
"id"   = "x"

budget.plan = "2024"
originators = ["SPD", 'CDU']

# Die Sitzung
[[consultations]]
  id = "c1"
  # Tag
  date = 2023-12-07

# zweiter Haushalt
[budget.extra]
a = 1

[[consultations]] # Entscheidung
id = "c2"
role = 'decision'
[[consultations.votes]]
yes = 45 # laut Protokoll
id = "v1"
"""


def changed(text: str, *steps: Edit) -> list[str]:
    """The lines that the edits take out (`- `) and put in (`+ `), without blank ones."""
    result = edit(text, steps, MOTION)
    assert read(result.encode())
    found = ndiff(text.splitlines(keepends=True), result.splitlines(keepends=True))
    return [line.rstrip("\r\n") for line in found if line[0] in "+-" and line[1:].strip()]


def put(place: str, value: object) -> Set:
    return Set(parse(place), None, value)


@pytest.mark.parametrize(
    ("step", "lines"),
    [
        (
            put("reference", "1 (V) A"),
            ["- reference = '3185 (V) HHA'   # vorläufig", '+ reference = "1 (V) A"   # vorläufig']),
        (put("id", "y"), ['- "id"   = "x"', '+ "id"   = "y"']),
        (put("budget.plan", "2025"), ['- budget.plan = "2024"', '+ budget.plan = "2025"']),
        (put("budget.cover", "Aus. Rücklagen."), ['+ budget.cover = """', "+ Aus.", "+ Rücklagen.", '+ """']),
        (put("budget.extra.b", 2), ["+ b = 2"]),
        (put("consultations[c1].organization", "Rat"), ['+   organization = "Rat"']),
        (put("consultations[c1].date", dt.date(2023, 12, 8)), ["-   date = 2023-12-07", "+   date = 2023-12-08"]),
        (put("consultations[c1].date", MISSING), ["-   # Tag", "-   date = 2023-12-07"]),
        (put("consultations[c2].votes[v1].no", 3), ["+ no = 3"]),
        (put("consultations[c2].votes[v1].result", "accepted"), ['+ result = "accepted"']),
        (put("consultations[c2].lead", True), ["+ lead = true"]),
        (put("consultations[c2].lead", False), []),
        (put("title", "Ein Titel"), ['+ title = "Ein Titel"']),
        (put("public", True), ["+ public = true"]),
        (put("facts", "Eins. Zwei."), ['+ facts = """', "+ Eins.", "+ Zwei.", '+ """']),
        (put("attachments", []), ["+ attachments = []"]),
        (put('"größe"', {"a b": 1}), ['+ ["größe"]', '+ "a b" = 1']),
        (put("statement.recommendation", "accept"), ["+ [statement]", '+ recommendation = "accept"']),
        (
            put("budget", MISSING),
            ['- budget.plan = "2024"', "- # zweiter Haushalt", "- [budget.extra]", "- a = 1"],
        ),
        (put("originators[#2]", "FDP"), ["- originators = [\"SPD\", 'CDU']", '+ originators = ["SPD", "FDP"]']),
        (put("originators", ["CDU", "SPD"]), ["- originators = [\"SPD\", 'CDU']", "+ originators = ['CDU', \"SPD\"]"]),
        (put("originators", []), ["- originators = [\"SPD\", 'CDU']"]),
        (
            Insert(("originators",), 1, "FDP"),
            ["- originators = [\"SPD\", 'CDU']", "+ originators = [\"SPD\", \"FDP\", 'CDU']"],
        ),
        (Remove(("originators",), 0, "SPD"), ["- originators = [\"SPD\", 'CDU']", "+ originators = ['CDU']"]),
        (
            Insert(("consultations",), 1, {"id": "c3", "votes": [{"yes": 1}]}),
            ["+ [[consultations]]", '+ id = "c3"', "+ [[consultations.votes]]", "+ yes = 1"],
        ),
        (
            Remove(("consultations",), 0, {}),
            ["- # Die Sitzung", "- [[consultations]]", '-   id = "c1"', "-   # Tag", "-   date = 2023-12-07"],
        ),
        (
            Insert((*parse("consultations[c1]"), "votes"), 0, {"yes": 1}),
            ["+ [[consultations.votes]]", "+ yes = 1"],
        ),
        (
            Insert(parse("budget.references"), 0, {"page": "1"}),
            ["+ [[budget.references]]", '+ page = "1"'],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [ODD, ODD.replace("\n", "\r\n"), "\ufeff" + ODD], ids=["lf", "crlf", "bom"])
def test_an_edit_changes_these_lines_only(text: str, step: Edit, lines: list[str]) -> None:
    assert changed(text, step) == lines
    result = edit(text, [step], MOTION)
    assert result.startswith("\ufeff") == text.startswith("\ufeff")
    assert result.count("\r\n") == (result.count("\n") if "\r\n" in text else 0)


def test_an_element_goes_with_its_comments_and_tables() -> None:
    assert edit(ODD, [Move(("consultations",), 1, 0)], MOTION) == (
        ODD[: ODD.index("# Die Sitzung")]
        + ODD[ODD.index("[[consultations]] # Ent") :]
        + "\n"
        + ODD[ODD.index("# Die Sitzung") : ODD.index("\n[[consultations]] # Ent")]
    )


def test_new_keys_come_in_the_order_of_the_model_among_those_that_are_there() -> None:
    text = 'title = "T"\nfacts = "F"\nid = "x"\nnote = 1\n'
    assert edit(text, [put("date", dt.date(2023, 1, 1))], MOTION) == text.replace("facts", "date = 2023-01-01\nfacts")
    assert edit(text, [put("reference", "1")], MOTION) == text.replace("note", 'reference = "1"\nnote')
    assert edit(text, [put("other", 1)], MOTION) == text + "other = 1\n"


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        # inline tables and lists are edited where they are
        ("budget = {plan = '1'}\n", put("budget.cover", "A? B?"), "budget = {plan = '1', cover = \"A?\\nB?\\n\"}\n"),
        ("budget = {cover = '1'}\n", put("budget.plan", "2"), "budget = {plan = \"2\", cover = '1'}\n"),
        ("budget = { }\n", put("budget.plan", "2"), 'budget = { plan = "2" }\n'),
        ("budget = {plan = '1', cover = '2'}\n", put("budget.plan", MISSING), "budget = {cover = '2'}\n"),
        ("budget = {plan = '1', cover = '2'}\n", put("budget.cover", MISSING), "budget = {plan = '1'}\n"),
        ("budget = {plan = '1'}\n", put("budget.plan", MISSING), "budget = {}\n"),
        ("x = {a.b = 1, c = 2}\n", put("x.a.d", 3), "x = {a.b = 1, a.d = 3, c = 2}\n"),
        ("x = {a.b = 1, c = 2}\n", put("x.a.b", MISSING), "x = {a = {}, c = 2}\n"),
        (
            "consultations = [{id = 'c1'}, {id = 'c2'}]\n",
            put("consultations[c1].lead", True),
            "consultations = [{id = 'c1', lead = true}, {id = 'c2'}]\n",
        ),
        (
            "consultations = [{id = 'c1'}]\n",
            Insert(("consultations",), 1, {"id": "c2", "votes": [{"yes": 1}]}),
            "consultations = [{id = 'c1'}, { id = \"c2\", votes = [{ yes = 1 }] }]\n",
        ),
        ("consultations = [{id = 'c1'}]\n", Remove(("consultations",), 0, {}), ""),
        # the empty list and the first element
        ("attachments = []\n", Insert(("attachments",), 0, {"id": "f1"}), '[[attachments]]\nid = "f1"\n'),
        (
            "id = 'x'\nattachments = [] # keine\nnote = 1\n",
            Insert(("attachments",), 0, {"id": "f1"}),
            "id = 'x'\nnote = 1\n\n[[attachments]]\nid = \"f1\"\n",
        ),
        ("id = 'x'\n\n[[attachments]]\nid = 'f1'\n", Remove(("attachments",), 0, {}), "id = 'x'\nattachments = []\n"),
        ("[[consultations]]\nid = 'c1'\n", Remove(("consultations",), 0, {}), ""),
        ("x = [1]\n", Remove(("x",), 0, 1), "x = []\n"),
        ("x = []\n", Insert(("x",), 0, 1), "x = [\n    1,\n]\n"),
        # lists on several lines
        ("x = [\n  1, # eins\n  2\n]\n", Insert(("x",), 2, 3), "x = [\n  1, # eins\n  2,\n  3\n]\n"),
        ("x = [\n  1, # eins\n  2, # zwei\n]\n", Insert(("x",), 2, 3), "x = [\n  1, # eins\n  2, # zwei\n  3,\n]\n"),
        ("x = [\n  1,\n  # zwei\n  2,\n]\n", Insert(("x",), 1, 3), "x = [\n  1,\n  3,\n  # zwei\n  2,\n]\n"),
        ("x = [\n  1,\n  # zwei\n  2, # 2\n  3,\n]\n", Remove(("x",), 1, 2), "x = [\n  1,\n  3,\n]\n"),
        ("x = [\n  1,\n  # drei\n  3 # 3\n]\n", Move(("x",), 1, 0), "x = [\n  # drei\n  3, # 3\n  1,\n]\n"),
        ("x = [ 1\n    , 2 # zwei\n    , 3\n    ]\n", Remove(("x",), 1, 2), "x = [ 1 # zwei\n    , 3\n    ]\n"),
        ("x = [ 1\n    , 2\n    ]\n", Insert(("x",), 2, 3), "x = [ 1\n    , 2, 3\n    ]\n"),
        ("x = [1, 2,]\n", Insert(("x",), 2, 3), "x = [1, 2, 3,]\n"),
        ("x = [1, # eins\n 2]\n", Remove(("x",), 1, 2), "x = [1, # eins\n ]\n"),
        ("x = [[1, 2], [3]]\n", Insert(("x", 0), 1, 9), "x = [[1, 9, 2], [3]]\n"),
        # tables in every form
        ("[budget.extra]\na = 1\n", put("budget.plan", "1"), '[budget]\nplan = "1"\n\n[budget.extra]\na = 1\n'),
        ("[budget]\nplan = '1'\n", put("budget.plan", MISSING), ""),
        ("[budget]\nplan = '1'\n\n[budget.x]\na = 1\n", put("budget.plan", MISSING), "[budget.x]\na = 1\n"),
        ("# H\n[budget]\nplan = '1'\n", put("budget.plan", MISSING), "# H\n[budget]\n"),
        ("[x]\na = 1\n", put("x.a", MISSING), "[x]\n"),
        ("x.a = 1\n", put("x.a", MISSING), "[x]\n"),
        ("[x.y]\na = 1\n", put("x.y", MISSING), "[x]\n"),
        ("[x]\na = 1\n", put("x", 5), "x = 5\n"),
        ("x = 5\n", put("x", {"a": 1}), "[x]\na = 1\n"),
        ("x = 5\n", put("x", [{"a": 1}]), "[[x]]\na = 1\n"),
        ("x = [1]\n", Set(("x", 0), 1, {"a": 1}), "[[x]]\na = 1\n"),
        ("[[x]]\na = 1\n", Set(("x", 0), {"a": 1}, 5), "x = [\n    5,\n]\n"),
        ("[[x]]\na = 1\n", Insert(("x",), 1, 5), "x = [\n    { a = 1 },\n    5,\n]\n"),
        # what stands at the top and at the end of a file
        ("# nur ein Kommentar", put("id", "x"), '# nur ein Kommentar\n\nid = "x"\n'),
        (
            "# Kopf\n\n# zur Sitzung\n[[consultations]]\n",
            put("id", "x"),
            '# Kopf\n\nid = "x"\n\n# zur Sitzung\n[[consultations]]\n',
        ),
        ("#:schema x.json\ntitle = 'T'\nid = 'x'\n", put("title", MISSING), "#:schema x.json\nid = 'x'\n"),
        ("id = 'x'", put("title", "T"), "id = 'x'\ntitle = \"T\"\n"),
        ("[[consultations]]\nid = 'c1'\n# Ende\n", Remove(("consultations",), 0, {}), "# Ende\n"),
        (
            "[[consultations]]\n# Ende\n",
            Insert(("consultations",), 1, {}),
            "[[consultations]]\n# Ende\n\n[[consultations]]\n",
        ),
        # a literal or an escaped string that already says it
        ("title = 'T'\n", put("title", "T"), "title = 'T'\n"),
        ("facts = 'Eins. Zwei.'\n", put("facts", "Eins.\nZwei.\n"), "facts = 'Eins. Zwei.'\n"),
        ("facts = 'u\u0308ber'\n", put("facts", "über"), 'facts = """\nüber\n"""\n'),
        # a list that is set as a whole keeps what it can
        (
            "originators = [\n  'A', # a\n  'B', # b\n  'C', # c\n]\n",
            put("originators", ["C", "A", "X"]),
            "originators = [\n  'C', # c\n  'A', # a\n  \"X\", # b\n]\n",
        ),
        (
            "originators = [\n  'A', # a\n  'B', # b\n]\n",
            put("originators", ["A", "X"]),
            "originators = [\n  'A', # a\n  \"X\", # b\n]\n",
        ),
        (
            "[[consultations]] # 1\nid = 'c1'\n\n[[consultations]] # 2\nid = 'c2'\n",
            put("consultations", [{"id": "c3"}, {"id": "c2", "lead": True}]),
            "[[consultations]]\nid = \"c3\"\n\n[[consultations]] # 2\nid = 'c2'\nlead = true\n",
        ),
    ],
)  # fmt: skip
def test_forms(before: str, step: Edit, after: str) -> None:
    assert edit(before, [step], MOTION) == after


def test_prose_changes_by_the_sentence() -> None:
    text = REAL.read_text(encoding="utf-8")
    facts = read(text.encode()).data["facts"]
    new = facts.replace("bundesweit Vorbild", "landesweit Vorbild")
    found = changed(text, put("facts", new))
    assert len(found) == 2
    assert found[0].startswith("- Dieser weiter entwickelte Integrationsplan")
    assert found[1] == found[0].replace("- ", "+ ", 1).replace("bundesweit", "landesweit")


@given(st.data())
def test_a_changed_sentence_of_prose_changes_its_line(data: st.DataObject) -> None:
    sentence = st.sampled_from(["Der Rat tagt.", "Wir bitten um 20.000 €.", "Siehe S. 4 ff. des Plans.", "Warum?"])
    paragraphs = data.draw(st.lists(st.lists(sentence, min_size=1, max_size=3), min_size=1, max_size=3))
    text = edit("id = 'x'\n", [put("facts", "\n\n".join(map(" ".join, paragraphs)))], MOTION)
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    place = data.draw(st.integers(0, len(paragraphs[number]) - 1))
    paragraphs[number][place] = "Ganz anders."
    result = edit(text, [put("facts", "\n\n".join(map(" ".join, paragraphs)))], MOTION)
    pairs = [pair for pair in zip(text.split("\n"), result.split("\n"), strict=True) if pair[0] != pair[1]]
    assert [new for _, new in pairs] == ["Ganz anders."]


def test_the_vote_of_an_evening() -> None:
    text = REAL.read_text(encoding="utf-8")
    place = parse("consultations[c4]")
    vote = {"id": "v1", "result": "accepted", "yes": 45, "no": 30, "abstentions": 3}
    steps: list[Edit] = [Set((*place, "outcome"), MISSING, "as_proposed"), Insert((*place, "votes"), 0, vote)]
    assert edit(text, steps, MOTION) == (
        text + 'outcome = "as_proposed"\n\n[[consultations.votes]]\nid = "v1"\nresult = "accepted"\n'
        "yes = 45\nno = 30\nabstentions = 3\n"
    )


def test_several_edits_follow_each_other() -> None:
    steps: list[Edit] = [
        Insert(("consultations",), 0, {"id": "c9"}),
        Set(("consultations", Item("c9"), "lead"), MISSING, True),
        Move(("consultations",), 0, 2),
        Remove(("consultations",), 0, {}),
        Set(("consultations", 1, "id"), "c9", "c7"),
    ]
    data = read(edit(ODD, steps, MOTION).encode()).data
    assert [step["id"] for step in data["consultations"]] == ["c2", "c7"]
    assert data["consultations"][1] == {"id": "c7", "lead": True}


def test_rewriting_keeps_comments_by_id() -> None:
    data = read(ODD.encode()).data
    data["consultations"].reverse()
    data["consultations"][0]["outcome"] = "as_proposed"
    del data["budget"]["extra"]
    assert [line for line in rewrite(ODD, data, MOTION).splitlines() if "#" in line] == [
        "# Antrag der SPD",
        "reference = '3185 (V) HHA'   # vorläufig",
        "[[consultations]] # Entscheidung",
        "yes = 45 # laut Protokoll",
        "# Die Sitzung",
        "  # Tag",
    ]


def test_what_no_file_can_hold_is_refused() -> None:
    deep: object = 1
    for _ in range(9):
        deep = [deep]
    with pytest.raises(TomlError):
        edit(ODD, [put("x", deep)], MOTION)
    with pytest.raises(TomlError):
        edit(ODD, [put("facts", "x" * (1 << 20))], MOTION)
    with pytest.raises(TomlError):
        edit("id = ", [put("id", "x")], MOTION)
    with pytest.raises(ValueError, match="surrogates"):
        edit(ODD, [put("title", "\ud800")], MOTION)
    with pytest.raises(PlaceError):
        edit(ODD, [put("consultations[c3].lead", True)], MOTION)
