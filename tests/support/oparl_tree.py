"""What OParl 1.1 asks of a tree of files: each object by itself, what is linked, and the list pages.

Written from the text of the specification, so that it holds where its schemas are not at hand; `schemas()` gives these
where they lie beside the project.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from antragsbuch_schema.exchange import oparl_json
from antragsbuch_schema.exchange.oparl import Conversion, convert
from antragsbuch_schema.exchange.oparl_types import TYPES
from antragsbuch_schema.exchange.oparl_vendor import PREFIX

SCHEMAS = Path(__file__).parents[3] / "shared/data/oparl-1.1-schema"
_NAMESPACE = "https://schema.oparl.org/1.1/"
_REQUIRED: Mapping[str, str] = {
    "System": "oparlVersion body",
    "Body": "name organization person meeting paper legislativeTerm",
    "AgendaItem": "order",
    "File": "accessUrl",
}
_EMBEDDED: Mapping[str, str] = {
    "Paper": "mainFile auxiliaryFile consultation location",
    "Meeting": "location invitation resultsProtocol verbatimProtocol auxiliaryFile agendaItem",
    "AgendaItem": "resolutionFile auxiliaryFile",
    "Body": "legislativeTerm location",
    "Person": "membership image",
    "Organization": "location",
}
_DATES = ("date", "startDate", "endDate")
_MOMENTS = ("created", "modified", "start", "end", "licenseValidSince", "oparlSince")
_NUMBERS = ("order", "size", "memberCount", "votingMemberCount")
_FLAGS = ("public", "authoritative", "cancelled", "deleted", "votingRight")
_URLS = ("id", "type", "license", "web", "website", "accessUrl", "downloadUrl", "oparlVersion", "fileLicense")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_TYPES_OF_ORGANIZATION = (
    "Gremium", "Partei", "Fraktion", "Verwaltungsbereich", "externes Gremium", "Institution", "Sonstiges",
)  # fmt: skip
_BACK = ("paper", "meeting", "body")


def objects(files: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every object that lies in a file of its own, by path."""
    return {path: json.loads(text) for path, text in files.items() if path.endswith(".json") and not _is_page(path)}


