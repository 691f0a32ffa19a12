"""Write the tables of `docs/file-format.md` from the tables of fields: `python tools/file_format_tables.py [--check]`.

What stands between `<!-- fields: motion -->` and `<!-- end -->` (and the same for the council) is made here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.fields import Field, Fields, Kind
from antragsbuch_schema.motion_fields import MOTION

DOCUMENT = Path(__file__).parent.parent / "docs/file-format.md"
TYPES = {
    Kind.TEXT: "string, one line",
    Kind.PROSE: "string, prose",
    Kind.DATE: "local date",
    Kind.TIME: "local time",
    Kind.INTEGER: "integer, 0 or more",
    Kind.CENTS: "integer, cents",
    Kind.BOOLEAN: "boolean",
    Kind.CHOICE: "string, one of",
    Kind.TEXTS: "list of strings",
    Kind.INTEGERS: "list of integers",
    Kind.TABLE: "table",
    Kind.TABLES: "list of tables",
    Kind.MAP: "table of strings",
}
_PART = re.compile(r"(<!-- fields: (motion|council) -->\n).*?(<!-- end -->)", re.DOTALL)


def tables(fields: Fields, name: str = "") -> Iterator[str]:
    """A table of the keys of one table, then those of the tables in it."""
    if name:
        yield f"`{name}`\n"
    yield "| key | type | what it is |\n|---|---|---|"
    for field in fields:
        yield f"| `{field.name}` | {_type(field)} | {field.label}. {field.help} |"
    yield ""
    for field in fields:
        if field.fields:
            below = f"{name}.{field.name}".lstrip(".")
            yield from tables(field.fields, below)


def _type(field: Field) -> str:
    choices = " ".join(f"`{choice.code}`" for choice in field.choices)
    default = {True: "; `true` where missing", False: "; `false` where missing"}.get(field.default is True, "")
    return " ".join(part for part in (TYPES[field.kind], choices) if part) + (
        default if field.default is not None else ""
    )


def rendered(document: str) -> str:
    """`document` with its tables made anew."""
    made = {"motion": MOTION, "council": COUNCIL}
    return _PART.sub(lambda part: part[1] + "\n".join(tables(made[part[2]])).rstrip() + "\n" + part[3], document)


def main() -> int:
    """Write the document, or say whether it is stale."""
    before = DOCUMENT.read_text(encoding="utf-8")
    after = rendered(before)
    if "--check" in sys.argv:
        return int(before != after)
    DOCUMENT.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
