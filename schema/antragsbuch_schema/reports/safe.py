"""Foreign text in each form: what stands in a file can neither act on a terminal nor on what reads the report.

The log of a CI job is a terminal too, and its runner takes some lines for commands: GitHub's the ones with `##[`
anywhere in them, Azure's `##vso[`, TeamCity's `##teamcity[`. No report holds such a sequence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from antragsbuch_schema.display import UNSAFE, display

_COMMAND = re.compile(r"(?<=##)(\w*)\[")
_NOT_XML = re.compile("[\ufffe\uffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# every sign that Markdown gives a meaning to, and those that begin a link without a bracket
_MARKS = re.compile(r"[!#$&*+\-.:<>@\[\\\]^_`{|}~]")
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})


def shown(text: str) -> str:
    """`text` as one line for a terminal or a log. As many characters as `display` gives."""
    line = display(text)
    return _COMMAND.sub(r"\1(", line) if "##" in line else line


def as_json(value: Any, indent: int | None = None) -> str:
    """`value` as JSON that says the same and can be shown as it is: what could act is written as an escape."""
    text = UNSAFE.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent))
    return _COMMAND.sub(r"\1\\u005b", text) if "##" in text else text


def as_rows(values: Iterable[Any]) -> str:
    """A JSON list with each value on a line of its own: as quick as without lines, and still to be compared."""
    rows = ",\n".join(as_json(value) for value in values)
    return f"[\n{rows}\n]" if rows else "[]"


def as_xml(text: str) -> str:
    """`text` as character data or a value in quotes, one line; XML 1.0 has no way to write most controls."""
    line = _NOT_XML.sub(lambda match: f"<U+{ord(match[0]):04X}>", shown(text))
    return line.translate(_ENTITIES)


def as_markdown(text: str) -> str:
    """`text` as one line of GitHub's Markdown, in a table too, that shows it and nothing else: no link, no HTML."""
    return _MARKS.sub(r"\\\g<0>", shown(text))


def as_property(text: str) -> str:
    """`text` as a property of a workflow command of GitHub."""
    return shown(text).translate(_PROPERTY)


def as_data(text: str) -> str:
    """`text`, its lines as they are, as the message of a workflow command of GitHub."""
    return "\n".join(map(shown, text.split("\n"))).translate(_DATA)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
