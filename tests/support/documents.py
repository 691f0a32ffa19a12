"""Documents for tests: a motion with something in every section, words that must come out, hostile texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Fields, Kind
from support.printed import motion

HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#65;",
    '" onmouseover="alert(1)',
    "*fett* _schräg_ **beides** ~~weg~~ `Code` ``` ```",
    "[Link](javascript:alert(1)) ![Bild](x) <https://example.org> [^1]",
    "# Überschrift #",
    "1. erstens",
    "1) erstens",
    "- Punkt",
    "+ Punkt",
    "---",
    "===",
    "> Zitat",
    "a | b \\| c \\",
    "$x$ :tada: $$",
    "\\* \\",
    "C:\\Ablage\\neu",
    "[x] erledigt",
    "<!-- weg -->",
    "<?php ?> <![CDATA[ x ]]>",
    "*#[typst] $ @label",
)


def voted() -> Data:
    """2292 with everything that a motion can say about a vote, an amount and the papers around it."""
    data = motion("2292")
    data["related_papers"] = ["2200 (V) HHA", "1999 (IV) A"]
    data["budget"]["cover"] = "Die Mittel werden der Rücklage entnommen.\n"
    data["consultations"][1] |= {
        "outcome": "as_proposed",
        "votes": [{"id": "v1", "yes": 11, "no": 0, "abstentions": 2}],
    }
    data["consultations"][3] |= {
        "agenda_item": "7.12",
        "outcome": "amended",
        "resolution_text": "Die Verwaltung führt eine Konferenz durch.\n\n- erstens\n- zweitens\n",
        "votes": [
            {"id": "v1", "subject": "Vertagung", "procedural": True, "yes": 20, "no": 55},
            {
                "id": "v2",
                "yes": 45,
                "no": 30,
                "abstentions": 3,
                "by_faction": [
                    {"id": "f1", "name": "SPD", "yes": 45},
                    {"id": "f2", "name": "CDU", "no": 30, "abstentions": 3},
                ],
            },
        ],
    }
    data["statement"] = {"organization": "Dezernat II", "date": dt.date(2023, 11, 28), "text": "Dafür.\n"}
    data["attachments"] = [
        {"id": "f1", "title": "Konzept", "path": "anlagen/konzept.pdf"},
        {"id": "f2", "title": "Plan"},
    ]
    return data


def marked(data: Data, fields: Fields, words: Iterator[str]) -> Data:
    """The data with the next of `words` in every text field that is there."""
    made: Data = {}
    for field in fields:
        if field.name not in data:
            continue
        entry: Any = data[field.name]
        if field.kind in (Kind.TEXT, Kind.PROSE) and not (field is fields[0] and field.name == "id"):
            entry = next(words)
        elif field.kind is Kind.TEXTS:
            entry = [next(words) for _ in entry]
        elif field.kind is Kind.TABLE:
            entry = marked(entry, field.fields, words)
        elif field.kind is Kind.TABLES:
            entry = [marked(element, field.fields, words) for element in entry]
        made[field.name] = entry
    return made