def pages(files: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every list page, by path."""
    return {path: json.loads(text) for path, text in files.items() if path.endswith(".json") and _is_page(path)}


def read_back(files: Mapping[str, str], council: Mapping[str, Any] | None = None) -> Conversion:
    """What the import makes of the tree: every file, list pages too."""
    found = [one for path in sorted(files) if path.endswith(".json") for one in _objects(files[path])]
    return convert(found, council or {})


def check(files: Mapping[str, str], base: str) -> None:
    """Hold the whole tree to the specification; raises `AssertionError` with the object that does not keep to it."""
    every = {base + path: (path, value) for path, value in objects(files).items()}
    for url, (path, value) in every.items():
        assert value["id"] == url, path
        check_object(value)
        for embedded in _inside(value):
            check_object(embedded)
            if embedded["id"].startswith(base):
                alone = every[embedded["id"]][1]
                assert {key: alone[key] for key in embedded} == embedded, path
                assert alone.keys() - embedded.keys() <= set(_BACK), path
        if not value.get("deleted"):
            for name, link in _links(value):
                wanted = TYPES[_kind(value)][name].type
                assert link in every, f"{path}: {name} leads nowhere: {link}"
                assert _kind(every[link][1]) == wanted, f"{path}: {name}"
    _check_lists(files, base, every)


def check_object(value: Mapping[str, Any]) -> None:
    """Hold one object to the specification."""
    kind = _kind(value)
    known = TYPES[kind]
    if value.get("deleted"):
        assert value.keys() == {"id", "type", "created", "modified", "deleted"}, value
    else:
        assert not [name for name in _REQUIRED.get(kind, "").split() if name not in value], value
    assert value["created"] <= value["modified"], value
    for name, entry in value.items():
        where = f"{value['id']}: {name}: {entry!r}"
        if name.startswith(PREFIX):
            continue
        assert name in known, where
        about = known[name]
        # what says nothing is left out, but for lists that must be there
        assert entry not in (None, "", [], {}) or name in _REQUIRED.get(kind, "").split(), where
        many = about.many or (name == "keyword")
        entries = entry if many else [entry]
        assert isinstance(entries, list), where
        for one in entries:
            if name in _EMBEDDED.get(kind, "").split():
                assert isinstance(one, dict), where
                assert _kind(one) == about.type, where
            elif about.type or about.listed:
                assert _is_url(one), where
            else:
                assert _fits(name, one), where
    if kind == "Organization" and "organizationType" in value:
        assert value["organizationType"] in _TYPES_OF_ORGANIZATION


@cache
def schemas() -> dict[str, Any]:
    """The schemas of OParl 1.1 by type, each closed to properties that are neither known nor a vendor's."""
    found = {}
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = {**schema, "additionalProperties": False, "patternProperties": {f"^{PREFIX}": {}}}
    return found


def _objects(text: str) -> Iterator[dict[str, Any]]:
    remarks: list[Any] = []
    yield from oparl_json.objects(text.encode(), "", remarks)
    assert not remarks


def _is_page(path: str) -> bool:
    return path.startswith("list/") or path.count("/") > 1


def _kind(value: Mapping[str, Any]) -> str:
    assert value["type"].startswith(_NAMESPACE), value
    return str(value["type"].removeprefix(_NAMESPACE))


def _inside(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in _EMBEDDED.get(_kind(value), "").split():
        entry = value.get(name, [])
        yield from entry if isinstance(entry, list) else [entry]


def _links(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind = _kind(value)
    for name, about in TYPES[kind].items():
        if about.type and name in value and name not in _EMBEDDED.get(kind, "").split():
            for link in value[name] if about.many else [value[name]]:
                yield name, link


def _check_lists(files: Mapping[str, str], base: str, every: Mapping[str, tuple[str, dict[str, Any]]]) -> None:
    lists = [
        (name, value[name])
        for _path, value in every.values()
        for name, about in TYPES[_kind(value)].items()
        if about.listed and name in value
    ]
    seen: set[str] = set()
    for name, first in lists:
        data: list[dict[str, Any]] = []
        before, url, number = None, first, 0
        while url is not None:
            page = json.loads(files[url.removeprefix(base)])
            assert page.keys() == {"data", "pagination", "links"}
            assert url not in seen, "a page of two lists"
            seen.add(url)
            number += 1
            data += page["data"]
            links, counts = page["links"], page["pagination"]
            assert (links["first"], links["self"], links.get("prev")) == (first, url, before)
            assert counts["currentPage"] == number
            assert len(page["data"]) == counts["elementsPerPage"] or number == counts["totalPages"]
            before, url = url, links.get("next")
        assert before == links["last"]
        assert (counts["totalElements"], counts["totalPages"]) == (len(data), number)
        for one in data:
            assert every[one["id"]][1] == one
        if first.startswith(f"{base}list/") and name != "body":
            kinds = {_kind(one) for one in data}
            assert len(kinds) < 2
            known = {url for url, (_path, value) in every.items() if {_kind(value)} == kinds}
            assert {one["id"] for one in data} == known
            assert len(data) == len(known)
    assert seen == {base + path for path in files if path.endswith(".json") and _is_page(path)}


def _is_url(value: object) -> bool:
    return isinstance(value, str) and urlsplit(value).scheme in ("http", "https") and bool(urlsplit(value).netloc)


def _fits(name: str, value: object) -> bool:
    if name in _NUMBERS:
        return type(value) is int and value >= 0
    if name in _FLAGS:
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if name in _DATES:
        return dt.date.fromisoformat(value).isoformat() == value
    if name in _MOMENTS:
        return bool(_MOMENT.fullmatch(value)) and dt.datetime.fromisoformat(value) is not None
    return _is_url(value) if name in _URLS else True
