"""Reading reports back as their consumers do: each reader fails on what its consumer would not take."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from jsonschema import Draft4Validator, Draft202012Validator
from markdown_it import MarkdownIt


class Read(NamedTuple):
    """A finding as a consumer understands it; what its form does not carry is None."""

    path: str
    code: str
    severity: str
    line: int
    column: int | None
    end_line: int | None
    end_column: int | None
    message: str


class Command(NamedTuple):
    """A workflow command of GitHub's runner."""

    name: str
    properties: dict[str, str]
    message: str


def concise(text: str) -> list[Read]:
    """As the quickfix list of an editor does: file, line and column at the start of each line."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"(.+?):(\d+):(\d+): (\w+)\[([A-Z]{2}\d{3})\](?: \[\*\])? (.*)", line)
        assert match is not None, line
        path, row, column, severity, code, message = match.groups()
        found.append(Read(path, code, severity, int(row), int(column), None, None, message))
    return found


def json_list(text: str) -> list[Read]:
    """Our own objects, as a list."""
    return [_own(entry) for entry in json.loads(text)]


def json_lines(text: str) -> list[Read]:
    """Our own objects, one on each line."""
    return [_own(json.loads(line)) for line in text.split("\n")[:-1]]


def commands(text: str) -> list[Command]:
    """The commands that GitHub's runner finds in a log; every line must be one.

    It trims the line, looks for `::`, splits properties at commas and equals signs, and undoes the escapes.
    """
    found = []
    assert text == "" or text.endswith("\n")
    # whatever a reader could take for the end of a line must not be there
    assert text.splitlines() == text.split("\n")[:-1]
    for line in text.splitlines():
        assert line.startswith("::"), line
        head, separator, message = line[2:].partition("::")
        assert separator
        name, _, rest = head.partition(" ")
        properties = {}
        for part in rest.split(","):
            key, equals, value = part.partition("=")
            assert equals and key.strip() == key and key not in properties
            properties[key] = _unescaped(value, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","})
        found.append(Command(name, properties, _unescaped(message, {"%0D": "\r", "%0A": "\n"})))
    return found


def github(text: str) -> list[Read]:
    """The annotations that become of the commands."""
    found = []
    for name, properties, message in commands(text):
        assert set(properties) <= {"title", "file", "line", "endLine", "col", "endColumn"}
        assert ("col" in properties) == ("endColumn" in properties) == (properties["line"] == properties["endLine"])
        code = re.fullmatch(r"Antragsbuch \(([A-Z]{2}\d{3})\)", properties["title"])
        assert code is not None
        numbers = {key: int(properties[key]) for key in ("line", "endLine", "col", "endColumn") if key in properties}
        found.append(
            Read(
                properties["file"],
                code[1],
                {"error": "error", "warning": "warning", "notice": "remark"}[name],
                numbers["line"],
                numbers.get("col"),
                numbers["endLine"],
                numbers.get("endColumn"),
                message,
            )
        )
    return found


_POSITION: dict[str, Any] = {
    "type": "object",
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "required": ["line", "column"],
    "additionalProperties": False,
}
# GitLab, "Code Quality report format": what is required of every element of the list
_GITLAB: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "positions": {
                        "type": "object",
                        "properties": {"begin": _POSITION, "end": _POSITION},
                        "required": ["begin"],
                        "additionalProperties": False,
                    },
                },
                "required": ["path", "positions"],
                "additionalProperties": False,
            },
        },
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
    },
}


def gitlab(text: str) -> list[Read]:
    """The issues of a merge request, which shows each fingerprint once."""
    issues = json.loads(text)
    Draft202012Validator(_GITLAB).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    severities = {"info": "remark", "minor": "warning"}
    found = []
    for issue in issues:
        code, _, message = issue["description"].partition(": ")
        assert code == issue["check_name"]
        begin, end = (issue["location"]["positions"][side] for side in ("begin", "end"))
        severity = severities.get(issue["severity"], "error")
        where = (begin["line"], begin["column"], end["line"], end["column"])
        found.append(Read(issue["location"]["path"], code, severity, *where, message))
    return found


@cache
def _sarif_schema() -> Draft4Validator:
    schema = json.loads((Path(__file__).parent / "sarif/sarif-2.1.0.json").read_text(encoding="utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema)


def sarif_run(text: str) -> dict[str, Any]:
    """The run of a SARIF log that the schema of OASIS accepts, with what the standard asks for beyond it."""
    log = json.loads(text)
    _sarif_schema().validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    for place in _all(run, "artifactLocation"):
        parts = urlsplit(place["uri"])
        assert not parts.scheme and not parts.netloc and place["uri"].isascii()
        assert place["uriBaseId"] in run["originalUriBaseIds"]
        assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]
    for message in [*_all(run, "message"), *_all(run, "description")]:
        # 3.11.5: a single brace would be a placeholder; 3.11.6: this would be a link
        assert not re.search(r"(?<!\{)(?:\{\{)*\{(?!\{)", message["text"]) and "](" not in message["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    return dict(run)


def sarif(text: str) -> list[Read]:
    """The results of a SARIF log."""
    found = []
    for result in sarif_run(text)["results"]:
        (location,) = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        found.append(
            Read(
                unquote(place["artifactLocation"]["uri"], errors="surrogatepass"),
                result["ruleId"],
                {"note": "remark"}.get(result["level"], result["level"]),
                region["startLine"],
                region["startColumn"],
                region["endLine"],
                region["endColumn"],
                result["message"]["text"].replace("{{", "{").replace("}}", "}"),
            )
        )
    return found


_LOCATION: dict[str, Any] = {
    "type": "object",
    "properties": {
        "path": {"type": "string", "minLength": 1},
        "range": {"$ref": "#/$defs/range"},
    },
    "required": ["path", "range"],
    "additionalProperties": False,
}
# reviewdog, proto/rdf/reviewdog.proto: the messages as protobuf's JSON, with what is required in the comments
_RDJSON: dict[str, Any] = {
    "$defs": {
        "position": {**_POSITION, "required": ["line"]},
        "range": {
            "type": "object",
            "properties": {"start": {"$ref": "#/$defs/position"}, "end": {"$ref": "#/$defs/position"}},
            "required": ["start"],
            "additionalProperties": False,
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
    },
    "type": "object",
    "properties": {
        "source": {"type": "object", "properties": {"name": {"type": "string"}, "url": {"type": "string"}}},
        "severity": {"$ref": "#/$defs/severity"},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "message": {"type": "string"},
                    "location": _LOCATION,
                    "severity": {"$ref": "#/$defs/severity"},
                    "code": {
                        "type": "object",
                        "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
                        "required": ["value"],
                        "additionalProperties": False,
                    },
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"range": {"$ref": "#/$defs/range"}, "text": {"type": "string"}},
                            "required": ["range", "text"],
                            "additionalProperties": False,
                        },
                    },
                    "related_locations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"message": {"type": "string"}, "location": _LOCATION},
                            "required": ["location"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["message", "location"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["diagnostics"],
    "additionalProperties": False,
}


def rdjson(text: str) -> list[Read]:
    """The comments that reviewdog makes; columns are in bytes."""
    result = json.loads(text)
    Draft202012Validator(_RDJSON).validate(result)
    found = []
    for entry in result["diagnostics"]:
        span = entry["location"]["range"]
        found.append(
            Read(
                entry["location"]["path"],
                entry["code"]["value"],
                {"INFO": "remark"}.get(entry["severity"], entry["severity"].lower()),
                span["start"]["line"],
                span["start"].get("column"),
                span["end"]["line"],
                span["end"].get("column"),
                entry["message"],
            )
        )
    return found


_CASE = {"classname", "name", "file"}
_SUITE = {"name", "tests", "failures", "errors", "skipped"}


def junit(text: str) -> dict[str, tuple[str, list[Read]]]:
    """For each file how it fared ("", "failure", "error" or "system-out"), and its findings.

    Strict about what Jenkins and GitLab know: elements, attributes and that the numbers are those of the cases.
    """
    # XML 1.0, "Characters"; expat lets some of the others pass
    assert re.fullmatch("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*", text)
    root = ET.fromstring(text.encode("utf-8"))
    assert root.tag == "testsuites" and [child.tag for child in root] == ["testsuite"]
    suite = root[0]
    assert set(suite.attrib) == _SUITE and set(root.attrib) == _SUITE - {"skipped"}
    found: dict[str, tuple[str, list[Read]]] = {}
    for case in suite:
        assert case.tag == "testcase" and set(case.attrib) == _CASE and len(case) <= 1
        outcome, reads = "", []
        for child in case:
            assert child.tag in ("failure", "error", "system-out")
            assert set(child.attrib) == (set() if child.tag == "system-out" else {"message", "type"})
            outcome = child.tag
            reads = concise("\n".join(line for line in (child.text or "").split("\n") if line[:1].strip()))
        assert case.attrib["name"] not in found
        found[case.attrib["name"]] = (outcome, reads)
    for element in (root, suite):
        assert int(element.attrib["tests"]) == len(found)
        for outcome, number in (("failure", "failures"), ("error", "errors")):
            assert int(element.attrib[number]) == sum(how == outcome for how, _reads in found.values())
    return found


def markdown(text: str) -> tuple[list[str], list[list[str]]]:
    """The paragraphs and the cells of each row of the table, as they are shown. Nothing else may be in it."""
    page = MarkdownIt("gfm-like", {"html": True})
    paragraphs: list[str] = []
    rows: list[list[str]] = []
    allowed = ("heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "inline")
    for token in page.parse(text):
        assert token.type.removesuffix("_open").removesuffix("_close") in allowed, token
        if token.type == "tr_open":
            rows.append([])
        if token.type == "inline":
            children = token.children or []
            assert all(child.type in ("text", "text_special") for child in children), children
            words = "".join(child.content for child in children)
            (rows[-1] if rows and token.level >= 4 else paragraphs).append(words)
    return paragraphs, rows[1:]


def _own(entry: dict[str, Any]) -> Read:
    keys = ("path", "code", "severity", "line", "column", "end_line", "end_column", "message")
    return Read(*(entry[key] for key in keys))


def _unescaped(value: str, escapes: dict[str, str]) -> str:
    for escape, letter in escapes.items():
        value = value.replace(escape, letter)
    return value.replace("%25", "%")


def _all(value: object, key: str) -> list[dict[str, Any]]:
    """Every object that stands under a key, however deep."""
    found: list[dict[str, Any]] = []
    if isinstance(value, dict):
        for name, below in value.items():
            if name == key and isinstance(below, dict):
                found.append(below)
            found += _all(below, key)
    elif isinstance(value, list):
        for below in value:
            found += _all(below, key)
    return found
