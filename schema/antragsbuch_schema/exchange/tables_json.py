"""Motions as JSON Lines: everything that their files say, one motion a line; and back.

    {"path": "motions/V/2200/2292-HHA.toml", "version": "8a1c...", "motion": {"id": "k7m2qx9a", ...}}

Keys are those of the file, in its order. Dates and times are ISO texts; what JSON can't hold, or is of another type
than its field, stands as TOML: `{"$toml": "2023-12-19T18:00:00"}`. On the way back the same rules hold as for tables:
what is missing takes nothing away, elements are found by their id.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from antragsbuch_schema import places
from antragsbuch_schema.alignment import is_tables
from antragsbuch_schema.edits import MISSING, Data, Edit, Insert, Set, apply_all
from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.german import CENTS_MAX, INTEGER_MAX
from antragsbuch_schema.i18n import Text, text
from antragsbuch_schema.ids import new_element_id
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.places import ID, Item, Place, Step
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.values import inline

from .tables_cells import NotUnderstood
from .tables_csv import MAX_BYTES, MAX_ROWS, TableError
from .tables_edits import Applied, Asked
from .tables_in import BAD_ID, EMPTY, NEW_ROW, Trouble
from .tables_in import Kind as TroubleKind

MAX_LINE = 4 << 20
"""The most bytes in a line: no file of a register makes more."""

MAX_STRUCTURES = 1 << 16
"""The most lists and objects in a line."""

_TOML = "$toml"
_KEYS = ("path", "version", "motion")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class JsonLine:
    """A line that came back: its number from 1, and what it says of a motion."""

    row: int
    version: str
    motion: Mapping[str, Any]
    sheet: str = ""

    def key(self, name: str) -> str | None:
        """Identity (`motion`) and `reference` of the motion, and its `version`, as in a row of a table."""
        if name == "version":
            return self.version
        value = self.motion.get("id" if name == "motion" else name)
        return value if isinstance(value, str) else None

    def trouble(self, kind: TroubleKind, reason: Text, place: Place = ()) -> Trouble:
        """What is not taken over of this line, or of a place in it."""
        return Trouble(kind, reason, self.sheet, self.row, 0, places.render(place))


# out


def to_line(data: Mapping[str, Any], path: str, version: str) -> str:
    """A motion (normal data) as a line, with its line feed."""
    row = {"path": path, "version": version, "motion": _table(data, MOTION)}
    return json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"


def _table(data: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    known = by_name(fields)
    ordered = dict.fromkeys((*(name for name in known if name in data), *data))
    return {name: to_json(data[name], known.get(name)) for name in ordered}


def to_json(value: Any, field: Field | None) -> Any:
    """A value as JSON holds it."""
    if field is not None:
        if field.kind is Kind.TABLE and isinstance(value, Mapping) and _TOML not in value:
            return _table(value, field.fields)
        if field.kind is Kind.TABLES and is_tables(value) and not any(_TOML in element for element in value):
            return [_table(element, field.fields) for element in value]
        if field.kind in (Kind.DATE, Kind.TIME) and type(value) in (dt.date, dt.time):
            plain = value.isoformat()
            return plain if same(from_json(plain, field), value) else {_TOML: inline(value, None)}
        return value if same(from_json(value, field), value) else {_TOML: inline(value, None)}
    return value if _is_plain(value) else {_TOML: inline(value, None)}


def _is_plain(value: Any) -> bool:
    """Whether JSON holds a value as it is."""
    if isinstance(value, dict):
        return _TOML not in value and all(map(_is_plain, value.values()))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, (str, bool, int)) or (isinstance(value, float) and isfinite(value))


# in


def json_lines(data: bytes, troubles: list[Trouble], name: str = "") -> Iterator[JsonLine]:
    """The lines of the file `name`; those that say nothing of a motion are added to `troubles`. Raises `TableError`."""
    if len(data) > MAX_BYTES:
        raise TableError(text("larger than {limit} MiB; take the motions over in several parts", limit=MAX_BYTES >> 20))
    start, number = 0, 0
    data = data.removeprefix(b"\xef\xbb\xbf")
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        number += 1
        if number > MAX_ROWS:
            raise TableError(text("more than {limit} rows", limit=MAX_ROWS))
        found = _line(data[start:end], number, name) if end - start <= MAX_LINE else text("the line is too long")
        if isinstance(found, JsonLine):
            yield found
        elif found is not None:
            troubles.append(Trouble("not understood", found, name, number))
        start = end + 1


def _line(source: bytes, number: int, name: str) -> JsonLine | Text | None:
    if not source.strip():
        return None
    if source.count(b"{") + source.count(b"[") > MAX_STRUCTURES:
        return text("too many lists and objects in one line")
    try:
        value = json.loads(source.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return text("no JSON object in this line")
    if not isinstance(value, dict) or not isinstance(value.get("motion"), dict):
        return text("no motion: an object with the key “motion” is one")
    version = value.get("version")
    return JsonLine(number, version if isinstance(version, str) else "", value["motion"], name)


def _no_number(name: str) -> Any:
    raise ValueError(name)


def from_json(value: Any, field: Field | None) -> Any:
    """The value that JSON stands for in `field` (None: a key that is not known), or `NotUnderstood`."""
    if isinstance(value, dict) and value.keys() == {_TOML}:
        return _from_toml(value[_TOML])
    if field is None:
        return value if _is_plain(value) and not _half(value) else NotUnderstood(text("no file can hold this value"))
    return value if _fits(value, field) else _other(value, field)


def _fits(value: Any, field: Field) -> bool:
    """Whether a value stands for itself in a field."""
    match field.kind:
        case Kind.TEXT:
            return isinstance(value, str) and not _HALF.search(value) and "\n" not in value
        case Kind.PROSE:
            return isinstance(value, str) and not _HALF.search(value)
        case Kind.INTEGER:
            return type(value) is int and 0 <= value <= INTEGER_MAX
        case Kind.CENTS:
            return type(value) is int and abs(value) <= CENTS_MAX
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case Kind.CHOICE:
            return field.choice(value) is not None if isinstance(value, str) else False
        case Kind.TEXTS:
            return isinstance(value, list) and all(
                isinstance(entry, str) and not _HALF.search(entry) for entry in value
            )
        case _:
            return False


def _other(value: Any, field: Field) -> Any:
    """A date or a time out of its text; nothing else is understood."""
    try:
        if field.kind is Kind.DATE and isinstance(value, str) and len(value) == 10:
            return dt.date.fromisoformat(value)
        if field.kind is Kind.TIME and isinstance(value, str) and 5 <= len(value) <= 15:
            time = dt.time.fromisoformat(value)
            if time.tzinfo is None:
                return time
    except ValueError:
        pass
    return NotUnderstood(text("not a value of this field"))


def _from_toml(source: Any) -> Any:
    try:
        found = read(f"x = {source}\n".encode()).data if isinstance(source, str) else {}
    except (TomlError, UnicodeEncodeError):
        found = {}
    return found["x"] if found.keys() == {"x"} else NotUnderstood(text("not a value as TOML has it"))


def _half(value: Any) -> bool:
    """Whether half a character stands somewhere in a value: no file can hold it."""
    if isinstance(value, dict):
        return any(_half(key) or _half(entry) for key, entry in value.items())
    if isinstance(value, list):
        return any(map(_half, value))
    return isinstance(value, str) and _HALF.search(value) is not None


def applied_json(line: JsonLine, so_far: Applied, was: Mapping[str, Any], asked: Asked) -> None:
    """Do in `so_far` what a line says; `was` is the motion (normal data) that it was made from."""
    overlay = _Overlay(line, so_far.data, asked)
    overlay.table((), line.motion, was, MOTION)
    so_far.troubles += overlay.troubles
    if not overlay.failed and overlay.edits:
        so_far.data = apply_all(so_far.data, overlay.edits)
        so_far.changed = True


class _Overlay:
    def __init__(self, line: JsonLine, data: Data, asked: Asked) -> None:
        self.line, self.data, self.asked = line, data, asked
        self.edits: list[Edit] = []
        self.troubles: list[Trouble] = []
        self.failed = False

    def table(self, place: Place, given: Mapping[str, Any], was: Mapping[str, Any], fields: Fields) -> None:
        """What a table says otherwise than it was."""
        known = by_name(fields)
        for key, value in given.items():
            here, field, before = (*place, key), known.get(key), was.get(key, MISSING)
            # the id of an element says which one it is
            is_id = key == "id" and fields[:1] and fields[0].name == "id"
            if is_id or (before is not MISSING and same(value, to_json(before, field))):
                continue
            if field is not None and field.kind is Kind.TABLE and isinstance(value, dict) and _TOML not in value:
                self.table(here, value, before if isinstance(before, Mapping) else {}, field.fields)
            elif field is not None and field.kind is Kind.TABLES and is_tables(value):
                self._elements(here, value, before, field)
            else:
                self._value(here, value, before, field)

    def _value(self, here: Place, value: Any, before: Any, field: Field | None) -> None:
        if value is None:
            self._emptied(here, before, field)
            return
        meant = from_json(value, field)
        if isinstance(meant, NotUnderstood):
            self._fail(meant.reason, here)
        elif not same(_normal(meant, field), before):
            now = places.value_at(here, self.data)
            self.edits.append(Set(here, MISSING if now is None else now, meant))

    def _emptied(self, here: Place, before: Any, field: Field | None) -> None:
        if before is MISSING:
            return
        if field is not None and field.required:
            self._fail(EMPTY, here)
        elif self.asked.clear:
            self.edits.append(Set(here, places.value_at(here, self.data), MISSING))
        else:
            reason = text("emptied; --clear takes the value away")
            self.troubles.append(self.line.trouble("emptied", reason, here))

    def _elements(self, here: Place, given: list[Data], before: Any, field: Field) -> None:
        """The elements of a list of tables, each by its id; one without is the same at the same position."""
        old = before if is_tables(before) else []
        now = places.value_at(here, self.data) or []
        if not is_tables(now):
            self._fail(text("there is no list for it in the motion"), here)
            return
        if not given and before is MISSING and field.keep:
            self.edits.append(Set(here, MISSING, []))
        taken = [str(element.get("id", "")) for element in (*old, *now)]
        added = 0
        for position, element in enumerate(given):
            known = _known(element, position, old)
            if known is not None and "id" not in element and len(old) != len(now):
                # some were left out of the table: the position says nothing
                self._fail(BAD_ID, (*here, position))
            elif known is not None:
                step: Step = Item(element["id"]) if "id" in element else known
                self.table((*here, step), element, old[known], field.fields)
            elif fresh := self._fresh(element, (*here, position), field, taken):
                self.edits.append(Insert(here, len(now) + added, fresh))
                taken.append(str(fresh["id"]))
                added += 1

    def _fresh(self, element: Data, here: Place, field: Field, taken: list[str]) -> Data | None:
        """A new element with everything that it says."""
        if not self.asked.add:
            self._fail(NEW_ROW, here, "new")
            return None
        identity = element.get("id", "")
        if not isinstance(identity, str) or (identity and not ID.fullmatch(identity)) or identity in taken:
            self._fail(BAD_ID, here)
            return None
        inner = _Overlay(self.line, {"id": identity or new_element_id(field.prefix, taken)}, self.asked)
        inner.table((), element, {}, field.fields)
        self.failed = self.failed or inner.failed
        self.troubles += inner.troubles
        return None if inner.failed else apply_all(inner.data, inner.edits)

    def _fail(self, reason: Text, place: Place, kind: TroubleKind = "not understood") -> None:
        self.failed = True
        self.troubles.append(self.line.trouble(kind, reason, place))


def _known(element: Data, position: int, old: list[Data]) -> int | None:
    """Which of the old elements this one is."""
    if "id" in element:
        fitting = [number for number, one in enumerate(old) if one.get("id") == element["id"]]
        return fitting[0] if len(fitting) == 1 else None
    return position if position < len(old) and "id" not in old[position] else None


def _normal(value: Any, field: Field | None) -> Any:
    if field is None:
        return value
    return normalise({field.name: value}, (field,)).get(field.name, MISSING)
