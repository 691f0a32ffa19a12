"""JSON as OParl servers send it, into objects: one object, a list page, a bare list, or one object a line.

Real servers send raw control characters, other encodings, and pages of any size. What is too large or nests too deep
for any real object is refused before it costs memory or time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from antragsbuch_schema.i18n import Text, text

from .oparl_remarks import Remark

MAX_BYTES = 32 << 20
"""The size of the largest file that is read: a list page of a thousand papers has less than four million bytes."""

MAX_DEPTH = 24
"""How deep objects and lists may nest; the deepest that the standard has is nine."""

MAX_STRUCTURES = 1 << 20
"""The most objects and lists in one file."""

Objects = list[dict[str, Any]]


class Page(NamedTuple):
    """An answer of a server: objects, or the addresses of some, and of a list the address of the page after it.

    `total` is how many objects the whole list has, 0 where it is not said.
    """

    objects: Objects
    is_list: bool
    addresses: Sequence[str] = ()
    following: str = ""
    total: int = 0


class OparlError(ValueError):
    """Something that is not read at all; `message` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message("en"))
        self.message = message


def objects(data: bytes, name: str, remarks: list[Remark]) -> Objects:
    """The objects that `data` (the file `name`) hold; what was repaired is added to `remarks`.

    Raises `OparlError` for what is no JSON, too large, or nests too deep.
    """
    return [found for value in _checked_values(data, name, remarks) for found in _taken_apart(value, name, remarks)]


def _checked_values(data: bytes, name: str, remarks: list[Remark]) -> Iterator[Any]:
    if len(data) > MAX_BYTES:
        raise OparlError(text("larger than {limit} MiB", limit=MAX_BYTES >> 20))
    if data.count(b"{") + data.count(b"[") > MAX_STRUCTURES:
        raise OparlError(text("more than {limit} objects and lists", limit=MAX_STRUCTURES))
    source = _decoded(data, name, remarks)
    if source.strip():
        yield from _values(source, name, remarks)


def page(data: bytes, name: str, remarks: list[Remark]) -> Page:
    """What a server gave under the address `name`. Raises `OparlError` as `objects` does."""
    values = list(_checked_values(data, name, remarks))
    if len(values) != 1:
        return Page([found for value in values for found in _taken_apart(value, name, remarks)], is_list=True)
    value = values[0]
    links = value.get("links") if isinstance(value, dict) else None
    counts = value.get("pagination") if isinstance(value, dict) else None
    following = links.get("next") if isinstance(links, dict) else None
    total = counts.get("totalElements") if isinstance(counts, dict) else None
    inside = _inside(value)
    entries = inside if isinstance(inside, list) else []
    addresses = [entry for entry in entries if isinstance(entry, str)]
    return Page(
        _taken_apart([entry for entry in entries if not isinstance(entry, str)] if entries else value, name, remarks),
        is_list=isinstance(inside, list),
        addresses=addresses,
        following=following if isinstance(following, str) else "",
        total=total if isinstance(total, int) and total > 0 else 0,
    )


def _decoded(data: bytes, name: str, remarks: list[Remark]) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        remarks.append(Remark("encoding", name))
        return data.decode("cp1252", "replace")


def _values(source: str, name: str, remarks: list[Remark]) -> Iterator[Any]:
    """The values in a file: one, or one a line."""
    try:
        yield _parsed(source, name, remarks)
        return
    except json.JSONDecodeError as whole:
        lines = [line for line in source.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):
            raise _no_json(whole) from whole
    for number, line in enumerate(source.split("\n"), 1):
        if line.strip():
            try:
                yield _parsed(line, f"{name}:{number}", remarks)
            except json.JSONDecodeError as error:
                raise OparlError(text("line {line} is no JSON: {reason}", line=number, reason=error.msg)) from error


def _parsed(source: str, name: str, remarks: list[Remark]) -> Any:
    """One JSON value. Raises `JSONDecodeError`, `OparlError`."""

    def no_number(constant: str) -> None:
        remarks.append(Remark("number", name, what=constant))

    try:
        value = json.loads(source, parse_constant=no_number, parse_int=_integer)
    except json.JSONDecodeError:
        # raw control characters in texts: real servers send them
        value = json.loads(source, strict=False, parse_constant=no_number, parse_int=_integer)
        remarks.append(Remark("characters", name))
    except RecursionError as error:
        raise _too_deep() from error
    if _is_deeper(value, MAX_DEPTH):
        raise _too_deep()
    return value


def _integer(digits: str) -> int | float:
    # thousands of digits are refused by int(); a float of them is infinite, and no value that is read
    return int(digits) if len(digits) < 20 else float(digits)


def _is_deeper(value: Any, levels: int) -> bool:
    here = [value]
    for _level in range(levels + 1):
        # a list or an object a level
        here = [below for below in here if isinstance(below, (dict, list))]
        if not here:
            return False
        here = [below for above in here for below in (above.values() if isinstance(above, dict) else above)]
    return any(isinstance(below, (dict, list)) for below in here)


def _too_deep() -> OparlError:
    return OparlError(text("nested deeper than {limit} levels", limit=MAX_DEPTH))


def _no_json(error: json.JSONDecodeError) -> OparlError:
    where = {"line": error.lineno, "column": error.colno}
    return OparlError(text("line {line}, column {column} is no JSON: {reason}", reason=error.msg, **where))


def _inside(value: Any) -> Any:
    """What a list page holds, or the value itself."""
    if isinstance(value, dict) and isinstance(value.get("data"), list) and "id" not in value:
        return value["data"]
    return value


def _taken_apart(value: Any, name: str, remarks: list[Remark]) -> Objects:
    """The objects of one value: of a list page those under `data`."""
    value = _inside(value)
    if isinstance(value, dict):
        return [value] if value else []
    if not isinstance(value, list):
        remarks.append(Remark("unknown", name))
        return []
    found = [entry for entry in value if isinstance(entry, dict)]
    # a list of addresses is a list page too: its objects are elsewhere
    remarks += [Remark("unknown", name)] * (len(value) - len(found))
    return found
