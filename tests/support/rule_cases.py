"""A council and a motion for the tests of rules, and the files that the example of a rule stands for."""

from __future__ import annotations

import datetime as dt
import re
import tomllib

from antragsbuch_schema.diagnostics import Located
from antragsbuch_schema.rules import Directory, Rule, Scope
from antragsbuch_schema.validate import Report, validate_register

TODAY = dt.date(2024, 12, 31)

COUNCIL = """\
format = 1
name = "Region Hannover"
public = true

[reference]
pattern = "{counter} ({term}) {type}"
path = "{term}/{hundred}/{counter}-{type}"

[law]
profile = "nkomvg"

[[terms]]
id = "t4"
name = "IV"
start = 2016-11-01
end = 2021-10-31

[[terms]]
id = "t5"
name = "V"
start = 2021-11-01
end = 2026-10-31

[[organizations]]
id = "o1"
name = "Regionsversammlung"
classification = "assembly"

[[organizations.seats]]
id = "s1"
term = "V"
seats = 85

[[organizations]]
id = "o2"
name = "Regionsausschuss"
classification = "main_committee"
public = false

[[organizations.seats]]
id = "s1"
term = "V"
seats = 11

[[organizations]]
id = "o3"
name = "Ausschuss für Soziales"
classification = "committee"
end = 2021-10-31

[[organizations]]
id = "o4"
name = "Ausschuss für Soziales, Wohnungswesen und Teilhabe"
classification = "committee"
start = 2021-11-01

[[organizations.seats]]
id = "s1"
term = "V"
seats = 11

[[organizations]]
id = "o5"
name = "Ausschuss für Gleichstellung, Frauenförderung und Integration"
classification = "committee"

[[organizations.former_names]]
id = "n1"
name = "Ausschuss für Gleichstellung"
until = 2021-10-31

[[factions]]
id = "f1"
name = "SPD"

[[factions.seats]]
id = "s1"
term = "V"
seats = 27

[[factions]]
id = "f2"
name = "Bündnis 90/DIE GRÜNEN"

[[factions]]
id = "f3"
name = "CDU"

[[factions]]
id = "f4"
name = "PIRATEN"
end = 2021-10-31

[[paper_types]]
id = "p1"
name = "Haushaltsantrag"
code = "HHA"

[[paper_types]]
id = "p2"
name = "Anfrage"
code = "AaA"
decided = false

[[sub_budgets]]
id = "b1"
number = "33"
name = "Zuwanderung und Migration"

[[sub_budgets]]
id = "b2"
number = "50"
name = "Soziales"
"""

DIRECTORY = Directory(tomllib.loads(COUNCIL))

HEAD = {
    "id": '"k7m2qx9a"',
    "reference": '"2292 (V) HHA"',
    "paper_type": '"Haushaltsantrag"',
    "title": '"Konferenz zur Armutsbekämpfung"',
    "public": "true",
    "originators": '[\n    "SPD",\n]',
    "submitted": "2023-11-15",
    "date": "2023-11-16",
    "attachments": "[]",
}

_COMMENT = re.compile(r"^# (motions/\S+)\n", re.MULTILINE)


def motion(example: str, **changed: str | None) -> str:
    """A whole motion around a piece of TOML: the keys of the head that it lacks stand around it, in their order."""
    top, *below = re.split(r"^(?=\[)", example, maxsplit=1, flags=re.MULTILINE)
    before, *pairs = re.split(r"^(?=\w+ ?=)", top, flags=re.MULTILINE)
    stated = {re.match(r"\w+", pair)[0]: pair for pair in pairs}  # type: ignore[index]
    lists = set(re.findall(r"^\[+(\w+)", example, re.MULTILINE))
    if "date" in stated and "submitted" not in stated:
        lists.add("submitted")
    head = {key: value for key, value in {**HEAD, **changed}.items() if key not in lists and value is not None}
    lines = [stated.pop(key, f"{key} = {value}\n") for key, value in head.items()]
    rest = "".join(stated.values())
    return before + "".join(lines) + rest + "".join(below)


def files_of(example: str) -> list[tuple[str, bytes]]:
    """The files that an example stands for: one for each comment with a path, or one where its reference belongs."""
    pieces = _COMMENT.split(example)
    named = list(zip(pieces[1::2], pieces[2::2], strict=True)) or [("", pieces[0])]
    result = []
    for path, piece in named:
        text = motion(piece)
        result.append((path or _path(text), text.encode()))
    return result


def _path(text: str) -> str:
    try:
        return DIRECTORY.scheme.path_for(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return "motions/V/2200/2292-HHA.toml"


def council_file(example: str) -> bytes:
    """A council's file around a piece of TOML."""
    head = "" if "format" in example else "format = 1\n"
    return f'{head}name = "Region Hannover"\npublic = true\n{example}'.encode()


def report_on(rule: Rule, example: str) -> Report:
    """What the whole check says about the example of a rule."""
    if rule.scope is Scope.COUNCIL:
        return validate_register([], council_file(example), TODAY)
    return validate_register(files_of(example), COUNCIL.encode(), TODAY)


def found(report: Report, code: str) -> list[Located]:
    """The findings of one rule."""
    return [located for located in report.findings if located.finding.code == code]
