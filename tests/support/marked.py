"""Files with every field filled, and a word in every text of them that can be looked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind


def marked(fields: Fields, word: str, above: tuple[str, ...] = ()) -> Data:
    """A table with every field filled; every text in it is `word` and the field's own way of keys."""
    return {field.name: marked_value(field, word, (*above, field.name)) for field in fields}


def marked_value(field: Field, word: str, path: tuple[str, ...]) -> Any:
    """The same for one field; `path` is its way of keys."""
    text = f"{word}_{'_'.join(path)}"
    match field.kind:
        case Kind.TABLE:
            return marked(field.fields, word, path)
        case Kind.TABLES:
            return [marked(field.fields, word, path)]
        case Kind.MAP:
            return {text: "off", "VO001": text}
        case Kind.TEXTS:
            return [text]
        case Kind.INTEGERS:
            return [4711]
        case Kind.BOOLEAN:
            return True
        case Kind.DATE:
            return dt.date(2023, 12, 19)
        case Kind.TIME:
            return dt.time(18)
        case Kind.INTEGER | Kind.CENTS:
            return 4711
        case Kind.CHOICE:
            return field.choices[0].code
        case _:
            return text
